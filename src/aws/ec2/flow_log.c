// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/tags.h"

#include <string.h>

enum { MINUTE = 60, TEN_MINUTES = 600 };

static const char *const traffic_types[] = { "ALL", "ACCEPT", "REJECT" };
static const char *const file_formats[] = { "plain-text", "parquet" };

static struct value *of_this_account(struct stack *stack, struct value *acl)
{
    struct value *source = stack_format_arn(
        stack, &(struct arn_parts){ .service = "logs", .resource = "*", .format = ARN_NO_RESOURCE_NAME });
    const struct field equal[] = {
        { "s3:x-amz-acl", acl },
        { "aws:SourceAccount", stack->account },
        END,
    };

    return object((struct field[]){
        { "StringEquals", object(equal) },
        { "ArnLike", object((struct field[]){ { "aws:SourceArn", source }, END }) },
        END,
    });
}

static void allow(
    struct s3_bucket *bucket, const char *const *actions, struct value *resource, struct value *conditions)
{
    s3_bucket_add_to_resource_policy(bucket,
        iam_statement_new(&(struct iam_statement_props){
            .actions = actions,
            .principals =
                (struct iam_principal *[]){ iam_service_principal("delivery.logs.amazonaws.com"), NULL },
            .resources = (struct value *[]){ resource, NULL },
            .conditions = conditions,
        }));
}

// Lets the service that delivers logs write them.
static void open_bucket(struct stack *stack, const struct ec2_flow_log_props *p)
{
    const char *prefix = p->key_prefix ? p->key_prefix : "";
    size_t length = strlen(prefix);
    const char *slash = length && prefix[length - 1] != '/' ? "/" : "";
    const char *account_key = p->hive_compatible_partitions ? "aws-account-id=" : "";
    struct value *objects =
        concatf("%v/%s%sAWSLogs/%s%v/*", p->bucket->bucket_arn, prefix, slash, account_key, stack->account);

    allow(p->bucket, (const char *[]){ "s3:PutObject", NULL }, objects,
        of_this_account(stack, string("bucket-owner-full-control")));
    allow(p->bucket, (const char *[]){ "s3:GetBucketAcl", "s3:ListBucket", NULL }, p->bucket->bucket_arn,
        of_this_account(stack, NULL));
}

static struct value *destination_options(const struct ec2_flow_log_props *p)
{
    if (!p->file_format && !p->hive_compatible_partitions && !p->per_hour_partition)
        return NULL;
    return object((struct field[]){
        { "fileFormat", string(file_formats[p->file_format]) },
        { "perHourPartition", boolean(p->per_hour_partition) },
        { "hiveCompatiblePartitions", boolean(p->hive_compatible_partitions) },
        END,
    });
}

static struct value *interval(struct construct *node, struct duration given)
{
    int64_t seconds = given.given ? duration_to_seconds(given) : TEN_MINUTES;

    if (seconds != MINUTE && seconds != TEN_MINUTES)
        diag_error(node, "'max_aggregation_interval' must be 1 or 10 minutes");
    return given.given ? number((double)seconds) : NULL;
}

static struct value *log_properties(struct construct *node, const struct ec2_flow_log_props *p)
{
    struct value *to = p->bucket->bucket_arn;

    return object((struct field[]){
        { "DestinationOptions", destination_options(p) },
        { "LogDestination", p->key_prefix ? concatf("%v/%s", to, p->key_prefix) : to },
        { "LogDestinationType", string("s3") },
        { "MaxAggregationInterval", interval(node, p->max_aggregation_interval) },
        { "ResourceId", p->vpc->vpc_id },
        { "ResourceType", string("VPC") },
        { "TrafficType", string(traffic_types[p->traffic_type]) },
        END,
    });
}

struct ec2_flow_log *ec2_flow_log_new(
    struct construct *scope, const char *id, const struct ec2_flow_log_props *props)
{
    struct ec2_flow_log *log = arena_alloc(construct_arena(scope), sizeof(*log));

    log->node = construct_new(scope, id, "ec2.FlowLog");
    if (construct_context_flag(log->node, "@aws-cdk/aws-s3:createDefaultLoggingPolicy"))
        open_bucket(construct_stack(log->node), props);
    tags_add(
        log->node, "Name", props->flow_log_name ? props->flow_log_name : construct_path(log->node), NULL);
    log->resource = resource_new(log->node, "FlowLog", "AWS::EC2::FlowLog", log_properties(log->node, props));
    if (props->bucket->policy)
        resource_add_dependency(log->resource, construct_default_child(props->bucket->policy));
    log->flow_log_id = ref(log->resource);
    return log;
}
