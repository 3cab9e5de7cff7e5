// SPDX-License-Identifier: MIT
// What others do with a distribution: invalidate, watch.
#include "aws/cloudfront/distribution_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

struct iam_grant cloudfront_distribution_grant_create_invalidation(
    struct cloudfront_distribution *distribution, struct iam_principal *grantee)
{
    return iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = (const char *[]){ "cloudfront:CreateInvalidation", NULL },
        .resources = (struct value *[]){ distribution->distribution_arn, NULL },
        .scope = distribution->node,
    });
}

static bool is_one_of(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names;
}

struct cloudwatch_metric *cloudfront_distribution_metric(struct cloudfront_distribution *distribution,
    const char *metric_name, const struct cloudwatch_metric_props *props)
{
    static const char *const sums[] = { "Requests", "BytesUploaded", "BytesDownloaded", NULL };
    static const char *const additional[] = { "OriginLatency", "CacheHitRate", "401ErrorRate", "403ErrorRate",
        "404ErrorRate", "502ErrorRate", "503ErrorRate", "504ErrorRate", NULL };
    struct cloudwatch_metric_props p = { 0 };
    if (props)
        p = *props;
    bool is_published = !distribution->state || distribution->state->publishes_additional_metrics;
    if (is_one_of(additional, metric_name) && !is_published)
        diag_error(distribution->node, "metric '%s' needs publish_additional_metrics", metric_name);
    struct field dimensions[] = { { "DistributionId", distribution->distribution_id }, END };
    p.namespace = "AWS/CloudFront";
    p.metric_name = metric_name;
    if (!p.dimensions)
        p.dimensions = dimensions;
    if (!p.statistic && is_one_of(sums, metric_name))
        p.statistic = "Sum";
    return cloudwatch_metric_new(&p);
}
