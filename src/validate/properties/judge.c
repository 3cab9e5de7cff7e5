// SPDX-License-Identifier: MIT
// A schema's keywords, and what a value is before they are applied to it.
#include "validate/properties/judge.h"
#include "validate/properties/mentions.h"

#include "util/array.h"
#include "validate/rules/declarations.h"

#include <stdint.h>
#include <string.h>

enum {
    DEPTH = 1500,    // of schemas in each other: one that only refers to itself is undecided
    STEPS = 2000000, // of one value: alternatives in alternatives can take as long as one likes
};

#define BIT(keyword) ((uint64_t)1 << SCHEMA_KEYWORD_##keyword)

// Keywords that see a value as it is under some of its conditions: without what is AWS::NoValue then.
static const uint64_t group_keywords = BIT(DEPENDENCIES) | BIT(DEPENDENT_EXCLUDED) | BIT(DEPENDENT_REQUIRED) |
    BIT(DEPENDENT_SCHEMAS) | BIT(IF) | BIT(MAX_ITEMS) | BIT(MAX_PROPERTIES) | BIT(MIN_ITEMS) |
    BIT(MIN_PROPERTIES) | BIT(REQUIRED) | BIT(REQUIRED_OR) | BIT(REQUIRED_XOR) | BIT(UNIQUE_ITEMS);

// Keywords about the value alone.
static const uint64_t scalar_keywords = BIT(CONST) | BIT(DATA_EXCLUSIVE_MINIMUM) | BIT(DATA_MINIMUM) |
    BIT(DATA_PATTERN) | BIT(ENUM) | BIT(ENUM_CASE_INSENSITIVE) | BIT(EXCLUSIVE_MAXIMUM) |
    BIT(EXCLUSIVE_MINIMUM) | BIT(FORMAT) | BIT(MAX_LENGTH) | BIT(MAXIMUM) | BIT(MIN_LENGTH) | BIT(MINIMUM) |
    BIT(MULTIPLE_OF) | BIT(PATTERN) | BIT(TYPE);

static bool is_one_of(enum schema_keyword keyword, uint64_t keywords)
{
    return keywords >> keyword & 1;
}

static uint64_t keywords_of(const struct schema_node *schema)
{
    uint64_t keywords = 0;

    for (size_t i = 0; i < schema_node_count(schema); i++)
        keywords |= (uint64_t)1 << schema_node_keyword(schema, i);
    return keywords;
}

