// SPDX-License-Identifier: MIT
#include "diagram/edges.h"

#include "data/value.h"

#include <stdint.h>
#include <string.h>

// Two diagrams in one.

struct merging {
    const struct diagram *before;
    struct diagram *result;
    struct map nodes; // by key: index + 1
    size_t *stacks;   // of those before: their places in the result
    size_t *places;   // of nodes
};

static void copy_after(const struct diagram *after, struct merging *merging)
{
    struct diagram *result = merging->result;

    for (size_t i = 0; i < after->stack_count; i++)
        result->stacks[result->stack_count++] = after->stacks[i];
    for (size_t i = 0; i < after->node_count; i++) {
        diagram_add_node(result, &after->nodes[i]);
        map_set(&merging->nodes, after->nodes[i].key, (void *)(uintptr_t)(i + 1));
    }
    for (size_t i = 0; i < after->edge_count; i++) {
        const struct diagram_edge *edge = &after->edges[i];

        diagram_connect(result, edge->from, edge->to, edge->relation, "")->label = edge->label;
        result->edges[result->edge_count - 1].change = DIAGRAM_ADDED;
    }
}

static size_t place_of_stack(struct diagram *result, const char *name)
{
    for (size_t i = 0; i < result->stack_count; i++)
        if (strcmp(result->stacks[i], name) == 0)
            return i;
    result->stacks[result->stack_count] = name;
    return result->stack_count++;
}

static size_t place_of_node(struct merging *merging, const struct diagram_node *node)
{
    struct diagram *result = merging->result;
    uintptr_t place = (uintptr_t)map_get(&merging->nodes, node->key);
    struct diagram_node *added;

    if (place) {
        struct diagram_node *same = &result->nodes[place - 1];

        if (same->change == DIAGRAM_SAME && node->change != DIAGRAM_SAME)
            same->change = DIAGRAM_CHANGED;
        return place - 1;
    }
    added = diagram_add_node(result, node);
    if (node->stack != DIAGRAM_NO_STACK)
        added->stack = merging->stacks[node->stack];
    added->change = DIAGRAM_REMOVED;
    return result->node_count - 1;
}

static struct diagram_end moved_end(const struct merging *merging, const struct diagram_end *end)
{
    return (struct diagram_end){ end->is_stack,
        end->is_stack ? merging->stacks[end->index] : merging->places[end->index] };
}

static void merge_edge(const struct merging *merging, const struct diagram_edge *edge)
{
    struct diagram_end from = moved_end(merging, &edge->from), to = moved_end(merging, &edge->to);
    struct diagram_edge *same = diagram_find_edge(merging->result, from, to, edge->relation);

    if (same) {
        same->change = strcmp(same->label, edge->label) == 0 ? DIAGRAM_SAME : DIAGRAM_CHANGED;
        return;
    }
    same = diagram_connect(merging->result, from, to, edge->relation, "");
    same->label = edge->label;
    same->change = DIAGRAM_REMOVED;
}

void diagram_merge(const struct diagram *before, const struct diagram *after, struct diagram *ret_diagram)
{
    struct merging merging = { .before = before, .result = ret_diagram };
    size_t stacks = before->stack_count + after->stack_count;

    diagram_init(ret_diagram, after->level);
    ret_diagram->shows_changes = true;
    ret_diagram->stacks = arena_alloc(value_arena(), (stacks + 1) * sizeof(*ret_diagram->stacks));
    merging.stacks = arena_alloc(value_arena(), (before->stack_count + 1) * sizeof(*merging.stacks));
    merging.places = arena_alloc(value_arena(), (before->node_count + 1) * sizeof(*merging.places));
    map_init(&merging.nodes, value_arena());
    copy_after(after, &merging);
    for (size_t i = 0; i < before->stack_count; i++)
        merging.stacks[i] = place_of_stack(ret_diagram, before->stacks[i]);
    for (size_t i = 0; i < before->node_count; i++)
        merging.places[i] = place_of_node(&merging, &before->nodes[i]);
    for (size_t i = 0; i < before->edge_count; i++)
        merge_edge(&merging, &before->edges[i]);
}

// Keeping what changes.

static bool is_end_changed(const struct diagram *diagram, const struct diagram_end *end)
{
    return !end->is_stack && diagram->nodes[end->index].change != DIAGRAM_SAME;
}

static bool is_kept(const struct diagram *diagram, const struct diagram_edge *edge)
{
    return edge->change != DIAGRAM_SAME || is_end_changed(diagram, &edge->from) ||
        is_end_changed(diagram, &edge->to);
}

static bool *kept_nodes(const struct diagram *diagram)
{
    bool *kept = arena_alloc(value_arena(), diagram->node_count + 1);

    for (size_t i = 0; i < diagram->node_count; i++)
        kept[i] = diagram->nodes[i].change != DIAGRAM_SAME;
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];

        if (!is_kept(diagram, edge))
            continue;
        if (!edge->from.is_stack)
            kept[edge->from.index] = true;
        if (!edge->to.is_stack)
            kept[edge->to.index] = true;
    }
    return kept;
}

static bool has_kept_node(const struct diagram *diagram, size_t stack)
{
    for (size_t i = 0; i < diagram->node_count; i++)
        if (diagram->nodes[i].stack == stack)
            return true;
    return false;
}

static void keep_edge(const struct diagram *diagram, const struct diagram_edge *edge, const size_t *places,
    struct diagram *kept)
{
    struct diagram_end from = edge->from, to = edge->to;
    struct diagram_edge *copy;

    if (!is_kept(diagram, edge) || (from.is_stack && !has_kept_node(kept, from.index)) ||
        (to.is_stack && !has_kept_node(kept, to.index)))
        return;
    from.index = from.is_stack ? from.index : places[from.index];
    to.index = to.is_stack ? to.index : places[to.index];
    copy = diagram_connect(kept, from, to, edge->relation, "");
    copy->label = edge->label;
    copy->change = edge->change;
}

void diagram_keep_changes(struct diagram *diagram)
{
    const bool *is_node_kept = kept_nodes(diagram);
    size_t *places = arena_alloc(value_arena(), (diagram->node_count + 1) * sizeof(*places));
    struct diagram kept;

    diagram_init(&kept, diagram->level);
    kept.shows_changes = diagram->shows_changes;
    kept.stacks = diagram->stacks;
    kept.stack_count = diagram->stack_count;
    for (size_t i = 0; i < diagram->node_count; i++) {
        places[i] = kept.node_count;
        if (is_node_kept[i])
            diagram_add_node(&kept, &diagram->nodes[i]);
    }
    for (size_t i = 0; i < diagram->edge_count; i++)
        keep_edge(diagram, &diagram->edges[i], places, &kept);
    *diagram = kept;
}
