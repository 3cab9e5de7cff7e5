// SPDX-License-Identifier: MIT
// Redshift.
#include "data/value.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <strings.h>

#define WAREHOUSE "AWS::Redshift::Cluster"

static const char parameter_group[] = "AWS::Redshift::ClusterParameterGroup";

static bool requires_tls(struct policy_case *policy, const struct template_resource *group)
{
    const struct value *parameters = policy_property_of(policy, group, "Parameters");

    for (size_t i = 0, count = parameters ? policy_items(policy, parameters) : 0; i < count; i++) {
        const struct value *parameter = policy_item(parameters, i);
        const char *name = policy_text(policy, policy_member(policy, parameter, "ParameterName"));

        if (strcasecmp(name, "require_ssl") == 0 &&
            strcasecmp(policy_text(policy, policy_member(policy, parameter, "ParameterValue")), "true") == 0)
            return true;
    }
    return false;
}

static enum verdict judge_rs1(struct policy_case *policy)
{
    const struct value *name = policy_target(policy_property(policy, "ClusterParameterGroupName"));
    const struct template_resource *group;

    for (size_t index = 0; name && (group = policy_next(policy, parameter_group, &index));)
        if (policy_is(name, group->id) && requires_tls(policy, group))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static bool logs_activity(struct policy_case *policy, const struct template_resource *group)
{
    const struct value *parameters = policy_property_of(policy, group, "Parameters");

    for (size_t i = 0, count = parameters ? policy_items(policy, parameters) : 0; i < count; i++) {
        const struct value *parameter = policy_item(parameters, i);

        if (policy_is(policy_member(policy, parameter, "ParameterName"), "enable_user_activity_logging") &&
            policy_is(policy_optional(parameter, "ParameterValue"), "true"))
            return true;
    }
    return false;
}

static enum verdict judge_rs11(struct policy_case *policy)
{
    const struct value *name = policy_target(policy_property(policy, "ClusterParameterGroupName"));
    const struct template_resource *group;

    for (size_t index = 0; name && (group = policy_next(policy, parameter_group, &index));)
        if (policy_is(name, group->id))
            return logs_activity(policy, group) ? COMPLIANT : NON_COMPLIANT;
    return NON_COMPLIANT;
}

static enum verdict judge_rs3(struct policy_case *policy)
{
    const struct value *name = policy_primitive(policy, policy_property(policy, "MasterUsername"));

    return policy_is(name, "awsuser") ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_rs4(struct policy_case *policy)
{
    const struct value *port = policy_primitive(policy, policy_property(policy, "Port"));

    return !port || policy_number(port, -1) == 5439 ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_rs10(struct policy_case *policy)
{
    const struct value *days =
        policy_primitive(policy, policy_property(policy, "AutomatedSnapshotRetentionPeriod"));

    return policy_number(days, 1) == 0 ? NON_COMPLIANT : COMPLIANT;
}

const struct rule redshift_policy_rules[] = {
    POLICY("RS1", ERROR, WAREHOUSE, "the cluster takes connections without TLS",
        "What is asked and answered can be read on the way.",
        "Name a parameter group that sets require_ssl to true.", .judge = judge_rs1),
    POLICY("RS2", ERROR, WAREHOUSE, "the cluster is in no VPC of its own",
        "Security groups and routes cannot keep others out.", "Set ClusterSubnetGroupName.",
        .demand = MUST_NOT_BE_EMPTY, .path = "ClusterSubnetGroupName"),
    POLICY("RS3", ERROR, WAREHOUSE, "the cluster's first user is called awsuser",
        "Half of the credentials is known.", "Set MasterUsername to another name.", .judge = judge_rs3),
    POLICY("RS4", ERROR, WAREHOUSE, "the cluster listens on the default port",
        "It is the first that is tried.", "Set Port to another than 5439.", .judge = judge_rs4),
    POLICY("RS5", ERROR, WAREHOUSE, "the cluster keeps no audit logs",
        "Who connected and what they asked cannot be told later.", "Set LoggingProperties.",
        .demand = MUST_EXIST, .path = "LoggingProperties"),
    POLICY("RS6", ERROR, WAREHOUSE, "the cluster is not encrypted",
        "Data and snapshots lie on disks in the clear.", "Set Encrypted to true.", .demand = MUST_BE_ON,
        .path = "Encrypted"),
    POLICY("RS8", ERROR, WAREHOUSE, "the cluster can be reached from the internet",
        "Anybody can try passwords.", "Set PubliclyAccessible to false.", .demand = MUST_NOT_BE_ON,
        .path = "PubliclyAccessible"),
    POLICY("RS9", ERROR, WAREHOUSE, "the cluster's version is not upgraded",
        "It stays without fixes until somebody upgrades it by hand.", "Set AllowVersionUpgrade to true.",
        .demand = MUST_NOT_BE_OFF, .path = "AllowVersionUpgrade"),
    POLICY("RS10", ERROR, WAREHOUSE, "automated snapshots of the cluster are off",
        "A mistake cannot be undone.", "Set AutomatedSnapshotRetentionPeriod to at least 1.",
        .judge = judge_rs10),
    POLICY("RS11", ERROR, WAREHOUSE, "the cluster does not log what users ask",
        "Who changed what cannot be told later.",
        "Name a parameter group that sets enable_user_activity_logging to true.", .judge = judge_rs11),
    RULES_END,
};
