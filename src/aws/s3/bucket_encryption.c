// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

static bool takes_key(enum s3_encryption encryption)
{
    return encryption == S3_ENCRYPTION_KMS || encryption == S3_ENCRYPTION_DSSE;
}

static struct kms_key *new_key(const struct s3_bucket *bucket)
{
    bool rotates = bucket->state->encryption == S3_ENCRYPTION_KMS;
    const char *description = arena_printf(value_arena(), "Created by %s", construct_path(bucket->node));

    return kms_key_new(bucket->node, "Key",
        &(struct kms_key_props){
            .description = description,
            .enable_key_rotation = rotates ? YES : TOGGLE_DEFAULT,
        });
}

void bucket_set_encryption(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    enum s3_encryption encryption = props->encryption;

    if (encryption == S3_ENCRYPTION_DEFAULT)
        encryption = props->encryption_key ? S3_ENCRYPTION_KMS : S3_ENCRYPTION_UNENCRYPTED;
    bucket->state->encryption = encryption;
    bucket->encryption_key = props->encryption_key;
    if (props->encryption_key && !takes_key(encryption))
        diag_error(bucket->node,
            "the bucket has an encryption key, so its encryption must be S3_ENCRYPTION_KMS or "
            "S3_ENCRYPTION_DSSE");
    if (props->bucket_key_enabled == YES && encryption == S3_ENCRYPTION_UNENCRYPTED)
        diag_error(bucket->node, "the bucket has a bucket key, so it must be encrypted");
    if (takes_key(encryption) && !bucket->encryption_key)
        bucket->encryption_key = new_key(bucket);
}

static const char *const algorithms[] = {
    [S3_ENCRYPTION_S3_MANAGED] = "AES256",
    [S3_ENCRYPTION_KMS_MANAGED] = "aws:kms",
    [S3_ENCRYPTION_KMS] = "aws:kms",
    [S3_ENCRYPTION_DSSE_MANAGED] = "aws:kms:dsse",
    [S3_ENCRYPTION_DSSE] = "aws:kms:dsse",
};

struct value *bucket_encryption(const struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    enum s3_encryption encryption = bucket->state->encryption;
    const struct field by_default[] = {
        { "KMSMasterKeyID", takes_key(encryption) ? bucket->encryption_key->key_arn : NULL },
        { "SSEAlgorithm", string(algorithms[encryption]) },
        END,
    };
    const struct field rule[] = {
        { "BucketKeyEnabled", toggle_value(props->bucket_key_enabled) },
        { "ServerSideEncryptionByDefault", object(by_default) },
        END,
    };

    if (encryption == S3_ENCRYPTION_UNENCRYPTED)
        return NULL;
    return single("ServerSideEncryptionConfiguration", array_of((struct value *[]){ object(rule), NULL }));
}
