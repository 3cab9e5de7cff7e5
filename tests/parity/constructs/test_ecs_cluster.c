// SPDX-License-Identifier: MIT
#include "aws/ecs.h"
#include "aws/kms.h"
#include "aws/s3.h"
#include "parity/constructs/parity.h"

static struct ec2_vpc *network(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
}

static void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static void add_service_with_shell(struct stack *stack, struct ecs_cluster *cluster)
{
    struct ecs_task_definition *task = ecs_fargate_task_definition_new(stack->node, "Task", NULL);

    ecs_task_definition_add_container(
        task, "web", &(struct ecs_container_props){ .image = ecs_image_from_registry("nginx") });
    ecs_fargate_service_new(stack->node, "Service",
        &(struct ecs_fargate_service_props){
            .cluster = cluster, .task_definition = task, .enable_execute_command = YES });
}

static void add_shell_cluster(
    struct stack *stack, struct ec2_vpc *vpc, const struct ecs_execute_command_configuration *configuration)
{
    add_service_with_shell(stack,
        ecs_cluster_new(stack->node, "Cluster",
            &(struct ecs_cluster_props){ .vpc = vpc, .execute_command_configuration = configuration }));
}

static void defaults(struct stack *stack)
{
    const struct ecs_cluster *cluster = ecs_cluster_new(stack->node, "Cluster", NULL);

    output(stack, "Arn", cluster->cluster_arn);
    output(stack, "Name", cluster->cluster_name);
    output(stack, "Tasks", ecs_cluster_arn_for_tasks(cluster, "*"));
}

static void insights(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    ecs_cluster_new(stack->node, "On",
        &(struct ecs_cluster_props){
            .vpc = vpc,
            .cluster_name = string("prod"),
            .container_insights_v2 = ECS_CONTAINER_INSIGHTS_ENABLED,
        });
    ecs_cluster_new(stack->node, "Enhanced",
        &(struct ecs_cluster_props){ .vpc = vpc, .container_insights_v2 = ECS_CONTAINER_INSIGHTS_ENHANCED });
    ecs_cluster_new(stack->node, "Off",
        &(struct ecs_cluster_props){ .vpc = vpc, .container_insights_v2 = ECS_CONTAINER_INSIGHTS_DISABLED });
    ecs_cluster_new(
        stack->node, "OldOn", &(struct ecs_cluster_props){ .vpc = vpc, .container_insights = YES });
    ecs_cluster_new(
        stack->node, "OldOff", &(struct ecs_cluster_props){ .vpc = vpc, .container_insights = NO });
}

static void capacity_providers(struct stack *stack)
{
    const struct ecs_capacity_provider_strategy strategy[] = {
        { .capacity_provider = "FARGATE", .base = count(1), .weight = count(1) },
        { .capacity_provider = "FARGATE_SPOT", .weight = count(4) },
        { 0 },
    };
    const struct ecs_cluster_props props = { .vpc = network(stack),
        .enable_fargate_capacity_providers = true };

    ecs_cluster_new(stack->node, "Plain", &props);
    ecs_cluster_add_default_capacity_provider_strategy(
        ecs_cluster_new(stack->node, "Spot", &props), strategy);
}

static void import(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct ecs_cluster *named = ecs_cluster_from_attributes(
        stack->node, "Named", &(struct ecs_cluster_attributes){ .cluster_name = string("prod"), .vpc = vpc });
    struct ec2_security_group *group =
        ec2_security_group_from_id(stack->node, "Group", string("sg-12345678"), NULL);
    struct ecs_cluster *given = ecs_cluster_from_attributes(stack->node, "Given",
        &(struct ecs_cluster_attributes){
            .cluster_name = string("prod"),
            .cluster_arn = string("arn:aws:ecs:us-east-1:123456789012:cluster/prod"),
            .vpc = vpc,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
        });

    output(stack, "NamedArn", named->cluster_arn);
    output(stack, "GivenArn", given->cluster_arn);
    add_service_with_shell(stack, named);
}

static void shell_logs(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    const struct ecs_execute_command_log_configuration logs = {
        .cloud_watch_log_group =
            logs_log_group_new(stack->node, "Shells", &(struct logs_log_group_props){ 0 }),
        .cloud_watch_encryption_enabled = NO,
        .s3_bucket = s3_bucket_from_name(stack->node, "Bucket", string("shells")),
        .s3_encryption_enabled = YES,
        .s3_key_prefix = "prod/",
    };

    add_shell_cluster(stack, vpc,
        &(struct ecs_execute_command_configuration){
            .logging = ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE, .log_configuration = &logs });
}

static void shell_unlogged(struct stack *stack)
{
    add_shell_cluster(stack, network(stack),
        &(struct ecs_execute_command_configuration){ .logging = ECS_EXECUTE_COMMAND_LOGGING_NONE });
}

static void shell_key(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    add_shell_cluster(stack, vpc,
        &(struct ecs_execute_command_configuration){
            .kms_key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }) });
}

static void shell_key_and_logs(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct kms_key *key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 });
    const struct ecs_execute_command_log_configuration logs = {
        .cloud_watch_log_group =
            logs_log_group_new(stack->node, "Shells", &(struct logs_log_group_props){ 0 }),
        .cloud_watch_encryption_enabled = YES,
    };

    add_shell_cluster(stack, vpc,
        &(struct ecs_execute_command_configuration){
            .kms_key = key,
            .logging = ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE,
            .log_configuration = &logs,
        });
}

static void shell_narrow_flag(struct stack *stack)
{
    add_shell_cluster(stack, network(stack),
        &(struct ecs_execute_command_configuration){ .logging = ECS_EXECUTE_COMMAND_LOGGING_DEFAULT });
}

static const struct parity_case cases[] = {
    { "ecs-cluster-defaults", defaults },
    { "ecs-cluster-insights", insights },
    { "ecs-cluster-capacity-providers", capacity_providers },
    { "ecs-cluster-import", import },
    { "ecs-cluster-shell-logs", shell_logs },
    { "ecs-cluster-shell-unlogged", shell_unlogged },
    { "ecs-cluster-shell-key", shell_key },
    { "ecs-cluster-shell-key-and-logs", shell_key_and_logs },
    { "ecs-cluster-shell-narrow-flag", shell_narrow_flag },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ecs-cluster", cases, argc, argv);
}
