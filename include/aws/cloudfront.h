// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDFRONT_H
#define AWS_CLOUDFRONT_H

// CDN distributions with their behaviours and policies; where the content comes from is in
// aws/cloudfront_origins.h. Everything lives in the app's arena.

#include "aws/cloudwatch.h"
#include "aws/iam.h"
#include "cdk/token.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct acm_certificate;
struct cloudfront_origin;
struct construct;
struct lambda_version;
struct resource;
struct s3_bucket;

// Policies that AWS keeps (CloudFront's "Use managed ... policies"), for the ..._policy_id of a behaviour.

enum cloudfront_managed_cache_policy {
    CLOUDFRONT_CACHE_AMPLIFY,
    CLOUDFRONT_CACHING_OPTIMIZED,
    CLOUDFRONT_CACHING_OPTIMIZED_FOR_UNCOMPRESSED_OBJECTS,
    CLOUDFRONT_CACHING_DISABLED,
    CLOUDFRONT_CACHE_ELEMENTAL_MEDIA_PACKAGE,
    CLOUDFRONT_CACHE_USE_ORIGIN_CACHE_CONTROL_HEADERS,
    CLOUDFRONT_CACHE_USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS,
};
struct value *cloudfront_managed_cache_policy(enum cloudfront_managed_cache_policy policy);

enum cloudfront_managed_origin_request_policy {
    CLOUDFRONT_ORIGIN_REQUEST_USER_AGENT_REFERER_HEADERS,
    CLOUDFRONT_ORIGIN_REQUEST_CORS_CUSTOM_ORIGIN,
    CLOUDFRONT_ORIGIN_REQUEST_CORS_S3_ORIGIN,
    CLOUDFRONT_ORIGIN_REQUEST_ALL_VIEWER,
    CLOUDFRONT_ORIGIN_REQUEST_ELEMENTAL_MEDIA_TAILOR,
    CLOUDFRONT_ORIGIN_REQUEST_ALL_VIEWER_AND_CLOUDFRONT_2022,
    CLOUDFRONT_ORIGIN_REQUEST_ALL_VIEWER_EXCEPT_HOST_HEADER,
    CLOUDFRONT_ORIGIN_REQUEST_HOST_HEADER_ONLY,
};
struct value *cloudfront_managed_origin_request_policy(enum cloudfront_managed_origin_request_policy policy);

enum cloudfront_managed_response_headers_policy {
    CLOUDFRONT_RESPONSE_HEADERS_CORS_ALLOW_ALL_ORIGINS,
    CLOUDFRONT_RESPONSE_HEADERS_CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT,
    CLOUDFRONT_RESPONSE_HEADERS_SECURITY_HEADERS,
    CLOUDFRONT_RESPONSE_HEADERS_CORS_ALLOW_ALL_ORIGINS_AND_SECURITY_HEADERS,
    CLOUDFRONT_RESPONSE_HEADERS_CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS,
};
struct value *cloudfront_managed_response_headers_policy(
    enum cloudfront_managed_response_headers_policy policy);

// Which cookies, headers or query strings are meant. CloudFront does not take every selection for every kind;
// one that it does not take is an error on the policy.
enum cloudfront_selection {
    CLOUDFRONT_SELECT_NONE,
    CLOUDFRONT_SELECT_ALL, // of headers: those of the viewer, and CloudFront-... ones that are named
    CLOUDFRONT_SELECT_ALLOW_LIST,
    CLOUDFRONT_SELECT_DENY_LIST,
};
struct cloudfront_keys {
    enum cloudfront_selection selection;
    const char *const *names; // of the lists; end with NULL
};

struct cloudfront_cache_policy {
    struct construct *node;
    struct resource *resource;
    struct value *cache_policy_id;
};
struct cloudfront_cache_policy_props {
    struct value
        *cache_policy_name;  // letters, digits, "-", "_"; at most 128; default: from the path and the region
    const char *comment;     // at most 128 characters; default: none
    struct duration min_ttl; // default 0
    struct duration default_ttl;          // default 1 day, or min_ttl if that is more
    struct duration max_ttl;              // default 1 year, or default_ttl if that is more
    struct cloudfront_keys cookies;       // in the key of the cache and for the origin; default: none
    struct cloudfront_keys headers;       // likewise; none or an allow list
    struct cloudfront_keys query_strings; // likewise
    bool enable_accept_encoding_gzip;     // default no
    bool enable_accept_encoding_brotli;   // default no
};
struct cloudfront_cache_policy *cloudfront_cache_policy_new(
    struct construct *scope, const char *id, const struct cloudfront_cache_policy_props *props);

