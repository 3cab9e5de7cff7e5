// SPDX-License-Identifier: MIT
// What becomes a node and what it is called, several stacks, levels, changes, and names that are hostile.
#include "data/value.h"
#include "diagram/diagram.h"
#include "diagram/render/render.h"
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

static const struct value *parse(const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = template_parse(text, strlen(text), "template.yaml", &err);

    if (!template)
        fail_msg("%s", err.message);
    return template;
}

static struct diagram build_level(const char *text, enum diagram_level level)
{
    const struct diagram_template template = { .name = "Stack", .template = parse(text) };
    struct diagram diagram;

    diagram_build(&template, 1, level, &diagram);
    return diagram;
}

static struct diagram build(const char *text)
{
    return build_level(text, DIAGRAM_CONSTRUCTS);
}

// "NAME (TYPE)", one a line.
static void expect_nodes(const struct diagram *diagram, const char *expected)
{
    STRBUF_AUTO nodes = STRBUF_INIT;

    for (size_t i = 0; i < diagram->node_count; i++)
        strbuf_addf(&nodes, "%s (%s)\n", diagram->nodes[i].name, diagram->nodes[i].type);
    assert_string_equal(nodes.data, expected);
}

static const char *end_name(const struct diagram *diagram, const struct diagram_end *end)
{
    return end->is_stack ? diagram->stacks[end->index] : diagram->nodes[end->index].name;
}

static void expect_edges(const struct diagram *diagram, const char *expected)
{
    STRBUF_AUTO edges = STRBUF_INIT;

    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];

        strbuf_addf(&edges, "%s -> %s: %s", end_name(diagram, &edge->from), end_name(diagram, &edge->to),
            diagram_relation_name(edge->relation));
        if (*edge->label)
            strbuf_addf(&edges, " %s", edge->label);
        if (diagram->shows_changes)
            strbuf_addf(&edges, " (%s)", diagram_change_name(edge->change));
        strbuf_add_char(&edges, '\n');
    }
    assert_string_equal(edges.data, expected);
}

static void test_what_is_part_of_something(void **state)
{
    const struct diagram diagram = build(
        "Resources:\n"
        "  Service: {Type: 'AWS::ECS::Service', Properties: {LaunchType: FARGATE, Cluster: {Ref: Cluster}, "
        "TaskDefinition: {Ref: Task}}}\n"
        "  Cluster: {Type: 'AWS::ECS::Cluster'}\n"
        "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {TaskRoleArn: {'Fn::GetAtt': [Role, Arn]}}}\n"
        "  Role: {Type: 'AWS::IAM::Role'}\n"
        "  Logs: {Type: 'AWS::Logs::LogGroup'}\n"
        "  Target: {Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: {ResourceId: {'Fn::Sub': "
        "'service/${Cluster}/${Service.Name}'}}}\n"
        "  Database: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-postgresql}}\n"
        "  Writer: {Type: 'AWS::RDS::DBInstance', Properties: {DBClusterIdentifier: {Ref: Database}}}\n"
        "  Single: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, DBSubnetGroupName: {Ref: "
        "Subnets}}}\n"
        "  Subnets: {Type: 'AWS::RDS::DBSubnetGroup'}\n"
        "  Vault: {Type: 'AWS::Backup::BackupVault'}\n");

    (void)state;
    expect_nodes(&diagram,
        "Service (ECS Fargate service)\nDatabase (Aurora PostgreSQL)\nSingle (RDS for PostgreSQL)\n"
        "Vault (Backup BackupVault)\n");
}

// Not what they are part of, but there is nothing else.
static void test_what_is_alone(void **state)
{
    const struct diagram diagram = build(
        "Resources:\n"
        "  Cluster: {Type: 'AWS::ECS::Cluster'}\n"
        "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {TaskRoleArn: {'Fn::GetAtt': [Role, Arn]}}}\n"
        "  Role: {Type: 'AWS::IAM::Role'}\n"
        "  Policy: {Type: 'AWS::IAM::Policy', Properties: {Roles: [{Ref: Role}], X: {Ref: Queue}}}\n"
        "  Deployer: {Type: 'AWS::IAM::Role'}\n"
        "  Queue: {Type: 'AWS::SQS::Queue'}\n"
        "  Policies: {Type: 'AWS::SQS::QueuePolicy', Properties: {Queues: [elsewhere]}}\n"
        "  Meta: {Type: 'AWS::CDK::Metadata'}\n");

    (void)state;
    expect_nodes(&diagram,
        "Cluster (ECS cluster)\nTask (ECS task definition)\nDeployer (IAM role)\nQueue (SQS queue)\n");
    expect_edges(&diagram, "Task -> Queue: access\n");
}

