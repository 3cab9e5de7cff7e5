// SPDX-License-Identifier: MIT
#include "aws/ecs_patterns/patterns_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <math.h>

enum { DEFAULT_CONTAINER_PORT = 80 };

static void check_share(
    struct construct *node, const char *what, struct count given, int limit, double lowest)
{
    if (!given.given)
        return;
    if (given.number > limit)
        diag_error(node, "'%s' %g must not exceed the task's, %d", what, given.number, limit);
    if (given.number < lowest || given.number != floor(given.number))
        diag_error(node, "'%s' must be a whole number from %g, got %g", what, lowest, given.number);
}

static struct ecs_task_definition *task_definition_new(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    const struct ecs_patterns_task_image_options *options = p->task_image_options;

    return ecs_fargate_task_definition_new(node, "TaskDef",
        &(struct ecs_fargate_task_definition_props){
            .memory_limit_mib = p->memory_limit_mib,
            .cpu = p->cpu,
            .ephemeral_storage_gib = p->ephemeral_storage_gib,
            .execution_role = options->execution_role,
            .task_role = options->task_role,
            .family = options->family,
            .runtime_platform = p->runtime_platform,
        });
}

static void add_container(struct construct *node, struct ecs_task_definition *task,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    const struct ecs_patterns_task_image_options *options = p->task_image_options;
    const struct ecs_aws_logs usual_logs = { .stream_prefix = construct_id(node) };
    const struct ecs_aws_logs *logs = options->enable_logging == NO ? NULL : &usual_logs;
    int port = options->container_port ? options->container_port : DEFAULT_CONTAINER_PORT;

    ecs_task_definition_add_container(task, options->container_name ? options->container_name : "web",
        &(struct ecs_container_props){
            .image = options->image,
            .health_check = p->health_check,
            .logging = options->logging ? options->logging : logs,
            .environment = options->environment,
            .secrets = options->secrets,
            .docker_labels = options->docker_labels,
            .command = options->command,
            .entry_point = options->entry_point,
            .cpu = p->container_cpu,
            .memory_limit_mib = (int)count_or(p->container_memory_limit_mib, 0),
            .port_mappings = &(struct ecs_port_mapping){ .container_port = port },
            .port_mapping_count = 1,
        });
}

struct ecs_task_definition *ecs_patterns_task_definition(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    struct ecs_task_definition *task;

    if (!p->task_definition == !p->task_image_options)
        diag_error(node, "the service needs exactly one of 'task_definition' and 'task_image_options'");
    if (p->task_definition)
        return p->task_definition;
    if (!p->task_image_options)
        return ecs_fargate_task_definition_new(node, "TaskDef", NULL);
    task = task_definition_new(node, p);
    check_share(node, "container_cpu", p->container_cpu, task->cpu, 0);
    check_share(node, "container_memory_limit_mib", p->container_memory_limit_mib, task->memory_mib, 1);
    add_container(node, task, p);
    return task;
}
