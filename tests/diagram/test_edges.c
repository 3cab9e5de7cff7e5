// SPDX-License-Identifier: MIT
// Which edges small templates give: all of them, in the order in which they are found.
#include "data/value.h"
#include "diagram/diagram.h"
#include "template/template.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct edge_case {
    const char *name;
    const char *resources; // of a template in YAML
    const char *edges;     // "FROM -> TO: RELATION[ LABEL]" a line
};

#define R(id, type, properties) "  " id ": {Type: '" type "', Properties: {" properties "}}\n"
#define GROUP(id, more) R(id, "AWS::EC2::SecurityGroup", "GroupDescription: x" more)
#define ID(group) "'Fn::GetAtt': [" group ", GroupId]"
#define FUNCTION(id, group)                                                                                  \
    R(id, "AWS::Lambda::Function", "VpcConfig: {SecurityGroupIds: [{" ID(group) "}], SubnetIds: []}")
#define DATABASE(id, group, more)                                                                            \
    R(id, "AWS::RDS::DBCluster", "Engine: aurora-mysql, VpcSecurityGroupIds: [{" ID(group) "}]" more)
#define INGRESS(id, from, to, ports)                                                                         \
    R(id, "AWS::EC2::SecurityGroupIngress",                                                                  \
        "IpProtocol: tcp, " ports ", SourceSecurityGroupId: {" ID(from) "}, GroupId: {" ID(to) "}")
#define PORT(port) "FromPort: " port ", ToPort: " port
#define FROM_CIDR(cidr, ports) ", SecurityGroupIngress: [{IpProtocol: tcp, " ports ", CidrIp: " cidr "}]"
#define EGRESS(rule) ", SecurityGroupEgress: [{" rule "}]"
#define PAIR FUNCTION("Function", "A") DATABASE("Database", "B", "")
#define ARN(id) "{'Fn::GetAtt': [" id ", Arn]}"
#define QUEUE(id) R(id, "AWS::SQS::Queue", "")
#define LAMBDA(id) R(id, "AWS::Lambda::Function", "")
#define TOPIC(id) R(id, "AWS::SNS::Topic", "")

