// SPDX-License-Identifier: MIT
// Ports of containers.
#include "util/arena.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/properties/values.h"

#include <string.h>

static const char *port_text(struct validator *validator, const struct node *node)
{
    if (value_type(node->value) != VALUE_STRING && value_type(node->value) != VALUE_NUMBER)
        return NULL;
    return scalar_text(validator_arena(validator), node->value);
}

static void check_same_port(struct judge *judge, const struct node *mapping, void *data)
{
    struct node host = node_get(mapping, "HostPort"), container = node_get(mapping, "ContainerPort");
    const char *host_port = port_text(judge->validator, &host),
               *container_port = port_text(judge->validator, &container);

    (void)data;
    if (host_port && container_port && strcmp(host_port, container_port) != 0)
        report(judge->validator, "E3053", &host,
            "in network mode awsvpc %s has to be the container's port, %s", host_port, container_port);
}

static void check_network_mode(struct judge *judge, const struct node *node, void *data)
{
    if (node_string(node) && strcmp(node_string(node), "awsvpc") == 0)
        judge_each_at(judge, data, "Properties/ContainerDefinitions/*/PortMappings/*", check_same_port, NULL);
}

static void check_task(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties/NetworkMode", check_network_mode, (void *)node);
}

// Services whose containers have ports that are chosen at run time.

struct balanced {
    const struct template_resource *task, *group;
    const char *container, *port;
};

static void check_health_port(struct judge *judge, const struct node *group, void *data)
{
    struct node port = node_get(group, "HealthCheckPort");
    const char *text = port_text(judge->validator, &port);

    (void)data;
    if (node_exists(&port) ? text && strcmp(text, "traffic-port") != 0 : true)
        report(judge->validator, "E3049", &port,
            "the containers' ports are chosen at run time, so HealthCheckPort has to be 'traffic-port'");
}

static void check_mapping(struct judge *judge, const struct node *mapping, void *data)
{
    static const char *const names[] = { "HealthCheckPort", NULL };
    const struct balanced *balanced = data;
    struct node host = node_get(mapping, "HostPort"), container = node_get(mapping, "ContainerPort");
    const char *host_port = port_text(judge->validator, &host),
               *container_port = port_text(judge->validator, &container);

    if (host_port && container_port && strcmp(container_port, balanced->port) == 0 &&
        strcmp(host_port, "0") == 0)
        judge_each_scenario(judge, &balanced->group->properties, names, check_health_port, NULL);
}

static void check_container(struct judge *judge, const struct node *container, void *data)
{
    const struct balanced *balanced = data;
    const char *name = object_string(container->value, "Name");

    if (name && strcmp(name, balanced->container) == 0)
        judge_each_at(judge, container, "PortMappings/*", check_mapping, data);
}

static void check_load_balancer(struct judge *judge, const struct node *node, void *data)
{
    struct node name = node_get(node, "ContainerName"), port = node_get(node, "ContainerPort"),
                group = node_get(node, "TargetGroupArn");
    struct balanced balanced = { data, referred_resource(judge->validator, &group), node_string(&name),
        port_text(judge->validator, &port) };

    if (balanced.container && balanced.port && balanced.group &&
        strcmp(balanced.group->type, "AWS::ElasticLoadBalancingV2::TargetGroup") == 0)
        judge_each_at(
            judge, balanced.task->node, "Properties/ContainerDefinitions/*", check_container, &balanced);
}

static void check_service_task(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *task = referred_resource(judge->validator, node);

    if (task && strcmp(task->type, "AWS::ECS::TaskDefinition") == 0)
        judge_each_at(judge, data, "Properties/LoadBalancers/*", check_load_balancer, (void *)task);
}

static void check_service(struct validator *validator, const struct node *node)
{
    struct judge judge = { .validator = validator, .has_conditions = true };

    judge_each_at(&judge, node, "Properties/TaskDefinition", check_service_task, (void *)node);
}

const struct rule container_rules[] = {
    { "E3049", SEVERITY_ERROR, "the health of containers is checked on a port that they do not have",
        "The containers never get healthy, and the deployment fails after a while.",
        "Set HealthCheckPort of the target group to 'traffic-port'.",
        "AWS::ElasticLoadBalancingV2::TargetGroup HealthCheckPort; Amazon ECS: dynamic port mapping",
        .scope = RULE_RESOURCE, .subject = "AWS::ECS::Service", .check = check_service },
    { "E3053", SEVERITY_ERROR, "HostPort is not ContainerPort in network mode awsvpc",
        "Amazon ECS refuses the task definition, so the stack is rolled back.",
        "Leave HostPort out, or set it to the container's port.", "AWS::ECS::TaskDefinition PortMapping",
        .scope = RULE_RESOURCE, .subject = "AWS::ECS::TaskDefinition", .check = check_task },
    RULES_END,
};
