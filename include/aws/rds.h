// SPDX-License-Identifier: MIT
#ifndef AWS_RDS_H
#define AWS_RDS_H

// Databases: Aurora clusters with their instances, subnet group, parameters and credentials, and RDS Proxy.
// Everything lives in the app's arena; props are borrowed for the call.

#include "aws/ec2.h"
#include "aws/iam.h"
#include "aws/kms.h"
#include "aws/secretsmanager.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;

enum rds_engine_family { RDS_ENGINE_NONE, RDS_ENGINE_POSTGRESQL, RDS_ENGINE_MYSQL };

// What a cluster runs.
struct rds_cluster_engine {
    enum rds_engine_family family;
    const char *version; // NULL: RDS's choice
};
struct rds_cluster_engine rds_aurora_postgres(const char *version); // "16.8"
// Aurora's number, "3.08.0", or MySQL's with it, "8.0.mysql_aurora.3.08.0".
struct rds_cluster_engine rds_aurora_mysql(const char *version);

struct rds_endpoint {
    struct value *hostname;
    struct value *port;
    struct value *socket_address; // hostname:port
};

// Which subnets of a VPC a database may be in.
struct rds_subnet_group {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *subnet_group_name;
};
struct rds_subnet_group_props {
    const char *description;                        // required
    struct ec2_vpc *vpc;                            // required
    const struct ec2_subnet_selection *vpc_subnets; // default: private ones with egress
    struct value *subnet_group_name;                // default: CloudFormation's choice
    enum removal_policy removal_policy;             // default: none
};
struct rds_subnet_group *rds_subnet_group_new(
    struct construct *scope, const char *id, const struct rds_subnet_group_props *props);
struct rds_subnet_group *rds_subnet_group_from_name(
    struct construct *scope, const char *id, struct value *subnet_group_name);

// Engine settings. The resource is made when a cluster or an instance uses them.
struct rds_parameter_group {
    struct construct *node;
    struct rds_parameter_group_state *state;
};
struct rds_parameter_group_props {
    struct rds_cluster_engine engine;   // required, with a version
    const struct field *parameters;     // end with END; default: none
    const char *description;            // default: from the engine
    struct value *name;                 // default: CloudFormation's choice
    enum removal_policy removal_policy; // default: none
};
struct rds_parameter_group *rds_parameter_group_new(
    struct construct *scope, const char *id, const struct rds_parameter_group_props *props);
struct rds_parameter_group *rds_parameter_group_from_name(
    struct construct *scope, const char *id, struct value *name);
// False when the group is imported: it keeps its parameters.
bool rds_parameter_group_add_parameter(
    struct rds_parameter_group *group, const char *name, struct value *value);

// A secret with a user name and a generated password.
struct rds_database_secret_props {
    const char *username;                        // required
    const char *dbname;                          // default: not in the secret
    struct secretsmanager_secret *master_secret; // of the user that rotates it; default: none
    struct value *secret_name;                   // default: CloudFormation's choice
    const char *exclude_characters;              // default: " %+~`#$&*()|[]{}:;<>?!'/@\"\\"
    struct kms_key *encryption_key;              // default: the account's own key
    bool replace_on_password_criteria_changes;   // other excluded characters make another secret; default no
    const struct secretsmanager_replica *replica_regions; // ends with a NULL region
};
struct secretsmanager_secret *rds_database_secret_new(
    struct construct *scope, const char *id, const struct rds_database_secret_props *props);

// The first user. {0}: the engine's usual name and a generated secret.
struct rds_credentials {
    const char *username;    // default: "postgres" or "admin"
    bool username_as_string; // stands in the template instead of a reference to the secret, and other
                             // excluded characters make another secret; default no
    struct secretsmanager_secret *secret; // that exists, with "username" and "password"; default: made
    struct value *password;               // instead of a secret
    // Of the secret that is made:
    struct value *secret_name;
    const char *exclude_characters;
    struct kms_key *encryption_key;
    const struct secretsmanager_replica *replica_regions; // ends with a NULL region
};

