#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Whatever the program reads, it prints text: nothing that moves the cursor, turns text around, hides, or is a command of a
# CI runner.
. "$(dirname "$0")/../cli/lib.sh"
deploy_tests=$(cd "$(dirname "$0")" && pwd)

hostile_text() {
    python3 "$deploy_tests/assembly.py" app <<<'{ "A": { "account": "111111111111", "region": "eu-west-1",
        "resources": { "Topic": "AWS::SNS::Topic", "Bucket": "AWS::S3::Bucket" } } }'
    run python3 "$deploy_tests/hostile_text.py" "$1" "$DEMO" .
    expect_status 0
    expect_no_err
}

test_answers_of_aws() { hostile_text answers; }

test_arguments_and_files() { hostile_text inputs; }

run_tests "$@"
