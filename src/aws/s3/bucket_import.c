// SPDX-License-Identifier: MIT
#include "aws/region.h"
#include "aws/s3/s3_private.h"
#include "cdk/arn.h"

static struct value *name_of(struct construct *scope, const struct s3_bucket_import *attributes)
{
    if (attributes->bucket_name)
        return attributes->bucket_name;
    if (attributes->bucket_arn)
        return arn_split(scope, attributes->bucket_arn, ARN_SLASH_RESOURCE_NAME).resource;
    diag_error(scope, "an imported bucket needs its name or its ARN");
    return string("");
}

static struct value *arn_of(struct stack *stack, struct value *name)
{
    return concatf("arn:%v:s3:::%v", stack->partition, name);
}

static struct value *given_or(struct value *given, struct value *fallback)
{
    return given ? given : fallback;
}

static void set_domain_names(
    struct s3_bucket *bucket, const struct s3_bucket_import *attributes, struct value *name)
{
    struct value *region = bucket->state->region;
    const char *known = value_string(region);
    const char *suffix = known ? region_domain_suffix(known) : NULL;
    const char *endpoint = known ? region_s3_website_endpoint(known) : NULL;
    struct value *domain = suffix ? string(suffix) : aws_url_suffix();
    struct value *website =
        endpoint ? concatf("%v.%s", name, endpoint) : concatf("%v.s3-website.%v.%v", name, region, domain);
    struct value *url = attributes->bucket_website_url;

    bucket->bucket_domain_name = given_or(attributes->bucket_domain_name, concatf("%v.s3.%v", name, domain));
    bucket->bucket_regional_domain_name =
        given_or(attributes->bucket_regional_domain_name, concatf("%v.s3.%v.%v", name, region, domain));
    bucket->bucket_dual_stack_domain_name = given_or(
        attributes->bucket_dual_stack_domain_name, concatf("%v.s3.dualstack.%v.%v", name, region, domain));
    bucket->bucket_website_url = given_or(url, concatf("http://%v", website));
    bucket->bucket_website_domain_name = url ? fn_select(2, fn_split("/", url)) : website;
}

struct s3_bucket *s3_bucket_import(
    struct construct *scope, const char *id, const struct s3_bucket_import *attributes)
{
    struct stack *stack = construct_stack(scope);
    struct value *name = name_of(scope, attributes);
    struct value *account = given_or(string(attributes->account), stack->account);
    struct value *region = given_or(string(attributes->region), stack->region);
    struct construct *node = construct_new(scope, id, "s3.ReferencedBucket");
    struct s3_bucket *bucket = bucket_allocate(node, account, region);

    bucket->bucket_name = name;
    bucket->bucket_arn = given_or(attributes->bucket_arn, arn_of(stack, name));
    bucket->encryption_key = attributes->encryption_key;
    bucket->is_website = attributes->is_website;
    set_domain_names(bucket, attributes, name);
    bucket_check_name(node, value_string(name), true);
    return bucket;
}

struct s3_bucket *s3_bucket_from_arn(struct construct *scope, const char *id, struct value *bucket_arn)
{
    return s3_bucket_import(scope, id, &(struct s3_bucket_import){ .bucket_arn = bucket_arn });
}

struct s3_bucket *s3_bucket_from_name(struct construct *scope, const char *id, struct value *bucket_name)
{
    return s3_bucket_import(scope, id, &(struct s3_bucket_import){ .bucket_name = bucket_name });
}
