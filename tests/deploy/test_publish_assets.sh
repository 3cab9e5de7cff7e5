#!/usr/bin/env bash
# Uploading what stacks need, without deploying them.
. "$(dirname "$0")/lib.sh"

publish() { run "$DEMO" publish-assets --app app "$@"; }
uploads() { look calls 'sum(c[0] == "s3" and c[1] == "PUT" and "assets" in c[2] for c in j)'; }
key_of() { json "app/$1.assets.json" '[f["destinations"]["current_account-current_region"]["objectKey"] for n, f in j["files"].items() if n != "template"][0]' | tr -d '"'; }

two_stacks() {
    mkdir one two
    echo 1 >one/index.js
    echo 2 >two/index.js
    assembly <<<'{ "A": { "assets": ["one"], "resources": { "T": "AWS::SNS::Topic" } },
        "B": { "needs": ["A"], "assets": ["two", "one"], "resources": { "U": "AWS::SNS::Topic" } },
        "C": { "resources": { "V": "AWS::SNS::Topic" } } }'
}

# A directory with a name that the AWS CLI would take for options.
test_paths_are_taken_for_nothing_else() {
    two_stacks
    mv app ./-odd
    run "$DEMO" publish-assets --app=-odd --all
    expect_status 0
    expect_err_has '5 uploaded, 0 there already'
    aws s3api get-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key "$(cd ./-odd && mkdir ../x && cp -r . ../x/app && cd ../x && key_of A)" got.zip >/dev/null
    run "$DEMO" publish-assets --app=-odd --all --region=-evil
    expect_status 1
    expect_err_has "'-evil' is no name of a region"
}

test_nothing_from_outside_is_uploaded() {
    two_stacks
    echo secret >secret
    ln -s ../../secret "$(echo app/asset.*/ | cut -d' ' -f1)link"
    publish --all
    expect_status 1
    expect_err_has "lies outside of the assembly"
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "PUT" and "'"$(basename "$(echo app/asset.*/ | cut -d' ' -f1)" | sed 's/asset.//')"'" in c[2] for c in j)')" 0 'uploads'
}

test_a_template_that_was_changed_is_not_uploaded() {
    two_stacks
    sed -i 's/SNS::Topic/SQS::Queue/' app/A.template.json
    publish A
    expect_status 1
    expect_err_has "'app/A.template.json' was changed after it was made: its hash is not the one that it is named by"
}

test_our_own_assets_are_checked() {
    two_stacks
    : >app/tango-infra.files
    publish A
    expect_status 1
    expect_err_has 'was changed after it was made'
}

test_no_role_of_another_account_uploads() {
    two_stacks
    sed -i 's/iam::${AWS::AccountId}:role/iam::999999999999:role/' app/A.assets.json
    publish A
    expect_status 1
    expect_err_has 'it would be uploaded by a role of account 999999999999, but the stack goes to 123456789012'
    expect_err_has 'where that is meant, --asset-account 999999999999 allows it'
    expect_equal "$(uploads)" 0
    publish A --asset-account 888888888888
    expect_status 1
    expect_equal "$(uploads)" 0
    deploy A
    expect_status 1
    expect_equal "$(uploads)" 0
}

# The role is that account's, and so has to be the bucket.
test_another_account_can_be_named() {
    two_stacks
    sed -i 's/iam::${AWS::AccountId}:role/iam::999999999999:role/' app/A.assets.json
    mv "$work/bin/aws" "$work/bin/real-aws"
    printf '#!/bin/sh\ncat /dev/stdin >>%s/inputs\nexec %s/bin/real-aws "$@"\n' "$work" "$work" >"$work/bin/aws"
    chmod +x "$work/bin/aws"
    publish A --asset-account 888888888888 --asset-account 999999999999
    expect_status 0
    expect_equal "$(uploads)" 2
    expect_equal "$(grep -o '"ExpectedBucketOwner": *"[0-9]*"' "$work/inputs" | grep -o '[0-9]*' | sort -u)" 999999999999 'owner of the bucket'
    expect_equal "$(grep -o 'iam::[0-9]*' "$work/inputs" | sort -u)" iam::999999999999 'account of the role'
}

test_what_is_no_account() {
    two_stacks
    for account in '' 12345678901 1234567890123 12345678901x; do
        publish A --asset-account "$account"
        expect_status 2
        expect_err_has "--asset-account: '$account' is no account id: those have 12 digits"
    done
    expect_equal "$(uploads)" 0
}

test_no_role_of_another_account_deploys() {
    two_stacks
    sed -i 's/iam::${AWS::AccountId}:role/iam::999999999999:role/' app/manifest.json
    deploy A
    expect_status 1
    expect_err_has 'the stacks go to account 123456789012, but the role that deploys them is of account 999999999999'
    expect_equal "$(look stacks 'list(j)')" '[]'
}

test_uploads_once_and_deploys_nothing() {
    two_stacks
    publish --all
    expect_status 0
    expect_no_out
    expect_err_has 'uploaded  one'
    expect_err_has 'uploaded  two'
    expect_err_has 'uploaded  B Template'
    expect_err_has '5 uploaded, 0 there already'
    expect_equal "$(uploads)" 5
    expect_equal "$(look stacks 'list(j)')" '[]'
    expect_equal "$(look calls 'sum(c[0] == "cloudformation" for c in j)')" 0
    aws s3api get-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key "$(key_of A)" got.zip >/dev/null
    expect_equal "$("$python" -m zipfile -l got.zip | awk 'NR > 1 { print $1 }')" index.js

    publish --all
    expect_status 0
    expect_err_has 'is there  one'
    expect_err_has '0 uploaded, 5 there already'
    expect_equal "$(uploads)" 5
    publish --all --force
    expect_err_has '5 uploaded, 0 there already'
    # A deployment finds them there.
    deploy --all
    expect_status 0
    expect_equal "$(uploads)" 10
}

test_only_what_was_asked_for() {
    two_stacks
    publish A
    expect_status 0
    expect_err_has '2 uploaded, 0 there already'
    publish --exclusively B
    expect_err_has '2 uploaded, 1 there already'
    publish 'C*'
    expect_err_has '1 uploaded, 0 there already'
}

test_failures() {
    two_stacks
    rm -r app/asset.*
    publish A C
    expect_failure 'A         failed: cannot upload'
    expect_err_has '1 of 2 stacks lack something'
    expect_err_has 'uploaded  C Template'
    two_stacks 2>/dev/null
    control faults '[{ "service": "s3", "action": "PUT", "fault": "denied", "times": 9 }]'
    publish A
    expect_failure "cannot upload"
    expect_err_has 'these credentials are not authorized to do that'
    control faults '[{ "service": "s3", "action": "PUT", "fault": "unavailable", "times": 1 }]'
    publish A
    expect_status 0
    control reset
    publish A
    expect_failure 'account 123456789012 is not bootstrapped in us-east-1'
    expect_err_has "'tango-infra bootstrap aws://123456789012/us-east-1' does so"
}

test_no_network() {
    two_stacks
    printf '#!/bin/sh\necho "Could not connect to the endpoint URL: \\"http://localhost:1/\\"" >&2\nexit 255\n' >"$work/bin/aws"
    publish A
    expect_failure 'Could not connect to the endpoint URL'
}

test_wrong_use() {
    two_stacks
    publish
    expect_status 2
    expect_err_has 'this app has several stacks: name those to use (globs are supported), or give --all'
    publish Nothing
    expect_failure "no stack matches 'Nothing'"
    publish --all --no-such-thing
    expect_status 2
    expect_equal "$(look calls 'len(j)')" 0
}

run_tests "$@"
