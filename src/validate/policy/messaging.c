// SPDX-License-Identifier: MIT
// EventBridge, SNS, SQS, Step Functions, Lambda.
#include "data/value.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>

static enum verdict judge_evb1(struct policy_case *policy)
{
    static const char *const parts[] = { "Key", "Type", "Value" };
    const struct value *condition = policy_property(policy, "Condition"), *statement;

    for (size_t i = 0; i < ARRAY_SIZE(parts) && policy_is(policy_property(policy, "Principal"), "*"); i++)
        if (!policy_optional(condition, parts[i]))
            return NON_COMPLIANT;
    statement = policy_property(policy, "Statement");
    condition = policy_optional(statement, "Condition");
    return policy_is(policy_optional(statement, "Effect"), "Allow") &&
            policy_is_everybody(policy, policy_optional(statement, "Principal")) &&
            (!condition || strcmp(policy_json(condition), "{}") == 0)
        ? NON_COMPLIANT
        : COMPLIANT;
}

// Policies of topics and queues.

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool is_listed(struct policy_case *policy, const struct value *list, const struct value *name)
{
    size_t count = policy_token_kind(list) == TOKEN_TEXT ? 0 : policy_items(policy, list);

    for (size_t i = 0; i < count; i++) {
        const struct value *target = policy_target(policy_item(list, i));

        if (policy_is(target, policy->resource->id) ||
            (name && ends_with(policy_text(policy, target), policy_interpolated(name))))
            return true;
    }
    return false;
}

// How resources of a type say that they are to be reached with TLS only.
struct tls_policy {
    const char *type, *list, *name; // of the policy, its list of resources, the resource's name
    const char *const *actions;
};

static bool denies_insecure(
    struct policy_case *policy, const struct template_resource *found, const struct tls_policy *kind)
{
    const struct value *document = policy_property_of(policy, found, "PolicyDocument");
    const struct value *statements = policy_member(policy, document, "Statement");

    for (size_t i = 0, count = policy_items(policy, statements); i < count; i++)
        if (policy_denies_insecure(policy, policy_item(statements, i), kind->actions))
            return true;
    return false;
}

static enum verdict judge_tls(struct policy_case *policy, const struct tls_policy *kind)
{
    const struct template_resource *found;

    for (size_t index = 0; (found = policy_next(policy, kind->type, &index));) {
        const struct value *list = policy_property_of(policy, found, kind->list);

        if (is_listed(policy, list, policy_optional(policy->resource->properties.value, kind->name)) &&
            denies_insecure(policy, found, kind))
            return COMPLIANT;
    }
    return NON_COMPLIANT;
}

static enum verdict judge_sns3(struct policy_case *policy)
{
    static const char *const actions[] = { "sns:publish", NULL };
    static const struct tls_policy kind = { "AWS::SNS::TopicPolicy", "Topics", "TopicName", actions };

    return policy_property(policy, "KmsMasterKeyId") ? COMPLIANT : judge_tls(policy, &kind);
}

static enum verdict judge_sqs4(struct policy_case *policy)
{
    static const char *const actions[] = { "*", "sqs:*", NULL };
    static const struct tls_policy kind = { "AWS::SQS::QueuePolicy", "Queues", "QueueName", actions };

    return judge_tls(policy, &kind);
}

static enum verdict judge_sqs2(struct policy_case *policy)
{
    return !policy_property(policy, "KmsMasterKeyId") &&
            policy_is_false(policy_property(policy, "SqsManagedSseEnabled"))
        ? NON_COMPLIANT
        : COMPLIANT;
}

static bool names_queue(struct policy_case *policy, const struct value *target)
{
    const struct value *name = policy_property(policy, "QueueName");
    const char *text = policy_flattened(policy, target);

    return policy_matches(policy, text, "%s(?![\\w])", policy->resource->id) ||
        (name && policy_matches(policy, text, ":%s(?![\\w\\-_\\.])", policy_interpolated(name)));
}

