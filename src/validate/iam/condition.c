// SPDX-License-Identifier: MIT
// Conditions: operators, and the shape of keys and values (IAM User Guide, "IAM JSON policy elements:
// Condition operators").
#include "util/array.h"
#include "util/text/suggest.h"
#include "validate/iam/document.h"
#include "validate/rules/shape.h"

#include <string.h>

static const char *const operators[] = { "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "BinaryEquals",
    "Bool", "DateEquals", "DateGreaterThan", "DateGreaterThanEquals", "DateLessThan", "DateLessThanEquals",
    "DateNotEquals", "IpAddress", "NotIpAddress", "Null", "NumericEquals", "NumericGreaterThan",
    "NumericGreaterThanEquals", "NumericLessThan", "NumericLessThanEquals", "NumericNotEquals",
    "StringEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotEquals", "StringNotEqualsIgnoreCase",
    "StringNotLike" };

// The operator alone: without the quantifier before and "IfExists" behind.
static char *bare_operator(struct validator *validator, const char *name)
{
    static const char *const quantifiers[] = { "ForAllValues:", "ForAnyValue:" };
    static const char suffix[] = "IfExists";
    size_t length;

    for (size_t i = 0; i < ARRAY_SIZE(quantifiers); i++)
        if (strncmp(name, quantifiers[i], strlen(quantifiers[i])) == 0) {
            name += strlen(quantifiers[i]);
            break;
        }
    length = strlen(name);
    if (length > strlen(suffix) && strcmp(name + length - strlen(suffix), suffix) == 0)
        length -= strlen(suffix);
    return arena_strndup(validator_arena(validator), name, length);
}

static bool check_operator(const struct iam_document *document, const struct node *node)
{
    char *name = bare_operator(document->validator, node->key);
    struct suggestion suggestion = SUGGESTION_FOR(name);

    for (size_t i = 0; i < ARRAY_SIZE(operators); i++)
        if (strcmp(operators[i], name) == 0)
            return true;
    for (size_t i = 0; i < ARRAY_SIZE(operators); i++)
        suggestion_consider(&suggestion, operators[i]);
    if (suggestion.best)
        report_key(document->validator, document->id, node,
            "there is no condition operator '%s'; did you mean '%s'?", node->key, suggestion.best);
    else
        report_key(document->validator, document->id, node, "there is no condition operator '%s'", node->key);
    return false;
}

struct operand {
    const struct iam_document *document;
    bool is_null; // of the operator Null
};

static void check_value(struct validator *validator, const struct node *node, void *data)
{
    const struct operand *operand = data;

    if (node_function(node) || node_is_array(node))
        return;
    iam_variables_check(operand->document, node);
    if (operand->is_null && !value_has_kind(node->value, KIND_BOOLEAN))
        report(validator, operand->document->id, node, "is neither true nor false");
    else if (!value_has_kind(node->value, KIND_SCALAR))
        report(validator, operand->document->id, node, "must be %s", kinds_name(KIND_STRING));
}

static void check_values(struct validator *validator, const struct node *node, void *data)
{
    const struct operand *operand = data;

    if (node_function(node))
        return;
    if (node_is_array(node) || value_has_kind(node->value, KIND_SCALAR))
        node_each_item(validator, node, check_value, data);
    else
        report(validator, operand->document->id, node, "must be %s", kinds_name(KIND_STRING | KIND_ARRAY));
}

static void check_keys(struct validator *validator, const struct node *node, void *data)
{
    const struct operand *operand = data;

    if (node_function(node))
        return;
    if (!node_is_object(node))
        report(validator, operand->document->id, node, "must be %s", kinds_name(KIND_OBJECT));
    for (size_t i = 0; node_is_object(node) && i < node_length(node); i++) {
        struct node values = node_at(node, i);

        node_each_option(validator, &values, check_values, data);
    }
}

void iam_condition_check(const struct iam_document *document, const struct node *node)
{
    if (node_function(node))
        return;
    if (!node_is_object(node))
        report(document->validator, document->id, node, "must be %s", kinds_name(KIND_OBJECT));
    for (size_t i = 0; node_is_object(node) && i < node_length(node); i++) {
        struct node keys = node_at(node, i);
        struct operand operand = { document, strcmp(keys.key, "Null") == 0 };

        if (strncmp(keys.key, "Fn::", 4) != 0 && check_operator(document, &keys))
            node_each_option(document->validator, &keys, check_keys, &operand);
    }
}
