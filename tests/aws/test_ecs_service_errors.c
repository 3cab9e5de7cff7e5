// SPDX-License-Identifier: MIT
#include "aws/ecs.h"
#include "aws/kms.h"
#include "aws/secretsmanager.h"

#include "aws/diag_case.h"

static struct ecs_cluster *cluster(struct stack *stack, const struct ecs_execute_command_configuration *shell)
{
    struct ec2_vpc *vpc =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });

    return ecs_cluster_new(stack->node, "Cluster",
        &(struct ecs_cluster_props){ .vpc = vpc, .execute_command_configuration = shell });
}

// A container of nginx that listens on port 80.
static struct ecs_task_definition *task(struct stack *stack, struct ecs_fargate_task_definition_props props,
    const struct ecs_container_secret *secrets)
{
    struct ecs_task_definition *made = ecs_fargate_task_definition_new(stack->node, "Task", &props);

    ecs_task_definition_add_container(made, "web",
        &(struct ecs_container_props){
            .image = ecs_image_from_registry("nginx"),
            .port_mappings = &(struct ecs_port_mapping){ .container_port = 80 },
            .port_mapping_count = 1,
            .secrets = secrets,
        });
    return made;
}
#define TASK(stack, ...) task(stack, (struct ecs_fargate_task_definition_props){ __VA_ARGS__ }, NULL)
#define USUAL_TASK(stack) TASK(stack, .cpu = 256)

// What the props leave open: a cluster, a task, and what keeps warnings away.
static struct ecs_service *service(struct stack *stack, struct ecs_fargate_service_props props)
{
    static const struct ecs_circuit_breaker breaker = { .rollback = true };

    if (!props.cluster)
        props.cluster = cluster(stack, NULL);
    if (!props.task_definition)
        props.task_definition = USUAL_TASK(stack);
    if (!props.deployment_controller && !props.circuit_breaker)
        props.circuit_breaker = &breaker;
    if (!props.min_healthy_percent.given)
        props.min_healthy_percent = count(100);
    return ecs_fargate_service_new(stack->node, "Service", &props);
}

#define SERVICE_CASE(name, ...)                                                                              \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        service(stack, (struct ecs_fargate_service_props){ __VA_ARGS__ });                                   \
    }

SERVICE_CASE(breaker_elsewhere, .deployment_controller = ECS_CONTROLLER_CODE_DEPLOY,
    .circuit_breaker = &(struct ecs_circuit_breaker){ 0 })
SERVICE_CASE(alarms_elsewhere, .deployment_controller = ECS_CONTROLLER_CODE_DEPLOY,
    .deployment_alarms = &(struct ecs_deployment_alarms){
        .alarm_names = (struct value *[]){ string("a"), NULL } })
SERVICE_CASE(no_alarms,
    .deployment_alarms = &(struct ecs_deployment_alarms){ .alarm_names = (struct value *[]){ NULL } })
SERVICE_CASE(external, .deployment_controller = ECS_CONTROLLER_EXTERNAL)
SERVICE_CASE(full_rebalancing, .availability_zone_rebalancing = ECS_ZONE_REBALANCING_ENABLED,
    .max_healthy_percent = 100)
SERVICE_CASE(empty_task, .task_definition = ecs_fargate_task_definition_new(stack->node, "Task", NULL))

static void nothing_to_run(struct stack *stack)
{
    ecs_fargate_service_new(stack->node, "Service", &(struct ecs_fargate_service_props){ 0 });
}

static void no_breaker(struct stack *stack)
{
    struct ecs_cluster *home = cluster(stack, NULL);
    struct ecs_task_definition *usual = USUAL_TASK(stack);

    ecs_fargate_service_new(stack->node, "Service",
        &(struct ecs_fargate_service_props){
            .cluster = home, .task_definition = usual, .min_healthy_percent = count(100) });
}

static void no_minimum(struct stack *stack)
{
    struct ecs_cluster *home = cluster(stack, NULL);
    struct ecs_task_definition *usual = USUAL_TASK(stack);

    ecs_fargate_service_new(stack->node, "Service",
        &(struct ecs_fargate_service_props){
            .cluster = home,
            .task_definition = usual,
            .circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true },
        });
}

SERVICE_CASE(old_platform_storage, .platform_version = ECS_PLATFORM_1_3,
    .task_definition = TASK(stack, .ephemeral_storage_gib = 50))
SERVICE_CASE(old_platform_pid, .platform_version = ECS_PLATFORM_1_0,
    .task_definition = TASK(
        stack, .pid_mode = ECS_PID_TASK, .runtime_platform.operating_system_family = ECS_OS_LINUX))

