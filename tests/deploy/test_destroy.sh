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

# Nothing is half taken away.
test_other_buckets_are_not() {
    assembly <<<"$(json_edit "{ \"A\": { \"resources\": { \"B\": $bucket, \"T\": \"AWS::SNS::Topic\" } } }" 'del j["A"]["resources"]["B"]["Properties"]["Tags"]')"
    deploy --all
    put marked-bucket one
    destroy --all --force
    expect_failure "its bucket 'marked-bucket' is not empty, and not marked as one that is emptied"
    expect_err_has 'aws s3 rm s3://marked-bucket --recursive'
    expect_stack A CREATE_COMPLETE
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
    destroy --exclusively Base Media --force
    expect_failure "its export 'Base:Queue' is in use by stack 'Api', which stays"
    expect_stack Base CREATE_COMPLETE
    expect_stack Media CREATE_COMPLETE
}

cluster='"Cluster": { "Type": "AWS::RDS::DBCluster", "Properties": { "Engine": "aurora-postgresql", "DeletionProtection": true } }'

# Named together with everything else that stands in the way, before anything happens.
test_a_protected_database() {
    local name
    assembly <<<"{ \"A\": { \"resources\": { $cluster, \"T\": \"AWS::SNS::Topic\" } }, \"B\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } } }"
    deploy --all
    name=$(look stacks 'j["A"]["resources"]["Cluster"]["physical"]')
    control stack '{ "name": "A", "protected": true }'
    destroy --all --force
    expect_failure "its database '$name' is protected against deletion"
    expect_err_has "aws rds modify-db-cluster --db-cluster-identifier $name --no-deletion-protection --region us-east-1"
    expect_err_has 'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name A'
    expect_stack A CREATE_COMPLETE
    expect_stack B CREATE_COMPLETE
    expect_equal "$(calls_of DeleteStack)" 0
    # RDS is believed, not the template.
    aws rds modify-db-cluster --db-cluster-identifier "$name" --no-deletion-protection >/dev/null
    control stack '{ "name": "A", "protected": false }'
    destroy --all --force
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_a_database_that_may_not_be_asked_about() {
    assembly <<<"{ \"A\": { \"resources\": { $cluster } } }"
    deploy --all
    control faults '[{ "service": "rds", "fault": "denied", "times": 99 }]'
    destroy --all --force
    expect_failure 'is protected against deletion'
    expect_equal "$(calls_of DeleteStack)" 0
}

test_a_stack_that_was_never_complete() {
    assembly <<<"{ \"A\": { \"resources\": { $cluster, \"T\": { \"Type\": \"AWS::SNS::Topic\", \"DependsOn\": \"Cluster\" } } } }"
    control settings '{ "failures": [{ "resource": "T" }] }'
    deploy --all
    expect_stack A ROLLBACK_FAILED
    destroy --all --force
    expect_status 0
    expect_err_has 'is protected, but its stack was never complete: protection is turned off'
    expect_stack A none
    expect_equal "$(aws rds describe-db-clusters --query 'length(DBClusters)')" 0
}

edge='"Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {} } },
    "F": { "Type": "AWS::Lambda::Function", "Properties": { "Handler": "i.h", "Runtime": "nodejs22.x", "Role": { "Fn::GetAtt": ["Role", "Arn"] }, "Code": { "ZipFile": "x" } } },
    "V": { "Type": "AWS::Lambda::Version", "DeletionPolicy": "Retain", "Properties": { "FunctionName": { "Ref": "F" } } },
    "D": { "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": { "Enabled": true,
        "Origins": [{ "Id": "o", "DomainName": "example.com", "CustomOriginConfig": { "OriginProtocolPolicy": "https-only" } }],
        "DefaultCacheBehavior": { "TargetOriginId": "o", "ViewerProtocolPolicy": "https-only",
            "LambdaFunctionAssociations": [{ "EventType": "origin-request", "LambdaFunctionARN": { "Ref": "V" } }] } } } }'

# They stay until CloudFront has deleted their replicas; everything else goes.
test_edge_functions() {
    assembly <<<"{ \"A\": { \"resources\": { $edge, \"T\": \"AWS::SNS::Topic\" } }, \"B\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } } }"
    deploy --all
    expect_status 0
    control account '{ "has_replicas": true }'
    destroy --all --force
    expect_failure 'A/F/Resource (AWS::Lambda::Function): it can be deleted only hours after its distribution'
    expect_err_has 'only its edge functions are left ('
    expect_err_has "run 'tango-infra destroy A' again then"
    expect_stack A DELETE_FAILED
    expect_equal "$(look stacks 'sorted(j["A"]["resources"])')" '["F", "Role"]' 'what is left'
    expect_stack B none
    control account '{ "has_replicas": false }'
    destroy A --force
    expect_status 0
    expect_stack A none
}

# Who deploys again before that gets a new stack, and is told what stays.
test_edge_functions_and_a_new_deployment() {
    assembly <<<"{ \"A\": { \"resources\": { $edge } } }"
    deploy --all
    control account '{ "has_replicas": true }'
    destroy --all --force
    expect_stack A DELETE_FAILED
    deploy --all
    expect_status 0
    expect_err_has 'is left without a stack: CloudFront still has replicas of it'
    expect_stack A CREATE_COMPLETE
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

test_a_dry_run_changes_nothing() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic", "B": "AWS::S3::Bucket" } }, "C": { "needs": ["A"], "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    expect_status 0
    control forget
    run "$DEMO" destroy --app app A --dry-run
    expect_status 0
    expect_out_has 'A: 2 resources go'
    expect_out_has 'A/B/Resource (AWS::S3::Bucket): its data is lost'
    expect_out_has 'C: 1 resource goes'
    expect_out_has '2 stacks would be destroyed'
    expect_no_err
    expect_equal "$(calls_of DeleteStack)" 0 deletions
    expect_stack A CREATE_COMPLETE
}

run_tests "$@"
