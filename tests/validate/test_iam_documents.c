// SPDX-License-Identifier: MIT
// Policies of the kinds that AWS's documentation prints: nothing is wrong with them. The page is named at
// each.
#include "util/array.h"
#include "validate/findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define RULES "E351,E353,W2511,W3037,T3510,T3511,T3512,T3513,T3516"
#define MANAGED(statements)                                                                                    \
    {                                                                                                          \
        "Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: '2012-10-17', " \
        "Statement: [" statements "]}}}}\n",                                                                   \
            ""                                                                                                 \
    }
#define TRUST(statements)                                                                                    \
    {                                                                                                        \
        "Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "            \
        "'2012-10-17', Statement: [" statements "]}}}}\n",                                                   \
            ""                                                                                               \
    }
#define OF(type, property, statements)                                                                       \
    {                                                                                                        \
        "Resources: {P: {Type: " type ", Properties: {" property                                             \
        ": {Version: '2012-10-17', Statement: [" statements "]}}}}\n",                                       \
            ""                                                                                               \
    }

static void test_identity_policies(void **state)
{
    static const struct finding_case cases[] = {
        // IAM User Guide, "Examples of policy summaries".
        MANAGED(
            "{Effect: Allow, Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', "
            "'dynamodb:UpdateItem'], Resource: ['arn:aws:dynamodb:us-west-1:123456789012:table/myDynamoTable'], "
            "Condition: {'ForAllValues:StringEquals': {'dynamodb:LeadingKeys': "
            "['${cognito-identity.amazonaws.com:sub}']}}}"),
        MANAGED(
            "{Effect: Allow, Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: ['arn:aws:s3:::bucket/*'], "
            "Condition: {StringEquals: {'s3:x-amz-acl': [custom], 's3:x-amz-grant-full-control': ['1234']}}}"),
        // IAM User Guide, "AWS: Denies access to AWS based on the requested Region".
        MANAGED(
            "{Sid: DenyAllOutsideRequestedRegions, Effect: Deny, NotAction: ['cloudfront:*', 'iam:*', 'route53:*', "
            "'support:*'], Resource: '*', Condition: {StringNotEquals: {'aws:RequestedRegion': [eu-central-1]}}}"),
        // IAM User Guide, "Amazon S3: Allows IAM users access to their S3 home directory".
        MANAGED(
            "{Effect: Allow, Action: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'], Resource: '*'}, "
            "{Effect: Allow, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::bucket', Condition: {StringLike: "
            "{'s3:prefix': ['', 'home/', 'home/${aws:username}/*']}}}, {Effect: Allow, Action: 's3:*', Resource: "
            "['arn:aws:s3:::bucket/home/${aws:username}', 'arn:aws:s3:::bucket/home/${aws:username}/*']}"),
        // IAM User Guide, "Amazon EC2: Allows starting or stopping EC2 instances a user has tagged".
        MANAGED("{Effect: Allow, Action: ['ec2:StartInstances', 'ec2:StopInstances'], Resource: "
                "'arn:aws:ec2:*:*:instance/*', Condition: {StringEquals: {'aws:ResourceTag/Owner': "
                "'${aws:username}'}}}, {Effect: Allow, Action: 'ec2:DescribeInstances', Resource: '*'}"),
        // IAM User Guide, "Grant a user permissions to pass a role to an AWS service".
        MANAGED("{Effect: Allow, Action: ['iam:GetRole', 'iam:PassRole'], Resource: "
                "'arn:aws:iam::123456789012:role/EC2-roles-for-XYZ-*', Condition: {StringEquals: "
                "{'aws:PrincipalTag/team': a}}}"),
        MANAGED("{Effect: Allow, Action: 'iam:PassRole', Resource: '*', Condition: {StringEquals: "
                "{'iam:PassedToService': ec2.amazonaws.com}}}"),
        // AWS Lambda Developer Guide, "Execution role": AWSLambdaVPCAccessExecutionRole.
        MANAGED(
            "{Effect: Allow, Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', "
            "'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'], "
            "Resource: '*'}"),
        // CloudWatch Logs User Guide, "Using identity-based policies".
        MANAGED("{Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: "
                "'arn:aws:logs:us-east-1:123456789012:log-group:SampleLogGroupName:*'}"),
        // AWS Systems Manager User Guide, "Restricting access to parameters".
        MANAGED("{Effect: Allow, Action: ['ssm:GetParameter', 'ssm:GetParametersByPath'], Resource: "
                "'arn:aws:ssm:us-east-2:123456789012:parameter/prod-*'}"),
        // AWS KMS Developer Guide, "kms:ViaService".
        MANAGED("{Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', Condition: "
                "{StringEquals: {'kms:ViaService': [ec2.us-west-2.amazonaws.com]}}}"),
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), RULES);
}

