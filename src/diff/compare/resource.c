// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "schema/deletion.h"
#include "schema/schema.h"
#include "template/template.h"
#include "util/strbuf.h"
#include "util/text/compare.h"

#include <string.h>

static const char *type_of(const struct value *resource)
{
    return object_string(diff_resource_body(resource), "Type");
}

// Fn::Transform, and Fn::ForEach with its name behind it: whatever they make comes in their place.
static bool is_macro(const char *name)
{
    return strcmp(name, "Fn::Transform") == 0 || strncmp(name, "Fn::ForEach::", strlen("Fn::ForEach::")) == 0;
}

enum diff_impact diff_property_impact(const char *type, const char *name)
{
    const struct schema_object *properties = schema_resource_properties(schema_resource_find(type));

    if (is_macro(name))
        return DIFF_MAY_REPLACE;
    switch (schema_property_replacement(schema_object_find(properties, name))) {
    case SCHEMA_REPLACEMENT_YES:
        return DIFF_REPLACE;
    case SCHEMA_REPLACEMENT_MAYBE:
        return DIFF_MAY_REPLACE;
    default:
        return DIFF_UPDATE;
    }
}

enum diff_impact diff_resource_impact(const struct diff_resource *resource)
{
    enum diff_impact worst = DIFF_NO_CHANGE;

    if (resource->kind == DIFF_ADDED)
        return DIFF_CREATE;
    if (resource->kind == DIFF_REMOVED)
        return policy_retains(resource_deletion_policy(resource->type, diff_resource_body(resource->before)))
            ? DIFF_ORPHAN
            : DIFF_DESTROY;
    if (!strings_equal(resource->old_type, resource->type))
        return DIFF_REPLACE;
    for (size_t i = 0; i < resource->changes.count; i++)
        if (resource->changes.items[i].impact > worst)
            worst = resource->changes.items[i].impact;
    return worst;
}

// Metadata that something acts on; the rest of it is for readers.
static bool is_functional_metadata(const char *key)
{
    return strncmp(key, "AWS::", 5) == 0;
}

static struct value *functional_metadata(const struct value *metadata)
{
    struct value *kept = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(metadata) && value_type(metadata) == VALUE_OBJECT; i++)
        if (is_functional_metadata(object_at(metadata, i)->key))
            object_set(kept, object_at(metadata, i)->key, object_at(metadata, i)->value);
    return kept;
}

static bool is_noise(const char *name, const struct value *before, const struct value *after,
    const struct comparison *comparison)
{
    if (comparison->options->strict || strcmp(name, "Metadata") != 0)
        return false;
    return diff_equal(functional_metadata(before), functional_metadata(after), &comparison->equality);
}

static bool is_asset_change(
    const struct value *before, const struct value *after, const struct comparison *comparison)
{
    struct diff_equality masked = comparison->equality;

    masked.mask_hashes = true;
    return !comparison->options->strict && diff_equal(before, after, &masked);
}

// Of what is no property. An object in Resources that is a macro's has nothing else.
static enum diff_impact attribute_impact(const struct diff_resource *resource, const char *name,
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (strcmp(name, "Value") == 0 && value_type(before) == VALUE_ARRAY)
        return diff_loop_impact(before, after, how);
    return is_macro(name) || is_macro(resource->id) || strcmp(name, "Properties") == 0 ? DIFF_MAY_REPLACE
                                                                                       : DIFF_UPDATE;
}

// A resource whose two sides are compared.
struct work {
    struct diff_resource *resource;
    const struct comparison *comparison;
    size_t *hidden; // differences that mean nothing
};

static void compare_value(const struct work *work, bool is_attribute, const char *name,
    const struct value *before, const struct value *after)
{
    struct diff_resource *resource = work->resource;

    if (diff_equal_field(name, before, after, &work->comparison->equality))
        return;
    if (is_attribute && is_noise(name, before, after, work->comparison)) {
        ++*work->hidden;
        return;
    }
    diff_changes_add(&resource->changes,
        (struct diff_change){
            .name = name,
            .kind = diff_kind_of(before, after),
            .before = before,
            .after = after,
            .is_attribute = is_attribute,
            .is_asset = is_asset_change(before, after, work->comparison),
            .impact = is_attribute
                ? attribute_impact(resource, name, before, after, &work->comparison->equality)
                : diff_property_impact(resource->type, name),
        });
}

static bool is_compared_apart(const char *name, bool is_attribute)
{
    return is_attribute && (strcmp(name, "Properties") == 0 || strcmp(name, "Type") == 0);
}

