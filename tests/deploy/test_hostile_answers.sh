#!/usr/bin/env bash
# Answers of the AWS CLI of any shape: an error or a result, never a crash, and never what stands for nothing in C.
. "$(dirname "$0")/../cli/lib.sh"
deploy_tests=$(cd "$(dirname "$0")" && pwd)

test_any_shape() {
    mkdir code
    echo 1 >code/index.js
    python3 "$deploy_tests/assembly.py" app <<<'{ "A": { "account": "111111111111", "region": "eu-west-1", "assets": ["code"],
        "resources": { "Topic": "AWS::SNS::Topic", "Bucket": "AWS::S3::Bucket" } } }'
    run python3 "$deploy_tests/hostile_answers.py" "$DEMO" .
    expect_status 0
    expect_no_err
}

run_tests "$@"
