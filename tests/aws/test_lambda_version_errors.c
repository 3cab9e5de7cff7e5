// SPDX-License-Identifier: MIT
#include "aws/lambda.h"

#include "aws/diag_case.h"

static struct lambda_function *function(struct stack *stack, struct value *environment)
{
    return lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_NODEJS_22_X,
            .handler = "index.handler",
            .code = { .inline_code = "exports.handler = () => {};" },
            .environment = environment,
        });
}

static struct lambda_function *right(struct stack *stack)
{
    return function(stack, NULL);
}

static void permit(struct lambda_function *self, struct iam_principal *principal)
{
    lambda_function_add_permission(
        self, "Permission", &(struct lambda_permission_props){ .principal = principal });
}

static void permission_of_user(struct stack *stack)
{
    permit(right(stack), iam_canonical_user_principal(string("id")));
}

static struct value *conditions(const char *op, const char *key, const char *text)
{
    struct value *keys = object((struct field[]){ { key, string(text) }, END });

    return object((struct field[]){ { op, keys }, END });
}

static void strange_condition(struct stack *stack)
{
    permit(right(stack),
        iam_principal_with_conditions(
            iam_service_principal("sns.amazonaws.com"), conditions("StringLike", "aws:SourceArn", "arn:*")));
}

static void organization_and_account(struct stack *stack)
{
    struct value *both = conditions("StringEquals", "aws:PrincipalOrgID", "o-1234567890");

    object_set(object_get(both, "StringEquals"), "aws:SourceAccount", string("123456789012"));
    permit(right(stack), iam_principal_with_conditions(iam_service_principal("sns.amazonaws.com"), both));
}

static struct lambda_function *elsewhere(struct stack *stack)
{
    return lambda_function_from_arn(
        stack->node, "Elsewhere", string("arn:aws:lambda:eu-west-1:210987654321:function:f"));
}

static void permission_elsewhere(struct stack *stack)
{
    permit(elsewhere(stack), iam_service_principal("sns.amazonaws.com"));
}

static void grant_elsewhere(struct stack *stack)
{
    struct lambda_function *self = lambda_function_from_attributes(stack->node, "Elsewhere",
        &(struct lambda_function_import){
            .function_arn = string("arn:aws:lambda:eu-west-1:210987654321:function:f"),
            .same_environment = NO,
        });

    lambda_function_grant_invoke(self, iam_service_principal("sns.amazonaws.com"));
}

static void permission_then_version(struct stack *stack)
{
    struct lambda_function *self = right(stack);

    permit(self, iam_service_principal("sns.amazonaws.com"));
    lambda_function_current_version(self);
}

static void version_then_permission(struct stack *stack)
{
    struct lambda_function *self = right(stack);

    lambda_function_current_version(self);
    permit(self, iam_service_principal("sns.amazonaws.com"));
}

static void negative_concurrency(struct stack *stack)
{
    lambda_version_new(stack->node, "Version", right(stack),
        &(struct lambda_version_options){ .provisioned_concurrent_executions = -1 });
}

static void crossed_limits(struct stack *stack)
{
    lambda_version_new(stack->node, "Version", right(stack),
        &(struct lambda_version_options){
            .min_execution_environments = count(2),
            .max_execution_environments = count(1),
        });
}

static void alias_with_weights(struct stack *stack, double first, double second)
{
    struct lambda_function *self = right(stack);
    struct lambda_version *version = lambda_version_new(stack->node, "Version", self, NULL);
    const struct lambda_version_weight weights[] = { { version, first }, { version, second }, { NULL, 0 } };

    lambda_function_add_alias(self, "live", &(struct lambda_alias_options){ .additional_versions = weights });
}

static void heavy_version(struct stack *stack)
{
    alias_with_weights(stack, 0.5, -0.5);
}

static void heavy_sum(struct stack *stack)
{
    alias_with_weights(stack, 0.75, 0.5);
}

static void variables_at_edge(struct stack *stack)
{
    struct lambda_function *self =
        function(stack, object((struct field[]){ { "A", string("a") }, { "B", string("b") }, END }));

    lambda_version_edge_arn(lambda_function_current_version(self));
}