static void compare_values(
    const struct work *work, bool is_attribute, const struct value *before, const struct value *after)
{
    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);

        if (!is_compared_apart(field->key, is_attribute))
            compare_value(work, is_attribute, field->key, field->value, object_get(after, field->key));
    }
    for (size_t i = 0; i < value_length(after); i++) {
        const struct field *field = object_at(after, i);

        if (!object_get(before, field->key) && !is_compared_apart(field->key, is_attribute))
            compare_value(work, is_attribute, field->key, NULL, field->value);
    }
}

static bool is_object(const struct value *value)
{
    return value_type(value) == VALUE_OBJECT;
}

// Loops, and properties made by a macro, are compared as one value.
static void compare_bodies(const struct work *work)
{
    const struct value *before = work->resource->before, *after = work->resource->after;
    const struct value *properties_before = object_get(before, "Properties");
    const struct value *properties_after = object_get(after, "Properties");

    if (!is_object(before) || !is_object(after)) {
        compare_value(work, true, "Value", before, after);
        return;
    }
    if ((!properties_before || is_object(properties_before)) &&
        (!properties_after || is_object(properties_after)))
        compare_values(work, false, properties_before, properties_after);
    else
        compare_value(work, true, "Properties", properties_before, properties_after);
    compare_values(work, true, before, after);
}

static const char *data_policy(const struct diff_resource *resource)
{
    if (resource->impact == DIFF_DESTROY || resource->impact == DIFF_ORPHAN)
        return resource_deletion_policy(resource->type, diff_resource_body(resource->before));
    if (resource->impact == DIFF_REPLACE || resource->impact == DIFF_MAY_REPLACE)
        return resource_replace_policy(diff_resource_body(resource->after));
    return NULL;
}

static struct diff_resource compare_resource(const char *id, const struct value *before,
    const struct value *after, const struct comparison *comparison, size_t *hidden)
{
    struct diff_resource resource = { .id = id, .before = before, .after = after };

    resource.kind = diff_kind_of(before, after);
    resource.type = type_of(after ? after : before);
    resource.old_type = before ? type_of(before) : resource.type;
    if (before && after && strings_equal(resource.old_type, resource.type))
        compare_bodies(&(struct work){ &resource, comparison, hidden });
    resource.impact = diff_resource_impact(&resource);
    return resource;
}

static bool is_different(const struct diff_resource *resource)
{
    return resource->kind != DIFF_CHANGED || resource->changes.count ||
        !strings_equal(resource->old_type, resource->type);
}

static bool is_cdk_metadata(const struct diff_resource *resource)
{
    return resource->type && strcmp(resource->type, "AWS::CDK::Metadata") == 0;
}

static struct diff_resource *compare_all(
    struct diff_stack *stack, const struct comparison *comparison, size_t *ret_count)
{
    const struct value *before = template_resources(stack->before);
    const struct value *after = template_resources(stack->after);
    size_t most = value_length(before) + value_length(after), count = 0;
    struct diff_resource *all = arena_alloc(value_arena(), (most + 1) * sizeof(*all));

    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);

        all[count++] = compare_resource(
            field->key, field->value, object_get(after, field->key), comparison, &stack->summary.hidden);
    }
    for (size_t i = 0; i < value_length(after); i++)
        if (!object_get(before, object_at(after, i)->key))
            all[count++] = compare_resource(object_at(after, i)->key, NULL, object_at(after, i)->value,
                comparison, &stack->summary.hidden);
    *ret_count = count;
    return all;
}

void diff_resource_settle(struct diff_resource *resource, const struct diff_stack *stack)
{
    const char *type = resource->kind == DIFF_REMOVED ? resource->type : resource->old_type;

    resource->stack = stack;
    resource->path = diff_construct_path(stack, resource->id);
    resource->is_stateful =
        resource_holds_data(type, diff_resource_body(resource->before ? resource->before : resource->after));
    resource->policy = resource->is_stateful ? data_policy(resource) : NULL;
}

// Adds those of one kind.
static void add_kind(struct diff_stack *stack, enum diff_kind kind, const struct diff_resource *all,
    size_t count, const struct comparison *comparison)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i].kind != kind || !is_different(&all[i]))
            continue;
        if (!comparison->options->strict && is_cdk_metadata(&all[i])) {
            stack->summary.hidden++;
            continue;
        }
        stack->resources[stack->resource_count] = all[i];
        diff_resource_settle(&stack->resources[stack->resource_count++], stack);
    }
}

void diff_resources(struct diff_stack *stack, const struct comparison *comparison)
{
    size_t count;
    struct diff_resource *all = compare_all(stack, comparison, &count);

    diff_propagate(all, count);
    stack->resources = arena_alloc(value_arena(), (count + 1) * sizeof(*stack->resources));
    add_kind(stack, DIFF_REMOVED, all, count, comparison);
    add_kind(stack, DIFF_ADDED, all, count, comparison);
    add_kind(stack, DIFF_CHANGED, all, count, comparison);
}
