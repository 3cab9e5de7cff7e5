// SPDX-License-Identifier: MIT
// Parameters whose value CloudFormation reads from the parameter store (CloudFormation user guide, "Supply
// existing values at runtime with SSM parameter types"): it is looked up before a stack is changed for their
// sake alone.
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "util/text/compare.h"

#include <string.h>

enum { NAMES_AT_ONCE = 10 }; // that GetParameters takes

struct stored_search {
    struct stack_job *job;
    void (*found)(struct stack_job *job, bool is_known);
    struct value *wanted; // of DescribeStacks: ParameterKey, ParameterValue (the name), ResolvedValue
};

// What is hidden cannot be compared.
static bool is_hidden(const struct stack_job *job, const char *key)
{
    return object_get_path(job->stack->template, (const char *[]){ "Parameters", key, "NoEcho", NULL });
}

static const char *found_value(const struct value *answer, const char *name)
{
    const struct value *parameters = object_get(answer, "Parameters");

    for (size_t i = 0; i < value_length(parameters); i++) {
        const struct value *parameter = array_at(parameters, i);
        const char *selector = object_string_or_empty(parameter, "Selector"); // ":3" of "name:3"
        const char *whole =
            arena_printf(value_arena(), "%s%s", object_string_or_empty(parameter, "Name"), selector);

        if (strings_equal(whole, name) || strings_equal(object_string(parameter, "ARN"), name))
            return object_string(parameter, "Value");
    }
    return NULL;
}

static void on_values(void *data, const struct aws_reply *reply)
{
    struct stored_search *search = data;
    struct stack_job *job = search->job;
    bool is_known = reply->outcome == AWS_DONE;
    VALUE_ARENA_SCOPE(job->deployment->arena);

    job->stored_changes = array();
    for (size_t i = 0; i < value_length(search->wanted) && is_known; i++) {
        const struct value *parameter = array_at(search->wanted, i);
        const char *name = object_string_or_empty(parameter, "ParameterValue");
        const char *value = found_value(reply->answer, name);

        is_known &= value != NULL;
        if (value && !strings_equal(value, object_string(parameter, "ResolvedValue")))
            array_append(job->stored_changes,
                object((struct field[]){
                    { "parameter", object_get(parameter, "ParameterKey") },
                    { "name", string(name) },
                    { "before", object_get(parameter, "ResolvedValue") },
                    { "after", string(value) },
                    END,
                }));
    }
    search->found(job, is_known);
}

void job_find_stored(struct stack_job *job, void (*found)(struct stack_job *job, bool is_known))
{
    const struct value *parameters = object_get(job->current, "Parameters");
    struct arena *before = value_arena_use(job->deployment->arena);
    struct stored_search *search = arena_alloc(value_arena(), sizeof(*search));
    struct value *names = array();
    bool is_any_hidden = false;

    *search = (struct stored_search){ job, found, array() };
    for (size_t i = 0; i < value_length(parameters); i++) {
        const struct value *parameter = array_at(parameters, i);

        if (!job_parameter_is_read_again(job, object_string_or_empty(parameter, "ParameterKey")))
            continue;
        is_any_hidden |= is_hidden(job, object_string(parameter, "ParameterKey"));
        array_append(search->wanted, (struct value *)parameter);
        array_append(names, object_get(parameter, "ParameterValue"));
    }
    value_arena_use(before);
    if (is_any_hidden || value_length(names) > NAMES_AT_ONCE) {
        found(job, false);
        return;
    }
    event_loop_call(job->deployment->queue,
        &(struct aws_call){
            .target = job_caller(job),
            .arguments = (const char *const[]){ "ssm", "get-parameters", NULL },
            .input = object((struct field[]){ { "Names", names }, END }),
            .then = { on_values, search },
        });
}
