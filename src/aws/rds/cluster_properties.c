// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/token.h"

#include <ctype.h>

// On unless context turns it off.
#define LOWERCASE_IDENTIFIER "@aws-cdk/aws-rds:lowercaseDbIdentifier"

struct value *key_arn(const struct kms_key *key)
{
    return key ? key->key_arn : NULL;
}

struct value *name_as_stored(struct value *name)
{
    const char *text = value_string(name);
    char *lower;

    if (!text)
        return name;
    lower = arena_strdup(value_arena(), text);
    for (char *c = lower; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return string(lower);
}

struct value *insights_enabled(bool enabled, enum toggle given)
{
    return enabled ? boolean(true) : toggle_value(given);
}

struct value *insights_retention(bool enabled, int days)
{
    return enabled ? number(days ? days : RDS_PERFORMANCE_INSIGHT_RETENTION_DEFAULT) : NULL;
}

enum removal_policy companion_removal_policy(enum removal_policy policy)
{
    return policy == REMOVAL_POLICY_RETAIN ? REMOVAL_POLICY_RETAIN : REMOVAL_POLICY_DESTROY;
}

static bool has_serverless(const struct rds_database_cluster_props *p)
{
    if (!p->writer->instance_type)
        return true;
    for (const struct rds_cluster_instance *reader = p->readers; reader && reader->id; reader++)
        if (!reader->instance_type)
            return true;
    return false;
}

static struct value *serverless_scaling(const struct rds_database_cluster_props *p)
{
    if (!has_serverless(p))
        return NULL;
    return object((struct field[]){
        { "MaxCapacity", number(count_or(p->serverless_v2_max_capacity, 2)) },
        { "MinCapacity", number(count_or(p->serverless_v2_min_capacity, 0.5)) },
        { "SecondsUntilAutoPause", seconds_value(p->serverless_v2_auto_pause_duration) },
        END,
    });
}

static struct value *data_api(void *data)
{
    const struct rds_database_cluster_state *state = data;

    return toggle_value(state->enable_data_api);
}

static struct value *port(const struct rds_database_cluster_props *p)
{
    int usual = engine_traits(&p->engine)->port;

    return p->port.given || !usual ? count_value(p->port) : number(usual);
}

static struct value *deletion_protection(const struct rds_database_cluster_props *p)
{
    if (p->deletion_protection == TOGGLE_DEFAULT && p->removal_policy == REMOVAL_POLICY_RETAIN)
        return boolean(true);
    return toggle_value(p->deletion_protection);
}

static struct value *identifier(const struct construct *node, const struct rds_database_cluster_props *p)
{
    bool is_kept =
        construct_context(node, LOWERCASE_IDENTIFIER) && !construct_context_flag(node, LOWERCASE_IDENTIFIER);

    return is_kept ? p->cluster_identifier : name_as_stored(p->cluster_identifier);
}

static struct value *master_user_secret(const struct rds_database_cluster_props *p)
{
    if (!p->manage_master_user_password || !p->credentials || !p->credentials->encryption_key)
        return NULL;
    return object((struct field[]){ { "KmsKeyId", key_arn(p->credentials->encryption_key) }, END });
}

static struct value *insights_mode(enum rds_database_insights_mode mode)
{
    static const char *const names[] = {
        [RDS_DATABASE_INSIGHTS_STANDARD] = "standard",
        [RDS_DATABASE_INSIGHTS_ADVANCED] = "advanced",
    };

    return string(names[mode]);
}

struct value *cluster_properties(const struct rds_database_cluster *cluster,
    const struct rds_database_cluster_props *p, const struct master_user *user, struct value *parameter_group)
{
    struct rds_database_cluster_state *state = cluster->state;
    bool is_monitored = p->enable_cluster_level_enhanced_monitoring;
    bool is_managed = p->manage_master_user_password;

    return object((struct field[]){
        { "AutoMinorVersionUpgrade", toggle_value(p->auto_minor_version_upgrade) },
        { "BacktrackWindow", seconds_value(p->backtrack_window) },
        { "BackupRetentionPeriod", days_value(p->backup_retention) },
        { "CopyTagsToSnapshot", boolean(toggle_or(p->copy_tags_to_snapshot, true)) },
        { "DBClusterIdentifier", identifier(cluster->node, p) },
        { "DBClusterParameterGroupName", parameter_group },
        { "DBSubnetGroupName", cluster->subnet_group->subnet_group_name },
        { "DatabaseInsightsMode", insights_mode(p->database_insights_mode) },
        { "DatabaseName", string(p->default_database_name) },
        { "DeleteAutomatedBackups", toggle_value(p->delete_automated_backups) },
        { "DeletionProtection", deletion_protection(p) },
        { "EnableCloudwatchLogsExports", strings(p->cloudwatch_logs_exports) },
        { "EnableHttpEndpoint", lazy(data_api, state) },
        { "EnableIAMDatabaseAuthentication", toggle_value(p->iam_authentication) },
        { "EnableLocalWriteForwarding", toggle_value(p->enable_local_write_forwarding) },
        { "Engine", string(engine_traits(&p->engine)->type) },
        { "EngineLifecycleSupport", string(p->engine_lifecycle_support) },
        { "SnapshotIdentifier", string(p->snapshot_identifier) },
        { "EngineVersion", string(engine_full_version(&p->engine)) },
        { "KmsKeyId", key_arn(p->storage_encryption_key) },
        { "ManageMasterUserPassword", is_managed ? boolean(true) : NULL },
        { "MasterUserPassword", user->password },
        { "MasterUserSecret", master_user_secret(p) },
        { "MasterUsername", user->username },
        { "MonitoringInterval", is_monitored ? seconds_value(p->monitoring_interval) : NULL },
        { "MonitoringRoleArn",
            is_monitored && state->monitoring_role ? state->monitoring_role->role_arn : NULL },
        { "NetworkType", string(p->network_type) },
        { "PerformanceInsightsEnabled",
            insights_enabled(state->has_performance_insights, p->enable_performance_insights) },
        { "PerformanceInsightsKmsKeyId", key_arn(p->performance_insight_encryption_key) },
        { "PerformanceInsightsRetentionPeriod",
            insights_retention(state->has_performance_insights, p->performance_insight_retention) },
        { "Port", port(p) },
        { "PreferredBackupWindow", string(p->backup_preferred_window) },
        { "PreferredMaintenanceWindow", string(p->preferred_maintenance_window) },
        { "ServerlessV2ScalingConfiguration", serverless_scaling(p) },
        { "StorageEncrypted",
            p->storage_encryption_key ? boolean(true) : toggle_value(p->storage_encrypted) },
        { "StorageType", string(p->storage_type) },
        { "VpcSecurityGroupIds", ec2_connections_security_group_ids(cluster->connections) },
        END,
    });
}