// What the CDK brings for a custom resource is no architecture.
static void test_custom_resources_are_hidden(void **state)
{
    const struct diagram diagram = build(
        "Resources:\n"
        "  Bucket: {Type: 'AWS::S3::Bucket'}\n"
        "  Custom: {Type: 'Custom::S3AutoDeleteObjects', Properties: {ServiceToken: {'Fn::GetAtt': [Handler, "
        "Arn]}, BucketName: {Ref: Bucket}}}\n"
        "  Handler: {Type: 'AWS::Lambda::Function', Properties: {Role: {'Fn::GetAtt': [Role, Arn]}}}\n"
        "  Role: {Type: 'AWS::IAM::Role'}\n"
        "  Policy: {Type: 'AWS::IAM::Policy', Properties: {Roles: [{Ref: Role}], X: {Ref: Bucket}}}\n");

    (void)state;
    expect_nodes(&diagram, "Bucket (S3 bucket)\n");
    expect_edges(&diagram, "");
}

static void test_many_alarms_are_one(void **state)
{
    static const char four[] =
        "Resources:\n"
        "  T: {Type: 'AWS::SNS::Topic'}\n"
        "  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: [{Ref: T}]}}\n"
        "  B: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: [{Ref: T}]}}\n"
        "  C: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: [{Ref: T}]}}\n"
        "  D: {Type: 'AWS::CloudWatch::Alarm', Properties: {AlarmActions: [{Ref: T}]}}\n";
    const struct diagram diagram = build(four);
    const struct diagram resources = build_level(four, DIAGRAM_RESOURCES);

    (void)state;
    expect_nodes(&diagram, "T (SNS topic)\n4 alarms (CloudWatch)\n");
    expect_edges(&diagram, "4 alarms -> T: event alarm\n");
    assert_int_equal(resources.node_count, 5);
    assert_int_equal(resources.edge_count, 4);
}

// Not 30 times 30 edges.
static void test_what_very_many_share(void **state)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct diagram diagram;

    (void)state;
    strbuf_add_string(&text,
        "Resources:\n"
        "  Group: {Type: 'AWS::EC2::SecurityGroup'}\n"
        "  Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {IpProtocol: tcp, FromPort: 1, ToPort: 1, "
        "GroupId: {Ref: Group}, SourceSecurityGroupId: {Ref: Group}}}\n"
        "  Rds: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupIngress: [{IpProtocol: tcp, FromPort: "
        "5432, ToPort: 5432, SourceSecurityGroupId: {Ref: Group}}]}}\n"
        "  Database: {Type: 'AWS::RDS::DBCluster', Properties: {VpcSecurityGroupIds: [{Ref: Rds}]}}\n");
    for (int i = 0; i < 30; i++)
        strbuf_addf(&text,
            "  F%d: {Type: 'AWS::Lambda::Function', Properties: {VpcConfig: {SecurityGroupIds: [{Ref: "
            "Group}]}}}\n",
            i);
    diagram = build(text.data);
    assert_int_equal(diagram.node_count, 32);
    assert_int_equal(diagram.edge_count, 31);
    assert_string_equal(diagram.nodes[0].name, "Group");
    assert_int_equal(diagram.edges[0].relation, DIAGRAM_TRAFFIC);
    assert_string_equal(end_name(&diagram, &diagram.edges[0].from), "Group");
    assert_string_equal(end_name(&diagram, &diagram.edges[0].to), "Database");
}

