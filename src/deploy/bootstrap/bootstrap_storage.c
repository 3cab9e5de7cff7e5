// SPDX-License-Identifier: MIT
#include "deploy/bootstrap/bootstrap_private.h"

#include <stdbool.h>

static struct value *bucket_key(void)
{
    struct value *managed = when("UseAwsManagedKey", no_value(), substituted("${FileAssetsBucketKmsKeyId}"));

    return when("CreateNewKey", substituted("${FileAssetsBucketEncryptionKey.Arn}"), managed);
}

static struct value *encryption(void)
{
    struct value *rule =
        object((struct field[]){ { "ServerSideEncryptionByDefault",
                                     object((struct field[]){ { "SSEAlgorithm", string("aws:kms") },
                                         { "KMSMasterKeyID", bucket_key() }, END }) },
            END });

    return object((struct field[]){
        { "ServerSideEncryptionConfiguration", array_of((struct value *[]){ rule, NULL }) }, END });
}

static struct value *public_access(void)
{
    return when("UsePublicAccessBlockConfiguration",
        object((struct field[]){
            { "BlockPublicAcls", boolean(true) },
            { "BlockPublicPolicy", boolean(true) },
            { "IgnorePublicAcls", boolean(true) },
            { "RestrictPublicBuckets", boolean(true) },
            END,
        }),
        no_value());
}

static struct value *lifecycle_rule(const char *id, const char *action, const char *unit, int days)
{
    return object((struct field[]){
        { "Id", string(id) },
        { "Status", string("Enabled") },
        { action, object((struct field[]){ { unit, number(days) }, END }) },
        END,
    });
}

static struct value *lifecycle(void)
{
    // Only garbage collection makes an object noncurrent.
    struct value *rules[] = {
        lifecycle_rule("CleanupOldVersions", "NoncurrentVersionExpiration", "NoncurrentDays", 30),
        lifecycle_rule(
            "AbortIncompleteMultipartUploads", "AbortIncompleteMultipartUpload", "DaysAfterInitiation", 1),
        NULL,
    };

    return object((struct field[]){ { "Rules", array_of(rules) }, END });
}

static struct value *staging_bucket(void)
{
    return object((struct field[]){
        { "Type", string("AWS::S3::Bucket") },
        { "Properties",
            object((struct field[]){
                { "BucketName",
                    when("HasCustomFileAssetsBucketName", substituted("${FileAssetsBucketName}"),
                        substituted("cdk-${Qualifier}-assets-${AWS::AccountId}-${AWS::Region}")) },
                { "AccessControl", string("Private") },
                { "BucketEncryption", encryption() },
                { "PublicAccessBlockConfiguration", public_access() },
                { "VersioningConfiguration",
                    object((struct field[]){ { "Status", string("Enabled") }, END }) },
                { "LifecycleConfiguration", lifecycle() },
                END,
            }) },
        { "UpdateReplacePolicy", string("Retain") },
        { "DeletionPolicy", string("Retain") },
        END,
    });
}

static struct value *policy_document(const char *id, struct value *statement)
{
    return object((struct field[]){
        { "Id", string(id) },
        { "Version", string("2012-10-17") },
        { "Statement", array_of((struct value *[]){ statement, NULL }) },
        END,
    });
}

static struct value *bucket_policy(void)
{
    struct value *insecure = object((struct field[]){
        { "Bool", object((struct field[]){ { "aws:SecureTransport", string("false") }, END }) }, END });
    struct value *statement = object((struct field[]){
        { "Sid", string("AllowSSLRequestsOnly") },
        { "Action", string("s3:*") },
        { "Effect", string("Deny") },
        { "Resource",
            array_of((struct value *[]){
                substituted("${StagingBucket.Arn}"), substituted("${StagingBucket.Arn}/*"), NULL }) },
        { "Condition", insecure },
        { "Principal", string("*") },
        END,
    });

    return object((struct field[]){
        { "Type", string("AWS::S3::BucketPolicy") },
        { "Properties",
            object((struct field[]){ { "Bucket", named("StagingBucket") },
                { "PolicyDocument", policy_document("AccessControl", statement) }, END }) },
        END,
    });
}

