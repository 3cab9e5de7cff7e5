// SPDX-License-Identifier: MIT
// S3, EFS.
#include "data/value.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>
#include <strings.h>

static const char bucket_policy[] = "AWS::S3::BucketPolicy";

static bool takes_logs(struct policy_case *policy, const struct template_resource *bucket)
{
    const struct value *logging = policy_property_of(policy, bucket, "LoggingConfiguration");
    const char *target = policy_flattened(policy, policy_optional(logging, "DestinationBucketName"));

    return policy_matches(policy, target, "%s(?![\\w])", policy->resource->id) ||
        policy_is(policy_property(policy, "BucketName"), target);
}

// A bucket that others log into need not log itself.
static enum verdict judge_s1(struct policy_case *policy)
{
    const struct value *logging = policy_property(policy, "LoggingConfiguration");
    const struct template_resource *bucket;

    if (policy_optional(logging, "DestinationBucketName") || policy_optional(logging, "LogFilePrefix"))
        return COMPLIANT;
    for (size_t index = 0; (bucket = policy_next(policy, "AWS::S3::Bucket", &index));)
        if (takes_logs(policy, bucket))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static enum verdict judge_s2(struct policy_case *policy)
{
    static const char *const names[] = { "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls",
        "RestrictPublicBuckets", NULL };
    const struct value *block = policy_property(policy, "PublicAccessBlockConfiguration");
    bool is_blocked = true;

    if (!block)
        return COMPLIANT;
    for (const char *const *name = names; *name; name++)
        is_blocked &= policy_is_true(policy_primitive(policy, policy_member(policy, block, *name)));
    return is_blocked ? COMPLIANT : NON_COMPLIANT;
}

// Policies of the bucket.

static bool is_policy_of(struct policy_case *policy, const struct template_resource *other)
{
    const struct value *bucket = policy_target(policy_property_of(policy, other, "Bucket"));

    return policy_is(bucket, policy->resource->id) ||
        policy_same(bucket, policy_property(policy, "BucketName"));
}

static bool is_origin_identity(struct policy_case *policy, const struct value *principal)
{
    const struct value *account = policy_member(policy, principal, "AWS");

    return (account && strstr(policy_json(account), "CloudFront Origin Access Identity")) ||
        policy_optional(principal, "CanonicalUser");
}

static bool is_object_action(struct policy_case *policy, const struct value *action)
{
    const char *text = policy_text(policy, action);

    return strcasecmp(text, "s3:getobject") == 0 || strcasecmp(text, "s3:putobject") == 0;
}

static bool are_object_actions(struct policy_case *policy, const struct value *actions)
{
    policy->name = "Action";
    if (value_type(actions) != VALUE_ARRAY)
        return is_object_action(policy, actions);
    for (size_t i = 0; i < value_length(actions); i++)
        if (!is_object_action(policy, policy_item(actions, i)))
            return false;
    return true;
}

// What the policy allows, it allows to the identity of a distribution.
static bool allows_distribution(struct policy_case *policy, const struct template_resource *other)
{
    const struct value *document = policy_property_of(policy, other, "PolicyDocument");
    const struct value *statements = policy_member(policy, document, "Statement");
    bool found = false;

    for (size_t i = 0, count = policy_items(policy, statements); i < count; i++) {
        const struct value *statement = policy_item(statements, i);
        const struct value *principal = policy_optional(statement, "Principal");

        if (!policy_is(policy_member(policy, statement, "Effect"), "Allow"))
            continue;
        if (principal && strchr(policy_json(principal), '*'))
            return false;
        policy->name = "Principal";
        if (!is_origin_identity(policy, principal))
            continue;
        if (!are_object_actions(policy, policy_optional(statement, "Action")))
            return false;
        found = true;
    }
    return found;
}

static enum verdict judge_s5(struct policy_case *policy)
{
    const struct template_resource *other;
    bool found = false;

