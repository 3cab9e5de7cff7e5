// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/token.h"

enum { MIN_SUBNETS = 2 };

static struct rds_subnet_group *create_subnet_group(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *p)
{
    bool is_retained = p->removal_policy == REMOVAL_POLICY_RETAIN;
    size_t count = ec2_vpc_select_subnets(p->vpc, p->vpc_subnets).count;

    if (count < MIN_SUBNETS && !p->vpc->incomplete)
        diag_error(cluster->node, "a database cluster needs two subnets at least; %zu %s selected", count,
            count == 1 ? "is" : "are");
    if (p->subnet_group)
        return p->subnet_group;
    return rds_subnet_group_new(cluster->node, "Subnets",
        &(struct rds_subnet_group_props){
            .description = value_string(stringf("Subnets for %s database", construct_id(cluster->node))),
            .vpc = p->vpc,
            .vpc_subnets = p->vpc_subnets,
            .removal_policy = is_retained ? REMOVAL_POLICY_RETAIN : REMOVAL_POLICY_DEFAULT,
        });
}

static void create_connections(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *p)
{
    cluster->connections = ec2_connections_new(cluster->node, p->security_groups);
    if (!p->security_groups)
        ec2_connections_add_security_group(cluster->connections,
            ec2_security_group_new(cluster->node, "SecurityGroup",
                &(struct ec2_security_group_props){
                    .vpc = p->vpc,
                    .description = "RDS security group",
                }));
}

// The engine's own group is named too, so that an upgrade to another major version moves to that one's.
static struct rds_parameter_group *default_parameter_group(struct rds_database_cluster *cluster)
{
    const char *family = engine_parameter_group_family(&cluster->engine);

    if (!family)
        diag_error(cluster->node,
            "an engine without a version has no parameters of its own: give a version or a "
            "'parameter_group'");
    return rds_parameter_group_from_name(cluster->node,
        engine_traits(&cluster->engine)->default_parameter_group_id, concatf("default.%s", family));
}

static struct value *parameter_group_name(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *p)
{
    struct rds_parameter_group *group = p->parameter_group;

    if (!group && p->parameters)
        group = rds_parameter_group_new(cluster->node, "ParameterGroup",
            &(struct rds_parameter_group_props){ .engine = p->engine, .parameters = p->parameters });
    return parameter_group_for_cluster(group ? group : default_parameter_group(cluster));
}

static void set_performance_insights(
    struct rds_database_cluster_state *state, const struct rds_database_cluster_props *p)
{
    state->has_performance_insights = p->enable_performance_insights == YES ||
        (p->enable_performance_insights == TOGGLE_DEFAULT &&
            (p->performance_insight_retention || p->performance_insight_encryption_key ||
                p->database_insights_mode == RDS_DATABASE_INSIGHTS_ADVANCED));
    if (state->has_performance_insights)
        state->performance_insight_retention = p->performance_insight_retention
            ? p->performance_insight_retention
            : RDS_PERFORMANCE_INSIGHT_RETENTION_DEFAULT;
    state->performance_insight_encryption_key = p->performance_insight_encryption_key;
}

static struct iam_role *monitoring_role(struct construct *node, const struct rds_database_cluster_props *p)
{
    if (p->monitoring_role || !p->monitoring_interval.milliseconds)
        return p->monitoring_role;
    return iam_role_new(node, "MonitoringRole",
        &(struct iam_role_props){
            .assumed_by = iam_service_principal("monitoring.rds.amazonaws.com"),
            .managed_policies =
                (struct value *[]){
                    iam_aws_managed_policy("service-role/AmazonRDSEnhancedMonitoringRole"), NULL },
        });
}

static struct rds_endpoint endpoint(const struct resource *resource, const char *attribute)
{
    struct value *hostname = get_att(resource, attribute);
    struct value *port = get_att(resource, "Endpoint.Port");

    return (struct rds_endpoint){ hostname, port, concatf("%v:%v", hostname, port) };
}

static void set_attributes(struct rds_database_cluster *cluster)
{
    cluster->cluster_identifier = ref(cluster->resource);
    cluster->cluster_resource_identifier = get_att(cluster->resource, "DBClusterResourceId");
    cluster->cluster_endpoint = endpoint(cluster->resource, "Endpoint.Address");
    cluster->cluster_read_endpoint = endpoint(cluster->resource, "ReadEndpoint.Address");
    cluster->cluster_arn = stack_format_arn(construct_stack(cluster->node),
        &(struct arn_parts){
            .service = "rds",
            .resource = "cluster",
            .resource_name = cluster->cluster_identifier,
            .format = ARN_COLON_RESOURCE_NAME,
        });
    ec2_connections_set_default_port(
        cluster->connections, ec2_port_tcp_value(cluster->cluster_endpoint.port));
}

static void create(struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props)
{
    struct rds_database_cluster_state *state = cluster->state;
    struct value *parameter_group;
    struct master_user user;

    cluster->subnet_group = create_subnet_group(cluster, props);
    create_connections(cluster, props);
    parameter_group = parameter_group_name(cluster, props);
    cluster_check(cluster->node, props);
    set_performance_insights(state, props);
    state->monitoring_role = monitoring_role(cluster->node, props);
    state->enable_data_api = props->enable_data_api;
    user = cluster_master_user(cluster, props);
    cluster->resource = resource_new(cluster->node, "Resource", "AWS::RDS::DBCluster",
        cluster_properties(cluster, props, &user, parameter_group));
    set_attributes(cluster);
    cluster_attach_secret(cluster, props, &user);
    resource_apply_removal_policy(
        cluster->resource, props->removal_policy ? props->removal_policy : REMOVAL_POLICY_SNAPSHOT);
    cluster_create_instances(cluster, props);
    cluster_check_readers(cluster, props);
}

// So that what follows an error can go on; nothing of it is ever written.
static void create_placeholder(struct rds_database_cluster *cluster)
{
    cluster->resource =
        resource_new(cluster->node, "Resource", "AWS::RDS::DBCluster", object((struct field[]){ END }));
    cluster->connections = ec2_connections_new(cluster->node, NULL);
    cluster->instance_identifiers = array();
    set_attributes(cluster);
}

struct rds_database_cluster *rds_database_cluster_new(
    struct construct *scope, const char *id, const struct rds_database_cluster_props *props)
{
    struct arena *arena = construct_arena(scope);
    struct rds_database_cluster *cluster = arena_alloc(arena, sizeof(*cluster));

    cluster->node = construct_new(scope, id, "rds.DatabaseCluster");
    cluster->state = arena_alloc(arena, sizeof(*cluster->state));
    cluster->engine = props->engine;
    if (props->engine.version)
        cluster->engine.version = arena_strdup(arena, props->engine.version);
    if (cluster_check_required(cluster->node, props))
        create(cluster, props);
    else
        create_placeholder(cluster);
    return cluster;
}
