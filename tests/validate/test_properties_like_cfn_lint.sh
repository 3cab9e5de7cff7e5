#!/usr/bin/env bash
# Properties of random types with mistakes in them, judged by cfn-lint and by tango-infra; skipped without the Python package cfn-lint or with
# another version of it than the one the schema was made from.
set -u
package=$(python3 -c 'import cfnlint, os; print(os.path.dirname(cfnlint.__file__))' 2>/dev/null) ||
    { echo 'skipped: Python has no cfn-lint'; exit 77; }
version=$(sed -n 's/^%source cfn-lint \([^ ]*\) .*/\1/p' "$SOURCE_DIRECTORY/schema/constraints.txt")
grep -qF "\"$version\"" "$package/version.py" || { echo "skipped: this is not cfn-lint $version"; exit 77; }
python3 "$SOURCE_DIRECTORY/tests/validate/compare_properties.py" "$TANGO_INFRA" "${COUNT:-10}"
