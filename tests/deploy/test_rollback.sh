#!/usr/bin/env bash
# Undoing what has failed and stopped.
. "$(dirname "$0")/lib.sh"

rollback() { run "$DEMO" rollback --app app "$@"; }

one='{ "A": { "resources": { "T": "AWS::SNS::Topic", "S": "AWS::SNS::Topic" } } }'
two='{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "new" } }, "S": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "new" } }, "U": { "Type": "AWS::SNS::Topic", "DependsOn": ["T", "S"] } } } }'
body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'

failed_creation() {
    control settings '{ "failures": [{ "resource": "T" }] }'
    assembly <<<"$one"
    deploy --all --no-rollback
    expect_stack A CREATE_FAILED
}

# failed_update MORE [OPTION]: U cannot be made; MORE are further failures.
failed_update() {
    assembly <<<"$one"
    deploy --all
    control settings "{ \"failures\": [{ \"resource\": \"U\" } $1] }"
    assembly <<<"$two"
    deploy --all ${2-}
    expect_status 1
}

test_a_creation() {
    failed_creation
    rollback A
    expect_status 0
    expect_err_has 'ROLLBACK_COMPLETE'
    expect_stack A ROLLBACK_COMPLETE
    expect_equal "$(calls_of RollbackStack)" 1
}

test_an_update() {
    failed_update '' --no-rollback
    expect_stack A UPDATE_FAILED
    rollback
    expect_status 0
    expect_stack A UPDATE_ROLLBACK_COMPLETE
    rollback
    expect_status 1
    expect_err_has 'it is UPDATE_ROLLBACK_COMPLETE: its update has been rolled back already'
}

locked=', { "resource": "T", "action": "rollback", "times": 99, "reason": "it is locked" }'

test_a_rollback_that_failed_is_resumed() {
    failed_update ', { "resource": "T", "action": "rollback" }'
    expect_stack A UPDATE_ROLLBACK_FAILED
    rollback A
    expect_status 0
    expect_stack A UPDATE_ROLLBACK_COMPLETE
    expect_equal "$(calls_of ContinueUpdateRollback)" 1
}

test_a_resource_that_keeps_failing() {
    failed_update "$locked"
    rollback A
    expect_status 1
    expect_err_has 'A/T/Resource (AWS::SNS::Topic): it is locked'
    expect_err_has '--orphan T leaves that resource as it is, --force all that fail'
    expect_stack A UPDATE_ROLLBACK_FAILED
    rollback A --orphan T
    expect_status 0
    expect_err_has 'A/T/Resource is left as it is'
    expect_stack A UPDATE_ROLLBACK_COMPLETE
}

test_force_leaves_all_that_fail() {
    failed_update "$locked, { \"resource\": \"S\", \"action\": \"rollback\", \"times\": 99 }" --no-rollback
    expect_stack A UPDATE_FAILED
    rollback A -f
    expect_status 0
    expect_err_has 'A/T/Resource is left as it is'
    expect_err_has 'A/S/Resource is left as it is'
    expect_stack A UPDATE_ROLLBACK_COMPLETE
}

test_an_update_with_a_resource_to_be_left() {
    failed_update "$locked" --no-rollback
    rollback A --orphan T
    expect_status 0
    expect_stack A UPDATE_ROLLBACK_COMPLETE
    expect_equal "$(calls_of RollbackStack) $(calls_of ContinueUpdateRollback)" '1 1'
}

test_an_orphan_that_has_not_failed() {
    failed_update "$locked"
    rollback A --orphan S
    expect_status 1
    expect_err_has 'it cannot be rolled back: Stack [A] can not skip resources that are not in the UPDATE_FAILED state: [S]'
    expect_stack A UPDATE_ROLLBACK_FAILED
}

test_an_orphan_that_is_not_enough() {
    failed_update "$locked, { \"resource\": \"S\", \"action\": \"rollback\", \"times\": 99, \"reason\": \"it is locked, too\" }"
    rollback A --orphan S
    expect_status 1
    expect_err_has 'A/T/Resource (AWS::SNS::Topic): it is locked'
    rollback A --orphan T
    expect_status 0
    expect_stack A UPDATE_ROLLBACK_COMPLETE
}

# refuses STATE WHY
refuses() {
    assembly <<<"$one"
    control stack "{ \"name\": \"A\", \"status\": \"$1\", \"template\": $body }"
    rollback A
    expect_status 1
    expect_err_has "it is $1: $2"
    expect_equal "$(calls_of RollbackStack) $(calls_of ContinueUpdateRollback)" '0 0'
}

test_what_cannot_be_rolled_back() {
    refuses CREATE_COMPLETE 'nothing has failed that could be rolled back; to go back to an older state, deploy that one'
    refuses UPDATE_COMPLETE 'nothing has failed'
    refuses ROLLBACK_COMPLETE 'its creation has been rolled back already'
    refuses ROLLBACK_FAILED 'rolling back its creation has failed, which cannot be resumed'
    refuses DELETE_FAILED "only deleting it again applies: 'destroy' does so"
    refuses UPDATE_IN_PROGRESS "its update is in progress; 'cancel' rolls it back"
    refuses CREATE_IN_PROGRESS "something is in progress; 'watch' follows it"
    refuses REVIEW_IN_PROGRESS 'nothing has been created yet'
    refuses IMPORT_ROLLBACK_FAILED 'CloudFormation rolls back imports by itself'
}

test_the_role_that_cloudformation_takes_on() {
    failed_creation
    rollback A -r arn:aws:iam::123456789012:role/other -v
    expect_status 0
}

test_a_bootstrap_that_is_too_old() {
    failed_creation
    aws ssm put-parameter --name /cdk-bootstrap/hnb659fds/version --value 22 --type String --overwrite >/dev/null || fail 'no parameter'
    rollback A
    expect_status 1
    expect_err_has 'is version 22, but version 23 is needed'
    rollback A --no-validate-bootstrap-version
    expect_status 0
}

test_stacks_that_are_not_there() {
    assembly <<<"$one"
    rollback A
    expect_status 1
    expect_err_has "stack 'A' does not exist in us-east-1 of account 123456789012"
}

test_several_of_which_one_needs_none() {
    failed_creation
    assembly <<<"$(json_edit "$one" 'j["B"] = {"resources": {"T": "AWS::SNS::Topic"}}; j["A"]["needs"] = ["B"]')"
    control stack "{ \"name\": \"B\", \"status\": \"CREATE_COMPLETE\", \"template\": $body }"
    rollback --all
    expect_status 1
    expect_err_has 'B  failed: it is CREATE_COMPLETE: nothing has failed'
    expect_stack A ROLLBACK_COMPLETE
}

test_the_answer_is_lost() {
    failed_creation
    control faults '[{ "action": "RollbackStack", "fault": "lost" }]'
    rollback A
    expect_status 0
    expect_stack A ROLLBACK_COMPLETE
}

test_wrong_use() {
    assembly <<<"$one"
    rollback A --force --orphan T
    expect_status 2
    expect_err_has '--force leaves every resource as it is that fails; --orphan cannot be given as well'
    rollback --orphan
    expect_status 2
}

run_tests "$@"
