// SPDX-License-Identifier: MIT
#include "aws/cloudfront/distribution_private.h"

#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "util/arena.h"
#include "util/text/pattern.h"

#include <string.h>

enum { MAX_COMMENT = 128 };

static const char *const http_versions[] = {
    [CLOUDFRONT_HTTP_VERSION_DEFAULT] = "http2",
    [CLOUDFRONT_HTTP1_1] = "http1.1",
    [CLOUDFRONT_HTTP2] = "http2",
    [CLOUDFRONT_HTTP2_AND_3] = "http2and3",
    [CLOUDFRONT_HTTP3] = "http3",
};

static const char *const price_classes[] = {
    [CLOUDFRONT_PRICE_CLASS_100] = "PriceClass_100",
    [CLOUDFRONT_PRICE_CLASS_200] = "PriceClass_200",
    [CLOUDFRONT_PRICE_CLASS_ALL] = "PriceClass_All",
};

static struct value *error_response(const struct cloudfront_error_response *p, struct construct *node)
{
    if (!p->response_http_status && !p->response_page_path && !p->ttl.given)
        diag_error(node, "the error response for %d needs a response_http_status, response_page_path or ttl",
            p->http_status);
    int status = p->response_http_status;
    if (!status && p->response_page_path)
        status = p->http_status;
    return object((struct field[]){
        { "ErrorCachingMinTTL", seconds_value(p->ttl) },
        { "ErrorCode", number(p->http_status) },
        { "ResponseCode", status ? number(status) : NULL },
        { "ResponsePagePath", string(p->response_page_path) },
        END,
    });
}

static struct value *error_responses(
    const struct cloudfront_error_response *responses, struct construct *node)
{
    struct value *list = array();
    for (; responses && responses->http_status; responses++)
        array_append(list, error_response(responses, node));
    return omit_empty(list);
}

static struct value *restrictions(const struct cloudfront_geo_restriction *p, struct construct *node)
{
    if (!p)
        return NULL;
    if (!p->locations || !p->locations[0])
        diag_error(node, "a geo restriction needs one location at least");
    for (const char *const *location = p->locations; location && *location; location++) {
        if (!text_matches(*location, "^[A-Z]{2}$"))
            diag_error(node,
                "location '%s' of the geo restriction must be a country's two upper case letters (ISO 3166-1 "
                "alpha-2)",
                *location);
    }
    bool allows = p->type == CLOUDFRONT_GEO_ALLOW_LIST;
    struct value *restriction = object((struct field[]){
        { "Locations", strings(p->locations) },
        { "RestrictionType", string(allows ? "whitelist" : "blacklist") },
        END,
    });
    return object((struct field[]){ { "GeoRestriction", restriction }, END });
}

static struct value *logging(const struct cloudfront_distribution_props *p, struct construct *node)
{
    const struct s3_bucket *bucket = p->log_bucket;
    if (p->enable_logging == NO && bucket)
        diag_error(node, "enable_logging is no, but there is a log_bucket");
    if (p->enable_logging != YES && !bucket)
        return NULL;
    if (!bucket)
        bucket = s3_bucket_new(node, "LoggingBucket",
            &(struct s3_bucket_props){
                .encryption = S3_ENCRYPTION_S3_MANAGED,
                .object_ownership = S3_OBJECT_OWNERSHIP_OBJECT_WRITER,
            });
    return object((struct field[]){
        { "Bucket", bucket->bucket_regional_domain_name },
        { "IncludeCookies", toggle_value(p->log_includes_cookies) },
        { "Prefix", string(p->log_file_prefix) },
        END,
    });
}

// Bytes of the first `count` characters of UTF-8 text.
static size_t prefix_length(const char *text, size_t count)
{
    size_t length = 0;
    while (text[length] && count-- > 0) {
        length++;
        while ((text[length] & 0xc0) == 0x80)
            length++;
    }
    return length;
}

static struct value *comment(const char *text)
{
    if (!text || !text[prefix_length(text, MAX_COMMENT)])
        return string(text);
    return stringf("%.*s...", (int)prefix_length(text, MAX_COMMENT - 3), text);
}

static struct value *origin_groups(void *data)
{
    struct value *groups = data;
    if (value_length(groups) == 0)
        return NULL;
    return object((struct field[]){
        { "Items", groups },
        { "Quantity", number((double)value_length(groups)) },
        END,
    });
}

