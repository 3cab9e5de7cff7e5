// SPDX-License-Identifier: MIT
// Keywords that apply schemas to a value or to what is in it.
#include "schema/tags.h"
#include "util/arena.h"
#include "util/text/suggest.h"
#include "validate/properties/gather.h"
#include "validate/properties/judge.h"
#include "validate/properties/regex.h"
#include "validate/properties/values.h"

#include <stdlib.h>
#include <string.h>

static void judge_pattern_properties(
    struct judge *judge, struct schema_parts parts, const struct node *node, struct violations *found)
{
    for (size_t i = 0; node_is_object(node) && i < node_length(node); i++) {
        struct node member = node_at(node, i);

        for (size_t j = 0; j < parts.count; j++) {
            enum regex_result match = regex_search(schema_parts_name(parts, j), member.key);

            if (match == REGEX_MATCH)
                judge_schema(judge, schema_parts_node(parts, j), &member, found);
            found->undecided |= match == REGEX_UNDECIDED;
        }
    }
}

// Whether no keyword beside "properties" and "additionalProperties" speaks about it.
static bool is_additional(const struct judge *judge, const struct schema_node *schema, const char *name)
{
    struct schema_parts patterns = schema_node_parts(schema, SCHEMA_KEYWORD_PATTERN_PROPERTIES);

    if (!judge->literal && (strcmp(name, "Fn::Transform") == 0 || strncmp(name, "Fn::ForEach::", 13) == 0))
        return false;
    for (size_t i = 0; i < patterns.count; i++)
        if (regex_search(schema_parts_name(patterns, i), name) != REGEX_NO_MATCH)
            return false;
    return true;
}

static void add_unexpected(struct judge *judge, const struct schema_node *schema, const struct node *member,
    struct violations *found)
{
    struct schema_parts parts = schema_node_parts(schema, SCHEMA_KEYWORD_PROPERTIES);
    struct suggestion suggestion = SUGGESTION_FOR(member->key);
    struct arena *arena = validator_arena(judge->validator);
    const char *message;

    if (judge->purpose != JUDGE_TELL) {
        found->count++;
        return;
    }
    for (size_t i = 0; i < parts.count; i++)
        suggestion_consider(&suggestion, schema_parts_name(parts, i));
    if (suggestion.best)
        message =
            arena_printf(arena, "there is no '%s' here; did you mean '%s'?", member->key, suggestion.best);
    else
        message = arena_printf(arena, "there is no '%s' here", member->key);
    violation_add(judge, found,
        &(struct violation){ .keyword = SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES,
            .node = member,
            .message = message,
            .at_key = true });
}

// aws-cdk-lib knows types that can be tagged though AWS's schema of them has no tags yet.
static bool is_known_tags(const struct judge *judge, const struct node *node, const char *name)
{
    const char *property = judge->resource ? schema_tagging(judge->resource->type).property : NULL;

    return property && node->value == judge->resource->properties.value && strcmp(name, property) == 0;
}

// A member that "properties" says nothing about.
static void judge_other(struct judge *judge, const struct schema_node *schema, const struct node *node,
    const struct node *member, struct violations *found)
{
    const struct schema_node *additional = schema_node_child(schema, SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES);

    if (!is_additional(judge, schema, member->key) || is_known_tags(judge, node, member->key))
        return;
    if (schema_node_has(additional, SCHEMA_KEYWORD_NEVER))
        add_unexpected(judge, schema, member, found);
    else
        judge_schema(judge, additional, member, found);
}

enum { REMEMBERED_MEMBERS = 32 };

// The keywords "properties" and "additionalProperties"; what is not allowed comes first.
static void judge_members(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    struct schema_parts parts = schema_node_parts(schema, SCHEMA_KEYWORD_PROPERTIES);
    bool has_others = schema_node_count(schema_node_child(schema, SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES));
    const struct schema_node *schemas[REMEMBERED_MEMBERS];

    for (size_t i = 0; node_is_object(node) && i < node_length(node); i++) {
        struct node member = node_at(node, i);
        const struct schema_node *of_member = schema_parts_find(parts, member.key);

        if (i < REMEMBERED_MEMBERS)
            schemas[i] = of_member;
        if (!of_member && has_others)
            judge_other(judge, schema, node, &member, found);
    }
    for (size_t i = 0; node_is_object(node) && i < node_length(node) && !judge_is_settled(judge, found);
         i++) {
        struct node member = node_at(node, i);
        const struct schema_node *of_member =
            i < REMEMBERED_MEMBERS ? schemas[i] : schema_parts_find(parts, member.key);

        if (of_member)
            judge_schema(judge, of_member, &member, found);
    }
}

