// SPDX-License-Identifier: MIT
#include "aws/iam.h"
#include "cdk/resource.h"
#include "parity/constructs/samples.h"

#include "aws/diag_case.h"

static struct iam_role *role_with(struct stack *stack, struct iam_role_props props)
{
    props.assumed_by = props.assumed_by ? props.assumed_by : lambda();
    return iam_role_new(stack->node, "Role", &props);
}

static struct iam_role *some_role(struct stack *stack)
{
    return plain_role(stack->node, "Role");
}

// Roles.

static void role_name_with_blank(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .role_name = string("my role") });
}

static void long_role_name(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .role_name = stringf("%065d", 0) });
}

static void role_path_without_end(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .path = "/service" });
}

static void role_path_of_two_slashes(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .path = "//" });
}

static void long_role_description(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .description = value_string(stringf("%01001d", 0)) });
}

static void short_session(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .max_session_duration = minutes(59) });
}

static void long_session(struct stack *stack)
{
    role_with(stack, (struct iam_role_props){ .max_session_duration = seconds(12 * 3600 + 1) });
}

static void trust_without_principal(struct stack *stack)
{
    iam_role_add_to_assume_role_policy(some_role(stack),
        iam_statement_new(&(struct iam_statement_props){ .actions = TEXTS("sts:AssumeRole") }));
}

static void role_of_no_arn(struct stack *stack)
{
    iam_role_from_arn(stack->node, "Role", string("role/x"), NULL);
}

static void mutable_with_grants_to_resources(struct stack *stack)
{
    iam_role_from_arn(stack->node, "Role", string("arn:aws:iam::111111111111:role/x"),
        &(struct iam_role_import){ .add_grants_to_resources = true });
}

static void managed_policy_for_imported_role(struct stack *stack)
{
    struct iam_role *role =
        iam_role_from_arn(stack->node, "Role", string("arn:aws:iam::111111111111:role/x"), NULL);

    iam_role_add_managed_policy(role, iam_aws_managed_policy("ReadOnlyAccess"));
}

static void assumed_by_service(struct stack *stack)
{
    iam_role_grant_assume_role(some_role(stack), lambda());
}

static void add_managed_policies(struct iam_role *role, int count)
{
    for (int i = 0; i < count; i++)
        iam_role_add_managed_policy(role, stringf("arn:aws:iam::aws:policy/P%d", i));
    iam_role_add_to_policy(role, allow_all("s3:GetObject"));
}

static void eleven_managed_policies(struct stack *stack)
{
    add_managed_policies(some_role(stack), 11);
}

static void many_managed_policies(struct stack *stack)
{
    add_managed_policies(some_role(stack), 21);
}

static void precreated_role_without_name(struct stack *stack)
{
    iam_use_precreated_roles(stack->node, object((struct field[]){ END }));
    some_role(stack);
}

static void precreated_role_with_needs(struct stack *stack)
{
    const struct field names[] = { { "Role", string("made-by-hand") }, END };

    iam_use_precreated_roles(stack->node, object(names));
    iam_role_add_to_policy(some_role(stack), allow_all("s3:GetObject"));
}

