// SPDX-License-Identifier: MIT
// Elastic Beanstalk, EC2, Auto Scaling.
#include "data/value.h"
#include "util/array.h"
#include "util/text/utf8.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>

// Elastic Beanstalk.

// Whether an option of the environment has one of the values; with none of them, whether it has any. Options
// without a value count for `without`.
static bool has_option(
    struct policy_case *policy, const char *space, const char *name, const char *const *values, bool without)
{
    const struct value *options = policy_property(policy, "OptionSettings");

    for (size_t i = 0, count = policy_items(policy, options); i < count; i++) {
        const struct value *option = policy_item(options, i), *value;

        if (!policy_is(policy_member(policy, option, "Namespace"), space) ||
            !policy_is(policy_optional(option, "OptionName"), name))
            continue;
        value = policy_optional(option, "Value");
        if (value ? !*values : without)
            return true;
        for (const char *const *at = values; *at; at++)
            if (policy_is(value, *at))
                return true;
    }
    return false;
}

#define OPTION_VALUES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static enum verdict judge_options(
    struct policy_case *policy, const char *space, const char *name, const char *const *values, bool without)
{
    if (!policy_property(policy, "OptionSettings"))
        return NON_COMPLIANT;
    return has_option(policy, space, name, values, without) ? COMPLIANT : NON_COMPLIANT;
}

static enum verdict judge_eb1(struct policy_case *policy)
{
    return judge_options(policy, "aws:ec2:vpc", "VPCId", OPTION_VALUES(NULL), false);
}

static enum verdict judge_eb3(struct policy_case *policy)
{
    static const char updates[] = "aws:elasticbeanstalk:managedactions:platformupdate";
    enum verdict verdict = judge_options(
        policy, "aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", OPTION_VALUES("true"), true);

    return verdict == COMPLIANT
        ? judge_options(policy, updates, "UpdateLevel", OPTION_VALUES("minor", "patch"), false)
        : verdict;
}

static enum verdict judge_eb4(struct policy_case *policy)
{
    return judge_options(
        policy, "aws:elasticbeanstalk:hostmanager", "LogPublicationControl", OPTION_VALUES("true"), false);
}

// Security groups.

static bool is_open(struct policy_case *policy, const struct value *rule)
{
    static const char *const names[] = { "CidrIp", "CidrIpv6" };
    const struct value *ranges[ARRAY_SIZE(names)];

    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        ranges[i] = policy_primitive(policy, policy_member(policy, rule, names[i]));
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (ranges[i] && strstr(policy_text(policy, ranges[i]), "/0"))
            return true;
    return false;
}

static enum verdict judge_ec23(struct policy_case *policy)
{
    const struct value *rules;

    if (!policy_is_type(policy, "AWS::EC2::SecurityGroup"))
        return is_open(policy, policy->resource->properties.value) ? NON_COMPLIANT : COMPLIANT;
    rules = policy_property(policy, "SecurityGroupIngress");
    for (size_t i = 0, count = rules ? policy_items(policy, rules) : 0; i < count; i++)
        if (is_open(policy, policy_item(rules, i)))
            return NON_COMPLIANT;
    return COMPLIANT;
}

static enum verdict judge_ec27(struct policy_case *policy)
{
    const struct value *description = policy_property(policy, "GroupDescription");

    return utf16_length(policy_primitive_text(policy, description)) < 2 ? NON_COMPLIANT : COMPLIANT;
}

// Volumes.

enum volumes { VOLUMES_ENCRYPTED, VOLUMES_PLAIN, VOLUMES_ABSENT };

static bool are_encrypted(struct policy_case *policy, const struct value *mappings)
{
    for (size_t i = 0, count = policy_items(policy, mappings); i < count; i++) {
        const struct value *device = policy_member(policy, policy_item(mappings, i), "Ebs");

        if (!policy_is_true(policy_primitive(policy, policy_member(policy, device, "Encrypted"))))
            return false;
    }
    return true;
}

