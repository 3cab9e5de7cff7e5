#!/usr/bin/env bash
# The programs themselves, of both versions, on the way from nothing to running stacks and back.
. "$(dirname "$0")/lib.sh"

pair='{
    "Base": { "resources": { "Queue": "AWS::SQS::Queue" }, "exports": { "Base:Queue": { "Ref": "Queue" } }, "assets": ["function"] },
    "Api": { "needs": ["Base"], "padding": 60000, "outputs": { "Note": "hello" },
        "resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "Base:Queue" } } } } } }'

there_and_back() {
    use_aws "$1" || skip "version $1 of the AWS CLI is not installed"
    mkdir function
    echo 'exports.handler = async () => {}' >function/index.js
    assembly <<<"$pair"
    deploy --all -O outputs.json
    expect_status 0
    for name in Base Api; do expect_stack $name CREATE_COMPLETE; done
    expect_clean
    expect_equal "$(json outputs.json 'j["Api"]')" '{"Note": "hello"}'
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
}

# Every kind of failure is told apart by what the program says.
failures_are_told_apart() {
    use_aws "$1" || skip "version $1 of the AWS CLI is not installed"
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control faults '[{ "action": "DescribeStacks", "fault": "reset", "times": 3 }, { "action": "GetParameter", "fault": "throttle", "times": 3 },
        { "action": "CreateChangeSet", "fault": "unavailable", "times": 3 }, { "action": "ExecuteChangeSet", "fault": "lost" }]'
    deploy --all --method change-set
    expect_status 0
    expect_stack A CREATE_COMPLETE
    control faults '[{ "fault": "expired", "times": 99 }]'
    deploy --all
    expect_failure 'the credentials have expired'
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    deploy --all
    expect_failure "'aws configure' or 'aws sso login' gives credentials"
}

test_version_1() { there_and_back 1; }
test_version_2() { there_and_back 2; }
test_failures_of_version_1() { failures_are_told_apart 1; }
test_failures_of_version_2() { failures_are_told_apart 2; }

run_tests "$@"