static void test_names_are_short_and_unique(void **state)
{
    const struct diagram diagram =
        build("Resources:\n"
              "  A: {Type: 'AWS::SQS::Queue', Metadata: {'aws:cdk:path': Stack/Orders/Queue/Resource}}\n"
              "  B: {Type: 'AWS::SQS::Queue', Metadata: {'aws:cdk:path': Stack/Mail/Queue/Resource}}\n"
              "  C: {Type: 'AWS::SQS::Queue', Metadata: {'aws:cdk:path': Stack/Other/Default}}\n"
              "  MyQueueE6EAF405: {Type: 'AWS::SQS::Queue'}\n"
              "  Plain: {Type: 'AWS::SQS::Queue'}\n");

    (void)state;
    expect_nodes(&diagram,
        "Orders/Queue (SQS queue)\nMail/Queue (SQS queue)\nOther (SQS queue)\nMyQueue (SQS queue)\n"
        "Plain (SQS queue)\n");
}

static const struct diagram_template *two_stacks(void)
{
    static struct diagram_template templates[3];

    templates[0] = (struct diagram_template){ .name = "Net",
        .template = parse("Resources:\n"
                          "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.1.0.0/16}}\n"
                          "  Subnet: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: {Ref: Vpc}}}\n"
                          "  Queue: {Type: 'AWS::SQS::Queue'}\n"
                          "Outputs:\n"
                          "  S: {Value: {Ref: Subnet}, Export: {Name: 'Net:Subnet'}}\n"
                          "  Q: {Value: {'Fn::GetAtt': [Queue, Arn]}, Export: {Name: 'Net:Queue'}}\n") };
    templates[1] = (struct diagram_template){
        .name = "App",
        .template = parse(
            "Resources:\n"
            "  Function: {Type: 'AWS::Lambda::Function', Properties: {VpcConfig: {SubnetIds: "
            "[{'Fn::ImportValue': 'Net:Subnet'}]}}}\n"
            "  Mapping: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {EventSourceArn: "
            "{'Fn::ImportValue': 'Net:Queue'}, FunctionName: {Ref: Function}}}\n"
            "  Dashboard: {Type: 'AWS::CloudWatch::Dashboard', Properties: {X: {'Fn::ImportValue': "
            "'Net:Queue'}}}\n"
            "  Inner: {Type: 'AWS::CloudFormation::Stack', Properties: {Parameters: {Who: {Ref: Function}}}}\n"
            "  Topic: {Type: 'AWS::SNS::Topic', Properties: {X: {'Fn::GetAtt': [Inner, Outputs.Table]}}}\n")
    };
    templates[2] = (struct diagram_template){ .name = "App/Inner",
        .template = parse("Parameters: {Who: {Type: String}}\n"
                          "Resources:\n"
                          "  Table: {Type: 'AWS::DynamoDB::Table', Properties: {X: {Ref: Who}}}\n"
                          "Outputs: {Table: {Value: {Ref: Table}}}\n") };
    return templates;
}

static void test_several_stacks(void **state)
{
    struct diagram diagram;

    (void)state;
    diagram_build(two_stacks(), 3, DIAGRAM_CONSTRUCTS, &diagram);
    expect_edges(&diagram,
        "Queue -> Function: event\n"
        "App -> Vpc: reference\n"
        "App -> Net: reference\n"
        "Topic -> Table: reference\n"
        "Table -> Function: reference\n");
}

static void test_the_level_of_stacks(void **state)
{
    struct diagram diagram;

    (void)state;
    diagram_build(two_stacks(), 3, DIAGRAM_STACKS, &diagram);
    expect_nodes(&diagram, "Net (3 resources)\nApp (5 resources)\nApp/Inner (1 resource)\n");
    expect_edges(&diagram,
        "Net -> App: event\nApp -> Net: reference\nApp -> App/Inner: reference\n"
        "App/Inner -> App: reference\n");
}

static void test_the_level_of_resources(void **state)
{
    struct diagram diagram;

    (void)state;
    diagram_build(two_stacks(), 3, DIAGRAM_RESOURCES, &diagram);
    expect_nodes(&diagram,
        "Vpc (EC2::VPC)\nSubnet (EC2::Subnet)\nQueue (SQS::Queue)\nFunction (Lambda::Function)\n"
        "Mapping (Lambda::EventSourceMapping)\nDashboard (CloudWatch::Dashboard)\nInner "
        "(CloudFormation::Stack)\nTopic (SNS::Topic)\nTable (DynamoDB::Table)\n");
}

