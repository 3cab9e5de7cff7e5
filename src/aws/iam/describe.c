// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "data/json.h"
#include "util/strbuf.h"

#include <string.h>

const char *iam_statement_sid(const struct iam_statement *statement)
{
    return statement->sid;
}

void iam_statement_set_sid(struct iam_statement *statement, const char *sid)
{
    statement->sid = arena_strdup(value_arena(), sid);
}

struct iam_statement *iam_statement_with_principals(const struct iam_statement *statement,
    struct iam_principal *(*replace)(struct iam_principal *principal, void *data), void *data)
{
    struct iam_statement *copy = statement_copy(statement);

    copy->principals = (struct principal_list){ 0 };
    for (size_t i = 0; i < statement->principals.length; i++)
        IAM_LIST_APPEND(&copy->principals, replace(statement->principals.items[i], data));
    return copy;
}

struct value *iam_statement_value(const struct iam_statement *statement, struct construct *scope)
{
    return statement_render(statement, construct_stack(scope));
}

static bool is_named_by_arn(const struct iam_principal *principal)
{
    return principal->kind == PRINCIPAL_NAMED && strcmp(principal->key, "AWS") == 0;
}

static const char *text_of_arn(const struct iam_principal *principal)
{
    const char *arn = value_string(principal->id);
    const struct value *organization;

    if (principal->role)
        return construct_path(principal->role->node);
    if (!arn || strcmp(arn, "*") != 0)
        return value_string(stringf("ArnPrincipal(%s)", arn ? arn : ""));
    organization = object_get_path(
        principal->conditions, (const char *[]){ "StringEquals", "aws:PrincipalOrgID", NULL });
    if (organization)
        return value_string(stringf("OrganizationPrincipal(%s)", value_string(organization)));
    return "AnyPrincipal()";
}

static const char *text_of_account(const struct iam_principal *principal)
{
    const char *account = value_string(principal->id);

    return account ? value_string(stringf("AccountPrincipal(%s)", account)) : "AccountRootPrincipal()";
}

// As principals print themselves in the CDK (principals.js, toString).
static const char *text_of(const struct iam_principal *principal, const struct stack *stack)
{
    const struct principal_list one = { (struct iam_principal *[]){ (struct iam_principal *)principal }, 1,
        1 };
    STRBUF_AUTO json = STRBUF_INIT;

    switch (principal->kind) {
    case PRINCIPAL_SERVICE:
        return value_string(stringf("ServicePrincipal(%s)", principal->service));
    case PRINCIPAL_ACCOUNT:
        return text_of_account(principal);
    case PRINCIPAL_STAR:
        return "StarPrincipal()";
    default:
        if (is_named_by_arn(principal))
            return text_of_arn(principal);
        json_stringify(&json, principals_render(&one, stack));
        return arena_strdup(value_arena(), json.data);
    }
}

struct iam_principal_description iam_principal_describe(
    const struct iam_principal *principal, struct construct *scope)
{
    const struct stack *stack = construct_stack(scope);
    struct iam_principal_description description = {
        .conditions = principal_conditions(principal),
        .of_account = principal->account,
    };

    while (principal->kind == PRINCIPAL_WITH_CONDITIONS || principal->kind == PRINCIPAL_WITH_SESSION_TAGS)
        principal = principal->parts.items[0];
    description.text = text_of(principal, stack);
    if (principal->kind == PRINCIPAL_SERVICE)
        description.service = principal->service;
    else if (principal->kind == PRINCIPAL_ACCOUNT)
        description.account = principal->id ? principal->id : stack->account;
    else if (is_named_by_arn(principal))
        description.arn = principal->id;
    return description;
}
