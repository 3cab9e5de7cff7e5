// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "util/display.h"
#include "util/text/compare.h"
#include "util/text/human.h"
#include "util/timestamp.h"

#include <string.h>

static void end_well(struct stack_job *job, const char *status)
{
    job->final_status = arena_strdup(job->deployment->arena, status);
    job_finish(job, JOB_DONE);
}

static bool is_good_end(const char *status)
{
    return stack_state(status)->class == STACK_STABLE || strcmp(status, "DELETE_COMPLETE") == 0;
}

static void on_watched(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!status)
        job_fail_reply(job, "cannot follow the stack", reply);
    else if (is_good_end(status))
        end_well(job, status);
    else
        job_fail(job, "%-s", job_cause(job, status));
}

// Says what became of the last operation, since there is nothing to follow.
static void report_last(struct stack_job *job)
{
    const char *updated = object_string_or_empty(job->current, "LastUpdatedTime");
    const char *reason = object_string_or_empty(job->current, "StackStatusReason");
    int64_t time = timestamp_parse(*updated ? updated : object_string_or_empty(job->current, "CreationTime"));
    char age[32];

    job->final_status = job_status(job);
    job->problem = display_printf(job->deployment->arena,
        "nothing is in progress; it is %s, and its last operation began %s ago%s%s", job->final_status,
        human_age(age, sizeof(age), timestamp_now() - time), *reason ? ": " : "", reason);
    job_finish(job, JOB_UNCHANGED);
}

// How much there is to do is only known of a stack that is made from scratch.
static size_t resources_to_come(const struct stack_job *job)
{
    return job->is_new ? value_length(object_get(job->stack->template, "Resources")) : 0;
}

static void watch(struct stack_job *job)
{
    job_take_current(job);
    if (!job->current) {
        job_finish(job, JOB_UNCHANGED);
    } else if (!status_is_in_progress(job_status(job))) {
        report_last(job);
    } else {
        job->is_new = strings_equal(job_status(job), "CREATE_IN_PROGRESS");
        job->change_count = resources_to_come(job);
        job_enter(job, JOB_CHANGING);
        job_follow(job, NULL, on_watched);
    }
}

const struct job_operation watch_operation = {
    .verb = "watch",
    .doing = "changing",
    .unchanged = "does not exist",
    .is_unordered = true,
    .handle = watch,
};

static void on_cancelled(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!status)
        job_fail_reply(job, "its update is being cancelled, but cannot be followed", reply);
    else if (strcmp(status, "UPDATE_ROLLBACK_COMPLETE") == 0)
        end_well(job, status);
    else if (stack_state(status)->class == STACK_STABLE)
        job_fail(job, "its update was complete before it could be cancelled: the stack is %s now", status);
    else
        job_fail(job, "%-s", job_cause(job, status));
}

static void on_cancelling(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        job_follow(job, NULL, on_cancelled);
    else
        job_fail_reply(job, "its update cannot be cancelled", reply);
}

static void cancel(struct stack_job *job)
{
    job_enter(job, JOB_CHANGING);
    cancel_update_stack(&job->cf, job_stack_id(job), (struct aws_callback){ on_cancelling, job });
}

// CloudFormation cancels nothing but updates (API reference: "CancelUpdateStack").
static const char *why_not(const char *status)
{
    const char *reason = stack_state(status)->not_cancelable;

    return reason ? reason : "nothing is in progress that could be cancelled";
}

static void look_for_update(struct stack_job *job)
{
    job_take_current(job);
    if (!job->current)
        job_finish(job, JOB_UNCHANGED);
    else if (strings_equal(job_status(job), "UPDATE_IN_PROGRESS"))
        job_finish(job, JOB_BLOCKED);
    else
        job_fail(job, "it is %s: %s", job_status(job), why_not(job_status(job)));
}

const struct job_operation cancel_operation = {
    .verb = "cancel",
    .doing = "cancelling the update",
    .unchanged = "does not exist",
    .is_unordered = true,
    .handle = look_for_update,
    .change = cancel,
};
