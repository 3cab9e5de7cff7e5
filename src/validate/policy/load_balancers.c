// SPDX-License-Identifier: MIT
// Elastic Load Balancing.
#include "data/value.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <strings.h>

static enum verdict judge_elb1(struct policy_case *policy)
{
    const struct value *listeners = policy_property(policy, "Listeners");

    for (size_t i = 0, count = policy_items(policy, listeners); i < count; i++) {
        const char *protocol =
            policy_primitive_text(policy, policy_member(policy, policy_item(listeners, i), "Protocol"));

        if (strcasecmp(protocol, "http") == 0 || strcasecmp(protocol, "https") == 0)
            return NON_COMPLIANT;
    }
    return COMPLIANT;
}

static enum verdict judge_elb2(struct policy_case *policy)
{
    const struct value *logging, *attributes;

    if (policy_is_type(policy, "AWS::ElasticLoadBalancing::LoadBalancer")) {
        logging = policy_property(policy, "AccessLoggingPolicy");
        if (!logging)
            return NON_COMPLIANT;
        return policy_is_false(policy_primitive(policy, policy_member(policy, logging, "Enabled")))
            ? NON_COMPLIANT
            : COMPLIANT;
    }
    attributes = policy_property(policy, "LoadBalancerAttributes");
    if (!attributes)
        policy_set_undecided(policy, NULL);
    for (size_t i = 0; value_type(attributes) == VALUE_ARRAY && i < value_length(attributes); i++)
        if (policy_is(policy_optional(policy_item(attributes, i), "Key"), "access_logs.s3.enabled") &&
            policy_is_true(policy_optional(policy_item(attributes, i), "Value")))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static enum verdict judge_elb4(struct policy_case *policy)
{
    const struct value *across = policy_property(policy, "CrossZone");
    const struct value *subnets = policy_property(policy, "Subnets");
    const struct value *zones = policy_property(policy, "AvailabilityZones");

    if (!across || policy_has_less_than_two(subnets ? subnets : zones))
        return NON_COMPLIANT;
    policy->name = "CrossZone";
    return policy_is_true(policy_primitive(policy, across)) ? COMPLIANT : NON_COMPLIANT;
}

static bool is_decrypted(const char *protocol, const char *secure, const char *instance_protocol)
{
    return strcasecmp(protocol, secure) == 0 && strcasecmp(instance_protocol, secure) != 0;
}

static enum verdict judge_elb5(struct policy_case *policy)
{
    const struct value *listeners = policy_property(policy, "Listeners");

    for (size_t i = 0, count = policy_items(policy, listeners); i < count; i++) {
        const struct value *listener = policy_item(listeners, i);
        const struct value *protocol = policy_primitive(policy, policy_member(policy, listener, "Protocol"));
        const struct value *instance =
            policy_primitive(policy, policy_member(policy, listener, "InstanceProtocol"));
        const char *text;

        policy->name = "Protocol";
        text = policy_text(policy, protocol);
        if (instance &&
            (is_decrypted(text, "ssl", policy_text(policy, instance)) ||
                is_decrypted(text, "https", policy_text(policy, instance))))
            return NON_COMPLIANT;
    }
    return COMPLIANT;
}

#define CLASSIC "AWS::ElasticLoadBalancing::LoadBalancer"

const struct rule load_balancer_policy_rules[] = {
    POLICY("ELB1", ERROR, CLASSIC, "a Classic Load Balancer serves HTTP",
        "It cannot route by path or host, nor be protected by a web ACL.",
        "Use an Application Load Balancer (AWS::ElasticLoadBalancingV2::LoadBalancer).", .judge = judge_elb1),
    POLICY("ELB2", ERROR, CLASSIC " AWS::ElasticLoadBalancingV2::LoadBalancer",
        "the load balancer keeps no access logs", "Who asked for what cannot be told later.",
        "Set the attribute access_logs.s3.enabled to true, or AccessLoggingPolicy of a classic one.",
        .judge = judge_elb2),
    POLICY("ELB3", ERROR, CLASSIC, "connection draining is off",
        "Requests that are being answered are cut off when an instance leaves.",
        "Set Enabled of ConnectionDrainingPolicy to true.", .demand = MUST_BE_ON,
        .path = "ConnectionDrainingPolicy/Enabled"),
    POLICY("ELB4", ERROR, CLASSIC, "the load balancer does not balance across two zones",
        "When one zone fails, so does the service.",
        "Set CrossZone to true, and name at least two subnets or zones.", .judge = judge_elb4),
    POLICY("ELB5", ERROR, CLASSIC, "a secure listener talks to instances in the clear",
        "Between the load balancer and the instances anybody in the network can read along.",
        "Give InstanceProtocol the listener's protocol.", .judge = judge_elb5),
    RULES_END,
};
