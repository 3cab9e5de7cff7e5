// SPDX-License-Identifier: MIT
#include "aws/logs.h"

#include "aws/logs/log_group_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/stack.h"

#include <string.h>

// The ARN of the group itself, as actions on groups want it (log-group-arn.js).
static struct value *arn_without_stream_suffix(const struct logs_log_group *group)
{
    const char *literal = value_string(group->log_group_arn);

    if (literal)
        return string_n(literal, strlen(literal) - strlen(":*"));
    return stack_format_arn(construct_stack(group->node),
        &(struct arn_parts){
            .service = "logs",
            .resource = "log-group",
            .resource_name = group->log_group_name,
            .format = ARN_COLON_RESOURCE_NAME,
        });
}

static void make_policy(struct logs_log_group *group)
{
    struct logs_log_group_state *state = group->state;

    state->policy = construct_new(group->node, "Policy", "logs.ResourcePolicy");
    state->document = iam_policy_document_new(state->policy);
    // The document becomes text, which the CDK renders without merging statements.
    iam_policy_document_set_minimize(state->document, false);
    resource_new(state->policy, "ResourcePolicy", "AWS::Logs::ResourcePolicy",
        object((struct field[]){
            { "PolicyDocument", json_text(iam_policy_document_value(state->document)) },
            { "PolicyName", string(names_unique_id(state->policy)) },
            END,
        }));
}

// Resource policies of CloudWatch Logs name accounts, not what is in them (log-group.js,
// convertArnPrincipalToAccountId).
static struct iam_principal *account_of(struct iam_principal *principal, void *scope)
{
    struct iam_principal_description description = iam_principal_describe(principal, scope);
    const char *arn = value_string(description.arn);
    struct value *account = description.of_account;

    if (!account && description.arn && (!arn || strcmp(arn, "*") != 0))
        account = arn_split(scope, description.arn, ARN_SLASH_RESOURCE_NAME).account;
    if (!account || (value_string(account) && !*value_string(account)))
        return principal;
    return iam_arn_principal(account);
}

static struct construct *add_to_resource_policy(void *resource, struct iam_statement *statement)
{
    struct logs_log_group *group = resource;

    if (!group->state->policy)
        make_policy(group);
    iam_policy_document_add(
        group->state->document, iam_statement_with_principals(statement, account_of, group->node));
    return group->state->policy;
}

void logs_log_group_add_to_resource_policy(struct logs_log_group *group, struct iam_statement *statement)
{
    add_to_resource_policy(group, statement);
}

static struct iam_grant grant(struct logs_log_group *group, struct iam_principal *grantee,
    const char *const *actions, struct value *const *resources)
{
    return iam_grant_add_to_principal_or_resource(
        &(struct iam_grant_props){
            .grantee = grantee,
            .actions = actions,
            .resources = resources,
            .scope = group->node,
        },
        add_to_resource_policy, group);
}

struct iam_grant logs_log_group_grant(
    struct logs_log_group *group, struct iam_principal *grantee, const char *const *actions)
{
    struct value *resources[] = { arn_without_stream_suffix(group), group->log_group_arn, NULL };

    return grant(group, grantee, actions, resources);
}

struct iam_grant logs_log_group_grant_write(struct logs_log_group *group, struct iam_principal *grantee)
{
    static const char *const actions[] = { "logs:CreateLogStream", "logs:PutLogEvents", NULL };
    struct value *resources[] = { group->log_group_arn, NULL };

    return grant(group, grantee, actions, resources);
}

struct iam_grant logs_log_group_grant_read(struct logs_log_group *group, struct iam_principal *grantee)
{
    static const char *const actions[] = {
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:GetLogGroupFields",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        NULL,
    };

    return logs_log_group_grant(group, grantee, actions);
}
