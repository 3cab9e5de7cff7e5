// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"

#include <string.h>

// AWS CloudFormation API Reference: StackResourceDrift, PropertyDifference.

static struct value *text_or_nothing(const struct value *object, const char *key)
{
    return *object_string_or_empty(object, key) ? object_get(object, key) : NULL;
}

static struct diff_change change_of(const struct value *difference)
{
    const struct value *expected = text_or_nothing(difference, "ExpectedValue");
    const struct value *actual = text_or_nothing(difference, "ActualValue");

    return (struct diff_change){
        .name = object_string_or_empty(difference, "PropertyPath"),
        .kind = !expected ? DIFF_ADDED
            : !actual     ? DIFF_REMOVED
                          : DIFF_CHANGED,
        .before = expected,
        .after = actual,
    };
}

static struct diff_resource resource_of(const struct diff_stack *stack, const struct value *drift)
{
    const struct value *differences = object_get(drift, "PropertyDifferences");
    bool is_gone = strcmp(object_string_or_empty(drift, "StackResourceDriftStatus"), "DELETED") == 0;
    struct diff_resource resource = {
        .id = object_string_or_empty(drift, "LogicalResourceId"),
        .type = object_string_or_empty(drift, "ResourceType"),
        .kind = is_gone ? DIFF_REMOVED : DIFF_CHANGED,
        .drift = is_gone ? "deleted" : "modified",
        .stack = stack,
    };

    resource.path = diff_construct_path(stack, resource.id);
    for (size_t i = 0; i < value_length(differences); i++)
        diff_changes_add(&resource.changes, change_of(array_at(differences, i)));
    return resource;
}

static void mark(struct diff_stack *stack, const struct diff_resource *drifted)
{
    for (size_t i = 0; i < stack->resource_count; i++)
        if (strcmp(stack->resources[i].id, drifted->id) == 0)
            stack->resources[i].drift = drifted->drift;
}

void diff_drift(struct diff_stack *stack, const struct value *drifts)
{
    stack->drifted = arena_alloc(value_arena(), (value_length(drifts) + 1) * sizeof(*stack->drifted));
    for (size_t i = 0; i < value_length(drifts); i++) {
        struct diff_resource drifted = resource_of(stack, array_at(drifts, i));

        mark(stack, &drifted);
        stack->drifted[stack->drifted_count++] = drifted;
    }
}
