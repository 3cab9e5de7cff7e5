// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "cdk/arn.h"

static struct iam_role *imported(struct construct *scope, const char *id, struct value *arn,
    struct value *account, const struct iam_role_import *options)
{
    struct construct *node = construct_new(scope, id, "iam.ImportedRole");
    struct iam_role *role = role_allocate(node, ROLE_IMPORTED, arn, account);
    const char *policy = options->default_policy_name;

    role->state->default_policy_name = policy ? arena_strdup(value_arena(), policy) : NULL;
    // Equal to every other import of that ARN.
    role->principal->is_unique = false;
    role->principal->class = "imported role";
    return role;
}

static struct iam_role *immutable(
    struct construct *scope, const char *id, const struct iam_role *role, bool add_grants_to_resources)
{
    struct construct *node = construct_new(scope, id, "iam.ImmutableRole");
    struct iam_role *result = role_allocate(node, ROLE_IMMUTABLE, role->role_arn, role->state->account);

    result->resource = role->resource;
    result->role_name = role->role_name;
    result->state->add_grants_to_resources = add_grants_to_resources;
    construct_add_dependency(node, role->node);
    return result;
}

struct iam_role *iam_role_from_arn(
    struct construct *scope, const char *id, struct value *role_arn, const struct iam_role_import *options)
{
    const struct iam_role_import none = { 0 };
    struct arn parts = arn_split(scope, role_arn, ARN_SLASH_RESOURCE_NAME);
    const struct value *stack_account = construct_stack(scope)->account;
    struct iam_role *role;
    bool is_mutable;

    if (!options)
        options = &none;
    if (options->add_grants_to_resources && !options->immutable)
        diag_error(scope, "add_grants_to_resources can be set only for a role that is imported as immutable");
    is_mutable = !options->immutable && token_compare(parts.account, stack_account) != TOKENS_DIFFERENT;
    role = imported(scope, is_mutable ? id : arena_printf(value_arena(), "MutableRole%s", id), role_arn,
        parts.account, options);
    role->role_name = parts.resource_name ? arn_last_segment(parts.resource_name) : string("");
    return is_mutable ? role : immutable(scope, id, role, options->add_grants_to_resources);
}

struct iam_role *iam_role_from_name(
    struct construct *scope, const char *id, const char *role_name, const struct iam_role_import *options)
{
    struct value *arn = stack_format_arn(construct_stack(scope),
        &(struct arn_parts){
            .service = "iam",
            .region = string(""),
            .resource = "role",
            .resource_name = string(role_name),
        });

    return iam_role_from_arn(scope, id, arn, options);
}

struct iam_role *iam_role_without_policy_updates(struct iam_role *role, bool add_grants_to_resources)
{
    const char *id = arena_printf(value_arena(), "ImmutableRole%s", construct_id(role->node));

    if (role->state->kind != ROLE_MADE)
        return role;
    if (!role->state->immutable)
        role->state->immutable = immutable(construct_scope(role->node), id, role, add_grants_to_resources);
    return role->state->immutable;
}
