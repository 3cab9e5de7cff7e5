// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "data/json.h"
#include "util/array.h"
#include "util/map.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

// A value and its text in the template, by which the CDK sorts and compares (postprocess-policy-document.js).
struct keyed {
    const char *text;
    struct value *value;
};

static const char *template_text(struct stack *stack, struct value *value)
{
    struct value *resolved = stack_resolve(stack, value);
    STRBUF_AUTO text = STRBUF_INIT;

    if (resolved)
        json_stringify(&text, resolved);
    return arena_strdup(value_arena(), text.data);
}

static int compare(const void *a, const void *b)
{
    const struct keyed *left = a, *right = b;

    return strcmp(left->text, right->text);
}

// Items in the order of their text, each text once; a single item stands for itself.
static struct value *sorted(struct value *items, struct stack *stack)
{
    size_t length = value_length(items);
    struct value *result = array();
    struct keyed *keyed;

    if (value_type(items) != VALUE_ARRAY)
        return items;
    keyed = arena_alloc(value_arena(), length * sizeof(*keyed));
    for (size_t i = 0; i < length; i++)
        keyed[i] = (struct keyed){ template_text(stack, array_at(items, i)), array_at(items, i) };
    qsort(keyed, length, sizeof(*keyed), compare);
    for (size_t i = 0; i < length; i++)
        if (i == 0 || strcmp(keyed[i - 1].text, keyed[i].text) != 0)
            array_append(result, keyed[i].value);
    return value_length(result) == 1 ? array_at(result, 0) : result;
}

static struct value *sorted_principals(struct value *element, struct stack *stack)
{
    static const char *const keys[] = { "AWS", "CanonicalUser", "Federated", "Service" };
    struct value *result;

    if (value_type(element) != VALUE_OBJECT)
        return element;
    result = object((struct field[]){ END });
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        object_set(result, keys[i], sorted(object_get(element, keys[i]), stack));
    return result;
}

static void sort_elements(struct value *statement, struct stack *stack)
{
    object_set(statement, "Action", sorted(object_get(statement, "Action"), stack));
    object_set(statement, "Resource", sorted(object_get(statement, "Resource"), stack));
    object_set(statement, "Principal", sorted_principals(object_get(statement, "Principal"), stack));
}

static void merge_statements(struct iam_policy_document *document)
{
    struct merge_options options = { .arn_size = arn_size_estimate(document->scope) };
    struct merged_list merged = statements_merge(&document->statements, &options);

    document->statements.length = 0;
    for (size_t i = 0; i < merged.length; i++)
        IAM_LIST_APPEND(&document->statements, merged.items[i].statement);
}

// The statements, those that say the same once.
static struct value *unique_statements(const struct iam_policy_document *document, struct stack *stack)
{
    struct value *statements = array();
    struct map seen;

    map_init(&seen, value_arena());
    for (size_t i = 0; i < document->statements.length; i++) {
        struct value *statement = statement_render(document->statements.items[i], stack);

        if (!map_set(&seen, template_text(stack, statement), statement))
            array_append(statements, statement);
    }
    return statements;
}

static struct value *render(void *data)
{
    struct iam_policy_document *document = data;
    struct stack *stack = construct_stack(document->scope);
    bool minimize = document_minimizes(document);
    struct value *statements;

    if (iam_policy_document_is_empty(document))
        return NULL;
    if (minimize)
        merge_statements(document);
    statements = unique_statements(document, stack);
    for (size_t i = 0; i < value_length(statements); i++) {
        struct value *statement = array_at(statements, i);

        if (document->assign_sids && !object_get(statement, "Sid"))
            object_set(statement, "Sid", stringf("%zu", i));
        if (minimize)
            sort_elements(statement, stack);
    }
    return object((struct field[]){ { "Statement", statements }, { "Version", string("2012-10-17") }, END });
}

struct value *iam_policy_document_value(struct iam_policy_document *document)
{
    return lazy(render, document);
}
