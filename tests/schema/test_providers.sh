#!/usr/bin/env bash
# The constraints against the provider schemas in the Python package cfn-lint, everything in them; skipped without that package or with
# another version of it than the one they were made from.
set -u
command -v node >/dev/null || { echo 'skipped: there is no Node.js'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE_DIRECTORY" || exit 1

package=$(python3 -c 'import cfnlint, os; print(os.path.dirname(cfnlint.__file__))' 2>/dev/null) ||
    { echo 'skipped: Python has no cfn-lint'; exit 77; }
version=$(sed -n 's/^%source cfn-lint \([^ ]*\) .*/\1/p' schema/constraints.txt)
grep -qF "\"$version\"" "$package/version.py" || { echo "skipped: this is not cfn-lint $version"; exit 77; }

# The day is that of the files, which is another where the package was built or installed on another day.
script/update-schema --providers "$package/data/schemas" --output "$work/constraints.txt" || exit 1
diff <(grep -v '^%source' schema/constraints.txt) <(grep -v '^%source' "$work/constraints.txt") | head -20
[ "${PIPESTATUS[0]}" = 0 ] || { echo 'schema/constraints.txt is not what script/update-schema --providers makes'; exit 1; }
"$TANGO_INFRA" schema --json >"$work/schema.json" || exit 1
python3 tests/schema/compare_providers.py "$package" "$work/schema.json" || exit 1

mkdir "$work/download" && cat >"$work/download/aws-own-type.json" <<'JSON'
{"typeName": "AWS::Own::Type", "properties": {"Name": {"type": "string", "maxLength": 5, "description": "a name"}},
 "readOnlyProperties": ["/properties/Id"], "additionalProperties": false}
JSON
script/update-schema --providers "$work/download" --output "$work/own.txt" || exit 1
expected='AWS::Own::Type
 %from aws-own-type.json
 %read-only Id
 = {"additionalProperties":false,"properties":{}}
  Name {"maxLength":5,"type":"string"}'
diff <(sed -n '/^AWS/,$p' "$work/own.txt") - <<<"$expected" || { echo 'a downloaded folder is read otherwise'; exit 1; }
! script/update-schema --providers "$work/nowhere" --output "$work/none.txt" 2>"$work/err" || { echo 'a folder that is not there is read'; exit 1; }
grep -q "cannot read '$work/nowhere'" "$work/err" || { cat "$work/err"; exit 1; }
[ ! -e "$work/none.txt" ]
