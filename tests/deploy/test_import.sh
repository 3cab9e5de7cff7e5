#!/usr/bin/env bash
# Bringing resources that exist into a stack.
. "$(dirname "$0")/lib.sh"

import() { run "$DEMO" import --app app "$@"; }
bucket() { curl -sSf -X PUT "$server/$1" -o /dev/null || fail "bucket $1"; }
queue() { aws sqs create-queue --queue-name "$1" --query QueueUrl --output text; }
resources() { look stacks "{ n: r['physical'] for n, r in sorted(j['A']['resources'].items()) }"; }

topic='"T": "AWS::SNS::Topic"'
photos='"Photos": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "photos" } }'
mail='"Mail": { "Type": "AWS::SQS::Queue" }'
stack() {
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    assembly <<<"{ \"A\": { \"resources\": { $1 }${2:-} } }"
}

# A stack with a topic, and a bucket and a queue beside it.
start() {
    stack "$topic"
    deploy --all
    expect_status 0
    bucket photos
    url=$(queue mail)
}

test_from_a_mapping_file() {
    start
    stack "$topic, $photos, $mail"
    echo "{ \"Photos\": { \"BucketName\": \"photos\" }, \"Mail\": { \"QueueUrl\": \"$url\" } }" >mapping.json
    import A --resource-mapping mapping.json
    expect_status 0
    expect_no_out
    expect_err_has 'A/Photos/Resource (AWS::S3::Bucket): imported as BucketName=photos'
    expect_err_has 'imported 2 of 2 new resources'
    expect_stack A IMPORT_COMPLETE
    expect_clean
    expect_equal "$(json_edit "$(resources)" 'del j["T"]')" "{\"Mail\": \"$url\", \"Photos\": \"photos\"}"
    expect_equal "$(look stacks 'j["A"]["template"]["Resources"]["Photos"]["DeletionPolicy"]')" Retain
    # Nothing was made; the next deployment takes the stack as it is.
    expect_equal "$(aws sqs list-queues --query 'length(QueueUrls)')" 1
    deploy --all
    expect_status 0
    expect_stack A UPDATE_COMPLETE
    expect_equal "$(look stacks 'j["A"]["resources"]["Photos"]["physical"]')" photos
    deploy --all
    expect_err_has 'no changes'
}

test_into_a_new_stack() {
    bucket photos
    stack "$photos" ', "parameters": { "Unused": { "Type": "String" } }'
    import A --yes
    expect_status 0
    expect_stack A IMPORT_COMPLETE
    expect_equal "$(resources)" '{"Photos": "photos"}'
    expect_clean
}

test_yes_takes_what_the_template_tells() {
    start
    stack "$topic, $photos, $mail"
    import A --yes
    expect_status 0
    expect_err_has 'A/Mail/Resource (AWS::SQS::Queue): skipped, the template does not say QueueUrl; --resource-mapping can'
    expect_err_has 'imported 1 of 2 new resources; some were left out'
    expect_stack A IMPORT_COMPLETE
    expect_equal "$(look stacks 'sorted(j["A"]["resources"])')" '["Photos", "T"]'
    import A --resource-mapping-inline "{ \"Mail\": { \"QueueUrl\": \"$url\" } }"
    expect_status 1
    # Photos got its DeletionPolicy by the import.
    expect_err_has 'an import can change nothing else'
    import A --force --resource-mapping-inline "{ \"Mail\": { \"QueueUrl\": \"$url\" } }"
    expect_status 0
    expect_equal "$(look stacks 'sorted(j["A"]["resources"])')" '["Mail", "Photos", "T"]'
}

test_it_asks() {
    start
    stack "$topic, $photos, $mail"
    import A
    expect_failure 'there is no terminal to ask what identifies the resources: give --resource-mapping, or --yes'
    need_terminal
    status=0
    : >"$work/out"
    {
        until grep -q 'import it as BucketName=photos? (y/n)' "$work/out"; do sleep 0.1; done
        printf 'y\n'
        until grep -q 'QueueUrl, or nothing to skip it:' "$work/out"; do sleep 0.1; done
        printf '  %s \n' "$url"
    } | script -qec "$(printf '%q ' "$DEMO" import --app app A)" /dev/null >"$work/out" 2>"$work/err" || status=$?
    expect_status 0
    expect_equal "$(json_edit "$(resources)" 'del j["T"]')" "{\"Mail\": \"$url\", \"Photos\": \"photos\"}"
}