static enum volumes volumes_of(struct policy_case *policy, const struct value *mappings)
{
    if (!mappings || (value_type(mappings) == VALUE_ARRAY && !value_length(mappings)))
        return VOLUMES_ABSENT;
    return are_encrypted(policy, mappings) ? VOLUMES_ENCRYPTED : VOLUMES_PLAIN;
}

// The first launch template that cdk-nag takes for the resource's: of the same name, which may be none for
// both.
static const struct template_resource *find_launch_template(struct policy_case *policy)
{
    const struct value *wanted = policy_property(policy, "LaunchTemplate");
    const struct template_resource *found;

    for (size_t index = 0; (found = policy_next(policy, "AWS::EC2::LaunchTemplate", &index));) {
        policy->name = "LaunchTemplate";
        if (policy_same(policy_member(policy, wanted, "LaunchTemplateName"),
                policy_property_of(policy, found, "LaunchTemplateName")) ||
            policy_is(policy_optional(wanted, "LaunchTemplateId"), found->id))
            return found;
    }
    return NULL;
}

static enum volumes template_volumes(struct policy_case *policy, const struct template_resource *template)
{
    const struct value *data = policy_property_of(policy, template, "LaunchTemplateData");

    return volumes_of(policy, policy_member(policy, data, "BlockDeviceMappings"));
}

static enum verdict judge_instance_volumes(struct policy_case *policy)
{
    enum volumes own = volumes_of(policy, policy_property(policy, "BlockDeviceMappings"));
    const struct template_resource *template = find_launch_template(policy);
    enum volumes other;

    if (!template)
        return own == VOLUMES_ENCRYPTED ? COMPLIANT : NON_COMPLIANT;
    other = template_volumes(policy, template);
    if (own == VOLUMES_ABSENT && other == VOLUMES_ABSENT)
        return NON_COMPLIANT;
    return own == VOLUMES_PLAIN || other == VOLUMES_PLAIN ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_ec26(struct policy_case *policy)
{
    const struct template_resource *template;
    const struct value *mappings;

    if (policy_is_type(policy, "AWS::EC2::Instance"))
        return judge_instance_volumes(policy);
    if (policy_is_type(policy, "AWS::EC2::Volume"))
        return policy_is_true(policy_primitive(policy, policy_property(policy, "Encrypted"))) ? COMPLIANT
                                                                                              : NON_COMPLIANT;
    if (policy_is_type(policy, "AWS::AutoScaling::LaunchConfiguration")) {
        mappings = policy_property(policy, "BlockDeviceMappings");
        return mappings && are_encrypted(policy, mappings) ? COMPLIANT : NON_COMPLIANT;
    }
    template = find_launch_template(policy);
    if (!template)
        return NOT_APPLICABLE;
    return template_volumes(policy, template) == VOLUMES_ENCRYPTED ? COMPLIANT : NON_COMPLIANT;
}

static enum verdict judge_ec28(struct policy_case *policy)
{
    bool is_instance = policy_is_type(policy, "AWS::EC2::Instance");
    const struct value *monitoring =
        policy_primitive(policy, policy_property(policy, is_instance ? "Monitoring" : "InstanceMonitoring"));

    return policy_is_false(monitoring) || (is_instance && !monitoring) ? NON_COMPLIANT : COMPLIANT;
}

// Auto Scaling.

static enum verdict judge_as1(struct policy_case *policy)
{
    const struct value *cooldown = policy_primitive(policy, policy_property(policy, "Cooldown"));

    return (long)policy_number(cooldown, 1) == 0 ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_as2(struct policy_case *policy)
{
    const struct value *type = policy_primitive(policy, policy_property(policy, "HealthCheckType"));
    const struct value *period = policy_primitive(policy, policy_property(policy, "HealthCheckGracePeriod"));

    return policy_is(type, "ELB") && !period ? NON_COMPLIANT : COMPLIANT;
}

static bool list_has(struct policy_case *policy, const struct value *list, const char *text)
{
    for (size_t i = 0, count = list ? policy_items(policy, list) : 0; i < count; i++)
        if (policy_is(policy_item(list, i), text))
            return true;
    return false;
}

static bool is_notified(struct policy_case *policy, const struct value *configurations, const char *event)
{
    for (size_t i = 0, count = policy_items(policy, configurations); i < count; i++)
        if (list_has(
                policy, policy_member(policy, policy_item(configurations, i), "NotificationTypes"), event))
            return true;
    return false;
}

static enum verdict judge_as3(struct policy_case *policy)
{
    static const char *const events[] = { "autoscaling:EC2_INSTANCE_LAUNCH",
        "autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE",
        "autoscaling:EC2_INSTANCE_TERMINATE_ERROR" };
    const struct value *configurations = policy_property(policy, "NotificationConfigurations");

