// SPDX-License-Identifier: MIT
#include "aws/cloudfront/origin_private.h"

#include "util/arena.h"
#include "util/text/pattern.h"

#include <string.h>

// Headers that CloudFront sets itself ("Add custom headers to origin requests").
static const char reserved_headers[] =
    "^(Cache-Control|Connection|Content-Length|Cookie|Host|If-Match|If-Modified-Since|If-None-Match|If-Range|If-Unmodified-Since|Max-Forwards|Pragma|Proxy-Authorization|Proxy-Connection|Range|Request-Range|TE|Trailer|Transfer-Encoding|Upgrade|Via|X-Real-Ip)$|^X-Amz-|^X-Edge-";

static struct value *custom_headers(struct findings *findings, const struct field *headers)
{
    struct value *list = array();
    for (; headers && headers->key; headers++) {
        if (text_matches_ignoring_case(headers->key, reserved_headers))
            findings_add_error(
                findings, "header '%s' cannot be a custom header: CloudFront sets it itself", headers->key);
        array_append(list,
            object((struct field[]){
                { "HeaderName", string(headers->key) },
                { "HeaderValue", headers->value },
                END,
            }));
    }
    return value_length(list) > 0 ? list : NULL;
}

// "assets/": "/assets".
static struct value *path_value(struct value *path)
{
    const char *text = value_string(path);
    if (!text)
        return path;
    const char *slash = *text == '/' ? "" : "/";
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == '/')
        length--;
    return length == 0 ? string("") : stringf("%s%.*s", slash, (int)length, text);
}

static struct value *shield_value(const struct cloudfront_origin_props *p)
{
    bool enabled = toggle_or(p->origin_shield_enabled, true);
    if (enabled && !p->origin_shield_region)
        return NULL;
    return object((struct field[]){
        { "Enabled", boolean(enabled) },
        { "OriginShieldRegion", enabled ? string(p->origin_shield_region) : NULL },
        END,
    });
}

static void check_seconds(
    struct findings *findings, const char *prop, struct duration given, int64_t min, int64_t max)
{
    if (!given.given)
        return;
    if (given.milliseconds % 1000 != 0 || given.milliseconds < min * 1000 || given.milliseconds > max * 1000)
        findings_add_error(findings, "%s must be %d to %d whole seconds, not %g", prop, (int)min, (int)max,
            (double)given.milliseconds / 1000);
}

struct cloudfront_origin *origin_new(struct value *domain_name, const struct cloudfront_origin_props *props)
{
    static const struct cloudfront_origin_props none;
    const struct cloudfront_origin_props *p = props ? props : &none;
    struct cloudfront_origin *origin = arena_alloc(value_arena(), sizeof(*origin));
    *origin = (struct cloudfront_origin){
        .domain_name = domain_name,
        .origin_path = path_value(p->origin_path),
        .connection_timeout = seconds_value(p->connection_timeout),
        .connection_attempts = p->connection_attempts ? number(p->connection_attempts) : NULL,
        .response_completion_timeout = seconds_value(p->response_completion_timeout),
        .origin_shield = shield_value(p),
        .origin_access_control_id = p->origin_access_control_id,
        .origin_id = p->origin_id ? arena_strdup(value_arena(), p->origin_id) : NULL,
    };
    origin->custom_headers = custom_headers(&origin->findings, p->custom_headers);
    check_seconds(&origin->findings, "connection_timeout", p->connection_timeout, 1, 10);
    check_seconds(&origin->findings, "response_completion_timeout", p->response_completion_timeout, 1, 3600);
    if (p->connection_attempts < 0 || p->connection_attempts > 3)
        findings_add_error(
            &origin->findings, "connection_attempts must be 1 to 3, not %d", p->connection_attempts);
    return origin;
}

static struct value *origin_properties(const struct cloudfront_origin *origin, const char *id)
{
    return object((struct field[]){
        { "ConnectionAttempts", origin->connection_attempts },
        { "ConnectionTimeout", origin->connection_timeout },
        { "CustomOriginConfig", origin->custom_origin_config },
        { "DomainName", origin->domain_name },
        { "Id", string(id) },
        { "OriginAccessControlId", origin->origin_access_control_id },
        { "OriginCustomHeaders", origin->custom_headers },
        { "OriginPath", origin->origin_path },
        { "OriginShield", origin->origin_shield },
        { "ResponseCompletionTimeout", origin->response_completion_timeout },
        { "S3OriginConfig", origin->s3_origin_config },
        END,
    });
}

struct value *origin_bind(
    struct cloudfront_origin *origin, const char *id, struct construct *scope, struct value *distribution_id)
{
    findings_report(&origin->findings, scope);
    if (origin->prepare)
        origin->prepare(origin, scope, distribution_id);
    return origin_properties(origin, id);
}
