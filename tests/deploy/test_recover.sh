#!/usr/bin/env bash
# Creations that failed half way, and what they left behind.
. "$(dirname "$0")/lib.sh"

cluster='"Cluster": { "Type": "AWS::RDS::DBCluster", "DeletionPolicy": "Snapshot", "Properties": { "Engine": "aurora-postgresql", "DeletionProtection": true } }'
topic='"T": { "Type": "AWS::SNS::Topic", "DependsOn": "Cluster" }'

# A stack whose creation stopped at its topic, and whose cluster kept its rollback from ending.
half_made() {
    assembly <<<"{ \"A\": { \"resources\": { $cluster, $topic } } }"
    control settings '{ "failures": [{ "resource": "T" }] }'
    deploy --all
    expect_status 1
    expect_stack A ROLLBACK_FAILED
    expect_err_has 'Cannot delete protected Cluster, please disable deletion protection and try again. (Service: Rds'
}

cluster_name() { look stacks 'j["A"]["resources"]["Cluster"]["physical"]'; }

expect_recovered() {
    expect_status 0
    expect_err_has "database '$1' is protected, but its stack was never complete: protection is turned off"
    expect_stack A CREATE_COMPLETE
    expect_equal "$(aws rds describe-db-clusters --query 'DBClusters[].DeletionProtection')" '[
    true
]' 'protection of the new cluster'
    [ "$(cluster_name)" != "$1" ] || fail 'it is the old one'
}

test_a_protected_database_of_a_failed_creation() {
    local name
    half_made
    name=$(cluster_name)
    deploy --all
    expect_failure "Turn off the deletion protection of database '$name', which stack 'A' left behind before it was ever complete, and delete it?"
    expect_err_has '--yes says yes'
    expect_stack A ROLLBACK_FAILED
    expect_equal "$(aws rds describe-db-clusters --query 'length(DBClusters)')" 1
    deploy --all --yes
    expect_recovered "$name"
}

test_a_person_is_asked() {
    local name
    half_made
    name=$(cluster_name)
    at_terminal 250x24 'wait:and delete it? (y/n)' 'send:n\n' -- "$DEMO" deploy --app app --all
    expect_status 1
    expect_stack A ROLLBACK_FAILED
    at_terminal 250x24 'wait:and delete it? (y/n)' 'send:y\n' -- "$DEMO" deploy --app app --all
    expect_status 0
    expect_stack A CREATE_COMPLETE
}

test_a_deletion_that_failed_at_it() {
    local name
    half_made
    name=$(cluster_name)
    aws cloudformation delete-stack --stack-name A
    wait_for_stack A DELETE_FAILED
    deploy --all --yes
    expect_recovered "$name"
}

# With --no-rollback it stops where it failed; the rollback that deploy begins with fails at the database.
test_a_creation_that_was_not_rolled_back() {
    assembly <<<"{ \"A\": { \"resources\": { $cluster, $topic } } }"
    control settings '{ "failures": [{ "resource": "T" }] }'
    deploy --all --no-rollback
    expect_stack A CREATE_FAILED
    deploy --all --yes
    expect_status 0
    expect_err_has 'it is CREATE_FAILED: rolling back first'
    expect_err_has 'it is ROLLBACK_FAILED: deleting what is left of it first'
    expect_stack A CREATE_COMPLETE
}

# What was in use may hold data, whatever --yes says.
test_the_database_of_a_stack_that_was_complete() {
    local name
    assembly <<<"{ \"A\": { \"resources\": { $cluster, $topic } } }"
    deploy --all
    name=$(cluster_name)
    aws cloudformation delete-stack --stack-name A
    wait_for_stack A DELETE_FAILED
    deploy --all --yes
    expect_failure "what is left of it holds database '$name', which is protected against deletion, and the stack was in use"
    expect_err_has "aws rds modify-db-cluster --db-cluster-identifier $name --no-deletion-protection --region us-east-1"
    expect_stack A DELETE_FAILED
    expect_equal "$(aws rds describe-db-clusters --query 'DBClusters[].DeletionProtection | [0]')" true
}

test_who_may_not_turn_it_off() {
    local name
    half_made
    name=$(cluster_name)
    control faults '[{ "service": "rds", "fault": "denied", "times": 99 }]'
    deploy --all --yes
    expect_failure 'the protection of its database cannot be turned off: User: '
    expect_err_has "aws rds modify-db-cluster --db-cluster-identifier $name --no-deletion-protection --region us-east-1"
    expect_stack A ROLLBACK_FAILED
}

queue='"Q": { "Type": "AWS::SQS::Queue", "DeletionPolicy": "RetainExceptOnCreate", "Properties": { "QueueName": "dead-letters" } }'

# SQS keeps the name of a deleted queue for 60 seconds.
test_a_queue_that_the_rollback_has_deleted() {
    assembly <<<"{ \"A\": { \"resources\": { $queue, \"T\": { \"Type\": \"AWS::SNS::Topic\", \"DependsOn\": \"Q\" } } } }"
    control account '{ "queue_seconds": 20 }'
    control settings '{ "failures": [{ "resource": "T" }] }'
    deploy --all
    expect_stack A ROLLBACK_COMPLETE
    deploy --all
    expect_status 0
    expect_err_has 'SQS does not take the name of a queue that was just deleted'
    expect_stack A CREATE_COMPLETE
}

test_a_queue_that_somebody_has_deleted() {
    local url
    assembly <<<"{ \"A\": { \"resources\": { $queue, \"T\": { \"Type\": \"AWS::SNS::Topic\", \"DependsOn\": \"Q\" } } } }"
    url=$(aws sqs create-queue --queue-name dead-letters --query QueueUrl --output text)
    control account '{ "queue_seconds": 20 }'
    aws sqs delete-queue --queue-url "$url"
    deploy --all
    expect_status 0
    expect_err_has 'You must wait 60 seconds after deleting a queue before you can create another with the same name.'
    expect_err_has 'a queue of one of its names was deleted less than 60 seconds ago: it is created again'
    expect_stack A CREATE_COMPLETE
}

# Only once: what fails again fails.
test_a_name_that_stays_taken() {
    local url
    assembly <<<"{ \"A\": { \"resources\": { $queue } } }"
    url=$(aws sqs create-queue --queue-name dead-letters --query QueueUrl --output text)
    deploy --all
    expect_failure "Resource of type 'AWS::SQS::Queue' with identifier 'dead-letters' already exists."
    expect_err_has '--import-existing-resources takes over what an earlier stack has left under that name'
    expect_stack A ROLLBACK_COMPLETE
    aws sqs get-queue-attributes --queue-url "$url" >/dev/null || fail 'the queue is gone'
}

run_tests "$@"
