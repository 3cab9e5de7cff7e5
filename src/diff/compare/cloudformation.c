// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "util/map.h"

#include <string.h>

// CloudFormation knows what templates do not say: values of parameters and conditions, what a macro makes,
// which dynamic reference changed. Where it differs from what the templates say, it is right (AWS
// CloudFormation API Reference: ResourceChange; aws-cdk: template-and-changeset-diff-merger.ts).

struct reported {
    struct map by_id; // from a logical id to its ResourceChange
    const struct comparison *comparison;
};

static bool says(const struct value *object, const char *key, const char *text)
{
    return strcmp(object_string_or_empty(object, key), text) == 0;
}

static enum diff_impact impact_of(const struct value *change)
{
    if (says(change, "Action", "Add"))
        return DIFF_CREATE;
    if (says(change, "Action", "Import"))
        return DIFF_IMPORT;
    if (says(change, "Action", "Remove"))
        return strncmp(object_string_or_empty(change, "PolicyAction"), "Retain", 6) == 0 ? DIFF_ORPHAN
                                                                                         : DIFF_DESTROY;
    if (says(change, "Replacement", "True"))
        return DIFF_REPLACE;
    // What happens to a dynamic one is decided while the change is made.
    if (says(change, "Replacement", "Conditional") || says(change, "Action", "Dynamic"))
        return DIFF_MAY_REPLACE;
    return DIFF_UPDATE;
}

static enum diff_impact detail_impact(const struct value *target)
{
    if (says(target, "RequiresRecreation", "Always"))
        return DIFF_REPLACE;
    return says(target, "RequiresRecreation", "Conditionally") ? DIFF_MAY_REPLACE : DIFF_UPDATE;
}

static const char *detail_name(const struct value *target)
{
    bool is_property = says(target, "Attribute", "Properties") && object_get(target, "Name");

    return is_property ? object_string_or_empty(target, "Name") : object_string_or_empty(target, "Attribute");
}

// Metadata that is not shown either where the templates tell of it.
static bool is_noise(const struct value *target, const struct comparison *comparison)
{
    return !comparison->options->strict && says(target, "Attribute", "Metadata");
}

static bool is_all_noise(const struct value *change, const struct comparison *comparison)
{
    const struct value *details = object_get(change, "Details");

    if (!comparison->options->strict && says(change, "ResourceType", "AWS::CDK::Metadata"))
        return true;
    for (size_t i = 0; i < value_length(details); i++)
        if (!is_noise(object_get(array_at(details, i), "Target"), comparison))
            return false;
    return value_length(details) > 0;
}

static struct diff_change *find(struct diff_resource *resource, const char *name)
{
    for (size_t i = 0; i < resource->changes.count; i++)
        if (strcmp(resource->changes.items[i].name, name) == 0)
            return &resource->changes.items[i];
    return NULL;
}

static void add_change(struct diff_resource *resource, const struct value *detail)
{
    const struct value *target = object_get(detail, "Target");
    const char *name = detail_name(target);
    bool is_property = says(target, "Attribute", "Properties");
    const struct value *value =
        object_get(is_property ? object_get(resource->after, "Properties") : resource->after, name);

    diff_changes_add(&resource->changes,
        (struct diff_change){
            .name = name,
            .kind = DIFF_CHANGED,
            .before = value,
            .after = value,
            .is_attribute = !is_property,
            .from_change_set = true,
            .impact = detail_impact(target),
            .because = object_string(detail, "CausingEntity"),
        });
}

// One detail stands for each cause: the worst impact of a property's counts.
static void apply_detail(struct diff_resource *resource, const struct value *detail, bool *is_mentioned,
    const struct comparison *comparison)
{
    const struct value *target = object_get(detail, "Target");
    struct diff_change *change = find(resource, detail_name(target));

    if (!*detail_name(target) || (!change && is_noise(target, comparison)))
        return;
    if (!change) {
        add_change(resource, detail);
        change = &resource->changes.items[resource->changes.count - 1];
    }
    if (!is_mentioned[change - resource->changes.items] || detail_impact(target) > change->impact)
        change->impact = detail_impact(target);
    is_mentioned[change - resource->changes.items] = true;
}

static void apply_details(
    struct diff_resource *resource, const struct value *details, const struct comparison *comparison)
{
    size_t count = resource->changes.count;
    bool *is_mentioned = arena_alloc(value_arena(), (count + value_length(details) + 1) * sizeof(bool));

