// SPDX-License-Identifier: MIT
// A schema's keywords, and what a value is before they are applied to it.
#include "validate/properties/judge.h"

#include "util/array.h"
#include "validate/rules/declarations.h"

#include <string.h>

enum {
    DEPTH = 1500,    // of schemas in each other: one that only refers to itself is undecided
    STEPS = 2000000, // of one value: alternatives in alternatives can take as long as one likes
};

// Keywords that see a value as it is under some of its conditions: without what is AWS::NoValue then.
static bool keyword_is_of_groups(enum schema_keyword keyword)
{
    switch (keyword) {
    case SCHEMA_KEYWORD_DEPENDENCIES:
    case SCHEMA_KEYWORD_DEPENDENT_EXCLUDED:
    case SCHEMA_KEYWORD_DEPENDENT_REQUIRED:
    case SCHEMA_KEYWORD_DEPENDENT_SCHEMAS:
    case SCHEMA_KEYWORD_IF:
    case SCHEMA_KEYWORD_MAX_ITEMS:
    case SCHEMA_KEYWORD_MAX_PROPERTIES:
    case SCHEMA_KEYWORD_MIN_ITEMS:
    case SCHEMA_KEYWORD_MIN_PROPERTIES:
    case SCHEMA_KEYWORD_REQUIRED:
    case SCHEMA_KEYWORD_REQUIRED_OR:
    case SCHEMA_KEYWORD_REQUIRED_XOR:
    case SCHEMA_KEYWORD_UNIQUE_ITEMS:
        return true;
    default:
        return false;
    }
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

        if (keyword_is_of_groups(keyword))
            judge_group(judge, groups->schema, keyword, node, groups->found);
    }
}

static bool has_groups(const struct schema_node *schema)
{
    for (size_t i = 0; i < schema_node_count(schema); i++)
        if (keyword_is_of_groups(schema_node_keyword(schema, i)))
            return true;
    return false;
}

static void judge_in_scenarios(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    if (has_groups(schema) &&
        !judge_each_scenario(judge, node, judge_groups, &(struct groups){ schema, found }))
        found->undecided = true;
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
    return text && words_have(pseudo_parameters, text);
}

static void judge_keywords(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    for (size_t i = 0; i < schema_node_count(schema); i++) {
        enum schema_keyword keyword = schema_node_keyword(schema, i);

        if (keyword_is_of_groups(keyword))
            continue;
        judge_scalar(judge, schema, keyword, node, found);
        judge_children(judge, schema, keyword, node, found);
    }
}

static void judge_here(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    bool without_groups = judge->without_groups;

    judge->without_groups = false;
    if (schema_node_has(schema, SCHEMA_KEYWORD_NEVER)) {
        violation_addf(judge, found, SCHEMA_KEYWORD_NEVER, node, "'%s' is not allowed here",
            node->key ? node->key : "this");
        return;
    }
    if (is_left_out(judge, node))
        return;
    if (!without_groups)
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
    if (!node_exists(node))
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

void judge_composite(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found)
{
    bool before = judge->composite;

    judge->composite = true;
    judge_schema(judge, schema, node, found);
    judge->composite = before;
}