static void judge_items(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    const struct schema_node *items = schema_node_child(schema, SCHEMA_KEYWORD_ITEMS);
    size_t prefix = schema_node_parts(schema, SCHEMA_KEYWORD_PREFIX_ITEMS).count;

    if (!node_is_array(node))
        return;
    if (schema_node_has(items, SCHEMA_KEYWORD_NEVER)) {
        if (node_length(node) > prefix)
            VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_ITEMS, node, "%zu items, more than %zu",
                node_length(node), prefix);
        return;
    }
    for (size_t i = prefix; i < node_length(node); i++) {
        struct node item = node_at(node, i);

        judge_schema(judge, items, &item, found);
    }
}

static void judge_prefix_items(
    struct judge *judge, struct schema_parts parts, const struct node *node, struct violations *found)
{
    for (size_t i = 0; node_is_array(node) && i < parts.count && i < node_length(node); i++) {
        struct node item = node_at(node, i);

        judge_schema(judge, schema_parts_node(parts, i), &item, found);
    }
}

static void judge_property_names(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    VALUE_ARENA_SCOPE(validator_arena(judge->validator));

    for (size_t i = 0; node_is_object(node) && i < node_length(node); i++) {
        struct node member = node_at(node, i);
        size_t before = found->count;

        member.value = string(member.key);
        judge_schema(judge, schema, &member, found);
        for (size_t j = before; j < found->count && judge->purpose == JUDGE_TELL; j++)
            found->items[j].at_key = true;
    }
}

static void judge_contains(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    bool is_unknown = false;

    if (!node_is_array(node))
        return;
    for (size_t i = 0; i < node_length(node); i++) {
        struct node item = node_at(node, i);
        struct violations against = { 0 };

        judge_for(judge, JUDGE_COUNT, schema, &item, &against);
        if (!against.count && !against.undecided)
            return;
        is_unknown |= !against.count;
    }
    if (is_unknown)
        found->undecided = true;
    else
        VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_CONTAINS, node, "no item is what one has to be");
}

// Alternatives.

struct tally {
    size_t holding, undecided;
};

// Up to so many that hold.
static struct tally judge_each(
    struct judge *judge, struct schema_parts parts, const struct node *node, size_t enough)
{
    struct tally tally = { 0 };

    for (size_t i = 0; i < parts.count; i++) {
        struct violations against = { 0 };

        judge_alternative(judge, JUDGE_DECIDE, schema_parts_node(parts, i), node, &against);
        if (against.undecided)
            tally.undecided++;
        else if (against.count == 0 && ++tally.holding == enough)
            break;
    }
    return tally;
}

// Says what would have been next to right, for those who want to know which alternative was meant.
static void add_none(struct judge *judge, enum schema_keyword keyword, struct schema_parts parts,
    const struct node *node, struct violations *found)
{
    struct arena *arena = validator_arena(judge->validator);
    struct violations against = { 0 };
    const struct violation *best;

    if (judge->purpose != JUDGE_TELL) {
        found->count++;
        return;
    }
    for (size_t i = 0; i < parts.count; i++)
        judge_alternative(judge, JUDGE_TELL, schema_parts_node(parts, i), node, &against);
    best = violations_best(&against);
    violation_add(judge, found,
        &(struct violation){
            .keyword = keyword,
            .node = node,
            .message = arena_printf(
                arena, "it is none of what it may be%s%s", best ? ": " : "", best ? best->message : ""),
            .inside = arena_memdup(arena, &against, sizeof(against)),
        });
}

