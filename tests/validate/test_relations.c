// SPDX-License-Identifier: MIT
// Relations between resources. Those that cfn-lint has a rule for are found where cfn-lint 1.51 finds them,
// except for E3060, whose path there is none of the template.
#include "util/array.h"
#include "validate/findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define VPC(name, range) "  " name ": {Type: AWS::EC2::VPC, Properties: {CidrBlock: " range "}}\n"
#define SUBNET(name, vpc, range)                                                                             \
    "  " name ": {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref " vpc ", CidrBlock: " range "}}\n"
#define GROUP(name, vpc)                                                                                     \
    "  " name ": {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: !Ref " vpc "}}\n"

static void test_networks(void **state)
{
    static const struct finding_case cases[] = {
        { "Resources:\n" VPC("V", "10.0.0.0/16") SUBNET("A", "V", "10.1.0.0/24")
                SUBNET("B", "V", "10.0.0.0/24"),
            "E3059 /Resources/A/Properties/CidrBlock" },
        { "Resources:\n" VPC("V", "10.0.0.0/16") SUBNET("A", "V",
              "10.1.0.0/24") "  C: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref V, CidrBlock: 10.1.0.0/16}}\n",
            "" },
        { "Parameters: {P: {Type: String, Default: 10.0.0.0/16}}\nResources:\n" VPC("V", "!Ref P")
                SUBNET("A", "V", "10.1.0.0/24"),
            "" },
        { "Resources:\n" VPC("V", "10.0.0.0/16") SUBNET("A", "V", "10.0.0.0/24")
                SUBNET("B", "V", "10.0.0.128/25"),
            "E3060 /Resources/B/Properties/CidrBlock" },
        { "Resources:\n" VPC("V", "10.0.0.0/16") VPC("W", "10.0.0.0/16") SUBNET("A", "V", "10.0.0.0/24")
                SUBNET("B", "W", "10.0.0.0/24"),
            "" },
        { "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a], D: !Not [!Condition C]}\nResources:\n" VPC(
              "V",
              "10.0.0.0/16") "  A: {Type: AWS::EC2::Subnet, Condition: C, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}\n"
                             "  B: {Type: AWS::EC2::Subnet, Condition: D, Properties: {VpcId: !Ref V, CidrBlock: 10.0.0.0/24}}\n",
            "" },
        { "Resources:\n" VPC("V", "10.0.0.0/16") VPC("W", "10.0.0.0/16") SUBNET(
              "A", "V", "10.0.0.0/24") GROUP("G", "W") GROUP("H",
              "V") "  I: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-12345678, SubnetId: !Ref A, SecurityGroupIds: [!Ref H, !GetAtt G.GroupId]}}\n",
            "T3001 /Resources/I/Properties/SecurityGroupIds/1" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E3059,E3060,T3001");
}

static void test_functions(void **state)
{
    static const struct finding_case cases[] = {
        { "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs12.x, Code: {ZipFile: a}, Role: !ImportValue a, Handler: a}}}\n",
            "E2533 /Resources/F/Properties/Runtime" },
        { "Parameters: {P: {Type: String, Default: nodejs12.x}}\n"
          "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Runtime: !Ref P, Code: {ZipFile: a}, Role: !ImportValue a, Handler: a}}}\n",
            "" },
        { "Resources:\n"
          "  F: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs24.x, Code: {ZipFile: a}, Role: !ImportValue a, Handler: a, Environment: {Variables: {A: b}}}}\n"
          "  G: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs24.x, Code: {ZipFile: a}, Role: !ImportValue a, Handler: a}}\n"
          "  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}\n"
          "  W: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref G}}\n"
          "  D:\n"
          "    Type: AWS::CloudFront::Distribution\n"
          "    Properties:\n"
          "      DistributionConfig:\n"
          "        Enabled: true\n"
          "        Origins: [{Id: a, DomainName: b.example.com}]\n"
          "        DefaultCacheBehavior:\n"
          "          TargetOriginId: b\n"
          "          ViewerProtocolPolicy: allow-all\n"
          "          LambdaFunctionAssociations:\n"
          "            - {EventType: origin-request, LambdaFunctionARN: !Ref V}\n"
          "            - {EventType: origin-response, LambdaFunctionARN: !Ref W}\n"
          "            - {EventType: viewer-request, LambdaFunctionARN: !GetAtt G.Arn}\n",
            "E3057 /Resources/D/Properties/DistributionConfig/DefaultCacheBehavior/TargetOriginId\n"
            "T3003 /Resources/D/Properties/DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations/0/LambdaFunctionARN\n"
            "T3002 /Resources/D/Properties/DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations/2/LambdaFunctionARN" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E25,W25,T300,E3057");
}

#define SERVICE(mode, type)                                                                                  \
    "Resources:\n"                                                                                           \
    "  T: {Type: AWS::ECS::TaskDefinition, Properties: {NetworkMode: " mode "}}\n"                           \
    "  G: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {" type "}}\n"                        \
    "  S: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref T, LoadBalancers: [{TargetGroupArn: !Ref G, ContainerPort: 80}]}}\n"

#define POLICY(resource)                                                                                                                                           \
    "Resources:\n"                                                                                                                                                 \
    "  A: {Type: AWS::S3::Bucket}\n"                                                                                                                               \
    "  B: {Type: AWS::S3::Bucket}\n"                                                                                                                               \
    "  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref A, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: '*', Resource: " resource \
    "}]}}}\n"

static void test_others(void **state)
{
    static const struct finding_case cases[] = {
        { SERVICE("awsvpc", "Port: 80"), "T3004 /Resources/S/Properties/LoadBalancers/0/TargetGroupArn" },
        { SERVICE("awsvpc", "TargetType: ip"), "" },
        { SERVICE("bridge", "Port: 80"), "" },
        { SERVICE("awsvpc", "TargetType: !Ref 'AWS::Region'"), "" },
        { POLICY("!GetAtt B.Arn"), "T3005 /Resources/P/Properties/PolicyDocument/Statement/0/Resource" },
        { POLICY("[!GetAtt A.Arn, !Join ['', [!GetAtt B.Arn, '/*']]]"),
            "T3005 /Resources/P/Properties/PolicyDocument/Statement/0/Resource/1" },
        { POLICY("!Sub '${A.Arn}/*'"), "" },
        { POLICY("!Sub '${B.Arn}/*'"), "T3005 /Resources/P/Properties/PolicyDocument/Statement/0/Resource" },
        { POLICY("!Sub 'arn:${AWS::Partition}:s3:::${B}/*'"),
            "T3005 /Resources/P/Properties/PolicyDocument/Statement/0/Resource" },
        { "Resources: {I: {Type: AWS::EC2::Instance, Properties: {InstanceType: t3.micro}}}\n",
            "E3673 /Resources/I/Properties" },
        { "Resources: {I: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateId: lt-1, Version: '1'}}}}\n",
            "" },
        { "Resources: {G: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {HealthCheckType: 'EC2,ELB'}}}\n",
            "E3056 /Resources/G/Properties/HealthCheckType" },
        { "Resources: {G: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {HealthCheckType: 'EBS,ELB'}}}\n",
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T300,E3673,E3056");
}

#define ALARM(properties)                                                                                                                    \
    "Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, " properties \
    "}}}\n"

// Amazon SQS, Lambda and CloudWatch guides name the metrics and their dimensions.
static void test_metrics(void **state)
{
    static const struct finding_case cases[] = {
        { ALARM(
              "Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: a}]"),
            "" },
        { ALARM(
              "Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessages, Dimensions: [{Name: Queue, Value: a}]"),
            "T3012 /Resources/A/Properties/MetricName\nT3012 /Resources/A/Properties/Dimensions/0/Name" },
        { ALARM("Namespace: Own/SQS, MetricName: Anything"), "" },
        { ALARM("Namespace: AWS/Lambda, MetricName: !Ref AWS::Region"), "" },
        { ALARM(
              "Metrics: [{Id: a, MetricStat: {Period: 60, Stat: Sum, Metric: {Namespace: AWS/Lambda, MetricName: Error}}}]"),
            "T3012 /Resources/A/Properties/Metrics/0/MetricStat/Metric/MetricName" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T3012");
}

#define FUNCTION(properties)                                                                                                               \
    "  F: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs24.x, Code: {ZipFile: a}, Role: !ImportValue a, Handler: a" properties \
    "}}\n"
#define GROUP_OF(name) "  L: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: " name "}}\n"

static void test_log_groups(void **state)
{
    static const struct finding_case cases[] = {
        { "Resources:\n" FUNCTION(", FunctionName: orders") GROUP_OF("/aws/lambda/orders"), "" },
        { "Resources:\n" FUNCTION(", FunctionName: orders") GROUP_OF("/aws/lambda/order"),
            "T3013 /Resources/L/Properties/LogGroupName" },
        { "Resources:\n" FUNCTION(", FunctionName: orders") GROUP_OF("/aws/lambda/mailer"), "" },
        { "Resources:\n" FUNCTION("") GROUP_OF("/aws/lambda/order"), "" },
        { "Resources:\n" FUNCTION("") GROUP_OF("!Sub '/aws/lambda/${F}'"), "" },
        { "Resources:\n  T: {Type: AWS::SNS::Topic}\n" FUNCTION("") GROUP_OF("!Sub '/aws/lambda/${T}'"),
            "T3013 /Resources/L/Properties/LogGroupName/Fn::Sub" },
        { "Resources:\n  T: {Type: AWS::SNS::Topic}\n" FUNCTION("")
                GROUP_OF("!Join ['', [/aws/lambda/, !Ref T]]"),
            "T3013 /Resources/L/Properties/LogGroupName/Fn::Join/1/1" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T3013");
}

#define QUEUES                                                                                               \
    "Resources:\n"                                                                                           \
    "  Q: {Type: AWS::SQS::Queue}\n"                                                                         \
    "  X: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}\n"                                          \
    "  T: {Type: AWS::SNS::Topic}\n"

static void test_dead_letters(void **state)
{
    static const struct finding_case cases[] = {
        { QUEUES
            "  A: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Q.Arn, maxReceiveCount: 3}}}\n",
            "" },
        { QUEUES
            "  A: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !Ref T, maxReceiveCount: 3}}}\n",
            "T3014 /Resources/A/Properties/RedrivePolicy/deadLetterTargetArn" },
        { QUEUES FUNCTION(", DeadLetterConfig: {TargetArn: !Ref T}"), "" },
        { QUEUES FUNCTION(", DeadLetterConfig: {TargetArn: !GetAtt X.Arn}"),
            "T3014 /Resources/F/Properties/DeadLetterConfig/TargetArn" },
        { QUEUES
            "  A: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref T, DeadLetterConfig: {Arn: !Ref T}}]}}\n",
            "T3014 /Resources/A/Properties/Targets/0/DeadLetterConfig/Arn" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T3014");
}

// CloudWatch: DashboardBody is JSON; EventBridge: the values of a pattern are lists.
static void test_texts(void **state)
{
    static const struct finding_case cases[] = {
        { "Resources: {A: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: '{'}}}\n",
            "T3010 /Resources/A/Properties/DashboardBody" },
        { "Resources: {A: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: '{\"widgets\": {}}'}}}\n",
            "T3010 /Resources/A/Properties/DashboardBody" },
        { "Resources: {A: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: '{\"widgets\": []}'}}}\n",
            "" },
        { "Resources: {A: {Type: AWS::CloudWatch::Dashboard, Properties: {DashboardBody: !Sub '{${AWS::Region}'}}}\n",
            "" },
        { "Resources: {A: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a], detail: {b: c, d: []}}}}}\n",
            "T3011 /Resources/A/Properties/EventPattern/detail/b\nT3011 /Resources/A/Properties/EventPattern/detail/d" },
        { "Resources: {A: {Type: AWS::Events::Rule, Properties: {EventPattern: {$or: [{source: [a]}, {source: [b]}], detail: {b: [{prefix: c}]}}}}}\n",
            "" },
    };

    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "T301");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_networks),
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_metrics),
        cmocka_unit_test(test_log_groups),
        cmocka_unit_test(test_dead_letters),
        cmocka_unit_test(test_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
