#!/usr/bin/env bash
# Trouble on the way, as a matrix: stacks in every kind of state x every kind of fault. All the states of a row are
# deployed side by side, and the fault hits the call that each of them needs most. What passes is not noticed; what does
# not is said, and the next deployment goes on from there. Nothing is ever executed twice.
. "$(dirname "$0")/lib.sh"

attempts=1 # the repetitions are to be this program's

# NAME  STATUS (-: there is no stack)  ACTION that the fault hits  CALLS that are spared before
states='
Create   -                       CreateStack             0
Prepare  CREATE_COMPLETE         CreateChangeSet         0
Look     IMPORT_COMPLETE         DescribeChangeSet       0
Follow   -                       DescribeStackEvents     0
Review   REVIEW_IN_PROGRESS      CreateChangeSet         0
Compare  CREATE_COMPLETE         GetTemplate             0
Update   UPDATE_COMPLETE         ExecuteChangeSet        0
Undone   UPDATE_ROLLBACK_COMPLETE DescribeStackEvents    0
Delete   ROLLBACK_COMPLETE       DeleteStack             0
Deleted  DELETE_FAILED           DescribeStackEvents     0
Roll     UPDATE_FAILED           RollbackStack           0
Resume   UPDATE_ROLLBACK_FAILED  ContinueUpdateRollback  0
Wait     UPDATE_IN_PROGRESS      DescribeStackEvents     0
'
stack_names() { awk 'NF { print $1 }' <<<"$states"; }

# The two resources that every stack ends with; those that exist have the first of them.
topics() {
    printf '{ "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "%s" } }, "U": "AWS::SNS::Topic" }' "$1"
}

# The account as the states say, and an app in which every stack is to change.
set_the_scene() {
    local name status app=''
    while read -r name status _; do
        [ -n "$name" ] || continue
        app+="${app:+, }\"$name\": { \"resources\": $(topics new) }"
        case $status in
        -) ;;
        REVIEW_IN_PROGRESS) control stack "{ \"name\": \"$name\" }" ;;
        *) control stack "{ \"name\": \"$name\", \"status\": \"$status\", \"becomes\": \"$([ "$name" = Wait ] && echo UPDATE_COMPLETE || echo "$status")\",
            \"asked\": $([ "$name" = Wait ] && echo 2 || echo 0), \"template\": { \"Resources\": { \"T\": { \"Type\": \"AWS::SNS::Topic\" } } } }" ;;
        esac
    done <<<"$states"
    assembly <<<"{ $app }"
}

# fault_rules FAULT TIMES: one for each state.
fault_rules() {
    awk -v fault="$1" -v times="$2" 'NF { printf "%s{ \"stack\": \"%s\", \"action\": \"%s\", \"fault\": \"%s\", \"skip\": %d, \"times\": %d }",
        (n++ ? ", " : "["), $1, $3, fault, $4, times } END { print "]" }' <<<"$states"
}

expect_all_deployed() {
    local name
    expect_status 0
    for name in $(stack_names); do
        case $(status_of "$name") in
        CREATE_COMPLETE | UPDATE_COMPLETE) ;;
        *) fail "$name is $(status_of "$name")" ;;
        esac
    done
    expect_equal "$(look stacks '[n for n, s in j.items() if sorted(s["resources"]) != ["T", "U"]]')" '[]' 'stacks that lack resources'
    expect_equal "$(look stacks '[n for n, s in j.items() if s["executions"] != 1]')" '[]' 'stacks that were not changed just once'
    expect_clean
}

# passes FAULT TIMES: it goes by.
passes() {
    set_the_scene
    control faults "$(fault_rules "$1" "$2")"
    deploy --all
    expect_equal "$(look faults 'sum(r["times"] == 0 for r in j)')" "$(stack_names | wc -l)" 'faults that were met'
    expect_all_deployed
}

test_throttled() { passes throttle 2; }
test_unavailable() { passes unavailable 2; }
test_connection_reset() { passes reset 2; }
test_answer_lost() { passes lost 1; }
test_no_answer() { TANGO_AWS_TIMEOUT=3 passes timeout 1; }

# stays FAULT MESSAGE [STATES]: every stack but these fails with that, and is deployed when the fault is gone. (What cannot be compared lets
# nothing begin.)
stays() {
    local name
    states=$(grep -vE "GetTemplate${3:+|$3}" <<<"$states")
    set_the_scene
    control faults "$(fault_rules "$1" 999)"
    deploy --all
    expect_status 1
    for name in $(stack_names); do
        grep -qE "^$name +failed: " "$work/err" || fail "$name did not fail"
    done
    # Once where it happens, and perhaps once more at the end.
    expect_equal "$(grep "$2" "$work/err" | sort -u | wc -l)" "$(stack_names | wc -l)" 'explanations'
    expect_equal "$(look stacks '[n for n, s in j.items() if s["executions"] > 1]')" '[]' 'stacks that were changed twice'
    expect_err_lacks_retries
    control faults '[]'
    deploy --all
    expect_all_deployed
}

# How often the AWS CLI has tried is no part of the message.
expect_err_lacks_retries() { ! grep -q '[0-9]): ' "$work/err" || fail 'a message begins with what is no part of it'; }

test_credentials_expire() { stays expired 'the credentials have expired'; }
# A stack may be created by a change set where it may not be directly, and is followed by its state where its events may
# not be read.
test_denied() { stays denied 'these credentials are not authorized to do that' 'CreateStack|DescribeStackEvents'; }