static void test_trust_policies(void **state)
{
    static const struct finding_case cases[] = {
        // IAM User Guide, "Access to AWS accounts owned by third parties".
        TRUST(
            "{Effect: Allow, Principal: {AWS: '111122223333'}, Action: 'sts:AssumeRole', Condition: {StringEquals: "
            "{'sts:ExternalId': '12345'}}}"),
        // IAM User Guide, "Create a role for OpenID Connect federation": GitHub.
        TRUST(
            "{Effect: Allow, Principal: {Federated: "
            "'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'}, Action: "
            "'sts:AssumeRoleWithWebIdentity', Condition: {StringEquals: {'token.actions.githubusercontent.com:aud': "
            "sts.amazonaws.com}, StringLike: {'token.actions.githubusercontent.com:sub': 'repo:org/repo:*'}}}"),
        // Amazon Cognito Developer Guide, "Role trust and permissions".
        TRUST(
            "{Effect: Allow, Principal: {Federated: cognito-identity.amazonaws.com}, Action: "
            "'sts:AssumeRoleWithWebIdentity', Condition: {StringEquals: {'cognito-identity.amazonaws.com:aud': a}, "
            "'ForAnyValue:StringLike': {'cognito-identity.amazonaws.com:amr': unauthenticated}}}"),
        // Amazon EKS User Guide, "EKS Pod Identity".
        TRUST("{Effect: Allow, Principal: {Service: pods.eks.amazonaws.com}, Action: ['sts:AssumeRole', "
              "'sts:TagSession']}"),
        // IAM User Guide, "Cross-service confused deputy prevention".
        TRUST(
            "{Effect: Allow, Principal: {Service: scheduler.amazonaws.com}, Action: 'sts:AssumeRole', Condition: "
            "{ArnLike: {'aws:SourceArn': 'arn:aws:scheduler:*:123456789012:schedule/*'}, StringEquals: "
            "{'aws:SourceAccount': '123456789012'}}}"),
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), RULES);
}

static void test_resource_policies(void **state)
{
    static const struct finding_case cases[] = {
        // Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin".
        OF("AWS::S3::BucketPolicy", "Bucket: b, PolicyDocument",
            "{Sid: AllowCloudFront, Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: "
            "'s3:GetObject', Resource: 'arn:aws:s3:::b/*', Condition: {StringEquals: {'AWS:SourceArn': "
            "'arn:aws:cloudfront::111122223333:distribution/a'}}}, {Effect: Allow, Principal: {AWS: "
            "'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC'}, Action: 's3:GetObject', "
            "Resource: 'arn:aws:s3:::b/*'}, {Effect: Allow, Principal: {CanonicalUser: a}, Action: 's3:GetObject', "
            "Resource: 'arn:aws:s3:::b/*'}"),
        // Amazon SQS Developer Guide and Amazon S3 User Guide, "Granting permissions to publish event
        // notifications".
        OF("AWS::SQS::QueuePolicy", "Queues: [q], PolicyDocument",
            "{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: ['SQS:SendMessage'], Resource: "
            "'arn:aws:sqs:us-east-1:123456789012:q', Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:s3:*:*:b'}, "
            "StringEquals: {'aws:SourceAccount': '123456789012'}}}"),
        // AWS KMS Developer Guide, "Default key policy".
        OF("AWS::KMS::Key", "KeyPolicy",
            "{Sid: Enable IAM User Permissions, Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:root'}, "
            "Action: 'kms:*', Resource: '*'}, {Sid: Allow use of the key, Effect: Allow, Principal: {AWS: "
            "['arn:aws:iam::111122223333:role/ExampleRole']}, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', "
            "'kms:GenerateDataKey*', 'kms:DescribeKey'], Resource: '*'}, {Effect: Allow, Principal: {AWS: "
            "['arn:aws:iam::111122223333:role/ExampleRole']}, Action: ['kms:CreateGrant', 'kms:ListGrants', "
            "'kms:RevokeGrant'], Resource: '*', Condition: {Bool: {'kms:GrantIsForAWSResource': 'true'}}}"),
        // Amazon ECR User Guide, "Using Amazon ECR images with AWS Lambda".
        OF("AWS::ECR::Repository", "RepositoryPolicyText",
            "{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: ['ecr:BatchGetImage', "
            "'ecr:GetDownloadUrlForLayer'], Condition: {StringLike: {'aws:sourceARN': "
            "'arn:aws:lambda:us-east-1:123456789012:function:*'}}}"),
        // AWS PrivateLink Guide, "Default endpoint policy".
        OF("AWS::EC2::VPCEndpoint", "VpcId: a, ServiceName: b, PolicyDocument",
            "{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}"),
        // Amazon API Gateway Developer Guide, "Resource policy examples": no ARN.
        OF("AWS::ApiGateway::RestApi", "Policy",
            "{Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/stage/*', Condition: "
            "{NotIpAddress: {'aws:SourceIp': [192.0.2.0/24]}, 'Null': {'aws:SourceVpce': 'true'}}}"),
        // Amazon OpenSearch Service Developer Guide, "Identity and Access Management".
        OF("AWS::OpenSearchService::Domain", "AccessPolicies",
            "{Effect: Allow, Principal: {AWS: ['123456789012']}, Action: ['es:ESHttp*'], Resource: "
            "'arn:aws:es:us-west-1:987654321098:domain/test-domain/*'}"),
        // AWS Secrets Manager User Guide, "Resource-based policies".
        OF("AWS::SecretsManager::ResourcePolicy", "SecretId: a, ResourcePolicy",
            "{Effect: Allow, Principal: {AWS: 'arn:aws:iam::123456789012:role/EC2RoleToAccessSecrets'}, Action: "
            "'secretsmanager:GetSecretValue', Resource: '*', Condition: {'ForAnyValue:StringEquals': "
            "{'secretsmanager:VersionStage': AWSCURRENT}}}"),
        // Amazon EventBridge User Guide, "Permissions for event buses".
        OF("AWS::Events::EventBus", "Name: a, Policy",
            "{Effect: Allow, Principal: '*', Action: 'events:PutEvents', Resource: "
            "'arn:aws:events:us-east-1:123456789012:event-bus/a', Condition: {StringEquals: {'aws:PrincipalOrgID': "
            "o-1}}}"),
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), RULES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity_policies),
        cmocka_unit_test(test_trust_policies),
        cmocka_unit_test(test_resource_policies),
    };

    return cmocka_run_group_tests_name("validate/iam_documents", tests, NULL, NULL);
}
