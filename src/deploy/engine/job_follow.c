// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "data/value.h"

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

// What to do next, where an operation has failed.
static const char *advice(const char *status)
{
    static const struct {
        const char *status, *text;
    } advices[] = {
        { "CREATE_FAILED", "fix the cause and deploy again; --no-rollback resumes from here" },
        { "DELETE_FAILED", "fix the cause and run the same command again" },
        { "ROLLBACK_COMPLETE", "fix the cause and deploy again; what is left of the stack is deleted first" },
        { "ROLLBACK_FAILED", "fix the cause and deploy again; what is left of the stack is deleted first" },
        { "UPDATE_FAILED", "fix the cause and deploy again; --no-rollback resumes from here" },
        { "UPDATE_ROLLBACK_COMPLETE", "it is as it was before; fix the cause and deploy again" },
        { "UPDATE_ROLLBACK_FAILED",
            "fix what keeps it from being rolled back and deploy again; 'deploy --force' leaves those "
            "resources as they are" },
    };

    for (size_t i = 0; i < sizeof(advices) / sizeof(*advices); i++)
        if (strcmp(advices[i].status, status) == 0)
            return advices[i].text;
    return "nothing else has changed";
}

const char *job_cause(const struct stack_job *job, const char *status)
{
    const struct failure_cause *cause = &job->monitor.cause;
    struct arena *arena = job->deployment->arena;
    const char *state = arena_printf(arena, "the stack is %s now: %s", status, advice(status));
    const char *construct;

    if (!cause->reason)
        return state;
    if (!*cause->logical_id)
        return arena_printf(arena, "%s\n%s", cause->reason, state);
    construct = cloud_stack_construct(job->stack, cause->logical_id);
    return arena_printf(arena, "%s (%s): %s\n%s", construct ? construct : cause->logical_id, cause->type,
        cause->reason, state);
}
