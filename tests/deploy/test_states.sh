#!/usr/bin/env bash
# Every state that a stack can be in when a deployment finds it.
. "$(dirname "$0")/lib.sh"

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
two='{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "new" } }, "U": "AWS::SNS::Topic" } } }'
body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'

# stack_in STATE [MORE]: a stack A that has the topic T and is in that state.
stack_in() { control stack "{ \"name\": \"A\", \"status\": \"$1\", \"template\": $body ${2:+, $2} }"; }

expect_deployed() {
    expect_status 0
    expect_stack A "$1"
    expect_equal "$(look stacks 'sorted(j["A"]["resources"])')" '["T", "U"]'
    expect_equal "$(look stacks 'j["A"]["template"]')" "$("$python" -I -S -c 'import json, sys; print(json.dumps(json.load(sys.stdin)))' <app/A.template.json)" 'template'
    expect_clean
}

# updates STATE: from there a stack is updated at once.
updates() {
    stack_in "$1"
    assembly <<<"$two"
    deploy --all
    expect_deployed UPDATE_COMPLETE
}

test_create_complete() { updates CREATE_COMPLETE; }
test_update_complete() { updates UPDATE_COMPLETE; }
test_update_rollback_complete() { updates UPDATE_ROLLBACK_COMPLETE; }
test_import_complete() { updates IMPORT_COMPLETE; }
test_import_rollback_complete() { updates IMPORT_ROLLBACK_COMPLETE; }

# recreates STATE: from there a stack is deleted, once, and made anew.
recreates() {
    stack_in "$1"
    assembly <<<"$two"
    deploy --all
    expect_err_has "it is $1: deleting what is left of it first"
    expect_equal "$(calls_of DeleteStack)" 1 'deletions'
    expect_deployed CREATE_COMPLETE
}

test_rollback_complete() { recreates ROLLBACK_COMPLETE; }
test_rollback_failed() { recreates ROLLBACK_FAILED; }
test_delete_failed() { recreates DELETE_FAILED; }

# waits STATE BECOMES END: somebody works on the stack; the deployment waits for that and goes on from there.
waits() {
    stack_in "$1" "\"becomes\": \"$2\", \"asked\": 2"
    assembly <<<"$two"
    deploy --all
    expect_err_has "it is $1: waiting for that to end"
    expect_deployed "$3"
}

test_create_in_progress() { waits CREATE_IN_PROGRESS CREATE_COMPLETE UPDATE_COMPLETE; }
test_update_in_progress() { waits UPDATE_IN_PROGRESS UPDATE_COMPLETE UPDATE_COMPLETE; }
test_update_cleanup_in_progress() { waits UPDATE_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_COMPLETE UPDATE_COMPLETE; }
test_update_rollback_in_progress() { waits UPDATE_ROLLBACK_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE UPDATE_COMPLETE; }
test_update_rollback_cleanup_in_progress() { waits UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE UPDATE_COMPLETE; }
test_rollback_in_progress() { waits ROLLBACK_IN_PROGRESS ROLLBACK_COMPLETE CREATE_COMPLETE; }
test_import_in_progress() { waits IMPORT_IN_PROGRESS IMPORT_COMPLETE UPDATE_COMPLETE; }
test_import_rollback_in_progress() { waits IMPORT_ROLLBACK_IN_PROGRESS IMPORT_ROLLBACK_COMPLETE UPDATE_COMPLETE; }
test_delete_in_progress() { waits DELETE_IN_PROGRESS DELETE_COMPLETE CREATE_COMPLETE; }
test_create_that_fails_while_it_is_waited_for() { waits CREATE_IN_PROGRESS ROLLBACK_COMPLETE CREATE_COMPLETE; }
test_update_that_fails_while_it_is_waited_for() { waits UPDATE_IN_PROGRESS UPDATE_ROLLBACK_FAILED UPDATE_COMPLETE; }

test_review_in_progress() {
    control stack '{ "name": "A" }'
    assembly <<<"$two"
    deploy --all
    expect_deployed CREATE_COMPLETE
}