static struct value *image_reader(const char *sid, const char *service, const char *source, bool describes)
{
    return object((struct field[]){
        { "Sid", string(sid) },
        { "Effect", string("Allow") },
        { "Principal", object((struct field[]){ { "Service", string(service) }, END }) },
        { "Action",
            strings((const char *[]){ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
                describes ? "ecr:DescribeImages" : NULL, NULL }) },
        { "Condition",
            object((struct field[]){
                { "StringLike", object((struct field[]){ { "aws:sourceArn", substituted(source) }, END }) },
                END }) },
        END,
    });
}

static struct value *repository_policy(void)
{
    struct value *statements[] = {
        image_reader("LambdaECRImageRetrievalPolicy", "lambda.amazonaws.com",
            "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*", false),
        image_reader("EmrServerlessImageRetrievalPolicy", "emr-serverless.amazonaws.com",
            "arn:${AWS::Partition}:emr-serverless:${AWS::Region}:${AWS::AccountId}:/applications/*", true),
        NULL,
    };

    return object(
        (struct field[]){ { "Version", string("2012-10-17") }, { "Statement", array_of(statements) }, END });
}

static const char untagged_images[] =
    "{\"rules\":[{\"rulePriority\":1,\"description\":\"Images without a tag go after a "
    "year\",\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":365},\"action\":{\"type\":\"expire\"}}]}";

static struct value *repository(void)
{
    return object((struct field[]){
        { "Type", string("AWS::ECR::Repository") },
        { "Properties",
            object((struct field[]){
                { "ImageTagMutability", string("IMMUTABLE") },
                { "LifecyclePolicy",
                    object((struct field[]){ { "LifecyclePolicyText", string(untagged_images) }, END }) },
                { "RepositoryName",
                    when("HasCustomContainerAssetsRepositoryName",
                        substituted("${ContainerAssetsRepositoryName}"),
                        substituted("cdk-${Qualifier}-container-assets-${AWS::AccountId}-${AWS::Region}")) },
                { "RepositoryPolicyText", repository_policy() },
                END,
            }) },
        END,
    });
}

// The key of the bucket, where it has one of its own.

static struct value *key_policy(void)
{
    struct value *by_s3 = one("StringEquals",
        object((struct field[]){
            { "kms:CallerAccount", named("AWS::AccountId") },
            { "kms:ViaService",
                array_of((struct value *[]){ substituted("s3.${AWS::Region}.amazonaws.com"), NULL }) },
            END,
        }));
    struct value *statements[] = {
        bootstrap_statement(&(struct statement){
            .actions =
                NAMES("kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*",
                    "kms:Revoke*", "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:ScheduleKeyDeletion",
                    "kms:CancelKeyDeletion", "kms:GenerateDataKey", "kms:TagResource", "kms:UntagResource"),
            .principal = one("AWS", named("AWS::AccountId")),
            .resource = string("*"),
        }),
        bootstrap_statement(&(struct statement){
            .actions = bootstrap_key_use,
            .principal = one("AWS", string("*")), // as far as the condition allows
            .resource = string("*"),
            .condition = by_s3,
        }),
        bootstrap_statement(&(struct statement){
            .actions = bootstrap_key_use,
            .principal = one("AWS", substituted("${FilePublishingRole.Arn}")),
            .resource = string("*"),
        }),
        NULL,
    };

    return one("Statement", array_of(statements));
}

static struct value *key(void)
{
    return object((struct field[]){
        { "Type", string("AWS::KMS::Key") },
        { "Condition", string("CreateNewKey") },
        { "Properties", one("KeyPolicy", key_policy()) },
        { "UpdateReplacePolicy", string("Delete") },
        { "DeletionPolicy", string("Delete") },
        END,
    });
}

static struct value *key_alias(void)
{
    return object((struct field[]){
        { "Type", string("AWS::KMS::Alias") },
        { "Condition", string("CreateNewKey") },
        { "Properties",
            object((struct field[]){
                { "AliasName", substituted("alias/cdk-${Qualifier}-assets-key") },
                { "TargetKeyId", named("FileAssetsBucketEncryptionKey") },
                END,
            }) },
        END,
    });
}

struct value *bootstrap_storage(void)
{
    return object((struct field[]){
        { "FileAssetsBucketEncryptionKey", key() },
        { "FileAssetsBucketEncryptionKeyAlias", key_alias() },
        { "StagingBucket", staging_bucket() },
        { "StagingBucketPolicy", bucket_policy() },
        { "ContainerAssetsRepository", repository() },
        END,
    });
}
