// SPDX-License-Identifier: MIT
// IAM, Cognito, KMS, Secrets Manager.
#include "data/value.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>

#define IDENTITIES "AWS::IAM::Group AWS::IAM::User AWS::IAM::Role"

static enum verdict judge_iam4(struct policy_case *policy)
{
    const struct value *arns = policy_property(policy, "ManagedPolicyArns");

    for (size_t i = 0, count = arns ? policy_items(policy, arns) : 0; i < count; i++) {
        const char *arn = policy_flattened(policy, policy_item(arns, i));

        if (strstr(arn, ":iam::aws:"))
            policy_found(policy, "Policy::%s", arn);
    }
    return policy_findings_verdict(policy);
}

static void find_action(struct policy_case *policy, const struct value *action)
{
    const char *text = policy_text(policy, action);

    if (strchr(text, '*'))
        policy_found(policy, "Action::%s", text);
}

static void find_resource(struct policy_case *policy, const struct value *resource)
{
    const char *text = policy_flattened(policy, resource);

    if (strchr(text, '*'))
        policy_found(policy, "Resource::%s", text);
}

static void find_each(struct policy_case *policy, const struct value *list,
    void (*find)(struct policy_case *policy, const struct value *item))
{
    if (value_type(list) != VALUE_ARRAY) {
        find(policy, list);
        return;
    }
    for (size_t i = 0; i < value_length(list); i++)
        find(policy, policy_item(list, i));
}

static void find_wildcards(struct policy_case *policy, const struct value *document)
{
    const struct value *statements = policy_member(policy, document, "Statement");

    for (size_t i = 0, count = statements ? policy_items(policy, statements) : 0; i < count; i++) {
        const struct value *statement = policy_item(statements, i);

        if (!policy_is(policy_member(policy, statement, "Effect"), "Allow"))
            continue;
        find_each(policy, policy_member(policy, statement, "Action"), find_action);
        find_each(policy, policy_member(policy, statement, "Resource"), find_resource);
    }
}

static enum verdict judge_iam5(struct policy_case *policy)
{
    const struct value *policies;

    if (policy_is_type(policy, "AWS::IAM::Policy") || policy_is_type(policy, "AWS::IAM::ManagedPolicy")) {
        find_wildcards(policy, policy_property(policy, "PolicyDocument"));
        return policy_findings_verdict(policy);
    }
    policies = policy_property(policy, "Policies");
    for (size_t i = 0, count = policies ? policy_items(policy, policies) : 0; i < count; i++)
        find_wildcards(policy, policy_member(policy, policy_item(policies, i), "PolicyDocument"));
    return policy_findings_verdict(policy);
}

static enum verdict judge_cog1(struct policy_case *policy)
{
    static const char *const switches[] = { "RequireUppercase", "RequireNumbers", "RequireSymbols" };
    const struct value *password = policy_optional(policy_property(policy, "Policies"), "PasswordPolicy");
    const struct value *length = policy_optional(password, "MinimumLength");

    policy->name = "MinimumLength";
    length = policy_primitive(policy, length);
    if (!length || policy_number(length, 8) < 8)
        return NON_COMPLIANT;
    for (size_t i = 0; i < ARRAY_SIZE(switches); i++)
        if (!policy_is_true(policy_primitive(policy, policy_member(policy, password, switches[i]))))
            return NON_COMPLIANT;
    return COMPLIANT;
}

static enum verdict judge_kms5(struct policy_case *policy)
{
    const struct value *spec = policy_property(policy, "KeySpec");

    if (spec && !policy_is(spec, "SYMMETRIC_DEFAULT"))
        return COMPLIANT;
    return policy_is_true(policy_primitive(policy, policy_property(policy, "EnableKeyRotation")))
        ? COMPLIANT
        : NON_COMPLIANT;
}

// What is attached to the secret counts as the secret.
static bool is_attachment(struct policy_case *policy, const struct value *target)
{
    static const char attachment[] = "AWS::SecretsManager::SecretTargetAttachment";
    const struct template_resource *found =
        value_string(target) ? validator_resource(policy->validator, value_string(target)) : NULL;

    return found && strcmp(found->type, attachment) == 0 &&
        policy_is(policy_target(policy_property_of(policy, found, "SecretId")), policy->resource->id);
}

static bool rotates(struct policy_case *policy, const struct template_resource *schedule)
{
    const struct value *target = policy_target(policy_property_of(policy, schedule, "SecretId")), *rules;

    if (!policy_is(target, policy->resource->id) && !is_attachment(policy, target))
        return false;
    rules = policy_property_of(policy, schedule, "RotationRules");
    return (policy_property_of(policy, schedule, "HostedRotationLambda") ||
               policy_property_of(policy, schedule, "RotationLambdaARN")) &&
        (policy_optional(rules, "AutomaticallyAfterDays") || policy_optional(rules, "ScheduleExpression"));
}

static enum verdict judge_smg4(struct policy_case *policy)
{
    const struct template_resource *schedule;

    for (size_t index = 0; (schedule = policy_next(policy, "AWS::SecretsManager::RotationSchedule", &index));)
        if (rotates(policy, schedule))
            return COMPLIANT;
    return NON_COMPLIANT;
}

const struct rule security_policy_rules[] = {
    POLICY("IAM4", ERROR, IDENTITIES, "a policy is one that AWS manages",
        "It allows more than is needed, and AWS may change it.",
        "Write a policy with the actions and resources that are needed.", .judge = judge_iam4),
    POLICY("IAM5", ERROR, IDENTITIES " AWS::IAM::Policy AWS::IAM::ManagedPolicy",
        "a permission has a wildcard", "It allows more than is needed, now or when AWS adds actions.",
        "Name the actions and resources, or suppress the finding with the reason.", .judge = judge_iam5),
    POLICY("COG1", ERROR, "AWS::Cognito::UserPool", "the user pool takes weak passwords",
        "They can be guessed.",
        "Ask for at least 8 characters with upper case, numbers and symbols in PasswordPolicy.",
        .judge = judge_cog1),
    POLICY("COG2", WARNING, "AWS::Cognito::UserPool", "users need no second factor",
        "Whoever has a password is in.", "Set MfaConfiguration to ON.", .demand = MUST_BE_TEXT,
        .path = "MfaConfiguration", .text = "ON"),
    POLICY("COG7", ERROR, "AWS::Cognito::IdentityPool", "the identity pool lets in who is not logged in",
        "Anybody gets AWS credentials.", "Set AllowUnauthenticatedIdentities to false.",
        .demand = MUST_NOT_BE_ON, .path = "AllowUnauthenticatedIdentities"),
    POLICY("COG8", ERROR, "AWS::Cognito::UserPool", "the user pool is not of the plus tier",
        "It does not protect against compromised passwords and suspicious log-ins.",
        "Set UserPoolTier to PLUS.", .demand = MUST_BE_TEXT, .path = "UserPoolTier", .text = "PLUS"),
    POLICY("KMS5", ERROR, "AWS::KMS::Key", "the key is not rotated",
        "What one key has ever encrypted is lost when it gets out.", "Set EnableKeyRotation to true.",
        .judge = judge_kms5),
    POLICY("SMG4", ERROR, "AWS::SecretsManager::Secret", "the secret is not rotated",
        "Who has once seen it has it for ever.",
        "Add an AWS::SecretsManager::RotationSchedule with a function and RotationRules.",
        .judge = judge_smg4),
    RULES_END,
};
