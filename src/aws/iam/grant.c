// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "cdk/arn.h"

struct iam_grant iam_grant_add_to_principal(const struct iam_grant_props *props)
{
    struct iam_statement *statement = iam_statement_new(&(struct iam_statement_props){
        .actions = props->actions,
        .resources = props->resources,
        .conditions = props->conditions,
    });
    struct iam_grant grant = { .grantee = props->grantee };

    if (iam_principal_add_to_policy(props->grantee, statement, &grant.dependable))
        grant.principal_statement = statement;
    return grant;
}

static struct iam_statement *resource_statement(const struct iam_grant_props *props)
{
    struct iam_principal *principal =
        props->resource_policy_principal ? props->resource_policy_principal : props->grantee;

    return iam_statement_new(&(struct iam_statement_props){
        .actions = props->actions,
        .resources = props->resource_self_arns ? props->resource_self_arns : props->resources,
        .principals = (struct iam_principal *[]){ principal, NULL },
        .conditions = props->conditions,
    });
}

static bool is_same_account(const struct iam_grant_props *props)
{
    const struct value *account = props->resource_account;

    if (!props->grantee->account)
        return false;
    if (!account)
        account = construct_stack(props->scope)->account;
    switch (token_compare(account, props->grantee->account)) {
    case TOKENS_SAME:
    case TOKENS_BOTH_UNRESOLVED:
        return true;
    case TOKENS_DIFFERENT:
    case TOKENS_ONE_UNRESOLVED:
        break;
    }
    return false;
}

struct iam_grant iam_grant_add_to_principal_or_resource(
    const struct iam_grant_props *props, iam_add_to_resource_policy *add, void *resource)
{
    struct iam_grant grant = iam_grant_add_to_principal(props);

    if (grant.principal_statement && is_same_account(props))
        return grant;
    grant.principal_statement = NULL;
    grant.resource_statement = resource_statement(props);
    grant.dependable = add(resource, grant.resource_statement);
    return grant;
}

struct iam_grant iam_grant_add_to_principal_and_resource(
    const struct iam_grant_props *props, iam_add_to_resource_policy *add, void *resource)
{
    struct iam_grant grant = iam_grant_add_to_principal(props);

    grant.resource_statement = resource_statement(props);
    grant.resource_dependable = add(resource, grant.resource_statement);
    return grant;
}

bool iam_grant_succeeded(const struct iam_grant *grant)
{
    return grant->principal_statement || grant->resource_statement;
}

void iam_grant_apply_before(const struct iam_grant *grant, struct construct *construct)
{
    struct iam_role *role = grant->grantee ? iam_principal_role(grant->grantee) : NULL;

    if (grant->principal_statement && role && role->state->kind == ROLE_MADE)
        role_add_dependent(role, grant->principal_statement, construct);
    else if (grant->dependable)
        construct_add_dependency(construct, grant->dependable);
    if (grant->resource_dependable)
        construct_add_dependency(construct, grant->resource_dependable);
}

struct iam_grant iam_role_grant(
    struct iam_role *role, struct iam_principal *grantee, const char *const *actions)
{
    return iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = actions,
        .resources = (struct value *[]){ role->role_arn, NULL },
        .scope = role->node,
    });
}

struct iam_grant iam_role_grant_pass_role(struct iam_role *role, struct iam_principal *grantee)
{
    return iam_role_grant(role, grantee, (const char *[]){ "iam:PassRole", NULL });
}

struct iam_grant iam_role_grant_assume_role(struct iam_role *role, struct iam_principal *grantee)
{
    if (grantee->kind == PRINCIPAL_SERVICE || grantee->kind == PRINCIPAL_ACCOUNT)
        diag_error(role->node,
            "a service or an account is let assume the role by its trust policy; use "
            "iam_role_add_to_assume_role_policy");
    return iam_role_grant(role, grantee, (const char *[]){ "sts:AssumeRole", NULL });
}
