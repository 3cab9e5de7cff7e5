// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

static bool is_before_1_4(enum ecs_platform_version version)
{
    return version > ECS_PLATFORM_1_4;
}

static void check_deployment(struct construct *node, const struct ecs_fargate_service_props *p)
{
    bool is_ecs = p->deployment_controller <= ECS_CONTROLLER_ECS;

    if (p->circuit_breaker && !is_ecs)
        diag_error(node, "a deployment circuit breaker needs the ECS deployment controller");
    if (!p->circuit_breaker && is_ecs)
        diag_warning(node,
            "without a 'circuit_breaker', a deployment whose tasks do not start may take three hours to "
            "fail");
    if (p->deployment_alarms && !is_ecs)
        diag_error(node, "deployment alarms need the ECS deployment controller");
    if (p->deployment_alarms && !*p->deployment_alarms->alarm_names)
        diag_error(node, "deployment alarms need at least one alarm name");
    if (!p->min_healthy_percent.given)
        diag_warning(node, "without a 'min_healthy_percent', deployments may stop half of the tasks");
    if (p->availability_zone_rebalancing == ECS_ZONE_REBALANCING_ENABLED && p->max_healthy_percent == 100)
        diag_error(node, "rebalancing of availability zones needs a 'max_healthy_percent' above 100");
    if (p->deployment_controller == ECS_CONTROLLER_EXTERNAL)
        diag_warning(
            node, "with an external deployment controller the task definition and launch type are left out");
}

static void check_platform(struct construct *node, const struct ecs_fargate_service_props *p)
{
    const struct ecs_task_definition *task = p->task_definition;

    if (!is_before_1_4(p->platform_version))
        return;
    if (task->ephemeral_storage_gib && !ecs_is_windows(task->state->operating_system))
        diag_error(node, "'ephemeral_storage_gib' of the task needs platform version 1.4.0 or later");
    if (task->state->pid_mode)
        diag_error(node, "'pid_mode' of the task needs platform version 1.4.0 or later");
}

static bool references_secret_json_field(const struct ecs_task_definition *task)
{
    for (size_t i = 0; i < task->state->container_count; i++)
        if (task->state->containers[i]->state->references_secret_json_field)
            return true;
    return false;
}

static void validate_containers(struct construct *node, void *data)
{
    const struct ecs_task_definition *task = data;

    if (!task->default_container)
        diag_error(node, "the task definition '%s' needs an essential container", construct_path(task->node));
}

static void validate_secrets(struct construct *node, void *data)
{
    if (references_secret_json_field(data))
        diag_error(node, "fields of secrets in the task definition need platform version 1.4.0 or later");
}

static struct ec2_security_group *security_group_new(struct ecs_service *self, struct ec2_vpc *vpc)
{
    return ec2_security_group_new(
        self->node, "SecurityGroup", &(struct ec2_security_group_props){ .vpc = vpc });
}

static struct value *network_configuration(
    struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    struct ec2_subnet_selection usual = { .type =
                                              p->assign_public_ip ? EC2_SUBNET_PUBLIC : EC2_SUBNET_DEFAULT };
    struct ec2_selected_subnets subnets =
        ec2_vpc_select_subnets(p->cluster->vpc, p->vpc_subnets ? p->vpc_subnets : &usual);
    struct value *configuration = object((struct field[]){
        { "AssignPublicIp", string(p->assign_public_ip ? "ENABLED" : "DISABLED") },
        { "SecurityGroups", ec2_connections_security_group_ids(self->connections) },
        { "Subnets", subnets.subnet_ids },
        END,
    });

    return object((struct field[]){ { "AwsvpcConfiguration", configuration }, END });
}

static void configure_network(struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    struct ec2_security_group *own[] = { NULL, NULL };
    struct ec2_security_group *const *groups = p->security_groups;

    if (!groups || !*groups) {
        own[0] = security_group_new(self, p->cluster->vpc);
        groups = own;
    }
    for (; *groups; groups++)
        ec2_connections_add_security_group(self->connections, *groups);
    self->state->network_configuration = network_configuration(self, p);
}

static struct ecs_service *service_make(
    struct construct *scope, const char *id, const struct ecs_fargate_service_props *p)
{
    struct arena *arena = construct_arena(scope);
    struct ecs_service *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_ecs.FargateService");
    self->cluster = p->cluster;
    self->task_definition = p->task_definition;
    self->connections = ec2_connections_new(self->node, NULL);
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->load_balancers = array();
    self->state->health_check_grace_period = p->health_check_grace_period;
    return self;
}

// What stacks of other environments get is made from the service's given name, if it has one.
static void set_references(struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    struct value *name = value_if_literal(p->service_name);
    struct value *arn = stack_format_arn(construct_stack(self->node),
        &(struct arn_parts){
            .service = "ecs",
            .resource = "service",
            .resource_name = concatf("%v/%v", p->cluster->cluster_name, name),
        });

    self->service_arn = across_environments(ref(self->resource), name ? arn : NULL);
    self->service_name = across_environments(get_att(self->resource, "Name"), name);
}

struct ecs_service *ecs_fargate_service_new(
    struct construct *scope, const char *id, const struct ecs_fargate_service_props *props)
{
    struct ecs_service *self = service_make(scope, id, props);

    if (!props->cluster || !props->task_definition) {
        diag_error(self->node, "a service needs a 'cluster' and a 'task_definition'");
        return self;
    }
    check_platform(self->node, props);
    check_deployment(self->node, props);
    self->resource =
        resource_new(self->node, "Service", "AWS::ECS::Service", ecs_service_properties(self, props));
    set_references(self, props);
    construct_add_dependency(self->node, props->task_definition->task_role->node);
    if (props->deployment_controller == ECS_CONTROLLER_CODE_DEPLOY)
        construct_add_dependency(self->node, props->task_definition->node);
    if (props->enable_execute_command == YES)
        ecs_service_allow_execute_command(self);
    if (props->deployment_controller != ECS_CONTROLLER_EXTERNAL)
        configure_network(self, props);
    if (is_before_1_4(props->platform_version))
        construct_add_validation(self->node, validate_secrets, props->task_definition);
    construct_add_validation(self->node, validate_containers, props->task_definition);
    return self;
}
