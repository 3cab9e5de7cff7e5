// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_POLICY_H
#define DIFF_COMPARE_POLICY_H

// Statements of IAM policies by what they mean: order, single items and lists of one, and Sids do not count
// (@aws-cdk/cloudformation-diff: iam/statement.ts).

#include "diff/diff.h"

#include <stdbool.h>
#include <stddef.h>

struct diff_targets {
    bool negated; // NotAction, NotResource, NotPrincipal
    const char **items;
    size_t count;
};

struct diff_statement {
    const char *effect; // "" when it is not known before deployment
    struct diff_targets resources, actions, principals;
    const struct value *condition; // NULL: none
};

struct diff_statements {
    struct diff_statement *items;
    size_t count, capacity;
};

// Reads what stands behind "Statement": one, or a list. Functions in it are rendered as text.
void diff_statements_read(struct diff_statements *statements, const struct value *value);
// What AWS makes of Lambda's AddPermission.
void diff_statements_read_lambda_permission(
    struct diff_statements *statements, const struct value *properties);

// What a target stands for where it is left out or "*".
void diff_targets_default(struct diff_targets *targets, const char *text);

struct diff_row diff_statement_row(const struct diff_statement *statement);

// A list of objects that have an effect, or a single one.
bool diff_is_statement_list(const struct value *value);
// Equal for statements that mean the same.
const char *diff_statement_key(const struct value *statement);

// Both are lists of statements, and the same ones.
bool diff_statements_equal(const struct value *before, const struct value *after);

#endif
