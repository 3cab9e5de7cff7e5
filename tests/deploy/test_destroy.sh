#!/usr/bin/env bash
# What goes with a stack, what stays, and who is asked.
. "$(dirname "$0")/lib.sh"

bucket='{ "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "marked-bucket", "VersioningConfiguration": { "Status": "Enabled" }, "Tags": [{ "Key": "aws-cdk:auto-delete-objects", "Value": "true" }] } }'

destroy() { run "$DEMO" destroy --app app "$@"; }

put() { aws s3api put-object --bucket "$1" --key "$2" --body app/manifest.json >/dev/null; }

test_marked_buckets_are_emptied() {
    assembly <<<"{ \"A\": { \"resources\": { \"B\": $bucket } } }"
    deploy --all
    expect_status 0
    put marked-bucket one
    put marked-bucket 'two words'
    put marked-bucket one
    aws s3api delete-object --bucket marked-bucket --key one >/dev/null
    destroy --all --force
    expect_status 0
    expect_err_has 'bucket marked-bucket is emptied'
    expect_err_has 'A/B/Resource (AWS::S3::Bucket): its data is lost'
    expect_stack A none
    expect_equal "$(aws s3api list-buckets --query "length(Buckets[?Name=='marked-bucket'])")" 0
}

test_other_buckets_are_not() {
    assembly <<<"$(json_edit "{ \"A\": { \"resources\": { \"B\": $bucket } } }" 'del j["A"]["resources"]["B"]["Properties"]["Tags"]')"
    deploy --all
    put marked-bucket one
    destroy --all --force
    expect_failure 'A/B/Resource (AWS::S3::Bucket): Resource handler returned message: "The bucket you tried to delete is not empty'
    expect_err_has 'the stack is DELETE_FAILED now: fix the cause and run the same command again'
    aws s3api head-object --bucket marked-bucket --key one >/dev/null || fail 'the object is gone'
}

# A marked bucket that stays keeps what is in it.
test_retained_buckets_are_not() {
    assembly <<<"$(json_edit "{ \"A\": { \"resources\": { \"B\": $bucket, \"T\": \"AWS::SNS::Topic\" } } }" 'j["A"]["resources"]["B"]["DeletionPolicy"] = "Retain"')"
    deploy --all
    put marked-bucket one
    destroy --all --force
    expect_status 0
    expect_err_has 'A/B/Resource (AWS::S3::Bucket): it is retained'
    aws s3api head-object --bucket marked-bucket --key one >/dev/null || fail 'the object is gone'
}

test_a_bucket_that_may_not_be_emptied() {
    assembly <<<"{ \"A\": { \"resources\": { \"B\": $bucket } } }"
    deploy --all
    put marked-bucket one
    control faults '[{ "service": "s3", "stack": "/marked-bucket*", "fault": "denied", "times": 99 }]'
    destroy --all --force
    expect_failure "bucket 'marked-bucket' cannot be emptied"
    expect_err_has 'these credentials are not authorized to do that'
    expect_stack A CREATE_COMPLETE
    expect_equal "$(calls_of DeleteStack)" 0
}

test_who_is_asked() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    destroy --all
    expect_failure 'there is no terminal to ask whether to destroy that; --force does not ask'
    expect_stack A CREATE_COMPLETE
    at_terminal 80x24 'wait:Destroy 1 stack? (y/n)' 'send:n\n' -- "$DEMO" destroy --app app --all
    expect_status 1
    expect_out_has 'A: 1 resource goes'
    expect_out_has 'nothing was changed'
    expect_stack A CREATE_COMPLETE
    at_terminal 80x24 'wait:Destroy 1 stack? (y/n)' 'send:y\n' -- "$DEMO" destroy --app app --all
    expect_status 0
    expect_stack A none
    destroy --all --force
    expect_status 0
    expect_err_has 'does not exist'
}

# One protected stack keeps all of them from being touched.
test_a_protected_stack() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    control stack '{ "name": "A", "protected": true }'
    destroy --all --force
    expect_failure 'it is protected against deletion'
    expect_err_has '--no-enable-termination-protection --stack-name A'
    expect_stack B CREATE_COMPLETE
}

# What another stack needs, which is not among those that go.
test_an_export_in_use() {
    assembly <<<"$shop"
    deploy --all
    destroy --exclusively Base --force
    expect_failure 'Cannot delete export Base:Queue as it is in use by Api'
    expect_stack Base CREATE_COMPLETE
}

# From every state a stack can be in it goes; what somebody else does with it is waited for.
test_states() {
    local state body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }' app=''
    for state in CREATE_COMPLETE ROLLBACK_COMPLETE ROLLBACK_FAILED CREATE_FAILED UPDATE_FAILED UPDATE_ROLLBACK_FAILED UPDATE_ROLLBACK_COMPLETE DELETE_FAILED; do
        control stack "{ \"name\": \"${state//_/-}\", \"status\": \"$state\", \"template\": $body }"
        app+="\"${state//_/-}\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } }, "
    done
    control stack '{ "name": "Review" }'
    control stack "{ \"name\": \"Busy\", \"status\": \"UPDATE_IN_PROGRESS\", \"template\": $body, \"becomes\": \"UPDATE_COMPLETE\", \"asked\": 2 }"
    control stack "{ \"name\": \"Going\", \"status\": \"DELETE_IN_PROGRESS\", \"template\": $body, \"becomes\": \"DELETE_COMPLETE\", \"asked\": 2 }"
    assembly <<<"{ $app \"Review\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } }, \"Busy\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } },
        \"Going\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } }, \"Never\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } } }"
    destroy --all --force
    expect_status 0
    expect_err_has 'it is UPDATE_IN_PROGRESS: waiting for that to end'
    expect_err_has 'Never                     does not exist'
    expect_equal "$(look stacks 'list(j)')" '[]'
}

run_tests "$@"
