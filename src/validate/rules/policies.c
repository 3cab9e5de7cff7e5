// SPDX-License-Identifier: MIT
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/rules/declarations.h"

#include <string.h>

// What the attributes of a resource take that say how it is made, changed and deleted.

static const struct shape boolean_shape = { .kinds = KIND_BOOLEAN, .accepts_functions = true };
static const struct shape integer_shape = { .kinds = KIND_INTEGER, .accepts_functions = true };
static const struct shape text_shape = { .kinds = KIND_STRING, .accepts_functions = true };

#define KEYS_END                                                                                             \
    {                                                                                                        \
        NULL, NULL, false                                                                                    \
    }
#define OBJECT_SHAPE(name)                                                                                   \
    static const struct shape name = { .kinds = KIND_OBJECT, .keys = name##_keys, .accepts_functions = true }

static const struct shape_key fleet_type_keys[] = { { "Type", &boolean_shape, false }, KEYS_END };
OBJECT_SHAPE(fleet_type);
static const struct shape_key fleet_keys[] = { { "StartAfterUpdate", &fleet_type, false },
    { "StopBeforeUpdate", &fleet_type, false }, KEYS_END };
OBJECT_SHAPE(fleet);

static const struct shape_key replacing_keys[] = { { "WillReplace", &boolean_shape, false }, KEYS_END };
OBJECT_SHAPE(replacing);
static const char *const processes[] = { "Launch", "Terminate", "AddToLoadBalancer", "AlarmNotification",
    "AZRebalance", "HealthCheck", "InstanceRefresh", "ReplaceUnhealthy", "ScheduledActions", NULL };
static const struct shape process = { .kinds = KIND_STRING, .values = processes, .accepts_functions = true };
static const struct shape process_list = { .kinds = KIND_ARRAY, .each = &process, .accepts_functions = true };
static const struct shape_key rolling_keys[] = { { "MaxBatchSize", &integer_shape, false },
    { "MinActiveInstancesPercent", &integer_shape, false },
    { "MinInstancesInService", &integer_shape, false },
    { "MinSuccessfulInstancesPercent", &integer_shape, false }, { "PauseTime", &text_shape, false },
    { "SuspendProcesses", &process_list, false }, { "WaitOnResourceSignals", &boolean_shape, false },
    KEYS_END };
OBJECT_SHAPE(rolling);
static const struct shape_key scheduled_keys[] = {
    { "IgnoreUnmodifiedGroupSizeProperties", &boolean_shape, false }, KEYS_END
};
OBJECT_SHAPE(scheduled);
static const struct shape_key group_keys[] = { { "AutoScalingReplacingUpdate", &replacing, false },
    { "AutoScalingRollingUpdate", &rolling, false }, { "AutoScalingScheduledAction", &scheduled, false },
    KEYS_END };
OBJECT_SHAPE(group);

static const struct shape_key resharding_keys[] = { { "UseOnlineResharding", &boolean_shape, false },
    KEYS_END };
OBJECT_SHAPE(resharding);
static const struct shape_key code_deploy_keys[] = { { "AfterAllowTrafficHook", &text_shape, false },
    { "ApplicationName", &text_shape, false }, { "BeforeAllowTrafficHook", &text_shape, false },
    { "DeploymentGroupName", &text_shape, false }, KEYS_END };
static const struct shape code_deploy = {
    .kinds = KIND_OBJECT, .keys = code_deploy_keys, .accepts_other_keys = true, .accepts_functions = true
};
static const struct shape_key alias_keys[] = { { "CodeDeployLambdaAliasUpdate", &code_deploy, false },
    KEYS_END };
static const struct shape alias = {
    .kinds = KIND_OBJECT, .keys = alias_keys, .accepts_other_keys = true, .accepts_functions = true
};
static const struct shape_key search_keys[] = { { "EnableVersionUpgrade", &boolean_shape, false }, KEYS_END };
OBJECT_SHAPE(search);

static const struct shape_key signal_keys[] = { { "Count", &integer_shape, false },
    { "Timeout", &text_shape, false }, KEYS_END };
OBJECT_SHAPE(signal);
static const struct shape_key wait_keys[] = { { "ResourceSignal", &signal, false }, KEYS_END };
OBJECT_SHAPE(wait);
static const struct shape_key success_keys[] = { { "MinSuccessfulInstancesPercent", &integer_shape, false },
    KEYS_END };
OBJECT_SHAPE(success);
static const struct shape_key group_creation_keys[] = { { "AutoScalingCreationPolicy", &success, false },
    { "ResourceSignal", &signal, false }, KEYS_END };
OBJECT_SHAPE(group_creation);
static const struct shape_key start_keys[] = { { "StartFleet", &boolean_shape, false }, KEYS_END };
OBJECT_SHAPE(start);

struct policy {
    const char *type;
    const struct shape *shape;
};

static const struct policy update_policies[] = {
    { "AWS::AppStream::Fleet", &fleet },
    { "AWS::AutoScaling::AutoScalingGroup", &group },
    { "AWS::ElastiCache::ReplicationGroup", &resharding },
    { "AWS::Elasticsearch::Domain", &search },
    { "AWS::Lambda::Alias", &alias },
    { "AWS::OpenSearchService::Domain", &search },
};

static const struct policy creation_policies[] = {
    { "AWS::AppStream::Fleet", &start },
    { "AWS::AutoScaling::AutoScalingGroup", &group_creation },
    { "AWS::CloudFormation::WaitCondition", &wait },
};

// "DeletionPolicy attribute": whose data a snapshot can hold.
static const char *const snapshot_types[] = { "AWS::DocDB::DBCluster", "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::Redshift::Cluster" };

static const struct shape *find_policy(const struct policy *policies, size_t count, const char *type)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(policies[i].type, type) == 0)
            return policies[i].shape;
    return NULL;
}