    for (size_t i = 0; i < value_length(details); i++)
        apply_detail(resource, array_at(details, i), is_mentioned, comparison);
    for (size_t i = 0; i < count; i++)
        if (!is_mentioned[i])
            resource->changes.items[i].impact = DIFF_NO_CHANGE;
}

static void overrule(struct diff_resource *resource, enum diff_impact impact)
{
    resource->template_impact = resource->impact;
    resource->is_overruled = resource->impact != impact;
    resource->impact = impact;
    diff_resource_settle(resource, resource->stack);
}

static void apply(struct diff_resource *resource, const struct value *change, const struct reported *reported)
{
    if (change && (says(change, "Action", "Modify") || says(change, "Action", "Dynamic")))
        apply_details(resource, object_get(change, "Details"), reported->comparison);
    overrule(resource, change ? impact_of(change) : DIFF_NO_CHANGE);
}

static enum diff_kind kind_of(const struct value *change)
{
    if (says(change, "Action", "Add") || says(change, "Action", "Import"))
        return DIFF_ADDED;
    return says(change, "Action", "Remove") ? DIFF_REMOVED : DIFF_CHANGED;
}

static struct diff_resource unknown_to_templates(const struct diff_stack *stack, const struct value *change)
{
    const char *id = object_string_or_empty(change, "LogicalResourceId");
    enum diff_kind kind = kind_of(change);
    const struct value *before = object_get(object_get(stack->before, "Resources"), id);
    const struct value *after = object_get(object_get(stack->after, "Resources"), id);

    return (struct diff_resource){
        .id = id,
        .kind = kind,
        .type = object_string_or_empty(change, "ResourceType"),
        .old_type = object_string_or_empty(change, "ResourceType"),
        .before = kind == DIFF_ADDED ? NULL : before,
        .after = kind == DIFF_REMOVED ? NULL : after,
        .is_consequence = true,
        .stack = stack,
    };
}

// A resource that only the templates' references make change is left out where CloudFormation says that it
// does not.
static void apply_to_known(struct diff_stack *stack, struct reported *reported)
{
    size_t kept = 0;

    for (size_t i = 0; i < stack->resource_count; i++) {
        struct diff_resource *resource = &stack->resources[i];
        const struct value *change = map_get(&reported->by_id, resource->id);

        if (!change && resource->is_consequence)
            continue;
        apply(resource, change, reported);
        if (change)
            map_set(&reported->by_id, resource->id, NULL);
        stack->resources[kept++] = *resource;
    }
    stack->resource_count = kept;
}

static void add_unknown(struct diff_stack *stack, const struct value *changes, struct reported *reported)
{
    size_t most = stack->resource_count + value_length(changes);
    struct diff_resource *resources = arena_alloc(value_arena(), (most + 1) * sizeof(*resources));

    memcpy(resources, stack->resources, stack->resource_count * sizeof(*resources));
    stack->resources = resources;
    for (size_t i = 0; i < value_length(changes); i++) {
        const struct value *change = object_get(array_at(changes, i), "ResourceChange");
        struct diff_resource *resource = &stack->resources[stack->resource_count];

        if (!map_get(&reported->by_id, object_string_or_empty(change, "LogicalResourceId")) ||
            is_all_noise(change, reported->comparison))
            continue;
        *resource = unknown_to_templates(stack, change);
        apply(resource, change, reported);
        stack->resource_count++;
    }
}

void diff_change_set(
    struct diff_stack *stack, const struct value *changes, const struct comparison *comparison)
{
    struct reported reported = { .comparison = comparison };

    map_init(&reported.by_id, value_arena());
    for (size_t i = 0; i < value_length(changes); i++) {
        const struct value *change = object_get(array_at(changes, i), "ResourceChange");

        map_set(&reported.by_id, object_string_or_empty(change, "LogicalResourceId"), (void *)change);
    }
    apply_to_known(stack, &reported);
    add_unknown(stack, changes, &reported);
}

// Drift (AWS CloudFormation API Reference: StackResourceDrift, PropertyDifference).

static struct value *string_or_nothing(const struct value *object, const char *key)
{
    return *object_string_or_empty(object, key) ? object_get(object, key) : NULL;
}

static struct diff_change change_of(const struct value *difference)
{
    const struct value *expected = string_or_nothing(difference, "ExpectedValue");
    const struct value *actual = string_or_nothing(difference, "ActualValue");

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
