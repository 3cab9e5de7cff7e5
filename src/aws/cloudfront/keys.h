// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDFRONT_KEYS_H
#define AWS_CLOUDFRONT_KEYS_H

// The parts of a request that a policy selects.

#include "aws/cloudfront.h"

// {"CookieBehavior": ..., "Cookies": [...]} and so on. A list that names nothing is an error on `node`.
struct value *cookies_value(const struct cloudfront_keys *keys, struct construct *node);
struct value *query_strings_value(const struct cloudfront_keys *keys, struct construct *node);
// In the key of the cache: none or an allow list.
struct value *cache_headers_value(const struct cloudfront_keys *keys, struct construct *node);
// For the origin.
struct value *request_headers_value(const struct cloudfront_keys *keys, struct construct *node);

// The name of a policy: letters, digits, "-" and "_". A name that is not is an error on `node`.
void check_policy_name(const struct value *name, const char *prop, struct construct *node);

#endif
