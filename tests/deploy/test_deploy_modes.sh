#!/usr/bin/env bash
# What CloudFormation is asked to do otherwise: about failures, alarms, drift, nested stacks, and how long to wait.
. "$(dirname "$0")/lib.sh"

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
two='{ "A": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } } }'
alarm=arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors

# sent ACTION FIELD: what was sent of it, each time.
sent() { look requests "[c.get('$2') for c in j if c['Action'] == '$1']"; }
fails_at() { control settings "{ \"failures\": [{ \"resource\": \"$1\", \"action\": \"$2\", \"reason\": \"it does not work\", \"times\": ${3:-1} }] }"; }

test_on_failure() {
    assembly <<<"$one"
    fails_at T create
    deploy --all --on-failure delete
    expect_failure 'it does not work'
    expect_stack A none
    fails_at T create
    deploy --all --on-failure do-nothing
    expect_failure 'it does not work'
    expect_stack A CREATE_FAILED
    expect_equal "$(sent CreateStack OnFailure)" '["DELETE", "DO_NOTHING"]'
    deploy --all --on-failure rollback
    expect_status 0
    expect_stack A CREATE_COMPLETE
    # Of an update only that it is left where it fails.
    assembly <<<"$two"
    fails_at U create
    deploy --all --on-failure do-nothing
    expect_status 1
    expect_stack A UPDATE_FAILED
    expect_equal "$(sent CreateChangeSet OnStackFailure)" '[null]'
}

test_on_failure_by_a_change_set() {
    assembly <<<"$one"
    fails_at T create
    deploy --all --on-failure delete --method change-set
    expect_failure 'it does not work'
    expect_stack A none
    expect_equal "$(sent CreateChangeSet OnStackFailure)" '["DELETE"]'
}

test_alarms() {
    assembly <<<"$one"
    deploy --all --rollback-alarm $alarm --rollback-alarm ${alarm}2 --monitoring-minutes 5
    expect_status 0
    expect_equal "$(sent CreateStack RollbackConfiguration.MonitoringTimeInMinutes)" '["5"]'
    expect_equal "$(sent CreateStack RollbackConfiguration.RollbackTriggers.member.2.Arn)" "[\"${alarm}2\"]"
    expect_equal "$(sent CreateStack RollbackConfiguration.RollbackTriggers.member.1.Type)" '["AWS::CloudWatch::Alarm"]'
    assembly <<<"$two"
    deploy --all --rollback-trigger-alarm-arns $alarm --monitoring-time-minutes 0
    expect_status 0
    expect_equal "$(sent CreateChangeSet RollbackConfiguration.RollbackTriggers.member.1.Arn)" "[\"$alarm\"]"
}

test_flags() {
    assembly <<<"$one"
    deploy --all --retain-except-on-create
    expect_status 0
    expect_equal "$(sent CreateStack RetainExceptOnCreate)" '["true"]'
    assembly <<<"$two"
    deploy --all --retain-except-on-create --include-nested
    expect_status 0
    expect_equal "$(sent ExecuteChangeSet RetainExceptOnCreate)" '["true"]'
    expect_equal "$(sent CreateChangeSet IncludeNestedStacks)" '["true"]'
    # What seems unchanged may have been changed by somebody else.
    deploy --all --revert-drift
    expect_status 0
    expect_equal "$(sent CreateChangeSet DeploymentMode)" '[null, "REVERT_DRIFT"]'
}

test_what_contradicts_itself() {
    assembly <<<"$one"
    deploy --all --on-failure delete --no-rollback
    expect_usage_error "'--on-failure' and '--no-rollback' say the same"
    deploy --all --monitoring-minutes 5
    expect_usage_error "is about the alarms of '--rollback-alarm'"
    deploy --all --rollback-alarm 1 --rollback-alarm 2 --rollback-alarm 3 --rollback-alarm 4 --rollback-alarm 5 --rollback-alarm 6
    expect_usage_error 'CloudFormation takes 5 alarms at most, not 6'
    deploy --all --method direct --revert-drift
    expect_usage_error "'--revert-drift' needs a change set"
    expect_equal "$(look calls 'len(j)')" 0
}

test_express() {
    assembly <<<'{ "A": { "resources": { "Data": "AWS::S3::Bucket" } } }'
    deploy --all --express
    expect_failure "stack 'A' holds data, and CloudFormation's express mode says that it is done before it is"
    # What an AWS CLI says that does not know it yet.
    deploy --all --express --express
    ! grep -q 'Unknown parameter in input' "$work/err" || expect_failure 'the installed AWS CLI is too old for that'
    # One that does: what it gets is kept, and passed on without.
    mv "$work/bin/aws" "$work/bin/aws_before"
    cat >"$work/bin/aws" <<END
#!/bin/sh
case "\$*" in
*cli-input-json*) "$python" -I -S -c 'import json, sys
j = json.load(sys.stdin); print(json.dumps(j.pop("DeploymentConfig", None)), file=open("$work/express", "a")); print(json.dumps(j))' >"$work/in.\$\$"; exec "$work/bin/aws_before" "\$@" <"$work/in.\$\$" ;;
*) exec "$work/bin/aws_before" "\$@" ;;
esac
END
    chmod +x "$work/bin/aws"
    deploy --all --express --express
    expect_status 0
    expect_equal "$(grep -v null "$work/express")" '{"Mode": "EXPRESS", "DisableRollback": false}'
}

deleting() {
    assembly <<<"$two"
    deploy --all
    fails_at T delete "${1:-1}"
}

test_retain() {
    deleting 9
    run "$DEMO" destroy --app app --all --force --retain Nothing
    expect_failure "no stack that is destroyed has a resource 'Nothing'"
    expect_stack A CREATE_COMPLETE
    run "$DEMO" destroy --app app --all --force --retain T
    expect_status 0
    expect_err_has 'T stays, without a stack: arn:aws:sns:'
    expect_equal "$(look stacks 'list(j)')" '[]'
    expect_equal "$(aws sns list-topics --query 'length(Topics)')" 1
}

# Where it succeeds by itself nothing is left.
test_retain_of_what_can_be_deleted() {
    assembly <<<"$two"
    deploy --all
    run "$DEMO" destroy --app app --all --force --retain T
    expect_status 0
    expect_equal "$(aws sns list-topics --query 'length(Topics)')" 0
}

test_force_delete() {
    deleting 9
    run "$DEMO" destroy --app app --all --force
    expect_status 1
    expect_stack A DELETE_FAILED
    run "$DEMO" destroy --app app --all --force --force-delete
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
    expect_equal "$(sent DeleteStack DeletionMode)" '[null, "FORCE_DELETE_STACK"]'
}

# An answer that gets lost deletes nothing twice.
test_force_delete_under_faults() {
    deleting 9
    control faults '[{ "action": "DeleteStack", "fault": "lost", "skip": 1, "times": 1 }, { "action": "ListStackResources", "fault": "reset", "skip": 1, "times": 1 }]'
    run "$DEMO" destroy --app app --all --force --force-delete
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
}

run_tests "$@"
