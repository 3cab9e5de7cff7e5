// SPDX-License-Identifier: MIT
#include "diagram/structure.h"

#include "data/value.h"
#include "template/references.h"
#include "template/template.h"

#include <stdint.h>
#include <string.h>

enum { DEPTH_LIMIT = 20 }; // of references through exports and nested stacks

struct export_value {
    size_t stack;
    const struct value *value;
};

bool index_list_add(struct index_list *list, size_t index)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == index)
            return false;
    list->items = arena_grow(value_arena(), list->items, list->count, &list->capacity, sizeof(*list->items));
    list->items[list->count++] = index;
    return true;
}

// Paths.

struct path_walk {
    value_found *found;
    void *data;
};

static void walk(const struct path_walk *walk_data, const struct value *value, const char *path,
    const struct value *parent)
{
    size_t length = strcspn(path, ".[");
    const char *rest = path + length;
    const struct value *next;

    if (!value)
        return;
    if (!*path) {
        walk_data->found(walk_data->data, value, parent);
        return;
    }
    next = value_type(value) == VALUE_OBJECT ? object_get(value, arena_strndup(value_arena(), path, length))
                                             : NULL;
    if (*rest != '[') {
        walk(walk_data, next, rest + (*rest == '.'), value);
        return;
    }
    rest += strlen("[]");
    for (size_t i = 0; value_type(next) == VALUE_ARRAY && i < value_length(next); i++)
        walk(walk_data, array_at(next, i), rest + (*rest == '.'), value);
}

void each_value_at(const struct value *properties, const char *path, value_found *found, void *data)
{
    walk(&(struct path_walk){ found, data }, properties, path, NULL);
}

static void keep_value(void *data, const struct value *value, const struct value *parent)
{
    const struct value **kept = data;

    (void)parent;
    *kept = value;
}

const struct value *value_at(const struct value *properties, const char *path)
{
    const struct value *value = NULL;

    each_value_at(properties, path, keep_value, &value);
    return value;
}

// References.

struct resource_search {
    const struct structure *structure;
    size_t stack;
    int depth;
    resource_found *found;
    void *data;
};

static void search_in(const struct resource_search *search, size_t stack, const struct value *value);

// "Outputs.Name" of a stack that is nested.
static bool search_nested(
    const struct resource_search *search, const struct diagram_resource *resource, const char *attribute)
{
    const struct structure *structure = search->structure;

    if (!attribute || strncmp(attribute, "Outputs.", 8) != 0)
        return false;
    for (size_t i = 0; i < structure->stack_count; i++) {
        const struct value *outputs = object_get(structure->stacks[i].given->template, "Outputs");

        if (structure->stacks[i].outer == resource)
            search_in(search, i, object_get(object_get(outputs, attribute + 8), "Value"));
    }
    return true;
}

static void resolve(void *data, const struct template_reference *reference)
{
    const struct resource_search *search = data;
    const struct structure *structure = search->structure;
    const struct stack_structure *stack = &structure->stacks[search->stack];
    const char *import = value_string(reference->imports);
    const struct export_value *export = import ? map_get(&structure->exports, import) : NULL;
    uintptr_t place = reference->id ? (uintptr_t)map_get(&stack->resources, reference->id) : 0;

    if (export)
        search_in(search, export->stack, export->value);
    else if (place && !search_nested(search, &structure->resources[place - 1], reference->attribute))
        search->found(search->data, &structure->resources[place - 1]);
    else if (!place && reference->id && stack->outer)
        search_in(search, stack->outer->stack,
            object_get(object_get(stack->outer->properties, "Parameters"), reference->id));
}

static void search_in(const struct resource_search *search, size_t stack, const struct value *value)
{
    struct resource_search inner = *search;

    inner.stack = stack;
    if (++inner.depth <= DEPTH_LIMIT)
        template_each_reference(value, resolve, &inner);
}

void each_resource_in(const struct structure *structure, size_t stack, const struct value *value,
    resource_found *found, void *data)
{
    search_in(
        &(struct resource_search){ .structure = structure, .found = found, .data = data }, stack, value);
}

struct listing {
    const struct structure *structure;
    struct index_list list;
};

static void list_resource(void *data, struct diagram_resource *resource)
{
    struct listing *listing = data;

    index_list_add(&listing->list, (size_t)(resource - listing->structure->resources));
}