// A diagram of two templates with these changes.
static struct diagram merged(
    const char *before, const char *after, const char *const *ids, const enum diagram_change *changes)
{
    struct diagram_template template = { .name = "Stack" };
    struct diagram was, is, both;
    struct map map;

    map_init(&map, value_arena());
    for (size_t i = 0; ids[i]; i++)
        map_set(&map, ids[i], diagram_change_mark(changes[i]));
    template.changes = &map;
    template.template = parse(before);
    diagram_build(&template, 1, DIAGRAM_CONSTRUCTS, &was);
    template.template = parse(after);
    diagram_build(&template, 1, DIAGRAM_CONSTRUCTS, &is);
    diagram_merge(&was, &is, &both);
    return both;
}

static enum diagram_change change_of(const struct diagram *diagram, const char *name)
{
    for (size_t i = 0; i < diagram->node_count; i++)
        if (strcmp(diagram->nodes[i].name, name) == 0)
            return diagram->nodes[i].change;
    fail_msg("there is no %s", name);
    return DIAGRAM_SAME;
}

#define QUEUE(id) "  " id ": {Type: 'AWS::SQS::Queue'}\n"

static void test_changes(void **state)
{
    static const char before[] = "Resources:\n" QUEUE("Kept") QUEUE("Gone") QUEUE("Far") QUEUE(
        "Near") "  Function: {Type: 'AWS::Lambda::Function', Properties: {X: [{Ref: Kept}, {Ref: Gone}], Role: "
                "{'Fn::GetAtt': [Role, Arn]}}}\n"
                "  Role: {Type: 'AWS::IAM::Role'}\n"
                "  Policy: {Type: 'AWS::IAM::Policy', Properties: {Roles: [{Ref: Role}]}}\n"
                "  Topic: {Type: 'AWS::SNS::Topic', Properties: {X: {Ref: Near}}}\n";
    static const char after[] = "Resources:\n" QUEUE("Kept") QUEUE("New") QUEUE("Far") QUEUE(
        "Near") "  Function: {Type: 'AWS::Lambda::Function', Properties: {X: [{Ref: Kept}, {Ref: New}], Role: "
                "{'Fn::GetAtt': [Role, Arn]}}}\n"
                "  Role: {Type: 'AWS::IAM::Role'}\n"
                "  Topic: {Type: 'AWS::SNS::Topic', Properties: {X: {Ref: Near}}}\n";
    static const char *const ids[] = { "Gone", "Policy", "New", "Topic", NULL };
    static const enum diagram_change changes[] = { DIAGRAM_REMOVED, DIAGRAM_REMOVED, DIAGRAM_ADDED,
        DIAGRAM_REPLACED };
    struct diagram diagram = merged(before, after, ids, changes);

    (void)state;
    assert_int_equal(change_of(&diagram, "Kept"), DIAGRAM_SAME);
    assert_int_equal(change_of(&diagram, "Far"), DIAGRAM_SAME);
    assert_int_equal(change_of(&diagram, "Gone"), DIAGRAM_REMOVED);
    assert_int_equal(change_of(&diagram, "New"), DIAGRAM_ADDED);
    assert_int_equal(change_of(&diagram, "Topic"), DIAGRAM_REPLACED);
    assert_int_equal(change_of(&diagram, "Function"), DIAGRAM_CHANGED); // its policy goes
    expect_edges(&diagram,
        "Function -> Kept: reference (same)\nFunction -> New: reference (added)\n"
        "Topic -> Near: reference (same)\nFunction -> Gone: reference (removed)\n");
    diagram_keep_changes(&diagram);
    assert_int_equal(diagram.node_count, 6);
    for (size_t i = 0; i < diagram.node_count; i++)
        assert_string_not_equal(diagram.nodes[i].name, "Far");
    expect_edges(&diagram,
        "Function -> Kept: reference (same)\nFunction -> New: reference (added)\n"
        "Topic -> Near: reference (same)\nFunction -> Gone: reference (removed)\n");
}

