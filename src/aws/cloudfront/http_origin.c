// SPDX-License-Identifier: MIT
#include "aws/cloudfront/origin_private.h"

#include <math.h>

static const char *const protocol_policies[] = {
    [CLOUDFRONT_ORIGIN_PROTOCOL_DEFAULT] = "https-only",
    [CLOUDFRONT_ORIGIN_PROTOCOL_HTTP_ONLY] = "http-only",
    [CLOUDFRONT_ORIGIN_PROTOCOL_MATCH_VIEWER] = "match-viewer",
    [CLOUDFRONT_ORIGIN_PROTOCOL_HTTPS_ONLY] = "https-only",
};

static const char *const ip_address_types[] = {
    [CLOUDFRONT_IPV4] = "ipv4",
    [CLOUDFRONT_IPV6] = "ipv6",
    [CLOUDFRONT_DUALSTACK] = "dualstack",
};

static struct value *custom_origin_config(const struct cloudfront_http_origin_props *p)
{
    static const char *const default_protocols[] = { "TLSv1.2", NULL };
    return object((struct field[]){
        { "HTTPPort", count_value(p->http_port) },
        { "HTTPSPort", count_value(p->https_port) },
        { "IpAddressType", string(ip_address_types[p->ip_address_type]) },
        { "OriginKeepaliveTimeout", seconds_value(p->keepalive_timeout) },
        { "OriginProtocolPolicy", string(protocol_policies[p->protocol_policy]) },
        { "OriginReadTimeout", seconds_value(p->read_timeout) },
        { "OriginSSLProtocols",
            strings(p->origin_ssl_protocols ? p->origin_ssl_protocols : default_protocols) },
        END,
    });
}

static void check_port(struct findings *findings, const char *prop, struct count port)
{
    double n = port.number;
    if (!port.given || n == 80 || n == 443 || (floor(n) == n && n >= 1024 && n <= 65535))
        return;
    findings_add_error(findings, "%s must be 80, 443, or 1024 to 65535, not %g", prop, n);
}

static void check_timeout(struct findings *findings, const char *prop, struct duration timeout)
{
    if (timeout.given && (timeout.milliseconds % 1000 != 0 || timeout.milliseconds < 1000))
        findings_add_error(findings, "%s must be one or more whole seconds, not %g", prop,
            (double)timeout.milliseconds / 1000);
}

static void check_props(struct findings *findings, const struct cloudfront_http_origin_props *p)
{
    struct duration completion = p->common.response_completion_timeout;
    check_port(findings, "http_port", p->http_port);
    check_port(findings, "https_port", p->https_port);
    check_timeout(findings, "read_timeout", p->read_timeout);
    check_timeout(findings, "keepalive_timeout", p->keepalive_timeout);
    if (completion.given && p->read_timeout.given && completion.milliseconds < p->read_timeout.milliseconds)
        findings_add_error(findings,
            "response_completion_timeout (%d s) must not be shorter than read_timeout (%d s)",
            (int)duration_to_seconds(completion), (int)duration_to_seconds(p->read_timeout));
}

struct cloudfront_origin *cloudfront_http_origin_new(
    struct value *domain_name, const struct cloudfront_http_origin_props *props)
{
    static const struct cloudfront_http_origin_props none;
    const struct cloudfront_http_origin_props *p = props ? props : &none;
    struct cloudfront_origin *origin = origin_new(domain_name, &p->common);
    origin->custom_origin_config = custom_origin_config(p);
    check_props(&origin->findings, p);
    return origin;
}
