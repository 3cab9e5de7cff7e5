// SPDX-License-Identifier: MIT
#include "aws/cloudfront.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "data/json.h"
#include "util/arena.h"

#include <string.h>
#include <strings.h>

static const char *const frame_options[] = {
    [CLOUDFRONT_FRAME_DENY] = "DENY",
    [CLOUDFRONT_FRAME_SAMEORIGIN] = "SAMEORIGIN",
};

static const char *const referrer_policies[] = {
    [CLOUDFRONT_REFERRER_NO_REFERRER] = "no-referrer",
    [CLOUDFRONT_REFERRER_NO_REFERRER_WHEN_DOWNGRADE] = "no-referrer-when-downgrade",
    [CLOUDFRONT_REFERRER_ORIGIN] = "origin",
    [CLOUDFRONT_REFERRER_ORIGIN_WHEN_CROSS_ORIGIN] = "origin-when-cross-origin",
    [CLOUDFRONT_REFERRER_SAME_ORIGIN] = "same-origin",
    [CLOUDFRONT_REFERRER_STRICT_ORIGIN] = "strict-origin",
    [CLOUDFRONT_REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN] = "strict-origin-when-cross-origin",
    [CLOUDFRONT_REFERRER_UNSAFE_URL] = "unsafe-url",
};

// `list` ends with NULL.
static bool contains(const char *const *list, const char *text, int (*compare)(const char *, const char *))
{
    for (; list && *list; list++) {
        if (compare(*list, text) == 0)
            return true;
    }
    return false;
}

static struct value *items(struct value *list)
{
    return list ? object((struct field[]){ { "Items", list }, END }) : NULL;
}

static void check_cors(const struct cloudfront_cors_behavior *p, struct construct *node)
{
    static const char *const methods[] = { "GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "ALL",
        NULL };
    const char *const *given = p->access_control_allow_methods;
    if (contains(given, "ALL", strcmp) && given[1])
        diag_error(node, "method 'ALL' in access_control_allow_methods must stand alone");
    for (; given && *given; given++) {
        if (!contains(methods, *given, strcmp))
            diag_error(node, "access_control_allow_methods has an unknown method: '%s'", *given);
    }
    const char *const *header = p->access_control_allow_headers;
    for (; p->access_control_allow_credentials && header && *header; header++) {
        if (strchr(*header, '*'))
            diag_error(node,
                "access_control_allow_headers cannot have '%s' together with credentials: name the headers",
                *header);
    }
}

static struct value *cors_value(const struct cloudfront_cors_behavior *p, struct construct *node)
{
    if (!p)
        return NULL;
    check_cors(p, node);
    return object((struct field[]){
        { "AccessControlAllowCredentials", boolean(p->access_control_allow_credentials) },
        { "AccessControlAllowHeaders", items(strings(p->access_control_allow_headers)) },
        { "AccessControlAllowMethods", items(strings(p->access_control_allow_methods)) },
        { "AccessControlAllowOrigins", items(strings(p->access_control_allow_origins)) },
        { "AccessControlExposeHeaders", items(strings(p->access_control_expose_headers)) },
        { "AccessControlMaxAgeSec", seconds_value(p->access_control_max_age) },
        { "OriginOverride", boolean(p->origin_override) },
        END,
    });
}

static struct value *custom_headers_value(const struct cloudfront_response_header *headers)
{
    if (!headers)
        return NULL;
    struct value *list = array();
    for (; headers->header; headers++)
        array_append(list,
            object((struct field[]){
                { "Header", string(headers->header) },
                { "Override", boolean(headers->override) },
                { "Value", headers->value },
                END,
            }));
    return items(list);
}

// A header with its value under `key`; NULL where there is none.
static struct value *header_value(const char *key, struct value *value, bool override)
{
    if (!value)
        return NULL;
    return object((struct field[]){ { key, value }, { "Override", boolean(override) }, END });
}

static struct value *strict_transport_security(const struct cloudfront_security_headers *p)
{
    if (!p->strict_transport_security.access_control_max_age.given)
        return NULL;
    return object((struct field[]){
        { "AccessControlMaxAgeSec", seconds_value(p->strict_transport_security.access_control_max_age) },
        { "IncludeSubdomains", toggle_value(p->strict_transport_security.include_subdomains) },
        { "Override", boolean(p->strict_transport_security.override) },
        { "Preload", toggle_value(p->strict_transport_security.preload) },
        END,
    });
}

