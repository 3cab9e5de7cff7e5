// SPDX-License-Identifier: MIT
#include "aws/kms/kms_private.h"

struct construct *kms_key_add_to_resource_policy(struct kms_key *key, struct iam_statement *statement)
{
    if (!key->state->policy)
        return NULL;
    iam_policy_document_add(key->state->policy, statement);
    return key->node;
}

static struct construct *add_to_policy(void *resource, struct iam_statement *statement)
{
    return kms_key_add_to_resource_policy(resource, statement);
}

// The stack of a role that this app makes; NULL for any other grantee.
static struct stack *stack_of_grantee(const struct iam_principal *grantee)
{
    struct iam_role *role = iam_principal_role(grantee);

    if (!role || role->principal != grantee || !role->resource)
        return NULL;
    return construct_stack(resource_node(role->resource));
}

static bool depends_on(const struct stack *stack, const struct stack *target)
{
    for (size_t i = 0; i < stack_dependency_count(stack); i++)
        if (stack_dependency_at(stack, i) == target)
            return true;
    return false;
}

static bool is_elsewhere(const struct kms_key *key, const struct stack *stack)
{
    const char *flag = "@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope";
    const struct stack *key_stack = construct_stack(key->node);
    bool by_key = construct_context_flag(key->node, flag);
    bool other_account = !value_equal(key_stack->account, stack->account) &&
        !(by_key && value_equal(key->state->account, stack->account));
    bool other_region = !value_equal(key_stack->region, stack->region) &&
        !(by_key && value_equal(key->state->region, stack->region));

    return other_account || other_region;
}

// Naming the grantee in the key's policy would make the stacks depend on each other if the grantee's depends
// on the key's already, so the account is named then (CDK's KeyGrants).
struct iam_grant kms_key_grant(struct kms_key *key, struct iam_principal *grantee, const char *const *actions)
{
    const struct stack *key_stack = construct_stack(key->node);
    struct stack *grantee_stack = stack_of_grantee(grantee);
    bool elsewhere = grantee_stack && is_elsewhere(key, grantee_stack);
    struct value *all[] = { string("*"), NULL };
    struct iam_grant_props props = {
        .grantee = grantee,
        .actions = actions,
        .resources = (struct value *[]){ key->key_arn, NULL },
        .resource_self_arns = elsewhere ? NULL : all,
        .scope = key->node,
        .resource_account = key->state->account,
    };

    if (!elsewhere)
        return iam_grant_add_to_principal_or_resource(&props, add_to_policy, key);
    props.resources = all;
    if (grantee_stack != key_stack && depends_on(grantee_stack, key_stack))
        props.resource_policy_principal = iam_account_principal(grantee_stack->account);
    return iam_grant_add_to_principal_and_resource(&props, add_to_policy, key);
}

struct iam_grant kms_key_grant_decrypt(struct kms_key *key, struct iam_principal *grantee)
{
    return kms_key_grant(key, grantee, (const char *[]){ "kms:Decrypt", NULL });
}

struct iam_grant kms_key_grant_encrypt(struct kms_key *key, struct iam_principal *grantee)
{
    static const char *const actions[] = { "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", NULL };

    return kms_key_grant(key, grantee, actions);
}

struct iam_grant kms_key_grant_encrypt_decrypt(struct kms_key *key, struct iam_principal *grantee)
{
    static const char *const actions[] = { "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*",
        "kms:GenerateDataKey*", NULL };

    return kms_key_grant(key, grantee, actions);
}
