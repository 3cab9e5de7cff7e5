// SPDX-License-Identifier: MIT
// Keywords about which properties and how many items there are.
#include "data/json.h"
#include "util/arena.h"
#include "util/map.h"
#include "util/strbuf.h"
#include "validate/properties/judge.h"
#include "validate/properties/values.h"

#include <stdint.h>

enum { LONG_LIST = 64 };

static bool has(const struct node *node, const char *name)
{
    return object_get(node->value, name) != NULL;
}

static const char *names(struct judge *judge, struct schema_list list)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < list.count; i++)
        strbuf_addf(&text, "%s'%s'", i ? ", " : "", schema_list_at(list, i));
    return arena_strdup(validator_arena(judge->validator), text.data);
}

static void judge_required(
    struct judge *judge, struct schema_list required, const struct node *node, struct violations *found)
{
    for (size_t i = 0; i < required.count; i++)
        if (!has(node, schema_list_at(required, i)))
            VIOLATION_ADDF(
                judge, found, SCHEMA_KEYWORD_REQUIRED, node, "'%s' is required", schema_list_at(required, i));
}

static size_t count_present(struct schema_list list, const struct node *node)
{
    size_t count = 0;

    for (size_t i = 0; i < list.count; i++)
        count += has(node, schema_list_at(list, i));
    return count;
}

static void judge_required_or(
    struct judge *judge, struct schema_list list, const struct node *node, struct violations *found)
{
    if (!count_present(list, node))
        VIOLATION_ADDF(
            judge, found, SCHEMA_KEYWORD_REQUIRED_OR, node, "one of %s is required", names(judge, list));
}

static void add_at_key(struct judge *judge, struct violations *found, enum schema_keyword keyword,
    const struct node *node, const char *name, const char *message)
{
    struct node member = node_get(node, name);

    violation_add(judge, found,
        &(struct violation){ .keyword = keyword, .node = &member, .message = message, .at_key = true });
}

static void judge_required_xor(
    struct judge *judge, struct schema_list list, const struct node *node, struct violations *found)
{
    size_t count = count_present(list, node);
    const char *message;

    if (count == 1 || judge->purpose != JUDGE_TELL) {
        found->count += count != 1;
        return;
    }
    message =
        arena_printf(validator_arena(judge->validator), "exactly one of %s is required", names(judge, list));
    if (!count)
        violation_add(judge, found,
            &(struct violation){ .keyword = SCHEMA_KEYWORD_REQUIRED_XOR, .node = node, .message = message });
    for (size_t i = 0; i < list.count && count; i++)
        if (has(node, schema_list_at(list, i)))
            add_at_key(judge, found, SCHEMA_KEYWORD_REQUIRED_XOR, node, schema_list_at(list, i), message);
}

static void judge_dependent(struct judge *judge, const struct schema_node *schema,
    enum schema_keyword keyword, const struct node *node, struct violations *found)
{
    struct schema_parts parts = schema_node_lists(schema, keyword);

    for (size_t i = 0; i < parts.count; i++) {
        const char *name = schema_parts_name(parts, i);
        struct schema_list list = schema_parts_list(parts, i);

        for (size_t j = 0; has(node, name) && j < list.count; j++) {
            const char *other = schema_list_at(list, j);

            if (keyword != SCHEMA_KEYWORD_DEPENDENT_EXCLUDED && !has(node, other))
                VIOLATION_ADDF(judge, found, keyword, node, "'%s' needs '%s'", name, other);
            if (keyword != SCHEMA_KEYWORD_DEPENDENT_EXCLUDED || !has(node, other))
                continue;
            if (judge->purpose != JUDGE_TELL)
                found->count++;
            else
                add_at_key(judge, found, keyword, node, other,
                    arena_printf(
                        validator_arena(judge->validator), "'%s' cannot stand beside '%s'", other, name));
        }
    }
}

static void judge_dependent_schemas(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    struct schema_parts parts = schema_node_parts(schema, SCHEMA_KEYWORD_DEPENDENT_SCHEMAS);

    for (size_t i = 0; i < parts.count; i++)
        if (has(node, schema_parts_name(parts, i)))
            judge_schema(judge, schema_parts_node(parts, i), node, found);
}

