// SPDX-License-Identifier: MIT
// Properties against the schema. What is found is what cfn-lint 1.51 finds; test_properties_like_cfn_lint.sh
// compares with cfn-lint itself.
#include "util/array.h"
#include "validate/findings.h"
#include "validate/properties/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEMPLATE(type, properties)                                                                           \
    "Parameters: {P: {Type: String}, L: {Type: CommaDelimitedList}}\n"                                       \
    "Conditions: {C: !Equals [!Ref P, a]}\n"                                                                 \
    "Resources: {A: {Type: " type ", Properties: " properties "}}\n"

#define IF(number, value) "!If [C" #number ", " value ", !Ref 'AWS::NoValue']"
#define CONDITION(number, value) "  C" #number ": !Equals [!Ref P, " value "]\n"
#define INDEPENDENT(number) "  C" #number ": !Equals [!Ref P" #number ", a]\n"

// Six conditions in one object, of which any combination is possible, or one at most.
#define MANY(conditions, parameters, more)                                                                   \
    "Parameters: {P: {Type: String}" parameters "}\n"                                                        \
    "Conditions:\n" conditions "Resources:\n"                                                                \
    "  A:\n"                                                                                                 \
    "    Type: AWS::EC2::Subnet\n"                                                                           \
    "    Properties:\n"                                                                                      \
    "      VpcId: vpc-12345678\n"                                                                            \
    "      MapPublicIpOnLaunch: " IF(0,                                                                      \
        "true") "\n"                                                                                         \
                "      AssignIpv6AddressOnCreation: " IF(1,                                                  \
                    "false") "\n"                                                                            \
                             "      EnableDns64: " IF(2, "true") "\n"                                        \
                                                                 "      OutpostArn: " IF(3, "a") "\n" more

#define ALL_INDEPENDENT                                                                                      \
    INDEPENDENT(0) INDEPENDENT(1) INDEPENDENT(2) INDEPENDENT(3) INDEPENDENT(4) INDEPENDENT(5)
#define SIX_PARAMETERS                                                                                       \
    ", P0: {Type: String}, P1: {Type: String}, P2: {Type: String}, P3: {Type: String}, P4: {Type: String}, P5: {Type: String}"
#define ALL_EXCLUSIVE                                                                                        \
    CONDITION(0, "a")                                                                                        \
    CONDITION(1, "b") CONDITION(2, "c") CONDITION(3, "d") CONDITION(4, "e") CONDITION(5, "f")

