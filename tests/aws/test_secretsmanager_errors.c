// SPDX-License-Identifier: MIT
#include "aws/secretsmanager.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

static struct secretsmanager_secret *secret(struct stack *stack, struct secretsmanager_secret_props props)
{
    return secretsmanager_secret_new(stack->node, "Secret", &props);
}

static void template_without_key(struct stack *stack)
{
    secret(stack,
        (struct secretsmanager_secret_props){
            .generate_secret_string =
                &(struct secretsmanager_generator){ .secret_string_template = string("{}") },
        });
}

static void key_without_template(struct stack *stack)
{
    secret(stack,
        (struct secretsmanager_secret_props){
            .generate_secret_string = &(struct secretsmanager_generator){ .generate_string_key = "password" },
        });
}

static void generated_and_given(struct stack *stack)
{
    secret(stack,
        (struct secretsmanager_secret_props){
            .generate_secret_string = &(struct secretsmanager_generator){ 0 },
            .secret_string_value = string("hush"),
        });
}

static void two_given_values(struct stack *stack)
{
    secret(stack,
        (struct secretsmanager_secret_props){
            .secret_string_value = string("hush"),
            .secret_object_value = (struct field[]){ { "key", string("hush") }, END },
        });
}

static void replica_at_home(struct stack *stack)
{
    secret(stack,
        (struct secretsmanager_secret_props){
            .replica_regions = (struct secretsmanager_replica[]){ { .region = "eu-west-1" }, { 0 } },
        });
}

static void incomplete_arn(struct stack *stack)
{
    secretsmanager_secret_from_complete_arn(
        stack->node, "Secret", string("arn:aws:secretsmanager:eu-west-1:123456789012:secret:tango"));
}

static void arn_without_name(struct stack *stack)
{
    secretsmanager_secret_from_partial_arn(
        stack->node, "Secret", string("arn:aws:secretsmanager:eu-west-1:123456789012:secret"));
}

static void attached_twice(struct stack *stack)
{
    struct secretsmanager_secret *own = secret(stack, (struct secretsmanager_secret_props){ 0 });

    secretsmanager_secret_attach(own, string("one"), "AWS::RDS::DBCluster");
    secretsmanager_secret_attach(own, string("two"), "AWS::RDS::DBCluster");
}

static void read_by_another_account(struct stack *stack)
{
    secretsmanager_secret_grant_read(secret(stack, (struct secretsmanager_secret_props){ 0 }),
        iam_account_principal(string("210987654321")));
}

static void written_by_a_service(struct stack *stack)
{
    secretsmanager_secret_grant_write(secret(stack, (struct secretsmanager_secret_props){ 0 }),
        iam_service_principal("events.amazonaws.com"));
}

static void policy_without_principal(struct stack *stack)
{
    secretsmanager_secret_add_to_resource_policy(secret(stack, (struct secretsmanager_secret_props){ 0 }),
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "secretsmanager:GetSecretValue", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
        }));
}

static void secrets_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { template_without_key, DIAG_ERROR,
            "Case/Secret: 'secret_string_template' and 'generate_string_key' need each other: give both" },
        { key_without_template, DIAG_ERROR,
            "Case/Secret: 'secret_string_template' and 'generate_string_key' need each other: give both" },
        { generated_and_given, DIAG_ERROR,
            "Case/Secret: a secret is generated or has a given value: choose one of "
            "'generate_secret_string', 'secret_string_value' and 'secret_object_value'" },
        { two_given_values, DIAG_ERROR,
            "Case/Secret: a secret is generated or has a given value: choose one of "
            "'generate_secret_string', 'secret_string_value' and 'secret_object_value'" },
        { replica_at_home, DIAG_ERROR,
            "Case/Secret: the secret is in 'eu-west-1' already: replicas are for other regions" },
        { incomplete_arn, DIAG_ERROR,
            "Case/Secret: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:tango' is not a complete "
            "ARN: it ends with a hyphen and six characters of Secrets Manager's" },
        { arn_without_name, DIAG_ERROR, "Case/Secret: the ARN of a secret has no name in it" },
        { attached_twice, DIAG_ERROR, "Case/Secret: the secret belongs to a database already" },
        { read_by_another_account, DIAG_ERROR,
            "Case/Secret: others than roles of the account can use the secret only with a key of its own: "
            "give an 'encryption_key'" },
        { written_by_a_service, DIAG_ERROR,
            "Case/Secret: others than roles of the account can use the secret only with a key of its own: "
            "give an 'encryption_key'" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ .account = "123456789012", .region = "eu-west-1" });
}

// What is wrong with a statement is IAM's message; it is reported on the secret.
static void resource_policies_are_checked(void **state)
{
    struct app *app = app_new(&(struct app_props){ 0 });
    struct assembly assembly;

    (void)state;
    policy_without_principal(stack_new(app_node(app), "Case", &(struct stack_props){ 0 }));
    assert_false(app_synth(app, &assembly));
    assert_int_equal(app_diag_count(app, DIAG_ERROR), 1);
    assert_string_equal(construct_path(app_diag_at(app, 0)->construct), "Case/Secret");
    app_free(app);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secrets_are_checked),
        cmocka_unit_test(resource_policies_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