struct cloudfront_origin_request_policy {
    struct construct *node;
    struct resource *resource;
    struct value *origin_request_policy_id;
};
struct cloudfront_origin_request_policy_props {
    struct value *origin_request_policy_name; // letters, digits, "-", "_"; default: from the path
    const char *comment;                      // default: none
    struct cloudfront_keys cookies;           // for the origin, not in the key of the cache; default: none
    struct cloudfront_keys headers;           // likewise
    struct cloudfront_keys query_strings;     // likewise
};
struct cloudfront_origin_request_policy *cloudfront_origin_request_policy_new(
    struct construct *scope, const char *id, const struct cloudfront_origin_request_policy_props *props);

struct cloudfront_cors_behavior {
    bool access_control_allow_credentials;
    const char *const *access_control_allow_headers;  // required; end with NULL
    const char *const *access_control_allow_methods;  // required; "GET", ..., or "ALL" alone; end with NULL
    const char *const *access_control_allow_origins;  // required; end with NULL
    const char *const *access_control_expose_headers; // end with NULL; default: none
    struct duration access_control_max_age;           // default: none
    bool origin_override;                             // replaces what the origin says
};
struct cloudfront_response_header {
    const char *header;
    struct value *value;
    bool override;
};

enum cloudfront_frame_option {
    CLOUDFRONT_FRAME_OPTION_NONE,
    CLOUDFRONT_FRAME_DENY,
    CLOUDFRONT_FRAME_SAMEORIGIN
};
enum cloudfront_referrer_policy {
    CLOUDFRONT_REFERRER_POLICY_NONE,
    CLOUDFRONT_REFERRER_NO_REFERRER,
    CLOUDFRONT_REFERRER_NO_REFERRER_WHEN_DOWNGRADE,
    CLOUDFRONT_REFERRER_ORIGIN,
    CLOUDFRONT_REFERRER_ORIGIN_WHEN_CROSS_ORIGIN,
    CLOUDFRONT_REFERRER_SAME_ORIGIN,
    CLOUDFRONT_REFERRER_STRICT_ORIGIN,
    CLOUDFRONT_REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
    CLOUDFRONT_REFERRER_UNSAFE_URL,
};
// Each header is sent when its first field is given; `override` replaces what the origin says.
struct cloudfront_security_headers {
    struct {
        struct value *content_security_policy;
        bool override;
    } content_security_policy;
    struct {
        bool enabled; // nosniff
        bool override;
    } content_type_options;
    struct {
        enum cloudfront_frame_option frame_option;
        bool override;
    } frame_options;
    struct {
        enum cloudfront_referrer_policy referrer_policy;
        bool override;
    } referrer_policy;
    struct {
        struct duration access_control_max_age;
        enum toggle include_subdomains; // default no
        bool override;
        enum toggle preload; // default no
    } strict_transport_security;
    struct {
        enum toggle protection; // X-XSS-Protection: 1 or 0
        enum toggle mode_block; // default no
        bool override;
        struct value *report_uri; // default: none
    } xss_protection;
};

struct cloudfront_response_headers_policy {
    struct construct *node;
    struct resource *resource;
    struct value *response_headers_policy_id;
};
struct cloudfront_response_headers_policy_props {
    struct value *response_headers_policy_name;              // default: from the path
    const char *comment;                                     // default: none
    const struct cloudfront_cors_behavior *cors_behavior;    // default: none
    const struct cloudfront_response_header *custom_headers; // end with a NULL header; default: none
    const struct cloudfront_security_headers *security_headers_behavior; // default: none
    const char *const *remove_headers;                                   // end with NULL; default: none
    double server_timing_sampling_rate; // percent, four decimal places at most; default 0: none
};
struct cloudfront_response_headers_policy *cloudfront_response_headers_policy_new(
    struct construct *scope, const char *id, const struct cloudfront_response_headers_policy_props *props);

