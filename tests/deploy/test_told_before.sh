#!/usr/bin/env bash
# What is known before anything is changed is told then, by a deployment and by its dry run; and what is promised is so.
. "$(dirname "$0")/lib.sh"

# told TEXT: a dry run ends with that, and a deployment too, which changes nothing.
told() {
    control forget
    run "$DEMO" deploy --app app --all --dry-run
    expect_status 1
    expect_err_has "$1"
    deploy --all
    expect_status 1
    expect_err_has "$1"
    expect_equal "$(calls_of "$begins|CreateChangeSet|DeleteStack")" 0 'changes'
}

base() { printf '{ "Base": { "resources": { "Queue": "AWS::SQS::Queue" }, %s } }' "$1"; }
foreign_importer() {
    control stack '{ "name": "Foreign", "status": "CREATE_COMPLETE", "template": { "Resources": { "T": { "Type": "AWS::SNS::Topic",
        "Properties": { "DisplayName": { "Fn::ImportValue": "Name" } } } } } }'
}

test_an_export_in_use_that_gets_another_value() {
    assembly <<<"$(base '"exports": { "Name": "old" }')"
    deploy --all
    foreign_importer
    assembly <<<"$(base '"exports": { "Name": "new" }')"
    told "its export 'Name' would get another value, but is still in use by 'Foreign'"
}

# Where what imports it is changed too, that comes first and last, as for an export that goes.
test_three_steps_to_another_value() {
    local user='"User": { "needs": ["Base"], "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "Name" } } } } }'
    assembly <<<"{ \"Base\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" }, \"exports\": { \"Name\": \"old\" } }, $user }"
    deploy --all
    assembly <<<"{ \"Base\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" }, \"exports\": { \"Name\": \"new\" } }, $user }"
    told "its export 'Name' would get another value, but is still in use by 'User'"
    user=${user/"resources\": {"/"resources\": { \"U\": \"AWS::SNS::Topic\","}
    assembly <<<"{ \"Base\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" }, \"exports\": { \"Name\": \"new\" } }, $user }"
    run "$DEMO" deploy --app app --all --dry-run
    expect_status 0
    expect_out_has 'its export Name gets another value, but User imports it: that is changed first'
    deploy --all --yes
    expect_status 0
    expect_equal "$(look stacks 'j["Base"]["outputs"]')" '{"ExportName": "new"}'
    expect_equal "$(look stacks '"Fn::ImportValue" in json.dumps(j["User"]["template"])')" true
    expect_clean
}

test_an_export_of_a_resource_that_is_replaced() {
    local queue='{ "Base": { "resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "%s" } } }, "exports": { "Name": { "Ref": "Queue" } } } }'
    assembly <<<"$(printf "$queue" one)"
    deploy --all
    foreign_importer
    assembly <<<"$(printf "$queue" two)"
    told "its export 'Name' is in use by 'Foreign', so that CloudFormation refuses it"
}

# Written otherwise, but the same: the reference in other words, a parameter instead of what it says.
test_an_export_that_is_only_written_otherwise() {
    assembly <<<"$(base '"exports": { "Name": { "Fn::Join": ["-", ["a", { "Ref": "AWS::Region" }]] } }, "outputs": { "Url": { "Ref": "Queue" } }')"
    deploy --all
    foreign_importer
    for value in '"a-us-east-1"' '{ "Fn::Sub": "a-${AWS::Region}" }' '{ "Fn::Join": ["", [{ "Ref": "P" }, "-us-east-1"]] }'; do
        assembly <<<"$(base "\"exports\": { \"Name\": $value }, \"parameters\": { \"P\": { \"Type\": \"String\", \"Default\": \"a\" } }")"
        deploy --all
        expect_status 0
        ! grep -q 'its export' "$work/err" || fail "told of $value"
    done
}

test_what_cannot_be_known_is_a_note() {
    assembly <<<"$(base '"exports": { "Name": "old" }')"
    deploy --all
    foreign_importer
    assembly <<<"$(base '"exports": { "Name": { "Fn::GetAtt": ["Queue", "QueueName"] } }')"
    run "$DEMO" deploy --app app --all --dry-run
    expect_status 0
    expect_err_has "its export 'Name', which 'Foreign' imports, is written otherwise now: where that gives another value, CloudFormation refuses"
}

# subnets ID:ADDRESSES...: a VPC with these.
subnets() {
    local one text=''
    for one in "$@"; do
        text+=", \"${one%%:*}\": { \"Type\": \"AWS::EC2::Subnet\", \"Properties\": { \"VpcId\": { \"Ref\": \"Vpc\" }, \"CidrBlock\": \"${one#*:}\" } }"
    done
    assembly <<<"{ \"Net\": { \"resources\": { \"Vpc\": { \"Type\": \"AWS::EC2::VPC\", \"Properties\": { \"CidrBlock\": \"10.0.0.0/16\" } }$text } } }"
}

# Two zones become three, as ec2.Vpc of aws-cdk-lib divides the same block.
test_addresses_that_an_old_subnet_holds() {
    subnets Public1:10.0.0.0/18 Public2:10.0.64.0/18 Private1:10.0.128.0/18 Private2:10.0.192.0/18
    deploy --all
    expect_status 0
    subnets Public1:10.0.0.0/19 Public2:10.0.32.0/19 Public3:10.0.64.0/19 Private1:10.0.96.0/19 Private2:10.0.128.0/19 Private3:10.0.160.0/19
    told 'InvalidSubnet.Conflict'
    expect_err_has 'still holds (10.0.'
    subnets Public1:10.0.0.0/18 Public2:10.0.64.0/18 Private1:10.0.128.0/18
    deploy --all
    expect_status 0
    subnets Public1:10.0.0.0/18 Public2:10.0.64.0/18 Private1:10.0.128.0/18 Fourth:10.0.192.0/18
    deploy --all
    expect_status 0
}

