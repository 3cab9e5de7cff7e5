// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

#include <string.h>

enum { POLICY_NAME_LIMIT = 128 };

static bool is_attached(const struct iam_policy *policy)
{
    return policy->state->roles.length > 0;
}

static bool is_wanted(void *data)
{
    const struct iam_policy *policy = data;

    if (policy->state->force || policy->state->reference_taken)
        return true;
    return !iam_policy_document_is_empty(policy->document) && is_attached(policy);
}

static void validate(struct construct *construct, void *data)
{
    const struct iam_policy *policy = data;

    if (!policy->state->force && !policy->state->reference_taken)
        return;
    if (iam_policy_document_is_empty(policy->document))
        diag_error(construct, "the policy is needed and empty; add a statement to it");
    if (!is_attached(policy))
        diag_error(construct, "the policy is needed and attached to nobody; attach it to a role");
}

// The last characters of the logical id, which may still change.
static struct value *default_name(void *data)
{
    const struct iam_policy *policy = data;
    const char *id = resource_logical_id(policy->resource);
    size_t length = strlen(id);

    return string(length > POLICY_NAME_LIMIT ? id + length - POLICY_NAME_LIMIT : id);
}

static struct value *policy_properties(const struct iam_policy *policy)
{
    return object((struct field[]){
        { "PolicyDocument", iam_policy_document_value(policy->document) },
        { "PolicyName", policy->state->name },
        { "Roles", omit_empty(policy->state->role_names) },
        END,
    });
}

static bool add_statement(void *grantee, struct iam_statement *statement, struct construct **ret_dependable)
{
    struct iam_policy *policy = grantee;

    iam_policy_add_statement(policy, statement);
    *ret_dependable = policy->node;
    return true;
}

static struct iam_principal *policy_principal(struct iam_policy *policy)
{
    struct iam_principal *principal = principal_for_grantee(NULL, add_statement, policy);

    principal->account = construct_stack(policy->node)->account;
    principal->mistake =
        "this grant adds to the resource's policy, which cannot name a policy; grant to a role";
    return principal;
}

struct iam_policy *iam_policy_new(
    struct construct *scope, const char *id, const struct iam_policy_props *props)
{
    struct iam_policy *policy = arena_alloc(construct_arena(scope), sizeof(*policy));

    policy->node = construct_new(scope, id, "iam.Policy");
    policy->document = iam_policy_document_new(policy->node);
    policy->state = arena_alloc(construct_arena(scope), sizeof(*policy->state));
    policy->state->force = props->force;
    policy->state->role_names = array();
    policy->state->name = props->policy_name ? string(props->policy_name) : lazy(default_name, policy);
    policy->resource = resource_new(policy->node, "Resource", "AWS::IAM::Policy", policy_properties(policy));
    policy->principal = policy_principal(policy);
    resource_set_condition_to_synthesize(policy->resource, is_wanted, policy);
    for (struct iam_role *const *at = props->roles; at && *at; at++)
        iam_policy_attach_to_role(policy, *at);
    for (struct iam_statement *const *at = props->statements; at && *at; at++)
        iam_policy_add_statement(policy, *at);
    construct_add_validation(policy->node, validate, policy);
    iam_policy_document_validate_as(policy->document, IAM_IDENTITY_POLICY, policy->node);
    return policy;
}

void iam_policy_add_statement(struct iam_policy *policy, struct iam_statement *statement)
{
    iam_policy_document_add(policy->document, statement);
}

void iam_policy_attach_to_role(struct iam_policy *policy, struct iam_role *role)
{
    struct iam_policy_state *state = policy->state;

    for (size_t i = 0; i < state->roles.length; i++)
        if (value_equal(state->roles.items[i]->role_arn, role->role_arn))
            return;
    IAM_LIST_APPEND(&state->roles, role);
    array_append(state->role_names, role->role_name);
    role_attach_policy(role, policy);
}

struct value *iam_policy_name(struct iam_policy *policy)
{
    policy->state->reference_taken = true;
    return policy->state->name;
}
