// SPDX-License-Identifier: MIT
#ifndef AWS_RDS_PRIVATE_H
#define AWS_RDS_PRIVATE_H

// What the files of the database constructs share.

#include "aws/rds.h"

// What does not depend on an engine's version (cluster-engine.js).
struct engine_traits {
    const char *type;
    const char *proxy_family;
    const char *default_username;
    const char *default_parameter_group_id; // of the construct
    int port;                               // 0: RDS's choice
    const char *const *log_types;           // end with NULL
};
// The family must not be RDS_ENGINE_NONE.
const struct engine_traits *engine_traits(const struct rds_cluster_engine *engine);
// "8.0.mysql_aurora.3.08.0"; NULL when the engine has no version.
const char *engine_full_version(const struct rds_cluster_engine *engine);
// "aurora-postgresql16"; NULL when the engine has no version and none is usual.
const char *engine_parameter_group_family(const struct rds_cluster_engine *engine);
bool engine_can_auto_pause(const struct rds_cluster_engine *engine);
// For messages: "aurora-postgresql 16.8".
const char *engine_description(const struct rds_cluster_engine *engine);

// The names of the resources; they are made when asked for.
struct value *parameter_group_for_cluster(struct rds_parameter_group *group);
struct value *parameter_group_for_instance(struct rds_parameter_group *group);

struct rds_database_cluster_state {
    struct resource **instances; // as many as the cluster's instance_count
    enum toggle enable_data_api;
    bool has_performance_insights;
    int performance_insight_retention; // days
    struct kms_key *performance_insight_encryption_key;
    struct iam_role *monitoring_role; // of the instances or of the cluster; NULL: none
};

// False when the cluster cannot be made at all.
bool cluster_check_required(struct construct *node, const struct rds_database_cluster_props *props);
void cluster_check(struct construct *node, const struct rds_database_cluster_props *props);

// The first user, as the template names it.
struct master_user {
    struct value *username;
    struct value *password;
    struct secretsmanager_secret *secret; // to attach; NULL: none
};
struct master_user cluster_master_user(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props);
struct value *cluster_properties(const struct rds_database_cluster *cluster,
    const struct rds_database_cluster_props *props, const struct master_user *user,
    struct value *parameter_group_name);
void cluster_attach_secret(struct rds_database_cluster *cluster,
    const struct rds_database_cluster_props *props, const struct master_user *user);

void cluster_create_instances(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props);
// Warns about readers that are no good stand-in for the writer.
void cluster_check_readers(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props);
int instance_promotion_tier(const struct rds_cluster_instance *instance);

// RETAIN for what belongs to something that is retained, else DESTROY (private/util.js).
enum removal_policy companion_removal_policy(enum removal_policy policy);

// RDS keeps names in lower case; a template that says otherwise would always differ from what is there.
struct value *name_as_stored(struct value *name);
struct value *key_arn(const struct kms_key *key);                // NULL for none
struct value *insights_enabled(bool enabled, enum toggle given); // NULL when neither says
struct value *insights_retention(bool enabled, int days);

#endif
