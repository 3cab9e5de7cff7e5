// SPDX-License-Identifier: MIT
#include "validate/properties/mentions.h"

#include "util/array.h"

#include <string.h>

enum { DEPTH = 12, MAX_NAMES = 64 };

struct mentions {
    struct arena *arena;
    const char **names;
    size_t count, capacity;
    bool may_be_any;
};

static void add_name(struct mentions *mentions, const char *name)
{
    for (size_t i = 0; i < mentions->count; i++)
        if (strcmp(mentions->names[i], name) == 0)
            return;
    if (mentions->count == MAX_NAMES) {
        mentions->may_be_any = true;
        return;
    }
    mentions->names = arena_grow(
        mentions->arena, mentions->names, mentions->count, &mentions->capacity, sizeof(*mentions->names));
    mentions->names[mentions->count++] = name;
}

static void add_list(struct mentions *mentions, struct schema_list list)
{
    for (size_t i = 0; i < list.count; i++)
        add_name(mentions, schema_list_at(list, i));
}

static void add_schema(struct mentions *mentions, const struct schema_node *schema, size_t depth);

static void add_parts(struct mentions *mentions, struct schema_parts parts, size_t depth)
{
    for (size_t i = 0; i < parts.count; i++)
        add_schema(mentions, schema_parts_node(parts, i), depth);
}

static void add_keyword(
    struct mentions *mentions, const struct schema_node *schema, enum schema_keyword keyword, size_t depth)
{
    struct schema_parts parts;

    switch (keyword) {
    case SCHEMA_KEYWORD_REQUIRED:
    case SCHEMA_KEYWORD_REQUIRED_OR:
    case SCHEMA_KEYWORD_REQUIRED_XOR:
        add_list(mentions, schema_node_strings(schema, keyword));
        break;
    case SCHEMA_KEYWORD_DEPENDENCIES:
    case SCHEMA_KEYWORD_DEPENDENT_EXCLUDED:
    case SCHEMA_KEYWORD_DEPENDENT_REQUIRED:
        parts = schema_node_lists(schema, keyword);
        for (size_t i = 0; i < parts.count; i++) {
            add_name(mentions, schema_parts_name(parts, i));
            add_list(mentions, schema_parts_list(parts, i));
        }
        break;
    case SCHEMA_KEYWORD_DEPENDENT_SCHEMAS:
    case SCHEMA_KEYWORD_PROPERTIES:
        parts = schema_node_parts(schema, keyword);
        for (size_t i = 0; i < parts.count; i++)
            add_name(mentions, schema_parts_name(parts, i));
        if (keyword == SCHEMA_KEYWORD_DEPENDENT_SCHEMAS)
            add_parts(mentions, parts, depth);
        break;
    case SCHEMA_KEYWORD_ALL_OF:
    case SCHEMA_KEYWORD_ANY_OF:
    case SCHEMA_KEYWORD_ONE_OF:
        add_parts(mentions, schema_node_parts(schema, keyword), depth);
        break;
    case SCHEMA_KEYWORD_REF:
    case SCHEMA_KEYWORD_NOT:
        add_schema(mentions, schema_node_child(schema, keyword), depth);
        break;
    case SCHEMA_KEYWORD_IF:
        add_schema(mentions, schema_node_child(schema, SCHEMA_KEYWORD_IF), depth);
        add_schema(mentions, schema_node_child(schema, SCHEMA_KEYWORD_THEN), depth);
        add_schema(mentions, schema_node_child(schema, SCHEMA_KEYWORD_ELSE), depth);
        break;
    case SCHEMA_KEYWORD_THEN:
    case SCHEMA_KEYWORD_ELSE:
    case SCHEMA_KEYWORD_TYPE:
        break;
    default:
        mentions->may_be_any = true;
        break;
    }
}

static void add_schema(struct mentions *mentions, const struct schema_node *schema, size_t depth)
{
    mentions->may_be_any |= depth == 0;
    for (size_t i = 0; i < schema_node_count(schema) && !mentions->may_be_any; i++)
        add_keyword(mentions, schema, schema_node_keyword(schema, i), depth - 1);
}

const char *const *mentioned_names(
    struct arena *arena, const struct schema_node *schema, enum schema_keyword keyword)
{
    struct mentions mentions = { .arena = arena };

    add_keyword(&mentions, schema, keyword, DEPTH);
    if (mentions.may_be_any)
        return NULL;
    mentions.names =
        arena_grow(arena, mentions.names, mentions.count, &mentions.capacity, sizeof(*mentions.names));
    mentions.names[mentions.count] = NULL;
    return mentions.names;
}
