// SPDX-License-Identifier: MIT
#include "parity/constructs/parity.h"
#include "parity/constructs/samples.h"
#include "util/array.h"

static struct iam_policy_document *document_resource(struct stack *stack)
{
    struct iam_policy_document *document = iam_policy_document_new(stack->node);

    resource_new(stack->node, "Document", "AWS::SQS::QueuePolicy",
        object((struct field[]){
            { "PolicyDocument", iam_policy_document_value(document) },
            { "Queues", strings(TEXTS("queue")) },
            END,
        }));
    return document;
}

static struct iam_statement *not_statement(void)
{
    return iam_statement_new(&(struct iam_statement_props){
        .sid = "Not",
        .effect = IAM_DENY,
        .actions = TEXTS("sqs:*"),
        .not_resources = VALUES(string("a"), string("b")),
        .not_principals = PRINCIPALS(iam_arn_principal(string("arn:aws:iam::222222222222:user/a"))),
    });
}

static struct iam_statement *not_actions_statement(void)
{
    return iam_statement_new(&(struct iam_statement_props){
        .sid = "NotActions",
        .not_actions = TEXTS("sqs:SendMessage", "sqs:ReceiveMessage"),
        .resources = VALUES(string("*")),
        .principals = PRINCIPALS(iam_arn_principal(string("x")), iam_arn_principal(string("x")), lambda()),
    });
}

static void principals(struct stack *stack)
{
    struct iam_role *imported = iam_role_from_arn(
        stack->node, "Imported", string("arn:aws:iam::222222222222:role/path/reader"), NULL);
    struct iam_principal *with_mfa = iam_principal_with_conditions(
        account("222222222222"), condition("Bool", "aws:MultiFactorAuthPresent", "true"));
    struct iam_principal *all[] = {
        lambda(),
        iam_service_principal("sqs"),
        iam_service_principal("logs.eu-west-1.amazonaws.com"),
        iam_service_principal("ec2.amazonaws.com.cn"),
        iam_service_principal_in_region("states.amazonaws.com", "ap-east-1"),
        iam_service_principal_in_region("states.amazonaws.com", "us-east-1"),
        iam_arn_principal(string("arn:aws:iam::222222222222:role/x")),
        account("222222222222"),
        iam_account_root_principal(),
        iam_organization_principal("o-1234567890"),
        iam_any_principal(),
        iam_star_principal(),
        iam_canonical_user_principal(string("abc")),
        iam_federated_principal(string("accounts.google.com"), condition("StringEquals", "aud", "me"), NULL),
        iam_composite_principal(PRINCIPALS(lambda(), account("333333333333"), iam_service_principal("ecs"))),
        with_mfa,
        imported->principal,
        plain_role(stack->node, "Role")->principal,
    };
    struct iam_policy_document *document = document_resource(stack);

    for (int i = 0; i < (int)(ARRAY_SIZE(all)); i++)
        iam_policy_document_add(document,
            iam_statement_new(&(struct iam_statement_props){
                .sid = value_string(stringf("S%d", i)),
                .actions = TEXTS("sqs:SendMessage"),
                .resources = VALUES(string("*")),
                .principals = PRINCIPALS(all[i]),
                .conditions = all[i] == with_mfa ? condition("Bool", "aws:SecureTransport", "true") : NULL,
            }));
    iam_policy_document_add(document, not_statement());
    iam_policy_document_add(document, not_actions_statement());
}

// One statement for merging; what is not given is the usual.
struct sample {
    const char *sid;
    enum iam_effect effect;
    const char *actions[4], *not_actions[3];
    struct value *resources[3];
    struct iam_principal *principals[3];
    struct value *conditions;
};

