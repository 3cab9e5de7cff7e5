#!/usr/bin/env bash
# Bootstrapping an account and region.
. "$(dirname "$0")/lib.sh"

here=aws://123456789012/us-east-1
bootstrap() { run "$DEMO" bootstrap "$@"; }
parameter() { look stacks "j['${2:-CDKToolkit}']['parameters'].get('$1')"; }

# As AWS is before anybody bootstraps it.
not_bootstrapped() {
    control reset
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
}

test_an_account_that_is_not_bootstrapped() {
    not_bootstrapped
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    expect_status 1
    expect_err_has "account 123456789012 is not bootstrapped in us-east-1"
    expect_err_has "'tango-infra bootstrap aws://123456789012/us-east-1' does so"
    bootstrap --yes $here
    expect_status 0
    expect_err_has 'account 123456789012 in us-east-1: bootstrap version 33, a bucket and a repository for assets, roles that deploy'
    expect_err_has 'CloudFormation may do anything (AdministratorAccess); --cloudformation-execution-policies narrows it'
    expect_stack CDKToolkit CREATE_COMPLETE
    expect_clean
    expect_equal "$(aws ssm get-parameter --name /cdk-bootstrap/hnb659fds/version --query Parameter.Value)" '"33"'
    expect_equal "$(parameter FileAssetsBucketKmsKeyId)" AWS_MANAGED_KEY
    deploy --all
    expect_status 0
    expect_stack A CREATE_COMPLETE
}

test_what_it_makes() {
    local bucket=cdk-hnb659fds-assets-123456789012-us-east-1
    not_bootstrapped
    bootstrap --yes $here
    expect_status 0
    expect_equal "$(aws s3api get-bucket-encryption --bucket $bucket --query 'ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm')" '"aws:kms"'
    # What the local AWS does not keep.
    expect_equal "$(look stacks 'j["CDKToolkit"]["template"]["Resources"]["StagingBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"][0]["Condition"]')" '{"Bool": {"aws:SecureTransport": "false"}}'
    look stacks 'j["CDKToolkit"]["template"]["Resources"]["StagingBucket"]["Properties"]' >bucket.json
    expect_equal "$(json bucket.json 'all(j["PublicAccessBlockConfiguration"]["Fn::If"][1].values())')" true
    expect_equal "$(json bucket.json 'j["VersioningConfiguration"]["Status"]')" '"Enabled"'
    expect_equal "$(json bucket.json 'j["LifecycleConfiguration"]["Rules"][0]["NoncurrentVersionExpiration"]')" '{"NoncurrentDays": 30}'
    expect_equal "$(aws ecr describe-repositories --query 'repositories[0].repositoryName')" '"cdk-hnb659fds-container-assets-123456789012-us-east-1"'
    for role in deploy cfn-exec file-publishing image-publishing lookup; do
        aws iam get-role --role-name cdk-hnb659fds-$role-role-123456789012-us-east-1 >/dev/null || fail "there is no role $role"
    done
}

test_again_there_is_nothing_to_do() {
    not_bootstrapped
    bootstrap --yes $here
    bootstrap $here
    expect_status 0
    expect_err_has 'no changes'
    expect_equal "$(calls_of CreateChangeSet)" 1
}

test_without_operands_it_takes_the_environments_of_the_app() {
    not_bootstrapped
    bootstrap --yes
    expect_status 0
    expect_stack CDKToolkit CREATE_COMPLETE
    not_bootstrapped
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" }, "region": "eu-west-1" },
        "C": { "resources": { "T": "AWS::SNS::Topic" }, "region": "eu-west-1" } }'
    bootstrap --yes --app app
    expect_status 0
    expect_equal "$(calls_of ExecuteChangeSet)" 2
    expect_equal "$(look stacks "'region' and j['CDKToolkit']['status']")" CREATE_COMPLETE
    aws s3api head-bucket --bucket cdk-hnb659fds-assets-123456789012-eu-west-1 >/dev/null || fail 'the second region has no bucket'
}

