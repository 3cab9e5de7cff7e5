// SPDX-License-Identifier: MIT
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "util/text/suggest.h"

#include <string.h>

// What is given for one parameter.
struct given_value {
    const char *stack; // display name or name; NULL: every stack that has it
    const char *key;
};

static struct given_value given_at(const struct value *parameters, size_t index)
{
    const char *text = object_at(parameters, index)->key;
    const char *colon = strrchr(text, ':');
    const char *stack = colon ? arena_strndup(value_arena(), text, (size_t)(colon - text)) : NULL;

    return (struct given_value){ stack && strcmp(stack, "*") != 0 ? stack : NULL, colon ? colon + 1 : text };
}

static bool is_called(const struct cloud_stack *stack, const char *name)
{
    return strcmp(stack->display_name, name) == 0 || strcmp(stack->name, name) == 0;
}

static const struct value *declaration(const struct cloud_stack *stack, const char *key)
{
    return object_get(object_get(stack->template, "Parameters"), key);
}

static int refuse_stack(const struct given_value *given, const struct cloud_assembly *assembly,
    const bool *chosen, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(given->stack);

    for (size_t i = 0; i < assembly->stack_count; i++) {
        if (is_called(&assembly->stacks[i], given->stack))
            return error_set(err,
                "the parameter '%s' is given for the stack '%s', which is not deployed here", given->key,
                given->stack);
        if (chosen[i])
            suggestion_consider(&suggestion, assembly->stacks[i].display_name);
    }
    return error_set(err, "the parameter '%s' is given for the stack '%s', which the app does not have%s%s%s",
        given->key, given->stack, suggestion.best ? "; did you mean '" : "",
        suggestion.best ? suggestion.best : "", suggestion.best ? "'?" : "");
}

static int refuse_key(const struct given_value *given, const struct cloud_assembly *assembly,
    const bool *chosen, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(given->key);

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct cloud_stack *stack = &assembly->stacks[i];
        const struct value *declared = object_get(stack->template, "Parameters");

        if (!chosen[i] || (given->stack && !is_called(stack, given->stack)))
            continue;
        for (size_t j = 0; j < value_length(declared); j++)
            suggestion_consider(&suggestion, object_at(declared, j)->key);
    }
    return error_set(err, "%s%s%s'%s'%s%s%s", given->stack ? "the stack '" : "no stack has a parameter ",
        given->stack ? given->stack : "", given->stack ? "' has no parameter " : "", given->key,
        suggestion.best ? "; did you mean '" : "", suggestion.best ? suggestion.best : "",
        suggestion.best ? "'?" : "");
}

int deployment_check_parameters(const struct value *parameters, const struct cloud_assembly *assembly,
    const bool *chosen, struct error *err)
{
    for (size_t i = 0; i < value_length(parameters); i++) {
        struct given_value given = given_at(parameters, i);
        bool has_stack = !given.stack, has_key = false;

        for (size_t j = 0; j < assembly->stack_count; j++) {
            const struct cloud_stack *stack = &assembly->stacks[j];

            if (!chosen[j] || (given.stack && !is_called(stack, given.stack)))
                continue;
            has_stack = true;
            has_key |= declaration(stack, given.key) != NULL;
        }
        if (!has_stack)
            return refuse_stack(&given, assembly, chosen, err);
        if (!has_key)
            return refuse_key(&given, assembly, chosen, err);
    }
    return 0;
}

