#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Failures explained: each kind by what AWS says (failures.py, with sources), in text, JSON and Markdown.
. "$(dirname "$0")/lib.sh"

failures() { "$python" "$deploy_tests/failures.py" "$@"; }
# What a report says of each stack.
codes_in() { "$python" -I -S -c 'import json, sys; print(json.dumps({f["stack"]: f["code"] for f in json.load(open(sys.argv[1]))["failures"]}, indent=0, sort_keys=True))' "$1"; }
expect_codes() {
    expect_equal "$(codes_in report.json)" "$(failures expected "$1" | "$python" -I -S -c 'import json, sys; print(json.dumps(json.load(sys.stdin), indent=0, sort_keys=True))')" 'codes'
}

test_kinds_of_failed_creations() {
    failures assembly create | assembly
    control settings "$(failures settings create)"
    deploy --all --no-preflight --format json=report.json
    expect_status 1
    expect_codes create
    # Every one says what that means and what to do, and where from.
    expect_equal "$(json report.json '[f["stack"] for f in j["failures"] if not (f["meaning"] and f["advice"] and f["document"] and f["resource"]["path"].endswith("/Failing/Resource"))]')" '[]' 'without an explanation'
}

test_kinds_of_failed_deletions() {
    failures assembly delete | assembly
    deploy --all --no-preflight
    expect_status 0
    control settings "$(failures settings delete)"
    run "$DEMO" destroy --app app --all --force --format json=report.json
    expect_status 1
    expect_codes delete
}

test_kinds_of_failed_updates() {
    failures assembly update | assembly
    deploy --all --no-preflight
    expect_status 0
    failures changed update | assembly
    control settings "$(failures settings update)"
    deploy --all --no-preflight --format json=report.json
    expect_status 1
    expect_codes update
}

# A kind that no test makes happen could be a wrong one.
test_every_kind_is_seeded() {
    run "$DEMO" diagnose --codes --format json
    expect_status 0
    expect_equal "$("$python" -I -S -c 'import json, sys
seeded = set(json.loads(sys.argv[1])) | set(open(sys.argv[2]).read().replace("|", " ").split())
print([k["code"] for k in json.load(open(sys.argv[3])) if k["code"] not in seeded])' "$(failures codes -)" "$deploy_tests/test_explain_deeper.sh" "$work/out")" '[]' 'kinds that are not seeded'
    [ "$("$python" -c 'import json, sys; print(len(json.load(open(sys.argv[1]))))' "$work/out")" -ge 40 ] || fail 'fewer than 40 kinds'
}

test_a_code_is_explained() {
    run "$DEMO" diagnose --explain name_exists
    expect_status 0
    expect_out_has 'NAME_EXISTS'
    expect_out_has '--import-existing-resources'
    run "$DEMO" diagnose --explain NAME_EXIST
    expect_status 2
    expect_err_has "did you mean 'NAME_EXISTS'?"
    run "$DEMO" diagnose --codes Stack
    expect_status 2
}

# Afterwards, whoever has deployed.
test_diagnose() {
    assembly <<<'{ "Bad": { "resources": { "Role": "AWS::SNS::Topic" } }, "Good": { "resources": { "Topic": "AWS::SNS::Topic" } } }'
    control settings '{ "failures": [{ "stack": "Bad", "reason": "Requires capabilities : [CAPABILITY_NAMED_IAM]" }] }'
    deploy --all
    expect_status 1
    run "$DEMO" diagnose --app app
    expect_status 0
    expect_out_has 'Bad: CAPABILITIES_MISSING: Bad/Role/Resource (AWS::SNS::Topic)'
    expect_out_has 'the rest    the stack is ROLLBACK_COMPLETE now'
    expect_out_has 'Good: nothing has failed in its last operation'
    run "$DEMO" diagnose --app app Bad --format markdown
    expect_status 0
    expect_out_has '#### `Bad`: CAPABILITIES_MISSING'
    expect_out_has '- AWS says: `Requires capabilities : [CAPABILITY_NAMED_IAM]`'
    expect_out_has 'nobody has acknowledged that with `CAPABILITY_NAMED_IAM`'
    run "$DEMO" diagnose --app app Nowhere
    expect_status 1
}

# The first real failure, not what was cancelled because of it.
test_the_first_failure_is_the_cause() {
    assembly <<<'{ "Shop": { "resources": { "A": "AWS::SNS::Topic", "B": "AWS::SNS::Topic", "C": "AWS::SNS::Topic" } } }'
    control settings '{ "failures": [{ "resource": "B", "reason": "Rate exceeded" }] }'
    deploy --all --format json=report.json
    expect_status 1
    expect_equal "$(json report.json '[(f["code"], f["resource"]["logicalId"]) for f in j["failures"]]')" '[["THROTTLED", "B"]]' 'causes'
}

# The source line of the app's construct, in the block and in the report.
test_the_source_line() {
    assembly <<<'{ "Shop": { "resources": { "A": "AWS::SNS::Topic" }, "traces": { "A": ["new Topic (/app/lib/shop.ts:7:3)"] } } }'
    control settings '{ "failures": [{ "reason": "Rate exceeded" }] }'
    deploy --all --format json=report.json
    expect_err_has 'made at     /app/lib/shop.ts:7:3'
    expect_equal "$(json report.json 'j["failures"][0]["resource"]["source"]')" '"/app/lib/shop.ts:7:3"' source
}

# Of this program itself it is the line in C.
test_the_source_line_in_c() {
    control settings '{ "failures": [{ "resource": "TangoVpc19C76D42", "reason": "The maximum number of VPCs has been reached." }] }'
    run "$TANGO_INFRA" deploy TangoNetwork --require-approval never --no-preflight
    expect_status 1
    expect_err_has 'TangoNetwork: QUOTA_EXCEEDED: TangoNetwork/TangoVpc/Resource (AWS::EC2::VPC)'
    local line
    line=$(sed -n 's/^    made at     stacks\/network\.c:\([0-9]*\)$/\1/p' "$work/err")
    sed -n "${line:-0,0}p" "$SOURCE_DIRECTORY/stacks/network.c" | grep -F 'ec2_vpc_new(self->stack.node, "TangoVpc"' >/dev/null || fail 'not the line of the VPC'
}

run_tests "$@"
