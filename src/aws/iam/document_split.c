// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

static struct statement_origins *add_document(
    struct split_result *result, struct iam_policy_document *document)
{
    struct statement_origins part = { document, { NULL, 0, 0 } };

    IAM_LIST_APPEND(result, part);
    return &result->items[result->length - 1];
}

// The first new document with room; sizes[i] is of result->items[i].
static size_t find_room(struct split_result *result, const struct iam_policy_document *document,
    size_t *sizes, size_t size, size_t limit)
{
    struct iam_policy_document *added;
    size_t i = 1;

    while (i < result->length && sizes[i] + size > limit)
        i++;
    if (i < result->length)
        return i;
    added = iam_policy_document_new(document->scope);
    added->minimize = document->minimize;
    added->assign_sids = document->assign_sids;
    add_document(result, added);
    return i;
}

struct split_result document_split(
    struct iam_policy_document *document, struct construct *scope, size_t self_limit, size_t other_limit)
{
    struct merge_options options = {
        .only_equal = !document_minimizes(document),
        .limit_size = true,
        .arn_size = arn_size_estimate(scope),
    };
    struct merged_list merged = statements_merge(&document->statements, &options);
    // At most one document for each statement, and the one that is there.
    size_t *sizes = arena_alloc(value_arena(), (merged.length + 1) * sizeof(*sizes));
    struct split_result result = { NULL, 0, 0 };

    add_document(&result, document);
    document->statements.length = 0;
    for (size_t i = 0; i < merged.length; i++) {
        struct merged_statement *item = &merged.items[i];
        size_t size = statement_size(item->statement, options.arn_size);
        bool fits = sizes[0] + size < self_limit;
        size_t target = fits ? 0 : find_room(&result, document, sizes, size, other_limit);
        struct statement_origins *part = &result.items[target];

        sizes[target] += size;
        IAM_LIST_APPEND(&part->document->statements, item->statement);
        for (size_t j = 0; j < item->origins.length; j++)
            IAM_LIST_APPEND(&part->originals, item->origins.items[j]);
    }
    return result;
}
