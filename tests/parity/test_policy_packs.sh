#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# cdk-nag's AwsSolutions finds nothing in what the profile production makes but what the code accepts with a reason, and that is little; what NIST
# 800-53 and PCI DSS find is in docs/security.md, each rule with a decision.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
parity=$SOURCE_DIRECTORY/tests/parity
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
certificate=arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555
production=(--context profile=production --context domain_name=api.example.com --context "certificate_arn=$certificate"
  --context frontend_domain=app.example.com --context "frontend_certificate_arn=$certificate" --context alarm_email=ops@example.com)
failed=0

node "$parity/policy-packs.js" AwsSolutionsChecks "${production[@]}" >"$work/findings"
accepted=$(sed -n '$s/ accepted$//p' "$work/findings")
if grep -v ' accepted$' "$work/findings"; then
  failed=1
fi
if [ "$accepted" -lt 1 ] || [ "$accepted" -gt 10 ]; then
  echo "$accepted rules are accepted: at most 10 are to be"
  failed=1
fi
# The program says the same of its own templates.
(cd "$work" && HOME=$work TANGO_FUNCTIONS=$parity/functions "$TANGO_INFRA" validate --policy aws-solutions "${production[@]}") || failed=1
# Without the profile there is something to find: the pack is at work.
node "$parity/policy-packs.js" AwsSolutionsChecks | grep -q 'AwsSolutions-VPC7' || { echo 'the pack finds nothing at all'; failed=1; }

# The document has a row for each rule that the other packs find, and none for what they do not.
for pack in NIST80053R5Checks:NIST.800.53.R5-:4 PCIDSS321Checks:PCI.DSS.321-:5; do
  IFS=: read -r checks prefix column <<<"$pack"
  node "$parity/policy-packs.js" "$checks" "${production[@]}" | cut -f1 | grep -v ' accepted$' | sed "s/^$prefix//" | sort -u >"$work/found"
  awk -F ' *[|] *' -v column="$((column - 1))" '/^[|] rule [|] in NIST/ { inside = 1; next } !/^[|]/ { inside = 0 } inside && $column == "yes" { gsub("`", "", $2); print $2 }' \
    "$SOURCE_DIRECTORY/docs/security.md" | sort -u >"$work/documented"
  [ -s "$work/found" ] || { echo "$checks finds nothing at all"; failed=1; }
  diff "$work/documented" "$work/found" || { echo "docs/security.md does not have what $checks finds"; failed=1; }
done
exit "$failed"
