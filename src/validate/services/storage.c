// SPDX-License-Identifier: MIT
// Tables, clusters and detectors whose properties have to fit each other.
#include "util/arena.h"
#include "util/map.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/properties/values.h"

#include <string.h>
#include <strings.h>

// AWS::DynamoDB::Table: the attributes are those of the keys.

static bool note_names(const struct value *list, struct map *names)
{
    for (size_t i = 0; i < value_length(list) && value_type(list) == VALUE_ARRAY; i++) {
        const char *name = object_string(array_at(list, i), "AttributeName");

        if (!name)
            return false;
        map_set(names, name, names);
    }
    return !list || value_type(list) == VALUE_ARRAY;
}

static bool note_index_names(const struct value *indexes, struct map *names)
{
    for (size_t i = 0; i < value_length(indexes) && value_type(indexes) == VALUE_ARRAY; i++)
        if (!note_names(object_get(array_at(indexes, i), "KeySchema"), names))
            return false;
    return !indexes || value_type(indexes) == VALUE_ARRAY;
}

// A name of `list` that `names` lacks; NULL: none.
static const char *find_missing(const struct value *list, const struct map *names)
{
    for (size_t i = 0; i < value_length(list); i++) {
        const char *name = object_string(array_at(list, i), "AttributeName");

        if (name && !map_get(names, name))
            return name;
    }
    return NULL;
}

static void check_attributes(struct judge *judge, const struct node *properties, void *data)
{
    const struct value *table = properties->value, *definitions = object_get(table, "AttributeDefinitions");
    struct map defined, used;
    const char *missing;

    (void)data;
    map_init(&defined, validator_arena(judge->validator));
    map_init(&used, validator_arena(judge->validator));
    if (!note_names(definitions, &defined) || !note_names(object_get(table, "KeySchema"), &used) ||
        !note_index_names(object_get(table, "GlobalSecondaryIndexes"), &used) ||
        !note_index_names(object_get(table, "LocalSecondaryIndexes"), &used))
        return;
    missing = find_missing(definitions, &used);
    if (missing)
        report(judge->validator, "E3039", properties, "attribute '%s' is defined and in no key", missing);
    missing = find_missing(object_get(table, "KeySchema"), &defined);
    for (size_t i = 0; !missing && i < 2; i++) {
        const struct value *indexes =
            object_get(table, i ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes");

        for (size_t j = 0; !missing && j < value_length(indexes); j++)
            missing = find_missing(object_get(array_at(indexes, j), "KeySchema"), &defined);
    }
    if (missing)
        report(judge->validator, "E3039", properties, "attribute '%s' is in a key and not defined", missing);
}

static void check_table(struct validator *validator, const struct node *node)
{
    static const char *const names[] = { "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes",
        "LocalSecondaryIndexes", NULL };
    const struct template_resource *table = node_resource(validator, node);

    validator_each_scenario(validator, &table->properties, names, check_attributes, NULL);
}

// AWS::GuardDuty::Detector.

static void check_sources(struct judge *judge, const struct node *properties, void *data)
{
    (void)data;
    if (object_get(properties->value, "DataSources") && object_get(properties->value, "Features"))
        report(judge->validator, "E3063", properties, "'DataSources' and 'Features' exclude each other");
}

static void check_detector(struct validator *validator, const struct node *node)
{
    static const char *const names[] = { "DataSources", "Features", NULL };
    const struct template_resource *detector = node_resource(validator, node);

    validator_each_scenario(validator, &detector->properties, names, check_sources, NULL);
}

// AWS::ElastiCache::ReplicationGroup: what a parameter group with cluster-enabled asks for.

static bool is_false(const struct value *value)
{
    return (value_type(value) == VALUE_BOOLEAN && !value_boolean(value)) ||
        (value_string(value) && strcasecmp(value_string(value), "false") == 0);
}

static void check_cluster(struct judge *judge, const struct node *properties, void *data)
{
    struct node failover = node_get(properties, "AutomaticFailoverEnabled"),
                clusters = node_get(properties, "NumCacheClusters"),
                group = node_get(properties, "CacheParameterGroupName");
    const struct template_resource *parameters = referred_resource(judge->validator, &group);
    const char *enabled = parameters
        ? object_string(object_get(parameters->properties.value, "Properties"), "cluster-enabled")
        : NULL;
    double count = 0;

    (void)data;
    if (!enabled || strcmp(enabled, "yes") != 0)
        return;
    if (is_false(failover.value))
        report(judge->validator, "E3026", &failover, "a cluster fails over by itself: this cannot be false");
    if (!object_get(properties->value, "NumNodeGroups") &&
        (!node_exists(&clusters) || value_reads_as_number(clusters.value, &count)) && count <= 1)
        report(judge->validator, "E3026", node_exists(&clusters) ? &clusters : properties,
            "a cluster has more than one node: set NumCacheClusters or NumNodeGroups");
}

static void check_replication(struct validator *validator, const struct node *node)
{
    static const char *const names[] = { "AutomaticFailoverEnabled", "NumCacheClusters", "NumNodeGroups",
        "CacheParameterGroupName", NULL };
    const struct template_resource *group = node_resource(validator, node);

    validator_each_scenario(validator, &group->properties, names, check_cluster, NULL);
}

// AWS::CodeBuild::Project takes the name of a role only when the role has no path.
static void check_role_path(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *role = referred_resource(judge->validator, node);
    const char *path = role ? object_string(role->properties.value, "Path") : NULL;
    struct node name = node_argument(node);

    (void)data;
    if (node_is_function(node, "Ref") && path && strcmp(path, "/") != 0)
        report(
            judge->validator, "E3050", &name, "the role has the path '%s': use Fn::GetAtt of its Arn", path);
}

static void check_project(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties/ServiceRole", check_role_path, NULL);
}

#define REFUSED "AWS refuses the resource, so the stack is rolled back."

const struct rule storage_rules[] = {
    { "E3026", SEVERITY_ERROR, "a replication group does not fit its parameter group's cluster mode", REFUSED,
        "Let it fail over, and give it several nodes.", "AWS::ElastiCache::ReplicationGroup",
        .scope = RULE_RESOURCE, .subject = "AWS::ElastiCache::ReplicationGroup", .check = check_replication },
    { "E3039", SEVERITY_ERROR, "a table's attributes are not those of its keys", REFUSED,
        "Define the attributes of keys, and no others.", "AWS::DynamoDB::Table AttributeDefinitions",
        .scope = RULE_RESOURCE, .subject = "AWS::DynamoDB::Table", .check = check_table },
    { "E3050", SEVERITY_ERROR, "a project refers to a role with a path by its name", REFUSED,
        "Use Fn::GetAtt of the role's Arn.", "AWS::CodeBuild::Project ServiceRole", .scope = RULE_RESOURCE,
        .subject = "AWS::CodeBuild::Project", .check = check_project },
    { "E3063", SEVERITY_ERROR, "a detector has data sources and features", REFUSED, "Keep 'Features' alone.",
        "AWS::GuardDuty::Detector", .scope = RULE_RESOURCE, .subject = "AWS::GuardDuty::Detector",
        .check = check_detector },
    RULES_END,
};
