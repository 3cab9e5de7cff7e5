#!/usr/bin/env bash
# Deployments from nothing to running stacks, and what comes after.
. "$(dirname "$0")/lib.sh"

test_from_nothing_to_running_and_back() {
    assembly <<<"$shop"
    deploy --all -O outputs.json
    expect_status 0
    for name in Base Media Api Web; do expect_stack $name CREATE_COMPLETE; done
    expect_clean
    expect_out_has 'Base.QueueUrl = https://sqs.us-east-1.amazonaws.com/123456789012/Base-Queue-'
    expect_out_has 'arn:aws:cloudformation:us-east-1:123456789012:stack/Web/'
    expect_equal "$(json outputs.json 'list(j)')" '["Base", "Media", "Api", "Web"]'
    expect_equal "$(json outputs.json 'j["Api"]')" '{"Note": "hello"}'
    expect_equal "$(stat -c %a outputs.json)" 600
    expect_equal "$(aws sqs list-queues --query 'length(QueueUrls)')" 1
    expect_equal "$(aws sns list-topics --query 'length(Topics)')" 2
    expect_equal "$(look stacks 'j["Api"]["role"]')" arn:aws:iam::123456789012:role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1

    deploy --all
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 4
    expect_equal "$(calls_of "$begins")" 4 'changes that were begun'
    ! grep -qF 'Base.QueueUrl' "$work/out" || fail 'outputs of stacks that are unchanged'
    expect_equal "$(grep -c '^arn:aws:cloudformation:' "$work/out")" 4 'ARNs'

    changed_shop 'j["Base"]["resources"]["Third"] = "AWS::SNS::Topic"; j["Web"]["tags"] = {"team": "web"}'
    deploy --all
    expect_status 0
    expect_stack Base UPDATE_COMPLETE
    expect_stack Media CREATE_COMPLETE
    expect_stack Api CREATE_COMPLETE
    expect_stack Web UPDATE_COMPLETE
    expect_equal "$(look stacks 'j["Web"]["tags"]')" '{"team": "web"}'
    expect_equal "$(aws sns list-topics --query 'length(Topics)')" 3
    expect_clean

    run "$DEMO" destroy --app app --all --force
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
    expect_equal "$(aws sns list-topics --query 'length(Topics)')" 0
    expect_equal "$(aws sqs list-queues --query 'length(QueueUrls || `[]`)')" 0
}

# Which stack refers to which is not what a person wants to know of a deployment; a program may.
test_generated_exports_are_only_in_the_file() {
    assembly <<<'{ "Base": { "resources": { "Queue": "AWS::SQS::Queue" }, "outputs": { "ExportsOutputOfMine": "mine",
        "ExportsOutputRefQueue4A7E3555": { "Value": { "Ref": "Queue" }, "Export": { "Name": "Base:ExportsOutputRefQueue4A7E3555" } },
        "Url": { "Value": { "Ref": "Queue" }, "Export": { "Name": "Url" } } } } }'
    deploy --all -O outputs.json
    expect_status 0
    expect_equal "$(sed -n 's/ = .*//p' "$work/out")" "$(printf 'Base.ExportsOutputOfMine\nBase.Url')" 'outputs'
    expect_equal "$(json outputs.json 'list(j["Base"])')" '["ExportsOutputOfMine", "ExportsOutputRefQueue4A7E3555", "Url"]'
}

test_order_follows_dependencies() {
    assembly <<<"$shop"
    deploy --all
    expect_equal "$(look calls '[c[2] for c in j if c[1] == "CreateStack"][2:]')" '["Api", "Web"]'
    run "$DEMO" destroy --app app --all --force
    expect_equal "$(look calls '[c[2] for c in j if c[1] == "DeleteStack"][:2]')" '["Web", "Api"]'
}

test_stacks_beside_each_other_run_side_by_side() {
    control settings '{ "resource_seconds": 600 }'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all &
    wait_for_calls CreateStack 2
    hurry
    wait $!
    expect_stack A CREATE_COMPLETE
    expect_stack B CREATE_COMPLETE
    control reset
    control bootstrap
    deploy --all --concurrency 1 --method change-set
    expect_status 0
    expect_equal "$(look calls '[c[2] for c in j if c[1] in ("ExecuteChangeSet", "CreateChangeSet")]')" '["A", "A", "B", "B"]'
}

