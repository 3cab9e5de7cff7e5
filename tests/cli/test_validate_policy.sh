#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Rules of good practice: validate --policy, and "policy" in cdk.json.
. "$(dirname "$0")/lib.sh"

bucket() {
    printf 'Parameters: {P: {Type: String}}\nResources:\n  Uploads:\n    Type: AWS::S3::Bucket\n%s' "${1-}"
}

rules() { json "$work/out" "sorted(f['rule'] for f in j['findings'] if not f['rule'].startswith('W'))"; }

test_off_by_default() {
    bucket >t.yaml
    tango validate t.yaml --ignore W2001
    expect_status 0
    expect_out 'nothing found in 1 template'
    tango validate t.yaml --ignore W2001 --policy none
    expect_status 0
    tango validate t.yaml --policy aws
    expect_status 2
    expect_err_has 'aws-solutions'
}

test_text() {
    bucket >t.yaml
    tango validate t.yaml --policy aws-solutions --ignore W2001 --ignore AwsSolutions-S10
    expect_status 1
    expect_out 't.yaml:3:3: error: the bucket keeps no access logs [AwsSolutions-S1]
     3 |   Uploads:
       |   ^~~~~~~
         at /Resources/Uploads
         Set LoggingConfiguration, with another bucket that takes the logs.
1 error in 1 template'
}

test_findings_in_brackets() {
    cat >t.yaml <<'END'
Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Allow, Action: 's3:*', Resource: !Sub 'arn:${AWS::Partition}:s3:::b/*'}
END
    tango validate t.yaml --policy aws-solutions --format json --format sarif=out.sarif
    expect_status 1
    expect_equal "$(rules)" \
        '["AwsSolutions-IAM5[Action::s3:*]", "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::b/*]"]'
    expect_equal "$(json out.sarif "sorted({r['ruleId'] for r in j['runs'][0]['results']})")" '["AwsSolutions-IAM5"]'
}

# A warning, whatever the rule is, when the value is known only at deployment.
test_undecided() {
    printf 'Parameters: {P: {Type: String}}\nResources:\n  F: {Type: AWS::EFS::FileSystem, Properties: {Encrypted: !Ref P}}\n  L: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}\n' >t.yaml
    tango validate t.yaml --policy aws-solutions --format json
    expect_status 1
    expect_equal "$(json "$work/out" "sorted([f['rule'], f['severity'], f['message'].split(':')[0]] for f in j['findings'] if f['rule'][0] == 'A')")" \
        "[[\"AwsSolutions-EFS1\", \"warning\", \"undecided, since 'Encrypted' is known only at deployment\"], [\"AwsSolutions-ELB2\", \"error\", \"undecided, since 'LoadBalancerAttributes' is missing\"]]"
}

suppressed() {
    bucket "    Metadata: {cdk_nag: {rules_to_suppress: [$1]}}
" >t.yaml
    tango validate t.yaml --policy aws-solutions --format json
}

test_suppressions() {
    suppressed '{id: AwsSolutions-S1, reason: It takes logs}'
    expect_equal "$(rules)" '["AwsSolutions-S10"]'
    suppressed '{id: AwsSolutions-S1, reason: It takes logs}, {id: AwsSolutions-S10, reason: It is for tests}'
    expect_status 0
    expect_equal "$(rules)" '[]'
    suppressed '{id: AwsSolutions-S1, reason: " "}'
    expect_status 1
    expect_equal "$(rules)" '["AwsSolutions-S1", "AwsSolutions-S10", "T9001"]'
    suppressed '{id: AwsSolutions-S}'
    expect_equal "$(rules)" '["AwsSolutions-S1", "AwsSolutions-S10", "T9001"]'
    bucket 'Metadata: {cdk_nag: {rules_to_suppress: [{id: AwsSolutions-S10, reason: It is for tests}]}}
' >t.yaml
    tango validate t.yaml --policy aws-solutions --format json
    expect_equal "$(rules)" '["AwsSolutions-S1"]'
}

role() {
    cat >t.yaml <<END
Resources:
  Role:
    Type: AWS::IAM::Role
    Metadata: {cdk_nag: {rules_to_suppress: [{id: $1, reason: of the platform}]}}
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: ec2.amazonaws.com}}]}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/service-role/A']
END
    tango validate t.yaml --policy aws-solutions --format json
}

test_suppressions_of_findings() {
    local read_only='AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/ReadOnlyAccess]'
    local service='AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/service-role/A]'

    role AwsSolutions-IAM4
    expect_equal "$(rules)" '[]'
    role "'$read_only'"
    expect_equal "$(rules)" "[\"$service\"]"
    role "AwsSolutions-IAM4, applies_to: ['Policy::arn:aws:iam::aws:policy/service-role/A']"
    expect_equal "$(rules)" "[\"$read_only\"]"
    role "AwsSolutions-IAM4, applies_to: [{regex: '/^Policy::.*SERVICE-role/i'}]"
    expect_equal "$(rules)" "[\"$read_only\"]"
    role "AwsSolutions-IAM5"
    expect_equal "$(rules)" "[\"$read_only\", \"$service\"]"
}

test_suppressions_of_what_is_undecided() {
    local owner='Metadata: {cdk_nag: {rules_to_suppress: [{id: CdkNagValidationFailure, reason: of the platform%s}]}}'

    for applies in '' ', applies_to: [AwsSolutions-EFS1]'; do
        # shellcheck disable=SC2059
        printf "Parameters: {P: {Type: String}}\nResources:\n  F: {Type: AWS::EFS::FileSystem, Properties: {Encrypted: !Ref P}}\n$owner\n" "$applies" >t.yaml
        tango validate t.yaml --policy aws-solutions --format json
        expect_status 0
        expect_equal "$(rules)" '[]'
    done
}

test_explain_and_list() {
    tango validate --explain AwsSolutions-S1
    expect_status 0
    expect_out 'AwsSolutions-S1 (error): the bucket keeps no access logs

Why: Who read or wrote what cannot be told later.
Fix: Set LoggingConfiguration, with another bucket that takes the logs.
Source: AwsSolutions in RULES.md of cdk-nag'
    tango validate --list-rules
    expect_equal "$(grep -c '^AwsSolutions-' "$work/out")" 131
    tango validate --explain AwsSolution-EFS1
    expect_status 2
    expect_err_has "did you mean 'AwsSolutions-EFS1'?"
}

test_setting_of_the_project() {
    printf '{"policy": "aws-solutions"}' >cdk.json
    tango synth --quiet --no-lookups --no-bundling
    expect_status 1
    expect_err_has '[AwsSolutions-VPC7]'
    expect_no_file cdk.out
    tango synth --quiet --no-lookups --no-bundling --no-validation
    expect_status 0
    tango validate TangoNetwork
    expect_status 1
    expect_out_has '[AwsSolutions-VPC7]'
    tango validate TangoNetwork --policy none
    expect_status 0
    # Not for the templates of others.
    bucket >t.yaml
    tango validate t.yaml --ignore W2001
    expect_status 0
    printf '{"policy": "all"}' >cdk.json
    tango synth --quiet
    expect_status 1
    expect_err_has 'cdk.json: "policy" must be one of none, aws-solutions, not "all"'
}

run_tests
