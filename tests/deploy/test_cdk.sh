#!/usr/bin/env bash
# The CDK CLI and this program take each other's stacks over: the six stacks, deployed by either, are as the other one
# wants them.
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
. "$(dirname "$0")/lib.sh"
parity=$SOURCE_DIRECTORY/tests/parity
stacks='TangoApp TangoEvents TangoFrontend TangoMedia TangoNetwork TangoObservability'
here=aws://123456789012/us-east-1

cdk() { run node "$cdk_packages/aws-cdk/bin/cdk" --no-color --no-notices "$@"; }
cdk_deploy() { cdk deploy --all --app "$1" --concurrency 10 --require-approval never --progress events; }

start() {
    export AWS_REGION=us-east-1 TANGO_FUNCTIONS=$parity/functions CDK_DISABLE_CLI_TELEMETRY=true
    control reset
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    with_prerequisites
}

expect_all_created() {
    expect_status 0
    expect_equal "$(look stacks "' '.join(sorted(n for n, s in j.items() if s['status'] == 'CREATE_COMPLETE' and n != 'CDKToolkit'))")" "$stacks"
}

test_what_the_cdk_deployed_is_taken_over() {
    start
    node "$parity/reference-app/app.js" --out reference >/dev/null 2>&1 || fail 'the reference app fails'
    cdk bootstrap $here
    expect_status 0
    tango bootstrap $here
    expect_status 0
    expect_err_has 'no changes'
    cdk_deploy reference
    expect_all_created

    # The same assembly: nothing to do.
    tango deploy --all --app reference --require-approval never
    expect_all_created
    expect_equal "$(grep -c 'no changes' "$work/err")" 6
    expect_equal "$(calls_of "$begins")" 7 'changes that were begun'

    # What this program synthesizes: only the code of the functions is another one.
    look stacks '{ n: s["resources"] for n, s in j.items() }' >before.json
    tango deploy --all --require-approval never
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 4
    look stacks '{ n: s["resources"] for n, s in j.items() }' >after.json
    expect_equal "$("$python" -c '
import json
before, after = json.load(open("before.json")), json.load(open("after.json"))
print(*sorted({r["type"] for n in after for i, r in after[n].items() if before[n].get(i) != r}))')" \
        'AWS::CloudFront::Distribution AWS::Lambda::Function AWS::Lambda::Version'
}

test_what_was_deployed_here_is_taken_over_by_the_cdk() {
    start
    tango bootstrap --yes $here
    expect_status 0
    cdk bootstrap $here
    expect_status 0
    tango deploy --all --require-approval never --output assembly
    expect_all_created
    executed=$(calls_of "$begins")
    cdk_deploy assembly
    expect_all_created
    expect_equal "$(cat "$work/out" "$work/err" | grep -c '(no changes)')" 6
    expect_equal "$(calls_of "$begins")" "$executed" 'changes that were begun'
}

run_tests "$@"
