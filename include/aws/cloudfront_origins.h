// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDFRONT_ORIGINS_H
#define AWS_CLOUDFRONT_ORIGINS_H

// Where a distribution gets its content. An origin belongs to no construct: a distribution takes it over when
// one of its behaviours names it, once for all behaviours that name the same one, and mistakes in it are
// reported there.

#include "aws/cloudfront.h"

// Says who CloudFront is to a private bucket.
struct cloudfront_s3_origin_access_control {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *origin_access_control_id;
};
enum cloudfront_signing {
    CLOUDFRONT_SIGNING_SIGV4_ALWAYS, // the default
    CLOUDFRONT_SIGNING_SIGV4_ALWAYS_AMZ_AUTH,
    CLOUDFRONT_SIGNING_SIGV4_NO_OVERRIDE,
    CLOUDFRONT_SIGNING_SIGV4A_ALWAYS,
    CLOUDFRONT_SIGNING_SIGV4A_ALWAYS_AMZ_AUTH,
    CLOUDFRONT_SIGNING_NEVER,
};
struct cloudfront_s3_origin_access_control_props {
    struct value *origin_access_control_name; // at most 64 characters; default: from the path
    const char *description;                  // default: none
    enum cloudfront_signing signing;          // default: SigV4 always
};
struct cloudfront_s3_origin_access_control *cloudfront_s3_origin_access_control_new(
    struct construct *scope, const char *id, const struct cloudfront_s3_origin_access_control_props *props);
struct cloudfront_s3_origin_access_control *cloudfront_s3_origin_access_control_from_id(
    struct construct *scope, const char *id, struct value *origin_access_control_id);

// What every kind of origin takes.
struct cloudfront_origin_props {
    struct value *origin_path;          // before every path; default: none
    struct duration connection_timeout; // 1 to 10 seconds; default: CloudFront's
    int connection_attempts;            // 1 to 3; default: CloudFront's
    const struct field *custom_headers; // sent to the origin; values are strings; end with END; default: none
    const char *origin_shield_region;   // default: no origin shield
    enum toggle origin_shield_enabled;  // NO says so explicitly
    const char *origin_id;              // unique in the distribution; default: from the path
    struct value *origin_access_control_id;      // default: none
    struct duration response_completion_timeout; // 1 to 3600 seconds; default: CloudFront's
};

enum cloudfront_origin_protocol_policy {
    CLOUDFRONT_ORIGIN_PROTOCOL_DEFAULT, // HTTPS only
    CLOUDFRONT_ORIGIN_PROTOCOL_HTTP_ONLY,
    CLOUDFRONT_ORIGIN_PROTOCOL_MATCH_VIEWER,
    CLOUDFRONT_ORIGIN_PROTOCOL_HTTPS_ONLY,
};
enum cloudfront_ip_address_type {
    CLOUDFRONT_IP_ADDRESS_TYPE_DEFAULT, // CloudFront's: IPv4
    CLOUDFRONT_IPV4,
    CLOUDFRONT_IPV6,
    CLOUDFRONT_DUALSTACK,
};
struct cloudfront_http_origin_props {
    struct cloudfront_origin_props common;
    enum cloudfront_origin_protocol_policy protocol_policy; // default: HTTPS only
    const char *const *origin_ssl_protocols;         // "TLSv1.2" and so on; end with NULL; default: TLSv1.2
    struct count http_port;                          // 80, 443, or 1024 to 65535; default: CloudFront's 80
    struct count https_port;                         // likewise; default: CloudFront's 443
    struct duration read_timeout;                    // 1 second at least; default: CloudFront's
    struct duration keepalive_timeout;               // likewise
    enum cloudfront_ip_address_type ip_address_type; // default: CloudFront's
};
// `props` may be NULL.
struct cloudfront_origin *cloudfront_http_origin_new(
    struct value *domain_name, const struct cloudfront_http_origin_props *props);

enum cloudfront_access_level {
    CLOUDFRONT_ACCESS_END, // ends a list of levels
    CLOUDFRONT_ACCESS_READ,
    CLOUDFRONT_ACCESS_READ_VERSIONED,
    CLOUDFRONT_ACCESS_LIST,
    CLOUDFRONT_ACCESS_WRITE,
    CLOUDFRONT_ACCESS_DELETE,
};
struct cloudfront_s3_bucket_origin_props {
    struct cloudfront_origin_props common;
    const struct cloudfront_s3_origin_access_control *origin_access_control; // default: made for the origin
    const enum cloudfront_access_level *origin_access_levels; // end with CLOUDFRONT_ACCESS_END; default: read
};
// A private bucket. The distribution, and no other, gets access in the bucket's policy; an imported bucket's
// policy cannot be changed, which is a warning. `props` may be NULL.
struct cloudfront_origin *cloudfront_s3_bucket_origin_with_access_control(
    struct s3_bucket *bucket, const struct cloudfront_s3_bucket_origin_props *props);
// A bucket whose policy is somebody else's business. `props` may be NULL.
struct cloudfront_origin *cloudfront_s3_bucket_origin_with_bucket_defaults(
    struct s3_bucket *bucket, const struct cloudfront_origin_props *props);

enum cloudfront_origin_selection {
    CLOUDFRONT_ORIGIN_SELECTION_UNSET, // CloudFront's: default
    CLOUDFRONT_ORIGIN_SELECTION_DEFAULT,
    CLOUDFRONT_ORIGIN_SELECTION_MEDIA_QUALITY_BASED,
};
struct cloudfront_origin_group_props {
    struct cloudfront_origin *primary_origin;            // required; not a group
    struct cloudfront_origin *fallback_origin;           // required; not a group
    const int *fallback_status_codes;                    // end with 0, not empty; default: 500, 502, 503, 504
    enum cloudfront_origin_selection selection_criteria; // default: CloudFront's
};
// The fallback answers when the primary origin fails.
struct cloudfront_origin *cloudfront_origin_group_new(const struct cloudfront_origin_group_props *props);

#endif
