// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "util/array.h"

#include <string.h>

enum { DEFAULT_MAX_HEALTHY = 200, DEFAULT_MIN_HEALTHY = 50, DEFAULT_GRACE_PERIOD = 60 };

static const char *const controllers[] = {
    [ECS_CONTROLLER_ECS] = "ECS",
    [ECS_CONTROLLER_CODE_DEPLOY] = "CODE_DEPLOY",
    [ECS_CONTROLLER_EXTERNAL] = "EXTERNAL",
};
static const char *const platform_versions[] = {
    [ECS_PLATFORM_LATEST] = "LATEST",
    [ECS_PLATFORM_1_4] = "1.4.0",
    [ECS_PLATFORM_1_3] = "1.3.0",
    [ECS_PLATFORM_1_2] = "1.2.0",
    [ECS_PLATFORM_1_1] = "1.1.0",
    [ECS_PLATFORM_1_0] = "1.0.0",
};
static const char *const tag_sources[] = {
    [ECS_PROPAGATE_TAGS_SERVICE] = "SERVICE",
    [ECS_PROPAGATE_TAGS_TASK_DEFINITION] = "TASK_DEFINITION",
};
static const char *const zone_rebalancings[] = {
    [ECS_ZONE_REBALANCING_ENABLED] = "ENABLED",
    [ECS_ZONE_REBALANCING_DISABLED] = "DISABLED",
};

static bool is_ecs_controlled(const struct ecs_fargate_service_props *p)
{
    return p->deployment_controller <= ECS_CONTROLLER_ECS;
}

// Alarms stop deployments in the public regions only.
static bool region_has_deployment_alarms(const struct stack *stack)
{
    static const char *const without[] = { "cn-", "us-gov-", "us-iso-", "us-isob-" };
    const char *region = value_string(stack->region);

    for (size_t i = 0; region && i < ARRAY_SIZE(without); i++)
        if (strncmp(region, without[i], strlen(without[i])) == 0)
            return false;
    return true;
}

static struct value *alarms_value(struct value *names, bool enable, bool rollback)
{
    return object((struct field[]){
        { "AlarmNames", names },
        { "Enable", boolean(enable) },
        { "Rollback", boolean(rollback) },
        END,
    });
}

static struct value *deployment_alarms(
    const struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    const struct ecs_deployment_alarms *alarms = p->deployment_alarms;

    if (alarms)
        return alarms_value(array_of(alarms->alarm_names), true, !alarms->fail_only);
    if (!is_ecs_controlled(p) || !region_has_deployment_alarms(construct_stack(self->node)) ||
        construct_context_flag(self->node, "@aws-cdk/aws-ecs:removeDefaultDeploymentAlarm"))
        return NULL;
    return alarms_value(array(), false, false);
}

static struct value *circuit_breaker(const struct ecs_circuit_breaker *breaker)
{
    if (!breaker)
        return NULL;
    return object((struct field[]){
        { "Enable", boolean(breaker->enable != NO) },
        { "Rollback", boolean(breaker->rollback) },
        END,
    });
}

static struct value *deployment_configuration(
    const struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    int max_healthy = p->max_healthy_percent ? p->max_healthy_percent : DEFAULT_MAX_HEALTHY;

    return object((struct field[]){
        { "Alarms", deployment_alarms(self, p) },
        { "DeploymentCircuitBreaker", circuit_breaker(p->circuit_breaker) },
        { "MaximumPercent", number(max_healthy) },
        { "MinimumHealthyPercent", number(count_or(p->min_healthy_percent, DEFAULT_MIN_HEALTHY)) },
        END,
    });
}

// A circuit breaker needs the ECS controller, which the CDK then spells out.
static struct value *deployment_controller(
    const struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    static const char implicit_flag[] =
        "@aws-cdk/aws-ecs:disableExplicitDeploymentControllerForCircuitBreaker";
    enum ecs_deployment_controller controller = p->deployment_controller;

    if (!controller && p->circuit_breaker && !construct_context_flag(self->node, implicit_flag))
        controller = ECS_CONTROLLER_ECS;
    if (!controller)
        return NULL;
    return object((struct field[]){ { "Type", string(controllers[controller]) }, END });
}

static struct value *task_definition_reference(const struct ecs_fargate_service_props *p)
{
    if (p->deployment_controller == ECS_CONTROLLER_EXTERNAL)
        return NULL;
    if (p->deployment_controller == ECS_CONTROLLER_CODE_DEPLOY)
        return p->task_definition->family;
    return p->task_definition->task_definition_arn;
}

static struct value *launch_type(const struct ecs_fargate_service_props *p)
{
    bool is_decided_elsewhere =
        p->deployment_controller == ECS_CONTROLLER_EXTERNAL || p->capacity_provider_strategies;

    return is_decided_elsewhere ? NULL : string("FARGATE");
}

// Behind a load balancer, tasks get some time before its health checks count.
static struct value *produce_grace_period(void *data)
{
    const struct ecs_service_state *state = data;

    if (state->health_check_grace_period.given)
        return seconds_value(state->health_check_grace_period);
    return value_length(state->load_balancers) ? number(DEFAULT_GRACE_PERIOD) : NULL;
}

// An empty list takes away the load balancers of a service that had some; without the flag they stay.
static struct value *produce_load_balancers(void *data)
{
    const struct ecs_service *self = data;
    bool may_be_empty = construct_context_flag(self->node, "@aws-cdk/aws-ecs:removeEmptyLoadBalancers");

    return may_be_empty ? self->state->load_balancers : omit_empty(self->state->load_balancers);
}

static struct value *produce_network(void *data)
{
    const struct ecs_service_state *state = data;

    return state->network_configuration;
}

struct value *ecs_service_properties(struct ecs_service *self, const struct ecs_fargate_service_props *p)
{
    const struct ecs_capacity_provider_strategy *strategies = p->capacity_provider_strategies;

    return object((struct field[]){
        { "AvailabilityZoneRebalancing", string(zone_rebalancings[p->availability_zone_rebalancing]) },
        { "CapacityProviderStrategy", strategies ? ecs_capacity_provider_strategy_value(strategies) : NULL },
        { "Cluster", p->cluster->cluster_name },
        { "DeploymentConfiguration", deployment_configuration(self, p) },
        { "DeploymentController", deployment_controller(self, p) },
        { "DesiredCount", count_value(p->desired_count) },
        { "EnableECSManagedTags", boolean(p->enable_ecs_managed_tags) },
        { "EnableExecuteCommand", toggle_value(p->enable_execute_command) },
        { "HealthCheckGracePeriodSeconds", lazy(produce_grace_period, self->state) },
        { "LaunchType", launch_type(p) },
        { "LoadBalancers", lazy(produce_load_balancers, self) },
        { "NetworkConfiguration", lazy(produce_network, self->state) },
        { "PlatformVersion", string(platform_versions[p->platform_version]) },
        { "PropagateTags", string(tag_sources[p->propagate_tags]) },
        { "ServiceName", p->service_name },
        { "TaskDefinition", task_definition_reference(p) },
        END,
    });
}
