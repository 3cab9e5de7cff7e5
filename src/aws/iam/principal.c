// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "data/json.h"

#include <ctype.h>
#include <string.h>

static const char assume_role[] = "sts:AssumeRole";

static struct iam_principal *principal_new(enum principal_kind kind)
{
    struct iam_principal *principal = arena_alloc(value_arena(), sizeof(*principal));

    principal->kind = kind;
    principal->assume_role_action = assume_role;
    return principal;
}

static struct iam_principal *named(const char *key, struct value *id)
{
    struct iam_principal *principal = principal_new(PRINCIPAL_NAMED);

    principal->key = key;
    principal->id = id;
    return principal;
}

struct iam_principal *principal_for_grantee(struct value *arn, principal_add *add, void *grantee)
{
    struct iam_principal *principal = named("AWS", arn);

    principal->is_unique = true;
    principal->add = add;
    principal->grantee = grantee;
    return principal;
}

struct iam_principal *iam_service_principal(const char *service)
{
    return iam_service_principal_in_region(service, NULL);
}

struct iam_principal *iam_service_principal_in_region(const char *service, const char *region)
{
    struct iam_principal *principal = principal_new(PRINCIPAL_SERVICE);

    principal->service = arena_strdup(value_arena(), service);
    principal->region = region ? arena_strdup(value_arena(), region) : NULL;
    return principal;
}

struct iam_principal *iam_arn_principal(struct value *arn)
{
    return named("AWS", arn);
}

struct iam_principal *iam_any_principal(void)
{
    return iam_arn_principal(string("*"));
}

// Its ARN depends on the stack that it is used in, so no two of them are taken for the same.
struct iam_principal *iam_account_principal(struct value *account_id)
{
    struct iam_principal *principal = principal_new(PRINCIPAL_ACCOUNT);

    principal->id = account_id;
    principal->account = account_id ? account_id : aws_account_id();
    principal->is_unique = true;
    return principal;
}

struct iam_principal *iam_account_root_principal(void)
{
    return iam_account_principal(NULL);
}

// o-, and 10 to 32 lower case letters and digits
static bool is_organization_id(const char *id)
{
    size_t length = strlen(id);

    if (strncmp(id, "o-", 2) != 0 || length < 12 || length > 34)
        return false;
    for (const char *at = id + 2; *at; at++)
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at))
            return false;
    return true;
}

struct iam_principal *iam_organization_principal(const char *organization_id)
{
    struct iam_principal *principal = iam_any_principal();
    const struct field condition[] = { { "aws:PrincipalOrgID", string(organization_id) }, END };

    principal->class = "organization";
    principal->conditions = object((struct field[]){ { "StringEquals", object(condition) }, END });
    if (!is_organization_id(organization_id))
        principal->mistake = arena_printf(value_arena(),
            "'%s' is not the id of an organization; it is 'o-' and 10 to 32 lower case letters and digits",
            organization_id);
    return principal;
}

struct iam_principal *iam_star_principal(void)
{
    return principal_new(PRINCIPAL_STAR);
}

struct iam_principal *iam_canonical_user_principal(struct value *id)
{
    return named("CanonicalUser", id);
}

struct iam_principal *iam_federated_principal(
    struct value *provider, const struct value *conditions, const char *assume_role_action)
{
    struct iam_principal *principal = named("Federated", provider);

    principal->conditions = conditions;
    if (assume_role_action)
        principal->assume_role_action = arena_strdup(value_arena(), assume_role_action);
    return principal;
}

struct iam_principal *iam_web_identity_principal(struct value *provider, const struct value *conditions)
{
    return iam_federated_principal(provider, conditions, "sts:AssumeRoleWithWebIdentity");
}

struct iam_principal *iam_saml_principal(struct value *provider_arn, const struct value *conditions)
{
    return iam_federated_principal(provider_arn, conditions, "sts:AssumeRoleWithSAML");
}

struct iam_principal *iam_composite_principal(struct iam_principal *const *principals)
{
    struct iam_principal *principal = principal_new(PRINCIPAL_COMPOSITE);

