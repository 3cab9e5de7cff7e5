// SPDX-License-Identifier: MIT
#include "diagram/diagram.h"

#include "data/value.h"
#include "diagram/edges.h"
#include "diagram/structure.h"

#include <stdint.h>
#include <string.h>

enum { GATHERED_FROM = 4 }; // so many of a kind become one node

void *diagram_change_mark(enum diagram_change change)
{
    return (void *)((uintptr_t)change + 1);
}

// Nodes.

static bool owns_itself(const struct structure *structure, const struct diagram_resource *resource)
{
    return resource->owners.count && &structure->resources[resource->owners.items[0]] == resource;
}

static size_t count_of_kind(const struct structure *structure, const struct diagram_resource *like)
{
    size_t count = 0;

    for (size_t i = 0; i < structure->resource_count; i++)
        count += structure->resources[i].stack == like->stack && structure->resources[i].kind == like->kind;
    return count;
}

static const char *stack_name(const struct structure *structure, size_t stack)
{
    return diagram_clean_text(structure->stacks[stack].given->name, DIAGRAM_PATH_LIMIT);
}

// A nested stack has a logical id that says the same twice: it is called as its construct is.
static const char *stack_title(const struct structure *structure, size_t stack)
{
    static const char suffix[] = ".NestedStackResource";
    const struct diagram_resource *outer = structure->stacks[stack].outer;
    const char *path = outer ? outer->path : NULL;
    size_t length = path ? strlen(path) : 0, without = length - strlen(suffix);
    const char *last;

    if (length <= strlen(suffix) || strcmp(path + without, suffix) != 0)
        return stack_name(structure, stack);
    path = arena_strndup(value_arena(), path, without);
    last = strrchr(path, '/');
    return arena_printf(value_arena(), "%s/%s", stack_title(structure, outer->stack),
        diagram_clean_text(last ? last + 1 : path, DIAGRAM_NAME_LIMIT));
}

static void add_node(struct structure *structure, struct diagram_resource *resource)
{
    const char *words = structure->level == DIAGRAM_RESOURCES
        ? resource->type + (strncmp(resource->type, "AWS::", 5) == 0 ? 5 : 0)
        : resource_type_words(resource->kind, resource->type, resource->properties);

    resource->node = structure->diagram->node_count;
    diagram_add_node(structure->diagram,
        &(struct diagram_node){
            .key = arena_printf(value_arena(), "%s/%s", stack_name(structure, resource->stack),
                diagram_clean_text(resource->id, DIAGRAM_PATH_LIMIT)),
            .type = diagram_clean_text(words, DIAGRAM_NAME_LIMIT),
            .path = resource_title(resource),
            .group = resource->kind->group,
            .stack = resource->stack,
            .change = resource->change,
        });
}

// One node for all resources of the kind in the stack.
static void add_gathered(struct structure *structure, struct diagram_resource *first, size_t count)
{
    size_t node = structure->diagram->node_count;
    const char *name = arena_printf(value_arena(), "%zu %s", count, first->kind->words);
    const char *stack = stack_name(structure, first->stack);
    bool is_first = true;

    for (size_t i = 0; i < structure->resource_count; i++) {
        struct diagram_resource *resource = &structure->resources[i];

        if (resource->stack != first->stack || resource->kind != first->kind)
            continue;
        resource->node = node;
        resource->is_gathered = true;
        if (is_first)
            diagram_add_node(structure->diagram,
                &(struct diagram_node){
                    .key = arena_printf(value_arena(), "%s/%s", stack, first->type),
                    .name = name,
                    .type = "CloudWatch",
                    .path = arena_printf(value_arena(), "%s/%s", stack, name),
                    .group = first->kind->group,
                    .stack = first->stack,
                    .change = resource->change,
                });
        else if (structure->diagram->nodes[node].change != resource->change)
            structure->diagram->nodes[node].change = DIAGRAM_CHANGED;
        is_first = false;
    }
}

