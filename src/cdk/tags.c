// SPDX-License-Identifier: MIT
#include "cdk/tags.h"

#include "cdk/construct_private.h"
#include "cdk/names.h"
#include "cdk/tags_private.h"
#include "schema/tags.h"

#include <stdlib.h>
#include <string.h>

// The priorities of tag-manager.ts and tag-aspect.ts.
enum { INITIAL_PRIORITY = 50, ADD_PRIORITY = 100, REMOVE_PRIORITY = 200 };

struct tag {
    const char *key;
    struct value *value; // NULL: removed
    int priority;
    bool to_launched_instances;
};

struct tags {
    const char *resource_type;
    struct schema_tagging type;
    LIST(struct tag) list;
    struct value *dynamic; // initial tags that are not literal; rendered as they are
};

static void set_tag(struct construct *node, struct tag tag)
{
    struct tags *tags = node->tags;

    for (size_t i = 0; i < tags->list.length; i++) {
        struct tag *present = &tags->list.items[i];

        if (strcmp(present->key, tag.key) != 0)
            continue;
        if (tag.priority >= present->priority)
            *present = tag;
        return;
    }
    LIST_APPEND(&node->app->arena, &tags->list, tag);
}

// Initial tags come as the resource type writes them: a list of Key and Value, or a map.
static void set_initial(struct construct *node, const struct value *initial)
{
    if (value_type(initial) == VALUE_OBJECT && !value_is_intrinsic(initial)) {
        for (size_t i = 0; i < value_length(initial); i++) {
            const struct field *field = object_at(initial, i);

            set_tag(node, (struct tag){ field->key, field->value, INITIAL_PRIORITY, true });
        }
        return;
    }
    if (value_type(initial) != VALUE_ARRAY) {
        node->tags->dynamic = (struct value *)initial;
        return;
    }
    for (size_t i = 0; i < value_length(initial); i++) {
        const struct value *tag = array_at(initial, i);
        const struct value *launch = object_get(tag, "PropagateAtLaunch");

        set_tag(node,
            (struct tag){ object_string(tag, "Key"), object_get(tag, "Value"), INITIAL_PRIORITY,
                !launch || value_boolean(launch) });
    }
}

static void init(struct construct *node, const char *resource_type, struct schema_tagging type,
    const struct value *initial)
{
    node->tags = arena_alloc(&node->app->arena, sizeof(*node->tags));
    node->tags->resource_type = resource_type;
    node->tags->type = type;
    if (initial)
        set_initial(node, initial);
}

void tags_init_for_resource(struct construct *node, const char *type, const struct value *properties)
{
    struct schema_tagging tagging = schema_tagging(type);

    if (tagging.property)
        init(node, type, tagging, object_get(properties, tagging.property));
}

void tags_init_for_stack(struct construct *node, const struct value *initial)
{
    init(node, "aws:cdk:stack", (struct schema_tagging){ SCHEMA_TAGS_STANDARD, NULL }, initial);
}

const char *tags_property_name(const struct construct *node)
{
    return node->tags ? node->tags->type.property : NULL;
}

static int compare_tags(const void *a, const void *b)
{
    return names_locale_compare(((const struct tag *)a)->key, ((const struct tag *)b)->key);
}

// Sorted by key, without removed ones; *ret_count says how many.
static const struct tag *sorted(const struct tags *tags, size_t *ret_count)
{
    struct tag *list = arena_alloc(value_arena(), tags->list.length * sizeof(*list));
    size_t count = 0;

    for (size_t i = 0; i < tags->list.length; i++)
        if (tags->list.items[i].value)
            list[count++] = tags->list.items[i];
    qsort(list, count, sizeof(*list), compare_tags);
    *ret_count = count;
    return list;
}

static struct value *list_entry(const struct tag *tag, enum schema_tags format)
{
    return object((struct field[]){
        { "Key", string(tag->key) },
        { "PropagateAtLaunch",
            format == SCHEMA_TAGS_AUTO_SCALING_GROUP ? boolean(tag->to_launched_instances) : NULL },
        { "Value", tag->value },
        END,
    });
}

struct value *tags_values(const struct construct *node)
{
    struct value *values = object((struct field[]){ END });
    const struct tag *list;
    size_t count;

    if (!node->tags)
        return NULL;
    list = sorted(node->tags, &count);
    for (size_t i = 0; i < count; i++)
        object_set(values, list[i].key, list[i].value);
    return count ? values : NULL;
}

struct value *tags_render(const struct construct *node)
{
    const struct tags *tags = node->tags;
    struct value *rendered;
    const struct tag *list;
    size_t count;

    if (!tags)
        return NULL;
    if (tags->type.format == SCHEMA_TAGS_MAP)
        return tags->dynamic ? tags->dynamic : tags_values(node);
    list = sorted(tags, &count);
    if (!count)
        return tags->dynamic;
    rendered = array();
    for (size_t i = 0; i < count; i++)
        array_append(rendered, list_entry(&list[i], tags->type.format));
    return rendered;
}

struct tag_aspect {
    const char *key;
    struct value *value; // NULL: remove
    const char *const *include;
    const char *const *exclude;
    int priority;
    bool to_launched_instances;
};

static bool contains(const char *const *list, const char *text)
{
    for (; list && *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

static void apply(struct construct *node, void *data)
{
    const struct tag_aspect *aspect = data;
    const char *type;

    if (!node->tags)
        return;
    type = node->tags->resource_type;
    if (contains(aspect->exclude, type) ||
        (aspect->include && *aspect->include && !contains(aspect->include, type)))
        return;
    set_tag(
        node, (struct tag){ aspect->key, aspect->value, aspect->priority, aspect->to_launched_instances });
}

static const char *const *copy_list(struct arena *arena, const char *const *list)
{
    const char **copy;
    size_t length = 0;

    if (!list)
        return NULL;
    while (list[length])
        length++;
    copy = arena_alloc(arena, (length + 1) * sizeof(*copy));
    for (size_t i = 0; i < length; i++)
        copy[i] = arena_strdup(arena, list[i]);
    return copy;
}

static void add_aspect(struct construct *scope, const char *key, struct value *value,
    const struct tag_options *options, int default_priority)
{
    static const struct tag_options none = { 0 };
    struct arena *arena = &scope->app->arena;
    struct tag_aspect *aspect = arena_alloc(arena, sizeof(*aspect));

    if (!options)
        options = &none;
    *aspect = (struct tag_aspect){
        .key = arena_strdup(arena, key),
        .value = value,
        .include = copy_list(arena, options->include_resource_types),
        .exclude = copy_list(arena, options->exclude_resource_types),
        .priority = options->priority ? options->priority : default_priority,
        .to_launched_instances = !options->not_to_launched_instances,
    };
    aspect_add(scope, apply, aspect, ASPECT_DEFAULT);
}

void tags_add(struct construct *scope, const char *key, const char *value, const struct tag_options *options)
{
    add_aspect(scope, key, string(value), options, ADD_PRIORITY);
}

void tags_remove(struct construct *scope, const char *key, const struct tag_options *options)
{
    add_aspect(scope, key, NULL, options, REMOVE_PRIORITY);
}
