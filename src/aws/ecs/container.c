// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static struct value *produce_environment(void *data)
{
    const struct value *environment = data;
    struct value *list = omit_empty(array());

    for (size_t i = 0; i < value_length(environment); i++)
        array_append(list,
            object((struct field[]){
                { "Name", string(object_at(environment, i)->key) },
                { "Value", object_at(environment, i)->value },
                END,
            }));
    return list;
}

static struct value *produce_docker_labels(void *data)
{
    return omit_empty(data);
}

static struct value *positive(int n)
{
    return n ? number(n) : NULL;
}

static struct value *version_consistency(enum ecs_version_consistency given)
{
    static const char *const names[] = {
        [ECS_VERSION_CONSISTENCY_ENABLED] = "enabled",
        [ECS_VERSION_CONSISTENCY_DISABLED] = "disabled",
    };

    return string(names[given]);
}

static struct value *container_definition(
    struct ecs_container *self, const struct ecs_container_props *p, struct value *log_configuration)
{
    const struct ecs_container_state *state = self->state;

    return object((struct field[]){
        { "Command", strings(p->command) },
        { "Cpu", count_value(p->cpu) },
        { "DependsOn", state->depends_on },
        { "DisableNetworking", toggle_value(p->disable_networking) },
        { "DockerLabels", lazy(produce_docker_labels, state->docker_labels) },
        { "EntryPoint", strings(p->entry_point) },
        { "Environment", lazy(produce_environment, state->environment) },
        { "Essential", boolean(self->essential) },
        { "HealthCheck", ecs_health_check_value(self->node, p->health_check) },
        { "Hostname", string(p->hostname) },
        { "Image", self->image_name },
        { "Interactive", toggle_value(p->interactive) },
        { "LogConfiguration", log_configuration },
        { "Memory", positive(p->memory_limit_mib) },
        { "MemoryReservation", positive(p->memory_reservation_mib) },
        { "MountPoints", state->mount_points },
        { "Name", string(self->container_name) },
        { "PortMappings", state->port_mappings },
        { "Privileged", toggle_value(p->privileged) },
        { "PseudoTerminal", toggle_value(p->pseudo_terminal) },
        { "ReadonlyRootFilesystem", toggle_value(p->readonly_root_filesystem) },
        { "RepositoryCredentials", ecs_image_credentials(&p->image) },
        { "RestartPolicy", ecs_restart_policy_value(self->node, p->restart_policy) },
        { "Secrets", state->secrets },
        { "StartTimeout", seconds_value(p->start_timeout) },
        { "StopTimeout", seconds_value(p->stop_timeout) },
        { "Ulimits", state->ulimits },
        { "User", string(p->user) },
        { "VersionConsistency", version_consistency(p->version_consistency) },
        { "VolumesFrom", state->volumes_from },
        { "WorkingDirectory", string(p->working_directory) },
        END,
    });
}

static struct ecs_container *container_make(
    struct ecs_task_definition *task, const char *id, const struct ecs_container_props *p)
{
    struct arena *arena = construct_arena(task->node);
    struct ecs_container *self = arena_alloc(arena, sizeof(*self));
    struct ecs_container_state *state = arena_alloc(arena, sizeof(*state));

    self->node = construct_new(task->node, id, "aws_ecs.ContainerDefinition");
    self->container_name = arena_strdup(arena, p->container_name ? p->container_name : id);
    self->task_definition = task;
    self->essential = p->essential != NO;
    self->state = state;
    state->cpu = count_or(p->cpu, 0);
    state->environment = object(p->environment ? p->environment : (struct field[]){ END });
    state->docker_labels = object(p->docker_labels ? p->docker_labels : (struct field[]){ END });
    state->secrets = omit_empty(array());
    state->port_mappings = omit_empty(array());
    state->ulimits = omit_empty(array());
    state->mount_points = omit_empty(array());
    state->depends_on = omit_empty(array());
    state->volumes_from = omit_empty(array());
    return self;
}

struct ecs_container *ecs_task_definition_add_container(
    struct ecs_task_definition *task, const char *id, const struct ecs_container_props *props)
{
    struct ecs_container *self = container_make(task, id, props);
    struct value *log_configuration;

    if (props->memory_limit_mib && props->memory_reservation_mib > props->memory_limit_mib)
        diag_error(self->node, "'memory_reservation_mib' must not exceed 'memory_limit_mib'");
    self->image_name = ecs_image_bind(self, &props->image);
    log_configuration = ecs_aws_logs_bind(self, props->logging);
    for (const struct ecs_container_secret *at = props->secrets; at && at->name; at++)
        ecs_container_add_secret(self, at->name, &at->secret);
    self->state->definition = container_definition(self, props, log_configuration);
    ecs_task_definition_link_container(task, self);
    for (size_t i = 0; i < props->port_mapping_count; i++)
        ecs_container_add_port_mapping(self, &props->port_mappings[i]);
    for (const struct ecs_ulimit *at = props->ulimits; at && at->name; at++)
        ecs_container_add_ulimit(self, at);
    return self;
}

void ecs_container_add_environment(struct ecs_container *container, const char *name, struct value *value)
{
    object_set(container->state->environment, name, value);
}

void ecs_container_add_docker_label(struct ecs_container *container, const char *name, struct value *value)
{
    object_set(container->state->docker_labels, name, value);
}
