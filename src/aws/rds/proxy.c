// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"
#include "util/array.h"

#include <string.h>

#define UNIQUE_RESOURCE_NAME "@aws-cdk/aws-rds:databaseProxyUniqueResourceName"
enum { PROXY_NAME_MAX = 60 };

static const char *physical_name(const struct construct *node, const struct rds_database_proxy_props *p)
{
    if (p->db_proxy_name)
        return p->db_proxy_name;
    if (construct_context_flag(node, UNIQUE_RESOURCE_NAME))
        return names_unique_resource_name(
            node, &(struct unique_resource_name_options){ .max_length = PROXY_NAME_MAX });
    return construct_id(node);
}

static struct secretsmanager_secret *const *copy_secrets(
    struct construct *node, struct secretsmanager_secret *const *secrets)
{
    size_t count = 0;

    while (secrets && secrets[count])
        count++;
    // One more than there are, so that the copy ends with NULL.
    struct secretsmanager_secret **copy =
        arena_alloc(construct_arena(node), (count + 1) * sizeof(struct secretsmanager_secret *));

    for (size_t i = 0; i < count; i++)
        copy[i] = secrets[i];
    return copy;
}

static struct iam_role *create_role(
    struct rds_database_proxy *proxy, const struct rds_database_proxy_props *p)
{
    struct iam_role *role = p->role;

    if (!role)
        role = iam_role_new(proxy->node, "IAMRole",
            &(struct iam_role_props){ .assumed_by = iam_service_principal("rds.amazonaws.com") });
    for (struct secretsmanager_secret *const *secret = proxy->secrets; *secret; secret++) {
        secretsmanager_secret_grant_read(*secret, role->principal);
        if ((*secret)->encryption_key)
            kms_key_grant_decrypt((*secret)->encryption_key, role->principal);
    }
    return role;
}

static void create_connections(struct rds_database_proxy *proxy, const struct rds_database_proxy_props *p)
{
    proxy->connections = ec2_connections_new(proxy->node, p->security_groups);
    if (!p->security_groups)
        ec2_connections_add_security_group(proxy->connections,
            ec2_security_group_new(proxy->node, "ProxySecurityGroup",
                &(struct ec2_security_group_props){
                    .vpc = p->vpc,
                    .description = "SecurityGroup for Database Proxy",
                }));
    ec2_connections_allow_default_port_from(p->cluster->connections, proxy->connections,
        "Allow connections to the database Cluster from the Proxy");
}

// AWS::RDS::DBProxy AuthFormat.
static const struct {
    const char *type;
    const char *family;
} client_auth_types[] = {
    { "MYSQL_NATIVE_PASSWORD", "MYSQL" },
    { "POSTGRES_SCRAM_SHA_256", "POSTGRESQL" },
    { "POSTGRES_MD5", "POSTGRESQL" },
    { "SQL_SERVER_AUTHENTICATION", "SQLSERVER" },
};

static void check_props(const struct rds_database_proxy *proxy, const struct rds_database_proxy_props *p)
{
    const char *family = engine_traits(&p->cluster->engine)->proxy_family;
    bool needs_secrets = !p->default_auth_scheme || strcmp(p->default_auth_scheme, "NONE") == 0;

    if (needs_secrets && !proxy->secrets[0])
        diag_error(
            proxy->node, "the proxy needs a secret: give one, or set 'default_auth_scheme' to IAM_AUTH");
    for (size_t i = 0; p->client_password_auth_type && i < ARRAY_SIZE(client_auth_types); i++)
        if (strcmp(client_auth_types[i].type, p->client_password_auth_type) == 0 &&
            strcmp(client_auth_types[i].family, family) != 0)
            diag_error(proxy->node, "'%s' is for %s, and the proxy's engine is %s", client_auth_types[i].type,
                client_auth_types[i].family, family);
}

static struct value *auth_value(
    const struct rds_database_proxy *proxy, const struct rds_database_proxy_props *p)
{
    struct value *list = array();

    for (struct secretsmanager_secret *const *secret = proxy->secrets; *secret; secret++)
        array_append(list,
            object((struct field[]){
                { "AuthScheme", string("SECRETS") },
                { "ClientPasswordAuthType", string(p->client_password_auth_type) },
                { "IAMAuth", string(p->iam_auth ? "REQUIRED" : "DISABLED") },
                { "SecretArn", (*secret)->secret_arn },
                END,
            }));
    return value_length(list) ? list : NULL;
}

