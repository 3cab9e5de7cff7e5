// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "util/display.h"

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

static const char *after_failure(const char *status)
{
    const char *advice = stack_state(status)->after_failure;

    return advice ? advice : "nothing else has changed";
}

const char *job_state_advice(const struct stack_job *job, const char *status)
{
    return display_printf(job->deployment->arena, "the stack is %s now: %s", status, after_failure(status));
}

const char *job_cause(const struct stack_job *job, const char *status)
{
    const struct failure_cause *cause = &job->monitor.cause;
    struct arena *arena = job->deployment->arena;
    const char *state = job_state_advice(job, status);
    const char *construct;

    if (!cause->reason)
        return state;
    // CloudFormation user guide: "Resource already exists" errors.
    if (job->is_new && strstr(cause->reason, "already exists"))
        state = display_printf(arena,
            "%-s\n--import-existing-resources takes over what an earlier stack has left under that name",
            state);
    if (!*cause->logical_id)
        return display_printf(arena, "%s\n%-s", cause->reason, state);
    construct = cloud_stack_construct(job->stack, cause->logical_id);
    return display_printf(arena, "%s (%s): %s\n%-s", construct ? construct : cause->logical_id, cause->type,
        cause->reason, state);
}
