#!/usr/bin/env bash
# An export that a stack takes away while another stack of the app still imports it.
. "$(dirname "$0")/lib.sh"

# Base no longer exports what Api no longer imports.
without_export() {
    changed_shop 'del j["Base"]["exports"]; j["Api"]["resources"]["Topic"]["Properties"]["DisplayName"] = "own"'
}

expect_gone() {
    expect_equal "$(aws cloudformation list-exports --query 'length(Exports)')" 0 'exports'
    expect_equal "$(look stacks 'j["Api"]["template"]["Resources"]["Topic"]["Properties"]["DisplayName"]')" own
}

test_nobody_can_be_asked() {
    assembly <<<"$shop"
    deploy --all
    expect_status 0
    without_export
    deploy --all
    expect_status 1
    expect_err_has 'Base no longer exports what other stacks still import:'
    expect_err_has 'Base:Queue, imported by Api'
    expect_err_has '--yes says yes'
    expect_equal "$(look stacks '[s["status"] for s in j.values()]')" '["CREATE_COMPLETE", "CREATE_COMPLETE", "CREATE_COMPLETE", "CREATE_COMPLETE"]'
}

test_the_plan_shows_it() {
    assembly <<<"$shop"
    deploy --all
    without_export
    deploy --all --dry-run
    expect_status 0
    expect_out_has 'its export Base:Queue goes, but Api imports it: that is changed first, to read it without importing it, and again after this stack'
    expect_equal "$(calls_of UpdateStack)" 0 'updates'
}

# First Api as it is, with a weak reference; then Base; then Api as the app wants it.
test_three_steps() {
    assembly <<<"$shop"
    deploy --all
    without_export
    control forget
    deploy --all --yes
    expect_status 0
    expect_err_has "reading what 'Base' no longer exports without importing it, before that is changed"
    expect_gone
    expect_equal "$(look calls '[c[1:] for c in j if c[1] in ("UpdateStack", "ExecuteChangeSet")]')" \
        '[["UpdateStack", "Api"], ["ExecuteChangeSet", "Base"], ["ExecuteChangeSet", "Api"]]'
    expect_equal "$(look requests '"Fn::GetStackOutput" in [c for c in j if c["Action"] == "UpdateStack"][0]["TemplateBody"]')" true
    expect_clean
    deploy --all
    expect_equal "$(grep -c 'no changes' "$work/err")" 4
}

test_a_person_is_asked() {
    assembly <<<"$shop"
    deploy --all
    without_export
    at_terminal 200x24 'wait:as the app describes it? (y/n)' 'send:y\n' -- "$DEMO" deploy --app app --all --require-approval never
    expect_status 0
    expect_gone
}

test_an_importer_that_is_not_deployed_here() {
    assembly <<<"$shop"
    deploy --all
    without_export
    deploy Base --exclusively --yes
    expect_failure "its export 'Base:Queue' would be removed, but is still in use by 'Api'"
}

test_a_first_step_that_fails() {
    assembly <<<"$shop"
    deploy --all
    without_export
    control settings '{ "failures": [{ "stack": "Api", "resource": "Topic", "action": "update" }] }'
    deploy --all --yes
    expect_status 1
    expect_err_has "its exports are still in use: 'Api' could not be changed first"
    expect_stack Api UPDATE_ROLLBACK_COMPLETE
    expect_stack Base CREATE_COMPLETE
    deploy --all --yes
    expect_status 0
    expect_gone
}

# Zones, for instance: the subnets that other stacks use would be replaced.
test_a_replacement_under_an_export_in_use() {
    local net='{ "Net": { "resources": { "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
            "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24" } } },
            "exports": { "Net:Subnet": { "Ref": "Subnet" } } },
        "Api": { "needs": ["Net"], "resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "Net:Subnet" } } } } } }'
    assembly <<<"$net"
    deploy --all
    expect_status 0
    control forget
    assembly <<<"${net/10.0.0.0\/24/10.0.1.0\/24}"
    deploy --all --yes
    expect_status 1
    expect_err_has 'the change would replace Net/Subnet/Resource (AWS::EC2::Subnet)'
    expect_err_has "its export 'Net:Subnet' is in use by 'Api', so that CloudFormation refuses it"
    expect_equal "$(calls_of CreateChangeSet)" 0 'change sets'
    # CloudFormation says so itself.
    aws cloudformation update-stack --stack-name Net --template-body file://app/Net.template.json >/dev/null
    wait_for_stack Net UPDATE_ROLLBACK_COMPLETE
    expect_equal "$(aws cloudformation describe-stack-events --stack-name Net --query "StackEvents[?ResourceStatus=='UPDATE_ROLLBACK_IN_PROGRESS'].ResourceStatusReason | [0]" --output text)" \
        'Export Net:Subnet cannot be updated as it is in use by Api'
}

test_a_replacement_under_a_fixed_name() {
    local app='{ "A": { "resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "orders", "FifoQueue": false } } } } }'
    assembly <<<"$app"
    deploy --all
    expect_status 0
    control forget
    assembly <<<"${app/false/true}"
    deploy --all --yes
    expect_failure "the change would replace A/Q/Resource (AWS::SQS::Queue) under its name 'orders', which CloudFormation refuses"
    expect_equal "$(calls_of CreateChangeSet)" 0 'change sets'
}

run_tests "$@"
