// SPDX-License-Identifier: MIT
#include "aws/iam.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"
#include "parity/constructs/samples.h"

#include <string.h>

static struct iam_policy_document *document_of(struct stack *stack, struct iam_statement *statement)
{
    struct iam_policy_document *document = iam_policy_document_new(stack->node);

    iam_policy_document_add(document, statement);
    return document;
}

static void role(struct stack *stack)
{
    struct iam_statement *first = iam_statement_new(&(struct iam_statement_props){
        .sid = "One", .actions = TEXTS("a:B", "a:A"), .resources = VALUES(string("*")) });
    struct iam_statement *second = iam_statement_new(&(struct iam_statement_props){
        .actions = TEXTS("s3:GetObject"), .resources = VALUES(string("b"), string("a")) });
    struct iam_role *made = iam_role_new(stack->node, "Role",
        &(struct iam_role_props){
            .assumed_by = lambda(),
            .role_name = string("the-role"),
            .description = "What it is for",
            .path = "/service/",
            .max_session_duration = hours(2),
            .managed_policies = VALUES(iam_aws_managed_policy("ReadOnlyAccess"),
                iam_aws_managed_policy("service-role/AWSLambdaBasicExecutionRole"),
                iam_aws_managed_policy("ReadOnlyAccess")),
            .permissions_boundary = iam_customer_managed_policy(stack->node, "the-boundary"),
            .inline_policies =
                (struct iam_inline_policy[]){
                    { "second", document_of(stack, second) },
                    { "first", document_of(stack, first) },
                    { NULL, NULL },
                },
        });

    iam_role_add_managed_policy(made, iam_aws_managed_policy("SecurityAudit"));
    iam_role_add_managed_policy(made, iam_aws_managed_policy("ReadOnlyAccess"));
    iam_role_new(stack->node, "Plain", &(struct iam_role_props){ .assumed_by = lambda(), .description = "" });
    output(stack, "Attributes", concatf("%v %v %v", made->role_arn, made->role_name, made->role_id));
}

static struct iam_role *trust(struct stack *stack, const char *id, struct iam_principal *principal)
{
    return iam_role_new(stack->node, id, &(struct iam_role_props){ .assumed_by = principal });
}

static void external_ids(struct stack *stack, struct iam_principal *trusted)
{
    iam_role_new(stack->node, "OneExternalId",
        &(struct iam_role_props){ .assumed_by = trusted, .external_ids = TEXTS("one") });
    iam_role_new(stack->node, "TwoExternalIds",
        &(struct iam_role_props){
            .assumed_by = iam_composite_principal(PRINCIPALS(trusted, iam_service_principal("ecs"))),
            .external_ids = TEXTS("one", "two"),
        });
}

static void role_trust(struct stack *stack)
{
    struct iam_principal *trusted = account("222222222222");
    struct iam_principal *pool = iam_web_identity_principal(
        string("cognito-identity.amazonaws.com"), condition("StringEquals", "aud", "pool"));
    struct value *mfa = condition("Bool", "aws:MultiFactorAuthPresent", "true");
    struct iam_principal *both = iam_composite_principal(PRINCIPALS(lambda(), trusted));
    struct iam_role *added;

    external_ids(stack, trusted);
    trust(stack, "Composite",
        iam_composite_principal(PRINCIPALS(lambda(), iam_service_principal("edgelambda"), trusted, pool)));
    trust(stack, "Conditions",
        iam_principal_with_conditions(trusted, condition("StringEquals", "aws:PrincipalTag/team", "core")));
    trust(stack, "Tags", iam_principal_with_session_tags(iam_principal_with_conditions(trusted, mfa)));
    trust(stack, "Conditioned",
        iam_principal_with_conditions(iam_principal_with_session_tags(both), condition("Bool", "x", "true")));
    trust(stack, "Federated",
        iam_federated_principal(string("accounts.google.com"), condition("StringEquals", "aud", "me"),
            "sts:AssumeRoleWithWebIdentity"));
    added = trust(stack, "Added", lambda());
    iam_role_add_to_assume_role_policy(added,
        iam_statement_new(&(struct iam_statement_props){
            .actions = TEXTS("sts:AssumeRole"), .principals = PRINCIPALS(iam_account_root_principal()) }));
    trust(stack, "Chained", added->principal);
}

static void role_trust_added(struct stack *stack)
{
    struct iam_role *made = trust(stack, "Saml",
        iam_saml_principal(string("arn:aws:iam::111111111111:saml-provider/office"),
            condition("StringEquals", "SAML:aud", "https://signin.aws.amazon.com/saml")));
    struct iam_statement *added =
        iam_statement_new(&(struct iam_statement_props){ .actions = TEXTS("sts:TagSession") });

    iam_statement_add_principal(added, iam_service_principal("ecs-tasks"));
    iam_statement_add_principal(added, account("222222222222"));
    iam_role_add_to_assume_role_policy(made, added);
}

