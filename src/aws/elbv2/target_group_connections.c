// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#define APPEND(list, count, capacity, item)                                                                  \
    ((list) = arena_grow(value_arena(), (list), (count), &(capacity), sizeof(*(list))),                      \
        (list)[(count)++] = (item))

void elbv2_target_group_register_connectable(
    struct elbv2_target_group *group, struct ec2_connections *connections, struct ec2_port port)
{
    struct elbv2_target_group_state *state = group->state;
    struct elbv2_connectable connectable = { connections, port };

    if (!group->resource) {
        diag_warning(group->node,
            "the target group is imported: its load balancer's security groups may need rules by hand");
        return;
    }
    if (!port.protocol)
        connectable.port = ec2_port_tcp(state->port);
    APPEND(state->connectables, state->connectable_count, state->connectable_capacity, connectable);
    for (size_t i = 0; i < state->listener_count; i++)
        elbv2_listener_register_connectable(state->listeners[i], connections, connectable.port);
}

void elbv2_target_group_register_listener(
    struct elbv2_target_group *group, struct elbv2_listener *listener, struct construct *user)
{
    struct elbv2_target_group_state *state = group->state;

    if (!group->resource) {
        diag_warning(
            group->node, "the target group is imported: its targets' security groups may need rules by hand");
        return;
    }
    for (size_t i = 0; i < state->connectable_count; i++)
        elbv2_listener_register_connectable(
            listener, state->connectables[i].connections, state->connectables[i].port);
    for (size_t i = 0; i < state->dependent_count; i++)
        construct_add_dependency(resource_node(state->dependents[i]), user);
    APPEND(state->listeners, state->listener_count, state->listener_capacity, listener);
    APPEND(state->users, state->user_count, state->user_capacity, user);
}

void elbv2_target_group_depend_on_listeners(struct elbv2_target_group *group, struct resource *resource)
{
    struct elbv2_target_group_state *state = group->state;

    APPEND(state->dependents, state->dependent_count, state->dependent_capacity, resource);
    for (size_t i = 0; i < state->user_count; i++)
        construct_add_dependency(resource_node(resource), state->users[i]);
}

struct value *elbv2_target_group_first_load_balancer_full_name(struct elbv2_target_group *group)
{
    struct elbv2_target_group_state *state = group->state;

    if (state->listener_count == 0) {
        diag_error(group->node, "the target group must be attached to a load balancer first");
        return NULL;
    }
    return elbv2_load_balancer_full_name(state->listeners[0]->listener_arn);
}
