// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "data/value.h"

#include <string.h>

static void on_history(void *data, struct history *history)
{
    struct stack_job *job = data;

    if (history->problem)
        job_fail(job, "its events cannot be read: %-s", history->problem);
    else
        job_finish(job, JOB_DONE);
}

static void read_history(struct stack_job *job)
{
    VALUE_ARENA_SCOPE(job->deployment->arena);

    job->history = arena_alloc(value_arena(), sizeof(*job->history));
    *job->history = (struct history){
        .cf = job->cf,
        .stack = job_stack_id(job),
        .cloud = job->stack,
        .operations = job->deployment->options->operations,
        .ended = on_history,
        .data = job,
    };
    history_read(job->history);
}

// Several may have had this name; CloudFormation lists the youngest first, but does not promise it.
static const struct value *last_deleted(const struct stack_job *job, const struct value *summaries)
{
    const struct value *last = NULL;

    for (size_t i = 0; i < value_length(summaries); i++) {
        const struct value *summary = array_at(summaries, i);

        if (strcmp(object_string_or_empty(summary, "StackName"), job->stack->name) == 0 &&
            (!last ||
                strcmp(object_string_or_empty(summary, "DeletionTime"),
                    object_string_or_empty(last, "DeletionTime")) > 0))
            last = summary;
    }
    return last;
}

static void on_deleted_stacks(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *deleted = last_deleted(job, object_get(reply->answer, "StackSummaries"));

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "the stacks that were deleted cannot be listed", reply);
    } else if (!deleted) {
        job_finish(job, JOB_UNCHANGED);
    } else {
        job_copy_current(job, deleted);
        read_history(job);
    }
}

static void handle_logs(struct stack_job *job)
{
    job_take_current(job);
    if (job->current)
        read_history(job);
    else
        list_stacks(&job->cf, strings((const char *[]){ "DELETE_COMPLETE", NULL }),
            (struct aws_callback){ on_deleted_stacks, job });
}

const struct job_operation logs_operation = {
    .verb = "read the events of",
    .doing = "reading",
    .unchanged = "does not exist",
    .is_unordered = true,
    .handle = handle_logs,
};