test_qualifier() {
    not_bootstrapped
    bootstrap --yes --qualifier mine --toolkit-stack-name Mine $here
    expect_status 0
    expect_equal "$(parameter Qualifier Mine)" mine
    expect_equal "$(aws ssm get-parameter --name /cdk-bootstrap/mine/version --query Parameter.Value)" '"33"'
    bootstrap --yes -c @aws-cdk/core:bootstrapQualifier=other --toolkit-stack-name Other $here
    expect_equal "$(parameter Qualifier Other)" other
    echo '{ "context": { "@aws-cdk/core:bootstrapQualifier": "third" } }' >cdk.json
    bootstrap --yes --toolkit-stack-name Third $here
    expect_equal "$(parameter Qualifier Third)" third
    bootstrap --yes --toolkit-stack-name Third --qualifier fourth $here
    expect_failure "the bootstrap has the qualifier 'third', not 'fourth'"
    expect_err_has '--toolkit-stack-name makes another bootstrap beside it'
    # Whoever bootstraps again need not say it again.
    echo '{ "toolkitStackName": "Third" }' >cdk.json
    bootstrap --yes $here
    expect_status 0
    expect_err_has 'no changes'
}

test_trust() {
    not_bootstrapped
    bootstrap --yes --trust 111111111111 $here
    expect_failure 'who trusts other accounts has to say what they may deploy: --cloudformation-execution-policies'
    expect_stack CDKToolkit none
    bootstrap --yes --trust 111111111111,222222222222 --trust-for-lookup 333333333333 \
        --cloudformation-execution-policies arn:aws:iam::aws:policy/PowerUserAccess $here
    expect_status 0
    expect_err_has 'accounts that may deploy: 111111111111,222222222222'
    expect_equal "$(parameter TrustedAccounts)" 111111111111,222222222222
    expect_equal "$(parameter CloudFormationExecutionPolicies)" arn:aws:iam::aws:policy/PowerUserAccess
    # What is not said again stays.
    bootstrap --yes --untrust 111111111111 $here
    expect_status 0
    expect_stack CDKToolkit UPDATE_COMPLETE
    expect_equal "$(parameter TrustedAccounts)" 222222222222
    expect_equal "$(parameter TrustedAccountsForLookup)" 333333333333
    expect_equal "$(parameter CloudFormationExecutionPolicies)" arn:aws:iam::aws:policy/PowerUserAccess
}

test_termination_protection_stays() {
    not_bootstrapped
    bootstrap --yes --termination-protection $here
    expect_equal "$(look stacks 'j["CDKToolkit"]["protected"]')" true
    bootstrap --yes --tags team=web $here
    expect_status 0
    expect_equal "$(look stacks 'j["CDKToolkit"]["protected"]')" true
    expect_equal "$(look stacks 'j["CDKToolkit"]["tags"]')" '{"team": "web"}'
    bootstrap --yes --no-termination-protection $here
    expect_equal "$(look stacks 'j["CDKToolkit"]["protected"]')" false
    expect_equal "$(look stacks 'j["CDKToolkit"]["tags"]')" '{"team": "web"}'
}

stands() { # VERSION [VARIANT]
    not_bootstrapped
    control stack "$(printf '{ "name": "CDKToolkit", "status": "CREATE_COMPLETE", "template": { "Parameters": { "BootstrapVariant": { "Type": "String", "Default": "%s" } },
        "Resources": { "T": { "Type": "AWS::SNS::Topic" } }, "Outputs": { "BootstrapVersion": { "Value": "%s" } } } }' "${2:-AWS CDK: Default Resources}" "$1")"
}

test_an_older_version_is_brought_forward() {
    stands 21
    bootstrap --yes $here
    expect_status 0
    expect_err_has 'account 123456789012 in us-east-1: bootstrap version 21 becomes 33'
    expect_stack CDKToolkit UPDATE_COMPLETE
    expect_equal "$(look stacks 'j["CDKToolkit"]["outputs"]["BootstrapVersion"]')" 33
}

