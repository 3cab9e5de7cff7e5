// SPDX-License-Identifier: MIT
// What CloudFront takes from us-east-1 only: certificates and web ACLs.
#include "aws/cloudfront/distribution_private.h"

#include "aws/acm.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

static const char *const security_policies[] = {
    [CLOUDFRONT_SSL_V3] = "SSLv3",
    [CLOUDFRONT_TLS_V1] = "TLSv1",
    [CLOUDFRONT_TLS_V1_2016] = "TLSv1_2016",
    [CLOUDFRONT_TLS_V1_1_2016] = "TLSv1.1_2016",
    [CLOUDFRONT_TLS_V1_2_2018] = "TLSv1.2_2018",
    [CLOUDFRONT_TLS_V1_2_2019] = "TLSv1.2_2019",
    [CLOUDFRONT_TLS_V1_2_2021] = "TLSv1.2_2021",
    [CLOUDFRONT_TLS_V1_2_2025] = "TLSv1.2_2025",
    [CLOUDFRONT_TLS_V1_3_2025] = "TLSv1.3_2025",
};

static const char *const ssl_methods[] = {
    [CLOUDFRONT_SSL_METHOD_DEFAULT] = "sni-only",
    [CLOUDFRONT_SSL_SNI] = "sni-only",
    [CLOUDFRONT_SSL_VIP] = "vip",
    [CLOUDFRONT_SSL_STATIC_IP] = "static-ip",
};

static void check_us_east_1(struct construct *node, const char *what, struct value *arn)
{
    const char *region = value_string(arn_split(node, arn, ARN_SLASH_RESOURCE_NAME).region);
    if (region && strcmp(region, "us-east-1") != 0)
        diag_error(node, "%s of a distribution must be in 'us-east-1', not in '%s'", what, region);
}

static void check_certificate(struct construct *node, const struct cloudfront_distribution_props *p)
{
    if (p->certificate) {
        check_us_east_1(node, "the certificate", p->certificate->certificate_arn);
        if (!p->domain_names || !p->domain_names[0])
            diag_warning(node,
                "there is a certificate, but no domain_names: they have to be moved here by hand (aws "
                "cloudfront associate-alias)");
        return;
    }
    if (p->minimum_protocol_version)
        diag_warning(node, "minimum_protocol_version is ignored without a certificate");
    if (p->ssl_support_method)
        diag_warning(node, "ssl_support_method is ignored without a certificate");
}

void distribution_check_region(struct construct *node, const struct cloudfront_distribution_props *p)
{
    const char *web_acl = value_string(p->web_acl_id);
    check_certificate(node, p);
    if (web_acl && strncmp(web_acl, "arn:", strlen("arn:")) == 0)
        check_us_east_1(node, "the web ACL", p->web_acl_id);
}

// A flag that is on unless context turns it off.
static enum cloudfront_security_policy default_security_policy(const struct construct *node)
{
    const struct value *flag =
        construct_context(node, "@aws-cdk/aws-cloudfront:defaultSecurityPolicyTLSv1.2_2021");
    bool is_off = value_type(flag) == VALUE_BOOLEAN && !value_boolean(flag);
    return is_off ? CLOUDFRONT_TLS_V1_2_2019 : CLOUDFRONT_TLS_V1_2_2021;
}

struct value *distribution_viewer_certificate(
    const struct cloudfront_distribution_props *p, const struct construct *node)
{
    enum cloudfront_security_policy policy = p->minimum_protocol_version;
    if (!p->certificate)
        return NULL;
    if (policy == CLOUDFRONT_SECURITY_POLICY_DEFAULT)
        policy = default_security_policy(node);
    return object((struct field[]){
        { "AcmCertificateArn", p->certificate->certificate_arn },
        { "MinimumProtocolVersion", string(security_policies[policy]) },
        { "SslSupportMethod", string(ssl_methods[p->ssl_support_method]) },
        END,
    });
}