// The value that the user gave for a parameter; one for the stack alone comes first, of two the last.
static const char *given_parameter(const struct stack_job *job, const char *key)
{
    const struct value *parameters = job->deployment->options->parameters;
    const char *for_all = NULL, *own = NULL;

    for (size_t i = 0; i < value_length(parameters); i++) {
        struct given_value given = given_at(parameters, i);
        const char *text = value_string(object_at(parameters, i)->value);

        if (strcmp(given.key, key) != 0)
            continue;
        if (!given.stack)
            for_all = text;
        else if (is_called(job->stack, given.stack))
            own = text;
    }
    return own ? own : for_all;
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
static bool is_kept(const struct stack_job *job, const char *key)
{
    return !job->is_new && !job->deployment->options->resets_parameters && !given_parameter(job, key) &&
        deployed_parameter(job, key);
}

const struct value *job_parameters(const struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");
    struct value *parameters = array();

    for (size_t i = 0; i < value_length(declared); i++) {
        const char *key = object_at(declared, i)->key;
        const char *text = given_parameter(job, key);

        if (text || is_kept(job, key))
            array_append(parameters,
                object((struct field[]){
                    { "ParameterKey", string(key) },
                    { "ParameterValue", string(text) },
                    { "UsePreviousValue", text ? NULL : boolean(true) },
                    END,
                }));
    }
    return parameters;
}

bool job_has_parameters(struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");

    for (size_t i = 0; i < value_length(declared); i++) {
        const struct field *field = object_at(declared, i);

        if (object_get(field->value, "Default") || given_parameter(job, field->key) ||
            is_kept(job, field->key))
            continue;
        job_fail(job, "its parameter '%s' has no default and needs a value: --parameters %s:%s=VALUE",
            field->key, job->stack->display_name, field->key);
        return false;
    }
    return true;
}

// As text: what CloudFormation makes of it.
static const char *default_of(const struct value *declared)
{
    const struct value *given = object_get(declared, "Default");

    if (value_type(given) == VALUE_NUMBER)
        return arena_printf(value_arena(), "%.15g", value_number(given));
    if (value_type(given) == VALUE_BOOLEAN)
        return value_boolean(given) ? "true" : "false";
    return value_string(given);
}

static bool is_stored(const struct value *declared)
{
    return strncmp(object_string_or_empty(declared, "Type"),
               "AWS::SSM::Parameter::", strlen("AWS::SSM::Parameter::")) == 0;
}

const char *job_parameter_value(const struct stack_job *job, const char *key)
{
    const struct value *declared = declaration(job->stack, key);

    if (is_stored(declared) || object_get(declared, "NoEcho"))
        return NULL;
    if (given_parameter(job, key))
        return given_parameter(job, key);
    return is_kept(job, key) ? object_string(deployed_parameter(job, key), "ParameterValue")
                             : default_of(declared);
}

bool job_parameter_is_read_again(const struct stack_job *job, const char *key)
{
    const struct value *declared = declaration(job->stack, key);
    const char *description = object_string(declared, "Description");

    return is_stored(declared) && !(description && strstr(description, "[cdk:skip]"));
}

bool job_reads_parameters_again(const struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");

    for (size_t i = 0; i < value_length(declared); i++)
        if (job_parameter_is_read_again(job, object_at(declared, i)->key))
            return true;
    return false;
}

bool job_parameters_differ(const struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");

    for (size_t i = 0; i < value_length(declared); i++) {
        const struct field *field = object_at(declared, i);
        const char *wanted = given_parameter(job, field->key);
        const char *deployed = object_string(deployed_parameter(job, field->key), "ParameterValue");

        if (!wanted && job->deployment->options->resets_parameters)
            wanted = default_of(field->value);
        if (wanted && (!deployed || strcmp(wanted, deployed) != 0))
            return true;
    }
    return false;
}

void job_note_kept_defaults(struct stack_job *job)
{
    const struct value *declared = object_get(job->stack->template, "Parameters");
    const struct value *before = object_get(job->current_template, "Parameters");

    for (size_t i = 0; i < value_length(declared); i++) {
        const struct field *field = object_at(declared, i);
        const char *new_default = default_of(field->value);
        const char *old_default = default_of(object_get(before, field->key));
        const char *value = object_string(deployed_parameter(job, field->key), "ParameterValue");

        if (!is_kept(job, field->key) || !new_default || !old_default || !value ||
            strcmp(new_default, old_default) == 0 || strcmp(new_default, value) == 0)
            continue;
        if (value_boolean(object_get(field->value, "NoEcho")))
            job_note(job, "parameter '%s' keeps its value; its default is another one now", field->key);
        else
            job_note(job,
                "parameter '%s' keeps its value '%s', though its default is '%s' now; 'deploy "
                "--no-previous-parameters' takes the defaults",
                field->key, value, new_default);
    }
}