// Code that runs at the edge for every request (CloudFront Functions, not Lambda).
struct cloudfront_function {
    struct construct *node;
    struct resource *resource;
    struct value *function_arn;
    struct value *function_name;
    struct value *function_stage;
};
struct cloudfront_function_props {
    const char *code;            // required: the text; this or code_file
    const char *code_file;       // path of a file with the text
    struct value *function_name; // default: from the region and the path
    const char *comment;         // default: the name
    const char *runtime;         // default "cloudfront-js-1.0"; "cloudfront-js-2.0" with a key value store
    struct value *key_value_store_arn; // needs runtime 2.0; default: none
    enum toggle auto_publish;          // default yes
};
struct cloudfront_function *cloudfront_function_new(
    struct construct *scope, const char *id, const struct cloudfront_function_props *props);

// When code at the edge runs; a cloudfront_function only on viewer events.
enum cloudfront_event_type {
    CLOUDFRONT_ORIGIN_REQUEST,
    CLOUDFRONT_ORIGIN_RESPONSE,
    CLOUDFRONT_VIEWER_REQUEST,
    CLOUDFRONT_VIEWER_RESPONSE,
};
struct cloudfront_function_association {
    struct value *function_arn;
    enum cloudfront_event_type event_type;
};
struct cloudfront_edge_lambda {
    struct lambda_version *function_version; // of a function in us-east-1
    enum cloudfront_event_type event_type;
    enum toggle include_body; // only on requests; default no
};

enum cloudfront_allowed_methods {
    CLOUDFRONT_ALLOWED_METHODS_DEFAULT, // CloudFront's: GET and HEAD
    CLOUDFRONT_ALLOW_GET_HEAD,
    CLOUDFRONT_ALLOW_GET_HEAD_OPTIONS,
    CLOUDFRONT_ALLOW_ALL,
};
enum cloudfront_cached_methods {
    CLOUDFRONT_CACHED_METHODS_DEFAULT, // CloudFront's: GET and HEAD
    CLOUDFRONT_CACHE_GET_HEAD,
    CLOUDFRONT_CACHE_GET_HEAD_OPTIONS,
};
enum cloudfront_viewer_protocol_policy {
    // Allow all; to HTTPS where @aws-cdk/aws-cloudfront:defaultViewerProtocolPolicyRedirectToHttps is set
    CLOUDFRONT_VIEWER_PROTOCOL_DEFAULT,
    CLOUDFRONT_VIEWER_PROTOCOL_HTTPS_ONLY,
    CLOUDFRONT_VIEWER_PROTOCOL_REDIRECT_TO_HTTPS,
    CLOUDFRONT_VIEWER_PROTOCOL_ALLOW_ALL,
};

// How requests for some paths are answered.
struct cloudfront_behavior {
    const char *path_pattern;         // required but in the default behaviour, where it is ignored; "/api/*"
    struct cloudfront_origin *origin; // required
    enum cloudfront_viewer_protocol_policy viewer_protocol_policy; // default: allow all
    enum cloudfront_allowed_methods allowed_methods;               // default: GET and HEAD
    enum cloudfront_cached_methods cached_methods;                 // default: GET and HEAD
    struct value *cache_policy_id;                     // default: the managed CLOUDFRONT_CACHING_OPTIMIZED
    struct value *origin_request_policy_id;            // default: none
    struct value *response_headers_policy_id;          // default: none
    enum toggle compress;                              // default yes
    const struct cloudfront_edge_lambda *edge_lambdas; // end with a NULL version; default: none
    const struct cloudfront_function_association *function_associations; // end with a NULL ARN; default: none
    struct value *const *trusted_key_group_ids;                          // end with NULL; default: none
    struct value *realtime_log_config_arn;                               // default: none
    enum toggle smooth_streaming;                                        // default no
    enum toggle enable_grpc; // needs CLOUDFRONT_ALLOW_ALL, HTTP/2 and no edge_lambdas; default no
};

struct cloudfront_error_response {
    int http_status;                // of the origin's response
    int response_http_status;       // what the viewer gets; default: http_status when a page is given
    const char *response_page_path; // "/index.html"; default: the origin's page
    struct duration ttl;            // for which the response is cached; default: CloudFront's
};

enum cloudfront_geo_restriction_type { CLOUDFRONT_GEO_ALLOW_LIST, CLOUDFRONT_GEO_DENY_LIST };
struct cloudfront_geo_restriction {
    enum cloudfront_geo_restriction_type type;
    const char *const *locations; // "DE" and so on (ISO 3166-1 alpha-2); one at least; end with NULL
};

