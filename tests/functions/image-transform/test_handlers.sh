#!/usr/bin/env bash
# The image-transform function under Node.js: tests/functions/image-transform/*.test.js.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
SOURCE_DIRECTORY=${SOURCE_DIRECTORY:-$(cd "$here/../../.." && pwd)}
. "$SOURCE_DIRECTORY/tests/npm_packages.sh"
use_npm_packages functions/image-transform
cd "$here"
exec node --test ./*.test.js