one='{ "A": { "protected": true, "resources": { "T": "AWS::SNS::Topic" } } }'

test_protection_and_a_creation_that_failed() {
    control settings '{ "failures": [{ "stack": "A", "resource": "T", "reason": "the name is taken" }] }'
    assembly <<<"$one"
    deploy --all
    expect_failure 'fix the cause and deploy again with --no-termination-protection'
    expect_stack A ROLLBACK_COMPLETE
    told 'it is ROLLBACK_COMPLETE and can only be deleted and created again, but it is protected against deletion'
    run "$DEMO" status --app app
    expect_err_has "'demo deploy A --app app --no-termination-protection' takes the protection away"
    deploy --all --no-termination-protection
    expect_status 0
    expect_stack A CREATE_COMPLETE
    deploy --all --termination-protection
    expect_status 0
    expect_equal "$(look stacks 'j["A"]["protected"]')" true
}

test_importers_of_another_app_before_anything_is_deleted() {
    assembly <<<'{ "Base": { "resources": { "Queue": "AWS::SQS::Queue" }, "exports": { "Name": { "Ref": "Queue" } } },
        "Top": { "needs": ["Base"], "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    foreign_importer
    run "$DEMO" destroy --app app --all --force
    expect_status 1
    expect_err_has "its export 'Name' is in use by stack 'Foreign', which stays"
    expect_equal "$(calls_of DeleteStack)" 0 'deletions'
    expect_stack Top CREATE_COMPLETE
}

test_what_is_gone_already_is_not_lost() {
    assembly <<<'{ "A": { "resources": { "Data": "AWS::S3::Bucket", "Kept": "AWS::S3::Bucket", "T": "AWS::SNS::Topic" } } }'
    deploy --all
    control settings '{ "failures": [{ "stack": "A", "resource": "T", "action": "delete", "reason": "it is in use" }] }'
    run "$DEMO" destroy --app app --all --force
    expect_status 1
    expect_err_has 'A/Data/Resource (AWS::S3::Bucket): its data is lost'
    expect_stack A DELETE_FAILED
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    ! grep -q 'its data is lost' "$work/err" || fail 'data is lost that is gone already'
}

# A changed default of a parameter that keeps its value.
test_a_default_that_does_not_count() {
    assembly <<<"$(base '"parameters": { "Size": { "Type": "String", "Default": "small" } }')"
    deploy --all
    assembly <<<"$(base '"parameters": { "Size": { "Type": "String", "Default": "large" } }')"
    run "$DEMO" diff --app app
    expect_err_has "parameter 'Size' keeps its value 'small', though its default is 'large' now; 'deploy --no-previous-parameters' takes the defaults"
}

stored='"parameters": { "Image": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/image" } }'

test_only_a_stored_value_has_changed() {
    aws ssm put-parameter --name /image --type String --value one >/dev/null
    assembly <<<"$(base "$stored")"
    deploy --all
    expect_status 0
    control forget
    deploy --all
    expect_err_has 'no changes'
    expect_equal "$(calls_of CreateChangeSet)" 0 'change sets'
    aws ssm put-parameter --name /image --type String --value two --overwrite >/dev/null
    run "$DEMO" deploy --app app --all --dry-run
    expect_status 0
    expect_out_has 'parameter Image, from the parameter store: two, was one'
    run "$DEMO" deploy --app app --all --dry-run --format json
    cp "$work/out" plan.json
    expect_equal "$(json plan.json 'j["stacks"][0]["storedParameters"]')" '[{"parameter": "Image", "name": "/image", "before": "one", "after": "two"}]'
    control faults '[{ "action": "GetParameters", "fault": "denied", "times": 9 }]'
    run "$DEMO" deploy --app app --all --dry-run
    expect_status 0
    expect_err_has 'whether its parameters have other values in the parameter store cannot be seen'
}

test_an_import_beside_text_that_cannot_be_compared() {
    local topic='"T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "%s" } }'
    aws cloudformation create-stack --stack-name A --template-body "{ \"Resources\": { $(printf "$topic" 'grün') } }" >/dev/null
    wait_for_stack A CREATE_COMPLETE
    aws sqs create-queue --queue-name old >/dev/null
    assembly <<<"{ \"A\": { \"resources\": { $(printf "$topic" 'blau'), \"Q\": { \"Type\": \"AWS::SQS::Queue\" } } } }"
    run "$DEMO" import A --app app --force --resource-mapping-inline '{ "Q": { "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/old" } }'
    expect_err_has "A/T/Resource: its text cannot be compared, since CloudFormation returns '?'"
}

test_doctor_says_what_a_deployment_says() {
    control faults '[{ "action": "GetCallerIdentity", "fault": "expired", "times": 99 }]'
    run "$DEMO" doctor
    cat "$work/out" | tr -s ' \n' ' ' >said
    grep -qF 'the credentials have expired: sign in again' said || fail 'doctor gives another advice'
}

run_tests "$@"
