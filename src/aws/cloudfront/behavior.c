// SPDX-License-Identifier: MIT
#include "aws/cloudfront/distribution_private.h"

#include "aws/lambda.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static const char *const event_types[] = {
    [CLOUDFRONT_ORIGIN_REQUEST] = "origin-request",
    [CLOUDFRONT_ORIGIN_RESPONSE] = "origin-response",
    [CLOUDFRONT_VIEWER_REQUEST] = "viewer-request",
    [CLOUDFRONT_VIEWER_RESPONSE] = "viewer-response",
};

static struct value *allowed_methods(enum cloudfront_allowed_methods methods)
{
    static const char *const lists[][8] = {
        [CLOUDFRONT_ALLOW_GET_HEAD] = { "GET", "HEAD" },
        [CLOUDFRONT_ALLOW_GET_HEAD_OPTIONS] = { "GET", "HEAD", "OPTIONS" },
        [CLOUDFRONT_ALLOW_ALL] = { "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE" },
    };
    return methods == CLOUDFRONT_ALLOWED_METHODS_DEFAULT ? NULL : strings(lists[methods]);
}

static struct value *cached_methods(enum cloudfront_cached_methods methods)
{
    static const char *const lists[][4] = {
        [CLOUDFRONT_CACHE_GET_HEAD] = { "GET", "HEAD" },
        [CLOUDFRONT_CACHE_GET_HEAD_OPTIONS] = { "GET", "HEAD", "OPTIONS" },
    };
    return methods == CLOUDFRONT_CACHED_METHODS_DEFAULT ? NULL : strings(lists[methods]);
}

static struct value *viewer_protocol_policy(
    enum cloudfront_viewer_protocol_policy policy, const struct construct *node)
{
    static const char *const names[] = {
        [CLOUDFRONT_VIEWER_PROTOCOL_HTTPS_ONLY] = "https-only",
        [CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS] = "redirect-to-https",
        [CLOUDFRONT_VIEWER_PROTOCOL_ALLOW_ALL] = "allow-all",
    };
    const char *flag = "@aws-cdk/aws-cloudfront:defaultViewerProtocolPolicyRedirectToHttps";
    if (policy == CLOUDFRONT_VIEWER_PROTOCOL_DEFAULT)
        policy = construct_context_flag(node, flag) ? CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS
                                                    : CLOUDFRONT_VIEWER_PROTOCOL_ALLOW_ALL;
    return string(names[policy]);
}

static struct value *functions_value(const struct cloudfront_function_association *associations)
{
    if (!associations)
        return NULL;
    struct value *list = array();
    for (; associations->function_arn; associations++)
        array_append(list,
            object((struct field[]){
                { "EventType", string(event_types[associations->event_type]) },
                { "FunctionARN", associations->function_arn },
                END,
            }));
    return list;
}

static struct value *edge_lambdas_value(const struct cloudfront_edge_lambda *lambdas, struct construct *node)
{
    if (!lambdas)
        return NULL;
    struct value *list = array();
    for (; lambdas->function_version; lambdas++) {
        bool is_request = lambdas->event_type == CLOUDFRONT_ORIGIN_REQUEST ||
            lambdas->event_type == CLOUDFRONT_VIEWER_REQUEST;
        if (lambdas->include_body == YES && !is_request)
            diag_error(node, "include_body of a function at the edge is for requests, not for %s",
                event_types[lambdas->event_type]);
        array_append(list,
            object((struct field[]){
                { "EventType", string(event_types[lambdas->event_type]) },
                { "IncludeBody", toggle_value(lambdas->include_body) },
                { "LambdaFunctionARN", lambda_version_edge_arn(lambdas->function_version) },
                END,
            }));
    }
    return list;
}

static struct value *grpc_value(enum toggle enabled)
{
    return enabled == TOGGLE_DEFAULT ? NULL
                                     : object((struct field[]){ { "Enabled", toggle_value(enabled) }, END });
}

// gRPC is HTTP/2 with bodies both ways.
static void check_grpc(const struct cloudfront_distribution_state *state, const struct cloudfront_behavior *p)
{
    if (p->enable_grpc != YES)
        return;
    if (state->http_version == CLOUDFRONT_HTTP1_1 || state->http_version == CLOUDFRONT_HTTP3)
        diag_error(state->node, "enable_grpc needs an http_version with HTTP/2");
    if (p->allowed_methods != CLOUDFRONT_ALLOW_ALL)
        diag_error(state->node, "enable_grpc needs allowed_methods CLOUDFRONT_ALLOW_ALL");
    if (p->edge_lambdas && p->edge_lambdas->function_version)
        diag_error(state->node, "enable_grpc and edge_lambdas exclude each other");
}

static struct value *behavior_properties(const struct cloudfront_behavior *p, const char *path_pattern,
    const char *origin_id, struct construct *node)
{
    struct value *cache_policy_id = p->cache_policy_id;
    if (!cache_policy_id)
        cache_policy_id = cloudfront_managed_cache_policy(CLOUDFRONT_CACHING_OPTIMIZED);
    struct value *key_groups = p->trusted_key_group_ids ? array_of(p->trusted_key_group_ids) : NULL;
    return object((struct field[]){
        { "AllowedMethods", allowed_methods(p->allowed_methods) },
        { "CachePolicyId", cache_policy_id },
        { "CachedMethods", cached_methods(p->cached_methods) },
        { "Compress", boolean(toggle_or(p->compress, true)) },
        { "FunctionAssociations", functions_value(p->function_associations) },
        { "GrpcConfig", grpc_value(p->enable_grpc) },
        { "LambdaFunctionAssociations", edge_lambdas_value(p->edge_lambdas, node) },
        { "OriginRequestPolicyId", p->origin_request_policy_id },
        { "PathPattern", string(path_pattern) },
        { "RealtimeLogConfigArn", p->realtime_log_config_arn },
        { "ResponseHeadersPolicyId", p->response_headers_policy_id },
        { "SmoothStreaming", toggle_value(p->smooth_streaming) },
        { "TargetOriginId", string(origin_id) },
        { "TrustedKeyGroups", key_groups },
        { "ViewerProtocolPolicy", viewer_protocol_policy(p->viewer_protocol_policy, node) },
        END,
    });
}

struct value *distribution_behavior(struct cloudfront_distribution_state *state,
    const struct cloudfront_behavior *behavior, const char *path_pattern)
{
    check_grpc(state, behavior);
    const char *origin_id = distribution_add_origin(state, behavior->origin);
    return behavior_properties(behavior, path_pattern, origin_id, state->node);
}