static struct iam_grant grant_action(
    struct iam_principal *grantee, const char *action, struct value *resource, struct value *conditions)
{
    return iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = TEXTS(action),
        .resources = VALUES(resource),
        .conditions = conditions,
    });
}

static const char *success(struct iam_grant grant)
{
    return iam_grant_succeeded(&grant) ? "true" : "false";
}

static void default_policy(struct stack *stack)
{
    struct iam_role *grantee = plain_role(stack->node, "Role"), *passed;
    struct resource *target = topic(stack->node, "Topic");
    struct iam_grant grant;

    plain_role(stack->node, "Unused");
    iam_role_add_to_policy(grantee, allow("sns:Publish", ref(target)));
    iam_role_add_to_policy(grantee, allow("sns:Subscribe", ref(target)));
    grant =
        grant_action(grantee->principal, "sns:GetTopicAttributes", string("*"), condition("Bool", "x", "y"));
    iam_grant_apply_before(&grant, resource_node(topic(stack->node, "Later")));
    passed = plain_role(stack->node, "Passed");
    iam_role_grant_pass_role(passed, grantee->principal);
    iam_role_grant_assume_role(passed, grantee->principal);
    iam_role_grant(passed, grantee->principal, TEXTS("iam:GetRole", "iam:TagRole"));
    output(stack, "Success",
        stringf("%s %s", success(grant), success(iam_role_grant_pass_role(passed, lambda()))));
}

static void policy(struct stack *stack)
{
    struct iam_role *first = plain_role(stack->node, "Role"), *other = plain_role(stack->node, "Other");
    struct iam_policy *made = iam_policy_new(stack->node, "Policy",
        &(struct iam_policy_props){
            .statements = STATEMENTS(allow_all("a:B"), allow_all("a:A")), .roles = ROLES(first, other) });

    iam_policy_attach_to_role(made, first);
    iam_policy_new(stack->node, "Named",
        &(struct iam_policy_props){ .policy_name = "my-policy",
            .statements = STATEMENTS(allow_all("b:B")),
            .roles = ROLES(first),
            .force = true });
    iam_policy_new(stack->node, "Empty", &(struct iam_policy_props){ 0 });
    iam_policy_new(
        stack->node, "Unattached", &(struct iam_policy_props){ .statements = STATEMENTS(allow_all("c:C")) });
    iam_policy_new(
        stack->node, "Alone", &(struct iam_policy_props){ .roles = ROLES(plain_role(stack->node, "Third")) });
    grant_action(made->principal, "d:D", string("x"), NULL);
    output(stack, "Name", iam_policy_name(made));
}

static void managed_policy(struct stack *stack)
{
    struct iam_role *holder = plain_role(stack->node, "Role");
    struct iam_managed_policy *made = iam_managed_policy_new(stack->node, "Managed",
        &(struct iam_managed_policy_props){
            .managed_policy_name = string("managed"),
            .description = "About it",
            .path = "/x/",
            .statements = STATEMENTS(allow_all("a:B"), allow_all("a:A")),
            .roles = ROLES(holder),
        });

    iam_managed_policy_new(stack->node, "Plain",
        &(struct iam_managed_policy_props){ .statements = STATEMENTS(allow_all("a:C")) });
    iam_managed_policy_attach_to_role(made, holder);
    iam_role_add_managed_policy(plain_role(stack->node, "WithIt"), made->managed_policy_arn);
    grant_action(made->principal, "d:D", string("x"), NULL);
}

static void add_many(struct iam_role *holder, struct construct *scope, int count)
{
    struct resource *target = topic(scope, "Topic");

    for (int i = 0; i < count; i++)
        iam_role_add_to_policy(holder,
            iam_statement_new(&(struct iam_statement_props){
                .actions = TEXTS(value_string(stringf("service%d:DoSomethingWithAnActionOfALongName", i)),
                    value_string(stringf("service%d:Other", i))),
                .resources =
                    VALUES(stringf("arn:aws:service:eu-west-1:111111111111:thing/with-a-long-name-%d", i),
                        ref(target)),
            }));
}

static void overflow(struct stack *stack)
{
    struct iam_role *holder = plain_role(stack->node, "Role");
    struct iam_grant grant;

    add_many(holder, stack->node, 60);
    grant = grant_action(holder->principal, "late:Action", string("x"), NULL);
    iam_grant_apply_before(&grant, resource_node(topic(stack->node, "Later")));
    grant = grant_action(holder->principal, "service1:More", string("y"), NULL);
    iam_grant_apply_before(&grant, resource_node(topic(stack->node, "Other")));
}

static void overflow_unmerged(struct stack *stack)
{
    struct iam_role *holder = plain_role(stack->node, "Role");

    add_many(holder, stack->node, 40);
    add_many(holder, stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 })->node, 10);
}