static void old_platform_secret(struct stack *stack)
{
    struct secretsmanager_secret *keys = secretsmanager_secret_from_name_v2(stack->node, "Keys", "keys");
    const struct ecs_container_secret secrets[] = { { "KEY", ecs_secret_from_secrets_manager(keys, "key") },
        { 0 } };

    service(stack,
        (struct ecs_fargate_service_props){
            .platform_version = ECS_PLATFORM_1_3,
            .task_definition = task(stack, (struct ecs_fargate_task_definition_props){ 0 }, secrets),
        });
}

static void shell_key_anywhere(struct stack *stack)
{
    const struct ecs_execute_command_configuration configuration = {
        .kms_key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }),
    };
    struct ecs_cluster *home = cluster(stack, &configuration);

    service(stack, (struct ecs_fargate_service_props){ .cluster = home, .enable_execute_command = YES });
}

static void target_in_no_container(struct stack *stack)
{
    ecs_service_load_balancer_target(service(stack, (struct ecs_fargate_service_props){ 0 }),
        &(struct ecs_load_balancer_target_options){ .container_name = "admin" });
}

static void target_on_no_port(struct stack *stack)
{
    ecs_service_load_balancer_target(service(stack, (struct ecs_fargate_service_props){ 0 }),
        &(struct ecs_load_balancer_target_options){ .container_port = 81 });
}

static void scaled_twice(struct stack *stack)
{
    const struct ecs_scalable_task_count_props props = { .max_capacity = 2 };
    struct ecs_service *made = service(stack, (struct ecs_fargate_service_props){ 0 });

    assert_ptr_equal(
        ecs_service_auto_scale_task_count(made, &props), ecs_service_auto_scale_task_count(made, &props));
}

static struct ecs_service *imported_service(struct stack *stack)
{
    return ecs_fargate_service_from_arn(
        stack->node, "Service", string("arn:aws:ecs:us-east-1:123456789012:service/prod/web"));
}

static void imported_scaled(struct stack *stack)
{
    ecs_service_auto_scale_task_count(
        imported_service(stack), &(struct ecs_scalable_task_count_props){ .max_capacity = 2 });
}

static void imported_target(struct stack *stack)
{
    ecs_service_load_balancer_target(imported_service(stack), NULL);
}

static void imported_by_nothing(struct stack *stack)
{
    ecs_fargate_service_from_attributes(
        stack->node, "Service", &(struct ecs_service_attributes){ .cluster = NULL });
}

static void services_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { nothing_to_run, DIAG_ERROR, "Case/Service: a service needs a 'cluster' and a 'task_definition'" },
        { breaker_elsewhere, DIAG_ERROR,
            "Case/Service: a deployment circuit breaker needs the ECS deployment controller" },
        { alarms_elsewhere, DIAG_ERROR,
            "Case/Service: deployment alarms need the ECS deployment controller" },
        { no_alarms, DIAG_ERROR, "Case/Service: deployment alarms need at least one alarm name" },
        { external, DIAG_WARNING,
            "Case/Service: with an external deployment controller the task definition and launch type are "
            "left out" },
        { full_rebalancing, DIAG_ERROR,
            "Case/Service: rebalancing of availability zones needs a 'max_healthy_percent' above 100" },
        { empty_task, DIAG_ERROR,
            "Case/Service: the task definition 'Case/Task' needs an essential container" },
        { no_breaker, DIAG_WARNING,
            "Case/Service: without a 'circuit_breaker', a deployment whose tasks do not start may take three "
            "hours to fail" },
        { no_minimum, DIAG_WARNING,
            "Case/Service: without a 'min_healthy_percent', deployments may stop half of the tasks" },
        { old_platform_storage, DIAG_ERROR,
            "Case/Service: 'ephemeral_storage_gib' of the task needs platform version 1.4.0 or later" },
        { old_platform_pid, DIAG_ERROR,
            "Case/Service: 'pid_mode' of the task needs platform version 1.4.0 or later" },
        { old_platform_secret, DIAG_ERROR,
            "Case/Service: fields of secrets in the task definition need platform version 1.4.0 or later" },
        { shell_key_anywhere, DIAG_ERROR,
            "Case/Service: 'execute command' with a key and encrypted logs needs a stack with a region" },
        { target_in_no_container, DIAG_ERROR, "Case/Service: the task definition has no container 'admin'" },
        { target_on_no_port, DIAG_ERROR,
            "Case/Service: container 'web' has no mapping for TCP port 81; add one" },
        { scaled_twice, DIAG_ERROR, "Case/Service: the task count of the service is scaled already" },
        { imported_scaled, DIAG_ERROR, "Case/Service: only a service that is made here can be scaled" },
        { imported_target, DIAG_ERROR,
            "Case/Service: only a service that is made here can be a target of a load balancer" },
        { imported_by_nothing, DIAG_ERROR,
            "Case/Service: an imported service needs exactly one of 'service_arn' and 'service_name'" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(services_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