static const struct finding_case cases[] = {
    { // many conditions, one of which leaves nothing where something is required
        MANY(ALL_INDEPENDENT, SIX_PARAMETERS, "      CidrBlock: " IF(4, "10.0.0.0/24") "\n"),
        "E3058 /Resources/A/Properties" },
    { // many conditions, of which none decides
        MANY(ALL_INDEPENDENT, SIX_PARAMETERS, "      CidrBlock: !If [C4, 10.0.0.0/24, 10.0.1.0/24]\n"), "" },
    { // two that exclude each other, under two conditions that can hold together
        MANY(ALL_INDEPENDENT, SIX_PARAMETERS,
            "      CidrBlock: 10.0.0.0/24\n      AvailabilityZone: " IF(
                4, "a") "\n      AvailabilityZoneId: " IF(5, "b") "\n"),
        "E3020 /Resources/A/Properties/AvailabilityZone\nE3020 /Resources/A/Properties/AvailabilityZoneId" },
    { // the same under conditions that exclude each other
        MANY(ALL_EXCLUSIVE, "",
            "      CidrBlock: 10.0.0.0/24\n      AvailabilityZone: " IF(
                4, "a") "\n      AvailabilityZoneId: " IF(5, "b") "\n"),
        "" },
    { // a bound
        TEMPLATE("AWS::SQS::Queue", "{DelaySeconds: 1000}"), "E3034 /Resources/A/Properties/DelaySeconds" },
    { // a number as text
        TEMPLATE("AWS::SQS::Queue", "{DelaySeconds: '900', VisibilityTimeout: '43201'}"),
        "E3034 /Resources/A/Properties/VisibilityTimeout" },
    { // an unknown property
        TEMPLATE("AWS::SQS::Queue", "{QueueNam: a}"), "E3002 /Resources/A/Properties/QueueNam" },
    { // another type
        TEMPLATE("AWS::SQS::Queue", "{FifoQueue: maybe}"), "E3012 /Resources/A/Properties/FifoQueue" },
    { // a boolean as text
        TEMPLATE("AWS::SQS::Queue", "{FifoQueue: 'True', QueueName: a.fifo}"), "" },
    { // a missing property
        TEMPLATE("AWS::Lambda::Function", "{Code: {ZipFile: a}}"),
        "E3003 /Resources/A/Properties\nE3678 /Resources/A/Properties" },
    { // what excludes each other
        TEMPLATE("AWS::EC2::Subnet",
            "{VpcId: vpc-12345678, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ''], AvailabilityZoneId: b}"),
        "E3020 /Resources/A/Properties/AvailabilityZone\nE3020 /Resources/A/Properties/AvailabilityZoneId" },
    { // what needs another
        TEMPLATE("AWS::EC2::Subnet", "{VpcId: vpc-12345678, Ipv4IpamPoolId: a}"),
        "E3021 /Resources/A/Properties" },
    { // one of several
        TEMPLATE("AWS::EC2::Subnet", "{VpcId: vpc-12345678}"), "E3058 /Resources/A/Properties" },
    { // exactly one of several
        TEMPLATE(
            "AWS::EC2::SecurityGroup", "{GroupDescription: a, SecurityGroupIngress: [{IpProtocol: '-1'}]}"),
        "E3014 /Resources/A/Properties/SecurityGroupIngress/0" },
    { // an allowed value
        TEMPLATE("AWS::S3::Bucket", "{AccessControl: Publik}"),
        "E3045 /Resources/A/Properties\nE3030 /Resources/A/Properties/AccessControl" },
    { // a pattern and a format
        TEMPLATE("AWS::S3::Bucket", "{BucketName: Foo_Bar}"),
        "E1161 /Resources/A/Properties/BucketName\nE3031 /Resources/A/Properties/BucketName" },
    { // items that are the same
        TEMPLATE("AWS::S3::Bucket",
            "{CorsConfiguration: {CorsRules: [{AllowedMethods: [GET, GET], AllowedOrigins: ['*']}]}}"),
        "E3037 /Resources/A/Properties/CorsConfiguration/CorsRules/0/AllowedMethods" },
    { // a format
        TEMPLATE("AWS::EC2::Subnet", "{VpcId: vpc-1, CidrBlock: 10.0.0.1/24}"),
        "E1151 /Resources/A/Properties/VpcId\nE3002 /Resources/A/Properties/CidrBlock" },
    { // lengths
        TEMPLATE("AWS::S3::Bucket",
            "{LifecycleConfiguration: {Rules: [{Status: Enabled, Id: !Ref P, ExpirationInDays: 0}]}}"),
        "" },
    { // both branches
        TEMPLATE("AWS::SQS::Queue", "{DelaySeconds: !If [C, 1000, abc]}"),
        "E3034 /Resources/A/Properties/DelaySeconds/Fn::If/1\nE3012 /Resources/A/Properties/DelaySeconds/Fn::If/2" },
    { // a branch without a value
        TEMPLATE("AWS::Lambda::Permission",
            "{Action: a, FunctionName: b, Principal: !If [C, c, !Ref 'AWS::NoValue']}"),
        "E3003 /Resources/A/Properties\nE3031 /Resources/A/Properties/Action" },
    { // a branch that cannot be
        TEMPLATE("AWS::SNS::Subscription", "!If [C, a, b]"), "" },
    { // no properties
        TEMPLATE("AWS::SNS::Subscription", "!Ref 'AWS::NoValue'"), "E3012 /Resources/A/Properties/Ref" },
    { // a parameter
        TEMPLATE("AWS::SQS::Queue", "{DelaySeconds: !Ref P, FifoQueue: !Ref P}"), "" },
    { // a list for a string
        TEMPLATE("AWS::SQS::Queue", "{QueueName: !Ref L}"), "E1020 /Resources/A/Properties/QueueName" },
    { // a string for a list
        TEMPLATE("AWS::EC2::Instance", "{SecurityGroupIds: !Ref P}"),
        "E3673 /Resources/A/Properties\nE1020 /Resources/A/Properties/SecurityGroupIds" },
    { // tags
        TEMPLATE("AWS::SQS::Queue",
            "{Tags: [{Key: a, Value: b}, {Key: a, Value: c}, {Key: 'aws:a', Value: d}, {Value: e}]}"),
        "E3024 /Resources/A/Properties/Tags\nE3024 /Resources/A/Properties/Tags/2/Key\nE3003 /Resources/A/Properties/Tags/3\nE3024 /Resources/A/Properties/Tags/3" },
    { // a dynamic reference
        TEMPLATE("AWS::S3::Bucket", "{BucketName: '{{resolve:ssm:/a/B}}'}"), "" },
    { // alternatives
        TEMPLATE("AWS::KMS::Alias", "{AliasName: alias/a, TargetKeyId: abc}"), "" },
    { // the combinations of Fargate
        TEMPLATE("AWS::ECS::TaskDefinition",
            "{RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: 8192, NetworkMode: awsvpc}"),
        "E3047 /Resources/A/Properties" },
    { // a combination that is not known
        TEMPLATE("AWS::ECS::TaskDefinition",
            "{RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: !Ref P, NetworkMode: awsvpc}"),
        "" },
    { // HTTPS without a certificate
        TEMPLATE("AWS::ElasticLoadBalancingV2::Listener",
            "{Protocol: HTTPS, Port: 443, LoadBalancerArn: a, DefaultActions: [{Type: forward, TargetGroupArn: b}]}"),
        "E3676 /Resources/A/Properties" },
    { // a custom resource
        TEMPLATE("Custom::Thing", "{Any: thing}"), "E3003 /Resources/A/Properties" },
    { // inline code
        TEMPLATE("AWS::Lambda::Function",
            "{Code: {ZipFile: a}, Role: !ImportValue a, Handler: b, Runtime: java21}"),
        "E3677 /Resources/A/Properties/Runtime" },
    { // an environment variable
        TEMPLATE("AWS::Lambda::Function",
            "{Code: {ImageUri: a}, PackageType: Image, Role: !ImportValue a, Environment: {Variables: {AWS_REGION: a}}}"),
        "E3663 /Resources/A/Properties/Environment/Variables/AWS_REGION" },
};