static void judge_count(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    bool is_maximum = keyword == SCHEMA_KEYWORD_MAX_ITEMS || keyword == SCHEMA_KEYWORD_MAX_PROPERTIES;
    size_t bound = (size_t)schema_node_number(schema, keyword);
    size_t count = node_length(node);

    if (is_maximum ? count > bound : count < bound)
        VIOLATION_ADDF(judge, found, keyword, node, "%zu %s, %s than %zu", count,
            node_is_array(node) ? "items" : "properties", is_maximum ? "more" : "less", bound);
}

// The item before that is the same; `count` when there is none.
static size_t find_same(struct judge *judge, const struct value *items, size_t index)
{
    size_t i = 0;

    while (i < index &&
        !values_equal(validator_arena(judge->validator), array_at(items, i), array_at(items, index)))
        i++;
    return i;
}

// For long lists, whose items are compared as their characters.
static size_t find_same_text(struct judge *judge, struct map *texts, const struct value *item, size_t index)
{
    struct arena *arena = validator_arena(judge->validator);
    const char *scalar = scalar_text(arena, item);
    STRBUF_AUTO json = STRBUF_INIT;
    const char *text;
    void *before;

    if (!scalar)
        json_write(&json, item, 0);
    text = scalar ? scalar : arena_strdup(arena, json.data);
    before = map_get(texts, text);
    if (before)
        return (size_t)(uintptr_t)before - 1;
    map_set(texts, text, (void *)(uintptr_t)(index + 1));
    return index;
}

static void judge_unique(struct judge *judge, const struct node *node, struct violations *found)
{
    bool is_long = node_length(node) > LONG_LIST;
    struct map texts;

    map_init(&texts, validator_arena(judge->validator));
    for (size_t i = 0; i < node_length(node); i++) {
        size_t same = is_long ? find_same_text(judge, &texts, array_at(node->value, i), i)
                              : find_same(judge, node->value, i);

        if (same < i) {
            VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_UNIQUE_ITEMS, node,
                "items %zu and %zu are the same, but have to be unique", same + 1, i + 1);
            return;
        }
    }
}

static void judge_if(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    struct violations against = { 0 };
    const struct schema_node *next;

    judge_alternative(judge, JUDGE_DECIDE, schema_node_child(schema, SCHEMA_KEYWORD_IF), node, &against);
    if (against.undecided) {
        found->undecided = true;
        return;
    }
    next = schema_node_child(schema, against.count ? SCHEMA_KEYWORD_ELSE : SCHEMA_KEYWORD_THEN);
    if (next)
        judge_schema(judge, next, node, found);
}

static void judge_object(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    struct schema_list list = schema_node_strings(schema, keyword);

    switch (keyword) {
    case SCHEMA_KEYWORD_DEPENDENCIES:
    case SCHEMA_KEYWORD_DEPENDENT_EXCLUDED:
    case SCHEMA_KEYWORD_DEPENDENT_REQUIRED:
        judge_dependent(judge, schema, keyword, node, found);
        break;
    case SCHEMA_KEYWORD_DEPENDENT_SCHEMAS:
        judge_dependent_schemas(judge, schema, node, found);
        break;
    case SCHEMA_KEYWORD_MAX_PROPERTIES:
    case SCHEMA_KEYWORD_MIN_PROPERTIES:
        judge_count(judge, schema, keyword, node, found);
        break;
    case SCHEMA_KEYWORD_REQUIRED:
        judge_required(judge, list, node, found);
        break;
    case SCHEMA_KEYWORD_REQUIRED_OR:
        judge_required_or(judge, list, node, found);
        break;
    case SCHEMA_KEYWORD_REQUIRED_XOR:
        judge_required_xor(judge, list, node, found);
        break;
    default:
        break;
    }
}

void judge_group(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    size_t before = found->count;

    if (keyword == SCHEMA_KEYWORD_IF) {
        judge_if(judge, schema, node, found);
        return;
    }
    if (node_is_object(node))
        judge_object(judge, schema, keyword, node, found);
    else if (node_is_array(node) && keyword == SCHEMA_KEYWORD_UNIQUE_ITEMS)
        judge_unique(judge, node, found);
    else if (node_is_array(node) &&
        (keyword == SCHEMA_KEYWORD_MAX_ITEMS || keyword == SCHEMA_KEYWORD_MIN_ITEMS))
        judge_count(judge, schema, keyword, node, found);
    for (size_t i = before;
         i < found->count && judge->purpose == JUDGE_TELL && keyword != SCHEMA_KEYWORD_DEPENDENT_SCHEMAS; i++)
        found->items[i].matches_type = json_types_of(node->value) & schema_node_types(schema);
}
