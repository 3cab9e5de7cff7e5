// SPDX-License-Identifier: MIT
#include "cdk/synth_private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// "Understand CloudFormation quotas".
enum {
    RESOURCE_LIMIT = 500,
    OUTPUT_LIMIT = 200,
    PARAMETER_LIMIT = 200,
    TEMPLATE_LIMIT = 1000000,
    LOGICAL_ID_LIMIT = 255,
    EXPORT_NAME_LIMIT = 255,
    OUTPUT_DESCRIPTION_LIMIT = 1024,
    WARNING_PERCENT = 80,
};

struct stack_counts {
    struct stack *stack;
    size_t resources, outputs, parameters;
};

static bool is_logical_id(const char *id)
{
    size_t length = 0;

    for (; *id; id++, length++)
        if (!isalnum((unsigned char)*id))
            return false;
    return length > 0 && length <= LOGICAL_ID_LIMIT;
}

static void check_logical_id(struct stack *stack, struct element *element)
{
    const char *id = element_logical_id(element);
    struct element *other = map_get(&stack->state->logical_ids, id);

    if (!is_logical_id(id))
        diag_error(
            element->node, "the logical id '%s' must be 1 to %d letters and digits", id, LOGICAL_ID_LIMIT);
    else if (other)
        diag_error(element->node, "the logical id '%s' is already that of '%s': rename one of the two", id,
            other->node->path);
    else
        map_set(&stack->state->logical_ids, id, element);
}

static void check_output(struct element *output)
{
    const char *name = object_string(object_get(output->definition, "Export"), "Name");
    const char *description = object_string(output->definition, "Description");

    if (name && (!*name || strlen(name) > EXPORT_NAME_LIMIT))
        diag_error(output->node, "the export name '%s' must be 1 to %d characters", name, EXPORT_NAME_LIMIT);
    if (description && strlen(description) > OUTPUT_DESCRIPTION_LIMIT)
        diag_error(output->node, "the description is longer than %d bytes", OUTPUT_DESCRIPTION_LIMIT);
}

static void count_element(struct construct *construct, void *data)
{
    struct stack_counts *counts = data;
    struct element *element = construct->element;

    if (!element || construct->stack != counts->stack || !element_is_wanted(element))
        return;
    check_logical_id(counts->stack, element);
    if (element->kind == ELEMENT_OUTPUT)
        check_output(element);
    counts->resources += element->kind == ELEMENT_RESOURCE;
    counts->outputs += element->kind == ELEMENT_OUTPUT;
    counts->parameters += element->kind == ELEMENT_PARAMETER;
}

static void check_count(struct stack *stack, size_t count, size_t limit, const char *what)
{
    if (limit && count > limit)
        diag_error(
            stack->node, "the stack has %zu %s; CloudFormation allows %zu: split it", count, what, limit);
    else if (limit && count * 100 >= limit * WARNING_PERCENT)
        diag_warning(
            stack->node, "the stack has %zu %s of the %zu that CloudFormation allows", count, what, limit);
}

// The CDK lets context change the limit; 0 turns the check off.
static size_t resource_limit(const struct stack *stack)
{
    const struct value *given = construct_context(stack->node, "@aws-cdk/core:stackResourceLimit");
    const char *text = value_string(given);

    if (!given)
        return RESOURCE_LIMIT;
    return text ? strtoul(text, NULL, 10) : (size_t)value_number(given);
}

void limits_check(struct stack *stack)
{
    struct stack_counts counts = { .stack = stack };

    construct_walk(stack->node, count_element, &counts);
    check_count(stack, counts.resources, resource_limit(stack), "resources");
    check_count(stack, counts.outputs, OUTPUT_LIMIT, "outputs");
    check_count(stack, counts.parameters, PARAMETER_LIMIT, "parameters");
}

void limits_check_template(struct stack *stack, size_t length)
{
    if (length > TEMPLATE_LIMIT)
        diag_error(stack->node, "the template has %zu bytes; CloudFormation allows %d: split the stack",
            length, TEMPLATE_LIMIT);
    else if (length * 100 >= (size_t)TEMPLATE_LIMIT * WARNING_PERCENT)
        diag_warning(stack->node, "the template has %zu of the %d bytes that CloudFormation allows", length,
            TEMPLATE_LIMIT);
}
