// SPDX-License-Identifier: MIT
#include "cdk/element_private.h"

#include "cdk/names.h"
#include "cdk/policy_private.h"
#include "cdk/tags_private.h"

#include <stdlib.h>
#include <string.h>

void element_init(
    struct element *element, enum element_kind kind, struct construct *node, struct value *definition)
{
    element->kind = kind;
    element->node = node;
    element->definition = definition;
    node->element = element;
    if (!node->stack)
        diag_error(node, "'%s' is not in a stack", node->path);
}

struct element *element_new(struct construct *scope, const char *id, const char *type, enum element_kind kind,
    struct value *definition)
{
    struct construct *node = construct_new(scope, id, type);
    struct element *element = arena_alloc(&scope->app->arena, sizeof(*element));

    element_init(element, kind, node, definition);
    return element;
}

const char *element_section(const struct element *element)
{
    static const char *const sections[] = { "Resources", "Outputs", "Parameters", "Rules" };

    return sections[element->kind];
}

static const char *make_logical_id(struct element *element)
{
    struct resource *resource = element_resource(element);
    struct construct *node = element->node;
    const char *const *components;
    const char *path_id;
    size_t count;

    components = names_components(node, node->stack ? node->stack->node : NULL, &count);
    names_check_id(node, components, count);
    path_id = names_make_unique_id(&node->app->arena, components, count);
    return resource && resource->late_id ? resource->late_id(path_id, resource->late_id_data) : path_id;
}

const char *element_logical_id(struct element *element)
{
    if (!element->logical_id) {
        struct arena *arena = value_arena_use(&element->node->app->arena);

        element->logical_id = make_logical_id(element);
        value_arena_use(arena);
    }
    return element->logical_id;
}

bool element_is_wanted(const struct element *element)
{
    const struct resource *resource = element_resource((struct element *)element);

    return !resource || !resource->wanted || resource->wanted(resource->wanted_data);
}

static int compare_paths(const void *a, const void *b)
{
    const struct resource *const *x = a, *const *y = b;

    return names_locale_compare((*x)->element.node->path, (*y)->element.node->path);
}

// Sorted by path, as the CDK does (cfn-resource.ts, renderDependsOn).
static struct value *depends_on(struct resource *resource)
{
    size_t length = resource->depends_on.length;
    struct value *ids = array();
    struct resource **sorted;

    if (!length)
        return NULL;
    sorted = arena_memdup(value_arena(), resource->depends_on.items, length * sizeof(*sorted));
    qsort(sorted, length, sizeof(*sorted), compare_paths);
    for (size_t i = 0; i < length; i++)
        if (element_is_wanted(&sorted[i]->element) && (i == 0 || sorted[i] != sorted[i - 1]))
            array_append(ids, string(element_logical_id(&sorted[i]->element)));
    return omit_empty(ids);
}

// The properties with "Tags", or what the type calls them, where the alphabet puts them.
static struct value *properties_with_tags(struct resource *resource)
{
    struct value *properties = resource->properties;
    const char *name = tags_property_name(resource->element.node);
    struct value *tags = tags_render(resource->element.node);
    struct value *merged;
    bool placed = false;

    if (!name || (!tags && !object_get(properties, name)))
        return properties;
    merged = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(properties); i++) {
        const struct field *field = object_at(properties, i);

        if (strcmp(field->key, name) == 0)
            continue;
        if (!placed && strcmp(field->key, name) > 0) {
            object_set(merged, name, tags);
            placed = true;
        }
        object_set(merged, field->key, field->value);
    }
    if (!placed)
        object_set(merged, name, tags);
    return merged;
}

static struct value *resource_definition(struct resource *resource)
{
    struct value *suppressions = policy_metadata(resource->element.node);

    if (suppressions)
        resource_add_metadata(resource, "cdk_nag", suppressions);
    return object((struct field[]){
        { "Type", string(resource->type) },
        { "Properties", properties_with_tags(resource) },
        { "DependsOn", depends_on(resource) },
        { "UpdateReplacePolicy", string(resource->update_replace_policy) },
        { "DeletionPolicy", string(resource->deletion_policy) },
        { "Metadata", resource->metadata },
        END,
    });
}

struct value *element_definition(struct element *element)
{
    if (!element->definition)
        element->definition = resource_definition(element_resource(element));
    return element->definition;
}
