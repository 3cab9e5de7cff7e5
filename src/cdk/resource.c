// SPDX-License-Identifier: MIT
#include "cdk/resource.h"

#include "cdk/element_private.h"
#include "cdk/tags_private.h"
#include "cdk/token_private.h"
#include "util/array.h"

#include <string.h>

struct resource *resource_new(
    struct construct *scope, const char *id, const char *type, struct value *properties)
{
    struct construct *node = construct_new(scope, id, type);
    struct resource *resource = arena_alloc(&scope->app->arena, sizeof(*resource));

    element_init(&resource->element, ELEMENT_RESOURCE, node, NULL);
    resource->type = type;
    resource->properties = properties ? omit_empty(properties) : omit_empty(object((struct field[]){ END }));
    tags_init_for_resource(node, type, resource->properties);
    if (construct_context_flag(node, "aws:cdk:enable-path-metadata"))
        resource_add_metadata(resource, "aws:cdk:path", string(node->path));
    return resource;
}

struct construct *resource_node(const struct resource *resource)
{
    return resource->element.node;
}

const char *resource_type(const struct resource *resource)
{
    return resource->type;
}

struct value *resource_properties(const struct resource *resource)
{
    return resource->properties;
}

const char *resource_logical_id(const struct resource *resource)
{
    return element_logical_id((struct element *)&resource->element);
}

void resource_override_logical_id(struct resource *resource, const char *logical_id)
{
    resource->element.logical_id = arena_strdup(&resource->element.node->app->arena, logical_id);
}

void resource_late_logical_id(struct resource *resource, resource_make_id *make, void *data)
{
    resource->late_id = make;
    resource->late_id_data = data;
}

// The resource types that CloudFormation can take a snapshot of ("DeletionPolicy attribute").
static bool supports_snapshot(const char *type)
{
    static const char *const types[] = {
        "AWS::DocDB::DBCluster",
        "AWS::EC2::Volume",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::Neptune::DBCluster",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
        NULL,
    };

    for (const char *const *at = types; *at; at++)
        if (strcmp(*at, type) == 0)
            return true;
    return false;
}

static const struct policy_texts {
    const char *deletion;
    const char *update_replace;
} policy_texts[] = {
    [REMOVAL_POLICY_DESTROY] = { "Delete", "Delete" },
    [REMOVAL_POLICY_RETAIN] = { "Retain", "Retain" },
    [REMOVAL_POLICY_SNAPSHOT] = { "Snapshot", "Snapshot" },
    [REMOVAL_POLICY_RETAIN_ON_UPDATE_OR_DELETE] = { "RetainExceptOnCreate", "Retain" },
};

void resource_apply_removal_policy(struct resource *resource, enum removal_policy policy)
{
    if (policy == REMOVAL_POLICY_DEFAULT)
        return;
    if (policy == REMOVAL_POLICY_SNAPSHOT && !supports_snapshot(resource->type))
        diag_warning(resource->element.node,
            "%s does not support the snapshot removal policy; it will be ignored", resource->type);
    resource->deletion_policy = policy_texts[policy].deletion;
    resource->update_replace_policy = policy_texts[policy].update_replace;
}

void resource_set_update_replace_policy(struct resource *resource, enum removal_policy policy)
{
    resource->update_replace_policy = policy_texts[policy].update_replace;
}

void resource_add_metadata(struct resource *resource, const char *key, struct value *value)
{
    if (!resource->metadata)
        resource->metadata = object((struct field[]){ END });
    object_set(resource->metadata, key, value);
}

void resource_add_dependency(struct resource *resource, struct resource *target)
{
    struct construct *node = resource->element.node;
    struct construct *target_node = target->element.node;

    if (resource == target)
        return;
    if (node->stack != target_node->stack)
        stack_add_dependency(node->stack, target_node->stack);
    else
        LIST_APPEND(&node->app->arena, &resource->depends_on, target);
}

void resource_set_property(struct resource *resource, const char *name, struct value *value)
{
    if (value)
        object_set(resource->properties, name, value);
    else
        object_remove(resource->properties, name);
}

void resource_set_condition_to_synthesize(struct resource *resource, bool (*wanted)(void *data), void *data)
{
    resource->wanted = wanted;
    resource->wanted_data = data;
}

struct resource *construct_default_child(const struct construct *construct)
{
    static const char *const ids[] = { "Resource", "Default" };

    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        struct construct *child = construct_child(construct, ids[i]);

        if (child && element_resource(child->element))
            return element_resource(child->element);
    }
    return element_resource(construct->element);
}

void output_new(struct construct *scope, const char *id, const struct output_props *props)
{
    struct value *name = props->export_name_value ? props->export_name_value : string(props->export_name);
    struct value *export = name ? object((struct field[]){ { "Name", name }, END }) : NULL;
    struct element *output = element_new(scope, id, "CfnOutput", ELEMENT_OUTPUT,
        object((struct field[]){
            { "Description", string(props->description) },
            { "Value", props->value },
            { "Export", export },
            END,
        }));

    if (!props->value)
        diag_error(output->node, "the output has no value");
}

struct value *parameter_new(struct construct *scope, const char *id, const struct parameter_props *props)
{
    struct element *parameter = element_new(scope, id, "CfnParameter", ELEMENT_PARAMETER,
        object((struct field[]){
            { "Type", string(props->type ? props->type : "String") },
            { "Default", props->default_value },
            { "Description", string(props->description) },
            END,
        }));

    return element_reference(parameter);
}
