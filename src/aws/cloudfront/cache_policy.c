// SPDX-License-Identifier: MIT
#include "aws/cloudfront/keys.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "util/arena.h"

#include <string.h>

enum { MAX_NAME = 128, MAX_COMMENT = 128, MAX_PATH_IN_NAME = 110 };

static struct value *default_name(const struct construct *node)
{
    struct value *path = stringf("%.*s", MAX_PATH_IN_NAME, names_unique_id(node));
    return concatf("%v-%v", path, construct_stack(node)->region);
}

static struct value *cache_key(const struct cloudfront_cache_policy_props *p, struct construct *node)
{
    return object((struct field[]){
        { "CookiesConfig", cookies_value(&p->cookies, node) },
        { "EnableAcceptEncodingBrotli", boolean(p->enable_accept_encoding_brotli) },
        { "EnableAcceptEncodingGzip", boolean(p->enable_accept_encoding_gzip) },
        { "HeadersConfig", cache_headers_value(&p->headers, node) },
        { "QueryStringsConfig", query_strings_value(&p->query_strings, node) },
        END,
    });
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static struct value *cache_policy_properties(
    const struct cloudfront_cache_policy_props *p, struct value *name, struct construct *node)
{
    int64_t min = duration_to_seconds(p->min_ttl);
    int64_t normal = larger(duration_to_seconds(duration_or(p->default_ttl, days(1))), min);
    int64_t max = larger(duration_to_seconds(duration_or(p->max_ttl, days(365))), normal);
    struct value *config = object((struct field[]){
        { "Comment", string(p->comment) },
        { "DefaultTTL", number((double)normal) },
        { "MaxTTL", number((double)max) },
        { "MinTTL", number((double)min) },
        { "Name", name },
        { "ParametersInCacheKeyAndForwardedToOrigin", cache_key(p, node) },
        END,
    });
    return object((struct field[]){ { "CachePolicyConfig", config }, END });
}

static void check_props(
    const struct cloudfront_cache_policy_props *p, const struct value *name, struct construct *node)
{
    const char *text = value_string(name);
    check_policy_name(name, "cache_policy_name", node);
    if (text && strlen(text) > MAX_NAME)
        diag_error(node, "cache_policy_name has %zu characters; CloudFront takes %d", strlen(text), MAX_NAME);
    if (p->comment && strlen(p->comment) > MAX_COMMENT)
        diag_error(node, "comment has %zu characters; CloudFront takes %d", strlen(p->comment), MAX_COMMENT);
}

struct cloudfront_cache_policy *cloudfront_cache_policy_new(
    struct construct *scope, const char *id, const struct cloudfront_cache_policy_props *props)
{
    struct construct *node = construct_new(scope, id, "cloudfront.CachePolicy");
    struct cloudfront_cache_policy *policy = arena_alloc(construct_arena(node), sizeof(*policy));
    struct value *name = props->cache_policy_name ? props->cache_policy_name : default_name(node);
    check_props(props, name, node);
    policy->node = node;
    policy->resource = resource_new(
        node, "Resource", "AWS::CloudFront::CachePolicy", cache_policy_properties(props, name, node));
    policy->cache_policy_id = ref(policy->resource);
    return policy;
}
