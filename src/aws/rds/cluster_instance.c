// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"

#define PARAMETER_GROUP_IN_INSTANCE                                                                          \
    "@aws-cdk/aws-rds:auroraClusterChangeScopeOfInstanceParameterGroupWithEachParameters"

enum { DEFAULT_TIER = 2, LAST_TIER = 15 };

struct rds_cluster_instance rds_serverless_v2(const char *id)
{
    return (struct rds_cluster_instance){ .id = id };
}

struct rds_cluster_instance rds_provisioned(const char *id, const char *instance_type)
{
    return (struct rds_cluster_instance){ .id = id, .instance_type = instance_type };
}

// Of a reader; the writer's is 0.
int instance_promotion_tier(const struct rds_cluster_instance *instance)
{
    if (!instance->instance_type)
        return instance->scale_with_writer ? 1 : DEFAULT_TIER;
    return (int)count_or(instance->promotion_tier, DEFAULT_TIER);
}

// What an instance takes from its cluster.
struct instance_context {
    struct rds_database_cluster *cluster;
    const struct rds_database_cluster_props *cluster_props;
    const struct rds_cluster_instance *props;
    struct construct *node;
    int tier;
};

static bool has_insights(const struct rds_cluster_instance *p)
{
    return p->enable_performance_insights == YES || p->performance_insight_retention ||
        p->performance_insight_encryption_key;
}

static void check_insights(const struct instance_context *c)
{
    const struct rds_database_cluster_state *cluster = c->cluster->state;
    const struct rds_cluster_instance *p = c->props;
    int days = has_insights(p) && !p->performance_insight_retention
        ? RDS_PERFORMANCE_INSIGHT_RETENTION_DEFAULT
        : p->performance_insight_retention;

    if (p->enable_performance_insights == NO && has_insights(p))
        diag_error(c->node, "Performance Insights are turned off, but a retention or a key is given");
    if (cluster->has_performance_insights && !has_insights(p))
        diag_warning(c->cluster->node,
            "Performance Insights are on for the whole cluster, the instance '%s' included", p->id);
    if (cluster->performance_insight_retention && days && days != cluster->performance_insight_retention)
        diag_error(c->cluster->node,
            "the instance '%s' keeps Performance Insights for %d days, the cluster for %d", p->id, days,
            cluster->performance_insight_retention);
    if (cluster->performance_insight_encryption_key && p->performance_insight_encryption_key &&
        !value_equal(cluster->performance_insight_encryption_key->key_arn,
            p->performance_insight_encryption_key->key_arn))
        diag_error(c->cluster->node,
            "the instance '%s' has another key for Performance Insights than the cluster", p->id);
}

static struct value *parameter_group_name(const struct instance_context *c)
{
    struct rds_parameter_group *group = c->props->parameter_group;

    if (!group && c->props->parameters)
        group = rds_parameter_group_new(
            construct_context_flag(c->node, PARAMETER_GROUP_IN_INSTANCE) ? c->node : c->cluster->node,
            "InstanceParameterGroup",
            &(struct rds_parameter_group_props){
                .engine = c->cluster->engine,
                .parameters = c->props->parameters,
            });
    return group ? parameter_group_for_instance(group) : NULL;
}

static struct value *publicly_accessible(const struct instance_context *c)
{
    const struct ec2_subnet_selection *subnets = c->cluster_props->vpc_subnets;

    if (c->props->publicly_accessible)
        return boolean(c->props->publicly_accessible == YES);
    return subnets ? boolean(subnets->type == EC2_SUBNET_PUBLIC) : NULL;
}

static struct value *instance_class(const struct rds_cluster_instance *p)
{
    return p->instance_type ? stringf("db.%s", p->instance_type) : string("db.serverless");
}

static struct value *instance_properties(const struct instance_context *c)
{
    const struct rds_cluster_instance *p = c->props;
    const struct iam_role *role = c->cluster->state->monitoring_role;
    bool is_monitored = !c->cluster_props->enable_cluster_level_enhanced_monitoring;

    return object((struct field[]){
        { "AllowMajorVersionUpgrade", toggle_value(p->allow_major_version_upgrade) },
        { "ApplyImmediately", toggle_value(p->apply_immediately) },
        { "AutoMinorVersionUpgrade", toggle_value(p->auto_minor_version_upgrade) },
        { "AvailabilityZone", p->availability_zone },
        { "CACertificateIdentifier", string(p->ca_certificate) },
        { "DBClusterIdentifier", c->cluster->cluster_identifier },
        { "DBInstanceClass", instance_class(p) },
        { "DBInstanceIdentifier", p->instance_identifier },
        { "DBParameterGroupName", parameter_group_name(c) },
        { "EnablePerformanceInsights", insights_enabled(has_insights(p), p->enable_performance_insights) },
        { "Engine", string(engine_traits(&c->cluster->engine)->type) },
        { "MonitoringInterval", is_monitored ? seconds_value(c->cluster_props->monitoring_interval) : NULL },
        { "MonitoringRoleArn", is_monitored && role ? role->role_arn : NULL },
        { "PerformanceInsightsKMSKeyId", key_arn(p->performance_insight_encryption_key) },
        { "PerformanceInsightsRetentionPeriod",
            insights_retention(has_insights(p), p->performance_insight_retention) },
        { "PreferredMaintenanceWindow", string(p->preferred_maintenance_window) },
        { "PromotionTier", number(c->tier) },
        { "PubliclyAccessible", publicly_accessible(c) },
        END,
    });
}

static struct resource *create(struct instance_context *c)
{
    struct ec2_selected_subnets subnets =
        ec2_vpc_select_subnets(c->cluster_props->vpc, c->cluster_props->vpc_subnets);
    struct resource *instance;

    c->node = construct_new(c->cluster->node, c->props->id, "Resource");
    if (c->tier < 0 || c->tier > LAST_TIER)
        diag_error(c->node, "the promotion tier is %d: it is between 0 and %d", c->tier, LAST_TIER);
    check_insights(c);
    instance = resource_new(c->node, "Resource", "AWS::RDS::DBInstance", instance_properties(c));
    resource_apply_removal_policy(instance, companion_removal_policy(c->cluster_props->removal_policy));
    ec2_subnets_add_dependent(&subnets, resource_node(instance));
    return instance;
}

static void append(struct rds_database_cluster *cluster, struct resource *instance)
{
    struct value *hostname = get_att(instance, "Endpoint.Address");
    struct value *port = cluster->cluster_endpoint.port;
    size_t i = cluster->instance_count++;

    cluster->state->instances[i] = instance;
    cluster->instance_endpoints[i] =
        (struct rds_endpoint){ hostname, port, concatf("%v:%v", hostname, port) };
    array_append(cluster->instance_identifiers, ref(instance));
}

void cluster_create_instances(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props)
{
    struct arena *arena = construct_arena(cluster->node);
    struct instance_context context = { .cluster = cluster, .cluster_props = props, .props = props->writer };
    struct construct *writer_node;
    size_t count = 1;

    for (const struct rds_cluster_instance *reader = props->readers; reader && reader->id; reader++)
        count++;
    cluster->state->instances = arena_alloc(arena, count * sizeof(struct resource *));
    cluster->instance_endpoints = arena_alloc(arena, count * sizeof(*cluster->instance_endpoints));
    cluster->instance_identifiers = array();
    append(cluster, create(&context));
    writer_node = context.node;
    for (const struct rds_cluster_instance *reader = props->readers; reader && reader->id; reader++) {
        context.props = reader;
        context.tier = instance_promotion_tier(reader);
        append(cluster, create(&context));
        construct_add_dependency(context.node, writer_node);
    }
}