static void overflow_large_merge(struct stack *stack)
{
    struct iam_role *holder = plain_role(stack->node, "Role");

    for (int i = 0; i < 300; i++)
        iam_role_add_to_policy(holder,
            iam_statement_new(&(struct iam_statement_props){
                .actions = TEXTS("s3:GetObject"),
                .resources = VALUES(stringf("arn:aws:s3:::bucket-with-a-name-that-is-long-%d", i)),
                .conditions = i % 2 ? condition("StringEquals", "aws:RequestTag/team", "core") : NULL,
            }));
}

static void imports(struct stack *stack)
{
    struct construct *node = stack->node;
    struct iam_role *roles[] = {
        iam_role_from_arn(node, "Mutable", string("arn:aws:iam::111111111111:role/deploy/ops/mutable"), NULL),
        iam_role_from_arn(node, "Immutable", string("arn:aws:iam::111111111111:role/immutable"),
            &(struct iam_role_import){ .immutable = true }),
        iam_role_from_arn(node, "OtherAccount", string("arn:aws:iam::222222222222:role/other"), NULL),
        iam_role_from_arn(node, "Named", string("arn:aws:iam::111111111111:role/named"),
            &(struct iam_role_import){ .default_policy_name = "Granted" }),
        iam_role_from_arn(node, "Token", ref(topic(node, "Topic")), NULL),
        iam_role_from_arn(node, "Partly",
            concatf("arn:aws:iam::%v:role/deep/%v", stack->account, ref(topic(node, "Name"))), NULL),
        iam_role_from_name(node, "ByName", "by-name", NULL),
        NULL,
    };

    for (int i = 0; roles[i]; i++) {
        iam_role_add_to_policy(roles[i], allow("sqs:SendMessage", stringf("r%d", i)));
        output(stack, value_string(stringf("Name%d", i)),
            concatf("%v %v", roles[i]->role_name, roles[i]->role_arn));
    }
    iam_managed_policy_new(node, "Managed",
        &(struct iam_managed_policy_props){ .roles = roles, .statements = STATEMENTS(allow_all("a:B")) });
}

static void imports_unique_names(struct stack *stack)
{
    char long_id[141] = "";
    const char *const ids[] = { "Mutable", "Named", memset(long_id, 'M', 140) };

    for (size_t i = 0; i < 3; i++) {
        const struct iam_role_import named = { .default_policy_name = i == 1 ? "Granted" : NULL };
        struct value *arn = stringf("arn:aws:iam::111111111111:role/%.20s", ids[i]);

        iam_role_add_to_policy(iam_role_from_arn(stack->node, ids[i], arn, &named), allow_all("a:B"));
    }
}

static void without_policy_updates(struct stack *stack)
{
    struct iam_role *made = plain_role(stack->node, "Role");
    struct iam_role *left = iam_role_without_policy_updates(made, false);

    iam_role_add_to_policy(left, allow_all("a:B"));
    iam_policy_new(stack->node, "Policy",
        &(struct iam_policy_props){ .roles = ROLES(left, iam_role_without_policy_updates(made, false)),
            .statements = STATEMENTS(allow_all("a:C")) });
    iam_managed_policy_new(stack->node, "Managed",
        &(struct iam_managed_policy_props){
            .roles = ROLES(left), .statements = STATEMENTS(allow_all("a:C")) });
}

static void precreated_roles(struct stack *stack)
{
    struct iam_role *roles[3] = { NULL };
    struct iam_managed_policy *managed;

    iam_use_precreated_roles(stack->node,
        object((struct field[]){
            { "Role", string("existing") },
            { "Case/Group/Role", string("existing-too") },
            END,
        }));
    roles[0] = plain_role(stack->node, "Role");
    roles[1] = iam_role_new(construct_new(stack->node, "Group", "Construct"), "Role",
        &(struct iam_role_props){
            .assumed_by = lambda(),
            .inline_policies =
                (struct iam_inline_policy[]){
                    { "p", document_of(stack, allow_all("a:B")) },
                    { NULL, NULL },
                },
        });
    for (int i = 0; i < 2; i++) {
        iam_role_add_to_policy(roles[i], allow_all("a:C"));
        output(stack, value_string(stringf("Role%d", i)),
            concatf("%v %v", roles[i]->role_name, roles[i]->role_arn));
    }
    managed = iam_managed_policy_new(stack->node, "Managed",
        &(struct iam_managed_policy_props){ .roles = roles, .statements = STATEMENTS(allow_all("a:C")) });
    iam_policy_new(stack->node, "Policy",
        &(struct iam_policy_props){ .roles = roles, .statements = STATEMENTS(allow_all("a:C")) });
    output(stack, "Policy0", managed->managed_policy_arn);
}