static struct value *xss_protection(const struct cloudfront_security_headers *p)
{
    if (p->xss_protection.protection == TOGGLE_DEFAULT)
        return NULL;
    return object((struct field[]){
        { "ModeBlock", toggle_value(p->xss_protection.mode_block) },
        { "Override", boolean(p->xss_protection.override) },
        { "Protection", toggle_value(p->xss_protection.protection) },
        { "ReportUri", p->xss_protection.report_uri },
        END,
    });
}

static struct value *security_headers_value(const struct cloudfront_security_headers *p)
{
    if (!p)
        return NULL;
    struct value *nosniff =
        object((struct field[]){ { "Override", boolean(p->content_type_options.override) }, END });
    return object((struct field[]){
        { "ContentSecurityPolicy",
            header_value("ContentSecurityPolicy", p->content_security_policy.content_security_policy,
                p->content_security_policy.override) },
        { "ContentTypeOptions", p->content_type_options.enabled ? nosniff : NULL },
        { "FrameOptions",
            header_value("FrameOption", string(frame_options[p->frame_options.frame_option]),
                p->frame_options.override) },
        { "ReferrerPolicy",
            header_value("ReferrerPolicy", string(referrer_policies[p->referrer_policy.referrer_policy]),
                p->referrer_policy.override) },
        { "StrictTransportSecurity", strict_transport_security(p) },
        { "XSSProtection", xss_protection(p) },
        END,
    });
}

static struct value *removed_headers_value(const char *const *headers, struct construct *node)
{
    static const char *const read_only[] = { "content-encoding", "content-length", "transfer-encoding",
        "warning", "via", NULL };
    if (!headers)
        return NULL;
    struct value *list = array();
    for (; *headers; headers++) {
        if (contains(read_only, *headers, strcasecmp))
            diag_error(node, "header '%s' cannot be removed", *headers);
        array_append(list, object((struct field[]){ { "Header", string(*headers) }, END }));
    }
    return items(list);
}

static struct value *server_timing_value(double rate, struct construct *node)
{
    if (rate == 0)
        return NULL;
    STRBUF_AUTO text = STRBUF_INIT;
    json_write_number(&text, rate);
    const char *point = strchr(text.data, '.');
    if (rate < 0 || rate > 100)
        diag_error(node, "server_timing_sampling_rate must be 0 to 100, not %s", text.data);
    else if (point && strlen(point + 1) > 4)
        diag_error(node, "server_timing_sampling_rate may have four decimal places, not %s", text.data);
    return object((struct field[]){
        { "Enabled", boolean(true) },
        { "SamplingRate", number(rate) },
        END,
    });
}

static struct value *response_headers_policy_properties(
    const struct cloudfront_response_headers_policy_props *p, struct construct *node)
{
    const char *path =
        names_unique_resource_name(node, &(struct unique_resource_name_options){ .max_length = 128 });
    struct value *name = p->response_headers_policy_name;
    struct value *config = object((struct field[]){
        { "Comment", string(p->comment) },
        { "CorsConfig", cors_value(p->cors_behavior, node) },
        { "CustomHeadersConfig", custom_headers_value(p->custom_headers) },
        { "Name", name ? name : string(path) },
        { "RemoveHeadersConfig", removed_headers_value(p->remove_headers, node) },
        { "SecurityHeadersConfig", security_headers_value(p->security_headers_behavior) },
        { "ServerTimingHeadersConfig", server_timing_value(p->server_timing_sampling_rate, node) },
        END,
    });
    return object((struct field[]){ { "ResponseHeadersPolicyConfig", config }, END });
}

struct cloudfront_response_headers_policy *cloudfront_response_headers_policy_new(
    struct construct *scope, const char *id, const struct cloudfront_response_headers_policy_props *props)
{
    struct construct *node = construct_new(scope, id, "cloudfront.ResponseHeadersPolicy");
    struct cloudfront_response_headers_policy *policy = arena_alloc(construct_arena(node), sizeof(*policy));
    policy->node = node;
    policy->resource = resource_new(node, "Resource", "AWS::CloudFront::ResponseHeadersPolicy",
        response_headers_policy_properties(props, node));
    policy->response_headers_policy_id = ref(policy->resource);
    return policy;
}
