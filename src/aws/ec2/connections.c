// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

// Rules that every group on one side gets for every peer on the other, also for those that join later.
struct permission {
    enum rule_direction direction;
    struct ec2_connections *from; // whose groups get the rules
    struct ec2_connections *to;   // whose peers the rules name
    struct ec2_port port;
    const char *description;
    bool remote_rule;
};

struct permission_list {
    const struct permission **items;
    size_t length, capacity;
};

struct ec2_connections {
    struct construct *scope; // NULL for those of a mere peer
    struct arena *arena;
    struct ec2_security_group **groups; // ends with NULL
    size_t group_count, group_capacity;
    struct ec2_peer **peers;
    size_t peer_count, peer_capacity;
    struct ec2_port default_port;
    struct permission_list of_groups; // those with these connections on the near side
    struct permission_list of_peers;  // and those with them on the far side
};

static void apply(
    const struct permission *permission, struct ec2_security_group *group, struct ec2_peer *peer)
{
    if (permission->direction == RULE_INGRESS)
        ec2_security_group_add_ingress_rule(
            group, peer, permission->port, permission->description, permission->remote_rule);
    else
        ec2_security_group_add_egress_rule(
            group, peer, permission->port, permission->description, permission->remote_rule);
}

static void apply_to_all_peers(const struct permission *permission, struct ec2_security_group *group)
{
    for (size_t i = 0; i < permission->to->peer_count; i++)
        apply(permission, group, permission->to->peers[i]);
}

static void apply_to_all_groups(const struct permission *permission, struct ec2_peer *peer)
{
    for (size_t i = 0; i < permission->from->group_count; i++)
        apply(permission, permission->from->groups[i], peer);
}

static void append_permission(
    struct arena *arena, struct permission_list *list, const struct permission *permission)
{
    list->items = arena_grow(arena, list->items, list->length, &list->capacity, sizeof(struct permission *));
    list->items[list->length++] = permission;
}

static void append_peer(struct ec2_connections *connections, struct ec2_peer *peer)
{
    connections->peers = arena_grow(connections->arena, connections->peers, connections->peer_count,
        &connections->peer_capacity, sizeof(struct ec2_peer *));
    connections->peers[connections->peer_count++] = peer;
}

static struct ec2_connections *allocate(struct construct *scope, struct arena *arena)
{
    struct ec2_connections *connections = arena_alloc(arena, sizeof(*connections));

    connections->scope = scope;
    connections->arena = arena;
    connections->groups = arena_alloc(arena, sizeof(struct ec2_security_group *));
    connections->group_capacity = 1;
    return connections;
}

struct ec2_connections *connections_of_peer(struct ec2_peer *peer)
{
    struct ec2_connections *connections = allocate(NULL, value_arena());

    append_peer(connections, peer);
    return connections;
}

struct ec2_connections *connections_of_group(struct ec2_security_group *group)
{
    return ec2_connections_new(group->node, (struct ec2_security_group *[]){ group, NULL });
}

struct ec2_connections *ec2_connections_new(struct construct *scope, struct ec2_security_group *const *groups)
{
    struct ec2_connections *connections = allocate(scope, construct_arena(scope));

    for (; groups && *groups; groups++)
        ec2_connections_add_security_group(connections, *groups);
    return connections;
}

void ec2_connections_add_security_group(struct ec2_connections *connections, struct ec2_security_group *group)
{
    // One more than there are, so that the list ends with NULL.
    connections->groups = arena_grow(connections->arena, connections->groups, connections->group_count + 1,
        &connections->group_capacity, sizeof(struct ec2_security_group *));
    connections->groups[connections->group_count++] = group;
    connections->groups[connections->group_count] = NULL;
    for (size_t i = 0; i < connections->of_groups.length; i++)
        apply_to_all_peers(connections->of_groups.items[i], group);
    append_peer(connections, group->peer);
    for (size_t i = 0; i < connections->of_peers.length; i++)
        apply_to_all_groups(connections->of_peers.items[i], group->peer);
}

void ec2_connections_set_default_port(struct ec2_connections *connections, struct ec2_port port)
{
    connections->default_port = port;
}

struct ec2_security_group *const *ec2_connections_security_groups(
    const struct ec2_connections *connections, size_t *ret_count)
{
    if (ret_count)
        *ret_count = connections->group_count;
    return connections->groups;
}

