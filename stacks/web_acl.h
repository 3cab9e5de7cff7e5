// SPDX-License-Identifier: MIT
#ifndef STACKS_WEB_ACL_H
#define STACKS_WEB_ACL_H

// Web ACLs of AWS WAF: AWS's rules, a limit of requests from one address, and a log.

#include "stacks/settings.h"

struct elbv2_load_balancer;

// For a distribution of the stack `scope`. Returns the ARN; NULL where context asks for no WAF, and outside
// of us-east-1: CloudFront takes web ACLs of that region only.
struct value *tango_cloudfront_acl_new(
    struct construct *scope, const char *id, const struct settings *settings, const char *log_name);
// For a load balancer of the stack `scope`.
void tango_protect_load_balancer(struct construct *scope, const struct settings *settings,
    const struct elbv2_load_balancer *load_balancer);

#endif
