// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

enum {
    MIN_INTERVAL = 5,
    MAX_INTERVAL = 300,
    MIN_TIMEOUT = 2,
    MAX_TIMEOUT = 120,
    DEFAULT_INTERVAL = 30,
    DEFAULT_TIMEOUT = 5,
    DEFAULT_RETRIES = 3,
    MAX_IGNORED_EXIT_CODES = 50,
    MIN_ATTEMPT_PERIOD = 60,
    MAX_ATTEMPT_PERIOD = 1800,
};

static void check_range(struct construct *node, const char *what, struct duration given, int min, int max)
{
    int64_t seconds = duration_to_seconds(given);

    if (given.given && (seconds < min || seconds > max))
        diag_error(node, "%s must be %d to %d seconds, got %lld", what, min, max, (long long)seconds);
}

static void check_health_check(struct construct *node, const struct ecs_health_check *check)
{
    check_range(node, "the interval of a health check", check->interval, MIN_INTERVAL, MAX_INTERVAL);
    check_range(node, "the timeout of a health check", check->timeout, MIN_TIMEOUT, MAX_TIMEOUT);
    if (check->interval.given && check->timeout.given &&
        check->interval.milliseconds < check->timeout.milliseconds)
        diag_error(node, "the interval of a health check must not be shorter than its timeout");
    if (!check->command || !*check->command)
        diag_error(node, "a health check needs a command");
}

// A single word is for the shell; several are a command line unless they say otherwise.
static const char *command_prefix(const char *const *command)
{
    if (!command[1])
        return "CMD-SHELL";
    return strcmp(command[0], "CMD") == 0 || strcmp(command[0], "CMD-SHELL") == 0 ? NULL : "CMD";
}

static struct value *command(const char *const *words)
{
    struct value *list = array();

    if (!words || !*words)
        return list;
    array_append(list, string(command_prefix(words)));
    array_append_all(list, strings(words));
    return list;
}

static struct value *health_check_value(struct construct *node, const struct ecs_health_check *check)
{
    if (!check)
        return NULL;
    check_health_check(node, check);
    return object((struct field[]){
        { "Command", command(check->command) },
        { "Interval", seconds_value(duration_or(check->interval, seconds(DEFAULT_INTERVAL))) },
        { "Retries", number(count_or(check->retries, DEFAULT_RETRIES)) },
        { "StartPeriod", seconds_value(check->start_period) },
        { "Timeout", seconds_value(duration_or(check->timeout, seconds(DEFAULT_TIMEOUT))) },
        END,
    });
}

static struct value *exit_codes(const struct ecs_restart_policy *policy)
{
    struct value *list = policy->ignored_exit_codes ? array() : NULL;

    for (size_t i = 0; list && i < policy->ignored_exit_code_count; i++)
        array_append(list, number(policy->ignored_exit_codes[i]));
    return list;
}

static struct value *restart_policy_value(struct construct *node, const struct ecs_restart_policy *policy)
{
    if (!policy)
        return NULL;
    if (policy->enabled == NO && (policy->ignored_exit_codes || policy->attempt_period.given))
        diag_error(node, "a restart policy that is off takes no exit codes and no attempt period");
    if (policy->ignored_exit_code_count > MAX_IGNORED_EXIT_CODES)
        diag_error(node, "a restart policy takes at most %d exit codes, got %zu", MAX_IGNORED_EXIT_CODES,
            policy->ignored_exit_code_count);
    check_range(node, "the attempt period of a restart policy", policy->attempt_period, MIN_ATTEMPT_PERIOD,
        MAX_ATTEMPT_PERIOD);
    return object((struct field[]){
        { "Enabled", boolean(policy->enabled != NO) },
        { "IgnoredExitCodes", exit_codes(policy) },
        { "RestartAttemptPeriod", seconds_value(policy->attempt_period) },
        END,
    });
}

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
        { "HealthCheck", health_check_value(self->node, p->health_check) },
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
        { "RestartPolicy", restart_policy_value(self->node, p->restart_policy) },
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
