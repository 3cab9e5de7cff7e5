// SPDX-License-Identifier: MIT
// Exports that a stack no longer has, but that others still import: the deadlock of every change that takes a
// reference between stacks away. CloudFormation keeps an export while it is imported, and the stack that
// imports it is deployed after the one that exports it. The way out has three steps (aws-cdk-lib:
// @aws-cdk/core:defaultCrossStackReferences): first the importing stack, as it is deployed, reads the output
// with Fn::GetStackOutput, which keeps nothing ("both"); then the export goes ("weak"); then the importing
// stack becomes what the app describes.
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/json.h"
#include "data/value.h"
#include "util/display.h"
#include "util/strbuf.h"

#include <string.h>

// CloudFormation user guide, "Quotas": bytes of a template that is sent along.
enum { INLINE_TEMPLATE_LIMIT = 51200 };
enum { UPLOADS_POLL_MS = 50 };

// Whether they may be changed twice.

static const struct stack_job *next_importer(const struct stack_job *job, const struct stack_job *after)
{
    const struct deployment *deployment = job->deployment;

    for (size_t i = after ? (size_t)(after - deployment->jobs) + 1 : 0; i < deployment->job_count; i++)
        for (const struct weakening *one = job->exports.weakenings; one; one = one->next)
            if (one->importer == &deployment->jobs[i])
                return one->importer;
    return NULL;
}

static const char *importer_names(const struct stack_job *job)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (const struct stack_job *one = next_importer(job, NULL); one; one = next_importer(job, one))
        strbuf_addf(&text, "%s%s", text.length ? ", " : "", one->stack->display_name);
    return arena_strdup(job->deployment->arena, text.data);
}

void job_confirm_weakening(struct stack_job *job)
{
    const struct deploy_observer *observer = job->deployment->observer;
    const char *problem = "nobody has confirmed that the stacks that import its exports may be changed twice";
    const char *names = importer_names(job);
    DISPLAY_AUTO exports = DISPLAY_INIT;
    const char *question;

    if (job_has_ended(job) || !job->exports.weakenings)
        return;
    for (const struct weakening *one = job->exports.weakenings; one; one = one->next)
        if (job_has_ended(one->importer)) {
            job->problem =
                job_export_in_use(job, one, strings((const char *[]){ one->importer->stack->name, NULL }));
            job_enter(job, JOB_FAILED);
            return;
        }
    for (const struct weakening *one = job->exports.weakenings; one; one = one->next)
        display_addf(&exports, "\n  %s%s, imported by %s", one->export,
            one->is_change ? " (it gets another value)" : "", one->importer->stack->display_name);
    if (job->deployment->publisher.read_only)
        return;
    question = display_printf(job->deployment->arena,
        "%s no longer exports what other stacks still import:%-s\nChange %s first, to read it without "
        "importing it (Fn::GetStackOutput), then %s, then %s as the app describes it?",
        job->stack->display_name, exports.shown.data, names, job->stack->display_name, names);
    if (observer->confirm && observer->confirm(observer->context, job, question, &problem))
        return;
    job->problem = arena_strdup(job->deployment->arena, problem);
    job_enter(job, JOB_FAILED);
}

// Changing them.

static struct value *get_stack_output(const struct stack_job *job, const struct weakening *weakening)
{
    return object((struct field[]){
        { "Fn::GetStackOutput",
            object((struct field[]){
                { "StackName", string(job->stack->name) },
                { "Region", string(job->environment->region) },
                { "OutputName", string(weakening->output) },
                END,
            }) },
        END,
    });
}

// The value with what `importer` imports of these exports read instead.
static struct value *weakened(
    const struct stack_job *job, const struct stack_job *importer, const struct value *value)
{
    const char *name = value_length(value) == 1 ? object_string(value, "Fn::ImportValue") : NULL;
    struct value *copy;

    for (const struct weakening *one = job->exports.weakenings; one && name; one = one->next)
        if (one->importer == importer && strcmp(one->export, name) == 0)
            return get_stack_output(job, one);
    if (value_type(value) == VALUE_ARRAY) {
        copy = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(copy, weakened(job, importer, array_at(value, i)));
        return copy;
    }
    if (value_type(value) != VALUE_OBJECT)
        return (struct value *)value;
    copy = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++)
        object_set(copy, object_at(value, i)->key, weakened(job, importer, object_at(value, i)->value));
    return copy;
}

