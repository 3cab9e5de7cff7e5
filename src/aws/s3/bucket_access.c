// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

static const char *const access_controls[] = { NULL, "Private", "PublicRead", "PublicReadWrite",
    "AuthenticatedRead", "LogDeliveryWrite", "BucketOwnerRead", "BucketOwnerFullControl", "AwsExecRead" };
static const char *const ownerships[] = { NULL, "BucketOwnerEnforced", "BucketOwnerPreferred",
    "ObjectWriter" };

// Whether the canned ACL gives anything to others than the bucket's owner.
static bool needs_object_writer(enum s3_access_control access_control)
{
    switch (access_control) {
    case S3_ACCESS_CONTROL_DEFAULT:
    case S3_ACCESS_CONTROL_PRIVATE:
    case S3_ACCESS_CONTROL_BUCKET_OWNER_READ:
    case S3_ACCESS_CONTROL_BUCKET_OWNER_FULL_CONTROL:
        return false;
    case S3_ACCESS_CONTROL_PUBLIC_READ:
    case S3_ACCESS_CONTROL_PUBLIC_READ_WRITE:
    case S3_ACCESS_CONTROL_AUTHENTICATED_READ:
    case S3_ACCESS_CONTROL_LOG_DELIVERY_WRITE:
    case S3_ACCESS_CONTROL_AWS_EXEC_READ:
        break;
    }
    return true;
}

void bucket_check_access_control(struct s3_bucket *bucket)
{
    const struct s3_bucket_state *state = bucket->state;

    if (needs_object_writer(state->access_control) &&
        state->object_ownership == S3_OBJECT_OWNERSHIP_BUCKET_OWNER_ENFORCED)
        diag_error(bucket->node,
            "the bucket's access control is '%s', so its object ownership must be "
            "S3_OBJECT_OWNERSHIP_OBJECT_WRITER",
            access_controls[state->access_control]);
}

static struct value *access_control(void *data)
{
    const struct s3_bucket_state *state = data;

    return string(access_controls[state->access_control]);
}

struct value *bucket_access_control(struct s3_bucket *bucket)
{
    return lazy(access_control, bucket->state);
}

static struct value *ownership_controls(void *data)
{
    const struct s3_bucket_state *state = data;
    enum s3_object_ownership ownership = state->object_ownership;
    struct value *rule;

    if (!ownership && needs_object_writer(state->access_control))
        ownership = S3_OBJECT_OWNERSHIP_OBJECT_WRITER;
    if (!ownership)
        return NULL;
    rule = single("ObjectOwnership", string(ownerships[ownership]));
    return single("Rules", array_of((struct value *[]){ rule, NULL }));
}

struct value *bucket_ownership_controls(struct s3_bucket *bucket)
{
    return lazy(ownership_controls, bucket->state);
}

static void let_logging_write(struct s3_bucket *bucket, const struct s3_bucket *from, const char *prefix)
{
    const char *pattern = arena_printf(value_arena(), "%s*", prefix ? prefix : "");
    const struct field from_bucket[] = {
        { "ArnLike", single("aws:SourceArn", from->bucket_arn) },
        { "StringEquals", single("aws:SourceAccount", from->state->account) },
        END,
    };
    bool same_stack = construct_stack(bucket->node) == construct_stack(from->node);

    s3_bucket_add_to_resource_policy(bucket,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "s3:PutObject", NULL },
            .resources = (struct value *[]){ s3_bucket_arn_for_objects(bucket, pattern), NULL },
            .principals =
                (struct iam_principal *[]){ iam_service_principal("logging.s3.amazonaws.com"), NULL },
            .conditions = same_stack ? object(from_bucket) : NULL,
        }));
}

void bucket_allow_log_delivery(struct s3_bucket *bucket, struct s3_bucket *from, const char *prefix)
{
    struct s3_bucket_state *state = bucket->state;

    if (construct_context_flag(bucket->node, "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy")) {
        let_logging_write(bucket, from, prefix);
        return;
    }
    if (state->access_control && state->access_control != S3_ACCESS_CONTROL_LOG_DELIVERY_WRITE)
        diag_error(bucket->node, "logs cannot be delivered to the bucket, whose access control is '%s'",
            access_controls[state->access_control]);
    state->access_control = S3_ACCESS_CONTROL_LOG_DELIVERY_WRITE;
    bucket_check_access_control(bucket);
}

static struct value *log_key_format(enum s3_log_key_format format)
{
    switch (format) {
    case S3_LOG_KEY_DEFAULT:
        break;
    case S3_LOG_KEY_SIMPLE_PREFIX:
        return single("SimplePrefix", object((struct field[]){ END }));
    case S3_LOG_KEY_PARTITIONED_BY_EVENT_TIME:
        return single("PartitionedPrefix", single("PartitionDateSource", string("EventTime")));
    case S3_LOG_KEY_PARTITIONED_BY_DELIVERY_TIME:
        return single("PartitionedPrefix", single("PartitionDateSource", string("DeliveryTime")));
    }
    return NULL;
}

struct value *bucket_logging(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    struct s3_bucket *target = props->server_access_logs_bucket;
    enum s3_encryption encryption = bucket->state->encryption;

    if (!target && !props->server_access_logs_prefix)
        return NULL;
    if (!target && (encryption == S3_ENCRYPTION_KMS_MANAGED || encryption == S3_ENCRYPTION_DSSE_MANAGED))
        diag_error(
            bucket->node, "access logs cannot be delivered to a bucket that is encrypted by AWS's own key");
    if (target && target->encryption_key)
        kms_key_grant_encrypt_decrypt(
            target->encryption_key, iam_service_principal("logging.s3.amazonaws.com"));
    return object((struct field[]){
        { "DestinationBucketName", target ? target->bucket_name : NULL },
        { "LogFilePrefix", string(props->server_access_logs_prefix) },
        { "TargetObjectKeyFormat", log_key_format(props->server_access_logs_key_format) },
        END,
    });
}

static void deny(struct s3_bucket *bucket, struct value *conditions)
{
    s3_bucket_add_to_resource_policy(bucket,
        iam_statement_new(&(struct iam_statement_props){
            .effect = IAM_DENY,
            .actions = (const char *[]){ "s3:*", NULL },
            .resources =
                (struct value *[]){ bucket->bucket_arn, s3_bucket_arn_for_objects(bucket, "*"), NULL },
            .principals = (struct iam_principal *[]){ iam_any_principal(), NULL },
            .conditions = conditions,
        }));
}

void bucket_enforce_ssl(struct s3_bucket *bucket, struct count minimum_tls_version)
{
    deny(bucket, single("Bool", single("aws:SecureTransport", string("false"))));
    if (minimum_tls_version.given)
        deny(bucket, single("NumericLessThan", single("s3:TlsVersion", count_value(minimum_tls_version))));
}
