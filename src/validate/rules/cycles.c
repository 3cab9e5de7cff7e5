// SPDX-License-Identifier: MIT
#include "validate/rules/cycles.h"

#include "util/arena.h"
#include "util/strbuf.h"
#include "validate/rule.h"
#include "validate/rules/graph.h"

#include <stdint.h>
#include <string.h>

// Tarjan's components, without recursion: a template may have a chain of any length.
struct components {
    const struct reference_graph *graph;
    size_t *order; // in which a resource was reached, from 1; 0: not yet
    size_t *low;
    size_t *component; // from 1; 0: not known yet
    size_t *stack, stack_length;
    size_t *path, path_length; // resources that are being looked at
    size_t *next;              // reference of each
    size_t reached, found;
};

static void reach(struct components *c, size_t resource)
{
    c->order[resource] = c->low[resource] = ++c->reached;
    c->next[resource] = c->graph->starts[resource];
    c->stack[c->stack_length++] = resource;
    c->path[c->path_length++] = resource;
}

static void leave(struct components *c, size_t resource)
{
    size_t parent = c->path_length > 1 ? c->path[c->path_length - 2] : SIZE_MAX;

    if (c->low[resource] == c->order[resource]) {
        c->found++;
        do
            c->component[c->stack[--c->stack_length]] = c->found;
        while (c->stack[c->stack_length] != resource);
    }
    if (parent != SIZE_MAX && c->low[resource] < c->low[parent])
        c->low[parent] = c->low[resource];
    c->path_length--;
}

static void follow(struct components *c)
{
    while (c->path_length) {
        size_t resource = c->path[c->path_length - 1], to;

        if (c->next[resource] == c->graph->starts[resource + 1]) {
            leave(c, resource);
            continue;
        }
        to = c->graph->indexes[c->next[resource]++];
        if (!c->order[to])
            reach(c, to);
        else if (!c->component[to] && c->order[to] < c->low[resource])
            c->low[resource] = c->order[to];
    }
}

static size_t *find_components(struct validator *validator, const struct reference_graph *graph)
{
    size_t count = validator_resource_count(validator);
    size_t *memory = arena_alloc(validator_arena(validator), 6 * (count + 1) * sizeof(*memory));
    struct components c = { .graph = graph,
        .order = memory,
        .low = memory + count + 1,
        .component = memory + 2 * (count + 1),
        .stack = memory + 3 * (count + 1),
        .path = memory + 4 * (count + 1),
        .next = memory + 5 * (count + 1) };

    for (size_t i = 0; i < count; i++) {
        if (!c.order[i])
            reach(&c, i);
        follow(&c);
    }
    return c.component;
}

// References that are followed, and resources that are named, for one template: who has so many circles needs
// no list of all of them.
enum { STEPS_LIMIT = 20 * 1000 * 1000, STEPS_OF_A_NAME = 16 };

// The shortest way from a resource back to itself.
struct way {
    size_t steps;                            // so far
    size_t *from;                            // the reference by which each resource was reached, plus 1
    size_t *queue;                           // resources
    const struct resource_reference **cycle; // that is found
};

// The reference that closes the cycle, plus 1; 0: there is none.
static size_t search(
    const struct reference_graph *graph, const size_t *component, size_t start, struct way *way)
{
    size_t read = 0, written = 0;

    way->queue[written++] = start;
    while (read < written) {
        size_t resource = way->queue[read++];

        for (size_t i = graph->starts[resource]; i < graph->starts[resource + 1]; i++) {
            size_t to = graph->indexes[i];

            way->steps++;
            if (to == start)
                return i + 1;
            if (component[to] != component[start] || way->from[to])
                continue;
            way->from[to] = i + 1;
            way->queue[written++] = to;
        }
    }
    return 0;
}

// References that exclude each other make no cycle.
static bool can_all_be(
    struct validator *validator, const struct resource_reference *const *references, size_t count)
{
    struct condition_literal literals[4 * CONDITION_LITERALS_LIMIT];
    size_t used = 0;

    for (size_t i = 0; i < count && used < 3 * CONDITION_LITERALS_LIMIT; i++)
        used += node_conditions(validator, references[i]->node, literals + used);
    return conditions_ask(validator, literals, used) == POSSIBLE;
}

static const char *verb(enum reference_kind kind)
{
    return kind == REFERENCE_DEPENDS_ON ? " depends on " : " refers to ";
}

static void report_cycle(struct validator *validator, const struct reference_graph *graph, size_t start,
    size_t last, struct way *way)
{
    const struct resource_reference **cycle = way->cycle;
    size_t length = 0;
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t reference = last; reference; reference = way->from[cycle[length - 1]->from->index]) {
        cycle[length++] = &graph->items[reference - 1];
        if (cycle[length - 1]->from->index == start)
            break;
    }
    way->steps += length * STEPS_OF_A_NAME;
    if (!can_all_be(validator, cycle, length))
        return;
    for (size_t i = length; i-- > 0;)
        strbuf_addf(&text, "%s%s%s", cycle[i]->from->id, verb(cycle[i]->kind), i ? "" : cycle[i]->to->id);
    report_key(validator, "E3004", validator_resource_at(validator, start)->node, "circular dependency: %s",
        text.data);
}

void cycles_check(struct validator *validator, const struct reference_graph *graph)
{
    size_t count = validator_resource_count(validator);
    const size_t *component = find_components(validator, graph);
    struct way way = { .queue = arena_alloc(validator_arena(validator), (count + 1) * sizeof(*way.queue)) };

    way.from = arena_alloc(validator_arena(validator), (count + 1) * sizeof(*way.from));
    way.cycle = arena_alloc(validator_arena(validator), (count + 1) * sizeof(*way.cycle));
    for (size_t i = 0; i < count && way.steps < STEPS_LIMIT; i++) {
        bool is_alone = true;

        for (size_t j = graph->starts[i]; j < graph->starts[i + 1]; j++)
            is_alone = is_alone && component[graph->indexes[j]] != component[i];
        if (is_alone)
            continue;
        memset(way.from, 0, (count + 1) * sizeof(*way.from));
        report_cycle(validator, graph, i, search(graph, component, i, &way), &way);
    }
}
