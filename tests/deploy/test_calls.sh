#!/usr/bin/env bash
# How often the AWS CLI is started: that costs more than all else.
. "$(dirname "$0")/lib.sh"

test_the_six_stacks() {
    functions_of_test
    echo 1 >functions/event-publisher.zip
    echo 2 >functions/audit-consumer.zip
    control settings '{ "resource_seconds": 0 }'
    tango deploy --all --require-approval never --no-preflight --verbose
    expect_status 0
    expect_err_has "$(look calls 'len(j)') calls of the AWS CLI"
    # Two roles; the three files looked for together; a creation each, and events, which are shown; all outputs at once.
    expect_equal "$(look calls '{ a: [c[1] for c in j].count(a) for a in sorted(set(c[1] for c in j)) }')" \
        '{"AssumeRole": 2, "CreateStack": 6, "DescribeStackEvents": 6, "DescribeStacks": 2, "GET": 1, "GetCallerIdentity": 1, "GetParameter": 1, "PUT": 3}'
    control forget
    tango deploy --all --require-approval never --verbose
    expect_status 0
    expect_equal "$(look calls 'sorted(c[1] for c in j)')" '["AssumeRole", "DescribeStacks", "GetCallerIdentity", "GetParameter"]'
    expect_err_has '4 calls of the AWS CLI'
}

# What somebody else has changed since is seen.
test_what_was_known_is_not_believed_after_a_change() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    deploy --all
    expect_err_has 'no changes'
    expect_equal "$(calls_of GetTemplate)" 0
    expect_equal "$(find "$HOME/.cache/tango-infra" -perm /077 | wc -l)" 0 'files that others can read'
    aws cloudformation update-stack --stack-name A --template-body '{ "Resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "by hand" } } } }' >/dev/null
    wait_for_stack A UPDATE_COMPLETE
    deploy --all
    expect_status 0
    ! grep -q 'no changes' "$work/err" || fail 'the change by hand was not seen'
    expect_equal "$(look stacks 'j["A"]["template"]["Resources"]')" '{"T": {"Type": "AWS::SNS::Topic"}}'
}

test_nobody_has_a_cache() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    HOME=/proc/nowhere deploy --all
    expect_status 0
    HOME=relative deploy --all
    expect_status 0
    expect_err_has 'no changes'
    expect_equal "$(calls_of GetTemplate)" 1
}

# Where nobody wants to see events, one look follows all stacks.
test_looks_are_shared() {
    control settings '{ "resource_seconds": 0 }'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all --progress errors-only
    expect_status 0
    expect_equal "$(calls_of DescribeStackEvents)" 0
    expect_equal "$(look calls '[c[2] for c in j if c[1] == "DescribeStacks" and c[2]][2:]')" '[]' 'looks at a stack alone'
    run "$DEMO" destroy --app app --all --force --progress errors-only
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
}

# The cause of a failure is in the events.
test_events_of_what_has_failed() {
    control settings '{ "failures": [{ "stack": "A", "resource": "T", "reason": "the name is taken" }] }'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all --progress errors-only
    expect_status 1
    expect_err_has 'A/T/Resource (AWS::SNS::Topic): the name is taken'
    expect_equal "$(look calls '[c[2] for c in j if c[1] == "DescribeStackEvents"]')" '["A"]'
}

# Without the right to look, the bootstrap's role looks.
test_a_caller_who_may_only_take_on_roles() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control faults '[{ "action": "DescribeStacks", "fault": "denied" }, { "action": "GetParameter", "fault": "denied" }]'
    deploy --all
    expect_status 0
    expect_stack A CREATE_COMPLETE
    expect_equal "$(calls_of GetParameter)" 2
}

run_tests "$@"
