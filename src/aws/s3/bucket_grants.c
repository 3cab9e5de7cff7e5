// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

struct construct *s3_bucket_add_to_resource_policy(struct s3_bucket *bucket, struct iam_statement *statement)
{
    if (!bucket->resource)
        return NULL;
    bucket->policy = resource_policy_add(&bucket->state->policy, bucket->node,
        &(struct resource_policy_props){
            .construct_type = "s3.BucketPolicy",
            .type = "AWS::S3::BucketPolicy",
            .target_key = "Bucket",
            .target = bucket->bucket_name,
        },
        statement);
    return bucket->policy;
}

static struct construct *add_to_policy(void *resource, struct iam_statement *statement)
{
    return s3_bucket_add_to_resource_policy(resource, statement);
}

struct value *s3_bucket_arn_for_objects(const struct s3_bucket *bucket, const char *pattern)
{
    return concatf("%v/%s", bucket->bucket_arn, pattern);
}

static struct value *with_key(struct value *base, const char *key)
{
    return key ? concatf("%v/%s", base, *key == '/' ? key + 1 : key) : base;
}

struct value *s3_bucket_url_for_object(const struct s3_bucket *bucket, const char *key)
{
    struct value *base =
        concatf("https://s3.%v.%v/%v", bucket->state->region, aws_url_suffix(), bucket->bucket_name);

    return with_key(base, key);
}

struct value *s3_bucket_s3_url_for_object(const struct s3_bucket *bucket, const char *key)
{
    return with_key(concatf("s3://%v", bucket->bucket_name), key);
}

#define READ_ACTIONS "s3:GetObject*", "s3:GetBucket*", "s3:List*"
#define DELETE_ACTIONS "s3:DeleteObject*"
#define PUT_ACTIONS                                                                                          \
    "s3:PutObject", "s3:PutObjectLegalHold", "s3:PutObjectRetention", "s3:PutObjectTagging",                 \
        "s3:PutObjectVersionTagging", "s3:Abort*"
enum { ACTION_LIMIT = 12 };

// What each kind of access takes (CDK's perms.js).
static const struct access {
    bool bucket_too;                       // the bucket itself, besides its objects
    const char *actions[ACTION_LIMIT];     // end with NULL
    const char *key_actions[ACTION_LIMIT]; // likewise: on the key that objects are encrypted with
} accesses[] = {
    [S3_ACCESS_READ] = { true, { READ_ACTIONS }, { "kms:Decrypt", "kms:DescribeKey" } },
    [S3_ACCESS_WRITE] = { true, { DELETE_ACTIONS, PUT_ACTIONS },
        { "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Decrypt" } },
    [S3_ACCESS_READ_WRITE] = { true, { READ_ACTIONS, DELETE_ACTIONS, PUT_ACTIONS },
        { "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*" } },
    [S3_ACCESS_PUT] = { false, { PUT_ACTIONS },
        { "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Decrypt" } },
    [S3_ACCESS_PUT_ACL] = { false, { "s3:PutObjectAcl", "s3:PutObjectVersionAcl" }, { NULL } },
    [S3_ACCESS_DELETE] = { false, { DELETE_ACTIONS }, { NULL } },
    [S3_ACCESS_GET] = { false, { "s3:GetObject" }, { NULL } },
};

struct iam_grant s3_bucket_grant(
    struct s3_bucket *bucket, struct iam_principal *grantee, enum s3_access kind, const char *pattern)
{
    const struct access *access = &accesses[kind];
    struct value *objects = s3_bucket_arn_for_objects(bucket, pattern);
    struct value *resources[] = { access->bucket_too ? bucket->bucket_arn : objects,
        access->bucket_too ? objects : NULL, NULL };
    const struct iam_grant_props props = {
        .grantee = grantee,
        .actions = access->actions,
        .resources = resources,
        .scope = bucket->node,
        .resource_account = bucket->state->account,
    };
    struct iam_grant result = iam_grant_add_to_principal_or_resource(&props, add_to_policy, bucket);

    if (access->key_actions[0] && bucket->encryption_key)
        kms_key_grant(bucket->encryption_key, grantee, access->key_actions);
    return result;
}

struct iam_grant s3_bucket_grant_read(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    return s3_bucket_grant(bucket, grantee, S3_ACCESS_READ, "*");
}

struct iam_grant s3_bucket_grant_write(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    return s3_bucket_grant(bucket, grantee, S3_ACCESS_WRITE, "*");
}

struct iam_grant s3_bucket_grant_put(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    return s3_bucket_grant(bucket, grantee, S3_ACCESS_PUT, "*");
}

struct iam_grant s3_bucket_grant_put_acl(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    return s3_bucket_grant(bucket, grantee, S3_ACCESS_PUT_ACL, "*");
}

struct iam_grant s3_bucket_grant_delete(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    return s3_bucket_grant(bucket, grantee, S3_ACCESS_DELETE, "*");
}

struct iam_grant s3_bucket_grant_read_write(struct s3_bucket *bucket, struct iam_principal *grantee)
{
    return s3_bucket_grant(bucket, grantee, S3_ACCESS_READ_WRITE, "*");
}

struct iam_grant s3_bucket_grant_public_access(struct s3_bucket *bucket, const char *key_prefix)
{
    if (bucket->disallow_public_access)
        diag_error(bucket->node,
            "the bucket cannot be made public while block_public_access blocks public policies");
    return s3_bucket_grant(bucket, iam_any_principal(), S3_ACCESS_GET, key_prefix);
}
