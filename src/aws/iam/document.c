// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

#include <ctype.h>

struct iam_policy_document *iam_policy_document_new(struct construct *scope)
{
    struct iam_policy_document *document = arena_alloc(construct_arena(scope), sizeof(*document));

    document->scope = scope;
    return document;
}

void iam_policy_document_set_minimize(struct iam_policy_document *document, bool minimize)
{
    document->minimize = toggle(minimize);
}

void iam_policy_document_set_assign_sids(struct iam_policy_document *document)
{
    document->assign_sids = true;
}

bool document_minimizes(const struct iam_policy_document *document)
{
    bool by_context = construct_context_flag(document->scope, "@aws-cdk/aws-iam:minimizePolicies");

    return toggle_or(document->minimize, by_context);
}

void iam_policy_document_add(struct iam_policy_document *document, struct iam_statement *statement)
{
    if (statement->mistake)
        diag_error(document->scope, "%s", statement->mistake);
    IAM_LIST_APPEND(&document->statements, statement);
}

bool iam_policy_document_is_empty(const struct iam_policy_document *document)
{
    return document->statements.length == 0;
}

size_t arn_size_estimate(struct construct *scope)
{
    static const char key[] = "@aws-cdk/aws-iam.arnSizeEstimate";
    const struct value *given = construct_context(scope, key);

    if (!given)
        return 150;
    if (value_type(given) != VALUE_NUMBER || value_number(given) < 0) {
        diag_error(scope, "the context value of '%s' must be a number", key);
        return 150;
    }
    return (size_t)value_number(given);
}

static bool is_alphanumeric(const char *text)
{
    while (isalnum((unsigned char)*text))
        text++;
    return !*text;
}

static void validate_identity(const struct iam_statement *statement, struct construct *construct)
{
    if (statement->principals.length || statement->not_principals.length)
        diag_error(construct, "a statement of an identity's policy cannot have principals");
    if (!value_length(statement->resources) && !value_length(statement->not_resources))
        diag_error(construct, "a statement of an identity's policy must have a resource");
    if (statement->sid && !is_alphanumeric(statement->sid))
        diag_error(construct,
            "the statement id '%s' must have only letters and digits in an identity's policy",
            statement->sid);
}

// What a policy of that kind must not have.
static void validate_statement(
    const struct iam_statement *statement, enum iam_policy_kind kind, struct construct *construct)
{
    bool has_principal = statement->principals.length || statement->not_principals.length;
    bool has_resource = value_length(statement->resources) || value_length(statement->not_resources);

    if (!value_length(statement->actions) && !value_length(statement->not_actions))
        diag_error(construct, "a policy statement must have at least one action");
    if (kind == IAM_IDENTITY_POLICY)
        validate_identity(statement, construct);
    if ((kind == IAM_RESOURCE_POLICY || kind == IAM_OWN_RESOURCE_POLICY) && !has_principal)
        diag_error(construct, "a statement of a resource's policy must have a principal");
    if (kind == IAM_RESOURCE_POLICY && !has_resource)
        diag_error(construct, "a statement of a resource's policy must have a resource");
    if (kind == IAM_TRUST_POLICY && !has_principal)
        diag_error(construct, "a statement of a trust policy must have a principal");
}

struct document_validation {
    const struct iam_policy_document *document;
    enum iam_policy_kind kind;
};

static void validate(struct construct *construct, void *data)
{
    const struct document_validation *validation = data;
    const struct statement_list *statements = &validation->document->statements;

    for (size_t i = 0; i < statements->length; i++)
        validate_statement(statements->items[i], validation->kind, construct);
}

void iam_policy_document_validate_as(
    struct iam_policy_document *document, enum iam_policy_kind kind, struct construct *construct)
{
    struct document_validation *validation = arena_alloc(construct_arena(construct), sizeof(*validation));

    *validation = (struct document_validation){ document, kind };
    construct_add_validation(construct, validate, validation);
}
