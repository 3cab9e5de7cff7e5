// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "template/returned_template.h"

#include <string.h>

// The value that the user gave for a parameter; one for the stack alone comes first.
static const char *given_parameter(const struct stack_job *job, const char *key)
{
    const struct value *given = job->deployment->options->parameters;
    const char *own = arena_printf(value_arena(), "%s:%s", job->stack->display_name, key);
    const char *text = object_string(given, own);

    return text ? text : object_string(given, key);
}

static const struct value *deployed_parameter(const struct stack_job *job, const char *key)
{
    const struct value *parameters = object_get(job->current, "Parameters");

    for (size_t i = 0; i < value_length(parameters); i++)
        if (strcmp(object_string_or_empty(array_at(parameters, i), "ParameterKey"), key) == 0)
            return array_at(parameters, i);
    return NULL;
}

// A parameter that nobody gives keeps its value, as with the CDK (cloudformation.ts: ParameterValues).
const struct value *job_parameters(const struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");
    struct value *parameters = array();

    for (size_t i = 0; i < value_length(declared); i++) {
        const char *key = object_at(declared, i)->key;
        const char *text = given_parameter(job, key);
        bool is_kept = !text && !job->is_new && deployed_parameter(job, key);

        if (text || is_kept)
            array_append(parameters,
                object((struct field[]){
                    { "ParameterKey", string(key) },
                    { "ParameterValue", string(text) },
                    { "UsePreviousValue", is_kept ? boolean(true) : NULL },
                    END,
                }));
    }
    return parameters;
}

static struct value *all_tags(const struct stack_job *job)
{
    const struct value *sources[] = { job->stack->tags, job->deployment->options->tags };
    struct value *tags = object((struct field[]){ END });

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < value_length(sources[i]); j++)
            object_set(tags, object_at(sources[i], j)->key, object_at(sources[i], j)->value);
    return tags;
}

const struct value *job_tags(const struct stack_job *job)
{
    const struct value *tags = all_tags(job);
    struct value *list = array();

    for (size_t i = 0; i < value_length(tags); i++)
        array_append(list,
            object((struct field[]){
                { "Key", string(object_at(tags, i)->key) }, { "Value", object_at(tags, i)->value }, END }));
    return list;
}

const struct value *job_notification_arns(const struct stack_job *job)
{
    const struct value *given = job->deployment->options->notification_arns;

    return given ? given : job->stack->notification_arns;
}

const char *job_role(const struct stack_job *job)
{
    const char *given = job->deployment->options->role;

    return given ? given : environment_expand(job->environment, job->stack->execution_role);
}

bool job_wants_protection(const struct stack_job *job)
{
    return job->stack->termination_protection || job->deployment->options->protects;
}

// A parameter that CloudFormation reads from the parameter store may have another value by now, but for those
// that the CDK marks as of no interest (cloudformation.ts: ParameterValues.hasChanges).
static bool parameters_differ(const struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");

    for (size_t i = 0; i < value_length(declared); i++) {
        const struct field *field = object_at(declared, i);
        const char *type = object_string(field->value, "Type");
        const char *description = object_string(field->value, "Description");
        const char *given = given_parameter(job, field->key);
        const char *deployed = object_string(deployed_parameter(job, field->key), "ParameterValue");

        if (given && (!deployed || strcmp(given, deployed) != 0))
            return true;
        if (type && strncmp(type, "AWS::SSM::Parameter::", strlen("AWS::SSM::Parameter::")) == 0 &&
            !(description && strstr(description, "[cdk:skip]")))
            return true;
    }
    return false;
}

static bool tags_differ(const struct stack_job *job)
{
    const struct value *deployed = object_get(job->current, "Tags");
    const struct value *wanted = all_tags(job);

    if (value_length(deployed) != value_length(wanted))
        return true;
    for (size_t i = 0; i < value_length(deployed); i++) {
        const char *text = object_string(wanted, object_string(array_at(deployed, i), "Key"));

        if (!text || strcmp(text, object_string_or_empty(array_at(deployed, i), "Value")) != 0)
            return true;
    }
    return false;
}

static bool has_text(const struct value *list, const char *text)
{
    for (size_t i = 0; i < value_length(list); i++)
        if (strcmp(value_string_or_empty(array_at(list, i)), text) == 0)
            return true;
    return false;
}

static bool notifications_differ(const struct stack_job *job)
{
    const struct value *deployed = object_get(job->current, "NotificationARNs");
    const struct value *wanted = job_notification_arns(job);

    if (!wanted)
        return false;
    if (value_length(deployed) != value_length(wanted))
        return true;
    for (size_t i = 0; i < value_length(wanted); i++)
        if (!has_text(deployed, value_string_or_empty(array_at(wanted, i))))
            return true;
    return false;
}

bool job_changes_nothing(struct stack_job *job)
{
    const struct value *protection = object_get(job->current, "EnableTerminationProtection");

    if (job->is_new || job->deployment->options->force || status_is_failed(job_status(job)))
        return false;
    return !parameters_differ(job) && !tags_differ(job) && !notifications_differ(job) &&
        value_boolean(protection) == job_wants_protection(job) &&
        returned_equals(job->current_template, job->stack->template);
}

static void on_template(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;

    if (!job_receive_template(job, reply))
        return;
    if (job_changes_nothing(job)) {
        job_finish(job, JOB_UNCHANGED);
        return;
    }
    job_check_prerequisites(job);
    job_find_importers(job);
    if (!job_has_ended(job) && !job->exports.open_exports)
        job_publish(job);
}

void job_compare(struct stack_job *job)
{
    if (job->is_new || job->deployment->options->method == DEPLOY_EXECUTE_CHANGE_SET) {
        job_check_prerequisites(job);
        job_publish(job);
    } else {
        get_template(&job->cf, job_stack_id(job), (struct aws_callback){ on_template, job });
    }
}
