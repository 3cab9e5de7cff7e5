// SPDX-License-Identifier: MIT
// Schemas: keywords and what they say.
#include "schema/constraint_tables.h"
#include "schema/rows.h"
#include "util/array.h"

#include <string.h>

enum { DEPTH = 8 }; // of lists, references and alternatives between a property and one below it

// What stands behind the keyword; NULL when it is not there.
static const uint16_t *find(const struct schema_node *node, enum schema_keyword keyword)
{
    size_t count = schema_node_count(node);

    for (size_t i = 0; i < count; i++) {
        const uint16_t *pair = &schema_node_items[node->first + 2 * i];

        if (pair[0] >= keyword)
            return pair[0] == keyword ? pair + 1 : NULL;
    }
    return NULL;
}

bool schema_node_has(const struct schema_node *node, enum schema_keyword keyword)
{
    return find(node, keyword);
}

// Of a keyword of the form.
static const uint16_t *find_form(
    const struct schema_node *node, enum schema_keyword keyword, enum schema_form form)
{
    return schema_keyword_form(keyword) == form ? find(node, keyword) : NULL;
}

const struct schema_node *schema_node_child(const struct schema_node *node, enum schema_keyword keyword)
{
    const uint16_t *id = find_form(node, keyword, SCHEMA_FORM_N);

    return id ? &schema_nodes[*id] : NULL;
}

double schema_node_number(const struct schema_node *node, enum schema_keyword keyword)
{
    const uint16_t *id = find_form(node, keyword, SCHEMA_FORM_NUMBER);

    return id ? schema_numbers[*id] : 0;
}

const char *schema_node_string(const struct schema_node *node, enum schema_keyword keyword)
{
    const uint16_t *id = find_form(node, keyword, SCHEMA_FORM_T);

    return id ? schema_string(*id) : NULL;
}

struct schema_list schema_node_strings(const struct schema_node *node, enum schema_keyword keyword)
{
    const uint16_t *id = find_form(node, keyword, SCHEMA_FORM_S);

    return schema_list_of(id ? *id : 0);
}

unsigned schema_node_types(const struct schema_node *node)
{
    const uint16_t *types = find(node, SCHEMA_KEYWORD_TYPE);

    return types ? *types : 0;
}

static struct schema_parts parts_at(const uint16_t *id)
{
    const struct schema_parts_start *start;

    if (!id)
        return (struct schema_parts){ NULL, 0 };
    start = &schema_part_starts[*id];
    return (struct schema_parts){ &schema_part_items[start->first], (start[1].first - start->first) / 2 };
}

struct schema_parts schema_node_parts(const struct schema_node *node, enum schema_keyword keyword)
{
    const uint16_t *id = find_form(node, keyword, SCHEMA_FORM_M);

    return parts_at(id ? id : find_form(node, keyword, SCHEMA_FORM_A));
}

const char *schema_parts_name(struct schema_parts parts, size_t index)
{
    return index < parts.count ? schema_string(parts.pairs[2 * index]) : NULL;
}

const struct schema_node *schema_parts_node(struct schema_parts parts, size_t index)
{
    return index < parts.count ? &schema_nodes[parts.pairs[2 * index + 1]] : NULL;
}

// `name` need not end where its length does.
static int compare_name(const char *name, size_t length, const char *other)
{
    int order = strncmp(name, other, length);

    return order == 0 && other[length] ? -1 : order;
}

static const struct schema_node *find_part(struct schema_parts parts, const char *name, size_t length)
{
    size_t low = 0;
    size_t high = parts.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_name(name, length, schema_string(parts.pairs[2 * middle]));

        if (order == 0)
            return schema_parts_node(parts, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct schema_parts schema_node_lists(const struct schema_node *node, enum schema_keyword keyword)
{
    return parts_at(find_form(node, keyword, SCHEMA_FORM_L));
}

struct schema_list schema_parts_list(struct schema_parts parts, size_t index)
{
    return schema_list_of(index < parts.count ? parts.pairs[2 * index + 1] : 0);
}

static const struct schema_node *find_below(
    const struct schema_node *node, const char *name, size_t length, size_t depth);

static const struct schema_node *find_in_parts(
    struct schema_parts parts, const char *name, size_t length, size_t depth)
{
    const struct schema_node *found = NULL;

    for (size_t i = 0; !found && i < parts.count; i++)
        found = find_below(schema_parts_node(parts, i), name, length, depth);
    return found;
}

// A property of the node itself, or of what it consists of; schemas may contain themselves.
static const struct schema_node *find_below(
    const struct schema_node *node, const char *name, size_t length, size_t depth)
{
    static const enum schema_keyword through[] = { SCHEMA_KEYWORD_REF, SCHEMA_KEYWORD_ITEMS,
        SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES };
    static const enum schema_keyword alternatives[] = { SCHEMA_KEYWORD_ONE_OF, SCHEMA_KEYWORD_ANY_OF,
        SCHEMA_KEYWORD_ALL_OF, SCHEMA_KEYWORD_PATTERN_PROPERTIES };
    const struct schema_node *found;

    if (!node || depth == 0)
        return NULL;
    found = find_part(schema_node_parts(node, SCHEMA_KEYWORD_PROPERTIES), name, length);
    for (size_t i = 0; !found && i < ARRAY_SIZE(through); i++)
        found = find_below(schema_node_child(node, through[i]), name, length, depth - 1);
    for (size_t i = 0; !found && i < ARRAY_SIZE(alternatives); i++)
        found = find_in_parts(schema_node_parts(node, alternatives[i]), name, length, depth - 1);
    return found;
}

const struct schema_node *schema_node_at(const struct schema_node *node, const char *path)
{
    while (node && *path) {
        size_t length = strcspn(path, ".");

        node = find_below(node, path, length, DEPTH);
        path += length + (path[length] == '.');
    }
    return node;
}

const struct schema_node *schema_parts_find(struct schema_parts parts, const char *name)
{
    return name ? find_part(parts, name, strlen(name)) : NULL;
}
