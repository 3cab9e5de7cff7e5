// SPDX-License-Identifier: MIT
#ifndef AWS_REGION_H
#define AWS_REGION_H

// What the CDK knows about regions (its region-info).

#include <stdbool.h>

// Whether accounts have to opt in to use the region; false for one that is not known.
bool region_is_opt_in(const char *region);
// "s3-website-us-east-1.amazonaws.com"; NULL for a region that is not known.
const char *region_s3_website_endpoint(const char *region);
// "amazonaws.com"; NULL for a region that is not known.
const char *region_domain_suffix(const char *region);

#endif
