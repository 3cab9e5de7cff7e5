// SPDX-License-Identifier: MIT
#include "diagram/edges.h"

#include "data/value.h"
#include "util/strbuf.h"
#include "util/text/visible.h"

#include <stdint.h>
#include <string.h>

enum { LABEL_ITEMS = 4, LABEL_ITEM_LIMIT = 30 };

static const char separator[] = ", ";
static const char more[] = "…";

static const char *place_of(struct diagram_end from, struct diagram_end to, enum diagram_relation relation)
{
    return arena_printf(
        value_arena(), "%d%zu %d%zu %d", from.is_stack, from.index, to.is_stack, to.index, (int)relation);
}

struct diagram_edge *diagram_find_edge(const struct diagram *diagram, struct diagram_end from,
    struct diagram_end to, enum diagram_relation relation)
{
    uintptr_t place = (uintptr_t)map_get(&diagram->places, place_of(from, to, relation));

    return place ? &diagram->edges[place - 1] : NULL;
}

struct diagram_end diagram_node_end(size_t node)
{
    return (struct diagram_end){ .index = node };
}

struct diagram_end diagram_stack_end(size_t stack)
{
    return (struct diagram_end){ .is_stack = true, .index = stack };
}

// Whether the list "a, b" has the item.
static bool has_item(const char *list, const char *item, size_t *ret_count)
{
    size_t length = strlen(item);
    bool has = false;

    *ret_count = 0;
    while (*list) {
        const char *end = strstr(list, separator);
        size_t part = end ? (size_t)(end - list) : strlen(list);

        ++*ret_count;
        has |= part == length && memcmp(list, item, length) == 0;
        list += part + (end ? strlen(separator) : 0);
    }
    return has;
}

static void add_label(struct diagram_edge *edge, const char *label)
{
    const char *clean = diagram_clean_text(label, LABEL_ITEM_LIMIT);
    size_t count;

    if (!*clean || has_item(edge->label, clean, &count) || count > LABEL_ITEMS)
        return;
    if (count == LABEL_ITEMS)
        clean = more;
    edge->label = *edge->label ? arena_printf(value_arena(), "%s%s%s", edge->label, separator, clean) : clean;
}

struct diagram_edge *diagram_connect(struct diagram *diagram, struct diagram_end from, struct diagram_end to,
    enum diagram_relation relation, const char *label)
{
    struct diagram_edge *edge;

    if (from.is_stack == to.is_stack && from.index == to.index)
        return NULL;
    edge = diagram_find_edge(diagram, from, to, relation);
    if (!edge) {
        diagram->edges = arena_grow(value_arena(), diagram->edges, diagram->edge_count,
            &diagram->edge_capacity, sizeof(*diagram->edges));
        edge = &diagram->edges[diagram->edge_count++];
        *edge = (struct diagram_edge){ .from = from, .to = to, .relation = relation, .label = "" };
        map_set(&diagram->places, place_of(from, to, relation), (void *)(uintptr_t)diagram->edge_count);
    }
    add_label(edge, label);
    return edge;
}

struct diagram_node *diagram_add_node(struct diagram *diagram, const struct diagram_node *node)
{
    diagram->nodes = arena_grow(
        value_arena(), diagram->nodes, diagram->node_count, &diagram->node_capacity, sizeof(*diagram->nodes));
    diagram->nodes[diagram->node_count] = *node;
    return &diagram->nodes[diagram->node_count++];
}

// Noncharacters are none of XML's.
static bool is_printable(const struct visible *character)
{
    return !character->is_hidden && character->code != 0xfffe && character->code != 0xffff;
}

const char *diagram_clean_text(const char *text, size_t limit)
{
    STRBUF_AUTO clean = STRBUF_INIT;
    size_t left = strlen(text);

    for (size_t characters = 0; left; characters++) {
        struct visible character = visible_at(text, left);
        char escaped[VISIBLE_MAX];

        if (characters + 1 == limit && left > character.length) {
            strbuf_add_string(&clean, more);
            break;
        }
        if (is_printable(&character))
            strbuf_add(&clean, text, character.length);
        else
            strbuf_add(&clean, escaped, visible_escape(&character, escaped));
        text += character.length;
        left -= character.length;
    }
    return arena_strdup(value_arena(), clean.data);
}