static void test_what_cfn_lint_finds(void **state)
{
    (void)state;
    check_findings(cases, ARRAY_SIZE(cases), "E3,E10,E115,E116");
}

static void test_several_resources(void **state)
{
    static const struct finding_case found[] = {
        { // a queue and its dead letter queue, of which one is FIFO
            "Resources:\n"
            "  A: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt B.Arn, maxReceiveCount: 3}, FifoQueue: true, QueueName: a.fifo}}\n"
            "  B: {Type: AWS::SQS::Queue, Properties: {FifoQueue: false}}\n",
            "E3502 /Resources/A/Properties/FifoQueue" },
        { // the same, where nobody knows
            "Parameters: {P: {Type: String}}\n"
            "Resources:\n"
            "  A: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt B.Arn, maxReceiveCount: 3}, FifoQueue: true, QueueName: a.fifo}}\n"
            "  B: {Type: AWS::SQS::Queue, Properties: {FifoQueue: !Ref P}}\n",
            "" },
        { // conditions that exclude each other
            "Parameters: {P: {Type: String}}\n"
            "Conditions: {C: !Equals [!Ref P, a], D: !Not [!Condition C]}\n"
            "Resources:\n"
            "  A: {Type: AWS::Lambda::Permission, Properties: {Action: 'lambda:a', FunctionName: b, Principal: !If [C, c, !If [D, d, !Ref 'AWS::NoValue']]}}\n",
            "" },
    };

    (void)state;
    check_findings(found, ARRAY_SIZE(found), "E3");
}

static void test_regular_expressions(void **state)
{
    static const char *const pathological = "^(a+)+$";

    (void)state;
    assert_int_equal(regex_search("b+", "abc"), REGEX_MATCH);
    assert_int_equal(regex_search("^b", "abc"), REGEX_NO_MATCH);
    assert_int_equal(regex_search("^\\p{Print}+$", "a b"), REGEX_MATCH);
    assert_int_equal(regex_search("^\\p{Print}+$", "a\tb"), REGEX_NO_MATCH);
    assert_int_equal(regex_search("^[\\w-.]+$", "a-b."), REGEX_MATCH);
    assert_int_equal(regex_search("^[\\w-.]+$", "a b"), REGEX_NO_MATCH);
    assert_int_equal(regex_search("^.$", "\xc3\xa4"), REGEX_MATCH); // characters, not bytes
    assert_int_equal(regex_search("(", "a"), REGEX_UNDECIDED);
    assert_int_equal(
        regex_search(pathological, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), REGEX_UNDECIDED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_cfn_lint_finds),
        cmocka_unit_test(test_several_resources),
        cmocka_unit_test(test_regular_expressions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