static struct value *distribution_properties(const struct cloudfront_distribution_props *p,
    struct cloudfront_distribution_state *state, struct value *default_behavior)
{
    struct construct *node = state->node;
    struct value *config = object((struct field[]){
        { "Aliases", p->domain_names ? array_of(p->domain_names) : NULL },
        { "CacheBehaviors", omit_empty(state->behaviors) },
        { "Comment", comment(p->comment) },
        { "CustomErrorResponses", error_responses(p->error_responses, node) },
        { "DefaultCacheBehavior", default_behavior },
        { "DefaultRootObject", string(p->default_root_object) },
        { "Enabled", boolean(toggle_or(p->enabled, true)) },
        { "HttpVersion", string(http_versions[p->http_version]) },
        { "IPV6Enabled", boolean(toggle_or(p->enable_ipv6, true)) },
        { "Logging", logging(p, node) },
        { "OriginGroups", lazy(origin_groups, state->origin_groups) },
        { "Origins", state->origins },
        { "PriceClass", string(price_classes[p->price_class]) },
        { "Restrictions", restrictions(p->geo_restriction, node) },
        { "ViewerCertificate", distribution_viewer_certificate(p, node) },
        { "WebACLId", p->web_acl_id },
        END,
    });
    return object((struct field[]){ { "DistributionConfig", config }, END });
}

static struct cloudfront_distribution_state *state_new(
    struct cloudfront_distribution *distribution, const struct cloudfront_distribution_props *p)
{
    struct cloudfront_distribution_state *state =
        arena_alloc(construct_arena(distribution->node), sizeof(*state));
    *state = (struct cloudfront_distribution_state){
        .node = distribution->node,
        .http_version = p->http_version,
        .publishes_additional_metrics = p->publish_additional_metrics,
        .has_root_object = p->default_root_object,
        .distribution = distribution,
        .origins = array(),
        .origin_groups = array(),
        .behaviors = array(),
    };
    return state;
}

static void publish_additional_metrics(const struct cloudfront_distribution *distribution)
{
    struct value *config =
        object((struct field[]){ { "RealtimeMetricsSubscriptionStatus", string("Enabled") }, END });
    struct value *subscription =
        object((struct field[]){ { "RealtimeMetricsSubscriptionConfig", config }, END });
    resource_new(distribution->node, "MonitoringSubscription", "AWS::CloudFront::MonitoringSubscription",
        object((struct field[]){
            { "DistributionId", distribution->distribution_id },
            { "MonitoringSubscription", subscription },
            END,
        }));
}

static struct cloudfront_distribution *distribution_alloc(struct construct *scope, const char *id)
{
    struct construct *node = construct_new(scope, id, "cloudfront.Distribution");
    struct cloudfront_distribution *distribution = arena_alloc(construct_arena(node), sizeof(*distribution));
    distribution->node = node;
    return distribution;
}

static void set_identity(
    struct cloudfront_distribution *distribution, struct value *id, struct value *domain_name)
{
    distribution->distribution_id = id;
    distribution->distribution_domain_name = domain_name;
    distribution->distribution_arn = stack_format_arn(construct_stack(distribution->node),
        &(struct arn_parts){
            .service = "cloudfront",
            .region = string(""),
            .resource = "distribution",
            .resource_name = id,
        });
}

struct cloudfront_distribution *cloudfront_distribution_new(
    struct construct *scope, const char *id, const struct cloudfront_distribution_props *props)
{
    struct cloudfront_distribution *distribution = distribution_alloc(scope, id);
    distribution_check_region(distribution->node, props);
    distribution->state = state_new(distribution, props);
    struct value *default_behavior =
        distribution_behavior(distribution->state, &props->default_behavior, NULL);
    const struct cloudfront_behavior *behavior = props->additional_behaviors;
    for (; behavior && behavior->path_pattern; behavior++)
        cloudfront_distribution_add_behavior(distribution, behavior);
    distribution->resource = resource_new(distribution->node, "Resource", "AWS::CloudFront::Distribution",
        distribution_properties(props, distribution->state, default_behavior));
    set_identity(distribution, ref(distribution->resource), get_att(distribution->resource, "DomainName"));
    if (props->publish_additional_metrics)
        publish_additional_metrics(distribution);
    return distribution;
}

struct cloudfront_distribution *cloudfront_distribution_from_attributes(
    struct construct *scope, const char *id, struct value *distribution_id, struct value *domain_name)
{
    struct cloudfront_distribution *distribution = distribution_alloc(scope, id);
    set_identity(distribution, distribution_id, domain_name);
    return distribution;
}

void cloudfront_distribution_add_behavior(
    struct cloudfront_distribution *distribution, const struct cloudfront_behavior *behavior)
{
    struct cloudfront_distribution_state *state = distribution->state;
    if (!state) {
        diag_error(distribution->node, "an imported distribution takes no more behaviors");
        return;
    }
    if (!behavior->path_pattern || strcmp(behavior->path_pattern, "*") == 0)
        diag_error(distribution->node, "an additional behavior needs a path_pattern other than '*'");
    array_append(state->behaviors, distribution_behavior(state, behavior, behavior->path_pattern));
}
