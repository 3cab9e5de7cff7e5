#!/usr/bin/env bash
# What happened on stacks, as text and as a chart.
. "$(dirname "$0")/lib.sh"

logs() { run "$DEMO" logs --app app "$@"; }
# The lines without their times, cells one blank apart.
lines() { sed 's/^[-0-9]* [:0-9]*  *//; s/   */ /g' "$work/out"; }

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
two='{ "A": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "new" } } } } }'
body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'

creation='CREATE_IN_PROGRESS AWS::CloudFormation::Stack A: User Initiated
CREATE_IN_PROGRESS AWS::SNS::Topic A/T/Resource
CREATE_IN_PROGRESS AWS::SNS::Topic A/T/Resource: Resource creation Initiated
CREATE_COMPLETE AWS::SNS::Topic A/T/Resource
CREATE_COMPLETE AWS::CloudFormation::Stack A'
update='UPDATE_IN_PROGRESS AWS::CloudFormation::Stack A: User Initiated
UPDATE_IN_PROGRESS AWS::SNS::Topic A/T/Resource
UPDATE_COMPLETE AWS::SNS::Topic A/T/Resource
UPDATE_COMPLETE_CLEANUP_IN_PROGRESS AWS::CloudFormation::Stack A
UPDATE_COMPLETE AWS::CloudFormation::Stack A'

created() {
    assembly <<<"$one"
    deploy --all
    expect_status 0
}

test_the_last_operation() {
    created
    logs A
    expect_status 0
    expect_no_err
    expect_equal "$(lines)" "$creation"
    head -n 1 "$work/out" | grep -qE '^20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}  ' || fail 'lines begin without a time'
    assembly <<<"$two"
    deploy --all
    logs A
    expect_equal "$(lines)" "$update"
    logs A --operations 2
    expect_equal "$(lines)" "$creation
$update"
    logs A -n 9
    expect_equal "$(lines | head -n 1)" "$(head -n 1 <<<"$creation")"
}

test_long_histories_come_in_pages() {
    created
    control settings '{ "page_size": 2 }'
    logs A
    expect_status 0
    expect_equal "$(lines)" "$creation"
}

# More events than are asked for at first.
test_an_operation_with_many_events() {
    assembly <<<"$(json_edit '{ "A": {} }' 'j["A"]["resources"] = {f"T{n}": "AWS::SNS::Topic" for n in range(100)}')"
    deploy --all
    expect_status 0
    logs A
    expect_status 0
    expect_equal "$(wc -l <"$work/out")" 302 events
    expect_equal "$(lines | head -n 1)" "$(head -n 1 <<<"$creation")"
    [ "$(calls_of DescribeStackEvents)" -gt 2 ] || fail 'it did not ask for more'
    logs A -n 2
    expect_equal "$(lines | head -n 1)" 'CREATE_IN_PROGRESS AWS::CloudFormation::Stack A: User Initiated'
}

test_what_a_failure_began_with() {
    control settings '{ "failures": [{ "resource": "T", "reason": "the name\nis taken" }] }'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } } }'
    deploy --all
    expect_status 1
    logs A
    expect_status 0
    expect_out_has 'A/T/Resource: the name\nis taken'
    expect_out_has 'ROLLBACK_COMPLETE'
    expect_err_has 'A: UNKNOWN: A/T/Resource (AWS::SNS::Topic)'
    expect_err_has '    AWS says    the name\nis taken'
}

test_a_cancelled_update_is_one_operation() {
    created
    assembly <<<"$two"
    control settings '{ "resource_seconds": 600 }'
    aws cloudformation update-stack --stack-name A --template-body "$(cat app/A.template.json)" >/dev/null || fail 'no update'
    aws cloudformation cancel-update-stack --stack-name A || fail 'not cancelled'
    hurry
    wait_for_stack A UPDATE_ROLLBACK_COMPLETE
    logs A
    expect_equal "$(lines | head -n 1)" 'UPDATE_IN_PROGRESS AWS::CloudFormation::Stack A: User Initiated'
    expect_equal "$(lines | tail -n 1)" 'UPDATE_ROLLBACK_COMPLETE AWS::CloudFormation::Stack A'
}

# What is in progress has no end yet.
test_an_operation_under_way() {
    assembly <<<"$one"
    control settings '{ "resource_seconds": 600 }'
    aws cloudformation create-stack --stack-name A --template-body "$(cat app/A.template.json)" >/dev/null || fail 'no stack'
    logs A
    expect_status 0
    expect_equal "$(lines)" "$(head -n 2 <<<"$creation")"
    logs A --chart chart.html
    expect_status 0
    grep -q 'bar create open' chart.html || fail 'nothing is open'
}

