// SPDX-License-Identifier: MIT
// ECR, ECS, EKS.
#include "data/value.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

static enum verdict judge_ecr1(struct policy_case *policy)
{
    const struct value *document = policy_property(
        policy, policy_is_type(policy, "AWS::ECR::Repository") ? "RepositoryPolicyText" : "PolicyText");
    const struct value *statements = policy_optional(document, "Statement");

    return statements && policy_allows_star(policy, statements) ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_ecs2(struct policy_case *policy)
{
    const struct value *containers = policy_property(policy, "ContainerDefinitions");

    for (size_t i = 0, count = containers ? policy_items(policy, containers) : 0; i < count; i++)
        if (policy_member(policy, policy_item(containers, i), "Environment"))
            return NON_COMPLIANT;
    return COMPLIANT;
}

static enum verdict judge_ecs4(struct policy_case *policy)
{
    const struct value *settings = policy_property(policy, "ClusterSettings");

    for (size_t i = 0, count = settings ? policy_items(policy, settings) : 0; i < count; i++) {
        const struct value *setting = policy_item(settings, i);
        const struct value *value = policy_optional(setting, "Value");

        if (policy_is(policy_member(policy, setting, "Name"), "containerInsights") &&
            (policy_is(value, "enabled") || policy_is(value, "enhanced")))
            return COMPLIANT;
    }
    return NON_COMPLIANT;
}

static enum verdict judge_ecs7(struct policy_case *policy)
{
    const struct value *containers = policy_property(policy, "ContainerDefinitions");

    for (size_t i = 0, count = containers ? policy_items(policy, containers) : 0; i < count; i++) {
        const struct value *logging = policy_member(policy, policy_item(containers, i), "LogConfiguration");

        if (!policy_optional(logging, "LogDriver"))
            return NON_COMPLIANT;
    }
    return COMPLIANT;
}

// EKS: also the custom resource with which the CDK makes clusters, whose properties are those of EKS' API.

static const char custom_cluster[] = "Custom::AWSCDK-EKS-Cluster";

static enum verdict judge_eks1(struct policy_case *policy)
{
    static const char custom_path[] = "Config/resourcesVpcConfig/endpointPublicAccess";
    const struct value *access;

    if (policy_is_type(policy, custom_cluster)) {
        access = policy_optional(policy->resource->properties.value, custom_path);
        policy->name = "endpointPublicAccess";
        access = policy_primitive(policy, access);
        return access && value_type(access) == VALUE_BOOLEAN && !value_boolean(access) ? COMPLIANT
                                                                                       : NON_COMPLIANT;
    }
    access = policy_property(policy, "ResourcesVpcConfig");
    access = policy_primitive(policy, policy_member(policy, access, "EndpointPublicAccess"));
    return policy_is_false(access) ? COMPLIANT : NON_COMPLIANT;
}

static const char *const control_plane_logs[] = { "api", "audit", "authenticator", "controllerManager",
    "scheduler" };

struct log_set {
    bool has[ARRAY_SIZE(control_plane_logs)];
    size_t missing;
};

static void log_set_add(struct log_set *set, const struct value *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(control_plane_logs); i++) {
        if (set->has[i] || !policy_is(name, control_plane_logs[i]))
            continue;
        set->has[i] = true;
        set->missing--;
    }
}

static void add_custom_logs(struct policy_case *policy, struct log_set *set)
{
    const struct value *logging =
        policy_optional(policy->resource->properties.value, "Config/logging/clusterLogging");

    policy->name = "clusterLogging";
    for (size_t i = 0, count = logging ? policy_items(policy, logging) : 0; i < count; i++) {
        const struct value *entry = policy_item(logging, i), *enabled = policy_optional(entry, "enabled");
        const struct value *types = policy_optional(entry, "types");

        if (!enabled || value_type(enabled) != VALUE_BOOLEAN || !value_boolean(enabled))
            continue;
        policy->name = "types";
        for (size_t j = 0, length = policy_items(policy, types); j < length && set->missing; j++)
            log_set_add(set, policy_item(types, j));
    }
}

static void add_logs(struct policy_case *policy, struct log_set *set)
{
    const struct value *types =
        policy_optional(policy_property(policy, "Logging"), "ClusterLogging/EnabledTypes");

    for (size_t i = 0, count = types ? policy_items(policy, types) : 0; i < count && set->missing; i++)
        log_set_add(set, policy_primitive(policy, policy_member(policy, policy_item(types, i), "Type")));
}

static enum verdict judge_eks2(struct policy_case *policy)
{
    struct log_set set = { .missing = ARRAY_SIZE(control_plane_logs) };

    if (policy_is_type(policy, custom_cluster))
        add_custom_logs(policy, &set);
    else
        add_logs(policy, &set);
    for (size_t i = 0; i < ARRAY_SIZE(control_plane_logs); i++)
        if (!set.has[i])
            policy_found(policy, "LogExport::%s", control_plane_logs[i]);
    return policy_findings_verdict(policy);
}

const struct rule container_policy_rules[] = {
    POLICY("ECR1", ERROR, "AWS::ECR::RegistryPolicy AWS::ECR::Repository",
        "the repository is open to everybody", "Anybody may pull or push images, as the statement says.",
        "Name the accounts or roles in Principal.", .judge = judge_ecr1),
    POLICY("ECS2", ERROR, "AWS::ECS::TaskDefinition",
        "a container has environment variables in the task definition",
        "Whoever may describe task definitions reads them, secrets too.",
        "Take values from Secrets Manager, Parameter Store or an environment file.", .judge = judge_ecs2),
    POLICY("ECS4", ERROR, "AWS::ECS::Cluster", "Container Insights of the cluster is off",
        "There are no metrics of tasks and services to look at when something goes wrong.",
        "Set containerInsights to enabled or enhanced in ClusterSettings.", .judge = judge_ecs4),
    POLICY("ECS7", ERROR, "AWS::ECS::TaskDefinition", "a container has no logging",
        "What it writes is lost with the task.", "Set LogConfiguration with a LogDriver.",
        .judge = judge_ecs7),
    POLICY("EKS1", ERROR, "AWS::EKS::Cluster Custom::AWSCDK-EKS-Cluster",
        "the API server of the cluster can be reached from the internet",
        "Its authentication is all that is between anybody and the cluster.",
        "Set EndpointPublicAccess to false.", .judge = judge_eks1),
    POLICY("EKS2", ERROR, "AWS::EKS::Cluster Custom::AWSCDK-EKS-Cluster",
        "a log of the cluster's control plane is off", "What the control plane did cannot be told later.",
        "Turn on api, audit, authenticator, controllerManager and scheduler.", .judge = judge_eks2),
    RULES_END,
};
