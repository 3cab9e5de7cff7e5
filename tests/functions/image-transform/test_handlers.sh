#!/usr/bin/env bash
# The image-transform function under Node.js: tests/functions/image-transform/*.test.js.
# Exits with 77 (skipped) where Node.js 20.9 or npm is not there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
function_dir=$here/../../../functions/image-transform

command -v node >/dev/null && command -v npm >/dev/null || { echo 'skipped: node or npm is not installed'; exit 77; }
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 9) ? 0 : 1)' ||
    { echo "skipped: sharp needs Node.js 20.9, this is $(node --version)"; exit 77; }

# npm leaves a copy of what it installed: nothing is to be done while the lock file is older.
if [ ! "$function_dir/node_modules/.package-lock.json" -nt "$function_dir/package-lock.json" ]; then
    (cd "$function_dir" && npm ci --no-audit --no-fund --loglevel=error)
fi
cd "$here"
exec node --test ./*.test.js
