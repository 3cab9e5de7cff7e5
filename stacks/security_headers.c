// SPDX-License-Identifier: MIT
#include "stacks/security_headers.h"

struct cloudfront_security_headers tango_security_headers(const char *content_security_policy, bool override)
{
    return (struct cloudfront_security_headers){
        .content_security_policy = { string(content_security_policy), override },
        .content_type_options = { .enabled = true, .override = true },
        .frame_options = { CLOUDFRONT_FRAME_SAMEORIGIN, override },
        .referrer_policy = { CLOUDFRONT_REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override },
        .strict_transport_security = { .access_control_max_age = days(365), .override = true },
    };
}