// A queue that takes what others could not handle needs no such queue itself.
static enum verdict judge_sqs3(struct policy_case *policy)
{
    if (policy_property(policy, "RedrivePolicy"))
        return COMPLIANT;
    for (size_t i = 0; i < validator_resource_count(policy->validator); i++) {
        const struct template_resource *other = validator_resource_at(policy->validator, i);
        const struct value *target;

        if (strcmp(other->type, "AWS::SQS::Queue") == 0)
            target =
                policy_optional(policy_property_of(policy, other, "RedrivePolicy"), "deadLetterTargetArn");
        else if (strcmp(other->type, "AWS::Lambda::Function") == 0)
            target = policy_optional(policy_property_of(policy, other, "DeadLetterConfig"), "TargetArn");
        else
            continue;
        if (names_queue(policy, target))
            return COMPLIANT;
    }
    return NON_COMPLIANT;
}

// Lambda.

// The newest runtime of each family that aws-cdk-lib 2.276.0 has. Families are told apart by the letters that
// names begin with: those of "dotnet" begin both of two, of which the first is newer.
static const char *const latest_runtimes[] = { "dotnet10", "dotnetcore3.1", "go1.x", "java25", "nodejs24.x",
    "python3.15", "provided.al2023", "ruby4.0" };

static const char *find_latest(const char *runtime, size_t letters)
{
    for (size_t i = 0; i < ARRAY_SIZE(latest_runtimes); i++)
        if (strncmp(latest_runtimes[i], runtime, letters) == 0)
            return latest_runtimes[i];
    return NULL;
}

static enum verdict judge_l1(struct policy_case *policy)
{
    const char *runtime = value_string(policy_primitive(policy, policy_property(policy, "Runtime")));
    size_t letters = runtime ? strspn(runtime, "abcdefghijklmnopqrstuvwxyz") : 0;
    const char *latest;

    if (!runtime || !*runtime ||
        (letters == strlen("provided") && strncmp(runtime, "provided", letters) == 0))
        return NOT_APPLICABLE;
    latest = letters ? find_latest(runtime, letters) : NULL;
    if (!latest)
        policy_set_undecided(policy, policy_property(policy, "Runtime"));
    return latest && strcmp(latest, runtime) == 0 ? COMPLIANT : NON_COMPLIANT;
}

const struct rule messaging_policy_rules[] = {
    POLICY("EVB1", ERROR, "AWS::Events::EventBusPolicy", "the event bus is open to everybody",
        "Any account may send events, which rules then act on.",
        "Name the accounts in Principal, or add a condition.", .judge = judge_evb1),
    POLICY("SNS3", ERROR, "AWS::SNS::Topic", "the topic takes messages without TLS",
        "They can be read on the way.",
        "Deny sns:Publish to everybody where aws:SecureTransport is false, or set KmsMasterKeyId.",
        .judge = judge_sns3),
    POLICY("SQS2", ERROR, "AWS::SQS::Queue", "the queue is not encrypted",
        "Messages lie on disks in the clear.", "Set KmsMasterKeyId, or leave SqsManagedSseEnabled on.",
        .judge = judge_sqs2),
    POLICY("SQS3", ERROR, "AWS::SQS::Queue", "the queue has no dead-letter queue",
        "What cannot be handled is tried again until it is lost.",
        "Set deadLetterTargetArn of RedrivePolicy.", .judge = judge_sqs3),
    POLICY("SQS4", ERROR, "AWS::SQS::Queue", "the queue takes requests without TLS",
        "Messages can be read on the way.",
        "Deny sqs:* to everybody where aws:SecureTransport is false in an AWS::SQS::QueuePolicy.",
        .judge = judge_sqs4),
    POLICY("SF1", ERROR, "AWS::StepFunctions::StateMachine", "the state machine does not log all events",
        "What an execution did cannot be told later.", "Set Level of LoggingConfiguration to ALL.",
        .demand = MUST_BE_TEXT, .path = "LoggingConfiguration/Level", .text = "ALL"),
    POLICY("SF2", ERROR, "AWS::StepFunctions::StateMachine", "the state machine is not traced",
        "Where an execution spends its time cannot be told.", "Set Enabled of TracingConfiguration to true.",
        .demand = MUST_BE_ON, .path = "TracingConfiguration/Enabled"),
    POLICY("L1", ERROR, "AWS::Lambda::Function", "the function's runtime is not the newest of its family",
        "Older ones get fixes for a shorter time, and less of them.",
        "Move to the newest runtime of the language.", .judge = judge_l1),
    RULES_END,
};
