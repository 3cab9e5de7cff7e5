#!/usr/bin/env bash
# The state of the stacks.
. "$(dirname "$0")/lib.sh"

status() { run "$DEMO" status --app app "$@"; }
# The cells of a stack's row; cells are two blanks apart.
row() { sed -n "s/^$1  *//p" "$work/out" | sed 's/   */|/g; s/[0-9]* s\b/N s/g'; }

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'

test_what_stands_and_what_does_not() {
    assembly <<<"$shop"
    deploy --exclusively Base
    expect_status 0
    status
    expect_status 0
    expect_no_err
    expect_equal "$(head -n 1 "$work/out" | sed 's/   */|/g')" 'STACK|STATUS|AGE|DRIFT|CHANGE SETS'
    expect_equal "$(row Base)" 'CREATE_COMPLETE|N s|not checked'
    expect_equal "$(row Api)" 'not deployed'
    expect_equal "$(wc -l <"$work/out")" 5 lines
}

# The command of a hint works as it stands: it has the context and the place of the one that gave it.
test_hints_can_be_run() {
    control stack "{ \"name\": \"It-sWeb\", \"status\": \"UPDATE_ROLLBACK_COMPLETE\", \"template\": $body }"
    demo status -c prefix=It-s -c 'title=it'\''s "new"' --region us-east-1
    expect_status 0
    local hint
    hint=$(sed -n "s/.*: '\(demo .* logs .*\)' names the cause.*/\1/p" "$work/err")
    expect_equal "$hint" "demo -c prefix=It-s -c 'title=it'\\''s \"new\"' --region us-east-1 logs It-sWeb"
    run bash -c "${hint/#demo/\"\$DEMO\"}"
    expect_status 0
}

test_the_last_drift_result() {
    assembly <<<"$shop"
    deploy --all
    control settings '{ "drift": { "Base": { "Topic": "DELETED" } } }'
    run "$DEMO" drift --app app Base Media
    status
    expect_status 0
    expect_equal "$(row Base)" 'CREATE_COMPLETE|N s|drifted (N s ago)'
    expect_equal "$(row Media)" 'CREATE_COMPLETE|N s|in sync (N s ago)'
    expect_equal "$(row Web)" 'CREATE_COMPLETE|N s|not checked'
}

test_change_sets_that_wait() {
    assembly <<<"$one"
    deploy --all --method prepare-change-set --change-set-name first
    status
    expect_status 0
    expect_equal "$(row A)" 'REVIEW_IN_PROGRESS|N s|not checked|first'
    expect_err_has "it has nothing but change sets: 'demo deploy A --app app' creates it"
    deploy --all --method execute-change-set --change-set-name first
    status
    expect_equal "$(row A)" 'CREATE_COMPLETE|N s|not checked'
    expect_no_err
}

# in_state STATE WHAT: the stack is in that state, and what is to be done about it is said.
in_state() {
    control stack "{ \"name\": \"A\", \"status\": \"$1\", \"template\": $body, \"reason\": \"because\" }"
    assembly <<<"$one"
    status
    expect_status 0
    expect_equal "$(row A)" "$1|N s|not checked"
    expect_err_has "A is $1: because"
    expect_err_has "$2"
}

test_states_that_need_care() {
    in_state CREATE_FAILED "'demo rollback A --app app' rolls it back"
    in_state UPDATE_FAILED "'demo rollback A --app app' rolls it back"
    in_state ROLLBACK_COMPLETE "'demo deploy A --app app' deletes what is left"
    in_state ROLLBACK_FAILED "'demo deploy A --app app' deletes what is left"
    in_state UPDATE_ROLLBACK_FAILED '--orphan leaves resources as they are'
    in_state UPDATE_ROLLBACK_COMPLETE "'demo logs A --app app' names the cause"
    in_state DELETE_FAILED "'demo destroy A --app app' continues"
    in_state IMPORT_ROLLBACK_FAILED "'demo logs A --app app' names the cause"
    for state in CREATE UPDATE DELETE ROLLBACK UPDATE_ROLLBACK UPDATE_COMPLETE_CLEANUP IMPORT; do
        in_state "${state}_IN_PROGRESS" "'demo watch A --app app' follows it"
    done
}

test_json() {
    control stack "{ \"name\": \"A\", \"status\": \"UPDATE_FAILED\", \"template\": $body, \"protected\": true, \"reason\": \"because\" }"
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    status --json
    expect_status 0
    expect_no_err
    expect_equal "$(json "$work/out" '[(s["stack"], s["name"], s["account"], s["region"], s["status"]) for s in j]')" \
        '[["A", "A", "123456789012", "us-east-1", "UPDATE_FAILED"], ["B", "B", "123456789012", "us-east-1", null]]'
    expect_equal "$(json "$work/out" '[j[0]["reason"], j[0]["terminationProtection"], j[0]["drift"], j[0]["changeSets"], "rollback A" in j[0]["advice"]]')" \
        '["because", true, {"status": "NOT_CHECKED"}, [], true]'
}

test_a_stack_that_the_app_does_not_have() {
    control stack "{ \"name\": \"Theirs\", \"status\": \"CREATE_COMPLETE\", \"template\": $body }"
    assembly <<<"$one"
    status Theirs A
    expect_status 0
    expect_equal "$(row Theirs)" 'CREATE_COMPLETE|N s|not checked'
    expect_equal "$(row A)" 'not deployed'
    status Nobodys
    expect_status 1
    expect_err_has "stack 'Nobodys' does not exist in us-east-1 of account 123456789012"
}

test_a_stack_of_another_region() {
    assembly <<<"$one"
    control stack "{ \"name\": \"Theirs\", \"region\": \"eu-west-1\", \"status\": \"CREATE_COMPLETE\", \"template\": $body }"
    status Theirs
    expect_status 1
    status Theirs --region eu-west-1
    expect_status 0
    expect_equal "$(row Theirs)" 'CREATE_COMPLETE|N s|not checked'
}

test_nothing_is_changed() {
    assembly <<<"$shop"
    status
    expect_status 0
    expect_equal "$(look calls 'sorted({c[1] for c in j})')" '["AssumeRole", "DescribeStacks", "GetCallerIdentity"]'
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_what_cannot_be_asked() {
    assembly <<<"$one"
    control faults '[{ "action": "DescribeStacks", "fault": "denied", "times": 99 }]'
    status
    expect_failure 'cannot list the stacks of us-east-1'
    expect_err_has 'these credentials are not authorized to do that'
}

run_tests "$@"