// Days that Performance Insights keeps: 7, a multiple of 31 up to 23 months, or 731.
enum { RDS_PERFORMANCE_INSIGHT_RETENTION_DEFAULT = 7, RDS_PERFORMANCE_INSIGHT_RETENTION_LONG_TERM = 731 };

// One instance of a cluster.
struct rds_cluster_instance {
    const char *id;                    // required; of the construct
    const char *instance_type;         // a provisioned one, "r6g.large"; default: Serverless v2
    bool scale_with_writer;            // of a Serverless v2 reader: promotion tier 1 instead of 2; default no
    struct count promotion_tier;       // of a provisioned reader, 0 to 15; default 2
    struct value *instance_identifier; // default: CloudFormation's choice
    struct value *availability_zone;   // default: RDS's choice
    enum toggle publicly_accessible;   // default: in public subnets
    enum toggle enable_performance_insights;            // default: when one of the next two is given
    int performance_insight_retention;                  // days; default 7
    struct kms_key *performance_insight_encryption_key; // default: the account's own key
    const struct field *parameters;                     // end with END; default: none
    struct rds_parameter_group *parameter_group;        // instead of parameters
    enum toggle auto_minor_version_upgrade;             // default yes
    enum toggle allow_major_version_upgrade;            // default no
    enum toggle apply_immediately;                      // default: RDS's
    const char *preferred_maintenance_window;           // "sun:23:45-mon:00:15"; default: RDS's choice
    const char *ca_certificate;                         // "rds-ca-rsa2048-g1"; default: RDS's choice
};
struct rds_cluster_instance rds_serverless_v2(const char *id);
struct rds_cluster_instance rds_provisioned(const char *id, const char *instance_type);

enum rds_database_insights_mode {
    RDS_DATABASE_INSIGHTS_DEFAULT, // RDS decides: standard
    RDS_DATABASE_INSIGHTS_STANDARD,
    RDS_DATABASE_INSIGHTS_ADVANCED, // needs a Performance Insights retention of 15 months (465 days)
};

struct rds_database_cluster {
    struct construct *node;
    struct resource *resource;
    struct rds_cluster_engine engine;
    struct value *cluster_identifier;
    struct value *cluster_arn;
    struct value *cluster_resource_identifier;
    struct rds_endpoint cluster_endpoint;
    struct rds_endpoint cluster_read_endpoint;
    struct ec2_connections *connections; // default port: the cluster's
    struct secretsmanager_secret
        *secret; // with the cluster's address in it; NULL when there is only a password
    struct rds_subnet_group *subnet_group;
    struct value *instance_identifiers; // array, the writer's first
    struct rds_endpoint *instance_endpoints;
    size_t instance_count;
    struct rds_database_cluster_state *state;
};
struct rds_database_cluster_props {
    struct rds_cluster_engine engine;                  // required
    const struct rds_cluster_instance *writer;         // required
    const struct rds_cluster_instance *readers;        // end with a NULL id; default: none
    struct ec2_vpc *vpc;                               // required
    const struct ec2_subnet_selection *vpc_subnets;    // two at least; default: the VPC's choice
    struct ec2_security_group *const *security_groups; // end with NULL; default: a new one
    struct rds_subnet_group *subnet_group;             // default: a new one
    const struct rds_credentials *credentials;         // default: a generated secret
    // The cluster is made from this snapshot, a name or an ARN, and keeps the users in it; the first one,
    // whose name the credentials say, gets a new password. Another snapshot, or none, makes another cluster.
    const char *snapshot_identifier;
    bool manage_master_user_password;                  // RDS keeps the secret; default no
    struct value *cluster_identifier;                  // default: CloudFormation's choice
    const char *default_database_name;                 // default: none is made
    struct count port;                                 // default: the engine's
    struct count serverless_v2_min_capacity;           // in steps of 0.5, 0 to 256; default 0.5
    struct count serverless_v2_max_capacity;           // 1 to 256; default 2
    struct duration serverless_v2_auto_pause_duration; // 5 minutes to 24 hours; default: no pause
    struct duration backup_retention;                  // default: RDS's, 1 day
    const char *backup_preferred_window;               // "02:00-03:00"; default: RDS's choice
    const char *preferred_maintenance_window;          // default: RDS's choice
    const char *const *cloudwatch_logs_exports;        // "postgresql", ...; end with NULL; default: none
    const struct field *parameters;                    // end with END; default: none
    struct rds_parameter_group *parameter_group;       // instead of parameters; default: the engine's
    enum removal_policy removal_policy;            // default: snapshot. What else is made is retained with
                                                   // the cluster and destroyed otherwise
    enum toggle deletion_protection;               // default: yes when the cluster is retained
    enum toggle storage_encrypted;                 // default: yes with a key
    struct kms_key *storage_encryption_key;        // default: the account's own key
    const char *storage_type;                      // "aurora-iopt1"; default "aurora"
    enum toggle copy_tags_to_snapshot;             // default yes
    enum toggle iam_authentication;                // default no
    enum toggle enable_data_api;                   // default no
    enum toggle enable_local_write_forwarding;     // default no
    enum toggle auto_minor_version_upgrade;        // default yes
    enum toggle delete_automated_backups;          // default yes
    struct duration backtrack_window;              // of MySQL; default: none
    struct duration monitoring_interval;           // 0, 1, 5, 10, 15, 30 or 60 seconds; default: none
    struct iam_role *monitoring_role;              // default: a new one where there is an interval
    bool enable_cluster_level_enhanced_monitoring; // instead of each instance's; default no
    enum toggle enable_performance_insights;       // default: when one of the next three is given
    int performance_insight_retention;             // days; default 7
    struct kms_key *performance_insight_encryption_key; // default: the account's own key
    enum rds_database_insights_mode database_insights_mode;
    const char *network_type;             // "IPV4" or "DUAL"; default "IPV4"
    const char *engine_lifecycle_support; // "open-source-rds-extended-support[-disabled]"
};
struct rds_database_cluster *rds_database_cluster_new(
    struct construct *scope, const char *id, const struct rds_database_cluster_props *props);
