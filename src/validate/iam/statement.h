// SPDX-License-Identifier: MIT
#ifndef VALIDATE_IAM_STATEMENT_H
#define VALIDATE_IAM_STATEMENT_H

// What a statement says, read through Fn::If.

#include "validate/rule.h"

struct schema_iam_action;
struct schema_iam_service;

// An item of a list of actions.
struct iam_named_action {
    const char *text;                         // "s3:GetObject"
    const struct schema_iam_service *service; // NULL: not known, or all
    const char *name;                         // behind the colon; "*" for all; "" where there is none
    bool has_wildcard;
};

// False when it is no string.
bool iam_action_read(const struct node *node, struct iam_named_action *ret_action);
// Whether the name, which may have * and ? in it, is that of the action.
bool iam_action_names(const char *pattern, const char *name);

// Hands out each known action that the name stands for.
typedef void iam_action_visitor(const struct schema_iam_action *action, void *data);
void iam_action_each(const struct iam_named_action *named, iam_action_visitor *visit, void *data);

bool iam_statement_allows(const struct node *statement);

#endif
