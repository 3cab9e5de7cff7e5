// SPDX-License-Identifier: MIT
// VPC, CloudFront.
#include "data/value.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>
#include <strings.h>

static enum verdict judge_vpc3(struct policy_case *policy)
{
    (void)policy;
    return NON_COMPLIANT;
}

static enum verdict judge_vpc7(struct policy_case *policy)
{
    const struct template_resource *log;

    for (size_t index = 0; (log = policy_next(policy, "AWS::EC2::FlowLog", &index));)
        if (policy_is(policy_property_of(policy, log, "ResourceType"), "VPC") &&
            policy_is(policy_target(policy_property_of(policy, log, "ResourceId")), policy->resource->id))
            return COMPLIANT;
    return NON_COMPLIANT;
}

// CloudFront.

#define DISTRIBUTION "AWS::CloudFront::Distribution"
#define STREAMING "AWS::CloudFront::StreamingDistribution"

static const struct value *config_member(struct policy_case *policy, const char *name)
{
    return policy_member(policy, policy_property(policy, "DistributionConfig"), name);
}

static enum verdict judge_cfr1(struct policy_case *policy)
{
    const struct value *restrictions = config_member(policy, "Restrictions"), *type;

    if (!restrictions)
        return NON_COMPLIANT;
    type = policy_member(policy, policy_member(policy, restrictions, "GeoRestriction"), "RestrictionType");
    return policy_is(policy_primitive(policy, type), "none") ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_cfr3(struct policy_case *policy)
{
    const struct value *logging, *enabled;

    if (policy_is_type(policy, DISTRIBUTION))
        return config_member(policy, "Logging") ? COMPLIANT : NON_COMPLIANT;
    logging = policy_member(policy, policy_property(policy, "StreamingDistributionConfig"), "Logging");
    enabled = policy_optional(logging, "Enabled");
    policy->name = "Enabled";
    return policy_is_true(policy_primitive(policy, enabled)) ? COMPLIANT : NON_COMPLIANT;
}

static bool is_one_of(const char *text, const char *const *texts)
{
    for (; *texts; texts++)
        if (strcasecmp(text, *texts) == 0)
            return true;
    return false;
}

static enum verdict judge_cfr4(struct policy_case *policy)
{
    static const char *const outdated[] = { "SSLv3", "TLSv1", "TLSv1_2016", NULL };
    const struct value *certificate = config_member(policy, "ViewerCertificate"), *method, *version;

    if (!certificate || policy_is_true(policy_optional(certificate, "CloudFrontDefaultCertificate")))
        return NON_COMPLIANT;
    method = policy_member(policy, certificate, "SslSupportMethod");
    if (!method || strcasecmp(policy_text(policy, method), "vip") == 0)
        return NON_COMPLIANT;
    version = policy_member(policy, certificate, "MinimumProtocolVersion");
    return !version || is_one_of(policy_text(policy, version), outdated) ? NON_COMPLIANT : COMPLIANT;
}

static bool has_outdated_protocol(struct policy_case *policy, const struct value *protocols)
{
    static const char *const outdated[] = { "SSLv3", "TLSv1", NULL };
    bool found = false;

    policy->name = "OriginSSLProtocols";
    for (size_t i = 0, count = policy_items(policy, protocols); i < count; i++)
        found |= is_one_of(policy_text(policy, policy_item(protocols, i)), outdated);
    return found;
}

static enum verdict judge_cfr5(struct policy_case *policy)
{
    const struct value *origins = config_member(policy, "Origins");

    for (size_t i = 0, count = origins ? policy_items(policy, origins) : 0; i < count; i++) {
        const struct value *custom = policy_member(policy, policy_item(origins, i), "CustomOriginConfig");
        const struct value *protocols = policy_optional(custom, "OriginSSLProtocols");

        if (!custom)
            continue;
        if (!policy_is(policy_primitive(policy, policy_member(policy, custom, "OriginProtocolPolicy")),
                "https-only") ||
            !protocols || has_outdated_protocol(policy, protocols))
            return NON_COMPLIANT;
    }
    return COMPLIANT;
}

static bool is_blank(const char *text)
{
    return !text[strspn(text, " \t\r\n\v\f")];
}

static enum verdict judge_cfr6(struct policy_case *policy)
{
    const struct value *config = policy_property(policy, "StreamingDistributionConfig");
    const struct value *origin = policy_member(policy, config, "S3Origin");

