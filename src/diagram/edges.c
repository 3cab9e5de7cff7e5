// SPDX-License-Identifier: MIT
#include "diagram/edges.h"

#include "data/value.h"
#include "util/strbuf.h"
#include "util/text/utf8.h"

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

// C0 and C1, what is no character, and what changes the direction of the text around it.
static bool is_unprintable(const char *character, size_t length)
{
    static const char *const bad[] = { "\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b",
        "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff", "\xef\xbf\xbe",
        "\xef\xbf\xbf" };

    if (length == 1)
        return (unsigned char)*character < 0x20 || *character == 0x7f;
    if (length == 2 && memcmp(character, "\xc2", 1) == 0 && (unsigned char)character[1] < 0xa0)
        return true;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        if (strlen(bad[i]) == length && memcmp(bad[i], character, length) == 0)
            return true;
    return false;
}

const char *diagram_clean_text(const char *text, size_t limit)
{
    STRBUF_AUTO clean = STRBUF_INIT;
    size_t left = strlen(text);

    for (size_t characters = 0; left; characters++) {
        size_t length = utf8_sequence(text, left);

        if (characters + 1 == limit && left > (length ? length : 1)) {
            strbuf_add_string(&clean, more);
            break;
        }
        if (!length || is_unprintable(text, length))
            strbuf_add_string(&clean, "\ufffd");
        else
            strbuf_add(&clean, text, length);
        text += length ? length : 1;
        left -= length ? length : 1;
    }
    return arena_strdup(value_arena(), clean.data);
}
