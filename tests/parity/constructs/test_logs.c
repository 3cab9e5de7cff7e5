// SPDX-License-Identifier: MIT
#include "aws/kms.h"
#include "aws/logs.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"

static struct iam_role *role_of(struct stack *stack, const char *id)
{
    return iam_role_new(stack->node, id,
        &(struct iam_role_props){ .assumed_by = iam_service_principal("ec2.amazonaws.com") });
}

static void defaults(struct stack *stack)
{
    logs_log_group_new(stack->node, "Default", NULL);
    logs_log_group_new(stack->node, "Forever",
        &(struct logs_log_group_props){
            .retention = LOGS_RETENTION_INFINITE,
            .removal_policy = REMOVAL_POLICY_DESTROY,
        });
    logs_log_group_new(
        stack->node, "Month", &(struct logs_log_group_props){ .retention = LOGS_RETENTION_ONE_MONTH });
}

static void options(struct stack *stack)
{
    struct kms_key *key = kms_key_from_arn(stack->node, "Key",
        string("arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"));

    logs_log_group_new(stack->node, "Named",
        &(struct logs_log_group_props){
            .log_group_name = string("/tango/api"),
            .log_group_class = LOGS_CLASS_INFREQUENT_ACCESS,
            .deletion_protection = YES,
            .encryption_key = key,
            .removal_policy = REMOVAL_POLICY_RETAIN_ON_UPDATE_OR_DELETE,
        });
    logs_log_group_new(stack->node, "Delivered",
        &(struct logs_log_group_props){ .log_group_class = LOGS_CLASS_DELIVERY, .deletion_protection = NO });
    logs_log_group_new(stack->node, "Standard",
        &(struct logs_log_group_props){
            .log_group_class = LOGS_CLASS_STANDARD,
            .retention = LOGS_RETENTION_TEN_YEARS,
        });
}

static void grants(struct stack *stack)
{
    struct logs_log_group *group = logs_log_group_new(stack->node, "Group", NULL);

    logs_log_group_grant_write(group, role_of(stack, "Writer")->principal);
    logs_log_group_grant_read(group, role_of(stack, "Reader")->principal);
    logs_log_group_grant(
        group, role_of(stack, "Deleter")->principal, (const char *const[]){ "logs:DeleteLogStream", NULL });
}

static void resource_policy(struct stack *stack)
{
    struct logs_log_group *group = logs_log_group_new(stack->node, "Group", NULL);

    logs_log_group_grant_write(group, iam_service_principal("es.amazonaws.com"));
    logs_log_group_grant_read(group, iam_service_principal("delivery.logs.amazonaws.com"));
    logs_log_group_add_to_resource_policy(group,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "Route53",
            .actions = (const char *[]){ "logs:PutLogEvents", "logs:CreateLogStream", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ iam_service_principal("route53.amazonaws.com"), NULL },
        }));
}

static void allow(struct logs_log_group *group, const char *sid, struct iam_principal *principal)
{
    logs_log_group_add_to_resource_policy(group,
        iam_statement_new(&(struct iam_statement_props){
            .sid = sid,
            .actions = (const char *[]){ "logs:PutLogEvents", NULL },
            .resources = (struct value *[]){ group->log_group_arn, NULL },
            .principals = (struct iam_principal *[]){ principal, NULL },
        }));
}

static void resource_policy_accounts(struct stack *stack)
{
    struct logs_log_group *group = logs_log_group_new(stack->node, "Group", NULL);
    struct iam_role *elsewhere;

    allow(group, "Account", iam_account_principal(string("210987654321")));
    allow(group, "Arn", iam_arn_principal(string("arn:aws:iam::210987654321:role/x")));
    allow(group, "Any", iam_any_principal());
    allow(group, "Role", role_of(stack, "Role")->principal);
    elsewhere = iam_role_from_arn(stack->node, "Elsewhere", string("arn:aws:iam::210987654321:role/y"), NULL);
    logs_log_group_grant_write(group, elsewhere->principal);
}

static void imports(struct stack *stack)
{
    struct iam_principal *grantee = role_of(stack, "Role")->principal;
    struct logs_log_group *by_name;

    logs_log_group_grant_write(logs_log_group_from_arn(stack->node, "ByArn",
                                   string("arn:aws:logs:eu-west-1:123456789012:log-group:/tango/one:*")),
        grantee);
    logs_log_group_grant_read(logs_log_group_from_arn(stack->node, "ByBareArn",
                                  string("arn:aws:logs:eu-west-1:123456789012:log-group:/tango/two")),
        grantee);
    by_name = logs_log_group_from_name(stack->node, "ByName", string("/tango/three"));
    logs_log_group_grant_read(by_name, grantee);
    stack_export_value(stack, logs_log_group_new(stack->node, "Own", NULL)->log_group_arn);
    logs_log_group_grant_write(by_name, iam_service_principal("es.amazonaws.com"));
}

static void cross_stack(struct stack *stack)
{
    struct logs_log_group *group = logs_log_group_new(
        stack->node, "Group", &(struct logs_log_group_props){ .retention = LOGS_RETENTION_ONE_WEEK });
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });

    logs_log_group_grant_write(group, role_of(other, "Role")->principal);
    logs_log_group_grant_read(group, role_of(other, "Reader")->principal);
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "logs-defaults", defaults },
        { "logs-options", options },
        { "logs-grants", grants },
        { "logs-resource-policy", resource_policy },
        { "logs-resource-policy-accounts", resource_policy_accounts },
        { "logs-imports", imports },
        { "logs-cross-stack", cross_stack },
        { NULL, NULL },
    };

    return parity_main("logs", cases, argc, argv);
}