static const struct diag_case role_cases[] = {
    { role_name_with_blank, DIAG_ERROR,
        "Case/Role: the role name 'my role' must be 1 to 64 letters, digits or characters of '_+=,.@-'" },
    { long_role_name, DIAG_ERROR,
        "Case/Role: the role name '00000000000000000000000000000000000000000000000000000000000000000' must "
        "be 1 to 64 letters, digits or characters of '_+=,.@-'" },
    { role_path_without_end, DIAG_ERROR,
        "Case/Role: the role path '/service' must be '/', or 3 to 512 visible characters that begin and end "
        "with '/'" },
    { role_path_of_two_slashes, DIAG_ERROR,
        "Case/Role: the role path '//' must be '/', or 3 to 512 visible characters that begin and end with "
        "'/'" },
    { long_role_description, DIAG_ERROR, "Case/Role: the role's description is longer than 1000 characters" },
    { short_session, DIAG_ERROR,
        "Case/Role: max_session_duration is 3540 seconds; it must be 1 hour to 12 hours" },
    { long_session, DIAG_ERROR,
        "Case/Role: max_session_duration is 43201 seconds; it must be 1 hour to 12 hours" },
    { trust_without_principal, DIAG_ERROR, "Case/Role: a statement of a trust policy must have a principal" },
    { role_of_no_arn, DIAG_ERROR,
        "Case: 'role/x' is not an ARN; it must look like 'arn:partition:service:region:account:resource'" },
    { mutable_with_grants_to_resources, DIAG_ERROR,
        "Case: add_grants_to_resources can be set only for a role that is imported as immutable" },
    { managed_policy_for_imported_role, DIAG_WARNING,
        "Case/Role: the imported role keeps the managed policies that it has; attach a policy made here with "
        "iam_managed_policy_attach_to_role" },
    { assumed_by_service, DIAG_ERROR,
        "Case/Role: a service or an account is let assume the role by its trust policy; use "
        "iam_role_add_to_assume_role_policy" },
    { eleven_managed_policies, DIAG_WARNING,
        "Case/Role: the role's policy is large: it takes 11 managed policies, and more than 10 need a higher "
        "quota" },
    { many_managed_policies, DIAG_WARNING,
        "Case/Role: the role's policy is too large: it takes 21 managed policies, and a role can have 20" },
    { precreated_role_without_name, DIAG_ERROR,
        "Case/Role: roles are to exist already and none is named for this path; name one in "
        "iam_use_precreated_roles" },
    { precreated_role_with_needs, DIAG_INFO,
        "Case/Role: the role 'made-by-hand' must exist and allow "
        "{\"Statement\":[{\"Action\":\"s3:GetObject\",\"Effect\":\"Allow\",\"Resource\":\"*\"}],\"Version\":\"2012-10-17\"}" },
    { 0 },
};

// Statements: what is wrong with one is told on the document that it is added to.

static void add_to_document(struct stack *stack, struct iam_statement_props props)
{
    struct iam_policy_document *document = iam_policy_document_new(stack->node);

    iam_policy_document_add(document, iam_statement_new(&props));
    resource_new(stack->node, "Queue", "AWS::SQS::QueuePolicy",
        object((struct field[]){ { "PolicyDocument", iam_policy_document_value(document) }, END }));
}

static void bad_action(struct stack *stack)
{
    add_to_document(stack, (struct iam_statement_props){ .actions = TEXTS("s3:Get Object") });
}

static void action_without_service(struct stack *stack)
{
    add_to_document(stack, (struct iam_statement_props){ .actions = TEXTS("GetObject") });
}

static void actions_and_not_actions(struct stack *stack)
{
    add_to_document(stack,
        (struct iam_statement_props){
            .actions = TEXTS("s3:GetObject"), .not_actions = TEXTS("s3:PutObject") });
}

static void resources_and_not_resources(struct stack *stack)
{
    add_to_document(stack,
        (struct iam_statement_props){
            .resources = VALUES(string("a")), .not_resources = VALUES(string("b")) });
}

static void principals_and_not_principals(struct stack *stack)
{
    add_to_document(stack,
        (struct iam_statement_props){
            .principals = PRINCIPALS(lambda()), .not_principals = PRINCIPALS(lambda()) });
}

static void everybody_and_someone(struct stack *stack)
{
    add_to_document(
        stack, (struct iam_statement_props){ .principals = PRINCIPALS(iam_star_principal(), lambda()) });
}

static void everybody_in_composite(struct stack *stack)
{
    struct iam_principal *both = iam_composite_principal(PRINCIPALS(iam_star_principal(), lambda()));

    add_to_document(stack, (struct iam_statement_props){ .principals = PRINCIPALS(both) });
}

static void empty_composite(struct stack *stack)
{
    struct iam_principal *none = iam_composite_principal((struct iam_principal *[]){ NULL });

    add_to_document(stack, (struct iam_statement_props){ .principals = PRINCIPALS(none) });
}

static struct iam_principal *conditioned(void)
{
    return iam_principal_with_conditions(lambda(), condition("Bool", "x", "y"));
}

static void composite_with_conditions(struct stack *stack)
{
    struct iam_principal *both = iam_composite_principal(PRINCIPALS(conditioned(), lambda()));

    add_to_document(stack, (struct iam_statement_props){ .principals = PRINCIPALS(both) });
}

static void principals_with_other_conditions(struct stack *stack)
{
    add_to_document(stack, (struct iam_statement_props){ .principals = PRINCIPALS(conditioned(), lambda()) });
}

