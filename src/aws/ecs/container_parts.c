// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <stdio.h>
#include <string.h>

static const char *const ulimit_names[] = {
    [ECS_ULIMIT_CORE] = "core",
    [ECS_ULIMIT_CPU] = "cpu",
    [ECS_ULIMIT_DATA] = "data",
    [ECS_ULIMIT_FSIZE] = "fsize",
    [ECS_ULIMIT_LOCKS] = "locks",
    [ECS_ULIMIT_MEMLOCK] = "memlock",
    [ECS_ULIMIT_MSGQUEUE] = "msgqueue",
    [ECS_ULIMIT_NICE] = "nice",
    [ECS_ULIMIT_NOFILE] = "nofile",
    [ECS_ULIMIT_NPROC] = "nproc",
    [ECS_ULIMIT_RSS] = "rss",
    [ECS_ULIMIT_RTPRIO] = "rtprio",
    [ECS_ULIMIT_RTTIME] = "rttime",
    [ECS_ULIMIT_SIGPENDING] = "sigpending",
    [ECS_ULIMIT_STACK] = "stack",
};
static const char *const dependency_conditions[] = {
    [ECS_DEPENDENCY_HEALTHY] = "HEALTHY",
    [ECS_DEPENDENCY_START] = "START",
    [ECS_DEPENDENCY_COMPLETE] = "COMPLETE",
    [ECS_DEPENDENCY_SUCCESS] = "SUCCESS",
};
static const char *const app_protocols[] = {
    [ECS_APP_HTTP] = "http",
    [ECS_APP_HTTP2] = "http2",
    [ECS_APP_GRPC] = "grpc",
};

void ecs_container_add_ulimit(struct ecs_container *container, const struct ecs_ulimit *ulimit)
{
    array_append(container->state->ulimits,
        object((struct field[]){
            { "HardLimit", number(ulimit->hard_limit) },
            { "Name", string(ulimit_names[ulimit->name]) },
            { "SoftLimit", number(ulimit->soft_limit) },
            END,
        }));
}

void ecs_container_add_mount_point(struct ecs_container *container, const struct ecs_mount_point *mount)
{
    array_append(container->state->mount_points,
        object((struct field[]){
            { "ContainerPath", string(mount->container_path) },
            { "ReadOnly", boolean(mount->read_only) },
            { "SourceVolume", string(mount->source_volume) },
            END,
        }));
}

bool ecs_container_mounts(const struct ecs_container *container, const char *volume)
{
    const struct value *mounts = container->state->mount_points;

    for (size_t i = 0; i < value_length(mounts); i++)
        if (strcmp(object_string_or_empty(array_at(mounts, i), "SourceVolume"), volume) == 0)
            return true;
    return false;
}

void ecs_container_add_dependency(
    struct ecs_container *container, struct ecs_container *other, enum ecs_dependency_condition condition)
{
    array_append(container->state->depends_on,
        object((struct field[]){
            { "Condition", string(dependency_conditions[condition]) },
            { "ContainerName", string(other->container_name) },
            END,
        }));
}

void ecs_container_add_volumes_from(
    struct ecs_container *container, const char *source_container, bool read_only)
{
    array_append(container->state->volumes_from,
        object((struct field[]){
            { "ReadOnly", boolean(read_only) },
            { "SourceContainer", string(source_container) },
            END,
        }));
}

// "8000-8010"
static bool parse_range(const char *text, struct ecs_port *port)
{
    int end = 0;

    return sscanf(text, "%d-%d%n", &port->range_start, &port->range_end, &end) == 2 && text[end] == '\0' &&
        port->range_start > 0 && port->range_end > 0;
}

static void check_numbers(struct construct *node, const struct ecs_port_mapping *mapping)
{
    bool has_range = mapping->container_port_range != NULL;

    if (mapping->container_port == 0 && !has_range)
        diag_error(node, "a port mapping needs a 'container_port' or a 'container_port_range'");
    if (mapping->container_port && has_range)
        diag_error(node, "a port mapping takes a 'container_port' or a 'container_port_range', not both");
    if (mapping->host_port && has_range)
        diag_error(node, "a port mapping with a range takes no 'host_port'");
    else if (mapping->host_port && mapping->host_port != mapping->container_port)
        diag_error(node, "'host_port' %d must be the container's, %d, or left out", mapping->host_port,
            mapping->container_port);
}

static bool has_port_name(const struct ecs_container_state *state, const char *name)
{
    for (size_t i = 0; i < state->port_count; i++)
        if (state->ports[i].name && strcmp(state->ports[i].name, name) == 0)
            return true;
    return false;
}

static void check_name(struct ecs_container *container, const struct ecs_port_mapping *mapping)
{
    if (mapping->app_protocol && !mapping->name)
        diag_error(container->node, "'app_protocol' of a port mapping needs a 'name'");
    if (mapping->name && !*mapping->name)
        diag_error(container->node, "the name of a port mapping must not be empty");
    else if (mapping->name && has_port_name(container->state, mapping->name))
        diag_error(container->node, "the container has a port '%s' already", mapping->name);
}

static void remember_port(struct ecs_container *container, const struct ecs_port_mapping *mapping)
{
    struct arena *arena = construct_arena(container->node);
    struct ecs_container_state *state = container->state;
    struct ecs_port port = { .container_port = mapping->container_port,
        .is_udp = mapping->protocol == ECS_UDP };

    if (mapping->container_port_range && !parse_range(mapping->container_port_range, &port))
        diag_error(container->node, "'container_port_range' must be START-END, got '%s'",
            mapping->container_port_range);
    if (mapping->name)
        port.name = arena_strdup(arena, mapping->name);
    state->ports =
        arena_grow(arena, state->ports, state->port_count, &state->port_capacity, sizeof(*state->ports));
    state->ports[state->port_count++] = port;
}

void ecs_container_add_port_mapping(struct ecs_container *container, const struct ecs_port_mapping *mapping)
{
    check_numbers(container->node, mapping);
    check_name(container, mapping);
    remember_port(container, mapping);
    array_append(container->state->port_mappings,
        object((struct field[]){
            { "AppProtocol", string(app_protocols[mapping->app_protocol]) },
            { "ContainerPort", mapping->container_port ? number(mapping->container_port) : NULL },
            { "ContainerPortRange", string(mapping->container_port_range) },
            { "HostPort", mapping->host_port ? number(mapping->host_port) : NULL },
            { "Name", string(mapping->name) },
            { "Protocol", string(mapping->protocol == ECS_UDP ? "udp" : "tcp") },
            END,
        }));
}