    if (!configurations)
        return NON_COMPLIANT;
    for (size_t i = 0; i < ARRAY_SIZE(events); i++)
        if (!is_notified(policy, configurations, events[i]))
            return NON_COMPLIANT;
    return COMPLIANT;
}

const struct rule compute_policy_rules[] = {
    POLICY("EB1", ERROR, "AWS::ElasticBeanstalk::Environment", "the environment names no VPC",
        "Without one it shares the account's default network with everything else.",
        "Set the option VPCId of aws:ec2:vpc.", .judge = judge_eb1),
    POLICY("EB3", ERROR, "AWS::ElasticBeanstalk::Environment",
        "managed platform updates of the environment are off",
        "Platforms then stay without fixes until somebody updates them by hand.",
        "Set ManagedActionsEnabled to true and UpdateLevel to minor or patch.", .judge = judge_eb3),
    POLICY("EB4", WARNING, "AWS::ElasticBeanstalk::Environment",
        "instances of the environment do not send their logs to S3",
        "Logs go with the instance that wrote them.",
        "Set LogPublicationControl of aws:elasticbeanstalk:hostmanager to true.", .judge = judge_eb4),
    POLICY("EC23", ERROR, "AWS::EC2::SecurityGroup AWS::EC2::SecurityGroupIngress",
        "the security group lets in the whole internet", "Anybody can try what listens on the open ports.",
        "Name the ranges or security groups that have to get in.", .judge = judge_ec23),
    POLICY("EC26", ERROR,
        "AWS::EC2::Volume AWS::EC2::Instance AWS::AutoScaling::LaunchConfiguration "
        "AWS::AutoScaling::AutoScalingGroup",
        "a volume is not encrypted", "Volumes and their snapshots can be read by whoever gets at them.",
        "Set Encrypted to true for each volume.", .judge = judge_ec26),
    POLICY("EC27", ERROR, "AWS::EC2::SecurityGroup", "the security group has no description",
        "Nobody can tell later what its rules are for.", "Say in GroupDescription what the group is for.",
        .judge = judge_ec27),
    POLICY("EC28", ERROR, "AWS::EC2::Instance AWS::AutoScaling::LaunchConfiguration",
        "detailed monitoring is off", "Metrics come every five minutes only, too late for scaling.",
        "Turn detailed monitoring on.", .judge = judge_ec28),
    POLICY("EC29", ERROR, "AWS::EC2::Instance", "the instance may be terminated by mistake",
        "One wrong call destroys it and what is on it.", "Set DisableApiTermination to true.",
        .demand = MUST_BE_ON, .path = "DisableApiTermination"),
    POLICY("AS1", ERROR, "AWS::AutoScaling::AutoScalingGroup", "the group has a cooldown of 0",
        "It launches and terminates again before the last change has had an effect.",
        "Leave Cooldown out or set it to more than 0.", .judge = judge_as1),
    POLICY("AS2", ERROR, "AWS::AutoScaling::AutoScalingGroup",
        "health checks of the load balancer have no grace period",
        "Instances are replaced before they are up.", "Set HealthCheckGracePeriod.", .judge = judge_as2),
    POLICY("AS3", ERROR, "AWS::AutoScaling::AutoScalingGroup", "not all scaling events are notified",
        "Failing launches and terminations go unnoticed.",
        "Notify launches, terminations, and the errors of both.", .judge = judge_as3),
    RULES_END,
};
