// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

static const char *const mode_names[] = {
    [ECS_LOG_MODE_BLOCKING] = "blocking",
    [ECS_LOG_MODE_NON_BLOCKING] = "non-blocking",
};

static void check(struct construct *node, const struct ecs_aws_logs *logs)
{
    if (!logs->stream_prefix)
        diag_error(node, "logging needs a 'stream_prefix'");
    if (logs->log_group && logs->log_retention != LOGS_RETENTION_DEFAULT)
        diag_error(node, "'log_retention' is for a new log group; give it to the one that is given");
    if (logs->max_buffer_size && logs->mode != ECS_LOG_MODE_NON_BLOCKING)
        diag_error(node, "'max_buffer_size' needs ECS_LOG_MODE_NON_BLOCKING");
}

static struct logs_log_group *log_group_new(struct construct *scope, enum logs_retention retention)
{
    return logs_log_group_new(scope, "LogGroup",
        &(struct logs_log_group_props){
            .retention = retention == LOGS_RETENTION_DEFAULT ? LOGS_RETENTION_INFINITE : retention,
        });
}

// An imported log group may be in another region than the stack.
static struct value *region_of(const struct logs_log_group *group)
{
    if (group->resource)
        return construct_stack(group->node)->region;
    return arn_split(group->node, group->log_group_arn, ARN_COLON_RESOURCE_NAME).region;
}

static struct value *options(const struct logs_log_group *group, const struct ecs_aws_logs *logs)
{
    long long buffer = (long long)logs->max_buffer_size;

    return object((struct field[]){
        { "awslogs-group", group->log_group_name },
        { "awslogs-stream-prefix", string(logs->stream_prefix) },
        { "awslogs-region", region_of(group) },
        { "awslogs-datetime-format", string(logs->datetime_format) },
        { "awslogs-multiline-pattern", string(logs->multiline_pattern) },
        { "mode", string(mode_names[logs->mode]) },
        { "max-buffer-size", buffer ? stringf("%lldb", buffer) : NULL },
        END,
    });
}

struct value *ecs_aws_logs_bind(struct ecs_container *container, const struct ecs_aws_logs *logs)
{
    struct logs_log_group *group;

    if (!logs)
        return NULL;
    check(container->node, logs);
    group = logs->log_group ? logs->log_group : log_group_new(container->node, logs->log_retention);
    container->log_group = group;
    ecs_task_definition_add_to_execution_role_policy(container->task_definition,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "logs:CreateLogStream", "logs:PutLogEvents", NULL },
            .resources = (struct value *[]){ group->log_group_arn, NULL },
        }));
    return object((struct field[]){
        { "LogDriver", string("awslogs") },
        { "Options", options(group, logs) },
        END,
    });
}
