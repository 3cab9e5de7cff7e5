#!/usr/bin/env bash
# What the options of deploy make of a deployment.
. "$(dirname "$0")/lib.sh"

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
two='{ "A": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } } }'

test_role() {
    assembly <<<"$one"
    deploy --all --role-arn arn:aws:iam::123456789012:role/mine
    expect_status 0
    expect_equal "$(look stacks 'j["A"]["role"]')" arn:aws:iam::123456789012:role/mine
    # The same role for what is cleared away, too.
    run "$DEMO" destroy --app app --all --force -r arn:aws:iam::123456789012:role/mine
    expect_status 0
    expect_equal "$(look requests '[c["RoleARN"] for c in j if c["Action"] == "DeleteStack"]')" '["arn:aws:iam::123456789012:role/mine"]'
}

test_settings_of_the_project() {
    assembly <<<"$one"
    local any='{ "requireApproval": "any-change", "outputsFile": "outputs.json", "progress": "events", "rollback": false }'
    echo "$any" >cdk.json
    run "$DEMO" deploy --app app --all
    expect_failure 'its changes need approval, and there is no terminal to ask at'
    rm outputs.json
    # The command line wins.
    run "$DEMO" deploy --app app --all --require-approval never --outputs-file others.json
    expect_status 0
    expect_file others.json
    expect_no_file outputs.json
    assembly <<<"$two"
    sed -i 's/any-change/never/' cdk.json
    control settings '{ "failures": [{ "stack": "A", "resource": "U" }] }'
    run "$DEMO" deploy --app app --all
    expect_status 1
    expect_equal "$(status_of A)" UPDATE_FAILED
    expect_file outputs.json
}

test_settings_that_are_wrong() {
    assembly <<<"$one"
    echo '{ "requireApproval": "sometimes" }' >cdk.json
    run "$DEMO" deploy --app app --all
    expect_failure 'cdk.json: "requireApproval" must be one of never, any-change, broadening, destructive, not "sometimes"'
    echo '{ "rollback": "no" }' >cdk.json
    run "$DEMO" deploy --app app --all
    expect_failure 'cdk.json: "rollback" must be true or false'
    echo '{ "requireApproval": "never", "app": "false", "build": "false", "watch": { "include": 5 }, "unheard-of": [] }' >cdk.json
    run "$DEMO" deploy --app app --all
    expect_status 0
}

test_notifications() {
    assembly <<<"$one"
    deploy --all --notification-arns arn:aws:sns:us-east-1:123456789012:one --notification-arns arn:aws:sns:us-east-1:123456789012:two
    expect_status 0
    expect_equal "$(look stacks 'j["A"]["topics"]')" '["arn:aws:sns:us-east-1:123456789012:one", "arn:aws:sns:us-east-1:123456789012:two"]'
    deploy --all --notification-arns arn:aws:sns:us-east-1:123456789012:two --notification-arns arn:aws:sns:us-east-1:123456789012:one
    expect_err_has 'no changes'
    deploy --all
    expect_err_has 'no changes'
}

# Unasked for, a file that is there is uploaded again; nothing looks for it.
test_no_asset_upload_check() {
    echo 'more than an empty archive has' >file.txt
    assembly <<<'{ "A": { "assets": ["file.txt"], "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    control forget
    deploy --all --force --no-asset-upload-check
    expect_status 0
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "PUT" for c in j)')" 1
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "GET" for c in j)')" 0
}

test_import_of_existing_resources() {
    assembly <<<"$one"
    deploy --all --import-existing-resources
    expect_status 0
    expect_equal "$(look requests '[c.get("ImportExistingResources") for c in j if c["Action"] == "CreateChangeSet"]')" '["true"]'
}

test_force() {
    assembly <<<"$one"
    deploy --all
    control forget
    deploy --all --force
    expect_status 0
    expect_equal "$(calls_of CreateChangeSet)" 1
    expect_err_has 'no changes'
    expect_clean
}

test_change_set_name() {
    assembly <<<"$one"
    deploy --all --change-set-name release-17
    expect_status 0
    expect_equal "$(look requests '[c["ChangeSetName"] for c in j if c["Action"] == "CreateChangeSet"]')" '["release-17"]'
    deploy --all --change-set-name 'no such name!'
    expect_status 0
    assembly <<<"$two"
    deploy --all --method execute-change-set --change-set-name never-made
    expect_failure "cannot execute the change set 'never-made': ChangeSet [never-made] does not exist"
    expect_stack A CREATE_COMPLETE
}

# Prepared by one, executed by another one; meanwhile nothing has changed.
test_prepare_and_execute() {
    assembly <<<"$shop"
    deploy --exclusively Base Media --method prepare-change-set
    expect_status 0
    expect_equal "$(look stacks 'sorted(s["status"] for s in j.values())')" '["REVIEW_IN_PROGRESS", "REVIEW_IN_PROGRESS"]'
    deploy --exclusively Base Media --method execute-change-set
    expect_status 0
    expect_stack Base CREATE_COMPLETE
    expect_stack Media CREATE_COMPLETE
    expect_equal "$(calls_of CreateChangeSet)" 2
}

test_outputs_file_that_cannot_be_written() {
    assembly <<<"$one"
    deploy --all -O missing/outputs.json
    expect_status 1
    expect_err_has 'missing/outputs.json'
    expect_stack A CREATE_COMPLETE
}

test_wrong_use() {
    assembly <<<"$one"
    for arguments in '--concurrency 0' '--method sideways' '--progress loud' '--require-approval maybe' '--tags novalue' '--parameters =x' '--concurrency'; do
        # shellcheck disable=SC2086
        run "$DEMO" deploy --app app --all $arguments
        expect_status 2
        expect_no_out
    done
    run "$DEMO" deploy --app nowhere --all
    expect_failure nowhere
    expect_equal "$(look calls 'len(j)')" 0
}

run_tests "$@"
