#!/usr/bin/env bash
# Cancelling updates.
. "$(dirname "$0")/lib.sh"

cancel() { run "$DEMO" cancel --app app "$@"; }

one='{ "A": { "resources": { "T": "AWS::SNS::Topic", "U": { "Type": "AWS::SNS::Topic", "DependsOn": "T" } } } }'
two='{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "new" } }, "U": { "Type": "AWS::SNS::Topic", "DependsOn": "T", "Properties": { "DisplayName": "new" } } } } }'
body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'

# An update of A that does not end by itself.
update_under_way() {
    assembly <<<"$one"
    deploy --all
    expect_status 0
    assembly <<<"$two"
    control settings '{ "resource_seconds": 600 }'
    aws cloudformation update-stack --stack-name A --template-body "$(cat app/A.template.json)" >/dev/null || fail 'no update'
    expect_stack A UPDATE_IN_PROGRESS
}

test_an_update_is_undone() {
    update_under_way
    hurry_after CancelUpdateStack 1
    cancel A -y
    expect_status 0
    expect_err_has 'A: its update will be rolled back'
    expect_err_has 'UPDATE_ROLLBACK_COMPLETE'
    expect_stack A UPDATE_ROLLBACK_COMPLETE
    expect_equal "$(calls_of CancelUpdateStack)" 1
}

test_it_asks_first() {
    update_under_way
    with_terminal n "$DEMO" cancel --app app A
    expect_status 1
    expect_equal "$(calls_of CancelUpdateStack)" 0
    expect_stack A UPDATE_IN_PROGRESS
}

test_it_does_what_is_answered() {
    update_under_way
    hurry_after CancelUpdateStack 1
    with_terminal y "$DEMO" cancel --app app A
    expect_status 0
    expect_stack A UPDATE_ROLLBACK_COMPLETE
}

test_there_is_nobody_to_ask() {
    update_under_way
    cancel A
    expect_status 1
    expect_err_has 'there is no terminal to ask whether to cancel that; --yes does not ask'
    expect_equal "$(calls_of CancelUpdateStack)" 0
}

test_undoing_that_fails() {
    update_under_way
    hurry_after CancelUpdateStack 1
    control settings '{ "failures": [{ "resource": "T", "action": "rollback", "reason": "it is locked" }] }'
    cancel A -y
    expect_status 1
    expect_err_has 'A/T/Resource (AWS::SNS::Topic): it is locked'
    expect_err_has 'the stack is UPDATE_ROLLBACK_FAILED now'
}

test_an_update_that_is_quicker() {
    update_under_way
    control faults '[{ "action": "CancelUpdateStack", "fault": "throttle", "times": 99 }]'
    { wait_for_calls CancelUpdateStack 1 && hurry && wait_for_stack A UPDATE_COMPLETE && control faults '[]'; } &
    cancel A -y
    expect_status 1
    expect_err_has 'its update cannot be cancelled: CancelUpdateStack cannot be called from current stack status UPDATE_COMPLETE'
}

# refuses STATE WHY: something else is in progress, or nothing.
refuses() {
    assembly <<<"$one"
    control stack "{ \"name\": \"A\", \"status\": \"$1\", \"template\": $body }"
    cancel A -y
    expect_status 1
    expect_err_has "it is $1: $2"
    expect_equal "$(calls_of CancelUpdateStack)" 0
    expect_stack A "$1"
}

test_what_cannot_be_cancelled() {
    refuses CREATE_IN_PROGRESS "a creation cannot be cancelled; deleting the stack is the way: 'destroy' does so"
    refuses DELETE_IN_PROGRESS 'a deletion cannot be cancelled'
    refuses IMPORT_IN_PROGRESS 'an import cannot be cancelled'
    refuses UPDATE_COMPLETE_CLEANUP_IN_PROGRESS 'its update is complete'
    refuses UPDATE_ROLLBACK_IN_PROGRESS "its update is being rolled back already; 'watch' follows that"
    refuses ROLLBACK_IN_PROGRESS 'its creation is being rolled back already'
    refuses UPDATE_COMPLETE 'nothing is in progress that could be cancelled'
    refuses CREATE_FAILED 'nothing is in progress that could be cancelled'
}

test_several_of_which_one_cannot() {
    update_under_way
    hurry_after CancelUpdateStack 1
    assembly <<<"$(json_edit "$two" 'j["B"] = {"resources": {"T": "AWS::SNS::Topic"}}; j["A"]["needs"] = ["B"]')"
    control stack "{ \"name\": \"B\", \"status\": \"CREATE_IN_PROGRESS\", \"template\": $body }"
    cancel --all -y
    expect_status 1
    expect_err_has 'B  failed: it is CREATE_IN_PROGRESS'
    expect_stack A UPDATE_ROLLBACK_COMPLETE
}

test_stacks_that_are_not_there() {
    assembly <<<"$one"
    cancel A
    expect_status 1
    expect_err_has "stack 'A' does not exist in us-east-1 of account 123456789012"
}

test_it_may_not() {
    update_under_way
    control faults '[{ "action": "CancelUpdateStack", "fault": "denied" }]'
    cancel A -y
    expect_status 1
    expect_err_has 'these credentials are not authorized to do that'
}

run_tests "$@"