test_what_is_refused_is_left_out() {
    start
    stack "$topic, $photos"
    with_terminal n "$DEMO" import --app app A
    expect_status 0
    expect_out_has 'no resource was chosen; nothing was imported'
    expect_stack A CREATE_COMPLETE
    expect_equal "$(calls_of CreateChangeSet)" 0
}

test_record_writes_the_mapping_and_imports_nothing() {
    start
    stack "$topic, $photos"
    import A --yes --record-resource-mapping recorded.json
    expect_status 0
    expect_err_has "wrote 'recorded.json'; nothing was imported"
    expect_equal "$(json recorded.json j)" '{"Photos": {"BucketName": "photos"}}'
    expect_stack A CREATE_COMPLETE
    import A -m recorded.json
    expect_status 0
    expect_stack A IMPORT_COMPLETE
}

test_other_changes_are_refused() {
    start
    stack '"U": "AWS::SNS::Topic", '"$photos"
    import A --yes
    expect_failure 'an import can change nothing else'
    expect_err_has '1 resource of what is deployed differs from the template:'
    expect_err_has '  T'
    expect_equal "$(calls_of CreateChangeSet)" 0
    stack "\"T\": { \"Type\": \"AWS::SNS::Topic\", \"Properties\": { \"DisplayName\": \"new\" } }, $photos"
    import A --yes
    expect_failure 'an import can change nothing else'
    expect_err_has '  A/T/Resource'
    # With --force the rest is left for the next deployment.
    import A --yes --force
    expect_status 0
    expect_stack A IMPORT_COMPLETE
    expect_equal "$(look stacks 'j["A"]["template"]["Resources"]["T"]')" '{"Type": "AWS::SNS::Topic"}'
    deploy --all
    expect_status 0
    expect_equal "$(look stacks 'j["A"]["template"]["Resources"]["T"]["Properties"]["DisplayName"]')" new
}

test_what_new_resources_refer_to_comes_with_them() {
    start
    stack "$topic, \"Photos\": { \"Type\": \"AWS::S3::Bucket\", \"Properties\": { \"BucketName\": { \"Ref\": \"Name\" } } }" \
        ', "parameters": { "Name": { "Type": "String", "Default": "photos" }, "Other": { "Type": "String", "Default": "" } }, "tags": { "team": "web" }, "outputs": { "New": "x" }'
    import A --resource-mapping-inline '{ "Photos": { "BucketName": "photos" } }'
    expect_status 0
    expect_equal "$(look stacks 'list(j["A"]["template"]["Parameters"])')" '["Name"]'
    expect_equal "$(look stacks 'j["A"]["tags"]')" '{}'
    expect_equal "$(look stacks 'j["A"]["outputs"]')" '{}'
}

test_long_templates_go_by_the_bucket() {
    assembly <<<"{ \"A\": { \"resources\": { $topic }, \"padding\": 60000 } }"
    deploy --all
    expect_status 0
    bucket photos
    assembly <<<"{ \"A\": { \"resources\": { $topic, $photos }, \"padding\": 60000 } }"
    import A --yes
    expect_status 0
    expect_stack A IMPORT_COMPLETE
}

test_templates_in_yaml() {
    aws cloudformation create-stack --stack-name A --template-body $'Resources:\n  T:\n    Type: AWS::SNS::Topic\n' >/dev/null
    wait_for eval '[ "$(status_of A)" = CREATE_COMPLETE ]'
    bucket photos
    stack "$topic, $photos"
    import A --yes
    expect_status 0
    expect_stack A IMPORT_COMPLETE
}

# CloudFormation shows '?' for what is not ASCII; what is sent back has to be what stands.
test_what_cloudformation_does_not_show() {
    local title='"Properties": { "DisplayName": "caf\u00e9 \u2713" }'
    aws cloudformation create-stack --stack-name A --template-body "{ \"Resources\": { \"T\": { \"Type\": \"AWS::SNS::Topic\", ${title/'\u00e9 \u2713'/é ✓} } } }" >/dev/null
    wait_for eval '[ "$(status_of A)" = CREATE_COMPLETE ]'
    bucket photos
    stack "\"T\": { \"Type\": \"AWS::SNS::Topic\", $title }, $photos"
    import A --yes
    expect_status 0
    expect_stack A IMPORT_COMPLETE
    expect_equal "$(look stacks 'ascii(j["A"]["template"]["Resources"]["T"]["Properties"]["DisplayName"])')" "'caf\xe9 \u2713'"
}