struct value *ec2_connections_security_group_ids(const struct ec2_connections *connections)
{
    struct value *ids = array();

    for (size_t i = 0; i < connections->group_count; i++)
        array_append(ids, connections->groups[i]->security_group_id);
    return ids;
}

static void permit(enum rule_direction direction, struct ec2_connections *from, struct ec2_connections *to,
    struct ec2_port port, const char *description, bool remote_rule)
{
    struct permission *permission = arena_alloc(from->arena, sizeof(*permission));

    *permission = (struct permission){
        .direction = direction,
        .from = from,
        .to = to,
        .port = port,
        .description = description ? arena_strdup(from->arena, description) : NULL,
        .remote_rule = remote_rule,
    };
    for (size_t i = 0; i < from->group_count; i++)
        apply_to_all_peers(permission, from->groups[i]);
    append_permission(from->arena, &from->of_groups, permission);
    append_permission(to->arena, &to->of_peers, permission);
}

void ec2_connections_allow_to(struct ec2_connections *connections, struct ec2_connections *other,
    struct ec2_port port, const char *description)
{
    permit(RULE_EGRESS, connections, other, port, description, false);
    // As in the CDK, only the near end of a connection to itself.
    if (other != connections)
        permit(RULE_INGRESS, other, connections, port, description, true);
}

void ec2_connections_allow_from(struct ec2_connections *connections, struct ec2_connections *other,
    struct ec2_port port, const char *description)
{
    permit(RULE_INGRESS, connections, other, port, description, false);
    if (other != connections)
        permit(RULE_EGRESS, other, connections, port, description, true);
}

void ec2_connections_allow_from_peer(
    struct ec2_connections *connections, struct ec2_peer *peer, struct ec2_port port, const char *description)
{
    ec2_connections_allow_from(connections, ec2_peer_connections(peer), port, description);
}

void ec2_connections_allow_to_peer(
    struct ec2_connections *connections, struct ec2_peer *peer, struct ec2_port port, const char *description)
{
    ec2_connections_allow_to(connections, ec2_peer_connections(peer), port, description);
}

void ec2_connections_allow_internally(
    struct ec2_connections *connections, struct ec2_port port, const char *description)
{
    permit(RULE_INGRESS, connections, connections, port, description, false);
    permit(RULE_EGRESS, connections, connections, port, description, false);
}

void ec2_connections_allow_from_any_ipv4(
    struct ec2_connections *connections, struct ec2_port port, const char *description)
{
    ec2_connections_allow_from_peer(connections, ec2_peer_any_ipv4(), port, description);
}

void ec2_connections_allow_to_any_ipv4(
    struct ec2_connections *connections, struct ec2_port port, const char *description)
{
    ec2_connections_allow_to_peer(connections, ec2_peer_any_ipv4(), port, description);
}

static bool has_default_port(const struct ec2_connections *owner, const struct ec2_connections *caller)
{
    struct construct *scope = caller->scope ? caller->scope : owner->scope;

    if (!owner->default_port.protocol && scope)
        diag_error(scope, "there is no default port to allow: name the port");
    return owner->default_port.protocol != NULL;
}

void ec2_connections_allow_default_port_from(
    struct ec2_connections *connections, struct ec2_connections *other, const char *description)
{
    if (has_default_port(connections, connections))
        ec2_connections_allow_from(connections, other, connections->default_port, description);
}

void ec2_connections_allow_default_port_to(
    struct ec2_connections *connections, struct ec2_connections *other, const char *description)
{
    if (has_default_port(connections, connections))
        ec2_connections_allow_to(connections, other, connections->default_port, description);
}

void ec2_connections_allow_default_port_internally(
    struct ec2_connections *connections, const char *description)
{
    if (has_default_port(connections, connections))
        ec2_connections_allow_internally(connections, connections->default_port, description);
}

void ec2_connections_allow_default_port_from_any_ipv4(
    struct ec2_connections *connections, const char *description)
{
    if (has_default_port(connections, connections))
        ec2_connections_allow_from_any_ipv4(connections, connections->default_port, description);
}

void ec2_connections_allow_to_default_port(
    struct ec2_connections *connections, struct ec2_connections *other, const char *description)
{
    if (has_default_port(other, connections))
        ec2_connections_allow_to(connections, other, other->default_port, description);
}