// Groups may still be added until synthesis.
static struct value *security_group_ids(void *connections)
{
    return ec2_connections_security_group_ids(connections);
}

static struct value *proxy_properties(const struct rds_database_proxy *proxy,
    const struct rds_database_proxy_props *p, const struct iam_role *role)
{
    return object((struct field[]){
        { "Auth", auth_value(proxy, p) },
        { "DBProxyName", string(physical_name(proxy->node, p)) },
        { "DebugLogging", toggle_value(p->debug_logging) },
        { "DefaultAuthScheme", string(p->default_auth_scheme) },
        { "EngineFamily", string(engine_traits(&p->cluster->engine)->proxy_family) },
        { "IdleClientTimeout", seconds_value(p->idle_client_timeout) },
        { "RequireTLS", boolean(toggle_or(p->require_tls, true)) },
        { "RoleArn", role->role_arn },
        { "VpcSecurityGroupIds", lazy(security_group_ids, proxy->connections) },
        { "VpcSubnetIds", ec2_vpc_select_subnets(p->vpc, p->vpc_subnets).subnet_ids },
        END,
    });
}

static struct value *pool_value(const struct rds_database_proxy_props *p)
{
    return object((struct field[]){
        { "ConnectionBorrowTimeout", seconds_value(p->borrow_timeout) },
        { "InitQuery", string(p->init_query) },
        { "MaxConnectionsPercent", count_value(p->max_connections_percent) },
        { "MaxIdleConnectionsPercent", count_value(p->max_idle_connections_percent) },
        { "SessionPinningFilters", strings(p->session_pinning_filters) },
        END,
    });
}

static void create_target_group(
    const struct rds_database_proxy *proxy, const struct rds_database_proxy_props *p)
{
    const struct rds_database_cluster *cluster = p->cluster;
    struct resource *group = resource_new(proxy->node, "ProxyTargetGroup", "AWS::RDS::DBProxyTargetGroup",
        object((struct field[]){
            { "ConnectionPoolConfigurationInfo", pool_value(p) },
            { "DBClusterIdentifiers", array_of((struct value *[]){ cluster->cluster_identifier, NULL }) },
            { "DBProxyName", proxy->db_proxy_name },
            { "TargetGroupName", string("default") },
            END,
        }));

    // A target is registered only when it is available.
    for (size_t i = 0; i < cluster->instance_count; i++)
        resource_add_dependency(group, cluster->state->instances[i]);
    resource_add_dependency(group, cluster->resource);
}

static void create(struct rds_database_proxy *proxy, const struct rds_database_proxy_props *props)
{
    struct iam_role *role = create_role(proxy, props);

    create_connections(proxy, props);
    check_props(proxy, props);
    proxy->resource =
        resource_new(proxy->node, "Resource", "AWS::RDS::DBProxy", proxy_properties(proxy, props, role));
    proxy->db_proxy_name = ref(proxy->resource);
    create_target_group(proxy, props);
}

struct rds_database_proxy *rds_database_proxy_new(
    struct construct *scope, const char *id, const struct rds_database_proxy_props *props)
{
    struct rds_database_proxy *proxy = arena_alloc(construct_arena(scope), sizeof(*proxy));

    proxy->node = construct_new(scope, id, "rds.DatabaseProxy");
    proxy->secrets = copy_secrets(proxy->node, props->secrets);
    if (props->vpc && props->cluster && props->cluster->engine.family) {
        create(proxy, props);
    } else {
        diag_error(proxy->node, "a database proxy needs a VPC and a cluster");
        proxy->resource =
            resource_new(proxy->node, "Resource", "AWS::RDS::DBProxy", object((struct field[]){ END }));
        proxy->connections = ec2_connections_new(proxy->node, NULL);
        proxy->db_proxy_name = ref(proxy->resource);
    }
    proxy->db_proxy_arn = get_att(proxy->resource, "DBProxyArn");
    proxy->endpoint = get_att(proxy->resource, "Endpoint");
    return proxy;
}