// To sign in as `db_user` with an IAM identity.
struct iam_grant rds_database_cluster_grant_connect(
    struct rds_database_cluster *cluster, struct iam_principal *grantee, const char *db_user);
// Turns the Data API on where it is not refused, and gives access to the secret.
struct iam_grant rds_database_cluster_grant_data_api_access(
    struct rds_database_cluster *cluster, struct iam_principal *grantee);

struct rds_database_proxy {
    struct construct *node;
    struct resource *resource;
    struct value *db_proxy_name;
    struct value *db_proxy_arn;
    struct value *endpoint;
    struct ec2_connections *connections;
    struct secretsmanager_secret *const *secrets; // ends with NULL
};
struct rds_database_proxy_props {
    struct rds_database_cluster *cluster;              // required: what it stands in front of
    struct secretsmanager_secret *const *secrets;      // required unless default_auth_scheme is IAM_AUTH
    struct ec2_vpc *vpc;                               // required
    const struct ec2_subnet_selection *vpc_subnets;    // default: the VPC's choice
    struct ec2_security_group *const *security_groups; // end with NULL; default: a new one
    const char *db_proxy_name;                         // default: the construct id
    struct iam_role *role;                             // reads the secrets; default: a new one
    enum toggle debug_logging;                         // default no
    bool iam_auth;                                     // clients need IAM authentication; default no
    enum toggle require_tls;                           // default yes
    struct duration idle_client_timeout;               // default: 30 minutes
    struct duration borrow_timeout;                    // default: 120 seconds
    const char *init_query;                            // default: none
    struct count max_connections_percent;              // default 100
    struct count max_idle_connections_percent;         // default 50
    const char *const *session_pinning_filters;        // "EXCLUDE_VARIABLE_SETS"; end with NULL
    const char *client_password_auth_type; // "POSTGRES_SCRAM_SHA_256", ...; default: by the engine
    const char *default_auth_scheme;       // "IAM_AUTH" or "NONE"; default: not given
};
struct rds_database_proxy *rds_database_proxy_new(
    struct construct *scope, const char *id, const struct rds_database_proxy_props *props);
// As the user of the proxy's only secret when `db_user` is NULL.
struct iam_grant rds_database_proxy_grant_connect(
    struct rds_database_proxy *proxy, struct iam_principal *grantee, const char *db_user);

#endif
