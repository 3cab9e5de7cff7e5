#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# cfn-lint says nothing of our templates that it does not say of the reference app's.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/python_packages.sh"
need_python_packages cfnlint
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions

# The goldens are the reference app's templates.
python3 - "$SOURCE_DIRECTORY/tests/golden/stacks" default production europe <<'PY'
import json, os, sys
for name in sys.argv[2:]:
    with open(os.path.join(sys.argv[1], name + ".json")) as file:
        golden = json.load(file)
    os.makedirs("expected/" + name)
    for stack, template in golden["templates"].items():
        with open("expected/%s/%s.template.json" % (name, stack), "w") as file:
            # What the goldens mask must be letters and digits again.
            file.write(json.dumps(template).replace("<hash>", "0" * 32))
    with open(name + ".context", "w") as file:
        json.dump(golden["context"], file)
PY
for context in *.context; do
  CDK_CONTEXT_JSON=$(cat "$context") "$TANGO_INFRA" synth --quiet --no-lookups --output "actual/${context%.context}"
done

# Rule, file and path of every finding; lines and columns differ with the indentation.
findings() {
  (cd "$1" && python3 -c 'from cfnlint.runner import main; main()' --format json */*.template.json || true) | python3 -c '
import json, sys
for finding in sorted("%s %s %s" % (f["Rule"]["Id"], f["Filename"], "/".join(map(str, f["Location"]["Path"] or []))) for f in json.load(sys.stdin)):
    print(finding)'
}
findings expected >of-reference
findings actual >of-ours
if ! diff of-reference of-ours; then
  echo "cfn-lint sees the templates differently"
  exit 1
fi
[ -s of-reference ] || { echo "cfn-lint found nothing at all, not even what it is known to find"; exit 1; }
echo "1 passed, 0 failed"