    return is_blank(policy_text(policy, policy_member(policy, origin, "OriginAccessIdentity")))
        ? NON_COMPLIANT
        : COMPLIANT;
}

static bool is_bucket(struct policy_case *policy, const struct value *target)
{
    const struct template_resource *bucket;

    for (size_t index = 0; (bucket = policy_next(policy, "AWS::S3::Bucket", &index));)
        if (policy_is(target, bucket->id))
            return true;
    return false;
}

static enum verdict judge_cfr7(struct policy_case *policy)
{
    const struct value *origins = config_member(policy, "Origins");

    for (size_t i = 0, count = origins ? policy_items(policy, origins) : 0; i < count; i++) {
        const struct value *origin = policy_item(origins, i), *control;

        if (!is_bucket(policy, policy_target(policy_member(policy, origin, "DomainName"))))
            continue;
        control = policy_target(policy_member(policy, origin, "OriginAccessControlId"));
        if (!control || is_blank(policy_text(policy, control)))
            return NON_COMPLIANT;
    }
    return COMPLIANT;
}

const struct rule network_policy_rules[] = {
    POLICY("VPC3", WARNING, "AWS::EC2::NetworkAcl AWS::EC2::NetworkAclEntry",
        "traffic is filtered by a network ACL",
        "Network ACLs know no connections, apply to whole subnets, and are easy to get wrong.",
        "Say with security groups what may get in.", .judge = judge_vpc3),
    POLICY("VPC7", ERROR, "AWS::EC2::VPC", "the VPC has no flow log",
        "Who talked to whom cannot be told later.", "Add an AWS::EC2::FlowLog of the VPC.",
        .judge = judge_vpc7),
    POLICY("CFR1", WARNING, DISTRIBUTION, "the distribution is for all countries",
        "Where content is not meant to be seen, or attacks come from, it is served too.",
        "Set GeoRestriction of Restrictions when there are such countries.", .judge = judge_cfr1),
    POLICY("CFR2", WARNING, DISTRIBUTION, "the distribution has no web ACL",
        "Nothing keeps scanners and known attacks from the origin.", "Set WebACLId.", .demand = MUST_EXIST,
        .path = "DistributionConfig/WebACLId"),
    POLICY("CFR3", ERROR, DISTRIBUTION " " STREAMING, "the distribution keeps no access logs",
        "Who asked for what cannot be told later.", "Set Logging.", .judge = judge_cfr3),
    POLICY("CFR4", ERROR, DISTRIBUTION, "viewers may use TLS 1.0 or older",
        "Those versions have known weaknesses; with CloudFront's own certificate TLS 1.0 is always allowed.",
        "Use an own certificate with sni-only, and set MinimumProtocolVersion to TLSv1.2_2021.",
        .judge = judge_cfr4),
    POLICY("CFR5", ERROR, DISTRIBUTION, "the distribution talks to an origin with outdated protocols",
        "HTTP, SSL 3 and TLS 1.0 can be read or changed on the way.",
        "Set OriginProtocolPolicy to https-only and OriginSSLProtocols to TLSv1.2.", .judge = judge_cfr5),
    POLICY("CFR6", ERROR, STREAMING, "the distribution has no identity for its bucket",
        "The bucket has to be public then, and can be read past the distribution.",
        "Set OriginAccessIdentity of S3Origin.", .judge = judge_cfr6),
    POLICY("CFR7", ERROR, DISTRIBUTION, "the distribution has no access control for its bucket",
        "The bucket has to be public then, and can be read past the distribution.",
        "Set OriginAccessControlId of the origin.", .judge = judge_cfr7),
    RULES_END,
};
