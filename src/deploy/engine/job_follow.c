// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/known_template.h"
#include "util/display.h"

static void on_event(void *data, const struct stack_event *event)
{
    struct stack_job *job = data;

    job->deployment->observer->event(job->deployment->observer->data, job, event);
}

static void on_note(void *data, const char *text)
{
    job_note(data, "%s", text);
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
        .looks = &job->environment->looks,
        .before = job->current,
        .skips_events = job->deployment->observer->skips_events,
        .event = on_event,
        .note = on_note,
        .ended = ended,
        .data = job,
    };
    monitor_start(&job->monitor);
}

void job_take_description(struct stack_job *job, const struct value *description)
{
    job->lacks_description = false;
    job_copy_current(job, description);
    // One that was updated may have been updated once more since.
    if (job->is_new && !object_get(description, "LastUpdatedTime"))
        known_template_note(job);
}

static void on_described(void *data, const struct value *description, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    job->change.is_asking = false;
    job->lacks_description = false;
    if (description)
        job_take_description(job, description);
    else
        job_note(job, "its outputs could not be read: %s", reply->message);
}

void deployment_describe_changed(struct deployment *deployment)
{
    for (size_t i = 0; i < deployment->job_count; i++) {
        struct stack_job *job = &deployment->jobs[i];

        if (!job->lacks_description || job->change.is_asking)
            continue;
        job->change.is_asking = true;
        job->look = (struct look){ .stack = job_stack_id(job), .seen = on_described, .data = job };
        looks_add(&job->environment->looks, &job->look, 0);
    }
}

static const char *after_failure(const struct stack_job *job, const char *status)
{
    const char *advice = stack_state(status)->after_failure;

    if (stack_next_action(status) == STACK_DELETE_FIRST && job->is_new && job_wants_protection(job))
        return "fix the cause and deploy again with --no-termination-protection: what is left of the stack has to be "
               "deleted first, and it is protected against that";
    return advice ? advice : "nothing else has changed";
}

const char *job_state_advice(const struct stack_job *job, const char *status)
{
    return display_printf(
        job->deployment->arena, "the stack is %s now: %s", status, after_failure(job, status));
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
