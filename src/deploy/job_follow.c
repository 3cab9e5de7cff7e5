// SPDX-License-Identifier: MIT
#include "deploy/deployment_private.h"

#include "cdk/value.h"

#include <string.h>

static void on_event(void *data, const struct stack_event *event)
{
    struct stack_job *job = data;

    job->deployment->observer->event(job->deployment->observer->data, job, event);
}

void job_follow(struct stack_job *job, const char *token,
    void (*ended)(void *job, const char *status, const struct aws_reply *reply))
{
    monitor_release(&job->monitor);
    job->is_monitored = true;
    job->monitor = (struct monitor){
        .cf = job->cf,
        .stack = job_stack_id(job),
        .token = token,
        .event = on_event,
        .ended = ended,
        .data = job,
    };
    monitor_start(&job->monitor);
}

const char *job_cause(const struct stack_job *job, const char *status)
{
    const struct failure_cause *cause = &job->monitor.cause;
    struct arena *arena = job->deployment->arena;
    const char *construct;

    if (!cause->reason)
        return arena_printf(arena, "the stack is %s now", status);
    if (!*cause->logical_id)
        return arena_printf(arena, "%s\nthe stack is %s now", cause->reason, status);
    construct = cloud_stack_construct(job->stack, cause->logical_id);
    return arena_printf(arena, "%s (%s): %s\nthe stack is %s now", construct ? construct : cause->logical_id,
        cause->type, cause->reason, status);
}
