#!/usr/bin/env bash
# The schema against the npm packages that it is made from, everything in them; skipped where they cannot be had.
set -u
command -v node >/dev/null || { echo 'skipped: there is no Node.js'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE_DIRECTORY" || exit 1

status=0
script/update-schema --check || status=$?
[ "$status" != 3 ] || { echo 'skipped: npm cannot install the packages'; exit 77; }
[ "$status" = 0 ] || exit 1
"$TANGO_INFRA" schema --json >"$work/schema.json" || exit 1
node tests/schema/compare.js "$work/schema.json" || exit 1
node tests/schema/compare_iam.js "$TANGO_INFRA" || exit 1
! script/update-schema --iam "$work/nowhere" --output "$work/none.txt" 2>"$work/err" || { echo 'a folder that is not there is read'; exit 1; }
grep -q "cannot read '$work/nowhere'" "$work/err" && [ ! -e "$work/none.txt" ] || { cat "$work/err"; exit 1; }
node tests/schema/shuffle.js
