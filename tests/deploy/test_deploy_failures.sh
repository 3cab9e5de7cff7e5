#!/usr/bin/env bash
# Deployments that cannot begin, and those that fail on the way.
. "$(dirname "$0")/lib.sh"

test_a_failure_names_its_cause_and_spares_the_others() {
    control settings '{ "failures": [{ "stack": "Api", "resource": "Topic", "reason": "the name is taken" }] }'
    assembly <<<"$shop"
    deploy --all -O outputs.json
    expect_status 1
    expect_err_has 'Api/Topic/Resource (AWS::SNS::Topic): the name is taken'
    expect_err_has 'the stack is ROLLBACK_COMPLETE now: fix the cause and deploy again'
    expect_err_has "Web    skipped: it has to wait for 'Api', which did not get through"
    expect_out_has 'Base.QueueUrl = '
    expect_equal "$(json outputs.json 'list(j)')" '["Base", "Media"]'
    expect_stack Base CREATE_COMPLETE
    deploy --all
    expect_status 0
    expect_err_has 'it is ROLLBACK_COMPLETE: deleting what is left of it first'
    expect_stack Api CREATE_COMPLETE
    expect_stack Web CREATE_COMPLETE
}

# Of what others go on with, and print, the cause is not the first but the last: whoever comes back finds it there.
test_the_cause_is_the_last_on_the_screen() {
    control settings '{ "failures": [{ "stack": "Early", "resource": "T", "reason": "the name is taken" }] }'
    assembly <<<'{ "Early": { "resources": { "T": "AWS::SNS::Topic" } },
        "Late": { "resources": { "A": "AWS::SNS::Topic", "B": { "Type": "AWS::SNS::Topic", "DependsOn": "A" }, "C": { "Type": "AWS::SNS::Topic", "DependsOn": "B" } },
            "outputs": { "Key": "value" } } }'
    status=0
    "$DEMO" deploy --app app --all --require-approval never --progress events >"$work/out" 2>&1 || status=$?
    expect_status 1
    expect_out_has 'Late.Key = value'
    expect_equal "$(tail -n 3 "$work/out" | cut -c 1-56)" "$(printf '%s\n' 'Early: UNKNOWN: Early/T/Resource (AWS::SNS::Topic)' \
        '    AWS says    the name is taken' '    the rest    the stack is ROLLBACK_COMPLETE now: fix ')" 'last lines'
    expect_equal "$(tail -n 4 "$work/out" | head -n 1)" 'tango-infra: 1 stack failed, 0 skipped, of 2' 'the line before'
}

# Where nothing came after it, it is not said twice.
test_the_cause_is_said_once() {
    control settings '{ "failures": [{ "stack": "Web", "reason": "the name is taken" }] }'
    assembly <<<'{ "Web": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    expect_status 1
    expect_equal "$(grep -c 'failed: Web/T/Resource' "$work/err")" 1 'failures'
}

test_a_failed_update_is_rolled_back() {
    assembly <<<"$shop"
    deploy --all
    control settings '{ "failures": [{ "stack": "Base", "resource": "Topic", "action": "update", "reason": "not allowed" }] }'
    changed_shop 'j["Base"]["resources"]["Topic"] = {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "x"}}'
    deploy --all
    expect_status 1
    expect_err_has 'Base/Topic/Resource (AWS::SNS::Topic): not allowed'
    expect_err_has 'the stack is UPDATE_ROLLBACK_COMPLETE now'
    deploy --all
    expect_status 0
    expect_stack Base UPDATE_COMPLETE
}

test_a_change_set_that_cannot_be_made_leaves_nothing() {
    assembly <<<'{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "Nobody:Has" } } } } } }'
    deploy --all
    expect_failure 'the change set cannot be made: No export named Nobody:Has found'
    wait_for_stack A none
}

test_an_export_in_use_is_named_before_anything_changes() {
    assembly <<<"$shop"
    deploy --all
    changed_shop 'del j["Base"]["exports"]; j["Media"]["tags"] = {"a": "b"}; j["Api"]["resources"]["Topic"] = "AWS::SNS::Topic"'
    deploy --all
    expect_status 1
    expect_err_has 'Base:Queue, imported by Api'
    expect_err_has 'there is no terminal to ask at; --yes says yes'
    expect_err_has "nothing was changed, because 'Base' failed"
    expect_equal "$(calls_of "$begins")" 4
    deploy --exclusively Api
    expect_status 0
    deploy --all
    expect_status 0
    expect_stack Base UPDATE_COMPLETE
}