// Whether the value has another constant than "if" asks for, so that there is nothing to judge. Tables of
// engines and versions are hundreds of these.
static bool is_ruled_out(struct judge *judge, const struct schema_node *schema, const struct node *node)
{
    struct schema_parts parts;

    if (schema_node_keyword(schema, 0) != SCHEMA_KEYWORD_IF || schema_node_count(schema) != 2 ||
        schema_node_keyword(schema, 1) != SCHEMA_KEYWORD_THEN)
        return false;
    parts = schema_node_parts(schema_node_child(schema, SCHEMA_KEYWORD_IF), SCHEMA_KEYWORD_PROPERTIES);
    for (size_t i = 0; i < parts.count; i++) {
        struct schema_list constant = schema_node_strings(schema_parts_node(parts, i), SCHEMA_KEYWORD_CONST);
        const char *text = constant.count ? object_string(node->value, schema_parts_name(parts, i)) : NULL;

        if (text && *schema_list_at(constant, 0) != '{' &&
            !values_match(validator_arena(judge->validator),
                object_get(node->value, schema_parts_name(parts, i)), schema_list_at(constant, 0)))
            return true;
    }
    return false;
}

static void judge_all_of(
    struct judge *judge, struct schema_parts parts, const struct node *node, struct violations *found)
{
    enum judge_purpose purpose = judge->purpose == JUDGE_TELL ? JUDGE_TELL : JUDGE_DECIDE;
    struct violations against = { 0 };

    for (size_t i = 0; i < parts.count && !against.undecided; i++)
        if (!is_ruled_out(judge, schema_parts_node(parts, i), node))
            judge_alternative(judge, purpose, schema_parts_node(parts, i), node, &against);
    if (against.undecided)
        found->undecided = true;
    else
        violations_add_all(judge, found, &against);
}

static void judge_any_of(
    struct judge *judge, struct schema_parts parts, const struct node *node, struct violations *found)
{
    struct tally tally = judge_each(judge, parts, node, 1);

    if (tally.holding)
        return;
    if (tally.undecided)
        found->undecided = true;
    else
        add_none(judge, SCHEMA_KEYWORD_ANY_OF, parts, node, found);
}

static void judge_one_of(
    struct judge *judge, struct schema_parts parts, const struct node *node, struct violations *found)
{
    struct tally tally = judge_each(judge, parts, node, 2);

    if (tally.holding > 1)
        VIOLATION_ADDF(
            judge, found, SCHEMA_KEYWORD_ONE_OF, node, "it is more than one of what it may be only one of");
    else if (tally.undecided)
        found->undecided = true;
    else if (!tally.holding)
        add_none(judge, SCHEMA_KEYWORD_ONE_OF, parts, node, found);
}

static const char *what_not(struct judge *judge, const struct schema_node *schema)
{
    struct schema_list values = schema_node_strings(schema, SCHEMA_KEYWORD_ENUM);
    struct schema_list required = schema_node_strings(schema, SCHEMA_KEYWORD_REQUIRED);
    struct arena *arena = validator_arena(judge->validator);

    if (values.count)
        return "one of the reserved values";
    if (schema_node_has(schema, SCHEMA_KEYWORD_CONST))
        return arena_printf(
            arena, "'%s'", schema_list_at(schema_node_strings(schema, SCHEMA_KEYWORD_CONST), 0));
    return required.count ? arena_printf(arena, "with '%s'", schema_list_at(required, 0)) : "as it is";
}

static void judge_not(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    struct violations against = { 0 };

    judge_alternative(judge, JUDGE_DECIDE, schema, node, &against);
    if (against.undecided)
        found->undecided = true;
    else if (!against.count)
        VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_NOT, node, "'%s' may not be %s",
            node->key ? node->key : "it", what_not(judge, schema));
}

// Items with the same values of some properties.
static bool same_keys(
    struct judge *judge, struct schema_list keys, const struct value *a, const struct value *b)
{
    for (size_t i = 0; i < keys.count; i++) {
        const struct value *first = object_get(a, schema_list_at(keys, i));
        const struct value *second = object_get(b, schema_list_at(keys, i));

        if (!first || !second || !values_equal(validator_arena(judge->validator), first, second))
            return false;
    }
    return true;
}

