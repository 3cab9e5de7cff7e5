#!/usr/bin/env bash
# Following what somebody else has started.
. "$(dirname "$0")/lib.sh"

watch() { run "$DEMO" watch --app app "$@"; }

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'

# somebody STATE [BECOMES [ASKED]]: a stack A on which something is in progress until somebody has asked for its events.
somebody() {
    assembly <<<"$one"
    control stack "{ \"name\": \"A\", \"status\": \"$1\", \"template\": $body ${2:+, \"becomes\": \"$2\", \"asked\": ${3:-1}} }"
}

# ends FROM TO STATUS: watching that.
ends() {
    control reset
    somebody "$1" "$2"
    watch A
    expect_status "$3"
    expect_err_has "$2"
    expect_no_out
}

test_operations_that_end_well() {
    ends UPDATE_IN_PROGRESS UPDATE_COMPLETE 0
    ends CREATE_IN_PROGRESS CREATE_COMPLETE 0
    ends IMPORT_IN_PROGRESS IMPORT_COMPLETE 0
    ends UPDATE_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_COMPLETE 0
    ends DELETE_IN_PROGRESS DELETE_COMPLETE 0
}

test_operations_that_fail() {
    ends UPDATE_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE 1
    ends UPDATE_ROLLBACK_IN_PROGRESS UPDATE_ROLLBACK_FAILED 1
    ends ROLLBACK_IN_PROGRESS ROLLBACK_COMPLETE 1
    ends DELETE_IN_PROGRESS DELETE_FAILED 1
}

test_a_creation_event_by_event() {
    assembly <<<"$shop"
    control settings '{ "resource_seconds": 600 }'
    aws cloudformation create-stack --stack-name Base --template-body "$(cat app/Base.template.json)" >/dev/null || fail 'no stack'
    hurry_after DescribeStackEvents 1
    watch Base
    expect_status 0
    expect_err_has 'Base   creating 2 resources'
    expect_err_has 'CREATE_COMPLETE     AWS::SQS::Queue'
    expect_err_has '  2/2  CREATE_COMPLETE     AWS::SNS::Topic               Base/Topic/Resource'
    expect_err_has 'done in'
    expect_equal "$(look calls 'sum(c[1].startswith(("Create", "Update", "Delete", "Execute")) for c in j)')" 1 'changes'
}

test_the_cause_of_a_failure() {
    assembly <<<"$shop"
    control settings '{ "resource_seconds": 600, "failures": [{ "resource": "Topic", "reason": "the name is taken" }] }'
    aws cloudformation create-stack --stack-name Base --template-body "$(cat app/Base.template.json)" >/dev/null || fail 'no stack'
    hurry_after DescribeStackEvents 1
    watch Base
    expect_status 1
    expect_err_has 'Base/Topic/Resource (AWS::SNS::Topic): the name is taken'
    expect_err_has 'the stack is ROLLBACK_COMPLETE now'
}

test_several_at_a_time() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } }, "C": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control stack "{ \"name\": \"A\", \"status\": \"UPDATE_IN_PROGRESS\", \"template\": $body, \"becomes\": \"UPDATE_COMPLETE\", \"asked\": 1 }"
    control stack "{ \"name\": \"B\", \"status\": \"UPDATE_IN_PROGRESS\", \"template\": $body, \"becomes\": \"UPDATE_ROLLBACK_COMPLETE\", \"asked\": 1 }"
    watch --all
    expect_status 1
    expect_err_has 'A  done in'
    expect_err_has 'B  failed: the stack is UPDATE_ROLLBACK_COMPLETE now'
    expect_err_has 'C  does not exist'
    watch
    expect_status 2
    expect_err_has 'this app has several stacks: name those to use (globs are supported), or give --all'
}

test_nothing_is_under_way() {
    somebody CREATE_COMPLETE
    watch
    expect_status 0
    expect_err_has 'nothing is in progress; it is CREATE_COMPLETE, and its last operation began'
    control stack '{ "name": "A", "status": "UPDATE_ROLLBACK_COMPLETE", "reason": "the queue has another owner" }'
    watch
    expect_status 1
    expect_err_has 'nothing is in progress; it is UPDATE_ROLLBACK_COMPLETE'
    expect_err_has 'ago: the queue has another owner'
}

test_stacks_that_are_not_there() {
    assembly <<<"$one"
    watch A
    expect_status 1
    expect_err_has "stack 'A' does not exist in us-east-1 of account 123456789012"
    watch Somebodys
    expect_status 1
    expect_err_has "stack 'Somebodys' does not exist"
}

test_a_stack_that_the_app_does_not_have() {
    assembly <<<"$one"
    control stack "{ \"name\": \"Theirs\", \"status\": \"UPDATE_IN_PROGRESS\", \"template\": $body, \"becomes\": \"UPDATE_COMPLETE\", \"asked\": 1 }"
    watch Theirs
    expect_status 0
    expect_err_has 'Theirs  done in'
}

test_an_interrupt_ends_the_watching_alone() {
    somebody UPDATE_IN_PROGRESS UPDATE_COMPLETE 99999
    setsid "$DEMO" watch --app app A >"$work/out" 2>"$work/err" &
    local pid=$!
    wait_for grep -q changing "$work/err"
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    expect_status 130
    expect_err_has "A continues in CloudFormation; 'demo watch A --app app' follows it"
    expect_stack A UPDATE_IN_PROGRESS
    expect_equal "$(calls_of CancelUpdateStack)" 0
}

test_a_live_view_at_a_terminal() {
    need_terminal
    somebody UPDATE_IN_PROGRESS UPDATE_COMPLETE 3
    status=0
    script -qec "$(printf '%q ' "$DEMO" watch --app app A)" /dev/null >"$work/out" 2>"$work/err" </dev/null || status=$?
    expect_status 0
    expect_out_has 'A  0 resources done'
    expect_out_has $'\033[1A\033[2K'
    expect_out_has 'done in'
}

test_a_view_survives_trouble_at_aws() {
    somebody UPDATE_IN_PROGRESS UPDATE_COMPLETE
    control faults '[{ "action": "DescribeStackEvents", "fault": "throttle", "times": 2 }, { "action": "DescribeStackEvents", "fault": "reset" }]'
    watch A
    expect_status 0
}

run_tests "$@"
