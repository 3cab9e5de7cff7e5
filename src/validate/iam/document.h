// SPDX-License-Identifier: MIT
#ifndef VALIDATE_IAM_DOCUMENT_H
#define VALIDATE_IAM_DOCUMENT_H

// Policy documents of IAM, wherever schema/policies.h says that there are any. documents.c finds them; each
// further file has the checks of one part. All are silent about what is only known at deployment.

#include "schema/policies.h"
#include "validate/rule.h"

// A document that is being checked, and the statement in it.
struct iam_document {
    struct validator *validator;
    const struct schema_policy *policy;
    const struct template_resource *resource;
    const char *id; // of the rule about the form of such documents
    bool is_2012;   // by its version, or it may be: variables are replaced
};

// The value at the end of a path is a document, or may be: what is none is reported.
void iam_document_check(struct validator *validator, const struct schema_policy *policy,
    const struct template_resource *resource, const struct node *node);

// Parts of a statement. Each is handed what is there, through Fn::If.
void iam_action_check(const struct iam_document *document, const struct node *action);
void iam_principal_check(const struct iam_document *document, const struct node *principal);
void iam_resource_check(const struct iam_document *document, const struct node *resource);
void iam_condition_check(const struct iam_document *document, const struct node *condition);

// A text in which variables of policies may be.
void iam_variables_check(const struct iam_document *document, const struct node *node);

// A statement as a whole, whose parts are in order.
void iam_match_check(const struct iam_document *document, const struct node *statement);
void iam_keys_check(const struct iam_document *document, const struct node *statement);
void iam_privilege_check(const struct iam_document *document, const struct node *statement);

// Documents of one resource that count together, against the limit of their characters.
void iam_size_check(struct validator *validator, const struct schema_policy *policy, const struct node *node);

#endif