enum { MAX_COMPARED = 2000 }; // items of one list

static void judge_unique_keys(
    struct judge *judge, struct schema_list keys, const struct node *node, struct violations *found)
{
    if (!node_is_array(node) || node_length(node) > MAX_COMPARED)
        return;
    for (size_t i = 0; i < node_length(node); i++) {
        for (size_t j = 0; j < i; j++) {
            if (same_keys(judge, keys, array_at(node->value, i), array_at(node->value, j))) {
                VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_UNIQUE_KEYS, node,
                    "items %zu and %zu have the same '%s'", j + 1, i + 1, schema_list_at(keys, 0));
                return;
            }
        }
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void judge_max_unique(
    struct judge *judge, size_t bound, const struct node *node, struct violations *found)
{
    struct arena *arena = validator_arena(judge->validator);
    size_t length = node_is_array(node) ? node_length(node) : 0;
    const char **texts = arena_alloc(arena, (length + 1) * sizeof(*texts));
    size_t unique = 0;

    for (size_t i = 0; i < length; i++) {
        const char *text = scalar_text(arena, array_at(node->value, i));

        texts[i] = text ? text : "";
    }
    qsort(texts, length, sizeof(*texts), compare_texts);
    for (size_t i = 0; i < length; i++)
        unique += i == 0 || strcmp(texts[i - 1], texts[i]) != 0;
    if (unique > bound)
        VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_MAX_UNIQUE_ITEMS, node,
            "%zu different items, more than %zu", unique, bound);
}

static void judge_literal(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    bool before = judge->literal;

    judge->literal = true;
    judge_schema(judge, schema, node, found);
    judge->literal = before;
}

static void judge_child(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    const struct schema_node *child = schema_node_child(schema, keyword);

    switch (keyword) {
    case SCHEMA_KEYWORD_REF:
        judge_schema(judge, child, node, found);
        break;
    case SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES:
        if (!schema_node_has(schema, SCHEMA_KEYWORD_PROPERTIES))
            judge_members(judge, schema, node, found);
        break;
    case SCHEMA_KEYWORD_CONTAINS:
        judge_contains(judge, child, node, found);
        break;
    case SCHEMA_KEYWORD_GATHERED:
        judge_gathered(judge, schema, node, found);
        break;
    case SCHEMA_KEYWORD_ITEMS:
        judge_items(judge, schema, node, found);
        break;
    case SCHEMA_KEYWORD_LITERAL:
        judge_literal(judge, child, node, found);
        break;
    case SCHEMA_KEYWORD_NOT:
        judge_not(judge, child, node, found);
        break;
    case SCHEMA_KEYWORD_PROPERTY_NAMES:
        judge_property_names(judge, child, node, found);
        break;
    case SCHEMA_KEYWORD_MAX_UNIQUE_ITEMS:
        judge_max_unique(judge, (size_t)schema_node_number(schema, keyword), node, found);
        break;
    case SCHEMA_KEYWORD_UNIQUE_KEYS:
        judge_unique_keys(judge, schema_node_strings(schema, keyword), node, found);
        break;
    default:
        break;
    }
}

void judge_children(struct judge *judge, const struct schema_node *schema, enum schema_keyword keyword,
    const struct node *node, struct violations *found)
{
    struct schema_parts parts = schema_node_parts(schema, keyword);

    switch (keyword) {
    case SCHEMA_KEYWORD_ALL_OF:
        judge_all_of(judge, parts, node, found);
        break;
    case SCHEMA_KEYWORD_ANY_OF:
        judge_any_of(judge, parts, node, found);
        break;
    case SCHEMA_KEYWORD_ONE_OF:
        judge_one_of(judge, parts, node, found);
        break;
    case SCHEMA_KEYWORD_PATTERN_PROPERTIES:
        judge_pattern_properties(judge, parts, node, found);
        break;
    case SCHEMA_KEYWORD_PREFIX_ITEMS:
        judge_prefix_items(judge, parts, node, found);
        break;
    case SCHEMA_KEYWORD_PROPERTIES:
        judge_members(judge, schema, node, found);
        break;
    default:
        judge_child(judge, schema, keyword, node, found);
        break;
    }
}