static void add_sample(struct iam_policy_document *document, const struct sample *sample)
{
    struct iam_principal *usual[] = { iam_arn_principal(string("p")), NULL };

    iam_policy_document_add(document,
        iam_statement_new(&(struct iam_statement_props){
            .sid = sample->sid,
            .effect = sample->effect,
            .actions = sample->actions,
            .not_actions = sample->not_actions,
            .resources = sample->resources,
            .principals = sample->principals[0] ? sample->principals : usual,
            .conditions = sample->conditions,
        }));
}

static void add_mergeable(struct stack *stack, struct iam_policy_document *document)
{
    struct resource *target = topic(stack->node, "Topic");
    struct value *a = ref(target), *b = get_att(target, "TopicName");
    struct iam_principal *ecs = iam_service_principal("ecs");
    const struct sample samples[] = {
        { .actions = { "s3:PutObject" }, .resources = { string("z"), string("a") } },
        { .actions = { "s3:GetObject", "s3:Abort*" }, .resources = { string("a"), string("z") } },
        { .actions = { "s3:GetObject" }, .resources = { string("other") } },
        { .actions = { "s3:ListBucket" }, .resources = { a } },
        { .actions = { "s3:ListBucket" }, .resources = { concatf("%v/*", b) } },
        { .actions = { "s3:ListBucket" }, .resources = { b } },
        { .actions = { "s3:ListBucket" }, .resources = { a } },
        { .actions = { "sns:Publish" }, .resources = { a }, .principals = { lambda() } },
        { .actions = { "sns:Publish" },
            .resources = { a },
            .principals = { iam_service_principal("ecs"), account("222222222222") } },
        { .actions = { "sns:Publish" }, .resources = { a }, .principals = { ecs } },
        { .actions = { "sns:Publish" }, .resources = { a }, .principals = { iam_star_principal() } },
        { .actions = { "kms:Decrypt" },
            .resources = { string("*") },
            .conditions = condition("StringEquals", "x", "y") },
        { .actions = { "kms:Encrypt" },
            .resources = { string("*") },
            .conditions = condition("StringEquals", "x", "y") },
        { .actions = { "kms:Encrypt" },
            .resources = { string("*") },
            .conditions = condition("StringEquals", "x", "z") },
        { .actions = { "kms:Encrypt" }, .resources = { string("*") }, .sid = "Named" },
        { .actions = { "kms:Encrypt" }, .resources = { string("*") }, .sid = "Named" },
        { .actions = { "kms:Encrypt" }, .resources = { string("*") }, .effect = IAM_DENY },
        { .actions = { "kms:Create*" }, .resources = { string("*") }, .effect = IAM_DENY },
        { .not_actions = { "iam:B", "iam:A" },
            .resources = { string("r2") },
            .principals = { iam_any_principal() } },
        { .not_actions = { "iam:A", "iam:B" },
            .resources = { string("r1") },
            .principals = { iam_any_principal() } },
        { .actions = { "b:*", "a:*", "c:Do" }, .resources = { string("x") } },
        { .actions = { "c:Do", "a:*", "b:*" }, .resources = { string("x") } },
    };

    for (size_t i = 0; i < ARRAY_SIZE(samples); i++)
        add_sample(document, &samples[i]);
}

static void merge(struct stack *stack)
{
    add_mergeable(stack, document_resource(stack));
}

static void merge_given(struct stack *stack)
{
    struct iam_policy_document *document = document_resource(stack);

    iam_policy_document_set_minimize(document, true);
    iam_policy_document_set_assign_sids(document);
    add_mergeable(stack, document);
}

static void assign_sids(struct stack *stack)
{
    struct iam_policy_document *document = document_resource(stack);

    iam_policy_document_set_assign_sids(document);
    add_mergeable(stack, document);
}

static const struct parity_case cases[] = {
    { "statements-principals", principals },
    { "statements-principals-agnostic", principals },
    { "statements-merge", merge },
    { "statements-merge-off", merge },
    { "statements-merge-given", merge_given },
    { "statements-assign-sids", assign_sids },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("statements", cases, argc, argv);
}