test_nothing_new() {
    start
    import A --yes
    expect_status 0
    expect_err_has 'A: nothing in its template is new; there is nothing to import'
}

test_what_does_not_exist() {
    start
    stack "$topic, \"Other\": { \"Type\": \"AWS::S3::Bucket\", \"Properties\": { \"BucketName\": \"other\" } }"
    import A --yes
    expect_failure 'the resource was not found'
    expect_stack A IMPORT_ROLLBACK_COMPLETE
    expect_clean
    expect_equal "$(look stacks 'list(j["A"]["resources"])')" '["T"]'
    bucket other
    import A --yes
    expect_status 0
    expect_stack A IMPORT_COMPLETE
}

test_what_another_stack_has() {
    start
    assembly <<<"{ \"A\": { \"resources\": { $topic, $photos } }, \"B\": { \"resources\": { $photos } } }"
    import A --yes
    expect_status 0
    import B --yes
    expect_failure 'the change set cannot be made: photos already exists in a stack'
    expect_stack B none
    expect_clean
}

test_mappings_that_do_not_fit() {
    start
    stack "$topic, $photos, \"Key\": \"AWS::KMS::Key\""
    import A --resource-mapping-inline '{ "Photos": { "Name": "photos" } }'
    expect_failure 'the mapping of A/Photos/Resource (AWS::S3::Bucket) does not identify it: that takes strings for BucketName'
    import A --resource-mapping-inline '{ "Photos": { "BucketName": 1 } }'
    expect_failure 'does not identify it'
    import A --resource-mapping-inline '{ "Key": { "KeyId": "x" } }'
    expect_failure 'A/Key/Resource (AWS::KMS::Key) cannot be imported: CloudFormation does not offer it for this type'
    import A --resource-mapping-inline '{ "Nothing": { "BucketName": "x" } }'
    expect_status 0
    expect_err_has "the mapping names 'Nothing', which is not new in the stack"
    expect_err_has 'no resource was chosen; nothing was imported'
    import A --resource-mapping-inline '[]'
    expect_failure 'a mapping is an object: { LOGICAL_ID: { PROPERTY: STRING } }'
    import A --resource-mapping-inline '{'
    expect_failure '--resource-mapping-inline'
    import A --resource-mapping nowhere.json
    expect_failure 'nowhere.json'
    echo '{ "a": ' >broken.json
    import A --resource-mapping broken.json
    expect_failure 'broken.json'
    expect_stack A CREATE_COMPLETE
    expect_equal "$(calls_of CreateChangeSet)" 0
}

test_stacks_that_cannot_take_anything() {
    start
    stack "$topic, $photos"
    for state in UPDATE_IN_PROGRESS ROLLBACK_COMPLETE UPDATE_ROLLBACK_FAILED DELETE_FAILED; do
        control stack "{ \"name\": \"A\", \"status\": \"$state\" }"
        import A --yes
        expect_failure "it is $state, and resources can be imported only into an existing stack"
    done
}

test_failures_of_aws() {
    start
    stack "$topic, $photos"
    control faults '[{ "action": "GetTemplateSummary", "fault": "denied", "times": 9 }]'
    import A --yes
    expect_failure 'cannot see by what its new resources are known'
    control faults '[{ "action": "DescribeStacks", "fault": "expired", "times": 9 }]'
    import A --yes
    expect_failure 'the credentials have expired'
    control faults '[{ "action": "CreateChangeSet", "fault": "throttle", "times": 1 }, { "action": "ExecuteChangeSet", "fault": "lost", "times": 1 }]'
    import A --yes
    expect_status 0
    expect_stack A IMPORT_COMPLETE
}

test_no_network() {
    start
    stack "$topic, $photos"
    printf '#!/bin/sh\necho "Could not connect to the endpoint URL: \\"http://localhost:1/\\"" >&2\nexit 255\n' >"$work/bin/aws"
    import A --yes
    expect_failure 'Could not connect to the endpoint URL'
}

test_wrong_use() {
    assembly <<<"$shop"
    import --yes
    expect_status 2
    expect_err_has 'this app has several stacks'
    import '*' --yes
    expect_status 2
    expect_err_has "resources are imported into one stack at a time; 'Base' and 'Media' are meant here"
    import Nothing --yes
    expect_failure "no stack matches 'Nothing'"
    import Base Media --yes
    expect_status 2
    import Base -m x --resource-mapping-inline '{}'
    expect_status 2
    expect_equal "$(look calls 'len(j)')" 0
}

run_tests "$@"