struct index_list resources_in(const struct structure *structure, size_t stack, const struct value *value)
{
    struct listing listing = { .structure = structure };

    each_resource_in(structure, stack, value, list_resource, &listing);
    return listing.list;
}

// Reading.

static enum diagram_change change_of(const struct diagram_template *given, const char *id)
{
    uintptr_t mark = given->changes ? (uintptr_t)map_get(given->changes, id) : 0;

    return mark ? (enum diagram_change)(mark - 1) : DIAGRAM_SAME;
}

static void add_resource(struct structure *structure, size_t stack, const struct field *field)
{
    const struct diagram_template *given = structure->stacks[stack].given;
    const char *type = object_string(field->value, "Type");
    const char *path = object_string(object_get(field->value, "Metadata"), "aws:cdk:path");
    const struct value *properties = object_get(field->value, "Properties");

    if (!type)
        return;
    structure->resources = arena_grow(value_arena(), structure->resources, structure->resource_count,
        &structure->resource_capacity, sizeof(*structure->resources));
    structure->resources[structure->resource_count] = (struct diagram_resource){
        .stack = stack,
        .id = field->key,
        .type = type,
        .properties = value_type(properties) == VALUE_OBJECT ? properties : NULL,
        .kind = resource_kind_of(type),
        .path = path ? path : object_string(given->paths, field->key),
        .change = change_of(given, field->key),
    };
    structure->resource_count++;
    map_set(&structure->stacks[stack].resources, field->key, (void *)(uintptr_t)structure->resource_count);
}

static void read_exports(struct structure *structure, size_t stack)
{
    const struct value *outputs = object_get(structure->stacks[stack].given->template, "Outputs");

    for (size_t i = 0; value_type(outputs) == VALUE_OBJECT && i < value_length(outputs); i++) {
        const struct value *output = object_at(outputs, i)->value;
        const char *name = object_string(object_get(output, "Export"), "Name");
        struct export_value *export = arena_alloc(value_arena(), sizeof(*export));

        *export = (struct export_value){ stack, object_get(output, "Value") };
        if (name)
            map_set(&structure->exports, name, export);
    }
}

// The resource that stands for a nested stack in the one around it.
static const struct diagram_resource *find_outer(const struct structure *structure, const char *name)
{
    const char *slash = strrchr(name, '/');

    for (size_t i = 0; slash && i < structure->stack_count; i++) {
        const char *outer = structure->stacks[i].given->name;
        uintptr_t place;

        if (strlen(outer) != (size_t)(slash - name) || memcmp(outer, name, (size_t)(slash - name)) != 0)
            continue;
        place = (uintptr_t)map_get(&structure->stacks[i].resources, slash + 1);
        return place ? &structure->resources[place - 1] : NULL;
    }
    return NULL;
}

static void read_targets(struct structure *structure, size_t index)
{
    struct diagram_resource *resource = &structure->resources[index];

    resource->targets = resources_in(structure, resource->stack, resource->properties);
    for (size_t i = 0; i < resource->targets.count; i++) {
        struct index_list *users = &structure->resources[resource->targets.items[i]].users;

        users->items =
            arena_grow(value_arena(), users->items, users->count, &users->capacity, sizeof(*users->items));
        users->items[users->count++] = index;
    }
}

void structure_read(struct structure *structure, const struct diagram_template *templates, size_t count)
{
    structure->stacks = arena_alloc(value_arena(), (count + 1) * sizeof(*structure->stacks));
    structure->stack_count = count;
    map_init(&structure->exports, value_arena());
    for (size_t i = 0; i < count; i++) {
        const struct value *resources = template_resources(templates[i].template);

        structure->stacks[i].given = &templates[i];
        map_init(&structure->stacks[i].resources, value_arena());
        for (size_t j = 0; value_type(resources) == VALUE_OBJECT && j < value_length(resources); j++)
            add_resource(structure, i, object_at(resources, j));
        read_exports(structure, i);
    }
    for (size_t i = 0; i < count; i++)
        structure->stacks[i].outer = find_outer(structure, templates[i].name);
    for (size_t i = 0; i < structure->resource_count; i++)
        read_targets(structure, i);
}
