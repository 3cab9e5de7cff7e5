#!/usr/bin/env bash
# The programs themselves, of both versions, on the way from nothing to running stacks and back.
. "$(dirname "$0")/lib.sh"

there_and_back() {
    use_aws "$1" || skip "version $1 of the AWS CLI is not installed"
    mkdir function
    echo 'exports.handler = async () => {}' >function/index.js
    assembly <<<"$(json_edit "$shop" 'j["Media"]["assets"] = ["function"]; j["Web"]["padding"] = 60000')"
    deploy --all -O outputs.json
    expect_status 0
    for name in Base Media Api Web; do expect_stack $name CREATE_COMPLETE; done
    expect_clean
    expect_equal "$(json outputs.json 'j["Api"]')" '{"Note": "hello"}'
    deploy --all
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 4
    changed_shop 'j["Base"]["resources"]["Third"] = "AWS::SNS::Topic"; del j["Media"]; j["Api"]["needs"].remove("Media"); del j["Web"]'
    control settings '{ "failures": [{ "stack": "Base", "resource": "Third", "reason": "no" }] }'
    deploy --all
    expect_status 1
    expect_err_has 'Base/Third/Resource (AWS::SNS::Topic): no'
    assembly <<<"$shop"
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_version_1() { there_and_back 1; }
test_version_2() { there_and_back 2; }

run_tests "$@"