test_several_stacks_in_the_order_of_time() {
    assembly <<<"$shop"
    deploy --all
    logs --all --json
    expect_status 0
    expect_equal "$(json "$work/out" '[[e["time"] for e in j] == sorted(e["time"] for e in j), sorted({e["stack"] for e in j})]')" \
        '[true, ["Api", "Base", "Media", "Web"]]'
    logs Base Media
    expect_out_has 'Base/Queue/Resource'
    expect_out_has 'Media/Bucket/Resource'
}

test_json() {
    created
    logs A --json
    expect_status 0
    expect_equal "$(json "$work/out" '[len(j), j[1]["path"], j[1]["logicalId"], j[1]["type"], j[1]["status"], j[0]["reason"], "reason" in j[1]]')" \
        '[5, "A/T/Resource", "T", "AWS::SNS::Topic", "CREATE_IN_PROGRESS", "User Initiated", false]'
}

# nested [MORE]: a stack A with a nested one, as the CDK writes their paths; MORE are further settings.
nested() {
    echo '{ "Resources": { "Inner": { "Type": "AWS::SNS::Topic" } } }' >nested.json
    aws s3api put-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key nested.json --body nested.json >/dev/null || fail 'no template'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic",
        "Nested": { "Type": "AWS::CloudFormation::Stack", "DependsOn": "T", "Properties": { "TemplateURL":
            "https://s3.us-east-1.amazonaws.com/cdk-hnb659fds-assets-123456789012-us-east-1/nested.json" } } },
        "constructs": { "/A/N.NestedStack/N.NestedStackResource": "Nested", "/A/N/Inner/Resource": "Inner" } } }'
}

test_nested_stacks() {
    nested
    deploy --all
    expect_status 0
    logs A
    expect_status 0
    expect_equal "$(lines | tail -n 7)" 'CREATE_IN_PROGRESS AWS::CloudFormation::Stack A/N.NestedStack/N.NestedStackResource
CREATE_IN_PROGRESS AWS::CloudFormation::Stack A/N.NestedStack/N.NestedStackResource: Resource creation Initiated
CREATE_IN_PROGRESS AWS::SNS::Topic A/N/Inner/Resource
CREATE_IN_PROGRESS AWS::SNS::Topic A/N/Inner/Resource: Resource creation Initiated
CREATE_COMPLETE AWS::SNS::Topic A/N/Inner/Resource
CREATE_COMPLETE AWS::CloudFormation::Stack A/N.NestedStack/N.NestedStackResource
CREATE_COMPLETE AWS::CloudFormation::Stack A'
}

test_a_failure_in_a_nested_stack() {
    nested
    control settings '{ "failures": [{ "resource": "Inner", "reason": "the name is taken" }] }'
    deploy --all
    expect_status 1
    logs A
    expect_err_has 'A: UNKNOWN: A/N/Inner/Resource (AWS::SNS::Topic)'
    expect_err_has '    AWS says    the name is taken'
    expect_out_has 'was not successfully created'
}

test_paths_of_a_nested_stack_that_nobody_knows() {
    nested
    deploy --all
    control stack '{ "name": "Other" }'
    rm -r app
    assembly <<<'{ "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    logs A
    expect_status 0
    expect_out_has '  Nested/Inner'
}

test_a_stack_that_was_deleted() {
    created
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    logs A
    expect_status 0
    expect_equal "$(lines | head -n 1)" 'DELETE_IN_PROGRESS AWS::CloudFormation::Stack A: User Initiated'
    expect_equal "$(lines | tail -n 1)" 'DELETE_COMPLETE AWS::CloudFormation::Stack A'
}

test_stacks_that_are_not_there() {
    assembly <<<"$one"
    logs A
    expect_failure "stack 'A' does not exist in us-east-1 of account 123456789012"
    logs A --chart chart.html
    expect_failure 'does not exist'
    expect_no_file chart.html
}

test_it_may_not() {
    created
    control faults '[{ "action": "DescribeStackEvents", "fault": "denied", "times": 9 }]'
    logs A
    expect_failure 'A: its events cannot be read: '
    expect_err_has 'these credentials are not authorized to do that'
}

test_wrong_use() {
    assembly <<<"$one"
    logs A --operations 0
    expect_status 2
    created
    logs A --chart no/such/directory/chart.html
    expect_failure 'no/such/directory'
}

run_tests "$@"