test_one_stack_and_what_it_needs() {
    assembly <<<"$shop"
    deploy Api
    expect_status 0
    expect_stack Media CREATE_COMPLETE
    expect_stack Web none
    run "$DEMO" destroy --app app Base --force
    expect_status 0
    expect_stack Api none
    expect_stack Base none
    expect_stack Media CREATE_COMPLETE
}

test_exclusively() {
    assembly <<<"$shop"
    deploy --exclusively Media
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '["Media"]'
}

test_several_stacks_have_to_be_named() {
    assembly <<<"$shop"
    deploy
    expect_status 2
    expect_err_has 'this app has several stacks: name those to use (globs are supported), or give --all'
    expect_err_has 'Base Media Api Web'
    deploy --all --no-such-thing
    expect_status 2
    deploy Nothing
    expect_failure "no stack matches 'Nothing'"
    expect_equal "$(look calls 'len(j)')" 0
}

test_assets_are_uploaded_once() {
    mkdir function
    echo 'exports.handler = async () => {}' >function/index.js
    echo 'more than an empty archive has' >file.txt
    assembly <<<'{ "F": { "assets": ["function", "file.txt"], "resources": {
        "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {} } },
        "Function": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "f", "Handler": "index.handler", "Runtime": "nodejs20.x",
            "Role": { "Fn::GetAtt": ["Role", "Arn"] } } } } } }'
    # A directory of its own, since other programs leave things in the usual one.
    mkdir -p "$work/temporary"
    export TMPDIR=$work/temporary
    deploy --all
    expect_status 0
    expect_err_has 'uploaded function'
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "PUT" and "assets" in c[2] for c in j)')" 2
    key=$(json app/F.template.json 'j["Resources"]["Function"]["Properties"]["Code"]["S3Key"]' | tr -d '"')
    aws s3api get-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key "$key" got.zip >/dev/null
    expect_equal "$("$python" -m zipfile -l got.zip | awk 'NR > 1 { print $1, $2 }')" 'index.js 1980-01-01'
    expect_equal "$(aws lambda get-function --function-name f --query Configuration.CodeSize)" "$(stat -c %s got.zip)"
    deploy --all --force
    expect_status 0
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "PUT" for c in j)')" 2
    [ -z "$(ls -d "$TMPDIR"/* 2>/dev/null)" ] || fail 'packed assets are left behind'
}

test_an_empty_archive_in_the_bucket_is_replaced() {
    mkdir function
    echo 1 >function/index.js
    assembly <<<'{ "F": { "assets": ["function"], "resources": { "T": "AWS::SNS::Topic" } } }'
    key=$(json app/F.assets.json '[f["destinations"]["current_account-current_region"]["objectKey"] for f in j["files"].values()][0]' | tr -d '"')
    printf 'PK\5\6%018d' 0 | head -c 22 >empty.zip
    aws s3api put-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key "$key" --body empty.zip >/dev/null
    deploy --all
    expect_status 0
    expect_err_has 'uploaded function'
}

test_long_templates_go_by_the_bucket() {
    assembly <<<'{ "Big": { "resources": { "T": "AWS::SNS::Topic" }, "padding": 60000 } }'
    deploy --all
    expect_status 0
    expect_stack Big CREATE_COMPLETE
    deploy --all
    expect_err_has 'no changes'
}

test_tags_of_the_command_line() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "tags": { "a": "1", "b": "1" } } }'
    deploy --all -t b=2 -t c=3
    expect_equal "$(look stacks 'j["A"]["tags"]')" '{"a": "1", "b": "2", "c": "3"}'
}

test_methods() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all --method direct
    expect_status 0
    expect_stack A CREATE_COMPLETE
    expect_equal "$(calls_of CreateChangeSet)" 0
    deploy --all --method direct --force
    expect_status 0
    expect_err_has 'no changes'
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } } }'
    deploy --all --method prepare-change-set --change-set-name mine
    expect_status 0
    expect_err_has 'its change set is ready'
    expect_stack A CREATE_COMPLETE
    expect_equal "$(look stacks 'j["A"]["change_sets"]')" '{"mine": "CREATE_COMPLETE"}'
    deploy --all --method execute-change-set --change-set-name mine
    expect_status 0
    expect_stack A UPDATE_COMPLETE
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic", "V": "AWS::SNS::Topic" } } }'
    deploy --all --method direct
    expect_status 0
    expect_equal "$(look stacks 'sorted(j["A"]["resources"])')" '["T", "V"]'
}

run_tests "$@"
