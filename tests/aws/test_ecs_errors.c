// SPDX-License-Identifier: MIT
#include "aws/ecs.h"

#include "aws/diag_case.h"

static struct ec2_vpc *vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
}

static struct ecs_cluster *cluster(struct stack *stack, struct ecs_cluster_props props)
{
    props.vpc = vpc(stack);
    return ecs_cluster_new(stack->node, "Cluster", &props);
}

#define CLUSTER_CASE(name, ...)                                                                              \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        cluster(stack, (struct ecs_cluster_props){ __VA_ARGS__ });                                           \
    }
#define SHELL_CASE(name, ...)                                                                                \
    CLUSTER_CASE(                                                                                            \
        name, .execute_command_configuration = &(struct ecs_execute_command_configuration){ __VA_ARGS__ })
#define LOG_CASE(name, ...)                                                                                  \
    SHELL_CASE(name, .logging = ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE,                                        \
        .log_configuration = &(struct ecs_execute_command_log_configuration){ __VA_ARGS__ })

CLUSTER_CASE(
    both_insights, .container_insights = YES, .container_insights_v2 = ECS_CONTAINER_INSIGHTS_ENABLED)
SHELL_CASE(override_without_logs, .logging = ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE)
SHELL_CASE(logs_without_override, .log_configuration = &(struct ecs_execute_command_log_configuration){ 0 })
LOG_CASE(encryption_without_bucket, .s3_encryption_enabled = YES)
LOG_CASE(encryption_without_group, .cloud_watch_encryption_enabled = YES)

static void add_strategy(
    struct stack *stack, const char *first, struct count first_base, struct count second_base, int times)
{
    const struct ecs_capacity_provider_strategy strategy[] = {
        { .capacity_provider = first, .base = first_base },
        { .capacity_provider = "FARGATE", .base = second_base },
        { 0 },
    };
    struct ecs_cluster *with =
        cluster(stack, (struct ecs_cluster_props){ .enable_fargate_capacity_providers = true });

    for (int i = 0; i < times; i++)
        ecs_cluster_add_default_capacity_provider_strategy(with, strategy);
}

static void unknown_provider(struct stack *stack)
{
    add_strategy(stack, "MINE", count(0), count(1), 1);
}

static void two_bases(struct stack *stack)
{
    add_strategy(stack, "FARGATE_SPOT", count(1), count(1), 1);
}

static void two_strategies(struct stack *stack)
{
    add_strategy(stack, "FARGATE_SPOT", count(0), count(1), 2);
}

static void clusters_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { both_insights, DIAG_ERROR,
            "Case/Cluster: give at most one of 'container_insights' and 'container_insights_v2'" },
        { override_without_logs, DIAG_ERROR,
            "Case/Cluster: the log configuration of 'execute command' needs "
            "ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE, and the other way round" },
        { logs_without_override, DIAG_ERROR,
            "Case/Cluster: the log configuration of 'execute command' needs "
            "ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE, and the other way round" },
        { encryption_without_bucket, DIAG_ERROR,
            "Case/Cluster: 's3_encryption_enabled' needs an 's3_bucket'" },
        { encryption_without_group, DIAG_ERROR,
            "Case/Cluster: 'cloud_watch_encryption_enabled' needs a 'cloud_watch_log_group'" },
        { unknown_provider, DIAG_ERROR,
            "Case/Cluster: the cluster does not have capacity provider 'MINE'; set "
            "'enable_fargate_capacity_providers'" },
        { two_bases, DIAG_ERROR, "Case/Cluster: only one capacity provider of a strategy can have a base" },
        { two_strategies, DIAG_ERROR,
            "Case/Cluster: the cluster has a default capacity provider strategy already" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

static struct ecs_task_definition *task(struct stack *stack, struct ecs_fargate_task_definition_props props)
{
    return ecs_fargate_task_definition_new(stack->node, "Task", &props);
}

#define TASK_CASE(name, ...)                                                                                 \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        task(stack, (struct ecs_fargate_task_definition_props){ __VA_ARGS__ });                              \
    }
