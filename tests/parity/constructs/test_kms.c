// SPDX-License-Identifier: MIT
#include "aws/kms.h"
#include "parity/constructs/parity.h"
#include "parity/constructs/samples.h"

static struct kms_key *plain_key(struct construct *scope, const char *id)
{
    return kms_key_new(scope, id, &(struct kms_key_props){ 0 });
}

static void grant_all(struct kms_key *key, struct iam_principal *grantee)
{
    kms_key_grant_encrypt(key, grantee);
    kms_key_grant_decrypt(key, grantee);
    kms_key_grant_encrypt_decrypt(key, grantee);
    kms_key_grant(key, grantee, TEXTS("kms:TagResource"));
}

static struct iam_statement *to(const char *action, struct iam_principal *principal)
{
    return iam_statement_new(&(struct iam_statement_props){
        .actions = TEXTS(action), .resources = VALUES(string("*")), .principals = PRINCIPALS(principal) });
}

static void key(struct stack *stack)
{
    struct kms_key *full;

    plain_key(stack->node, "Plain");
    full = kms_key_new(stack->node, "Full",
        &(struct kms_key_props){
            .alias = "the-key",
            .description = "For all",
            .enabled = NO,
            .enable_key_rotation = YES,
            .pending_window = days(7),
            .multi_region = true,
            .rotation_period = days(180),
            .removal_policy = REMOVAL_POLICY_DESTROY,
        });
    kms_key_new(stack->node, "Rotated",
        &(struct kms_key_props){ .rotation_period = days(90), .alias = "alias/rotated" });
    kms_key_add_to_resource_policy(full, to("kms:Decrypt", iam_service_principal("sns")));
    output(stack, "Attributes", concatf("%v %v", full->key_arn, full->key_id));
}

static void key_policy(struct stack *stack)
{
    struct iam_policy_document *policy = iam_policy_document_new(stack->node);
    struct kms_key *given;

    iam_policy_document_add(policy, to("kms:*", iam_arn_principal(string("arn:aws:iam::111111111111:root"))));
    given = kms_key_new(stack->node, "Given", &(struct kms_key_props){ .policy = policy });
    kms_key_add_to_resource_policy(given, to("kms:Decrypt", iam_service_principal("sns")));
}

static void grants(struct stack *stack)
{
    struct kms_key *made = plain_key(stack->node, "Key");

    grant_all(made, plain_role(stack->node, "Role")->principal);
    grant_all(made, iam_service_principal("logs"));
    kms_key_grant_decrypt(made, account("222222222222"));
}

static void grants_imported(struct stack *stack)
{
    struct kms_key *here =
        kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:111111111111:key/1234"));
    struct kms_key *elsewhere =
        kms_key_from_arn(stack->node, "Elsewhere", string("arn:aws:kms:us-east-1:222222222222:key/5678"));

    grant_all(here, plain_role(stack->node, "KeyRole")->principal);
    grant_all(here, iam_service_principal("logs"));
    grant_all(elsewhere, plain_role(stack->node, "ElsewhereRole")->principal);
    grant_all(elsewhere, iam_service_principal("logs"));
    output(stack, "Attributes", concatf("%v %v", here->key_arn, here->key_id));
}

static struct stack *other(struct stack *stack, const char *region)
{
    return stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = "111111111111", .region = region });
}

static void grants_across_stacks(struct stack *stack)
{
    struct stack *there = other(stack, "eu-west-1");

    grant_all(plain_key(stack->node, "Key"), plain_role(there->node, "Role")->principal);
    stack_add_dependency(there, stack);
    grant_all(plain_key(stack->node, "Depended"), plain_role(there->node, "Second")->principal);
}

static void grants_across_regions(struct stack *stack)
{
    struct stack *there = other(stack, "us-east-1");
    struct iam_role *named = iam_role_new(there->node, "Role",
        &(struct iam_role_props){ .assumed_by = lambda(), .role_name = string("named") });

    kms_key_grant_decrypt(plain_key(stack->node, "Key"), named->principal);
}

static const struct parity_case cases[] = {
    { "kms-key", key },
    { "kms-key-policy", key_policy },
    { "kms-grants", grants },
    { "kms-grants-imported", grants_imported },
    { "kms-grants-across-stacks", grants_across_stacks },
    { "kms-grants-across-regions", grants_across_regions },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("kms", cases, argc, argv);
}