static void add_nodes(struct structure *structure)
{
    for (size_t i = 0; i < structure->resource_count; i++) {
        struct diagram_resource *resource = &structure->resources[i];
        size_t count = 1;

        if (!owns_itself(structure, resource) || resource->is_gathered)
            continue;
        if (resource->kind->is_gathered && structure->level != DIAGRAM_RESOURCES)
            count = count_of_kind(structure, resource);
        if (count < GATHERED_FROM)
            add_node(structure, resource);
        else
            add_gathered(structure, resource, count);
    }
}

// What changes in a part of it changes a node.
static void pass_changes_on(struct structure *structure)
{
    for (size_t i = 0; i < structure->resource_count; i++) {
        const struct diagram_resource *resource = &structure->resources[i];

        for (size_t j = 0; j < resource->owners.count && resource->change != DIAGRAM_SAME; j++) {
            size_t node = structure->resources[resource->owners.items[j]].node;

            if (structure->diagram->nodes[node].change == DIAGRAM_SAME)
                structure->diagram->nodes[node].change = DIAGRAM_CHANGED;
        }
    }
}

// Edges.

void connect_resources(struct structure *structure, const struct diagram_resource *from,
    const struct diagram_resource *to, enum diagram_relation relation, const char *label)
{
    for (size_t i = 0; i < from->owners.count; i++)
        for (size_t j = 0; j < to->owners.count; j++)
            diagram_connect(structure->diagram,
                diagram_node_end(structure->resources[from->owners.items[i]].node),
                diagram_node_end(structure->resources[to->owners.items[j]].node), relation, label);
}

static size_t outside_node(struct diagram *diagram, const char *name, const char *type)
{
    const char *key = diagram_clean_text(name, DIAGRAM_NAME_LIMIT);

    for (size_t i = 0; i < diagram->node_count; i++)
        if (diagram->nodes[i].stack == DIAGRAM_NO_STACK && strcmp(diagram->nodes[i].key, key) == 0)
            return i;
    diagram_add_node(diagram,
        &(struct diagram_node){ .key = key,
            .name = key,
            .type = diagram_clean_text(type, DIAGRAM_NAME_LIMIT),
            .path = key,
            .group = DIAGRAM_OUTSIDE,
            .stack = DIAGRAM_NO_STACK });
    return diagram->node_count - 1;
}

void connect_outside(struct structure *structure, const char *name, const char *type,
    const struct diagram_resource *resource, bool is_source, enum diagram_relation relation,
    const char *label)
{
    for (size_t i = 0; i < resource->owners.count; i++) {
        struct diagram_end outside = diagram_node_end(outside_node(structure->diagram, name, type));
        struct diagram_end inside = diagram_node_end(structure->resources[resource->owners.items[i]].node);

        diagram_connect(
            structure->diagram, is_source ? outside : inside, is_source ? inside : outside, relation, label);
    }
}

void diagram_init(struct diagram *diagram, enum diagram_level level)
{
    *diagram = (struct diagram){ .level = level };
    map_init(&diagram->places, value_arena());
}

void diagram_build(const struct diagram_template *templates, size_t count, enum diagram_level level,
    struct diagram *ret_diagram)
{
    struct structure structure = { .level = level == DIAGRAM_STACKS ? DIAGRAM_CONSTRUCTS : level,
        .diagram = ret_diagram };

    diagram_init(ret_diagram, structure.level);
    structure_read(&structure, templates, count);
    ret_diagram->stacks = arena_alloc(value_arena(), (count + 1) * sizeof(*ret_diagram->stacks));
    ret_diagram->stack_count = count;
    for (size_t i = 0; i < count; i++)
        ret_diagram->stacks[i] = stack_title(&structure, i);
    structure_find_owners(&structure);
    add_nodes(&structure);
    pass_changes_on(&structure);
    find_traffic(&structure);
    find_connections(&structure);
    find_references(&structure);
    name_nodes(ret_diagram);
    if (level == DIAGRAM_STACKS)
        diagram_contract(ret_diagram, templates);
}