static void test_nothing_changes(void **state)
{
    static const char *const none[] = { NULL };
    struct diagram diagram = merged("Resources:\n" QUEUE("A"), "Resources:\n" QUEUE("A"), none, NULL);

    (void)state;
    diagram_keep_changes(&diagram);
    assert_int_equal(diagram.node_count, 0);
    assert_int_equal(diagram.edge_count, 0);
}

// What a name could break, or pretend to be.
static const char hostile[] =
    "Resources:\n"
    "  A:\n"
    "    Type: AWS::SQS::Queue\n"
    "    Metadata: {'aws:cdk:path': \"S/\\\"];}<script>alert(1)</script>&#34;```\\n\\u202E%%{init}%%\\e[31m\\\\\"}\n"
    "  B:\n"
    "    Type: \"AWS::Evil\\\">::</b><img src=x>\"\n"
    "    Properties: {X: {Ref: A}}\n";

static void test_hostile_names(void **state)
{
    struct diagram_template template = { .name = "<b>\"]\n\\", .template = parse(hostile) };
    struct diagram diagram;
    STRBUF_AUTO dot = STRBUF_INIT;
    STRBUF_AUTO mermaid = STRBUF_INIT;
    static const char *const forbidden[] = { "<script", "<img", "\x1b", "\u202e", "```" };

    (void)state;
    diagram_build(&template, 1, DIAGRAM_CONSTRUCTS, &diagram);
    assert_int_equal(diagram.node_count, 2);
    for (size_t i = 0; i < diagram.node_count; i++) {
        assert_null(strpbrk(diagram.nodes[i].name, "\n\x1b"));
        assert_null(strstr(diagram.nodes[i].name, "\u202e"));
    }
    diagram_write_dot(&dot, &diagram);
    diagram_write_mermaid(&mermaid, &diagram);
    for (size_t i = 0; i < ARRAY_SIZE(forbidden); i++) {
        assert_null(strstr(mermaid.data, forbidden[i]));
        if (i != ARRAY_SIZE(forbidden) - 1)
            assert_null(strstr(dot.data, forbidden[i]));
    }
    assert_null(strstr(mermaid.data, "%%"));
    assert_non_null(strstr(dot.data, "&lt;b&gt;&quot;]"));
}

static void test_long_names_are_cut(void **state)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct diagram diagram;

    (void)state;
    strbuf_add_string(&text, "Resources:\n  ");
    strbuf_add_repeated(&text, 'x', 200);
    strbuf_add_string(&text, ": {Type: 'AWS::SQS::Queue'}\n");
    diagram = build(text.data);
    assert_string_equal(diagram.nodes[0].name, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…");
}

// A macro may make the resources; others have none of the shape that they should have.
static void test_strange_templates(void **state)
{
    static const char *const texts[] = { "Resources: {}\n", "Transform: X\nFn::Transform: {Name: y}\n",
        "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: [1, 2], Metadata: x}}\n",
        "Resources: {A: {Type: 1}, 'Fn::ForEach::C': [x, [1], {}]}\n",
        "Resources: {A: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupIngress: [1, [], {}]}}}\n",
        "Resources: {A: {Type: 'AWS::Events::Rule', Properties: {Targets: {Ref: P}}}}\nOutputs: [1]\n" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        for (enum diagram_level level = DIAGRAM_STACKS; level <= DIAGRAM_RESOURCES; level++) {
            const struct diagram diagram = build_level(texts[i], level);

            assert_int_equal(diagram.edge_count, 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_part_of_something),
        cmocka_unit_test(test_what_is_alone),
        cmocka_unit_test(test_custom_resources_are_hidden),
        cmocka_unit_test(test_many_alarms_are_one),
        cmocka_unit_test(test_what_very_many_share),
        cmocka_unit_test(test_names_are_short_and_unique),
        cmocka_unit_test(test_several_stacks),
        cmocka_unit_test(test_the_level_of_stacks),
        cmocka_unit_test(test_the_level_of_resources),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_nothing_changes),
        cmocka_unit_test(test_hostile_names),
        cmocka_unit_test(test_long_names_are_cut),
        cmocka_unit_test(test_strange_templates),
    };

    return cmocka_run_group_tests(tests, value_arena_setup, value_arena_teardown);
}
