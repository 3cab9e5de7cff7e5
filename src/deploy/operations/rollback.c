// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/bootstrap.h"
#include "data/value.h"
#include "util/text/compare.h"

#include <string.h>

enum { MAX_ROUNDS = 10 }; // of leaving resources as they are until the rest can be undone

static void query_and_undo(struct stack_job *job);

static bool is_undone(const char *status)
{
    return strcmp(status, "ROLLBACK_COMPLETE") == 0 || strcmp(status, "UPDATE_ROLLBACK_COMPLETE") == 0;
}

// Whether it makes sense to resume by itself what has just failed: with resources to be left as they are that
// it has not been told before.
static bool may_resume(const struct stack_job *job)
{
    const struct deploy_options *options = job->deployment->options;

    if (options->force)
        return job->rounds < MAX_ROUNDS;
    return value_length(options->orphans) && !strings_equal(job_status(job), "UPDATE_ROLLBACK_FAILED");
}

static void on_query(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "cannot see the state of the stack", reply);
        return;
    }
    job_copy_current(job, array_at(object_get(reply->answer, "Stacks"), 0));
    query_and_undo(job);
}

static void on_ended(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!status) {
        job_fail_reply(job, "it is being rolled back, but cannot be followed", reply);
    } else if (is_undone(status)) {
        job->problem = NULL;
        job->final_status = arena_strdup(job->deployment->arena, status);
        job_finish(job, JOB_DONE);
    } else if (strcmp(status, "UPDATE_ROLLBACK_FAILED") == 0 && may_resume(job)) {
        job->rounds++;
        describe_stacks(&job->cf, job_stack_id(job), (struct aws_callback){ on_query, job });
    } else if (strcmp(status, "UPDATE_ROLLBACK_FAILED") == 0 && job->monitor.cause.reason) {
        job_fail(job, "%-s\n--orphan %s leaves that resource as it is, --force all that fail",
            job_cause(job, status), job->monitor.cause.logical_id);
    } else {
        job_fail(job, "%-s", job_cause(job, status));
    }
}

// Perhaps an answer was lost, and the next try was refused because the first one had begun it.
static void on_look_after_refusal(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const char *status = object_string(array_at(object_get(reply->answer, "Stacks"), 0), "StackStatus");

    if (status && is_undone(status))
        on_ended(job, status, NULL);
    else if (status_is_in_progress(status))
        job_follow(job, NULL, on_ended);
    else
        job_fail(job, "it cannot be rolled back: %-s", job->problem);
}

static void on_begun(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE) {
        job_follow(job, job->change.token, on_ended);
    } else if (reply->outcome == AWS_REFUSED) {
        job->problem = arena_strdup(job->deployment->arena, reply->message);
        describe_stacks(&job->cf, job_stack_id(job), (struct aws_callback){ on_look_after_refusal, job });
    } else {
        job_fail_reply(job, "it cannot be rolled back", reply);
    }
}

static void resume(struct stack_job *job, const struct value *orphans)
{
    for (size_t i = 0; i < value_length(orphans); i++) {
        const char *id = value_string_or_empty(array_at(orphans, i));
        const char *construct = cloud_stack_construct(job->stack, id);

        job_note(job, "%s is left as it is", construct ? construct : id);
    }
    random_token(job->change.token);
    continue_update_rollback(&job->cf, job_stack_id(job), job_role(job), orphans, job->change.token,
        (struct aws_callback){ on_begun, job });
}

static void on_resources(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        resume(job, resources_that_failed(reply->answer));
    else
        job_fail_reply(job, "cannot see the stack's resources", reply);
}

static void resume_rollback(struct stack_job *job)
{
    job_enter(job, JOB_CHANGING);
    if (job->deployment->options->force)
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_resources, job });
    else
        resume(job, job->deployment->options->orphans);
}

static void roll_back(struct stack_job *job)
{
    job_enter(job, JOB_CHANGING);
    random_token(job->change.token);
    rollback_stack(&job->cf, job_stack_id(job), job_role(job), job->change.token,
        (struct aws_callback){ on_begun, job });
}

static const char *why_not(const char *status)
{
    const char *reason = stack_state(status)->no_rollback;

    return reason
        ? reason
        : "nothing has failed that could be rolled back; to go back to an older state, deploy that one";
}

static void query_and_undo(struct stack_job *job)
{
    switch (stack_next_action(job_status(job))) {
    case STACK_ROLL_BACK_FIRST:
        roll_back(job);
        break;
    case STACK_RESUME_ROLLBACK:
        resume_rollback(job);
        break;
    default:
        job_fail(job, "it is %s: %s", job_status(job), why_not(job_status(job)));
    }
}

static void handle_rollback(struct stack_job *job)
{
    job_take_current(job);
    if (job->current)
        query_and_undo(job);
    else
        job_finish(job, JOB_UNCHANGED);
}

const struct job_operation rollback_operation = {
    .verb = "roll back",
    .doing = "rolling back",
    .unchanged = "does not exist",
    .is_unordered = true,
    .needs_bootstrap = true,
    .bootstrap_version = BOOTSTRAP_FOR_ROLLBACK,
    .handle = handle_rollback,
};