    if (!*principals)
        principal->mistake = "a composite principal must have at least one principal";
    else
        principal->assume_role_action = (*principals)->assume_role_action;
    for (; *principals; principals++)
        IAM_LIST_APPEND(&principal->parts, *principals);
    return principal;
}

static struct iam_principal *around(enum principal_kind kind, struct iam_principal *inner)
{
    struct iam_principal *principal = principal_new(kind);

    principal->assume_role_action = inner->assume_role_action;
    principal->account = inner->account;
    principal->add = inner->add;
    principal->grantee = inner->grantee;
    principal->role = inner->role;
    IAM_LIST_APPEND(&principal->parts, inner);
    return principal;
}

struct iam_principal *iam_principal_with_conditions(
    struct iam_principal *inner, const struct value *conditions)
{
    struct iam_principal *principal = around(PRINCIPAL_WITH_CONDITIONS, inner);

    principal->conditions = conditions;
    return principal;
}

struct iam_principal *iam_via_service_principal(struct iam_principal *inner, struct value *service)
{
    struct iam_principal *principal = principal_new(PRINCIPAL_WITH_CONDITIONS);

    principal->class = "via service";
    principal->is_unique = inner->is_unique;
    principal->conditions = object((struct field[]){
        { "StringEquals", object((struct field[]){ { "kms:ViaService", service }, END }) },
        END,
    });
    IAM_LIST_APPEND(&principal->parts, inner);
    return principal;
}

struct iam_principal *iam_principal_with_session_tags(struct iam_principal *inner)
{
    return around(PRINCIPAL_WITH_SESSION_TAGS, inner);
}

static bool warn_about_statement(
    void *grantee, struct iam_statement *statement, struct construct **ret_dependable)
{
    struct construct *resource = grantee;
    struct stack *stack = construct_stack(resource);
    STRBUF_AUTO text = STRBUF_INIT;

    json_stringify(&text, stack_resolve(stack, statement_render(statement, stack)));
    diag_warning(resource, "add this statement to the role of this imported resource: %s", text.data);
    *ret_dependable = NULL;
    return true;
}

struct iam_principal *iam_unknown_principal(struct construct *resource)
{
    struct iam_principal *principal = principal_for_grantee(NULL, warn_about_statement, resource);

    principal->mistake = arena_printf(value_arena(),
        "'%s' was imported without its role, so no policy can name it", construct_path(resource));
    return principal;
}

bool iam_principal_add_to_policy(
    struct iam_principal *principal, struct iam_statement *statement, struct construct **ret_dependable)
{
    return principal->add && principal->add(principal->grantee, statement, ret_dependable);
}

struct value *iam_principal_account(const struct iam_principal *principal)
{
    return principal->account;
}

struct iam_role *iam_principal_role(const struct iam_principal *principal)
{
    return principal->role;
}

static bool is_wrapper(const struct iam_principal *principal)
{
    return principal->kind == PRINCIPAL_WITH_CONDITIONS || principal->kind == PRINCIPAL_WITH_SESSION_TAGS;
}

const struct value *principal_conditions(const struct iam_principal *principal)
{
    const struct value *inner =
        is_wrapper(principal) ? principal_conditions(principal->parts.items[0]) : NULL;

    return conditions_merge(inner, principal->conditions);
}

bool principal_is_star(const struct iam_principal *principal)
{
    while (is_wrapper(principal))
        principal = principal->parts.items[0];
    return principal->kind == PRINCIPAL_STAR;
}

static const char *part_mistake(const struct iam_principal *principal, const struct iam_principal *part)
{
    if (principal->kind == PRINCIPAL_COMPOSITE && value_length(principal_conditions(part)))
        return "the principals of a composite principal must not have conditions here; use one statement for "
               "each of them";
    if (principal->kind == PRINCIPAL_COMPOSITE && principal->parts.length > 1 && principal_is_star(part))
        return "the principal '*' cannot be combined with others";
    return principal_mistake(part);
}

const char *principal_mistake(const struct iam_principal *principal)
{
    const char *mistake = principal->mistake;

    for (size_t i = 0; !mistake && i < principal->parts.length; i++)
        mistake = part_mistake(principal, principal->parts.items[i]);
    return mistake;
}