static bool gives_no_object(const struct node *node)
{
    static const char *const functions[] = { "Fn::Base64", "Fn::Cidr", "Fn::GetAZs", "Fn::ImportValue",
        "Fn::Join", "Fn::Length", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Ref" };

    for (size_t i = 0; i < ARRAY_SIZE(functions); i++)
        if (node_is_function(node, functions[i]))
            return true;
    return false;
}

struct groups {
    const struct schema_node *schema;
    uint64_t keywords; // those of the schema that are asked for
    struct violations *found;
};

static void judge_groups(struct judge *judge, const struct node *node, void *data)
{
    const struct groups *groups = data;

    // What a function gives has properties and items that nobody knows, if it can have any.
    if (!judge->literal && node_function(node) && (judge->composite || !gives_no_object(node))) {
        groups->found->undecided |= judge->composite;
        return;
    }
    for (size_t i = 0; i < schema_node_count(groups->schema); i++) {
        enum schema_keyword keyword = schema_node_keyword(groups->schema, i);

        if (is_one_of(keyword, groups->keywords) && !judge_is_settled(judge, groups->found))
            judge_group(judge, groups->schema, keyword, node, groups->found);
    }
}

// A keyword by itself, under those conditions alone that decide about the properties that it names: an object
// may have any number of conditions.
static void judge_group_alone(struct judge *judge, const struct schema_node *schema,
    enum schema_keyword keyword, const struct node *node, struct violations *found)
{
    struct groups groups = { schema, (uint64_t)1 << keyword, found };
    const char *const *names = mentioned_names(validator_arena(judge->validator), schema, keyword);

    if (!judge_each_scenario(judge, node, names, judge_groups, &groups))
        found->undecided = true;
}

static void judge_in_scenarios(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    if (!judge->has_conditions) {
        judge_each_scenario(
            judge, node, NULL, judge_groups, &(struct groups){ schema, group_keywords, found });
        return;
    }
    for (size_t i = 0; i < schema_node_count(schema) && !judge_is_settled(judge, found); i++)
        if (is_one_of(schema_node_keyword(schema, i), group_keywords))
            judge_group_alone(judge, schema, schema_node_keyword(schema, i), node, found);
}

static void judge_branches(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    struct node argument = node_argument(node);
    struct node condition = node_at(&argument, 0);
    const struct assumption *before = judge->assumptions;

    for (size_t i = 1; i <= 2 && node_length(&argument) == 3 && node_string(&condition); i++) {
        struct node branch = node_at(&argument, i);
        const struct assumption assumption = { node_string(&condition), i == 1, before };

        judge->assumptions = &assumption;
        judge->without_groups = true;
        judge_schema(judge, schema, &branch, found);
    }
    judge->assumptions = before;
    judge->without_groups = false;
}

static bool is_left_out(const struct judge *judge, const struct node *node)
{
    const char *text = node_string(node);
    const char *reference = text && judge->resolves ? strstr(text, "{{resolve:") : NULL;

    if (reference && strstr(reference, "}}"))
        return true;
    return text && strncmp(text, "AWS::", strlen("AWS::")) == 0 && words_have(pseudo_parameters, text);
}

static void judge_keywords(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    for (size_t i = 0; i < schema_node_count(schema) && !judge_is_settled(judge, found); i++) {
        enum schema_keyword keyword = schema_node_keyword(schema, i);

        if (is_one_of(keyword, scalar_keywords))
            judge_scalar(judge, schema, keyword, node, found);
        else if (!is_one_of(keyword, group_keywords))
            judge_children(judge, schema, keyword, node, found);
    }
}

static void judge_here(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    uint64_t keywords = keywords_of(schema);
    bool without_groups = judge->without_groups;

    judge->without_groups = false;
    if (keywords & BIT(NEVER)) {
        VIOLATION_ADDF(judge, found, SCHEMA_KEYWORD_NEVER, node, "'%s' is not allowed here",
            node->key ? node->key : "this");
        return;
    }
    if (is_left_out(judge, node))
        return;
    if (!without_groups && (keywords & group_keywords))
        judge_in_scenarios(judge, schema, node, found);
    if (judge->literal || !node_function(node))
        judge_keywords(judge, schema, node, found);
    else if (node_is_function(node, "Fn::If"))
        judge_branches(judge, schema, node, found);
    else
        judge_function(judge, schema, node, found);
}

void judge_schema(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    if (!node_exists(node) || judge_is_settled(judge, found))
        return;
    // No value of a template is null: that is told once for all of it.
    if (value_type(node->value) == VALUE_NULL && !judge->literal)
        return;
    if (judge->depth > DEPTH || judge->steps > STEPS) {
        found->undecided = true;
        return;
    }
    judge->depth++;
    judge->steps++;
    judge_here(judge, schema, node, found);
    judge->depth--;
}

void judge_for(struct judge *judge, enum judge_purpose purpose, const struct schema_node *schema,
    const struct node *node, struct violations *found)
{
    enum judge_purpose before = judge->purpose;

    judge->purpose = purpose;
    judge_schema(judge, schema, node, found);
    judge->purpose = before;
}

void judge_alternative(struct judge *judge, enum judge_purpose purpose, const struct schema_node *schema,
    const struct node *node, struct violations *found)
{
    bool before = judge->composite;

    judge->composite = true;
    judge_for(judge, purpose, schema, node, found);
    judge->composite = before;
}
