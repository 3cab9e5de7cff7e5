// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDFRONT_ORIGIN_PRIVATE_H
#define AWS_CLOUDFRONT_ORIGIN_PRIVATE_H

// What an origin is made of, and how a distribution takes it over.

#include "aws/cloudfront_origins.h"
#include "aws/findings.h"

// The two origins of a group.
struct origin_fallback {
    struct cloudfront_origin *primary, *fallback;
    struct value *status_codes; // an array
    struct value *selection_criteria;
};

struct cloudfront_origin {
    struct findings findings;
    struct value *domain_name;
    struct value *origin_path;
    struct value *connection_timeout, *connection_attempts, *response_completion_timeout;
    struct value *custom_headers, *origin_shield;
    struct value *custom_origin_config, *s3_origin_config;
    struct value *origin_access_control_id;
    const char *origin_id; // NULL: the distribution's choice

    // Makes what the origin needs in the distribution, below `scope`; NULL: nothing.
    void (*prepare)(struct cloudfront_origin *origin, struct construct *scope, struct value *distribution_id);
    struct s3_bucket *bucket; // that only the distribution may read
    const struct cloudfront_s3_origin_access_control *access_control;
    const enum cloudfront_access_level *access_levels;

    const struct origin_fallback *group; // NULL: not a group, and then all of the above holds
};

// `props` may be NULL.
struct cloudfront_origin *origin_new(struct value *domain_name, const struct cloudfront_origin_props *props);

bool origin_has_access_level(const struct cloudfront_origin *origin, enum cloudfront_access_level level);

// The origin as a property of the distribution, under `id`. Reports what is wrong with it on `scope`.
struct value *origin_bind(
    struct cloudfront_origin *origin, const char *id, struct construct *scope, struct value *distribution_id);

#endif
