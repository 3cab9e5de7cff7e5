// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDFRONT_DISTRIBUTION_PRIVATE_H
#define AWS_CLOUDFRONT_DISTRIBUTION_PRIVATE_H

// What a distribution keeps between calls: its origins and behaviours, which may still be added to.

#include "aws/cloudfront/origin_private.h"

#include <stddef.h>

struct bound_origin {
    const struct cloudfront_origin *origin;
    const char *id;       // of the origin, or the primary one of a group
    const char *group_id; // NULL: not a group
};

struct cloudfront_distribution_state {
    struct construct *node;
    const struct cloudfront_distribution *distribution;
    enum cloudfront_http_version http_version;
    bool publishes_additional_metrics;
    bool has_root_object;
    struct bound_origin *bound;
    size_t bound_count, bound_capacity;
    struct value *origins, *origin_groups, *behaviors; // arrays
};

// Takes the origin over, unless it has been already. Returns the id by which behaviours name it.
const char *distribution_add_origin(
    struct cloudfront_distribution_state *state, struct cloudfront_origin *origin);

// A behaviour as a property of the distribution. `path_pattern` is NULL for the default one.
struct value *distribution_behavior(struct cloudfront_distribution_state *state,
    const struct cloudfront_behavior *behavior, const char *path_pattern);

// Reports a certificate or web ACL of another region, and what makes no sense without a certificate.
void distribution_check_region(struct construct *node, const struct cloudfront_distribution_props *p);
// NULL: CloudFront's own certificate.
struct value *distribution_viewer_certificate(
    const struct cloudfront_distribution_props *p, const struct construct *node);

#endif