# goes_another_way FAULT: for good.
goes_another_way() {
    states=$(grep -E 'CreateStack|DescribeStackEvents' <<<"$states")
    set_the_scene
    control faults "$(fault_rules "$1" 999)"
    deploy --all
    expect_all_deployed
    expect_equal "$(grep -c 'its events cannot be read, only its state is followed' "$work/err")" "$2" 'notes'
}
# Wait ends after its events were asked for, which this is about not being possible. Deleted is followed twice.
test_denied_but_not_needed() {
    states=$(grep -v Wait <<<"$states")
    goes_another_way denied 4
}
test_throttled_but_not_needed() {
    states=$(grep -E 'Follow|Undone' <<<"$states")
    goes_another_way throttle 2
}

# Uploads, and questions that are of no stack.
everywhere() {
    echo 'more than an empty archive has' >file.txt
    assembly <<<'{ "A": { "assets": ["file.txt"], "padding": 60000, "resources": { "T": "AWS::SNS::Topic" } } }'
    control faults "$(for action in GetCallerIdentity AssumeRole GetParameter DescribeStacks GET PUT; do
        echo "{ \"action\": \"$action\", \"fault\": \"$1\", \"times\": $2 }"
    done | "$python" -c 'import json, sys; print(json.dumps([json.loads(line) for line in sys.stdin]))')"
    deploy --all
    expect_status 0
    expect_equal "$(look faults 'sum(r["times"] for r in j)')" 0 'faults that were not met'
    expect_stack A CREATE_COMPLETE
    expect_clean
}

test_everywhere_throttled() { everywhere throttle 1; }
test_everywhere_unavailable() { everywhere unavailable 1; }
test_everywhere_reset() { everywhere reset 1; }
test_everywhere_lost() { everywhere lost 1; }
test_everywhere_no_answer() { TANGO_AWS_TIMEOUT=3 everywhere timeout 1; }

# at_once ACTION FAULT MESSAGE: nothing begins.
at_once() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control faults "[{ \"action\": \"$1\", \"fault\": \"$2\", \"times\": 999 }]"
    deploy --all
    expect_failure "$3"
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_at_once() {
    at_once GetCallerIdentity expired 'the credentials have expired'
    at_once AssumeRole expired 'the credentials have expired'
    at_once GetParameter expired 'cannot see whether us-east-1 is bootstrapped'
    at_once DescribeStacks expired 'cannot list the stacks of us-east-1'
    at_once GetCallerIdentity denied 'these credentials are not authorized to do that'
    at_once DescribeStacks denied 'these credentials are not authorized to do that'
}

# Throttled for good: the limit of repetitions is reached, and the next deployment goes on.
test_throttled_for_good() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control faults '[{ "action": "CreateStack", "fault": "throttle", "times": 999 }]'
    deploy --all
    expect_failure 'the stack cannot be created: Rate exceeded'
    expect_err_has 'several times in a row'
    expect_equal "$(calls_of CreateStack)" 6
}

# Everything expires at once, while the stack changes: what has begun goes on without this program.
test_all_credentials_expire_midway() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control faults '[{ "fault": "expired", "skip": 5, "times": 999 }]'
    deploy --all
    expect_failure 'cannot follow the stack any further (its change continues)'
    control faults '[]'
    wait_for_stack A CREATE_COMPLETE
    deploy --all
    expect_status 0
    expect_clean
}

# A change that fails and is rolled back under faults: the cause is told all the same.
test_rolled_back_under_faults() {
    local fault
    for fault in throttle reset lost; do
        control reset
        control bootstrap
        control stack '{ "name": "A", "status": "CREATE_COMPLETE", "template": { "Resources": { "T": { "Type": "AWS::SNS::Topic" } } } }'
        control settings '{ "failures": [{ "resource": "U", "reason": "the name is taken" }] }'
        control faults "[{ \"action\": \"DescribeStackEvents\", \"fault\": \"$fault\", \"times\": 2 }]"
        assembly <<<"{ \"A\": { \"resources\": $(topics new) } }"
        deploy --all
        expect_failure 'A/U/Resource (AWS::SNS::Topic): the name is taken'
        expect_stack A UPDATE_ROLLBACK_COMPLETE
        expect_clean
    done
}

# destroys FAULT TIMES: deletion under the same faults.
destroys() {
    assembly <<<'{ "Ask": { "resources": { "T": "AWS::SNS::Topic" } }, "Follow": { "resources": { "T": "AWS::SNS::Topic" } },
        "Content": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    expect_status 0
    control faults "[{ \"stack\": \"Ask\", \"action\": \"DeleteStack\", \"fault\": \"$1\", \"times\": $2 },
        { \"stack\": \"Follow\", \"action\": \"DescribeStackEvents\", \"fault\": \"$1\", \"times\": $2 },
        { \"stack\": \"Content\", \"action\": \"ListStackResources\", \"fault\": \"$1\", \"times\": $2 }]"
    run "$DEMO" destroy --app app --all --force
}

test_destroyed_under_faults() {
    local fault
    for fault in throttle unavailable reset lost timeout; do
        control reset
        control bootstrap
        TANGO_AWS_TIMEOUT=$([ "$fault" != timeout ] || echo 3) destroys "$fault" 1
        expect_status 0
        expect_equal "$(look stacks 'list(j)')" '[]'
    done
}

test_destroyed_without_seeing_events() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    control faults '[{ "action": "DescribeStackEvents", "fault": "denied", "times": 999 }]'
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    expect_err_has 'its events cannot be read, only its state is followed'
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_destroyed_without_rights() {
    destroys denied 999
    expect_failure 'these credentials are not authorized to do that'
    control faults '[]'
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
}

run_tests "$@"
