// SPDX-License-Identifier: MIT
#include "aws/elbv2.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "util/array.h"

#include <stdlib.h>
#include <string.h>

// The account that writes logs in a region; newer regions have a service instead (Elastic Load Balancing
// guide, "Enable access logs").
static const struct writer {
    const char *region;
    const char *account;
} writers[] = {
    { "af-south-1", "098369216593" },
    { "ap-east-1", "754344448648" },
    { "ap-northeast-1", "582318560864" },
    { "ap-northeast-2", "600734575887" },
    { "ap-northeast-3", "383597477331" },
    { "ap-south-1", "718504428378" },
    { "ap-southeast-1", "114774131450" },
    { "ap-southeast-2", "783225319266" },
    { "ap-southeast-3", "589379963580" },
    { "ca-central-1", "985666609251" },
    { "cn-north-1", "638102146993" },
    { "cn-northwest-1", "037604701340" },
    { "eu-central-1", "054676820928" },
    { "eu-north-1", "897822967062" },
    { "eu-south-1", "635631232127" },
    { "eu-west-1", "156460612806" },
    { "eu-west-2", "652711504416" },
    { "eu-west-3", "009996457667" },
    { "me-south-1", "076674570225" },
    { "sa-east-1", "507241528517" },
    { "us-east-1", "127311923021" },
    { "us-east-2", "033677994240" },
    { "us-gov-east-1", "190560391635" },
    { "us-gov-west-1", "048591011584" },
    { "us-iso-east-1", "770363063475" },
    { "us-iso-west-1", "121062877647" },
    { "us-isob-east-1", "740734521339" },
    { "us-isof-east-1", "091100254016" },
    { "us-isof-south-1", "412137745753" },
    { "us-west-1", "027434742980" },
    { "us-west-2", "797873946194" },
};

static int compare(const void *region, const void *row)
{
    return strcmp(region, ((const struct writer *)row)->region);
}

static struct iam_principal *writer(struct construct *node)
{
    const char *region = value_string(construct_stack(node)->region);
    const struct writer *row = NULL;

    if (region)
        row = bsearch(region, writers, ARRAY_SIZE(writers), sizeof(*writers), compare);
    else
        diag_error(node, "logs of a load balancer need a stack with a region");
    return row ? iam_account_principal(string(row->account))
               : iam_service_principal("logdelivery.elasticloadbalancing.amazonaws.com");
}

static struct construct *allow(struct s3_bucket *bucket, const char *action, struct iam_principal *principal,
    struct value *resource, struct value *conditions)
{
    return s3_bucket_add_to_resource_policy(bucket,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ action, NULL },
            .principals = (struct iam_principal *[]){ principal, NULL },
            .resources = (struct value *[]){ resource, NULL },
            .conditions = conditions,
        }));
}

static struct value *only_with_full_control(void)
{
    struct value *acl = string("bucket-owner-full-control");

    return object((struct field[]){
        { "StringEquals", object((struct field[]){ { "s3:x-amz-acl", acl }, END }) },
        END,
    });
}

// Lets the writers in, and has the load balancer wait for that.
static void open_bucket(
    struct elbv2_load_balancer *load_balancer, struct s3_bucket *bucket, const char *prefix)
{
    struct iam_principal *delivery = iam_service_principal("delivery.logs.amazonaws.com");
    struct value *account = construct_stack(load_balancer->node)->account;
    struct value *objects =
        concatf("%v/%s%sAWSLogs/%v/*", bucket->bucket_arn, prefix, *prefix ? "/" : "", account);
    struct resource *policy;

    allow(bucket, "s3:PutObject", writer(load_balancer->node), objects, NULL);
    allow(bucket, "s3:PutObject", delivery, objects, only_with_full_control());
    allow(bucket, "s3:GetBucketAcl", delivery, bucket->bucket_arn, NULL);
    policy = bucket->policy ? construct_default_child(bucket->policy) : NULL;
    if (policy && load_balancer->resource)
        resource_add_dependency(load_balancer->resource, policy);
}

static void log_to(
    struct elbv2_load_balancer *load_balancer, const char *kind, struct s3_bucket *bucket, const char *prefix)
{
    const struct field attributes[] = {
        { "enabled", string("true") },
        { "bucket", bucket->bucket_name },
        { "prefix", string(prefix ? prefix : "") },
        END,
    };

    if (bucket->encryption_key)
        diag_error(load_balancer->node, "load balancers cannot write logs to a bucket with a KMS key");
    for (const struct field *at = attributes; at->key; at++)
        elbv2_load_balancer_set_attribute(
            load_balancer, value_string(stringf("%s.s3.%s", kind, at->key)), at->value);
    open_bucket(load_balancer, bucket, prefix ? prefix : "");
}

void elbv2_load_balancer_log_access_logs(
    struct elbv2_load_balancer *load_balancer, struct s3_bucket *bucket, const char *prefix)
{
    log_to(load_balancer, "access_logs", bucket, prefix);
}

void elbv2_load_balancer_log_connection_logs(
    struct elbv2_load_balancer *load_balancer, struct s3_bucket *bucket, const char *prefix)
{
    log_to(load_balancer, "connection_logs", bucket, prefix);
}