static void removed_variable_at_edge(struct stack *stack)
{
    struct lambda_function *self = right(stack);

    lambda_function_add_environment_except_at_edge(self, "A", string("a"));
    lambda_version_edge_arn(lambda_function_current_version(self));
}

static const struct diag_case permission_cases[] = {
    { permission_of_user, DIAG_ERROR,
        "Case/Function: a permission is for a service, an account, an organization, or an ARN, not for "
        "{\"CanonicalUser\":[\"id\"]}" },
    { strange_condition, DIAG_ERROR,
        "Case/Function: a permission cannot have the condition 'StringLike' on 'aws:SourceArn'" },
    { organization_and_account, DIAG_ERROR,
        "Case/Function: a permission for an organization cannot have other conditions" },
    { permission_elsewhere, DIAG_WARNING,
        "Case/Elsewhere: the permission 'Permission' has no effect: the function is imported from another "
        "account, or from one that is not known; if it is the stack's own, import it with "
        "'same_environment'" },
    { permission_then_version, DIAG_WARNING,
        "Case/Function: permissions to invoke the function do not count for its versions and aliases; grant "
        "those on the version or alias itself" },
    { version_then_permission, DIAG_WARNING,
        "Case/Function: permissions to invoke the function do not count for its versions and aliases; grant "
        "those on the version or alias itself" },
    { 0 },
};

static const struct diag_case version_cases[] = {
    { negative_concurrency, DIAG_ERROR,
        "Case/Version: 'provisioned_concurrent_executions' must be at least 1, got -1" },
    { crossed_limits, DIAG_ERROR,
        "Case/Version: 'min_execution_environments' must not be above 'max_execution_environments'" },
    { heavy_version, DIAG_ERROR,
        "Case/Function/Aliaslive: the weight of a version must be between 0 and 1, got -0.5" },
    { heavy_sum, DIAG_ERROR,
        "Case/Function/Aliaslive: the weights of additional versions add up to 1.25, at most 1 is possible" },
    { variables_at_edge, DIAG_ERROR,
        "Case/Function: a function at the edge has no environment variables; take out A, B, or add what only "
        "other uses need with lambda_function_add_environment_except_at_edge" },
    { removed_variable_at_edge, DIAG_INFO,
        "Case/Function: removed environment variable 'A', which Lambda@Edge does not have" },
    { 0 },
};

static void permissions_are_checked(void **state)
{
    (void)state;
    check_diag_cases(
        permission_cases, &(struct stack_props){ .account = "123456789012", .region = "eu-west-1" });
}

static void versions_are_checked(void **state)
{
    (void)state;
    check_diag_cases(version_cases, &(struct stack_props){ 0 });
}

// What an imported function does not let us change is said twice: why, and for whom that is a mistake.
static void grant_on_unknown_function_is_refused(void **state)
{
    struct app *app = app_new(&(struct app_props){ 0 });

    (void)state;
    grant_elsewhere(stack_new(app_node(app), "Case", &(struct stack_props){ 0 }));
    assert_int_equal(app_diag_count(app, DIAG_WARNING), 1);
    assert_int_equal(app_diag_count(app, DIAG_ERROR), 1);
    assert_string_equal(app_diag_at(app, 1)->message,
        "the policy of this imported function cannot be changed from here; import it with "
        "'same_environment', or with 'skip_permissions' if the permission exists");
    app_free(app);
}

static void skipped_permissions_are_left_out_silently(void **state)
{
    struct app *app = app_new(&(struct app_props){ 0 });
    struct stack *stack = stack_new(app_node(app), "Case", &(struct stack_props){ 0 });
    struct lambda_function *self = lambda_function_from_attributes(stack->node, "Elsewhere",
        &(struct lambda_function_import){
            .function_arn = string("arn:aws:lambda:eu-west-1:210987654321:function:f"),
            .skip_permissions = true,
        });

    (void)state;
    permit(self, iam_service_principal("sns.amazonaws.com"));
    lambda_function_grant_invoke(self, iam_service_principal("sns.amazonaws.com"));
    assert_int_equal(app_diag_total(app), 0);
    assert_int_equal(construct_child_count(self->node), 0);
    app_free(app);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permissions_are_checked),
        cmocka_unit_test(versions_are_checked),
        cmocka_unit_test(grant_on_unknown_function_is_refused),
        cmocka_unit_test(skipped_permissions_are_left_out_silently),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
