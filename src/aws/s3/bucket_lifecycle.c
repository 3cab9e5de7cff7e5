// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

static const char *const storage_classes[] = {
    [S3_STORAGE_CLASS_INFREQUENT_ACCESS] = "STANDARD_IA",
    [S3_STORAGE_CLASS_ONE_ZONE_INFREQUENT_ACCESS] = "ONEZONE_IA",
    [S3_STORAGE_CLASS_GLACIER] = "GLACIER",
    [S3_STORAGE_CLASS_GLACIER_INSTANT_RETRIEVAL] = "GLACIER_IR",
    [S3_STORAGE_CLASS_DEEP_ARCHIVE] = "DEEP_ARCHIVE",
    [S3_STORAGE_CLASS_INTELLIGENT_TIERING] = "INTELLIGENT_TIERING",
};

static struct value *transitions(struct s3_bucket *bucket, const struct s3_transition *given)
{
    struct value *list = array();

    for (; given && given->storage_class; given++) {
        if (given->transition_after.given == (given->transition_date != NULL))
            diag_error(
                bucket->node, "a lifecycle transition must have either transition_after or transition_date");
        array_append(list,
            object((struct field[]){
                { "StorageClass", string(storage_classes[given->storage_class]) },
                { "TransitionDate", string(given->transition_date) },
                { "TransitionInDays", whole_days(bucket, given->transition_after) },
                END,
            }));
    }
    return omit_empty(list);
}

static struct value *noncurrent_transitions(
    struct s3_bucket *bucket, const struct s3_noncurrent_version_transition *given)
{
    struct value *list = array();

    for (; given && given->storage_class; given++)
        array_append(list,
            object((struct field[]){
                { "NewerNoncurrentVersions", count_value(given->noncurrent_versions_to_retain) },
                { "StorageClass", string(storage_classes[given->storage_class]) },
                { "TransitionInDays", whole_days(bucket, given->transition_after) },
                END,
            }));
    return omit_empty(list);
}

static struct value *noncurrent_expiration(struct s3_bucket *bucket, const struct s3_lifecycle_rule *rule)
{
    if (!rule->noncurrent_version_expiration.given)
        return NULL;
    return object((struct field[]){
        { "NewerNoncurrentVersions", count_value(rule->noncurrent_versions_to_retain) },
        { "NoncurrentDays", whole_days(bucket, rule->noncurrent_version_expiration) },
        END,
    });
}

static void check(struct s3_bucket *bucket, const struct s3_lifecycle_rule *rule)
{
    bool expires = rule->expiration.given || rule->expiration_date;
    bool is_active = expires || rule->abort_incomplete_multipart_upload_after.given ||
        rule->expired_object_delete_marker || rule->noncurrent_version_expiration.given ||
        rule->noncurrent_versions_to_retain.given || rule->noncurrent_version_transitions ||
        rule->transitions;

    if (!is_active)
        diag_error(bucket->node,
            "a lifecycle rule must do something: expire, abort uploads, or move objects to another storage "
            "class");
    if (rule->expired_object_delete_marker && (expires || value_length(rule->tag_filters)))
        diag_error(bucket->node,
            "a lifecycle rule with expired_object_delete_marker cannot have expiration, expiration_date or "
            "tag_filters");
}

static struct value *rule_properties(struct s3_bucket *bucket, const struct s3_lifecycle_rule *r)
{
    struct duration abort_after = r->abort_incomplete_multipart_upload_after;
    bool delete_marker = r->expired_object_delete_marker;

    return object((struct field[]){
        { "AbortIncompleteMultipartUpload",
            abort_after.given ? single("DaysAfterInitiation", whole_days(bucket, abort_after)) : NULL },
        { "ExpirationDate", string(r->expiration_date) },
        { "ExpirationInDays", whole_days(bucket, r->expiration) },
        { "ExpiredObjectDeleteMarker", delete_marker ? boolean(true) : NULL },
        { "Id", string(r->id) },
        { "NoncurrentVersionExpiration", noncurrent_expiration(bucket, r) },
        { "NoncurrentVersionTransitions", noncurrent_transitions(bucket, r->noncurrent_version_transitions) },
        { "ObjectSizeGreaterThan", count_value(r->object_size_greater_than) },
        { "ObjectSizeLessThan", count_value(r->object_size_less_than) },
        { "Prefix", string(r->prefix) },
        { "Status", string(toggle_or(r->enabled, true) ? "Enabled" : "Disabled") },
        { "TagFilters", tag_filters(r->tag_filters) },
        { "Transitions", transitions(bucket, r->transitions) },
        END,
    });
}

void s3_bucket_add_lifecycle_rule(struct s3_bucket *bucket, const struct s3_lifecycle_rule *rule)
{
    check(bucket, rule);
    array_append(bucket->state->lifecycle_rules, rule_properties(bucket, rule));
}

static struct value *lifecycle(void *data)
{
    const struct s3_bucket_state *state = data;

    if (!value_length(state->lifecycle_rules))
        return NULL;
    return object((struct field[]){
        { "Rules", state->lifecycle_rules },
        { "TransitionDefaultMinimumObjectSize", string(state->transition_default_minimum_object_size) },
        END,
    });
}

struct value *bucket_lifecycle(struct s3_bucket *bucket)
{
    return lazy(lifecycle, bucket->state);
}