static struct stack *another_stack(struct stack *stack, const char *account_id)
{
    return stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = account_id, .region = "eu-west-1" });
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = another_stack(stack, "111111111111");
    struct iam_role *here = plain_role(stack->node, "Role");
    struct resource *one = topic(other->node, "One"), *two = topic(other->node, "Two");

    iam_role_add_to_policy(here,
        iam_statement_new(&(struct iam_statement_props){
            .actions = TEXTS("sns:Publish"),
            .resources = VALUES(ref(two), string("zzz"), ref(one), concatf("%v/*", get_att(one, "TopicName")),
                string("arn:aws")),
        }));
    iam_policy_new(other->node, "Policy",
        &(struct iam_policy_props){
            .roles = ROLES(plain_role(other->node, "Role")),
            .statements = STATEMENTS(iam_statement_new(&(struct iam_statement_props){
                .actions = TEXTS("sns:Publish"),
                .resources = VALUES(ref(one), string("x"), ref(two)),
            })),
        });
}

// Something with a policy of its own.
struct target {
    struct resource *resource;
    struct iam_policy_document *document;
    struct iam_grant_props props;
};

static struct construct *add_to_target(void *data, struct iam_statement *statement)
{
    struct target *target = data;

    iam_policy_document_add(target->document, statement);
    return resource_node(target->resource);
}

static struct iam_grant grant_to(
    struct stack *stack, const char *id, struct iam_principal *grantee, struct iam_principal *in_policy)
{
    struct target target = { .document = iam_policy_document_new(stack->node) };
    const struct iam_grant_props props = {
        .grantee = grantee,
        .actions = TEXTS("sqs:SendMessage", "sqs:GetQueueUrl"),
        .resources = VALUES(stringf("arn:%s", id), string("*")),
        .resource_self_arns = VALUES(string("self")),
        .resource_policy_principal = in_policy,
        .scope = stack->node,
    };
    const struct field properties[] = {
        { "PolicyDocument", iam_policy_document_value(target.document) },
        END,
    };

    target.resource = resource_new(stack->node, id, "AWS::SQS::QueuePolicy", object(properties));
    if (in_policy)
        return iam_grant_add_to_principal_and_resource(&props, add_to_target, &target);
    return iam_grant_add_to_principal_or_resource(&props, add_to_target, &target);
}

static struct iam_principal *role_elsewhere(struct stack *stack)
{
    struct iam_role *elsewhere = iam_role_new(another_stack(stack, "222222222222")->node, "Role",
        &(struct iam_role_props){ .assumed_by = lambda(), .role_name = string("other") });

    return iam_role_without_policy_updates(elsewhere, false)->principal;
}

static void grant_across_accounts(struct stack *stack)
{
    struct iam_principal *conditioned =
        iam_principal_with_conditions(iam_service_principal("s3"), condition("Bool", "x", "y"));
    struct construct *node = stack->node;
    const struct iam_role_import to_resources = { .immutable = true, .add_grants_to_resources = true };
    struct iam_grant grant;

    grant_to(stack, "Same", plain_role(node, "Role")->principal, NULL);
    grant_to(stack, "Different", role_elsewhere(stack), NULL);
    grant = grant_to(stack, "Account", account("333333333333"), NULL);
    iam_grant_apply_before(&grant, resource_node(topic(node, "Later")));
    grant_to(stack, "Service", conditioned, NULL);
    grant = grant_to(stack, "Both", plain_role(node, "Both2")->principal, account("444444444444"));
    iam_grant_apply_before(&grant, resource_node(topic(node, "Last")));
    grant_to(stack, "ImportedElsewhere",
        iam_role_from_arn(node, "Elsewhere", string("arn:aws:iam::222222222222:role/elsewhere"), NULL)
            ->principal,
        NULL);
    grant_to(stack, "ImportedHere",
        iam_role_from_arn(node, "Here", string("arn:aws:iam::111111111111:role/here"), &to_resources)
            ->principal,
        NULL);
}

static const struct parity_case cases[] = {
    { "iam-role", role },
    { "iam-role-trust", role_trust },
    { "iam-role-trust-added", role_trust_added },
    { "iam-default-policy", default_policy },
    { "iam-policy", policy },
    { "iam-managed-policy", managed_policy },
    { "iam-overflow", overflow },
    { "iam-overflow-unmerged", overflow_unmerged },
    { "iam-overflow-large-merge", overflow_large_merge },
    { "iam-imports", imports },
    { "iam-imports-agnostic", imports },
    { "iam-imports-unique-names", imports_unique_names },
    { "iam-without-policy-updates", without_policy_updates },
    { "iam-precreated-roles", precreated_roles },
    { "iam-cross-stack", cross_stack },
    { "iam-grant-across-accounts", grant_across_accounts },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("iam", cases, argc, argv);
}
