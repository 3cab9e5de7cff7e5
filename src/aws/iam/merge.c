// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

// Statements of one policy document put together where that changes nothing (CDK's merge-statements.js).

enum { MERGED_SIZE_LIMIT = 2000 }; // characters

static bool has_equal(const struct principal_list *list, const struct iam_principal *principal)
{
    for (size_t i = 0; i < list->length; i++)
        if (principal_equal(list->items[i], principal))
            return true;
    return false;
}

static bool covers(const struct principal_list *a, const struct principal_list *b)
{
    for (size_t i = 0; i < b->length; i++)
        if (!has_equal(a, b->items[i]))
            return false;
    return true;
}

static bool principals_equal(const struct principal_list *a, const struct principal_list *b)
{
    return covers(a, b) && covers(b, a);
}

static bool has_star(const struct principal_list *list)
{
    for (size_t i = 0; i < list->length; i++)
        if (principal_is_star(list->items[i]))
            return true;
    return false;
}

// What two statements must agree on to be put together at all.
static bool same_frame(const struct iam_statement *a, const struct iam_statement *b)
{
    return a->effect == b->effect && same_json(a->conditions, b->conditions) &&
        set_equal(a->not_actions, b->not_actions) && set_equal(a->not_resources, b->not_resources) &&
        principals_equal(&a->not_principals, &b->not_principals);
}

static int equal_elements(const struct iam_statement *a, const struct iam_statement *b)
{
    return set_equal(a->actions, b->actions) + set_equal(a->resources, b->resources) +
        principals_equal(&a->principals, &b->principals);
}

static bool same_sid(const struct iam_statement *a, const struct iam_statement *b)
{
    return value_equal(string(a->sid), string(b->sid));
}

static void unite_sets(struct value *set, const struct value *more)
{
    for (size_t i = 0; i < value_length(more); i++)
        set_add(set, array_at(more, i));
}

static void unite_principals(struct principal_list *list, const struct principal_list *more)
{
    for (size_t i = 0; i < more->length; i++)
        if (!has_equal(list, more->items[i]))
            IAM_LIST_APPEND(list, more->items[i]);
}

static struct iam_statement *combine(
    struct iam_statement *a, const struct iam_statement *b, const struct merge_options *options)
{
    struct iam_statement *combined;

    if (a->sid || b->sid || equal_elements(a, b) < 2 || has_star(&a->principals) != has_star(&b->principals))
        return NULL;
    combined = statement_copy(a);
    unite_sets(combined->actions, b->actions);
    unite_sets(combined->resources, b->resources);
    unite_principals(&combined->principals, &b->principals);
    if (options->limit_size && statement_size(combined, options->arn_size) > MERGED_SIZE_LIMIT)
        return NULL;
    return combined;
}

static struct iam_statement *merge(
    struct iam_statement *a, const struct iam_statement *b, const struct merge_options *options)
{
    if (!same_frame(a, b))
        return NULL;
    if (!options->only_equal)
        return combine(a, b, options);
    return same_sid(a, b) && equal_elements(a, b) == 3 ? a : NULL;
}

static void absorb(struct merged_list *list, size_t into, size_t from, struct iam_statement *statement)
{
    struct merged_statement *target = &list->items[into], *source = &list->items[from];

    target->statement = statement;
    for (size_t i = 0; i < source->origins.length; i++)
        IAM_LIST_APPEND(&target->origins, source->origins.items[i]);
    for (size_t i = from; i + 1 < list->length; i++)
        list->items[i] = list->items[i + 1];
    list->length--;
}

static bool merge_pass(struct merged_list *list, const struct merge_options *options)
{
    bool changed = false;

    for (size_t i = 0; i < list->length; i++) {
        size_t j = i + 1;

        while (j < list->length) {
            struct iam_statement *merged = merge(list->items[i].statement, list->items[j].statement, options);

            if (merged)
                absorb(list, i, j, merged);
            else
                j++;
            changed |= merged != NULL;
        }
    }
    return changed;
}

struct merged_list statements_merge(
    const struct statement_list *statements, const struct merge_options *options)
{
    struct merged_list list = { NULL, 0, 0 };

    for (size_t i = 0; i < statements->length; i++) {
        struct merged_statement single = { statements->items[i], { NULL, 0, 0 } };

        IAM_LIST_APPEND(&single.origins, statements->items[i]);
        IAM_LIST_APPEND(&list, single);
    }
    while (merge_pass(&list, options))
        ;
    return list;
}