static void check_update_policy(struct validator *validator, const struct node *resource, const char *type)
{
    static const struct shape_ids ids = { .other = "E3016" };
    const struct shape *shape = find_policy(update_policies, ARRAY_SIZE(update_policies), type);
    struct node policy = node_get(resource, "UpdatePolicy");

    if (!node_exists(&policy))
        return;
    if (shape)
        shape_check(validator, &policy, shape, &ids);
    else
        report(validator, "E3016", &policy, "a resource of type %s has no update policy", type);
}

static void check_creation_policy(struct validator *validator, const struct node *resource, const char *type)
{
    static const struct shape_ids ids = { .other = "E3055" };
    const struct shape *shape = find_policy(creation_policies, ARRAY_SIZE(creation_policies), type);
    struct node policy = node_get(resource, "CreationPolicy");

    if (node_exists(&policy) && shape)
        shape_check(validator, &policy, shape, &ids);
}

static bool has_snapshots(const char *type)
{
    for (size_t i = 0; i < ARRAY_SIZE(snapshot_types); i++)
        if (strcmp(type, snapshot_types[i]) == 0)
            return true;
    return false;
}

const char *const deletion_policies[] = { "Delete", "Retain", "RetainExceptOnCreate", "Snapshot", NULL };
const char *const update_replace_policies[] = { "Delete", "Retain", "Snapshot", NULL };

struct deletion {
    const char *id, *type;
};

static void check_effect(struct validator *validator, const struct node *node, void *data)
{
    const struct deletion *deletion = data;
    const char *effect = node_string(node);
    bool is_deletion = strcmp(deletion->id, "E3035") == 0;

    if (node_function(node))
        return;
    if (!effect) {
        report(validator, deletion->id, node, "must be a string");
        return;
    }
    if (!words_have(is_deletion ? deletion_policies : update_replace_policies, effect))
        report(validator, deletion->id, node, "'%s' is not one of Delete, Retain%s and Snapshot", effect,
            is_deletion ? ", RetainExceptOnCreate" : "");
    else if (strcmp(effect, "Snapshot") == 0 && !has_snapshots(deletion->type))
        report(validator, deletion->id, node, "there are no snapshots of %s", deletion->type);
}

static void check_deletion(struct validator *validator, const struct node *resource, const char *type)
{
    struct node delete = node_get(resource, "DeletionPolicy"),
                replace = node_get(resource, "UpdateReplacePolicy");
    bool is_lambda =
        strcmp(type, "AWS::Lambda::Version") == 0 || strcmp(type, "AWS::Lambda::LayerVersion") == 0;
    const struct node *given = node_exists(&delete) ? &delete : &replace;

    node_each_option(validator, &delete, check_effect, &(struct deletion){ "E3035", type });
    node_each_option(validator, &replace, check_effect, &(struct deletion){ "E3036", type });
    if (node_exists(&delete) == node_exists(&replace) || is_lambda)
        return;
    if (!node_string(given) || strcmp(node_string(given), "Delete") != 0)
        report_key(validator, "W3011", resource, "has a '%s' and no '%s'", given->key,
            given == &delete ? "UpdateReplacePolicy" : "DeletionPolicy");
}

static void check_policies(struct validator *validator, const struct node *resource)
{
    const char *type = object_string_or_empty(resource->value, "Type");

    check_update_policy(validator, resource, type);
    check_creation_policy(validator, resource, type);
    check_deletion(validator, resource, type);
}

const struct rule policy_rules[] = {
    { "E3016", SEVERITY_ERROR, "an update policy is not one of the resource's type",
        "CloudFormation refuses the template.", "Leave out or correct what the message names.",
        "UpdatePolicy attribute", .scope = RULE_RESOURCE, .check = check_policies },
    { "E3035", SEVERITY_ERROR, "a deletion policy is none", "CloudFormation refuses the template.",
        "Use Delete, Retain, RetainExceptOnCreate, or Snapshot where there are snapshots.",
        "DeletionPolicy attribute", .scope = RULE_REPORTED },
    { "E3036", SEVERITY_ERROR, "an update replace policy is none", "CloudFormation refuses the template.",
        "Use Delete, Retain, or Snapshot where there are snapshots.", "UpdateReplacePolicy attribute",
        .scope = RULE_REPORTED },
    { "E3055", SEVERITY_ERROR, "a creation policy is not one of the resource's type",
        "CloudFormation refuses the template.", "Leave out or correct what the message names.",
        "CreationPolicy attribute", .scope = RULE_REPORTED },
    { "W3011", SEVERITY_WARNING,
        "data is kept when the resource is deleted, or when it is replaced, not both",
        "The other way the data is lost.", "Set 'DeletionPolicy' and 'UpdateReplacePolicy' to the same.",
        "UpdateReplacePolicy attribute", .scope = RULE_REPORTED },
    RULES_END,
};
