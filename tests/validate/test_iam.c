// SPDX-License-Identifier: MIT
// Policies of IAM. Forms are refused where cfn-lint 1.51 refuses them (E351, E353, W2511, W3037; cfn-lint
// gives the list of actions where this program gives the action), what else is expected is in AWS's
// documentation: the page is named beside the case.
#include "util/arena.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "validate/findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MANAGED(document)                                                                                    \
    "Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: " document "}}}\n"
#define IDENTITY(statement) MANAGED("{Version: '2012-10-17', Statement: [" statement "]}")
#define TRUST(statement)                                                                                     \
    "Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', "  \
    "Statement: [" statement "]}}}}\n"
#define BUCKET(statement)                                                                                     \
    "Resources:\n"                                                                                            \
    "  B: {Type: AWS::S3::Bucket}\n"                                                                          \
    "  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref B, PolicyDocument: {Statement: [" statement \
    "]}}}\n"
#define ON(rest) "Resources/P/Properties/PolicyDocument" rest
#define S0 "/" ON("/Statement/0")

static void test_forms_of_identity_policies(void **state)
{
    static const struct finding_case cases[] = {
        { IDENTITY("{Effect: Allow, Action: 's3:GetObject', Resource: '*', Sid: a1}"), "" },
        { MANAGED("{}"), "E3510 /" ON("") },
        { MANAGED("{Version: '2013-10-17', Foo: a, Statement: []}"),
            "E3510 /" ON("/Version") "\nE3510 /" ON("/Foo") },
        { MANAGED("{Version: '2008-10-17', Statement: []}"), "W2511 /" ON("/Version") },
        { MANAGED("{Statement: a}"), "E3510 /" ON("/Statement") },
        { IDENTITY("a"), "E3510 " S0 },
        { IDENTITY("{Action: 's3:GetObject', Resource: '*'}"), "E3510 " S0 },
        { IDENTITY("{Effect: allow, Action: 's3:GetObject', Resource: '*'}"), "E3510 " S0 "/Effect" },
        { IDENTITY("{Effect: Allow}"), "E3510 " S0 "\nE3510 " S0 },
        { IDENTITY("{Effect: Deny, Action: 's3:GetObject', NotAction: 's3:*', Resource: '*'}"),
            "E3510 " S0 "/Action\nE3510 " S0 "/NotAction" },
        { IDENTITY("{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}"),
            "E3510 " S0 "/Principal" },
        { IDENTITY("{Effect: Allow, Action: [], Resource: '*'}"), "E3510 " S0 "/Action" },
        { IDENTITY("{Effect: Allow, Action: {a: b}, Resource: '*'}"), "E3510 " S0 "/Action" },
        { IDENTITY("{Effect: Allow, Action: 's3:GetObject', Resource: [bucket, 'arn:aws:s3:::b/*']}"),
            "E3510 " S0 "/Resource/0" },
        { IDENTITY("{Effect: Allow, Action: 's3:GetObject', Resource: '*', Sid: 'a b'}"),
            "E3510 " S0 "/Sid" },
        { IDENTITY("{Effect: Allow, Action: 's3:GetObject', Resource: '*', Sid: a}, "
                   "{Effect: Allow, Action: 's3:PutObject', Resource: '*', Sid: a}"),
            "E3510 /" ON("/Statement") },
        { MANAGED("'{\"Statement\": [{\"Effect\": \"allow\"}]}'"),
            "E3510 " S0 "\nE3510 " S0 "\nE3510 " S0 "/Effect" },
        // cfn-lint does not read them.
        { MANAGED("'no JSON'"), "" },
        // Which of the two is there is known only at deployment.
        { "Conditions: {C: !Equals [!Ref 'AWS::Region', a]}\n" IDENTITY(
              "!If [C, {Effect: Allow, Action: 's3:GetObject', Resource: '*', Sid: a}, "
              "{Effect: Allow, Action: 's3:PutObject', Resource: '*', Sid: a}]"),
            "" },
        { "Conditions: {C: !Equals [!Ref 'AWS::Region', a]}\n" IDENTITY(
              "!If [C, {Effect: allow, Action: 's3:GetObject', Resource: '*'}, !Ref 'AWS::NoValue']"),
            "E3510 " S0 "/Fn::If/1/Effect" },
        { "Parameters: {E: {Type: String, Default: allow}}\n" IDENTITY(
              "{Effect: !Ref E, Action: !Ref E, Resource: !Ref E, Condition: !Ref E}"),
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E35,W2511");
}

static void test_forms_of_other_policies(void **state)
{
    static const struct finding_case cases[] = {
        { TRUST("{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}"),
            "" },
        { TRUST("{Effect: Allow, Principal: '*', Action: 'sts:AssumeRole', Resource: '*'}"),
            "E3530 /Resources/R/Properties/AssumeRolePolicyDocument/Statement/0/Resource" },
        { TRUST("{Effect: Allow, Action: 'sts:AssumeRole'}"),
            "E3530 /Resources/R/Properties/AssumeRolePolicyDocument/Statement/0" },
        { TRUST("{Effect: Allow, Principal: everybody, Action: 'sts:AssumeRole'}"),
            "E3530 /Resources/R/Properties/AssumeRolePolicyDocument/Statement/0/Principal" },
        { TRUST("{Effect: Allow, Principal: {AWS: [a, '123456789012', 'arn:aws:iam::123456789012:root']}, "
                "Action: 'sts:AssumeRole'}"),
            "E3530 /Resources/R/Properties/AssumeRolePolicyDocument/Statement/0/Principal/AWS/0" },
        // IAM User Guide, "Grammar of the IAM JSON policy language": principal_map.
        { TRUST("{Effect: Allow, Principal: {Services: a.amazonaws.com}, Action: 'sts:AssumeRole'}"),
            "E3530 /Resources/R/Properties/AssumeRolePolicyDocument/Statement/0/Principal/Services" },
        { BUCKET("{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}"),
            "E3514 " S0 "/Resource" },
        { BUCKET("{Effect: Allow, Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*'}"), "E3512 " S0 },
        { BUCKET("{Effect: Deny, Principal: '*', NotPrincipal: '*', Action: 's3:GetObject', Resource: !Sub "
                 "'${B.Arn}/*'}"),
            "E3512 " S0 "/Principal\nE3512 " S0 "/NotPrincipal" },
        { BUCKET("{Sid: a, Effect: Deny, Principal: '*', Action: 's3:*', Resource: !GetAtt B.Arn}, "
                 "{Sid: a, Effect: Deny, Principal: '*', Action: 's3:*', Resource: !GetAtt B.Arn}"),
            "" },
        { "Resources: {T: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [a], PolicyDocument: {Statement: ["
          "{Sid: a, Effect: Allow, Principal: '*', Action: 'sns:Publish', Resource: '*'}, "
          "{Sid: a, Effect: Allow, Principal: '*', Action: 'sns:Publish', Resource: a}]}}}}\n",
            "E3512 /Resources/T/Properties/PolicyDocument/Statement\n"
            "E3514 /Resources/T/Properties/PolicyDocument/Statement/1/Resource" },
        { "Resources: {R: {Type: AWS::ECR::Repository, Properties: {RepositoryPolicyText: {Statement: ["
          "{Effect: Allow, Principal: '*', Action: 'ecr:BatchGetImage'}, {Effect: Allow, Action: 'ecr:BatchGetImage'}"
          "]}}}}\n",
            "E3513 /Resources/R/Properties/RepositoryPolicyText/Statement/1" },
        // Amazon Elastic File System User Guide, "Resource-based policy examples": no Resource.
        { "Resources: {F: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: ["
          "{Effect: Allow, Principal: {AWS: '*'}, Action: 'elasticfilesystem:ClientMount', "
          "Condition: {Bool: {'elasticfilesystem:AccessedViaMountTarget': 'true'}}}]}}}}\n",
            "" },
        // The protection of data in logs has statements of another kind (CloudWatch Logs User Guide).
        { "Resources: {L: {Type: AWS::Logs::LogGroup, Properties: {DataProtectionPolicy: {Name: a, Version: "
          "'2021-06-01', Statement: [{Sid: a, DataIdentifier: [], Operation: {Audit: {}}}]}}}}\n",
            "" },
        { "Resources: {C: {Type: Custom::Thing, Properties: {ServiceToken: a, PolicyDocument: {Statement: [{Effect: "
          "Allow, Foo: a}]}}}}\n",
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E35");
}

#define CONDITION(condition)                                                                                 \
    IDENTITY("{Effect: Allow, Action: 's3:ListBucket', Resource: '*', Condition: " condition "}")

static void test_conditions(void **state)
{
    static const struct finding_case cases[] = {
        { CONDITION(
              "{StringLike: {'s3:prefix': [a/*, '']}, 'ForAnyValue:StringEqualsIfExists': "
              "{'aws:PrincipalTag/team': a}, Bool: {'aws:SecureTransport': true}, 'Null': {'s3:prefix': 'true'}, "
              "NumericLessThan: {'s3:max-keys': 10}, IpAddress: {'aws:SourceIp': 10.0.0.0/8}}"),
            "" },
        { CONDITION("{StringEqual: {'s3:prefix': a}}"), "E3510 " S0 "/Condition/StringEqual" },
        { CONDITION("{StringEquals: a}"), "E3510 " S0 "/Condition/StringEquals" },
        { CONDITION("[]"), "E3510 " S0 "/Condition" },
        { CONDITION("{StringEquals: {'s3:prefix': {a: b}}}"),
            "E3510 " S0 "/Condition/StringEquals/s3:prefix" },
        { CONDITION("{'Null': {'s3:prefix': 1}}"), "E3510 " S0 "/Condition/Null/s3:prefix" },
        // Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
        { CONDITION("{StringEquals: {'s3:prefx': a}}"), "T3511 " S0 "/Condition/StringEquals/s3:prefx" },
        { CONDITION("{StringEquals: {'aws:SourceIpp': a}}"),
            "T3511 " S0 "/Condition/StringEquals/aws:SourceIpp" },
        { CONDITION("{StringEquals: {'s3:x-amz-acl': a}}"),
            "T3512 " S0 "/Condition/StringEquals/s3:x-amz-acl" },
        { CONDITION("{StringEquals: {'S3:Prefix': a}}"), "" },
        { IDENTITY("{Effect: Allow, Action: ['s3:ListBucket', 's3:GetObject'], Resource: '*', Condition: "
                   "{StringEquals: {'s3:prefix': a}}}"),
            "T3513 " S0 "/Condition/StringEquals/s3:prefix" },
        { IDENTITY("{Effect: Allow, Action: ['s3:*', 's3:List*'], Resource: '*', Condition: "
                   "{StringEquals: {'s3:prefix': a}}}"),
            "" },
        { IDENTITY("{Effect: Allow, Action: [!Sub 's3:GetObject', 's3:GetObject'], Resource: '*', Condition: "
                   "{StringEquals: {'s3:prefix': a}}}"),
            "" },
        { IDENTITY("{Effect: Allow, Action: ['s3:GetObject'], Resource: '*', Condition: "
                   "{StringEquals: {'s3:ExistingObjectTag/team': a}}}"),
            "" },
        // IAM User Guide, "Create a role for OpenID Connect federation".
        { TRUST(
              "{Effect: Allow, Principal: {Federated: !Sub 'arn:aws:iam::${AWS::AccountId}:oidc-provider/a'}, Action: "
              "'sts:AssumeRoleWithWebIdentity', Condition: {StringEquals: {'token.actions.githubusercontent.com:aud': "
              "sts.amazonaws.com, 'oidc.eks.eu-west-1.amazonaws.com/id/A1:sub': a}}}"),
            "" },
        { TRUST("{Effect: Allow, Principal: {Federated: a}, Action: 'sts:AssumeRoleWithSAML', Condition: "
                "{StringEquals: {'SAML:aud': 'https://signin.aws.amazon.com/saml'}}}"),
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E35,T3511,T3512,T3513");
}

static void test_actions(void **state)
{
    static const struct finding_case cases[] = {
        { IDENTITY(
              "{Effect: Allow, Action: ['*', 's3:getobject', 'S3:Get*', 's3:Get?bject'], Resource: '*'}"),
            "" },
        { IDENTITY("{Effect: Allow, Action: 's3:GetObjec', Resource: '*'}"), "W3037 " S0 "/Action" },
        { IDENTITY("{Effect: Allow, Action: ['s3:GetObject', 'ss3:GetObject'], Resource: '*'}"),
            "W3037 " S0 "/Action/1" },
        { IDENTITY("{Effect: Allow, Action: ['s3:Foo*', foo], Resource: '*'}"),
            "W3037 " S0 "/Action/0\nW3037 " S0 "/Action/1" },
        { IDENTITY("{Effect: Deny, NotAction: 's*:GetObject', Resource: '*'}"), "W3037 " S0 "/NotAction" },
        { BUCKET("{Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt B.Arn}"),
            "W3037 " S0 "/Action" },
        { "Parameters: {A: {Type: String}}\n" IDENTITY("{Effect: Allow, Action: !Ref A, Resource: '*'}"),
            "" },
        { "Resources: {Q: {Type: AWS::SecretsManager::ResourcePolicy, Properties: {SecretId: a, ResourcePolicy: "
          "{Statement: [{Effect: Allow, Principal: '*', Action: 'secretsmanager:GetSecret', Resource: '*'}]}}}}\n",
            "W3037 /Resources/Q/Properties/ResourcePolicy/Statement/0/Action" },
        { "Resources: {Q: {Type: AWS::DynamoDB::Table, Properties: {ResourcePolicy: {PolicyDocument: "
          "{Statement: [{Effect: Allow, Principal: '*', Action: 'dynamodb:GetIten', Resource: '*'}]}}}}}\n",
            "W3037 /Resources/Q/Properties/ResourcePolicy/PolicyDocument/Statement/0/Action" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "W3037");
}

#define ALLOW(action, resource) IDENTITY("{Effect: Allow, Action: " action ", Resource: " resource "}")
#define WITH_RESOURCES(document)                                                                                      \
    "Resources:\n"                                                                                                    \
    "  B: {Type: AWS::S3::Bucket}\n"                                                                                  \
    "  Q: {Type: AWS::SQS::Queue}\n"                                                                                  \
    "  T: {Type: AWS::SNS::Topic}\n"                                                                                  \
    "  L: {Type: AWS::Logs::LogGroup}\n"                                                                              \
    "  P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [" document \
    "]}}}\n"
#define ALLOW_ON(action, resource)                                                                           \
    WITH_RESOURCES("{Effect: Allow, Action: " action ", Resource: " resource "}")

// Service Authorization Reference: the resource types of each action.
static void test_resources_of_actions(void **state)
{
    static const struct finding_case cases[] = {
        { ALLOW("'s3:GetObject'", "'arn:aws:s3:::bucket'"), "T3510 " S0 "/Action" },
        { ALLOW("'s3:ListBucket'", "'arn:aws:s3:::bucket/*'"), "T3510 " S0 "/Action" },
        { ALLOW("['s3:ListBucket', 's3:GetObject']", "'arn:aws:s3:::bucket'"), "T3510 " S0 "/Action/1" },
        { ALLOW("['s3:ListBucket', 's3:GetObject']", "['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*']"),
            "" },
        { ALLOW("'s3:GetObject'", "'arn:aws:s3:::bucket*'"), "" },
        { ALLOW("'s3:GetObject'", "'arn:aws:s3:::bucket/${aws:username}/*'"), "" },
        { ALLOW("'s3:Get*'", "'arn:aws:s3:::bucket'"), "" },
        { ALLOW("'sqs:SendMessage'", "'arn:aws:sns:eu-west-1:123456789012:topic'"), "T3510 " S0 "/Action" },
        { ALLOW("'sqs:SendMessage'", "'arn:*:sqs:*:*:*'"), "" },
        { ALLOW("'s3:ListAllMyBuckets'", "'arn:aws:s3:::bucket'"), "I3510 " S0 "/Action" },
        { ALLOW("'s3:ListAllMyBuckets'", "'*'"), "" },
        { IDENTITY("{Effect: Deny, Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket'}"),
            "I3510 " S0 "/Action" },
        { ALLOW_ON("'s3:GetObject'", "!GetAtt B.Arn"), "T3510 " S0 "/Action" },
        { ALLOW_ON("'s3:GetObject'", "!Sub '${B.Arn}/*'"), "" },
        { ALLOW_ON("'s3:GetObject'", "!Join ['', [!GetAtt B.Arn, '/*']]"), "" },
        { ALLOW_ON("'s3:GetObject'", "!Sub 'arn:${AWS::Partition}:s3:::${B}'"), "T3510 " S0 "/Action" },
        { ALLOW_ON("'s3:GetObject'", "!Sub 'arn:${AWS::Partition}:s3:::${B}/*'"), "" },
        { ALLOW_ON("'s3:ListBucket'", "!Sub ['${Arn}/*', {Arn: !GetAtt B.Arn}]"), "T3510 " S0 "/Action" },
        { ALLOW_ON("'sqs:SendMessage'", "!Ref T"), "T3510 " S0 "/Action" },
        { ALLOW_ON("'sns:Publish'", "!Ref T"), "" },
        { ALLOW_ON("'sqs:SendMessage'", "[!GetAtt Q.Arn, !Ref T]"), "" },
        { ALLOW_ON("['logs:CreateLogStream', 'logs:PutLogEvents']", "!GetAtt L.Arn"), "" },
        { ALLOW_ON("'sqs:SendMessage'", "!ImportValue queue"), "" },
        { "Parameters: {R: {Type: String, Default: 'arn:aws:s3:::bucket'}}\n" ALLOW(
              "'s3:GetObject'", "!Ref R"),
            "" },
        { ALLOW("'s3:GetObject'", "'{{resolve:ssm:bucket}}'"), "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T3510,I3510");
}

static void test_least_privilege(void **state)
{
    static const struct finding_case cases[] = {
        { ALLOW("'*'", "'*'"), "T3520 " S0 "/Action" },
        { IDENTITY("{Effect: Deny, Action: '*', Resource: '*'}"), "" },
        { IDENTITY(
              "{Effect: Allow, Action: '*', Resource: '*', Condition: {Bool: {'aws:MultiFactorAuthPresent': "
              "'true'}}}"),
            "" },
        { ALLOW("['iam:PassRole', 'iam:Pass*', 'iam:*', 'iam:GetRole']", "'*'"),
            "T3521 " S0 "/Action/0\nT3521 " S0 "/Action/1\nT3521 " S0 "/Action/2" },
        { ALLOW("'iam:PassRole'", "'arn:aws:iam::123456789012:role/a'"), "" },
        { ALLOW("'s3:*'", "'*'"), "T3522 " S0 "/Action" },
        { ALLOW("'s3:*'", "'arn:aws:s3:::a*'"), "" },
        { IDENTITY("{Effect: Allow, NotAction: 'iam:*', Resource: '*'}"), "T3523 " S0 "/NotAction" },
        { BUCKET(
              "{Effect: Allow, NotPrincipal: {AWS: '123456789012'}, Action: 's3:*', Resource: !GetAtt B.Arn}"),
            "T3523 " S0 "/NotPrincipal" },
        { BUCKET(
              "{Effect: Deny, NotPrincipal: {AWS: '123456789012'}, Action: 's3:*', Resource: !GetAtt B.Arn}"),
            "" },
        { "Resources: {K: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "
          "!Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}}}}\n",
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T352");
}

// IAM User Guide, "IAM policy elements: Variables and tags": "The Version element must be set to 2012-10-17".
static void test_variables(void **state)
{
    static const struct finding_case cases[] = {
        { ALLOW("'s3:GetObject'", "'arn:aws:s3:::b/${aws:username}/*'"), "" },
        { MANAGED(
              "{Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:username}/*'}]}"),
            "T3516 " S0 "/Resource" },
        { MANAGED("{Version: '2008-10-17', Statement: [{Effect: Allow, Action: 's3:ListBucket', Resource: "
                  "'*', Condition: {StringLike: {'s3:prefix': ['a', '${aws:username}/*']}}}]}"),
            "T3516 " S0 "/Condition/StringLike/s3:prefix/1" },
        { MANAGED(
              "{Version: !Ref 'AWS::Region', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: "
              "'arn:aws:s3:::b/${aws:username}/*'}]}"),
            "" },
        { MANAGED(
              "{Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:${AWS::Partition}:s3:::b/*'}]}"),
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T3516");
}

static void test_roles(void **state)
{
    static const struct finding_case cases[] = {
        { "Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: role}}}\n",
            "E3511 /Resources/T/Properties/ExecutionRoleArn" },
        { "Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: 'arn:aws:iam::12345:role/a'}}}\n",
            "E3511 /Resources/T/Properties/ExecutionRoleArn" },
        { "Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: 'arn:aws:iam::123456789012:role/a/b'}}}\n",
            "" },
        { "Resources: {T: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !ImportValue a}}}\n",
            "" },
        { "Resources: {B: {Type: AWS::S3::Bucket, Properties: {ReplicationConfiguration: {Role: a}}}}\n",
            "E3511 /Resources/B/Properties/ReplicationConfiguration/Role" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E3511");
}

// The template with so many characters in the place of each "FILL".
static const char *fill(struct arena *arena, const char *template, char c, size_t count)
{
    static const char place[] = "FILL";
    STRBUF_AUTO text = STRBUF_INIT;
    const char *at;

    for (; (at = strstr(template, place)); template = at + strlen(place)) {
        strbuf_add(&text, template, (size_t)(at - template));
        strbuf_add_repeated(&text, c, count);
    }
    strbuf_add_string(&text, template);
    return arena_strdup(arena, text.data);
}

#define INLINE(name)                                                                                         \
    "{PolicyName: " name                                                                                     \
    ", PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::FILL'}]}}"

// IAM User Guide, "IAM and AWS STS quotas": characters other than white space.
static void test_sizes(void **state)
{
    static const struct {
        struct finding_case test;
        char c;
        size_t count;
    } sizes[] = {
        { { ALLOW("'s3:GetObject'", "'arn:aws:s3:::FILL/*'"), "T3514 /" ON("") }, 'x', 6144 },
        { { ALLOW("'s3:GetObject'", "'arn:aws:s3:::FILL/*'"), "" }, 'x', 5900 },
        { { ALLOW("'s3:GetObject'", "!Sub 'arn:aws:s3:::${AWS::Region}FILL/*'"), "T3514 /" ON("") }, 'x',
            6144 },
        { { "Resources: {U: {Type: AWS::IAM::User, Properties: {Policies: [" INLINE("a") ", " INLINE(
                "b") "]}}}\n",
              "T3514 /Resources/U/Properties/Policies" },
            'x', 1000 },
        { { "Resources: {R: {Type: AWS::IAM::Role, Properties: {Policies: [" INLINE("a") ", " INLINE(
                "b") "]}}}\n",
              "" },
            'x', 1000 },
        { { MANAGED("'{\"Statement\": [FILL]}'"), "" }, ' ', 7000 },
        { { TRUST("{Effect: Allow, Principal: {AWS: 'arn:aws:iam::123456789012:role/FILL'}, Action: "
                  "'sts:AssumeRole'}"),
              "T3515 /Resources/R/Properties/AssumeRolePolicyDocument" },
            'x', 2048 },
    };
    struct arena arena = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        struct finding_case test = { fill(&arena, sizes[i].test.template, sizes[i].c, sizes[i].count),
            sizes[i].test.findings };

        check_findings(&test, 1, "T3514,T3515");
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_of_identity_policies),
        cmocka_unit_test(test_forms_of_other_policies),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_actions),
        cmocka_unit_test(test_resources_of_actions),
        cmocka_unit_test(test_least_privilege),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_sizes),
    };

    return cmocka_run_group_tests_name("validate/iam", tests, NULL, NULL);
}