static void bad_organization(struct stack *stack)
{
    add_to_document(stack,
        (struct iam_statement_props){ .principals = PRINCIPALS(iam_organization_principal("o-1234")) });
}

static void condition_without_keys(struct stack *stack)
{
    add_to_document(stack,
        (struct iam_statement_props){
            .conditions = object((struct field[]){ { "Bool", string("x") }, END }) });
}

static void policy_as_principal(struct stack *stack)
{
    struct iam_policy *policy = iam_policy_new(stack->node, "Policy", &(struct iam_policy_props){ 0 });

    add_to_document(stack, (struct iam_statement_props){ .principals = PRINCIPALS(policy->principal) });
}

static void unknown_as_principal(struct stack *stack)
{
    add_to_document(
        stack, (struct iam_statement_props){ .principals = PRINCIPALS(iam_unknown_principal(stack->node)) });
}

static void grant_to_unknown(struct stack *stack)
{
    iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = iam_unknown_principal(stack->node),
        .actions = TEXTS("s3:GetObject"),
        .resources = VALUES(string("x")),
        .scope = stack->node,
    });
}

static const struct diag_case statement_cases[] = {
    { bad_action, DIAG_ERROR,
        "Case: 's3:Get Object' is not an action; it must be '*', or a service, a colon, and the name of an "
        "action, which may have wildcards" },
    { action_without_service, DIAG_ERROR,
        "Case: 'GetObject' is not an action; it must be '*', or a service, a colon, and the name of an "
        "action, which may have wildcards" },
    { actions_and_not_actions, DIAG_ERROR, "Case: a statement cannot have both actions and not_actions" },
    { resources_and_not_resources, DIAG_ERROR,
        "Case: a statement cannot have both resources and not_resources" },
    { principals_and_not_principals, DIAG_ERROR,
        "Case: a statement cannot have both principals and not_principals" },
    { everybody_and_someone, DIAG_ERROR, "Case: the principal '*' cannot be combined with others" },
    { everybody_in_composite, DIAG_ERROR, "Case: the principal '*' cannot be combined with others" },
    { empty_composite, DIAG_ERROR, "Case: a composite principal must have at least one principal" },
    { composite_with_conditions, DIAG_ERROR,
        "Case: the principals of a composite principal must not have conditions here; use one statement for "
        "each of them" },
    { principals_with_other_conditions, DIAG_ERROR,
        "Case: all principals of a statement must have the same conditions; use one statement for each of "
        "them" },
    { bad_organization, DIAG_ERROR,
        "Case: 'o-1234' is not the id of an organization; it is 'o-' and 10 to 32 lower case letters and "
        "digits" },
    { condition_without_keys, DIAG_ERROR, "Case: the condition 'Bool' must be an object of keys and values" },
    { policy_as_principal, DIAG_ERROR,
        "Case: this grant adds to the resource's policy, which cannot name a policy; grant to a role" },
    { unknown_as_principal, DIAG_ERROR,
        "Case: 'Case' was imported without its role, so no policy can name it" },
    { grant_to_unknown, DIAG_WARNING,
        "Case: add this statement to the role of this imported resource: "
        "{\"Action\":\"s3:GetObject\",\"Effect\":\"Allow\",\"Resource\":\"x\"}" },
    { 0 },
};

// Policies.

static void add_to_policy(struct stack *stack, struct iam_statement_props props)
{
    iam_role_add_to_policy(some_role(stack), iam_statement_new(&props));
}

static void identity_policy_with_principal(struct stack *stack)
{
    add_to_policy(stack,
        (struct iam_statement_props){
            .actions = TEXTS("a:B"),
            .resources = VALUES(string("*")),
            .principals = PRINCIPALS(lambda()),
        });
}

static void identity_policy_without_resource(struct stack *stack)
{
    add_to_policy(stack, (struct iam_statement_props){ .actions = TEXTS("a:B") });
}

static void identity_policy_without_action(struct stack *stack)
{
    add_to_policy(stack, (struct iam_statement_props){ .resources = VALUES(string("*")) });
}

static void identity_policy_with_odd_sid(struct stack *stack)
{
    add_to_policy(stack,
        (struct iam_statement_props){
            .sid = "My Sid", .actions = TEXTS("a:B"), .resources = VALUES(string("*")) });
}

