// SPDX-License-Identifier: MIT
#include "invoke/function.h"

#include "cdk/stack.h"
#include "data/json.h"
#include "data/value.h"
#include "util/die.h"
#include "util/text/compare.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_type(const struct value *resource, const char *type)
{
    const char *given = object_string(resource, "Type");

    return given && strcmp(given, type) == 0;
}

static const struct value *properties_of(const struct value *resource)
{
    return object_get(resource, "Properties");
}

static bool ends_with(const char *text, char separator, const char *end)
{
    size_t length = text && end ? strlen(text) : 0;
    size_t end_length = end ? strlen(end) : 0;

    return length > end_length && text[length - end_length - 1] == separator &&
        strcmp(text + length - end_length, end) == 0;
}

static bool is_wanted(const struct value *resource, const char *name, const char *handler)
{
    const struct value *properties = properties_of(resource);

    return is_of_type(resource, "AWS::Lambda::Function") &&
        (ends_with(object_string(properties, "FunctionName"), '-', name) ||
            ends_with(object_string(properties, "Handler"), '.', handler));
}

// The text of a variable, where the template tells it: itself, or the name of an event bus (CloudFormation:
// "AWS::Events::EventBus", return values).
static const char *literal_text(const struct value *template, const struct value *value)
{
    const char *target = object_string(value, "Ref");
    const struct value *resource = target ? object_get(object_get(template, "Resources"), target) : NULL;

    if (is_of_type(resource, "AWS::Events::EventBus"))
        return object_string(properties_of(resource), "Name");
    return value_string(value);
}

static void read_environment(struct function *function, const struct value *variables, struct arena *arena)
{
    for (size_t i = 0; i < value_length(variables); i++) {
        const struct field *field = object_at(variables, i);
        const char *text = literal_text(function->template, field->value);

        if (text)
            string_list_add(&function->environment, arena, arena_printf(arena, "%s=%s", field->key, text));
        else
            string_list_add(&function->unknown, arena, field->key);
    }
}

static const char *region_of(const struct stack *stack)
{
    const char *region = value_string(stack->region);

    return region ? region : "us-east-1";
}

static void read_function(
    struct function *function, const struct stack *stack, const struct value *resource, struct arena *arena)
{
    const struct value *properties = properties_of(resource);
    const char *runtime = object_string(properties, "Runtime");

    function->region = region_of(stack);
    function->is_nodejs = runtime && strncmp(runtime, "nodejs", 6) == 0;
    function->timeout_s = (int)value_number(object_get(properties, "Timeout"));
    function->memory_mb = (int)value_number(object_get(properties, "MemorySize"));
    read_environment(function,
        object_get_path(properties, (const char *const[]){ "Environment", "Variables", NULL }), arena);
}

static bool find_in_stack(const struct assembly_stack *rendered, const char *name, const char *handler,
    struct arena *arena, struct function *function)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template =
        json_parse(rendered->template_text, rendered->template_length, rendered->template_file, &err);
    const struct value *resources = object_get(template, "Resources");

    if (!template)
        BUG("%s", err.message);
    for (size_t i = 0; i < value_length(resources); i++) {
        const struct field *field = object_at(resources, i);

        if (!is_wanted(field->value, name, handler))
            continue;
        *function = (struct function){ .template = template, .logical_id = field->key };
        read_function(function, rendered->stack, field->value, arena);
        return true;
    }
    return false;
}

bool function_find(const struct assembly *assembly, const char *name, const char *handler,
    struct arena *arena, struct function *ret_function)
{
    for (size_t i = 0; i < assembly->stack_count; i++)
        if (find_in_stack(&assembly->stacks[i], name, handler, arena, ret_function))
            return true;
    return false;
}

static bool is_target_of(const struct function *function, const struct value *rule)
{
    const struct value *targets = object_get(properties_of(rule), "Targets");

    for (size_t i = 0; i < value_length(targets); i++) {
        const struct value *arn = object_get(array_at(targets, i), "Arn");
        const char *target = value_string(array_at(object_get(arn, "Fn::GetAtt"), 0));

        if (target && strcmp(target, function->logical_id) == 0)
            return true;
    }
    return false;
}

struct string_list function_detail_types(const struct function *function, struct arena *arena)
{
    static const char *const path[] = { "EventPattern", "detail-type", NULL };
    const struct value *resources = object_get(function->template, "Resources");
    struct string_list types = { 0 };

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *rule = object_at(resources, i)->value;
        const struct value *given = object_get_path(properties_of(rule), path);

        if (!is_of_type(rule, "AWS::Events::Rule") || !is_target_of(function, rule))
            continue;
        for (size_t k = 0; k < value_length(given); k++)
            string_list_add(&types, arena, value_string(array_at(given, k)));
    }
    if (types.count)
        qsort(types.items, types.count, sizeof(*types.items), compare_strings);
    return types;
}
