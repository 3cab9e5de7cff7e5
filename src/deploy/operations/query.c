// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "deploy/operations/secret_outputs.h"
#include "template/template.h"
#include "util/text/compare.h"

#include <string.h>

static const struct value *parse_template(const struct value *body)
{
    const char *text = value_string(body);
    ERROR_AUTO ignored = ERROR_INIT;

    return text ? template_parse(text, strlen(text), "template", &ignored) : body;
}

// One that cannot be read, for whatever reason, is not there: then nobody can say what is secret.
static void on_template(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *template = parse_template(object_get(reply->answer, "TemplateBody"));

    job->current_template = template ? value_copy(job->deployment->arena, template) : NULL;
    job_finish(job, JOB_DONE);
}

static void query_outputs(struct stack_job *job)
{
    job_take_current(job);
    if (stack_has_hidden_parameters(job->current))
        get_template(&job->cf, job_stack_id(job), (struct aws_callback){ on_template, job });
    else
        job_finish(job, job->current ? JOB_DONE : JOB_UNCHANGED);
}

const struct job_operation outputs_operation = {
    .verb = "look at",
    .doing = "looking",
    .is_unordered = true,
    .handle = query_outputs,
};

static void on_change_sets(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "its change sets cannot be listed", reply);
        return;
    }
    job->change_sets = value_copy(job->deployment->arena, object_get(reply->answer, "Summaries"));
    job_finish(job, JOB_DONE);
}

static void query_status(struct stack_job *job)
{
    job_take_current(job);
    if (job->current)
        list_change_sets(&job->cf, job_stack_id(job), (struct aws_callback){ on_change_sets, job });
    else
        job_finish(job, JOB_UNCHANGED);
}

const struct job_operation status_operation = {
    .verb = "look at",
    .doing = "looking",
    .is_unordered = true,
    .handle = query_status,
};

static void on_drift(void *data, struct drift *drift)
{
    struct stack_job *job = data;

    if (drift->problem)
        job_fail(job, "its drift cannot be determined: %-s", drift->problem);
    else
        job_finish(job, JOB_DONE);
}

// What is under review has nothing that could drift.
static void detect(struct stack_job *job)
{
    struct arena *before;

    job_take_current(job);
    if (!job->current || strings_equal(job_status(job), "REVIEW_IN_PROGRESS")) {
        job_finish(job, JOB_UNCHANGED);
        return;
    }
    before = value_arena_use(job->deployment->arena);
    job->drift = arena_alloc(value_arena(), sizeof(*job->drift));
    *job->drift = (struct drift){ .cf = job->cf, .stack = job_stack_id(job), .ended = on_drift, .data = job };
    job_enter(job, JOB_CHANGING);
    drift_detect(job->drift);
    value_arena_use(before);
}

const struct job_operation drift_operation = {
    .verb = "look for drift of",
    .doing = "detecting drift",
    .is_unordered = true,
    .handle = detect,
};

// The physical ids of stacks that have queues, and whose credentials they can be asked about with.

static bool has_queue(const struct value *template)
{
    const struct value *resources = object_get(template, "Resources");

    for (size_t i = 0; i < value_length(resources); i++)
        if (strcmp(object_string_or_empty(object_at(resources, i)->value, "Type"), "AWS::SQS::Queue") == 0)
            return true;
    return false;
}

static void on_caller(void *data)
{
    job_finish(data, JOB_DONE);
}

static void on_resources(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "its resources cannot be listed", reply);
        return;
    }
    job->removal.resources =
        value_copy(job->deployment->arena, object_get(reply->answer, "StackResourceSummaries"));
    environment_find_caller(job->environment, on_caller, job);
}

static void query_queues(struct stack_job *job)
{
    job_take_current(job);
    if (job->current && has_queue(job->stack->template))
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_resources, job });
    else
        job_finish(job, JOB_UNCHANGED);
}

const struct job_operation queues_operation = {
    .verb = "look at",
    .doing = "looking",
    .is_unordered = true,
    .handle = query_queues,
};
