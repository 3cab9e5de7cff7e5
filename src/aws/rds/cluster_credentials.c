// SPDX-License-Identifier: MIT
// The first user of a cluster: with a generated secret, a given one, a password, or a secret that RDS keeps.
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"

static const char *username(
    const struct rds_database_cluster_props *p, const struct rds_credentials *credentials)
{
    return credentials->username ? credentials->username : engine_traits(&p->engine)->default_username;
}

static struct secretsmanager_secret *generate_secret(struct construct *node,
    const struct rds_database_cluster_props *p, const struct rds_credentials *credentials)
{
    return rds_database_secret_new(node, "Secret",
        &(struct rds_database_secret_props){
            .username = username(p, credentials),
            .secret_name = credentials->secret_name,
            .exclude_characters = credentials->exclude_characters,
            .encryption_key = credentials->encryption_key,
            .replace_on_password_criteria_changes = credentials->username_as_string,
            .replica_regions = credentials->replica_regions,
        });
}

// The CDK's DatabaseClusterFromSnapshot with SnapshotCredentials.fromGeneratedSecret.
static struct master_user snapshot_user(struct construct *node, const struct rds_database_cluster_props *p,
    const struct rds_credentials *credentials)
{
    struct secretsmanager_secret *secret;

    if (credentials->secret || credentials->password || p->manage_master_user_password)
        diag_error(node, "a cluster from a snapshot takes no other credentials than a generated password");
    secret = rds_database_secret_new(node, "SnapshotSecret",
        &(struct rds_database_secret_props){
            .username = username(p, credentials),
            .exclude_characters = credentials->exclude_characters,
            .encryption_key = credentials->encryption_key,
            .replace_on_password_criteria_changes = true,
            .replica_regions = credentials->replica_regions,
        });
    return (struct master_user){
        .password = secretsmanager_secret_value_from_json(secret, "password"),
        .secret = secret,
    };
}

// A second secret that opens nothing, as the CDK makes it unless it is told not to.
static void add_deprecated_secret(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props)
{
    const struct rds_credentials none = { 0 };

    if (!construct_context_flag(cluster->node, "@aws-cdk/aws-rds:preventRenderingDeprecatedCredentials"))
        secretsmanager_secret_attach(generate_secret(cluster->node, props, &none),
            cluster->cluster_identifier, resource_type(cluster->resource));
}

static void check_managed(struct construct *node, const struct rds_credentials *c)
{
    if (c->exclude_characters || c->password || c->replica_regions || c->secret || c->secret_name ||
        c->username_as_string)
        diag_error(
            node, "a password that RDS keeps takes only 'username' and 'encryption_key' of the credentials");
}

struct master_user cluster_master_user(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props)
{
    const struct rds_credentials none = { 0 };
    const struct rds_credentials *credentials = props->credentials ? props->credentials : &none;
    struct value *name = string(username(props, credentials));
    bool is_literal = credentials->username_as_string || (credentials->secret && credentials->username);
    struct secretsmanager_secret *secret = credentials->secret;

    if (props->snapshot_identifier)
        return snapshot_user(cluster->node, props, credentials);
    if (props->manage_master_user_password) {
        check_managed(cluster->node, credentials);
        return (struct master_user){ .username = name };
    }
    if (credentials->password && !secret)
        return (struct master_user){ .username = name, .password = credentials->password };
    if (!secret)
        secret = generate_secret(cluster->node, props, credentials);
    return (struct master_user){
        .username = is_literal ? name : secretsmanager_secret_value_from_json(secret, "username"),
        .password = secretsmanager_secret_value_from_json(secret, "password"),
        .secret = secret,
    };
}

void cluster_attach_secret(struct rds_database_cluster *cluster,
    const struct rds_database_cluster_props *props, const struct master_user *user)
{
    if (props->manage_master_user_password) {
        cluster->secret = secretsmanager_secret_from_complete_arn(
            cluster->node, "ManagedSecret", get_att(cluster->resource, "MasterUserSecret.SecretArn"));
        if (props->credentials)
            cluster->secret->encryption_key = props->credentials->encryption_key;
    } else if (user->secret) {
        cluster->secret = secretsmanager_secret_attach(
            user->secret, cluster->cluster_identifier, resource_type(cluster->resource));
    }
    if (props->snapshot_identifier)
        add_deprecated_secret(cluster, props);
}
