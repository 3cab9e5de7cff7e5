// SPDX-License-Identifier: MIT
#include "aws/lambda.h"
#include "aws/sns.h"
#include "parity/constructs/lambda_samples.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

static struct value *condition(const char *op, const char *key, const char *text)
{
    struct value *keys = object((struct field[]){ { key, string(text) }, END });

    return object((struct field[]){ { op, keys }, END });
}

static struct value *from_one_bucket(void)
{
    struct value *conditions = condition("ArnLike", "aws:SourceArn", "arn:aws:s3:::b");

    object_set(conditions, "StringEquals",
        object((struct field[]){ { "aws:SourceAccount", string("123456789012") }, END }));
    return conditions;
}

static void principals(struct stack *stack)
{
    struct lambda_function *function = plain_function(stack, "Function");
    struct sns_topic *topic = sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ 0 });
    const struct {
        const char *id;
        struct lambda_permission_props props;
    } permissions[] = {
        { "Service",
            { .principal = iam_service_principal("sns.amazonaws.com"), .source_arn = topic->topic_arn } },
        { "Account",
            {
                .principal = iam_account_principal(string("210987654321")),
                .action = "lambda:GetFunction",
            } },
        { "Root", { .principal = iam_account_root_principal() } },
        { "Arn",
            {
                .principal = iam_arn_principal(string("arn:aws:iam::210987654321:role/x")),
                .source_account = stack->account,
            } },
        { "Organization", { .principal = iam_organization_principal("o-1234567890") } },
        { "Anybody", { .principal = iam_any_principal(), .organization_id = "o-1234567890" } },
        { "Alexa",
            {
                .principal = iam_service_principal("alexa-appkit.amazon.com"),
                .event_source_token = "token",
            } },
        { "Url",
            {
                .principal = iam_any_principal(),
                .action = "lambda:InvokeFunctionUrl",
                .function_url_auth_type = "NONE",
            } },
        { "Conditions",
            {
                .principal = iam_principal_with_conditions(
                    iam_service_principal("s3.amazonaws.com"), from_one_bucket()),
            } },
        { "OrganizationCondition",
            {
                .principal = iam_principal_with_conditions(iam_arn_principal(string("*")),
                    condition("StringEquals", "aws:PrincipalOrgID", "o-0987654321")),
            } },
    };

    for (size_t i = 0; i < ARRAY_SIZE(permissions); i++)
        lambda_function_add_permission(function, permissions[i].id, &permissions[i].props);
}

static void grant_invoke(struct stack *stack)
{
    struct lambda_function *function = plain_function(stack, "Function");
    struct iam_role *role = role_for(stack, "Role", "ec2.amazonaws.com");
    struct iam_principal *grantees[] = {
        role->principal,
        role->principal,
        plain_function(stack, "Caller")->grant_principal,
        iam_service_principal("apigateway.amazonaws.com"),
        iam_service_principal("apigateway.amazonaws.com"),
        iam_account_principal(string("210987654321")),
        iam_organization_principal("o-1234567890"),
        iam_principal_with_conditions(iam_service_principal("events.amazonaws.com"),
            condition("ArnLike", "aws:SourceArn", "arn:aws:events:::rule/r")),
        NULL,
    };

    for (struct iam_principal **at = grantees; *at; at++)
        lambda_function_grant_invoke(function, *at);
}

static void imports(struct stack *stack)
{
    struct construct *node = stack->node;
    struct iam_role *role = role_for(stack, "Role", "ec2.amazonaws.com");
    struct lambda_function *by_arn =
        lambda_function_from_arn(node, "ByArn", string("arn:aws:lambda:eu-west-1:123456789012:function:one"));
    struct lambda_function *by_name = lambda_function_from_name(node, "ByName", string("two"));
    struct lambda_function *elsewhere = lambda_function_from_arn(
        node, "Elsewhere", string("arn:aws:lambda:eu-west-1:210987654321:function:three"));
    struct lambda_function *complete = lambda_function_from_attributes(node, "Complete",
        &(struct lambda_function_import){
            .function_arn = string("arn:aws:lambda:eu-west-1:123456789012:function:four"),
            .role = iam_role_from_arn(node, "Given", string("arn:aws:iam::123456789012:role/given"), NULL),
            .skip_permissions = true,
        });
    struct lambda_function *granted[] = { by_arn, by_name, complete };
    struct lambda_function *permitted[] = { by_arn, by_name, elsewhere };

    for (size_t i = 0; i < 3; i++)
        lambda_function_grant_invoke(granted[i], role->principal);
    for (size_t i = 0; i < 3; i++)
        lambda_function_add_permission(permitted[i], "Service",
            &(struct lambda_permission_props){
                .principal = iam_service_principal("sns.amazonaws.com"),
            });
    lambda_function_add_to_role_policy(complete, allow("ses:SendEmail", "*"));
    output_new(node, "Name", &(struct output_props){ .value = by_arn->function_name });
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "lambda-permission-principals", principals },
        { "lambda-permission-grant-invoke", grant_invoke },
        { "lambda-permission-imports", imports },
        { NULL, NULL },
    };

    return parity_main("lambda-permission", cases, argc, argv);
}
