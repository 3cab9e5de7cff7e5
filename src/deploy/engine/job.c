// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "template/template.h"
#include "util/text/compare.h"

#include <string.h>

enum { MAX_ROUNDS = 10 }; // of clearing the way before a stack is given up

const char *job_status(const struct stack_job *job)
{
    return job->current ? object_string_or_empty(job->current, "StackStatus") : NULL;
}

const char *job_stack_id(const struct stack_job *job)
{
    const char *id = object_string(job->current, "StackId");

    return id ? id : job->stack->name;
}

void job_copy_current(struct stack_job *job, const struct value *description)
{
    job->current = description ? value_copy(job->deployment->arena, description) : NULL;
}

bool job_receive_template(struct stack_job *job, const struct aws_reply *reply)
{
    const struct value *body = object_get(reply->answer, "TemplateBody");
    const char *text = value_string(body);
    struct arena *before;
    ERROR_AUTO ignored = ERROR_INIT;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "cannot read the template that is deployed", reply);
        return false;
    }
    before = value_arena_use(job->deployment->arena);
    if (text)
        job->current_template = template_parse(text, strlen(text), job->stack->name, &ignored);
    else
        job->current_template = value_type(body) == VALUE_OBJECT ? value_copy(value_arena(), body) : NULL;
    value_arena_use(before);
    return true;
}

bool job_receive_resources(struct stack_job *job, const struct aws_reply *reply)
{
    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "cannot see the stack's resources", reply);
        return false;
    }
    job->removal.resources =
        value_copy(job->deployment->arena, object_get(reply->answer, "StackResourceSummaries"));
    return true;
}

static void on_query(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_REFUSED && strstr(reply->message, "does not exist"))
        job_copy_current(job, NULL);
    else if (reply->outcome == AWS_DONE)
        job_copy_current(job, array_at(object_get(reply->answer, "Stacks"), 0));
    else {
        job_fail_reply(job, "cannot see the state of the stack", reply);
        return;
    }
    job->deployment->operation->handle(job);
}

void job_query_again(struct stack_job *job)
{
    if (++job->rounds > MAX_ROUNDS) {
        job_fail(job, "its state keeps changing under this deployment; it is %s now%-s%s", job_status(job),
            job->change.refusal ? "\n" : "", job->change.refusal ? job->change.refusal : "");
        return;
    }
    describe_stacks(&job->cf, job->stack->name, (struct aws_callback){ on_query, job });
}

// What was tried has failed, and would fail again.
static bool is_no_better(const struct stack_job *job, const char *status)
{
    return strings_equal(status, job_status(job));
}

static void on_cleared(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!status)
        job_fail_reply(job, "cannot follow the stack", reply);
    else if (is_no_better(job, status))
        job_fail(job, "%-s", job_cause(job, status));
    else
        job_query_again(job);
}

// Somebody may have been quicker; whatever stands in the way then is seen by looking again.
void job_clearing_refused(struct stack_job *job, const struct aws_reply *reply)
{
    if (reply->outcome == AWS_REFUSED && job->rounds < MAX_ROUNDS / 2 &&
        !strstr(reply->message, "TerminationProtection"))
        job_query_again(job);
    else
        job_fail_reply(job, "the stack cannot be brought into a state from which it could continue", reply);
}

static void on_clearing(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        job_follow(job, job->change.token, on_cleared);
    else
        job_clearing_refused(job, reply);
}

void job_wait_for_other(struct stack_job *job)
{
    job_note(job, "it is %s: waiting for that to end", job_status(job));
    job_enter(job, JOB_CLEARING);
    job_follow(job, NULL, on_cleared);
}

static void roll_back_first(struct stack_job *job)
{
    job_note(job, "it is %s: rolling back first", job_status(job));
    job_enter(job, JOB_CLEARING);
    random_token(job->change.token);
    rollback_stack(&job->cf, job_stack_id(job), job_role(job), job->change.token,
        (struct aws_callback){ on_clearing, job });
}

static void resume_rollback(struct stack_job *job, const struct value *skipped)
{
    random_token(job->change.token);
    continue_update_rollback(&job->cf, job_stack_id(job), job_role(job), skipped, job->change.token,
        (struct aws_callback){ on_clearing, job });
}

struct value *resources_that_failed(const struct value *answer)
{
    const struct value *resources = object_get(answer, "StackResourceSummaries");
    struct value *failed = array();

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = array_at(resources, i);

        if (strcmp(object_string_or_empty(resource, "ResourceStatus"), "UPDATE_FAILED") == 0)
            array_append(failed, object_get(resource, "LogicalResourceId"));
    }
    return failed;
}

// Resources that could not be rolled back are left as they are.
static void on_resources(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome == AWS_DONE)
        resume_rollback(job, resources_that_failed(reply->answer));
    else
        job_fail_reply(job, "cannot see the stack's resources", reply);
}

static void resume_rollback_first(struct stack_job *job)
{
    job_note(job, "it is %s: resuming the rollback first", job_status(job));
    job_enter(job, JOB_CLEARING);
    if (job->deployment->options->force)
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_resources, job });
    else
        resume_rollback(job, NULL);
}

bool job_is_held(struct stack_job *job)
{
    bool is_held = !job->deployment->is_open;

    job->is_held = is_held;
    // Perhaps this was the last look that the others waited for: then it is treated before this returns.
    if (is_held) {
        job_check_prerequisites(job);
        job_finish(job, JOB_BLOCKED);
    }
    return is_held;
}

void job_take_current(struct stack_job *job)
{
    if (!job->current && !job->rounds)
        job->current = object_get(job->environment->stacks, job->stack->name);
}

static void handle_deploy(struct stack_job *job)
{
    enum stack_next_action next_action;

    job_take_current(job);
    next_action = stack_next_action(job_status(job));
    if (next_action == STACK_ROLL_BACK_FIRST && job->deployment->options->no_rollback)
        next_action = STACK_UPDATE;
    if (next_action != STACK_CREATE && next_action != STACK_UPDATE && job_is_held(job))
        return;
    job->is_new = next_action == STACK_CREATE;
    switch (next_action) {
    case STACK_CREATE:
    case STACK_UPDATE:
        job_compare(job);
        break;
    case STACK_WAIT:
        job_wait_for_other(job);
        break;
    case STACK_DELETE_FIRST:
        job_delete_first(job);
        break;
    case STACK_ROLL_BACK_FIRST:
        roll_back_first(job);
        break;
    case STACK_RESUME_ROLLBACK:
        resume_rollback_first(job);
        break;
    case STACK_UNRECOVERABLE:
        job_fail(job, "it is %s, from where no deployment can continue", job_status(job));
        break;
    }
}

const struct job_operation deploy_operation = {
    .verb = "deploy",
    .doing = "changing",
    .is_cancellable = true,
    .needs_bootstrap = true,
    .checks_prerequisites = true,
    .handle = handle_deploy,
    .change = job_change,
    .uploaded = job_uploaded,
};
