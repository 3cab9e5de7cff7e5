// SPDX-License-Identifier: MIT
#include "aws/cloudfront/keys.h"

#include "cdk/construct.h"
#include "cdk/resource.h"
#include "util/arena.h"

static struct value *origin_request_policy_properties(
    const struct cloudfront_origin_request_policy_props *p, struct value *name, struct construct *node)
{
    struct value *config = object((struct field[]){
        { "Comment", string(p->comment) },
        { "CookiesConfig", cookies_value(&p->cookies, node) },
        { "HeadersConfig", request_headers_value(&p->headers, node) },
        { "Name", name },
        { "QueryStringsConfig", query_strings_value(&p->query_strings, node) },
        END,
    });
    return object((struct field[]){ { "OriginRequestPolicyConfig", config }, END });
}

struct cloudfront_origin_request_policy *cloudfront_origin_request_policy_new(
    struct construct *scope, const char *id, const struct cloudfront_origin_request_policy_props *props)
{
    struct construct *node = construct_new(scope, id, "cloudfront.OriginRequestPolicy");
    struct cloudfront_origin_request_policy *policy = arena_alloc(construct_arena(node), sizeof(*policy));
    struct value *name = props->origin_request_policy_name;
    if (!name)
        name = string(names_unique_id(node));
    check_policy_name(name, "origin_request_policy_name", node);
    policy->node = node;
    policy->resource = resource_new(node, "Resource", "AWS::CloudFront::OriginRequestPolicy",
        origin_request_policy_properties(props, name, node));
    policy->origin_request_policy_id = ref(policy->resource);
    return policy;
}
