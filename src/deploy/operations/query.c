// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "deploy/operations/secret_outputs.h"
#include "template/template.h"

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

const struct job_operation outputs_plan = {
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

const struct job_operation status_plan = {
    .verb = "look at",
    .doing = "looking",
    .is_unordered = true,
    .handle = query_status,
};

static void on_drift(void *data, struct drift *drift)
{
    struct stack_job *job = data;

    if (drift->problem)
        job_fail(job, "its drift cannot be determined: %s", drift->problem);
    else
        job_finish(job, JOB_DONE);
}

// What is under review has nothing that could drift.
static void detect(struct stack_job *job)
{
    struct arena *before;

    job_take_current(job);
    if (!job->current || strcmp(job_status(job), "REVIEW_IN_PROGRESS") == 0) {
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

const struct job_operation drift_plan = {
    .verb = "look for drift of",
    .doing = "detecting drift",
    .is_unordered = true,
    .handle = detect,
};
