// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "cdk/arn.h"

#include <string.h>

// What fits into a role's inline policies and into a managed policy ("IAM and AWS STS quotas"), with some
// room.
enum { INLINE_SIZE_LIMIT = 10000, MANAGED_SIZE_LIMIT = 6000 };
// Managed policies on one role, by default and after a request.
enum { MANAGED_COUNT_DEFAULT = 10, MANAGED_COUNT_LIMIT = 20 };

void iam_role_add_managed_policy(struct iam_role *role, struct value *policy_arn)
{
    if (role->state->kind == ROLE_IMPORTED)
        diag_warning(role->node,
            "the imported role keeps the managed policies that it has; attach a policy made here with "
            "iam_managed_policy_attach_to_role");
    else
        set_add(role->state->managed_policies, policy_arn);
}

void iam_role_add_to_assume_role_policy(struct iam_role *role, struct iam_statement *statement)
{
    if (role->assume_role_policy)
        iam_policy_document_add(role->assume_role_policy, statement);
}

void iam_role_add_to_policy(struct iam_role *role, struct iam_statement *statement)
{
    struct construct *dependable;

    iam_principal_add_to_policy(role->principal, statement, &dependable);
}

static bool has_policy(const struct iam_role *role, const struct iam_policy *policy)
{
    for (size_t i = 0; i < role->state->policies.length; i++)
        if (role->state->policies.items[i] == policy)
            return true;
    return false;
}

// As in the CDK, looking at the names of attached policies counts as using them.
static void attach(struct iam_role *role, struct iam_policy *policy)
{
    struct policy_list *policies = &role->state->policies;

    if (has_policy(role, policy))
        return;
    for (size_t i = 0; i < policies->length; i++)
        if (value_equal(iam_policy_name(policies->items[i]), iam_policy_name(policy))) {
            diag_error(policy->node, "a policy named '%s' is attached to the role already",
                value_string(policy->state->name));
            return;
        }
    IAM_LIST_APPEND(policies, policy);
}

void role_attach_policy(struct iam_role *role, struct iam_policy *policy)
{
    enum role_kind kind = role->state->kind;
    const struct value *account = construct_stack(policy->node)->account;

    if (kind == ROLE_IMMUTABLE || kind == ROLE_PRECREATED)
        return;
    if (kind == ROLE_IMPORTED && token_compare(role->state->account, account) == TOKENS_DIFFERENT)
        return;
    attach(role, policy);
    iam_policy_attach_to_role(policy, role);
}

// The id of an imported role's policy, and its name where it is not made from the id.
static const char *imported_policy_id(const struct iam_role *role, const char **ret_name)
{
    static const char prefix[] = "Policy";
    enum { NAME_LIMIT = 128, REST_LIMIT = NAME_LIMIT - sizeof(prefix) + 1 };
    const char *flag = "@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName";
    struct unique_resource_name_options options = { .max_length = REST_LIMIT };
    const char *id = prefix;

    if (construct_context_flag(role->node, flag)) {
        const char *unique = names_unique_id(role->node);

        if (strlen(unique) > REST_LIMIT)
            unique = names_unique_resource_name(role->node, &options);
        id = arena_printf(value_arena(), "%s%s", prefix, unique);
    }
    if (role->state->default_policy_name)
        id = role->state->default_policy_name;
    *ret_name = construct_context_flag(role->node, flag) ? id : NULL;
    return id;
}

static struct iam_policy *default_policy(struct iam_role *role)
{
    struct iam_role_state *state = role->state;
    const char *id = "DefaultPolicy", *name = NULL;

    if (state->default_policy)
        return state->default_policy;
    if (state->kind == ROLE_IMPORTED)
        id = imported_policy_id(role, &name);
    state->default_policy = iam_policy_new(role->node, id, &(struct iam_policy_props){ .policy_name = name });
    role_attach_policy(role, state->default_policy);
    return state->default_policy;
}

bool role_add_statement(void *grantee, struct iam_statement *statement, struct construct **ret_dependable)
{
    struct iam_role *role = grantee;

    *ret_dependable = NULL;
    switch (role->state->kind) {
    case ROLE_IMMUTABLE:
        return !role->state->add_grants_to_resources;
    case ROLE_PRECREATED:
        iam_policy_document_add(role->state->needs, statement);
        return true;
    case ROLE_MADE:
    case ROLE_IMPORTED:
        break;
    }
    iam_policy_add_statement(default_policy(role), statement);
    *ret_dependable = role->state->default_policy->node;
    return true;
}

void role_add_dependent(struct iam_role *role, struct iam_statement *statement, struct construct *construct)
{
    struct dependent dependent = { statement, construct };

    IAM_LIST_APPEND(&role->state->dependents, dependent);
}

// A policy document of a role's own that grew too large, taken apart: what fits stays in the document, the
// rest goes to new ones.
struct statement_origins {
    struct iam_policy_document *document;
    struct statement_list originals;
};
struct split_result IAM_LIST(struct statement_origins);

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

static struct split_result split_document(
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

static bool has_statement(const struct statement_list *list, const struct iam_statement *statement)
{
    for (size_t i = 0; i < list->length; i++)
        if (list->items[i] == statement)
            return true;
    return false;
}

// Those that wait for one of these statements wait for the policy that they are in.
static void tie_dependents(
    const struct iam_role *role, const struct statement_origins *part, struct construct *policy)
{
    const struct dependent_list *dependents = &role->state->dependents;

    for (size_t i = 0; i < dependents->length; i++)
        if (has_statement(&part->originals, dependents->items[i].statement))
            construct_add_dependency(dependents->items[i].construct, policy);
}

static void check_count(const struct iam_role *role, size_t added)
{
    size_t count = value_length(role->state->managed_policies) + added;

    if (count > MANAGED_COUNT_LIMIT)
        diag_warning(role->node,
            "the role's policy is too large: it takes %zu managed policies, and a role can have %d", count,
            MANAGED_COUNT_LIMIT);
    else if (count > MANAGED_COUNT_DEFAULT)
        diag_warning(role->node,
            "the role's policy is large: it takes %zu managed policies, and more than %d need a higher quota",
            count, MANAGED_COUNT_DEFAULT);
}

void role_split_large_policy(struct iam_role *role)
{
    struct iam_role_state *state = role->state;
    struct split_result parts;

    if (!state->default_policy || state->is_split)
        return;
    state->is_split = true;
    parts =
        split_document(state->default_policy->document, role->node, INLINE_SIZE_LIMIT, MANAGED_SIZE_LIMIT);
    check_count(role, parts.length - 1);
    tie_dependents(role, &parts.items[0], state->default_policy->node);
    for (size_t i = 1; i < parts.length; i++) {
        const char *id = arena_printf(value_arena(), "OverflowPolicy%zu", i);
        struct iam_managed_policy *policy = iam_managed_policy_new(role->node, id,
            &(struct iam_managed_policy_props){
                .description =
                    arena_printf(value_arena(), "Part of the policies for %s", construct_path(role->node)),
                .document = parts.items[i].document,
                .roles = (struct iam_role *[]){ role, NULL },
            });

        tie_dependents(role, &parts.items[i], policy->node);
    }
}
