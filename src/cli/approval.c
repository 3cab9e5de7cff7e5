// SPDX-License-Identifier: MIT
#include "cli/approval.h"

#include "cdk/value.h"
#include "cli/cli.h"
#include "cli/prompt.h"
#include "deploy/deployment.h"

#include <string.h>

const char *const approval_names[] = { "never", "any-change", "broadening", "destructive", NULL };

// Types through which somebody gets to do something, or to reach something. A change to one of them counts as
// broadening; one that narrows is not told apart.
static const char *const security_types[] = {
    "AWS::IAM::",
    "AWS::EC2::SecurityGroup",
    "AWS::Lambda::Permission",
    "AWS::KMS::Key",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SSO::",
};

enum approval approval_from_name(const char *name)
{
    static const enum approval approvals[] = { APPROVAL_NEVER, APPROVAL_ANY_CHANGE, APPROVAL_BROADENING,
        APPROVAL_DESTRUCTIVE };

    for (size_t i = 0; name && approval_names[i]; i++)
        if (strcmp(approval_names[i], name) == 0)
            return approvals[i];
    return APPROVAL_BROADENING;
}

static const char *text_of(const struct value *change, const char *key)
{
    const char *text = value_string(object_get(change, key));

    return text ? text : "";
}

static bool is_about_security(const struct value *change)
{
    const char *type = text_of(change, "ResourceType");

    for (size_t i = 0; i < sizeof(security_types) / sizeof(*security_types); i++)
        if (strncmp(type, security_types[i], strlen(security_types[i])) == 0)
            return strcmp(text_of(change, "Action"), "Remove") != 0;
    return false;
}

static bool is_destructive(const struct value *change)
{
    const char *replacement = text_of(change, "Replacement");

    return strcmp(text_of(change, "Action"), "Remove") == 0 || strcmp(replacement, "True") == 0 ||
        strcmp(replacement, "Conditional") == 0;
}

static bool is_any(const struct value *change)
{
    (void)change;
    return true;
}

typedef bool matches_fn(const struct value *change);

static matches_fn *const matches[] = {
    [APPROVAL_BROADENING] = is_about_security,
    [APPROVAL_NEVER] = NULL,
    [APPROVAL_ANY_CHANGE] = is_any,
    [APPROVAL_DESTRUCTIVE] = is_destructive,
};

static const struct value *change_at(const struct stack_job *job, size_t index)
{
    return object_get(array_at(job->changes, index), "ResourceChange");
}

static bool is_needed(matches_fn *matching, const struct stack_job *job)
{
    for (size_t i = 0; matching && i < value_length(job->changes); i++)
        if (matching(change_at(job, i)))
            return true;
    return false;
}

static void show(const struct cli *cli, matches_fn *matching, const struct stack_job *job)
{
    for (size_t i = 0; i < value_length(job->changes); i++) {
        const struct value *change = change_at(job, i);
        const char *id = text_of(change, "LogicalResourceId");
        const char *construct = cloud_stack_construct(job->stack, id);
        const char *replacement = text_of(change, "Replacement");

        if (matching(change))
            cli_info(cli, "  %-6s  %s  %s%s", text_of(change, "Action"), text_of(change, "ResourceType"),
                construct ? construct : id,
                strcmp(replacement, "True") == 0              ? " (replaced)"
                    : strcmp(replacement, "Conditional") == 0 ? " (may be replaced)"
                                                              : "");
    }
}

bool approval_given(
    const struct cli *cli, enum approval wanted, const struct stack_job *job, const char **ret_problem)
{
    static const char *const kinds[] = { [APPROVAL_BROADENING] = "security",
        [APPROVAL_ANY_CHANGE] = "these",
        [APPROVAL_DESTRUCTIVE] = "destructive" };

    if (!is_needed(matches[wanted], job))
        return true;
    cli_info(cli, "%s: %s changes need approval", job->stack->display_name, kinds[wanted]);
    show(cli, matches[wanted], job);
    if (!prompt_is_possible()) {
        *ret_problem = "its changes need approval, and there is no terminal to ask at\n"
                       "--yes approves, --require-approval never does not ask";
        return false;
    }
    if (prompt_yes("Make these changes to %s?", job->stack->display_name))
        return true;
    *ret_problem = "the changes were not approved";
    return false;
}
