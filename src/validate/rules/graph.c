// SPDX-License-Identifier: MIT
#include "validate/rules/graph.h"

#include "data/value.h"
#include "util/arena.h"
#include "validate/rules/functions.h"

#include <string.h>

struct collector {
    struct validator *validator;
    struct reference_graph *graph;
    const struct template_resource *from;
};

static void add(
    struct collector *collector, const struct node *node, const char *id, enum reference_kind kind)
{
    struct reference_graph *graph = collector->graph;
    struct arena *arena = validator_arena(collector->validator);
    const struct template_resource *to = id ? validator_resource(collector->validator, id) : NULL;

    if (!to)
        return;
    graph->items = arena_grow(arena, graph->items, graph->count, &graph->capacity, sizeof(*graph->items));
    graph->items[graph->count++] =
        (struct resource_reference){ collector->from, to, kind, node_copy(collector->validator, node) };
}

static const char *before_dot(const char *text)
{
    const char *dot = strchr(text, '.');

    return dot ? arena_strndup(value_arena(), text, (size_t)(dot - text)) : text;
}

static void add_variables(struct collector *collector, const struct node *node, const struct node *argument)
{
    const struct node first = node_at(argument, 0);
    const struct value *values = node_is_array(argument) ? array_at(argument->value, 1) : NULL;
    const char *text = node_is_array(argument) ? node_string(&first) : node_string(argument), *variable;

    while (text && (variable = sub_next_variable(text, &text)))
        if (!object_get(values, variable))
            add(collector, node, before_dot(variable), REFERENCE_SUB);
}

static void collect_function(struct collector *collector, const struct node *node, const char *function)
{
    const struct node argument = node_argument(node), first = node_at(&argument, 0);

    if (strcmp(function, "Ref") == 0)
        add(collector, node, node_string(&argument), REFERENCE_REF);
    else if (strcmp(function, "Fn::GetAtt") == 0 && node_string(&argument))
        add(collector, node, before_dot(node_string(&argument)), REFERENCE_GET_ATT);
    else if (strcmp(function, "Fn::GetAtt") == 0)
        add(collector, node, node_string(&first), REFERENCE_GET_ATT);
    else if (strcmp(function, "Fn::Sub") == 0)
        add_variables(collector, node, &argument);
}

static void collect(struct collector *collector, const struct node *node)
{
    const char *function = node_function(node);

    if (function)
        collect_function(collector, node, function);
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        collect(collector, &child);
    }
}

static void collect_resource(struct collector *collector, const struct node *resource)
{
    struct node depends = node_get(resource, "DependsOn");

    if (node_string(&depends))
        add(collector, &depends, node_string(&depends), REFERENCE_DEPENDS_ON);
    for (size_t i = 0; i < node_length(&depends) && node_is_array(&depends); i++) {
        struct node name = node_at(&depends, i);

        add(collector, &name, node_string(&name), REFERENCE_DEPENDS_ON);
    }
    collect(collector, resource);
}

void reference_graph_make(struct validator *validator, struct reference_graph *ret_graph)
{
    struct collector collector = { validator, ret_graph, NULL };
    struct node outputs = node_get(validator_template(validator), "Outputs");
    size_t count = validator_resource_count(validator);

    *ret_graph = (struct reference_graph){ 0 };
    ret_graph->starts = arena_alloc(validator_arena(validator), (count + 1) * sizeof(*ret_graph->starts));
    for (size_t i = 0; i < count; i++) {
        ret_graph->starts[i] = ret_graph->count;
        collector.from = validator_resource_at(validator, i);
        collect_resource(&collector, collector.from->node);
    }
    ret_graph->starts[count] = ret_graph->count;
    ret_graph->indexes =
        arena_alloc(validator_arena(validator), (ret_graph->count + 1) * sizeof(*ret_graph->indexes));
    for (size_t i = 0; i < ret_graph->count; i++)
        ret_graph->indexes[i] = ret_graph->items[i].to->index;
    collector.from = NULL;
    collect(&collector, &outputs);
}