test_an_account_without_bootstrap() {
    control reset
    assembly <<<"$shop"
    deploy --all
    expect_failure 'account 123456789012 is not bootstrapped in us-east-1'
    expect_err_has "'tango-infra bootstrap aws://123456789012/us-east-1' does so"
    expect_equal "$(grep -c 'not bootstrapped' "$work/err")" 1
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_credentials_of_another_account() {
    control faults '[{ "action": "AssumeRole", "fault": "denied", "times": 99 }]'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "account": "999999999999", "region": "us-east-1" } }'
    deploy --all
    expect_failure 'the credentials are for account 123456789012, but the stacks go to 999999999999'
}

test_a_role_that_may_not_be_taken_on_is_no_obstacle() {
    control faults '[{ "action": "AssumeRole", "fault": "denied", "times": 99 }]'
    mkdir function
    echo 1 >function/index.js
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "assets": ["function"], "account": "123456789012", "region": "us-east-1" } }'
    deploy --all
    expect_status 0
    expect_stack A CREATE_COMPLETE
}

test_expired_credentials() {
    control faults '[{ "fault": "expired", "times": 99 }]'
    assembly <<<"$shop"
    deploy --all
    expect_failure 'the credentials have expired'
    expect_err_has 'aws sso login'
}

test_credentials_that_aws_does_not_know() {
    control faults '[{ "fault": "unknown", "times": 99 }]'
    assembly <<<"$shop"
    deploy --all
    expect_failure 'AWS does not take these credentials'
    expect_err_has "the region is not enabled for the account; 'aws sts get-caller-identity' tries them"
}

test_no_credentials() {
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    assembly <<<"$shop"
    deploy --all
    expect_failure 'Unable to locate credentials'
}

test_no_region() {
    unset AWS_DEFAULT_REGION
    assembly <<<"$shop"
    deploy --all
    expect_failure 'there is no region for stacks that say none'
    deploy --all --region us-east-1
    expect_status 0
}

test_no_aws_cli() {
    rm "$work/bin/aws"
    mkdir -p "$work/empty"
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "account": "123456789012", "region": "us-east-1" } }'
    PATH=$work/empty run "$DEMO" deploy --app app --all
    expect_failure "there is no program 'aws' in PATH; 'sudo apt-get install awscli' installs it"
    ! grep -q 'aws configure' "$work/err" || fail 'credentials are not what is missing'
}

# role SERVICES: a stack with a topic, and a role for these services.
role() {
    local services=${1:+"\"${1// /.amazonaws.com\", \"}.amazonaws.com\""}
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic", "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {
        "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": ['"$services"'] } }] } } } } } }'
}
deploy_asking() { run "$DEMO" deploy --app app --all --require-approval "$@"; }

test_broadening_needs_approval() {
    role ec2
    run "$DEMO" deploy --app app --all
    expect_failure 'its changes need approval, and there is no terminal to ask at'
    expect_err_has 'A: security changes need approval'
    expect_err_has 'sts:AssumeRole'
    expect_err_has 'Service:ec2.amazonaws.com'
    wait_for_stack A none
    deploy_asking destructive
    expect_status 0
    role 'ec2 lambda'
    deploy_asking broadening --method direct
    expect_failure 'its changes need approval'
    expect_err_has 'Service:lambda.amazonaws.com'
    deploy_asking broadening --yes
    expect_status 0
}

test_destruction_needs_approval() {
    role ec2
    deploy_asking never
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy_asking broadening --dry-run
    expect_status 0
    deploy_asking destructive
    expect_failure 'A: destructive changes need approval'
    expect_err_has '[-] AWS::IAM::Role Role destroy'
    expect_clean
    deploy_asking broadening
    expect_status 0
}

test_any_change_needs_approval() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy_asking any-change
    expect_failure 'its changes need approval'
    expect_err_has '[+] AWS::SNS::Topic T T'
    expect_clean
    deploy_asking any-change --yes
    expect_status 0
    deploy_asking any-change
    expect_status 0
}

test_approval_at_a_terminal() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    with_terminal n "$DEMO" deploy --app app --all --require-approval any-change
    expect_status 1
    expect_out_has 'Make these changes to A? (y/n)'
    expect_out_has 'the changes were not approved'
    wait_for_stack A none
    with_terminal y "$DEMO" deploy --app app --all --require-approval any-change
    expect_status 0
    expect_stack A CREATE_COMPLETE
}

run_tests "$@"