    if (!policy_property(policy, "WebsiteConfiguration"))
        return COMPLIANT;
    for (size_t index = 0; (other = policy_next(policy, bucket_policy, &index));)
        found |= is_policy_of(policy, other) && allows_distribution(policy, other);
    return found ? COMPLIANT : NON_COMPLIANT;
}

// What the bucket is called in the resources of a statement; `name` may be NULL.
struct bucket_words {
    const char *id, *name;
};

static bool names_bucket(
    struct policy_case *policy, const struct bucket_words *bucket, const char *text, const char *suffix)
{
    if (bucket->name)
        return policy_matches(
            policy, text, "(%s(?![\\w\\-])%s)|(%s(?![\\w\\-])%s)", bucket->id, suffix, bucket->name, suffix);
    return policy_matches(policy, text, "(%s(?![\\w\\-])%s)", bucket->id, suffix);
}

// The bucket and its objects.
static bool covers_bucket(
    struct policy_case *policy, const struct value *resources, const struct bucket_words *bucket)
{
    bool has_bucket = false, has_objects = false;

    if (value_type(resources) != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < value_length(resources) && !(has_bucket && has_objects); i++) {
        const char *text = policy_json(policy_item(resources, i)), *slash = strchr(text, '/');

        if (!has_bucket && names_bucket(policy, bucket, text, "") && !slash)
            has_bucket = true;
        else if (!has_objects && names_bucket(policy, bucket, text, ".*\\/\\*") &&
            slash == strrchr(text, '/'))
            has_objects = true;
    }
    return has_bucket && has_objects;
}

static bool denies_insecure(
    struct policy_case *policy, const struct template_resource *other, const struct bucket_words *bucket)
{
    static const char *const actions[] = { "*", "s3:*", NULL };
    const struct value *document = policy_property_of(policy, other, "PolicyDocument");
    const struct value *statements = policy_member(policy, document, "Statement");

    for (size_t i = 0, count = policy_items(policy, statements); i < count; i++) {
        const struct value *statement = policy_item(statements, i);

        if (policy_denies_insecure(policy, statement, actions) &&
            covers_bucket(policy, policy_optional(statement, "Resource"), bucket))
            return true;
    }
    return false;
}

static enum verdict judge_s10(struct policy_case *policy)
{
    const struct value *name =
        policy_property(policy, policy_is_type(policy, bucket_policy) ? "Bucket" : "BucketName");
    struct bucket_words bucket = { .id = policy->resource->id };
    const struct template_resource *other;

    if (policy_is_type(policy, bucket_policy)) {
        bucket.id = policy_interpolated(policy_target(name));
        bucket.name = value_string(name); // that of a function is a token, which no text has
        return denies_insecure(policy, policy->resource, &bucket) ? COMPLIANT : NON_COMPLIANT;
    }
    bucket.name = name ? policy_interpolated(name) : NULL;
    for (size_t index = 0; (other = policy_next(policy, bucket_policy, &index));)
        if (is_policy_of(policy, other) && denies_insecure(policy, other, &bucket))
            return COMPLIANT;
    return NON_COMPLIANT;
}

const struct rule storage_policy_rules[] = {
    POLICY("S1", ERROR, "AWS::S3::Bucket", "the bucket keeps no access logs",
        "Who read or wrote what cannot be told later.",
        "Set LoggingConfiguration, with another bucket that takes the logs.", .judge = judge_s1),
    POLICY("S2", ERROR, "AWS::S3::Bucket", "the bucket does not block public access",
        "One access control list or policy makes its objects public.",
        "Set all four of PublicAccessBlockConfiguration to true.", .judge = judge_s2),
    POLICY("S5", ERROR, "AWS::S3::Bucket", "the website in the bucket can be read past its distribution",
        "What CloudFront protects, such as with a web ACL, is open to whoever asks the bucket.",
        "Allow only s3:GetObject and s3:PutObject, to the origin access identity of the distribution.",
        .judge = judge_s5),
    POLICY("S10", ERROR, "AWS::S3::Bucket AWS::S3::BucketPolicy", "the bucket takes requests without TLS",
        "What is read and written can be seen on the way.",
        "Deny s3:* on the bucket and its objects to everybody where aws:SecureTransport is false.",
        .judge = judge_s10),
    POLICY("EFS1", ERROR, "AWS::EFS::FileSystem", "the file system is not encrypted",
        "Files lie on disks in the clear.", "Set Encrypted to true.", .demand = MUST_NOT_BE_OFF,
        .path = "Encrypted"),
    RULES_END,
};