static const struct value *same_parameters(const struct stack_job *job)
{
    const struct value *deployed = object_get(job->current, "Parameters");
    struct value *parameters = array();

    for (size_t i = 0; i < value_length(deployed); i++)
        array_append(parameters,
            object((struct field[]){
                { "ParameterKey", object_get(array_at(deployed, i), "ParameterKey") },
                { "UsePreviousValue", boolean(true) },
                END,
            }));
    return parameters;
}

static void weaken_next(struct stack_job *job);

static void drop_importer(struct stack_job *job, const struct stack_job *importer)
{
    const struct weakening *old = job->exports.weakenings;

    job->exports.weakenings = NULL;
    for (; old; old = old->next)
        if (old->importer != importer) {
            struct weakening *copy = arena_memdup(job->deployment->arena, old, sizeof(*old));

            copy->next = job->exports.weakenings;
            job->exports.weakenings = copy;
        }
}

static void fail_importer(struct stack_job *importer, const char *reason)
{
    struct stack_job *job = importer->exports.weakened_for;

    importer->exports.weakened_for = NULL;
    importer->problem = arena_strdup(importer->deployment->arena, reason);
    job_enter(importer, JOB_FAILED);
    job_fail(
        job, "its exports are still in use: '%s' could not be changed first", importer->stack->display_name);
}

static void on_weakened(void *data, const char *status, const struct aws_reply *reply)
{
    struct stack_job *importer = data;
    struct stack_job *job = importer->exports.weakened_for;

    if (!status) {
        fail_importer(importer, aws_explain(reply));
    } else if (stack_state(status)->class != STACK_STABLE) {
        fail_importer(importer, job_cause(importer, status));
    } else {
        importer->exports.weakened_for = NULL;
        drop_importer(job, importer);
        job_enter(importer, JOB_BLOCKED);
        weaken_next(job);
    }
}

static void on_weakening(void *data, const struct aws_reply *reply)
{
    struct stack_job *importer = data;

    importer->change.is_asking = false;
    if (reply->outcome == AWS_DONE)
        job_follow(importer, importer->change.token, on_weakened);
    else
        fail_importer(importer, aws_explain(reply));
}

static void weaken(struct stack_job *job, struct stack_job *importer)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct stack_request request = {
        .stack = job_stack_id(importer),
        .parameters = same_parameters(importer),
        .tags = object_get(importer->current, "Tags"),
        .notification_arns = object_get(importer->current, "NotificationARNs"),
        .role = job_role(importer),
        .token = importer->change.token,
    };

    importer->exports.weakened_for = job;
    json_stringify(&text, weakened(job, importer, importer->current_template));
    request.template_body = text.data;
    job_enter(importer, JOB_CHANGING);
    if (!importer->current_template || text.length > INLINE_TEMPLATE_LIMIT) {
        fail_importer(importer,
            "its template is too long to be changed in between\ndeploy it first, without the use of these "
            "exports ('tango-infra deploy --exclusively')");
        return;
    }
    job_note(importer, "reading what '%s' no longer exports without importing it, before that is changed",
        job->stack->display_name);
    random_token(importer->change.token);
    importer->change.is_asking = true;
    update_stack(&importer->cf, &request, (struct aws_callback){ on_weakening, importer });
}

static void weaken_later(void *data)
{
    weaken_next(data);
}

static void weaken_next(struct stack_job *job)
{
    struct stack_job *importer = (struct stack_job *)next_importer(job, NULL);

    if (!importer)
        job->removal.answered(job);
    else if (importer->stage == JOB_PUBLISHING)
        event_loop_after(job->deployment->queue, UPLOADS_POLL_MS, weaken_later, job);
    else if (job_has_ended(importer))
        job_fail(job, "its exports are still in use by '%s', which did not get through",
            importer->stack->display_name);
    else
        weaken(job, importer);
}

void job_weaken_importers(struct stack_job *job, void (*done)(struct stack_job *job))
{
    job->removal.answered = done;
    if (job->exports.weakenings)
        job_enter(job, JOB_CLEARING); // it is not blocked any more
    weaken_next(job);
}
