// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

struct iam_managed_policy_state {
    struct role_list roles;
    struct value *role_names; // array
};

struct value *iam_aws_managed_policy(const char *name)
{
    return concatf("arn:%v:iam::aws:policy/%s", aws_partition(), name);
}

struct value *iam_customer_managed_policy(struct construct *scope, const char *name)
{
    return stack_format_arn(construct_stack(scope),
        &(struct arn_parts){
            .service = "iam",
            .region = string(""),
            .resource = "policy",
            .resource_name = string(name),
        });
}

static void validate(struct construct *construct, void *data)
{
    const struct iam_managed_policy *policy = data;

    if (iam_policy_document_is_empty(policy->document))
        diag_error(construct, "the managed policy is empty; add a statement to it");
}

static struct value *managed_policy_properties(
    const struct iam_managed_policy *policy, const struct iam_managed_policy_props *props)
{
    return object((struct field[]){
        { "Description", string(props->description ? props->description : "") },
        { "ManagedPolicyName", props->managed_policy_name },
        { "Path", string(props->path ? props->path : "/") },
        { "PolicyDocument", iam_policy_document_value(policy->document) },
        { "Roles", omit_empty(policy->state->role_names) },
        END,
    });
}

static bool add_statement(void *grantee, struct iam_statement *statement, struct construct **ret_dependable)
{
    struct iam_managed_policy *policy = grantee;

    iam_policy_document_add(policy->document, statement);
    *ret_dependable = policy->node;
    return true;
}

static struct iam_principal *policy_principal(struct iam_managed_policy *policy)
{
    struct iam_principal *principal = principal_for_grantee(NULL, add_statement, policy);

    principal->account = construct_stack(policy->node)->account;
    principal->mistake =
        "this grant adds to the resource's policy, which cannot name a policy; grant to a role";
    return principal;
}

static struct value *make_resource(
    struct iam_managed_policy *policy, const struct iam_managed_policy_props *props)
{
    const char *id = construct_id(policy->node), *name;

    if (precreated_roles_are_used(policy->node))
        return iam_customer_managed_policy(
            construct_new(policy->node, arena_printf(value_arena(), "Imported%s", id), "Resource"), id);
    policy->resource = resource_new(
        policy->node, "Resource", "AWS::IAM::ManagedPolicy", managed_policy_properties(policy, props));
    name = value_string(props->managed_policy_name);
    return across_environments(
        ref(policy->resource), name ? iam_customer_managed_policy(policy->node, name) : NULL);
}

struct iam_managed_policy *iam_managed_policy_new(
    struct construct *scope, const char *id, const struct iam_managed_policy_props *props)
{
    struct iam_managed_policy *policy = arena_alloc(construct_arena(scope), sizeof(*policy));

    policy->node = construct_new(scope, id, "iam.ManagedPolicy");
    policy->document = props->document ? props->document : iam_policy_document_new(policy->node);
    policy->state = arena_alloc(construct_arena(scope), sizeof(*policy->state));
    policy->state->role_names = array();
    policy->managed_policy_arn = make_resource(policy, props);
    policy->principal = policy_principal(policy);
    for (struct iam_role *const *at = props->roles; at && *at; at++)
        iam_managed_policy_attach_to_role(policy, *at);
    for (struct iam_statement *const *at = props->statements; at && *at; at++)
        iam_policy_document_add(policy->document, *at);
    construct_add_validation(policy->node, validate, policy);
    iam_policy_document_validate_as(policy->document, IAM_IDENTITY_POLICY, policy->node);
    return policy;
}

void iam_managed_policy_attach_to_role(struct iam_managed_policy *policy, struct iam_role *role)
{
    struct iam_managed_policy_state *state = policy->state;

    for (size_t i = 0; i < state->roles.length; i++)
        if (value_equal(state->roles.items[i]->role_arn, role->role_arn))
            return;
    IAM_LIST_APPEND(&state->roles, role);
    array_append(state->role_names, role->role_name);
}