test_review_with_somebodys_change_set() {
    control stack '{ "name": "A" }'
    assembly <<<"$one"
    deploy --all --method prepare-change-set --change-set-name theirs
    expect_status 0
    assembly <<<'{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "No:Such" } } } } } }'
    deploy --all
    expect_failure 'No export named No:Such found'
    expect_stack A REVIEW_IN_PROGRESS
    expect_equal "$(look stacks 'list(j["A"]["change_sets"])')" '["theirs"]'
}

test_create_failed() {
    control settings '{ "failures": [{ "resource": "T" }] }'
    assembly <<<"$one"
    deploy --all --no-rollback
    expect_status 1
    expect_stack A CREATE_FAILED
    expect_err_has 'the stack is CREATE_FAILED now: fix the cause'
    assembly <<<"$two"
    deploy --all
    expect_err_has 'it is CREATE_FAILED: rolling back first'
    expect_deployed CREATE_COMPLETE
}

failed_update() {
    assembly <<<"$one"
    deploy --all
    control settings '{ "failures": [{ "resource": "T", "action": "update" }] }'
    assembly <<<"$two"
    deploy --all --no-rollback
    expect_status 1
    expect_stack A UPDATE_FAILED
}

test_update_failed() {
    failed_update
    deploy --all
    expect_err_has 'it is UPDATE_FAILED: rolling back first'
    expect_deployed UPDATE_COMPLETE
}

test_update_failed_goes_on_without_rollback() {
    failed_update
    deploy --all --no-rollback
    expect_deployed UPDATE_COMPLETE
}

test_update_failed_is_not_taken_for_unchanged() {
    failed_update
    assembly <<<"$one"
    deploy --all
    expect_status 0
    expect_stack A UPDATE_ROLLBACK_COMPLETE
}

test_update_rollback_failed() {
    updates UPDATE_ROLLBACK_FAILED
}

test_update_rollback_that_fails_again() {
    stack_in CREATE_COMPLETE
    control settings '{ "failures": [{ "resource": "U", "action": "create" }, { "resource": "T", "action": "rollback", "times": 2, "reason": "it is locked" }] }'
    assembly <<<"$two"
    deploy --all
    expect_status 1
    expect_stack A UPDATE_ROLLBACK_FAILED
    deploy --all
    expect_status 1
    expect_err_has 'it is UPDATE_ROLLBACK_FAILED: resuming the rollback first'
    expect_err_has 'A/T/Resource (AWS::SNS::Topic): it is locked'
    expect_err_has "'deploy --force' leaves those resources as they are"
    deploy --all --force
    expect_status 0
    expect_stack A UPDATE_COMPLETE
}

test_import_rollback_failed() {
    stack_in IMPORT_ROLLBACK_FAILED
    assembly <<<"$two"
    deploy --all
    expect_failure 'it is IMPORT_ROLLBACK_FAILED, from where no deployment can continue'
    expect_stack A IMPORT_ROLLBACK_FAILED
}

test_a_state_that_nobody_knows_yet() {
    stack_in SOMETHING_NEW
    assembly <<<"$two"
    deploy --all
    expect_failure 'it is SOMETHING_NEW, from where no deployment can continue'
}

test_a_protected_stack_in_rollback_complete() {
    stack_in ROLLBACK_COMPLETE '"protected": true'
    assembly <<<"$two"
    deploy --all
    expect_failure 'it is ROLLBACK_COMPLETE and can only be deleted and created again, but it is protected against deletion'
    expect_stack A ROLLBACK_COMPLETE
}

test_deletion_that_fails_again() {
    stack_in DELETE_FAILED
    control settings '{ "failures": [{ "resource": "T", "action": "delete", "reason": "it is not empty" }] }'
    assembly <<<"$two"
    deploy --all
    expect_failure 'A/T/Resource (AWS::SNS::Topic): it is not empty'
    expect_stack A DELETE_FAILED
}

run_tests "$@"