static const struct edge_case traffic[] = {
    { "a rule of its own", PAIR GROUP("A", "") GROUP("B", "") INGRESS("Rule", "A", "B", PORT("3306")),
        "Function -> Database: traffic 3306\n" },
    { "a rule in the group",
        PAIR GROUP("A", "") GROUP("B",
            ", SecurityGroupIngress: [{IpProtocol: udp, FromPort: 53, ToPort: 54, SourceSecurityGroupId: {" ID(
                "A") "}}]"),
        "Function -> Database: traffic udp 53-54\n" },
    { "no rule", PAIR GROUP("A", "") GROUP("B", ""), "" },
    { "all traffic",
        PAIR GROUP("A", "") GROUP("B", "") R("Rule", "AWS::EC2::SecurityGroupIngress",
            "IpProtocol: -1, SourceSecurityGroupId: {" ID("A") "}, GroupId: {" ID("B") "}"),
        "Function -> Database: traffic all\n" },
    { "several ports are one edge",
        PAIR GROUP("A", "") GROUP("B", "") INGRESS("One", "A", "B", PORT("1"))
            INGRESS("Two", "A", "B", PORT("2")) INGRESS("Again", "A", "B", PORT("1")),
        "Function -> Database: traffic 1, 2\n" },
    { "the port of the database",
        FUNCTION("Function", "A") DATABASE("Database", "B", ", Port: 3307") GROUP("A", "") GROUP("B", "")
            INGRESS("Rule", "A", "B",
                "FromPort: {'Fn::GetAtt': [Database, Endpoint.Port]}, ToPort: {'Fn::GetAtt': [Database, "
                "Endpoint.Port]}"),
        "Function -> Database: traffic 3307\n" },
    { "the usual port of the database",
        PAIR GROUP("A", "") GROUP("B", "") INGRESS("Rule", "A", "B",
            "FromPort: {'Fn::GetAtt': [Database, Endpoint.Port]}, ToPort: {'Fn::GetAtt': [Database, "
            "Endpoint.Port]}"),
        "Function -> Database: traffic 3306\n" },
    { "a port that nobody knows",
        PAIR GROUP("A", "") GROUP("B", "") INGRESS("Rule", "A", "B", PORT("{Ref: Parameter}")),
        "Function -> Database: traffic port ?\n" },
    { "nothing gets out",
        PAIR GROUP("A", EGRESS("CidrIp: 255.255.255.255/32, IpProtocol: icmp, FromPort: 252, ToPort: 86"))
            GROUP("B", "") INGRESS("Rule", "A", "B", PORT("3306")),
        "" },
    { "another port gets out",
        PAIR GROUP("A", EGRESS("CidrIp: 0.0.0.0/0, IpProtocol: tcp, FromPort: 443, ToPort: 443"))
            GROUP("B", "") INGRESS("Rule", "A", "B", PORT("3306")),
        "" },
    { "it gets out by a rule of its own",
        PAIR GROUP("A", "") GROUP("B", "") INGRESS("Rule", "A", "B", PORT("3306"))
            R("Out", "AWS::EC2::SecurityGroupEgress",
                "IpProtocol: tcp, FromPort: 3300, ToPort: 3310, GroupId: {" ID(
                    "A") "}, "
                         "DestinationSecurityGroupId: {" ID("B") "}"),
        "Function -> Database: traffic 3306\n" },
    { "only to another group",
        PAIR GROUP("A", "") GROUP("B", "") GROUP("C", "") INGRESS("Rule", "A", "B", PORT("3306"))
            R("Out", "AWS::EC2::SecurityGroupEgress",
                "IpProtocol: '-1', GroupId: {" ID("A") "}, DestinationSecurityGroupId: {" ID("C") "}"),
        "" },
    { "from the Internet", DATABASE("Database", "B", "") GROUP("B", FROM_CIDR("0.0.0.0/0", PORT("3306"))),
        "Internet -> Database: traffic 3306\n" },
    { "from addresses", DATABASE("Database", "B", "") GROUP("B", FROM_CIDR("10.0.0.0/8", PORT("'3306'"))),
        "10.0.0.0/8 -> Database: traffic 3306\n" },
    { "members of one group among themselves",
        FUNCTION("One", "A") FUNCTION("Two", "A") GROUP("A", "") INGRESS("Rule", "A", "A", PORT("80")),
        "One -> Two: traffic 80\nTwo -> One: traffic 80\n" },
    { "a load balancer without groups",
        R("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "Type: network") R("Listener",
            "AWS::ElasticLoadBalancingV2::Listener",
            "LoadBalancerArn: {Ref: Balancer}, DefaultActions: [{Type: forward, TargetGroupArn: {Ref: "
            "Targets}}]") R("Targets", "AWS::ElasticLoadBalancingV2::TargetGroup", "Port: 80") R("Service",
            "AWS::ECS::Service", "LoadBalancers: [{ContainerPort: 8080, TargetGroupArn: {Ref: Targets}}]"),
        "Balancer -> Service: traffic 8080\n" },
    { "a load balancer in front of a function",
        R("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "")
            R("Listener", "AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn: {Ref: Balancer}")
                R("Rule", "AWS::ElasticLoadBalancingV2::ListenerRule",
                    "ListenerArn: {Ref: Listener}, Actions: [{TargetGroupArn: {Ref: Targets}}]") R("Targets",
                    "AWS::ElasticLoadBalancingV2::TargetGroup", "Targets: [{Id: " ARN("Function") "}]")
                    LAMBDA("Function"),
        "Balancer -> Function: traffic\n" },
    { "origins of a distribution",
        R("Site", "AWS::CloudFront::Distribution",
            "DistributionConfig: {Origins: [{Id: a, DomainName: {'Fn::GetAtt': [Bucket, "
            "RegionalDomainName]}}, {Id: b, DomainName: {'Fn::GetAtt': [Balancer, DNSName]}}], "
            "DefaultCacheBehavior: {TargetOriginId: a}, CacheBehaviors: [{TargetOriginId: b, PathPattern: "
            "/api/*}, {TargetOriginId: b, PathPattern: /x/*}]}") R("Bucket", "AWS::S3::Bucket", "")
            R("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", ""),
        "Site -> Bucket: traffic\nSite -> Balancer: traffic /api/*, /x/*\nInternet -> Site: traffic 443\n" },
    { "an HTTP API",
        R("Api", "AWS::ApiGatewayV2::Api", "ProtocolType: HTTP") R("Integration",
            "AWS::ApiGatewayV2::Integration", "ApiId: {Ref: Api}, IntegrationUri: " ARN("Function"))
            LAMBDA("Function"),
        "Internet -> Api: traffic 443\nApi -> Function: traffic\n" },
    { "a private REST API",
        R("Api", "AWS::ApiGateway::RestApi", "EndpointConfiguration: {Types: [PRIVATE]}")
            R("Method", "AWS::ApiGateway::Method",
                "RestApiId: {Ref: Api}, Integration: {Uri: {'Fn::Sub': "
                "'arn:aws:apigateway:path/${Function.Arn}/invocations'}}") LAMBDA("Function"),
        "Api -> Function: traffic\n" },
};

static const struct edge_case events[] = {
    { "notifications of a bucket",
        R("Bucket", "AWS::S3::Bucket",
            "NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:ObjectCreated:*', Function: " ARN(
                "Function") "}], QueueConfigurations: [{Event: 's3:ObjectRemoved:*', Queue: " ARN("Queue") "}], TopicConfigurations: [{Event: 's3:Replication:*', Topic: {Ref: Topic}}]}")
            LAMBDA("Function") QUEUE("Queue") TOPIC("Topic"),
        "Bucket -> Function: event s3:ObjectCreated:*\n"
        "Bucket -> Queue: event s3:ObjectRemoved:*\n"
        "Bucket -> Topic: event s3:Replication:*\n" },
    { "notifications by the CDK's custom resource",
        R("Bucket", "AWS::S3::Bucket", "") LAMBDA("Function") LAMBDA("Handler") R("Notifications",
            "Custom::S3BucketNotifications",
            "ServiceToken: " ARN(
                "Handler") ", BucketName: {Ref: Bucket}, NotificationConfiguration: "
                           "{LambdaFunctionConfigurations: [{Events: ['s3:ObjectCreated:*'], LambdaFunctionArn: " ARN(
                               "Function") "}]}"),
        "Bucket -> Function: event s3:ObjectCreated:*\n" },
    { "a bus, a rule, its targets and their dead letters",
        R("Bus", "AWS::Events::EventBus", "Name: x") R("Rule", "AWS::Events::Rule",
            "EventBusName: {Ref: Bus}, Targets: [{Id: a, Arn: " ARN(
                "Function") ", DeadLetterConfig: {Arn: " ARN("Queue") "}}, {Id: b, Arn: {Ref: Topic}}]")
            LAMBDA("Function") QUEUE("Queue") TOPIC("Topic"),
        "Bus -> Rule: event\nRule -> Function: event\nRule -> Topic: event\n"
        "Rule -> Queue: event dead letters\n" },
    { "a schedule",
        R("Schedule", "AWS::Scheduler::Schedule",
            "ScheduleExpression: rate(1 day), Target: {Arn: " ARN("Function") ", RoleArn: " ARN("Role") "}")
            LAMBDA("Function") R("Role", "AWS::IAM::Role", ""),
        "Schedule -> Function: event\n" },
    { "subscriptions",
        TOPIC("Topic") QUEUE("Queue") QUEUE("Dead") R("One", "AWS::SNS::Subscription",
            "TopicArn: {Ref: Topic}, Protocol: sqs, Endpoint: " ARN(
                "Queue") ", RedrivePolicy: "
                         "{deadLetterTargetArn: " ARN("Dead") "}") R("Two", "AWS::SNS::Subscription",
            "TopicArn: {Ref: Topic}, Protocol: email, Endpoint: someone@example.com"),
        "Topic -> Queue: event\nTopic -> Dead: event dead letters\nTopic -> email: event\n" },
    { "subscriptions in the topic",
        R("Topic", "AWS::SNS::Topic", "Subscription: [{Protocol: lambda, Endpoint: " ARN("Function") "}]")
            LAMBDA("Function"),
        "Topic -> Function: event\n" },
    { "event sources, also by alias",
        QUEUE("Queue") LAMBDA("Function") R("Alias", "AWS::Lambda::Alias",
            "FunctionName: {Ref: Function}, Name: live") R("Mapping", "AWS::Lambda::EventSourceMapping",
            "EventSourceArn: " ARN("Queue") ", FunctionName: {Ref: Alias}"),
        "Queue -> Function: event\n" },
    { "a stream of a table",
        R("Table", "AWS::DynamoDB::Table", "") LAMBDA("Function")
            R("Mapping", "AWS::Lambda::EventSourceMapping",
                "EventSourceArn: {'Fn::GetAtt': [Table, StreamArn]}, FunctionName: " ARN("Function")),
        "Table -> Function: event\n" },
    { "actions of an alarm",
        R("Alarm", "AWS::CloudWatch::Alarm", "AlarmActions: [{Ref: Topic}], OKActions: [{Ref: Topic}]")
            TOPIC("Topic"),
        "Alarm -> Topic: event alarm, OK\n" },
    { "dead letters",
        R("Queue", "AWS::SQS::Queue", "RedrivePolicy: {deadLetterTargetArn: " ARN("Dead") "}") QUEUE("Dead")
            R("Function", "AWS::Lambda::Function", "DeadLetterConfig: {TargetArn: " ARN("Dead") "}"),
        "Queue -> Dead: event dead letters\nFunction -> Dead: event dead letters\n" },
    { "destinations",
        LAMBDA("Function") QUEUE("Good") QUEUE("Bad") R("Config", "AWS::Lambda::EventInvokeConfig",
            "FunctionName: {Ref: Function}, DestinationConfig: {OnSuccess: {Destination: " ARN(
                "Good") "}, "
                        "OnFailure: {Destination: " ARN("Bad") "}}"),
        "Function -> Bad: event on failure\nFunction -> Good: event on success\n" },
    { "a function at the edge",
        R("Site", "AWS::CloudFront::Distribution",
            "DistributionConfig: {DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: "
            "origin-request, LambdaFunctionARN: {Ref: Version}}]}}") LAMBDA("Function")
            R("Version", "AWS::Lambda::Version", "FunctionName: {Ref: Function}"),
        "Site -> Function: event origin-request\nInternet -> Site: traffic 443\n" },
};

#define POLICY(resource)                                                                                     \
    R("Policy", "AWS::IAM::Policy",                                                                          \
        "Roles: [{Ref: Role}], PolicyDocument: {Statement: [{Resource: " resource "}]}")
#define WITH_ROLE R("Function", "AWS::Lambda::Function", "Role: " ARN("Role")) R("Role", "AWS::IAM::Role", "")

static const struct edge_case references[] = {
    { "a reference", QUEUE("Queue") R("Function", "AWS::Lambda::Function", "X: {Ref: Queue}"),
        "Function -> Queue: reference\n" },
    { "in the text of Fn::Sub",
        QUEUE("Queue") R("Function", "AWS::Lambda::Function", "X: {'Fn::Sub': 'x${Queue.Arn}'}"),
        "Function -> Queue: reference\n" },
    { "access by a policy of its role", WITH_ROLE QUEUE("Queue") POLICY(ARN("Queue")),
        "Function -> Queue: access\n" },
    { "access and a reference are one edge",
        R("Function", "AWS::Lambda::Function", "Role: " ARN("Role") ", X: {Ref: Queue}")
            R("Role", "AWS::IAM::Role", "") QUEUE("Queue") POLICY(ARN("Queue")),
        "Function -> Queue: access\n" },
    { "traffic or an event says it all",
        WITH_ROLE QUEUE("Queue") POLICY(ARN("Queue")) R("Mapping", "AWS::Lambda::EventSourceMapping",
            "EventSourceArn: " ARN("Queue") ", FunctionName: {Ref: Function}"),
        "Queue -> Function: event\n" },
    { "who may send is no reference",
        QUEUE("Queue") TOPIC("Topic")
            R("Policy", "AWS::SQS::QueuePolicy", "Queues: [{Ref: Queue}], PolicyDocument: {X: {Ref: Topic}}"),
        "" },
    { "what both use connects nobody",
        R("Function", "AWS::Lambda::Function", "KmsKeyArn: " ARN("Key"))
            R("Queue", "AWS::SQS::Queue", "KmsMasterKeyId: " ARN("Key")) R("Key", "AWS::KMS::Key", ""),
        "" },
    { "the secret of a database belongs to it",
        DATABASE("Database", "B", "") GROUP("B", "") R("Secret", "AWS::SecretsManager::Secret", "")
            R("Attachment", "AWS::SecretsManager::SecretTargetAttachment",
                "SecretId: {Ref: Secret}, TargetId: {Ref: Database}") WITH_ROLE POLICY("{Ref: Secret}"),
        "Function -> Database: access\n" },
    { "a circle", R("A", "AWS::X::Y", "Z: {Ref: B}") R("B", "AWS::X::Y", "Z: {Ref: A}"),
        "A -> B: reference\nB -> A: reference\n" },
    { "roles that trust each other",
        R("A", "AWS::IAM::Role", "Z: " ARN("B")) R("B", "AWS::IAM::Role", "Z: " ARN("A")),
        "A -> B: reference\nB -> A: reference\n" },
    { "a VPC around everything",
        R("Vpc", "AWS::EC2::VPC", "CidrBlock: 10.0.0.0/16")
            R("Subnet", "AWS::EC2::Subnet", "VpcId: {Ref: Vpc}")
                R("Function", "AWS::Lambda::Function", "VpcConfig: {SubnetIds: [{Ref: Subnet}]}"),
        "" },
    { "what is not there",
        R("Function", "AWS::Lambda::Function",
            "X: {Ref: Nothing}, Y: {Ref: 'AWS::Region'}, Z: {'Fn::GetAtt': []}"),
        "" },
};

static const char *name_of(const struct diagram *diagram, const struct diagram_end *end)
{
    return end->is_stack ? diagram->stacks[end->index] : diagram->nodes[end->index].name;
}

static void expect_edges(const struct edge_case *test)
{
    STRBUF_AUTO text = STRBUF_INIT;
    STRBUF_AUTO edges = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct diagram_template template = { .name = "Stack" };
    struct diagram diagram;

    strbuf_addf(&text, "Resources:\n%s", test->resources);
    template.template = template_parse(text.data, text.length, "template.yaml", &err);
    if (!template.template)
        fail_msg("%s: %s", test->name, err.message);
    diagram_build(&template, 1, DIAGRAM_CONSTRUCTS, &diagram);
    for (size_t i = 0; i < diagram.edge_count; i++) {
        const struct diagram_edge *edge = &diagram.edges[i];

        strbuf_addf(&edges, "%s -> %s: %s%s%s\n", name_of(&diagram, &edge->from),
            name_of(&diagram, &edge->to), diagram_relation_name(edge->relation), *edge->label ? " " : "",
            edge->label);
    }
    if (strcmp(edges.data, test->edges) != 0)
        fail_msg("%s:\n%sinstead of\n%s", test->name, edges.data, test->edges);
}

static void test_traffic(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(traffic); i++)
        expect_edges(&traffic[i]);
}

static void test_events(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(events); i++)
        expect_edges(&events[i]);
}

static void test_references(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(references); i++)
        expect_edges(&references[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_traffic),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_references),
    };

    return cmocka_run_group_tests(tests, value_arena_setup, value_arena_teardown);
}
