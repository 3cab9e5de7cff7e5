// SPDX-License-Identifier: MIT
// MediaStore, CodeBuild, Cloud9, SageMaker, Lex.
#include "data/json.h"
#include "data/value.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>

#define CONTAINER "AWS::MediaStore::Container"
#define NOTEBOOK "AWS::SageMaker::NotebookInstance"

static enum verdict judge_ms3(struct policy_case *policy)
{
    static const char *const actions[] = { "*", "mediastore:*", NULL };
    const struct value *document = policy_property(policy, "Policy"), *statements;
    const char *text;
    ERROR_AUTO err = ERROR_INIT;

    if (!document)
        return NON_COMPLIANT;
    text = policy_text(policy, document);
    document = *text ? json_parse(text, strlen(text), "Policy", &err) : NULL;
    statements = policy_optional(document, "Statement");
    for (size_t i = 0, count = policy_items(policy, statements); i < count; i++)
        if (policy_denies_insecure(policy, policy_item(statements, i), actions))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static enum verdict judge_cb4(struct policy_case *policy)
{
    const struct value *key = policy_property(policy, "EncryptionKey");

    return !key || policy_is(key, "alias/aws/s3") ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_cb5(struct policy_case *policy)
{
    const struct value *environment = policy_property(policy, "Environment");
    const char *image = policy_primitive_text(policy, policy_member(policy, environment, "Image"));

    return strncmp(image, "aws/codebuild/", strlen("aws/codebuild/")) == 0 ? COMPLIANT : NON_COMPLIANT;
}

// Lex: a bot's test alias, or an alias of its own, keeps conversations as audio in S3 and as text in log
// groups.

static bool keeps_plain_audio(struct policy_case *policy, const struct value *settings)
{
    const struct value *logs = policy_optional(settings, "AudioLogSettings");

    for (size_t i = 0, count = logs ? policy_items(policy, logs) : 0; i < count; i++) {
        const struct value *log = policy_item(logs, i), *bucket;

        if (!policy_is_true(policy_member(policy, log, "Enabled")))
            continue;
        bucket = policy_member(policy, policy_member(policy, log, "Destination"), "S3Bucket");
        if (!policy_member(policy, bucket, "KmsKeyArn"))
            return true;
    }
    return false;
}

// A log group that is not in the template leaves it undecided.
static bool is_plain_group(struct policy_case *policy, const struct value *target)
{
    const struct template_resource *group;

    for (size_t index = 0; (group = policy_next(policy, "AWS::Logs::LogGroup", &index));)
        if (policy_is(target, group->id))
            return !policy_property_of(policy, group, "KmsKeyId");
    policy->name = "CloudWatchLogGroupArn";
    policy_set_undecided(policy, target);
    return false;
}

static bool keeps_plain_text(struct policy_case *policy, const struct value *settings)
{
    const struct value *logs = policy_optional(settings, "TextLogSettings");

    for (size_t i = 0, count = logs ? policy_items(policy, logs) : 0; i < count && !policy->undecided; i++) {
        const struct value *log = policy_item(logs, i), *watch;

        if (!policy_is_true(policy_member(policy, log, "Enabled")))
            continue;
        watch = policy_member(policy, policy_member(policy, log, "Destination"), "CloudWatch");
        if (is_plain_group(policy, policy_target(policy_member(policy, watch, "CloudWatchLogGroupArn"))))
            return true;
    }
    return false;
}

static enum verdict judge_lex4(struct policy_case *policy)
{
    const struct value *settings = policy_is_type(policy, "AWS::Lex::BotAlias")
        ? policy_property(policy, "ConversationLogSettings")
        : policy_optional(policy_property(policy, "TestBotAliasSettings"), "ConversationLogSettings");

    return keeps_plain_audio(policy, settings) || keeps_plain_text(policy, settings) ? NON_COMPLIANT
                                                                                     : COMPLIANT;
}

const struct rule tool_policy_rules[] = {
    POLICY("MS1", ERROR, CONTAINER, "the container keeps no access logs",
        "Who read or wrote what cannot be told later.", "Set AccessLoggingEnabled to true.",
        .demand = MUST_BE_ON, .path = "AccessLoggingEnabled"),
    POLICY("MS3", ERROR, CONTAINER, "the container takes requests without TLS",
        "What is read and written can be seen on the way.",
        "Deny mediastore:* to everybody where aws:SecureTransport is false in Policy.", .judge = judge_ms3),
    POLICY("MS4", WARNING, CONTAINER, "the container sends no metrics", "Nobody sees when it fails.",
        "Set ContainerLevelMetrics of MetricPolicy to ENABLED.", .demand = MUST_BE_TEXT,
        .path = "MetricPolicy/ContainerLevelMetrics", .text = "ENABLED"),
    POLICY("MS7", WARNING, CONTAINER, "the container has no policy",
        "Who may use it is said nowhere near it.", "Set Policy.", .demand = MUST_EXIST, .path = "Policy"),
    POLICY("MS8", WARNING, CONTAINER, "the container has no CORS policy",
        "Players in browsers on other sites cannot read from it, or it is opened to all in a hurry.",
        "Set CorsPolicy.", .demand = MUST_NOT_BE_EMPTY, .path = "CorsPolicy"),
    POLICY("MS10", WARNING, CONTAINER, "the container has no lifecycle policy",
        "What nobody needs any more is kept, and paid for.", "Set LifecyclePolicy.", .demand = MUST_EXIST,
        .path = "LifecyclePolicy"),
    POLICY("CB4", ERROR, "AWS::CodeBuild::Project", "artifacts of the project have no key of their own",
        "Who may read them cannot be said, or taken back, with a key.",
        "Set EncryptionKey to a key of the customer.", .judge = judge_cb4),
    POLICY("CB5", WARNING, "AWS::CodeBuild::Project", "the project builds in an image of its own",
        "Nobody but its owner keeps it without known weaknesses.",
        "Use an image of CodeBuild (aws/codebuild/...), or suppress the finding with the reason.",
        .judge = judge_cb5),
    POLICY("C91", ERROR, "AWS::Cloud9::EnvironmentEC2",
        "the environment's instance can be reached from outside", "It has to listen for SSH.",
        "Set ConnectionType to CONNECT_SSM.", .demand = MUST_BE_TEXT, .path = "ConnectionType",
        .text = "CONNECT_SSM"),
    POLICY("SM1", ERROR, NOTEBOOK, "the notebook is in no VPC of its own",
        "Security groups and routes cannot keep it from others.", "Set SubnetId.", .demand = MUST_EXIST,
        .path = "SubnetId"),
    POLICY("SM2", ERROR, NOTEBOOK, "the notebook's volume has no key of its own",
        "Who may read it cannot be said, or taken back, with a key.", "Set KmsKeyId.", .demand = MUST_EXIST,
        .path = "KmsKeyId"),
    POLICY("SM3", ERROR, NOTEBOOK, "the notebook reaches the internet directly",
        "What is on it can leave past the VPC's controls.", "Set DirectInternetAccess to Disabled.",
        .demand = MUST_BE_TEXT, .path = "DirectInternetAccess", .text = "Disabled"),
    POLICY("LEX4", ERROR, "AWS::Lex::BotAlias AWS::Lex::Bot", "conversations are kept in the clear",
        "What people told the bot can be read by whoever gets at the logs.",
        "Encrypt the bucket's objects (KmsKeyArn) and the log group (KmsKeyId) with a key.",
        .judge = judge_lex4),
    RULES_END,
};