#define WINDOWS .runtime_platform.operating_system_family = ECS_OS_WINDOWS_SERVER_2025_FULL
#define VOLUMES(...)                                                                                         \
    .volumes = (struct ecs_volume[])                                                                         \
    {                                                                                                        \
        __VA_ARGS__,                                                                                         \
        {                                                                                                    \
            0                                                                                                \
        }                                                                                                    \
    }

TASK_CASE(small_storage, .ephemeral_storage_gib = 20)
TASK_CASE(large_storage, .ephemeral_storage_gib = 201)
TASK_CASE(small_windows, WINDOWS, .cpu = 512, .memory_limit_mib = 1024)
TASK_CASE(odd_windows, WINDOWS, .cpu = 2048, .memory_limit_mib = 4097)
TASK_CASE(pid_without_system, .pid_mode = ECS_PID_TASK)
TASK_CASE(pid_on_windows, WINDOWS, .cpu = 1024, .memory_limit_mib = 1024, .pid_mode = ECS_PID_TASK)
TASK_CASE(pid_of_host, .runtime_platform.operating_system_family = ECS_OS_LINUX, .pid_mode = ECS_PID_HOST)
TASK_CASE(late_unmounted, VOLUMES({ .name = "a", .configured_at_launch = YES }))

static void mount(struct ecs_task_definition *definition, const char *volume)
{
    struct ecs_container *web = ecs_task_definition_add_container(
        definition, volume, &(struct ecs_container_props){ .image = ecs_image_from_registry("nginx") });

    ecs_container_add_mount_point(
        web, &(struct ecs_mount_point){ .source_volume = volume, .container_path = "/data" });
}

static void late_file_system(struct stack *stack)
{
    const struct ecs_efs_volume efs = { .file_system_id = string("fs-1") };
    struct ecs_task_definition *definition = task(stack,
        (struct ecs_fargate_task_definition_props){
            VOLUMES({ .name = "a", .configured_at_launch = YES, .efs = &efs }) });

    mount(definition, "a");
}

static void two_late_volumes(struct stack *stack)
{
    struct ecs_task_definition *definition = task(stack,
        (struct ecs_fargate_task_definition_props){ VOLUMES(
            { .name = "a", .configured_at_launch = YES }, { .name = "b", .configured_at_launch = YES }) });

    mount(definition, "a");
    mount(definition, "b");
}

static void task_definitions_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { small_storage, DIAG_ERROR, "Case/Task: 'ephemeral_storage_gib' must be 21 to 200, got 20" },
        { large_storage, DIAG_ERROR, "Case/Task: 'ephemeral_storage_gib' must be 21 to 200, got 201" },
        { small_windows, DIAG_ERROR,
            "Case/Task: a Windows task needs 1024, 2048 or 4096 units of cpu, not 512" },
        { odd_windows, DIAG_ERROR,
            "Case/Task: a Windows task with 2048 units of cpu needs 4096 to 16384 MiB of memory in steps of "
            "1024, not 4097" },
        { pid_without_system, DIAG_ERROR, "Case/Task: 'pid_mode' needs an 'operating_system_family'" },
        { pid_on_windows, DIAG_ERROR, "Case/Task: 'pid_mode' is not for Windows containers" },
        { pid_of_host, DIAG_ERROR, "Case/Task: on Fargate 'pid_mode' must be ECS_PID_TASK" },
        { late_file_system, DIAG_ERROR,
            "Case/Task: volume 'a' is configured at launch, so it takes no file system" },
        { late_unmounted, DIAG_ERROR,
            "Case/Task: volume 'a' is configured at launch, so a container must mount it" },
        { two_late_volumes, DIAG_ERROR, "Case/Task: only one volume can be configured at launch, got 2" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_are_checked),
        cmocka_unit_test(task_definitions_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
