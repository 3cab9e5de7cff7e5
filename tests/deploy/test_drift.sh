#!/usr/bin/env bash
# What has been changed outside of CloudFormation.
. "$(dirname "$0")/lib.sh"

drift() { run "$DEMO" drift --app app "$@"; }

deployed() {
    assembly <<<"$shop"
    deploy --all
    expect_status 0
}

queue_and_topic='{ "Base": { "Queue": { "/VisibilityTimeout": ["30", "60"], "/Tags/0": ["", "{\"Key\":\"a\",\"Value\":\"b\"}"] }, "Topic": "DELETED" } }'

test_nothing_has_drifted() {
    deployed
    drift --fail
    expect_status 0
    expect_no_err
    expect_out 'Base: no drift
Media: no drift
Api: no drift
Web: no drift'
}

test_expected_and_actual_values() {
    deployed
    control settings "{ \"drift\": $queue_and_topic }"
    drift Base Media
    expect_status 0
    expect_out 'Base: 2 of 2 resources drifted
  modified     AWS::SQS::Queue  Base/Queue/Resource
    /VisibilityTimeout
      expected  30
      actual    60
    /Tags/0
      actual    {"Key":"a","Value":"b"}
  deleted      AWS::SNS::Topic  Base/Topic/Resource
Media: no drift'
    drift Media --fail
    expect_status 0
    drift --fail
    expect_status 1
    expect_no_err
}

test_json() {
    deployed
    control settings "{ \"drift\": $queue_and_topic }"
    drift --json
    expect_status 0
    expect_equal "$(json "$work/out" 'sorted(j)')" '["Api", "Base", "Media", "Web"]'
    expect_equal "$(json "$work/out" '[(r["logicalId"], r["construct"], r["drift"]) for r in j["Base"]["resources"]]')" \
        '[["Queue", "Base/Queue/Resource", "modified"], ["Topic", "Base/Topic/Resource", "deleted"]]'
    expect_equal "$(json "$work/out" 'j["Base"]["resources"][0]["properties"][0]')" \
        '{"path": "/VisibilityTimeout", "expected": "30", "actual": "60", "kind": "NOT_EQUAL"}'
    expect_equal "$(json "$work/out" 'j["Media"]["drifted"]')" 0
}

test_what_cannot_be_checked_is_named_on_demand() {
    deployed
    control settings '{ "unchecked_types": ["AWS::SQS::Queue"], "drift": { "Base": { "Topic": "UNKNOWN" } } }'
    drift Base --fail
    expect_status 0
    expect_out 'Base: no drift, 2 not checked'
    drift Base -v
    expect_out_has '  not checked  AWS::SQS::Queue  Base/Queue/Resource'
    expect_out_has '  not checked  AWS::SNS::Topic  Base/Topic/Resource: not authorized to read it'
}

test_long_answers_come_in_pages() {
    assembly <<<'{ "A": { "resources": { "T1": "AWS::SNS::Topic", "T2": "AWS::SNS::Topic", "T3": "AWS::SNS::Topic", "T4": "AWS::SNS::Topic", "T5": "AWS::SNS::Topic" } } }'
    deploy --all
    control settings '{ "page_size": 2, "drift": { "A": { "T5": "DELETED" } } }'
    drift --fail
    expect_status 1
    expect_out_has 'A: 1 of 5 resources drifted'
    expect_equal "$(calls_of DescribeStackResourceDrifts)" 3
}

test_a_detection_that_takes_its_time() {
    deployed
    control settings "{ \"drift_seconds\": 1.5, \"drift\": $queue_and_topic }"
    drift Base
    expect_status 0
    expect_out_has 'Base: 2 of 2 resources drifted'
    [ "$(calls_of DescribeStackDriftDetectionStatus)" -gt 1 ] || fail 'it did not ask again'
}

test_somebody_elses_detection_is_waited_for() {
    deployed
    control settings '{ "drift_seconds": 1 }'
    aws cloudformation detect-stack-drift --stack-name Base >/dev/null || fail 'no detection'
    drift Base
    expect_status 0
    expect_out 'Base: no drift'
}

test_a_detection_that_fails_in_the_middle() {
    deployed
    control settings "{ \"drift\": $queue_and_topic, \"drift_failures\": { \"Base\": \"no rights to read a bucket\" } }"
    drift Base Media
    expect_status 1
    expect_out_has 'Base: 2 of 2 resources drifted'
    expect_out_has 'Media: no drift'
    expect_err_has 'Base: its drift cannot be determined: no rights to read a bucket'
}

test_a_state_that_does_not_allow_it() {
    deployed
    control stack '{ "name": "Base", "status": "UPDATE_FAILED" }'
    drift
    expect_status 1
    expect_err_has 'Base: its drift cannot be determined: Drift detection cannot be performed'
    expect_out_has 'Web: no drift'
}

test_stacks_that_are_not_there() {
    assembly <<<"$shop"
    deploy --exclusively Media
    drift
    expect_status 0
    expect_out 'Media: no drift'
    expect_err_has 'not deployed: Base, Api, Web'
    drift Base Media
    expect_status 1
    expect_out 'Media: no drift'
    expect_err_has "stack 'Base' does not exist in us-east-1 of account 123456789012"
}

test_a_stack_that_the_app_does_not_have() {
    deployed
    control stack '{ "name": "Theirs", "status": "CREATE_COMPLETE", "template": { "Resources": { "T": { "Type": "AWS::SNS::Topic" } } } }'
    control settings '{ "drift": { "Theirs": { "T": "DELETED" } } }'
    drift Theirs
    expect_status 0
    expect_out 'Theirs: 1 of 1 resource drifted
  deleted      AWS::SNS::Topic  T'
    drift Medai
    expect_failure "stack 'Medai' does not exist in us-east-1 of account 123456789012; did you mean 'Media'?"
    drift 'Nope*'
    expect_failure "no stack matches 'Nope*'"
}

test_wrong_use() {
    drift --no-such
    expect_status 2
    drift --fail=perhaps
    expect_status 2
}

run_tests "$@"
