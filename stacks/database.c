// SPDX-License-Identifier: MIT
// The database of the App stack, and how others reach it.
#include "aws/logs.h"
#include "cdk/construct.h"
#include "stacks/stacks.h"

enum {
    POSTGRES_PORT = 5432,
    INSIGHT_DAYS = 465, // 15 months, without which there are no advanced insights
};

static const struct ec2_subnet_selection private_subnets = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };

void tango_open_postgres(
    struct construct *scope, const char *id, struct value *to, struct value *from, const char *description)
{
    ec2_ingress_rule_new(scope, id,
        &(struct ec2_ingress_rule_props){
            .ip_protocol = "tcp",
            .from_port = count(POSTGRES_PORT),
            .to_port = count(POSTGRES_PORT),
            .description = description,
            .group_id = to,
            .source_security_group_id = from,
        });
}

// RDS would make the log group itself, without a retention, as soon as an instance exports a log.
static void add_logs(struct app_stack *self, const struct settings *settings)
{
    const struct logs_log_group *group = logs_log_group_new(self->stack.node, "DatabaseLogs",
        &(struct logs_log_group_props){
            .log_group_name = concatf("/aws/rds/cluster/%v/postgresql", self->database->cluster_identifier),
            .retention = (enum logs_retention)settings->log_retention_days,
            .removal_policy = tango_removal_policy(settings, REMOVAL_POLICY_RETAIN_ON_UPDATE_OR_DELETE),
        });

    construct_add_dependency(construct_child(self->database->node, "writer"), group->node);
}

static void add_proxy(struct app_stack *self, struct ec2_vpc *vpc, struct ec2_security_group *database_group)
{
    struct construct *scope = self->stack.node;
    struct ec2_security_group *group = ec2_security_group_new(scope, "RdsProxySG",
        &(struct ec2_security_group_props){
            .vpc = vpc, .description = "RDS Proxy", .allow_all_outbound = YES });

    tango_open_postgres(scope, "RdsProxyToDbIngress", database_group->security_group_id,
        group->security_group_id, "RDS Proxy to Aurora");
    self->rds_proxy = rds_database_proxy_new(scope, "TangoRdsProxy",
        &(struct rds_database_proxy_props){
            .cluster = self->database,
            .secrets = (struct secretsmanager_secret *[]){ self->database_secret, NULL },
            .vpc = vpc,
            .vpc_subnets = &private_subnets,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .require_tls = YES,
            .idle_client_timeout = minutes(5),
            .max_connections_percent = count(90),
            .max_idle_connections_percent = count(10),
        });
    self->database_access =
        (struct database_access){ self->rds_proxy->endpoint, group->security_group_id, "RDS Proxy", NULL };
}

// The template says which version: the long-term one must not be upgraded behind its back.
static struct rds_cluster_instance instance(const struct settings *settings, const char *id)
{
    struct rds_cluster_instance instance = rds_serverless_v2(id);

    instance.auto_minor_version_upgrade = NO;
    instance.enable_performance_insights = settings->database_insights ? YES : TOGGLE_DEFAULT;
    instance.performance_insight_retention = settings->database_insights ? INSIGHT_DAYS : 0;
    return instance;
}

// The first one is as big as the writer, whose place it takes when that one's zone fails. Ends with a NULL
// id.
static const struct rds_cluster_instance *readers(const struct settings *settings)
{
    size_t length = (size_t)settings->database_readers + 1;
    struct rds_cluster_instance *readers = arena_alloc(value_arena(), length * sizeof(*readers));

    for (int i = 0; i < settings->database_readers; i++) {
        readers[i] = instance(settings, arena_printf(value_arena(), "reader%d", i + 1));
        readers[i].scale_with_writer = i == 0;
    }
    return readers;
}

void app_stack_add_database(struct app_stack *self, const struct settings *settings,
    const struct network_stack *network, struct ec2_security_group *group)
{
    const struct rds_cluster_instance writer = instance(settings, "writer");
    bool watched = settings->database_insights;

    self->database = rds_database_cluster_new(self->stack.node, "TangoDatabase",
        &(struct rds_database_cluster_props){
            .engine = rds_aurora_postgres("16.8"),
            .serverless_v2_min_capacity = count(settings->database_min_acu),
            .serverless_v2_max_capacity = count(settings->database_max_acu),
            .writer = &writer,
            .readers = readers(settings),
            .auto_minor_version_upgrade = NO,
            .vpc = network->vpc,
            .vpc_subnets = &private_subnets,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .default_database_name = settings->database_name,
            .removal_policy = tango_removal_policy(settings, REMOVAL_POLICY_SNAPSHOT),
            .deletion_protection = toggle(settings->deletion_protection),
            .backup_retention = days(settings->database_backup_days),
            .storage_encrypted = YES,
            // What is in it keeps its users; the first one gets a password of the new cluster's own.
            .snapshot_identifier =
                tango_is_given(settings->snapshot_identifier) ? settings->snapshot_identifier : NULL,
            .iam_authentication = settings->database_iam_authentication ? YES : TOGGLE_DEFAULT,
            .storage_type = settings->database_io_optimized ? "aurora-iopt1" : NULL,
            .database_insights_mode =
                watched ? RDS_DATABASE_INSIGHTS_ADVANCED : RDS_DATABASE_INSIGHTS_DEFAULT,
            .enable_performance_insights = watched ? YES : TOGGLE_DEFAULT,
            .performance_insight_retention = watched ? INSIGHT_DAYS : 0,
            .monitoring_interval = watched ? seconds(60) : (struct duration){ 0 },
            .cloudwatch_logs_exports = (const char *[]){ "postgresql", NULL },
        });
    self->database_secret = self->database->secret;
    self->database_access = (struct database_access){ self->database->cluster_endpoint.hostname,
        network->database_security_group->security_group_id, "Aurora", "rds-ca.pem" };
    add_logs(self, settings);
    if (settings->rds_proxy)
        add_proxy(self, network->vpc, group);
}
