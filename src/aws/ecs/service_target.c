// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

struct service_target {
    struct ecs_service *service;
    const char *container_name;
    struct ecs_port port;
};

static struct ec2_port ec2_port_of(const struct ecs_port *port)
{
    if (port->container_port)
        return port->is_udp ? ec2_port_udp(port->container_port) : ec2_port_tcp(port->container_port);
    return port->is_udp ? ec2_port_udp_range(port->range_start, port->range_end)
                        : ec2_port_tcp_range(port->range_start, port->range_end);
}

static void attach(struct elbv2_target_group *group, void *data)
{
    const struct service_target *target = data;
    struct ecs_service *service = target->service;

    elbv2_target_group_register_connectable(group, service->connections, ec2_port_of(&target->port));
    array_append(service->state->load_balancers,
        object((struct field[]){
            { "ContainerName", string(target->container_name) },
            { "ContainerPort", number(target->port.container_port) },
            { "TargetGroupArn", group->target_group_arn },
            END,
        }));
    elbv2_target_group_depend_on_listeners(group, service->resource);
}

// The mapping of that port, or of the first one when `wanted` is 0; NULL, and an error, when there is none.
static const struct ecs_port *find_port(
    struct construct *node, const struct ecs_container *container, int wanted, bool is_udp)
{
    const struct ecs_container_state *state = container->state;

    if (!wanted && state->port_count)
        wanted = state->ports[0].container_port;
    for (size_t i = 0; i < state->port_count; i++)
        if (state->ports[i].container_port == wanted && state->ports[i].is_udp == is_udp)
            return &state->ports[i];
    diag_error(node, "container '%s' has no mapping for %s port %d; add one", container->container_name,
        is_udp ? "UDP" : "TCP", wanted);
    return NULL;
}

// That there is an essential container is checked before synthesis.
static const struct ecs_container *find_container(struct ecs_service *service, const char *name)
{
    const struct ecs_task_definition *task = service->task_definition;
    const struct ecs_container *container =
        name ? ecs_task_definition_find_container(task, name) : task->default_container;

    if (!container && name)
        diag_error(service->node, "the task definition has no container '%s'", name);
    return container;
}

struct elbv2_target ecs_service_load_balancer_target(
    struct ecs_service *service, const struct ecs_load_balancer_target_options *options)
{
    const struct ecs_load_balancer_target_options none = { 0 };
    const struct ecs_load_balancer_target_options *o = options ? options : &none;
    const struct ecs_container *container = NULL;
    const struct ecs_port *port = NULL;
    struct service_target *target = arena_alloc(construct_arena(service->node), sizeof(*target));

    if (service->resource)
        container = find_container(service, o->container_name);
    else
        diag_error(service->node, "only a service that is made here can be a target of a load balancer");
    if (container)
        port = find_port(service->node, container, o->container_port, o->protocol == ECS_UDP);
    if (!port)
        return (struct elbv2_target){ .type = ELBV2_TARGET_IP };
    *target = (struct service_target){ service, container->container_name, *port };
    return (struct elbv2_target){ .type = ELBV2_TARGET_IP, .attach = attach, .data = target };
}
