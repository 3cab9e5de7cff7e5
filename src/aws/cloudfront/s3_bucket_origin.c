// SPDX-License-Identifier: MIT
#include "aws/cloudfront/origin_private.h"

#include "aws/iam.h"
#include "aws/kms.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/arena.h"

enum { MAX_ACTIONS = 8 };

static const struct {
    const char *bucket_action;
    const char *key_actions[2];
} permissions[] = {
    [CLOUDFRONT_ACCESS_READ] = { "s3:GetObject", { "kms:Decrypt" } },
    [CLOUDFRONT_ACCESS_READ_VERSIONED] = { "s3:GetObjectVersion", { NULL } },
    [CLOUDFRONT_ACCESS_LIST] = { "s3:ListBucket", { NULL } },
    [CLOUDFRONT_ACCESS_WRITE] = { "s3:PutObject", { "kms:Encrypt", "kms:GenerateDataKey*" } },
    [CLOUDFRONT_ACCESS_DELETE] = { "s3:DeleteObject", { NULL } },
};

bool origin_has_access_level(const struct cloudfront_origin *origin, enum cloudfront_access_level level)
{
    const enum cloudfront_access_level *levels = origin->access_levels;
    if (!levels)
        return false;
    while (*levels != CLOUDFRONT_ACCESS_END && *levels != level)
        levels++;
    return *levels == level;
}

static struct iam_statement *statement_for_cloudfront(const char *const *actions,
    struct value *const *resources, const char *comparison, struct value *distribution_arn)
{
    struct value *source = object((struct field[]){ { "AWS:SourceArn", distribution_arn }, END });
    return iam_statement_new(&(struct iam_statement_props){
        .actions = actions,
        .resources = resources,
        .principals = (struct iam_principal *[]){ iam_service_principal("cloudfront.amazonaws.com"), NULL },
        .conditions = object((struct field[]){ { comparison, source }, END }),
    });
}

static struct value *distribution_arn(struct value *distribution_id)
{
    return concatf(
        "arn:%v:cloudfront::%v:distribution/%v", aws_partition(), aws_account_id(), distribution_id);
}

static void grant_bucket(
    const struct cloudfront_origin *origin, struct construct *scope, struct value *distribution_id)
{
    const char *actions[MAX_ACTIONS] = { NULL };
    struct value *resources[] = { s3_bucket_arn_for_objects(origin->bucket, "*"), NULL, NULL };
    size_t count = 0;
    for (const enum cloudfront_access_level *level = origin->access_levels; *level; level++)
        actions[count++] = permissions[*level].bucket_action;
    if (origin_has_access_level(origin, CLOUDFRONT_ACCESS_LIST))
        resources[1] = origin->bucket->bucket_arn;
    struct iam_statement *statement =
        statement_for_cloudfront(actions, resources, "StringEquals", distribution_arn(distribution_id));
    if (!s3_bucket_add_to_resource_policy(origin->bucket, statement))
        diag_warning(scope,
            "the policy of an imported bucket stays as it is: let CloudFront in there for the distribution");
}

// Naming the distribution would make a circle of key, bucket and distribution.
static void grant_key(const struct cloudfront_origin *origin, struct construct *scope)
{
    const char *actions[MAX_ACTIONS] = { NULL };
    struct value *const *resources = (struct value *[]){ string("*"), NULL };
    struct kms_key *key = origin->bucket->encryption_key;
    size_t count = 0;
    for (const enum cloudfront_access_level *level = origin->access_levels; *level; level++) {
        for (size_t i = 0; i < 2 && permissions[*level].key_actions[i]; i++)
            actions[count++] = permissions[*level].key_actions[i];
    }
    diag_warning(construct_scope(key->node),
        "the key's policy lets every distribution of the account in: narrow it down to the one after the "
        "first deployment");
    struct iam_statement *statement =
        statement_for_cloudfront(actions, resources, "ArnLike", distribution_arn(string("*")));
    if (!kms_key_add_to_resource_policy(key, statement))
        diag_warning(scope,
            "the policy of an imported key stays as it is: let CloudFront in there for the distribution");
}

static void prepare(struct cloudfront_origin *origin, struct construct *scope, struct value *distribution_id)
{
    if (!origin->access_control)
        origin->access_control = cloudfront_s3_origin_access_control_new(
            scope, "S3OriginAccessControl", &(struct cloudfront_s3_origin_access_control_props){ 0 });
    origin->origin_access_control_id = origin->access_control->origin_access_control_id;
    grant_bucket(origin, scope, distribution_id);
    if (origin->bucket->encryption_key)
        grant_key(origin, scope);
}

// Each level once, in the order given.
static const enum cloudfront_access_level *levels_copy(const enum cloudfront_access_level *given)
{
    static const enum cloudfront_access_level read_only[] = { CLOUDFRONT_ACCESS_READ, CLOUDFRONT_ACCESS_END };
    enum cloudfront_access_level *levels = arena_alloc(value_arena(), MAX_ACTIONS * sizeof(*levels));
    unsigned int seen = 0;
    size_t count = 0;
    for (given = given ? given : read_only; *given != CLOUDFRONT_ACCESS_END; given++) {
        if (!(seen & 1U << *given))
            levels[count++] = *given;
        seen |= 1U << *given;
    }
    return levels;
}

static struct cloudfront_origin *bucket_origin(
    struct s3_bucket *bucket, const struct cloudfront_origin_props *props)
{
    struct cloudfront_origin *origin = origin_new(bucket->bucket_regional_domain_name, props);
    origin->s3_origin_config = object((struct field[]){ { "OriginAccessIdentity", string("") }, END });
    return origin;
}

struct cloudfront_origin *cloudfront_s3_bucket_origin_with_access_control(
    struct s3_bucket *bucket, const struct cloudfront_s3_bucket_origin_props *props)
{
    struct cloudfront_origin *origin = bucket_origin(bucket, props ? &props->common : NULL);
    origin->prepare = prepare;
    origin->bucket = bucket;
    origin->access_control = props ? props->origin_access_control : NULL;
    origin->access_levels = levels_copy(props ? props->origin_access_levels : NULL);
    return origin;
}

struct cloudfront_origin *cloudfront_s3_bucket_origin_with_bucket_defaults(
    struct s3_bucket *bucket, const struct cloudfront_origin_props *props)
{
    return bucket_origin(bucket, props);
}