static void validate_resource_policy(struct stack *stack, struct iam_statement_props props)
{
    struct iam_policy_document *document = iam_policy_document_new(stack->node);

    props.actions = TEXTS("a:B");
    iam_policy_document_add(document, iam_statement_new(&props));
    iam_policy_document_validate_as(document, IAM_RESOURCE_POLICY, stack->node);
}

static void resource_policy_without_principal(struct stack *stack)
{
    validate_resource_policy(stack, (struct iam_statement_props){ .resources = VALUES(string("*")) });
}

static void resource_policy_without_resource(struct stack *stack)
{
    validate_resource_policy(stack, (struct iam_statement_props){ .principals = PRINCIPALS(lambda()) });
}

static void forced_empty_policy(struct stack *stack)
{
    iam_policy_new(
        stack->node, "Policy", &(struct iam_policy_props){ .force = true, .roles = ROLES(some_role(stack)) });
}

static void forced_unattached_policy(struct stack *stack)
{
    iam_policy_new(stack->node, "Policy",
        &(struct iam_policy_props){ .force = true, .statements = STATEMENTS(allow_all("a:B")) });
}

static void named_empty_policy(struct stack *stack)
{
    iam_policy_name(iam_policy_new(
        stack->node, "Policy", &(struct iam_policy_props){ .roles = ROLES(some_role(stack)) }));
}

static void policies_of_one_name(struct stack *stack)
{
    const struct iam_policy_props props = {
        .policy_name = "same",
        .roles = ROLES(some_role(stack)),
        .statements = STATEMENTS(allow_all("a:B")),
    };

    iam_policy_new(stack->node, "First", &props);
    iam_policy_new(stack->node, "Second", &props);
}

static void empty_managed_policy(struct stack *stack)
{
    iam_managed_policy_new(stack->node, "Policy", &(struct iam_managed_policy_props){ 0 });
}

static void odd_arn_size(struct stack *stack)
{
    construct_set_context(stack->node, "@aws-cdk/aws-iam.arnSizeEstimate", string("large"));
    iam_role_add_to_policy(some_role(stack), allow_all("a:B"));
}

static const struct diag_case policy_cases[] = {
    { identity_policy_with_principal, DIAG_ERROR,
        "Case/Role/DefaultPolicy: a statement of an identity's policy cannot have principals" },
    { identity_policy_without_resource, DIAG_ERROR,
        "Case/Role/DefaultPolicy: a statement of an identity's policy must have a resource" },
    { identity_policy_without_action, DIAG_ERROR,
        "Case/Role/DefaultPolicy: a policy statement must have at least one action" },
    { identity_policy_with_odd_sid, DIAG_ERROR,
        "Case/Role/DefaultPolicy: the statement id 'My Sid' must have only letters and digits in an "
        "identity's policy" },
    { resource_policy_without_principal, DIAG_ERROR,
        "Case: a statement of a resource's policy must have a principal" },
    { resource_policy_without_resource, DIAG_ERROR,
        "Case: a statement of a resource's policy must have a resource" },
    { forced_empty_policy, DIAG_ERROR, "Case/Policy: the policy is needed and empty; add a statement to it" },
    { forced_unattached_policy, DIAG_ERROR,
        "Case/Policy: the policy is needed and attached to nobody; attach it to a role" },
    { named_empty_policy, DIAG_ERROR, "Case/Policy: the policy is needed and empty; add a statement to it" },
    { policies_of_one_name, DIAG_ERROR,
        "Case/Second: a policy named 'same' is attached to the role already" },
    { empty_managed_policy, DIAG_ERROR, "Case/Policy: the managed policy is empty; add a statement to it" },
    { odd_arn_size, DIAG_ERROR,
        "Case/Role: the context value of '@aws-cdk/aws-iam.arnSizeEstimate' must be a number" },
    { 0 },
};

static void roles_are_checked(void **state)
{
    (void)state;
    check_diag_cases(role_cases, &(struct stack_props){ 0 });
}

static void statements_are_checked(void **state)
{
    (void)state;
    check_diag_cases(statement_cases, &(struct stack_props){ 0 });
}

static void policies_are_checked(void **state)
{
    (void)state;
    check_diag_cases(policy_cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_are_checked),
        cmocka_unit_test(statements_are_checked),
        cmocka_unit_test(policies_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
