// SPDX-License-Identifier: MIT
#include "diagram/edges.h"

#include "data/value.h"
#include "template/template.h"

#include <string.h>

// Each stack as one node.

static enum diagram_change change_of_stack(const struct diagram *diagram, size_t stack)
{
    enum diagram_change change = DIAGRAM_SAME;
    bool is_first = true;

    for (size_t i = 0; i < diagram->node_count; i++) {
        if (diagram->nodes[i].stack != stack)
            continue;
        if (!is_first && change != diagram->nodes[i].change)
            return DIAGRAM_CHANGED;
        change = diagram->nodes[i].change;
        is_first = false;
    }
    return change;
}

static void add_stack(const struct diagram *diagram, const struct diagram_template *given, size_t stack,
    struct diagram *contracted)
{
    size_t count = value_length(template_resources(given->template));

    diagram_add_node(contracted,
        &(struct diagram_node){
            .key = diagram->stacks[stack],
            .name = diagram_clean_text(diagram->stacks[stack], DIAGRAM_NAME_LIMIT),
            .type = arena_printf(value_arena(), "%zu resource%s", count, count == 1 ? "" : "s"),
            .path = diagram->stacks[stack],
            .stack = DIAGRAM_NO_STACK,
            .change = change_of_stack(diagram, stack),
        });
}

// What a node becomes: that of its stack, or itself where it is outside.
static size_t *add_nodes(
    const struct diagram *diagram, const struct diagram_template *templates, struct diagram *contracted)
{
    size_t *places = arena_alloc(value_arena(), (diagram->node_count + 1) * sizeof(*places));

    for (size_t i = 0; i < diagram->stack_count; i++)
        add_stack(diagram, &templates[i], i, contracted);
    for (size_t i = 0; i < diagram->node_count; i++) {
        places[i] = diagram->nodes[i].stack;
        if (places[i] != DIAGRAM_NO_STACK)
            continue;
        places[i] = contracted->node_count;
        diagram_add_node(contracted, &diagram->nodes[i]);
    }
    return places;
}

static void add_edge(const struct diagram_edge *edge, const size_t *places, struct diagram *contracted)
{
    struct diagram_end from =
        diagram_node_end(edge->from.is_stack ? edge->from.index : places[edge->from.index]);
    struct diagram_end to = diagram_node_end(edge->to.is_stack ? edge->to.index : places[edge->to.index]);

    // Access and references say nothing beside traffic and events.
    for (enum diagram_relation other = 0; other < edge->relation && edge->relation >= DIAGRAM_ACCESS; other++)
        if (diagram_find_edge(contracted, from, to, other))
            return;
    diagram_connect(contracted, from, to, edge->relation, edge->label);
}

void diagram_contract(struct diagram *diagram, const struct diagram_template *templates)
{
    struct diagram contracted;
    const size_t *places;

    diagram_init(&contracted, DIAGRAM_STACKS);
    places = add_nodes(diagram, templates, &contracted);
    for (enum diagram_relation relation = 0; relation < DIAGRAM_RELATIONS; relation++)
        for (size_t i = 0; i < diagram->edge_count; i++)
            if (diagram->edges[i].relation == relation)
                add_edge(&diagram->edges[i], places, &contracted);
    *diagram = contracted;
}
