// SPDX-License-Identifier: MIT
#ifndef STACKS_SECURITY_HEADERS_H
#define STACKS_SECURITY_HEADERS_H

// What browsers are told with every response of a distribution.

#include "aws/cloudfront.h"

// `content_security_policy` of NULL: none. `override`: whatever the origin says of it.
struct cloudfront_security_headers tango_security_headers(const char *content_security_policy, bool override);

#endif
