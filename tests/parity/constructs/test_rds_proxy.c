// SPDX-License-Identifier: MIT
#include "aws/rds.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cdk/token.h"
#include "parity/constructs/parity.h"
#include "parity/constructs/rds_fixture.h"

// In front of the cluster, with its secret.
static struct rds_database_proxy *proxy(struct stack *stack, struct rds_database_cluster *database,
    struct ec2_vpc *vpc, struct rds_database_proxy_props props)
{
    struct secretsmanager_secret *const its_own[] = { database->secret, NULL };

    props.cluster = database;
    props.vpc = vpc;
    if (!props.secrets)
        props.secrets = its_own;
    return rds_database_proxy_new(stack->node, "Proxy", &props);
}

static void proxy_defaults(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");
    struct ec2_vpc *vpc = egress_vpc(stack);
    struct rds_database_cluster *database = rds_database_cluster_new(stack->node, "Database",
        &(struct rds_database_cluster_props){
            .engine = rds_aurora_postgres("16.8"),
            .writer = &writer,
            .vpc = vpc,
        });

    proxy(stack, database, vpc, (struct rds_database_proxy_props){ 0 });
}

static struct rds_database_proxy *full_proxy(
    struct stack *stack, struct rds_database_cluster *database, struct ec2_vpc *vpc)
{
    struct secretsmanager_secret *other = rds_database_secret_new(
        stack->node, "Other", &(struct rds_database_secret_props){ .username = "reader" });
    struct ec2_security_group *group = ec2_security_group_new(stack->node, "ProxyGroup",
        &(struct ec2_security_group_props){ .vpc = vpc, .allow_all_outbound = NO });

    return proxy(stack, database, vpc,
        (struct rds_database_proxy_props){
            .secrets = (struct secretsmanager_secret *[]){ database->secret, other, NULL },
            .vpc_subnets = &isolated,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .db_proxy_name = "tango-proxy",
            .debug_logging = YES,
            .iam_auth = true,
            .require_tls = NO,
            .idle_client_timeout = minutes(5),
            .borrow_timeout = seconds(30),
            .init_query = "SET TIME ZONE 'UTC'",
            .max_connections_percent = count(90),
            .max_idle_connections_percent = count(0),
            .session_pinning_filters = (const char *[]){ "EXCLUDE_VARIABLE_SETS", NULL },
            .client_password_auth_type = "POSTGRES_SCRAM_SHA_256",
        });
}

static void proxy_options(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    struct ec2_security_group *group = import_group(stack, "Group", string("sg-12345678"), true);
    struct rds_database_cluster *database = cluster(stack, "Database", vpc,
        (struct rds_database_cluster_props){
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .readers =
                (struct rds_cluster_instance[]){ { .id = "reader", .scale_with_writer = true }, { 0 } },
        });
    struct rds_database_proxy *in_front = full_proxy(stack, database, vpc);

    ec2_connections_add_security_group(in_front->connections,
        ec2_security_group_new(stack->node, "Later", &(struct ec2_security_group_props){ .vpc = vpc }));
    rds_database_proxy_grant_connect(in_front, role(stack, "Client")->principal, "tango");
    output(stack, "Endpoint", in_front->endpoint);
    output(stack, "Arn", in_front->db_proxy_arn);
    output(stack, "ProxyName", in_front->db_proxy_name);
}

static void proxy_only_secret(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    struct rds_database_cluster *database = cluster(
        stack, "Database", vpc, (struct rds_database_cluster_props){ .engine = rds_aurora_mysql("3.08.0") });
    struct rds_database_proxy *in_front = proxy(stack, database, vpc,
        (struct rds_database_proxy_props){ .debug_logging = NO, .role = role(stack, "Reader") });

    rds_database_proxy_grant_connect(in_front, role(stack, "Client")->principal, NULL);
}

static void proxy_without_secrets(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    struct rds_database_cluster *database =
        cluster(stack, "Database", vpc, (struct rds_database_cluster_props){ .iam_authentication = YES });

    rds_database_proxy_new(stack->node, "Proxy",
        &(struct rds_database_proxy_props){
            .cluster = database,
            .vpc = vpc,
            .default_auth_scheme = "IAM_AUTH",
        });
}

static void proxy_unique_name(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);

    proxy(stack, cluster(stack, "Database", vpc, (struct rds_database_cluster_props){ 0 }), vpc,
        (struct rds_database_proxy_props){ 0 });
}

static void proxy_encrypted_secret(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    const struct rds_credentials credentials = {
        .username = "tango",
        .encryption_key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }),
    };
    struct rds_database_cluster *database =
        cluster(stack, "Database", vpc, (struct rds_database_cluster_props){ .credentials = &credentials });

    proxy(stack, database, vpc, (struct rds_database_proxy_props){ 0 });
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct stack *third;
    struct ec2_vpc *vpc = data_vpc(other);
    struct ec2_security_group *group = ec2_security_group_new(
        other->node, "Group", &(struct ec2_security_group_props){ .vpc = vpc, .allow_all_outbound = NO });
    struct ec2_security_group *immutable = import_group(stack, "Group", group->security_group_id, true);
    struct rds_database_cluster *database = cluster(stack, "Database", vpc,
        (struct rds_database_cluster_props){
            .security_groups = (struct ec2_security_group *[]){ immutable, NULL },
        });
    struct ec2_security_group *imported = import_group(stack, "Imported", string("sg-12345678"), false);
    struct rds_database_proxy *in_front = proxy(stack, database, vpc,
        (struct rds_database_proxy_props){
            .security_groups = (struct ec2_security_group *[]){ imported, NULL },
        });

    third = stack_new(construct_scope(stack->node), "Third", &(struct stack_props){ 0 });
    output(third, "Endpoint", in_front->endpoint);
    secretsmanager_secret_grant_read(database->secret, role(third, "Role")->principal);
}

static const struct parity_case cases[] = {
    { "rds-proxy-defaults", proxy_defaults },
    { "rds-proxy-options", proxy_options },
    { "rds-proxy-only-secret", proxy_only_secret },
    { "rds-proxy-without-secrets", proxy_without_secrets },
    { "rds-proxy-unique-name", proxy_unique_name },
    { "rds-proxy-encrypted-secret", proxy_encrypted_secret },
    { "rds-proxy-cross-stack", cross_stack },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("rds-proxy", cases, argc, argv);
}