test_a_newer_version_is_left_alone() {
    stands 40
    bootstrap $here
    expect_status 0
    expect_err_has "the bootstrap is version 40, newer than this program's 33: left as it is"
    bootstrap --yes --trust 111111111111 --cloudformation-execution-policies arn:aws:iam::aws:policy/PowerUserAccess $here
    expect_failure 'the bootstrap is version 40, which only the tool that made it can change'
    expect_equal "$(calls_of CreateChangeSet)" 0
    expect_stack CDKToolkit CREATE_COMPLETE
    bootstrap --yes --force $here
    expect_status 0
    expect_equal "$(look stacks 'j["CDKToolkit"]["outputs"]["BootstrapVersion"]')" 33
}

test_another_variant_is_left_alone() {
    stands 10 'Ours: with a proxy'
    bootstrap --yes $here
    expect_failure "the bootstrap is of another variant, 'Ours: with a proxy'; --force overwrites it"
    expect_equal "$(calls_of CreateChangeSet)" 0
}

test_it_asks() {
    not_bootstrapped
    bootstrap $here
    expect_failure 'there is no terminal to ask whether to do that; --yes does not ask'
    expect_stack CDKToolkit none
    with_terminal n "$DEMO" bootstrap $here
    expect_status 1
    expect_out_has 'Bootstrap 1 environment?'
    expect_stack CDKToolkit none
    with_terminal y "$DEMO" bootstrap $here
    expect_status 0
    expect_stack CDKToolkit CREATE_COMPLETE
}

test_failures() {
    not_bootstrapped
    bootstrap --yes aws://999999999999/us-east-1
    expect_failure 'the credentials are for account 123456789012, but the stacks go to 999999999999'
    control settings '{ "failures": [{ "resource": "LookupRole", "reason": "no more roles" }] }'
    bootstrap --yes $here
    expect_failure 'LookupRole (AWS::IAM::Role): no more roles'
    expect_stack CDKToolkit ROLLBACK_COMPLETE
    # The bucket is retained: the next bootstrap cannot make another of the same name.
    aws s3api delete-bucket --bucket cdk-hnb659fds-assets-123456789012-us-east-1 2>/dev/null
    bootstrap --yes $here
    expect_status 0
    expect_stack CDKToolkit CREATE_COMPLETE
    control faults '[{ "fault": "expired", "times": 9 }]'
    bootstrap --yes $here
    expect_failure 'the credentials have expired: sign in again'
}

test_no_network() {
    export AWS_ENDPOINT_URL=http://localhost:1
    printf '#!/bin/sh\necho "Could not connect to the endpoint URL: \\"http://localhost:1/\\"" >&2\nexit 255\n' >"$work/bin/aws"
    bootstrap --yes $here
    expect_failure 'Could not connect to the endpoint URL'
    expect_err_has 'the network is down, or there is no region of that name'
}

test_wrong_use() {
    for words in nonsense aws:// aws://12/us-east-1 aws://123456789012 aws://123456789012/ aws://123456789012/a/b; do
        bootstrap --yes $words
        expect_status 2
        expect_err_has "'$words' is not of the form aws://ACCOUNT/REGION"
    done
    bootstrap --yes --trust 12 $here
    expect_status 2
    expect_err_has "'--trust 12' is not an account of 12 digits"
    bootstrap --yes --trust 111111111111 --untrust 111111111111 $here
    expect_status 2
    expect_err_has 'account 111111111111 cannot be both trusted and untrusted'
    bootstrap --yes --qualifier 'not this' $here
    expect_status 2
    bootstrap --yes --bootstrap-kms-key-id k --bootstrap-customer-key $here
    expect_status 2
    bootstrap --yes --tags x $here
    expect_status 2
    expect_equal "$(look calls 'len(j)')" 0
}

test_the_template_is_that_of_the_cdk() {
    bootstrap --show-template
    expect_status 0
    expect_no_err
    cp "$work/out" ours.yaml
    bootstrap --show-template --json
    json "$work/out" 'len(j["Resources"])' >/dev/null || fail 'that is no JSON'
    expect_equal "$(look calls 'len(j)')" 0
    . "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
    run "$python" "$deploy_tests/bootstrap_template.py" ours.yaml "$cdk_packages/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml"
    expect_status 0
}

run_tests "$@"
