// SPDX-License-Identifier: MIT
#include "aws/attribute.h"
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

enum { DEFAULT_VPC_ZONES = 2 };

static const char *const container_insights_names[] = {
    [ECS_CONTAINER_INSIGHTS_ENABLED] = "enabled",
    [ECS_CONTAINER_INSIGHTS_DISABLED] = "disabled",
    [ECS_CONTAINER_INSIGHTS_ENHANCED] = "enhanced",
};

static enum ecs_container_insights container_insights(const struct ecs_cluster_props *p)
{
    if (p->container_insights == TOGGLE_DEFAULT)
        return p->container_insights_v2;
    return p->container_insights == YES ? ECS_CONTAINER_INSIGHTS_ENABLED : ECS_CONTAINER_INSIGHTS_DISABLED;
}

static struct value *cluster_settings(const struct ecs_cluster_props *p)
{
    const char *insights = container_insights_names[container_insights(p)];
    struct value *setting = object((struct field[]){
        { "Name", string("containerInsights") },
        { "Value", string(insights) },
        END,
    });

    return insights ? array_of((struct value *[]){ setting, NULL }) : NULL;
}

static struct value *cluster_configuration(struct ecs_cluster *self, const struct ecs_cluster_props *p)
{
    if (!p->execute_command_configuration)
        return NULL;
    return object((struct field[]){
        { "ExecuteCommandConfiguration", ecs_execute_command_value(self, p->execute_command_configuration) },
        END,
    });
}

static struct value *cluster_properties(struct ecs_cluster *self, const struct ecs_cluster_props *p)
{
    return object((struct field[]){
        { "ClusterName", p->cluster_name },
        { "ClusterSettings", cluster_settings(p) },
        { "Configuration", cluster_configuration(self, p) },
        END,
    });
}

static struct ecs_cluster *cluster_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct ecs_cluster *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_ecs.Cluster");
    construct_set_object(self->node, self);
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->id = construct_id(self->node);
    self->state->capacity_providers = array();
    self->state->default_strategy = array();
    return self;
}

struct ecs_cluster *ecs_cluster_new(
    struct construct *scope, const char *id, const struct ecs_cluster_props *props)
{
    struct ecs_cluster *self = cluster_make(scope, id);
    const struct ecs_cluster_props none = { 0 };
    const struct ecs_cluster_props *p = props ? props : &none;

    if (p->container_insights && p->container_insights_v2)
        diag_error(self->node, "give at most one of 'container_insights' and 'container_insights_v2'");
    if (p->enable_fargate_capacity_providers)
        self->state->capacity_providers = strings((const char *[]){ "FARGATE", "FARGATE_SPOT", NULL });
    self->resource = resource_new(self->node, "Resource", "AWS::ECS::Cluster", cluster_properties(self, p));
    self->cluster_arn = attribute_arn(self->resource, "Arn",
        &(struct arn_parts){ .service = "ecs", .resource = "cluster", .resource_name = p->cluster_name });
    self->cluster_name = attribute_name(self->resource, p->cluster_name);
    self->vpc = p->vpc;
    if (!self->vpc)
        self->vpc = ec2_vpc_new(self->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = DEFAULT_VPC_ZONES });
    self->connections = ec2_connections_new(self->node, NULL);
    ecs_cluster_watch_capacity_providers(self);
    return self;
}

struct ecs_cluster *ecs_cluster_from_attributes(
    struct construct *scope, const char *id, const struct ecs_cluster_attributes *attributes)
{
    struct ecs_cluster *self = cluster_make(scope, id);

    self->cluster_name = attributes->cluster_name;
    self->cluster_arn = attributes->cluster_arn;
    if (!self->cluster_arn)
        self->cluster_arn = stack_format_arn(construct_stack(self->node),
            &(struct arn_parts){
                .service = "ecs",
                .resource = "cluster",
                .resource_name = attributes->cluster_name,
            });
    self->vpc = attributes->vpc;
    self->connections = ec2_connections_new(self->node, attributes->security_groups);
    return self;
}

struct value *ecs_cluster_arn_for_tasks(const struct ecs_cluster *cluster, const char *pattern)
{
    return stack_format_arn(construct_stack(cluster->node),
        &(struct arn_parts){
            .service = "ecs",
            .resource = "task",
            .resource_name = concatf("%v/%s", cluster->cluster_name, pattern),
        });
}