enum cloudfront_http_version {
    CLOUDFRONT_HTTP_VERSION_DEFAULT, // HTTP2
    CLOUDFRONT_HTTP1_1,
    CLOUDFRONT_HTTP2,
    CLOUDFRONT_HTTP2_AND_3,
    CLOUDFRONT_HTTP3,
};
enum cloudfront_price_class {
    CLOUDFRONT_PRICE_CLASS_DEFAULT, // CloudFront's: all
    CLOUDFRONT_PRICE_CLASS_100,     // North America and Europe
    CLOUDFRONT_PRICE_CLASS_200,
    CLOUDFRONT_PRICE_CLASS_ALL,
};
enum cloudfront_security_policy {
    // TLS_V1_2_2021; 2019 where @aws-cdk/aws-cloudfront:defaultSecurityPolicyTLSv1.2_2021 is false
    CLOUDFRONT_SECURITY_POLICY_DEFAULT,
    CLOUDFRONT_SSL_V3,
    CLOUDFRONT_TLS_V1,
    CLOUDFRONT_TLS_V1_2016,
    CLOUDFRONT_TLS_V1_1_2016,
    CLOUDFRONT_TLS_V1_2_2018,
    CLOUDFRONT_TLS_V1_2_2019,
    CLOUDFRONT_TLS_V1_2_2021,
    CLOUDFRONT_TLS_V1_2_2025,
    CLOUDFRONT_TLS_V1_3_2025,
};
enum cloudfront_ssl_method {
    CLOUDFRONT_SSL_METHOD_DEFAULT, // SNI
    CLOUDFRONT_SSL_SNI,
    CLOUDFRONT_SSL_VIP,
    CLOUDFRONT_SSL_STATIC_IP,
};

struct cloudfront_distribution {
    struct construct *node;
    struct resource *resource;
    struct value *distribution_id;
    struct value *distribution_domain_name;
    struct value *distribution_arn;
    struct cloudfront_distribution_state *state;
};
struct cloudfront_distribution_props {
    struct cloudfront_behavior default_behavior; // required
    const struct cloudfront_behavior
        *additional_behaviors; // first match wins; end with a NULL path; default: none
    struct value *const
        *domain_names; // other than CloudFront's; need a certificate; end with NULL; default: none
    const struct acm_certificate *certificate;                // in us-east-1; default: CloudFront's
    enum cloudfront_security_policy minimum_protocol_version; // with a certificate; default TLSv1.2_2021
    enum cloudfront_ssl_method ssl_support_method;            // likewise; default SNI
    const char *comment;                                      // cut at 128 characters; default: none
    const char *default_root_object;                          // "index.html"; default: none
    enum toggle enabled;                                      // default yes
    enum toggle enable_ipv6;                                  // default yes
    enum cloudfront_http_version http_version;                // default HTTP/2
    enum cloudfront_price_class price_class;                  // default: all
    const struct cloudfront_error_response *error_responses;  // end with http_status 0; default: none
    const struct cloudfront_geo_restriction *geo_restriction; // default: none
    enum toggle enable_logging;                               // default: if log_bucket is given
    const struct s3_bucket *log_bucket;                       // default: made, when logging is enabled
    const char *log_file_prefix;                              // default: none
    enum toggle log_includes_cookies;                         // default no
    struct value *web_acl_id;                                 // in us-east-1; default: none
    bool publish_additional_metrics;                          // costs extra; default no
};
struct cloudfront_distribution *cloudfront_distribution_new(
    struct construct *scope, const char *id, const struct cloudfront_distribution_props *props);
struct cloudfront_distribution *cloudfront_distribution_from_attributes(
    struct construct *scope, const char *id, struct value *distribution_id, struct value *domain_name);
void cloudfront_distribution_add_behavior(
    struct cloudfront_distribution *distribution, const struct cloudfront_behavior *behavior);

struct iam_grant cloudfront_distribution_grant_create_invalidation(
    struct cloudfront_distribution *distribution, struct iam_principal *grantee);

// A metric of the distribution: "Requests", "BytesDownloaded", "5xxErrorRate" and so on; OriginLatency,
// CacheHitRate and the rates of single statuses need publish_additional_metrics. `props` may be NULL; default
// statistic: Sum of requests and bytes, else Average.
struct cloudwatch_metric *cloudfront_distribution_metric(struct cloudfront_distribution *distribution,
    const char *metric_name, const struct cloudwatch_metric_props *props);

#endif
