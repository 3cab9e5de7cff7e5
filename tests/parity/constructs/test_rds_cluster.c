// SPDX-License-Identifier: MIT
#include "aws/rds.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cdk/token.h"
#include "parity/constructs/parity.h"
#include "parity/constructs/rds_fixture.h"
#include "util/array.h"

static const struct ec2_subnet_selection public = { .type = EC2_SUBNET_PUBLIC };
static const struct ec2_subnet_selection with_egress = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };

static void cluster_defaults(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");

    rds_database_cluster_new(stack->node, "Database",
        &(struct rds_database_cluster_props){
            .engine = rds_aurora_postgres("16.8"),
            .writer = &writer,
            .vpc = egress_vpc(stack),
        });
}

static void cluster_serverless(struct stack *stack)
{
    struct ec2_vpc *vpc = egress_vpc(stack);
    struct ec2_security_group *group = import_group(stack, "Group", string("sg-12345678"), true);

    cluster(stack, "Database", vpc,
        (struct rds_database_cluster_props){
            .serverless_v2_min_capacity = count(0),
            .serverless_v2_max_capacity = count(4.5),
            .vpc_subnets = &with_egress,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .default_database_name = "tango",
            .removal_policy = REMOVAL_POLICY_SNAPSHOT,
            .deletion_protection = YES,
            .backup_retention = days(7),
            .backup_preferred_window = "02:00-03:00",
            .storage_encrypted = YES,
            .cloudwatch_logs_exports = (const char *[]){ "postgresql", NULL },
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "reader", .scale_with_writer = true },
                    { .id = "other" },
                    { 0 },
                },
        });
}

static void cluster_mysql(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_provisioned("writer", "r6g.large");

    cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){
            .engine = rds_aurora_mysql("3.08.0"),
            .writer = &writer,
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "first", .instance_type = "r6g.large", .promotion_tier = count(1) },
                    { .id = "second", .instance_type = "r6g.xlarge" },
                    { .id = "third", .scale_with_writer = true },
                    { 0 },
                },
            .cloudwatch_logs_exports = (const char *[]){ "error", "slowquery", NULL },
            .backtrack_window = hours(12),
        });
}

static void cluster_provisioned_only(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_provisioned("writer", "t4g.medium");

    cluster(stack, "Database", data_vpc(stack), (struct rds_database_cluster_props){ .writer = &writer });
}

static void cluster_versions(struct stack *stack)
{
    const struct {
        const char *id;
        struct rds_cluster_engine engine;
    } versions[] = {
        { "Unversioned", rds_aurora_mysql(NULL) },
        { "Mysql2", rds_aurora_mysql("2.11.4") },
        { "Mysql57", rds_aurora_mysql("5.7.12") },
        { "Postgres9", rds_aurora_postgres("9.6.22") },
        { "Limitless", rds_aurora_postgres("16.8-limitless") },
    };
    struct ec2_vpc *vpc = data_vpc(stack);

    for (size_t i = 0; i < ARRAY_SIZE(versions); i++)
        cluster(
            stack, versions[i].id, vpc, (struct rds_database_cluster_props){ .engine = versions[i].engine });
    cluster(stack, "GivenGroup", vpc,
        (struct rds_database_cluster_props){
            .engine = rds_aurora_postgres(NULL),
            .parameter_group = rds_parameter_group_from_name(stack->node, "Parameters", string("tango")),
        });
}

static void cluster_removal_policies(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);

    cluster(stack, "Retained", vpc,
        (struct rds_database_cluster_props){ .removal_policy = REMOVAL_POLICY_RETAIN });
    cluster(stack, "RetainedUnprotected", vpc,
        (struct rds_database_cluster_props){
            .removal_policy = REMOVAL_POLICY_RETAIN,
            .deletion_protection = NO,
        });
    cluster(stack, "Destroyed", vpc,
        (struct rds_database_cluster_props){ .removal_policy = REMOVAL_POLICY_DESTROY });
    cluster(stack, "OnUpdate", vpc,
        (struct rds_database_cluster_props){ .removal_policy = REMOVAL_POLICY_RETAIN_ON_UPDATE_OR_DELETE });
}

static void cluster_credentials(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    struct secretsmanager_secret *secret =
        secretsmanager_secret_new(stack->node, "Secret", &(struct secretsmanager_secret_props){ 0 });
    struct secretsmanager_secret *imported =
        secretsmanager_secret_from_name_v2(stack->node, "Imported", "tango");
    const struct {
        const char *id;
        struct rds_credentials credentials;
    } all[] = {
        { "Named", { .username = "tango" } },
        { "Options",
            {
                .username = "tango",
                .secret_name = string("tango/database"),
                .exclude_characters = "\"@/",
            } },
        { "Generated", { .username = "tango", .username_as_string = true } },
        { "GeneratedOptions",
            {
                .username = "tango",
                .username_as_string = true,
                .secret_name = string("tango/other"),
                .exclude_characters = " %",
            } },
        { "Password", { .username = "tango", .password = string("hush-hush") } },
        { "Given", { .secret = secret } },
        { "GivenName", { .secret = imported, .username = "tango" } },
    };

    for (size_t i = 0; i < ARRAY_SIZE(all); i++)
        cluster(
            stack, all[i].id, vpc, (struct rds_database_cluster_props){ .credentials = &all[i].credentials });
}

static void cluster_managed_password(struct stack *stack)
{
    const struct rds_credentials credentials = { .username = "tango" };
    struct ec2_vpc *vpc = data_vpc(stack);
    struct rds_database_cluster *managed = cluster(
        stack, "Database", vpc, (struct rds_database_cluster_props){ .manage_master_user_password = true });

    cluster(stack, "Named", vpc,
        (struct rds_database_cluster_props){
            .manage_master_user_password = true,
            .credentials = &credentials,
        });
    secretsmanager_secret_grant_read(managed->secret, role(stack, "Role")->principal);
    output(stack, "SecretName", managed->secret->secret_name);
}

static void cluster_parameters(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    const struct field work_mem[] = { { "work_mem", string("8192") }, END };
    const struct field settings[] = {
        { "rds.force_ssl", string("1") },
        { "log_statement", string("ddl") },
        END,
    };
    struct rds_parameter_group *shared = rds_parameter_group_new(stack->node, "Shared",
        &(struct rds_parameter_group_props){
            .engine = rds_aurora_postgres("16.8"),
            .name = string("tango-shared"),
            .description = "Settings of all",
            .removal_policy = REMOVAL_POLICY_RETAIN,
        });

    cluster(stack, "Database", vpc,
        (struct rds_database_cluster_props){
            .parameters = settings,
            .writer = &(struct rds_cluster_instance){ .id = "writer", .parameters = work_mem },
        });
    cluster(stack, "Sharing", vpc,
        (struct rds_database_cluster_props){
            .parameter_group = shared,
            .writer = &(struct rds_cluster_instance){ .id = "writer", .parameter_group = shared },
        });
    rds_parameter_group_add_parameter(shared, "rds.force_ssl", string("1"));
    rds_parameter_group_new(
        stack->node, "Unused", &(struct rds_parameter_group_props){ .engine = rds_aurora_mysql("3.08.0") });
}

static void cluster_parameters_of_instances(struct stack *stack)
{
    const struct field much[] = { { "work_mem", string("8192") }, END };
    const struct field little[] = { { "work_mem", string("4096") }, END };

    cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){
            .writer = &(struct rds_cluster_instance){ .id = "writer", .parameters = much },
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "reader", .scale_with_writer = true, .parameters = little },
                    { 0 },
                },
        });
}

static void cluster_monitoring(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);

    cluster(
        stack, "Instances", vpc, (struct rds_database_cluster_props){ .monitoring_interval = seconds(60) });
    cluster(stack, "Off", vpc, (struct rds_database_cluster_props){ .monitoring_interval = seconds(0) });
    cluster(stack, "Cluster", vpc,
        (struct rds_database_cluster_props){
            .monitoring_interval = minutes(1),
            .enable_cluster_level_enhanced_monitoring = true,
            .monitoring_role = role(stack, "Monitor"),
        });
}

static void cluster_performance_insights(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);

    cluster(stack, "On", vpc, (struct rds_database_cluster_props){ .enable_performance_insights = YES });
    cluster(stack, "Off", vpc, (struct rds_database_cluster_props){ .enable_performance_insights = NO });
    cluster(stack, "Kept", vpc, (struct rds_database_cluster_props){ .performance_insight_retention = 93 });
    cluster(stack, "Advanced", vpc,
        (struct rds_database_cluster_props){
            .database_insights_mode = RDS_DATABASE_INSIGHTS_ADVANCED,
            .performance_insight_retention = 465,
        });
    cluster(stack, "Standard", vpc,
        (struct rds_database_cluster_props){ .database_insights_mode = RDS_DATABASE_INSIGHTS_STANDARD });
    cluster(stack, "Writer", vpc,
        (struct rds_database_cluster_props){
            .writer = &(struct rds_cluster_instance){ .id = "writer", .enable_performance_insights = YES },
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "reader", .scale_with_writer = true, .enable_performance_insights = NO },
                    { 0 },
                },
        });
}

static void cluster_keys(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    struct kms_key *key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 });
    const struct rds_credentials credentials = { .username = "tango", .encryption_key = key };
    const struct rds_cluster_instance writer = {
        .id = "writer",
        .performance_insight_encryption_key = key,
    };

    cluster(stack, "Database", vpc,
        (struct rds_database_cluster_props){
            .storage_encryption_key = key,
            .performance_insight_encryption_key = key,
            .credentials = &credentials,
            .writer = &writer,
        });
    cluster(stack, "Managed", vpc,
        (struct rds_database_cluster_props){
            .manage_master_user_password = true,
            .credentials = &credentials,
        });
}

static void cluster_options(struct stack *stack)
{
    const struct rds_cluster_instance writer = {
        .id = "writer",
        .instance_identifier = string("tango-writer"),
        .availability_zone = string("eu-west-1a"),
        .publicly_accessible = YES,
        .auto_minor_version_upgrade = YES,
        .allow_major_version_upgrade = YES,
        .apply_immediately = YES,
        .preferred_maintenance_window = "sun:22:45-sun:23:15",
        .ca_certificate = "rds-ca-rsa2048-g1",
    };

    cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){
            .cluster_identifier = string("Tango"),
            .port = count(5433),
            .preferred_maintenance_window = "sun:23:45-mon:00:15",
            .storage_type = "aurora-iopt1",
            .copy_tags_to_snapshot = NO,
            .iam_authentication = YES,
            .enable_data_api = YES,
            .enable_local_write_forwarding = NO,
            .auto_minor_version_upgrade = NO,
            .delete_automated_backups = YES,
            .network_type = "DUAL",
            .engine_lifecycle_support = "open-source-rds-extended-support-disabled",
            .subnet_group = rds_subnet_group_from_name(stack->node, "Subnets", string("tango-subnets")),
            .serverless_v2_auto_pause_duration = minutes(15),
            .serverless_v2_min_capacity = count(0),
            .writer = &writer,
        });
}

static void cluster_mixed_case_identifier(struct stack *stack)
{
    cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){ .cluster_identifier = string("Tango") });
}

static void cluster_public(struct stack *stack)
{
    struct ec2_vpc *vpc =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });

    cluster(stack, "Database", vpc, (struct rds_database_cluster_props){ .vpc_subnets = &public });
}

static void cluster_attributes(struct stack *stack)
{
    struct rds_database_cluster *database = cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){
            .readers =
                (struct rds_cluster_instance[]){ { .id = "reader", .scale_with_writer = true }, { 0 } },
        });

    output(stack, "Identifier", database->cluster_identifier);
    output(stack, "ResourceIdentifier", database->cluster_resource_identifier);
    output(stack, "Arn", database->cluster_arn);
    output(stack, "Host", database->cluster_endpoint.hostname);
    output(stack, "Address", database->cluster_endpoint.socket_address);
    output(stack, "ReadAddress", database->cluster_read_endpoint.socket_address);
    output(stack, "WriterAddress", database->instance_endpoints[0].socket_address);
    output(stack, "Instances", fn_join(",", database->instance_identifiers));
    output(stack, "SecretArn", database->secret->secret_arn);
}

static void cluster_grants(struct stack *stack)
{
    struct rds_database_cluster *database =
        cluster(stack, "Database", data_vpc(stack), (struct rds_database_cluster_props){ 0 });

    rds_database_cluster_grant_connect(database, role(stack, "Client")->principal, "tango");
    rds_database_cluster_grant_data_api_access(database, role(stack, "Caller")->principal);
}

static void cluster_connections(struct stack *stack)
{
    struct ec2_vpc *vpc = data_vpc(stack);
    struct rds_database_cluster *database =
        cluster(stack, "Database", vpc, (struct rds_database_cluster_props){ 0 });
    struct ec2_security_group *client = ec2_security_group_new(
        stack->node, "Client", &(struct ec2_security_group_props){ .vpc = vpc, .allow_all_outbound = NO });

    ec2_connections_allow_default_port_from(database->connections, client->connections, "From the client");
    ec2_connections_allow_default_port_from_any_ipv4(database->connections, NULL);
    ec2_connections_allow_default_port_internally(database->connections, NULL);
}

static void subnet_groups(struct stack *stack)
{
    struct ec2_vpc *vpc = egress_vpc(stack);
    struct rds_subnet_group *named;

    rds_subnet_group_new(stack->node, "Egress",
        &(struct rds_subnet_group_props){ .description = "Private subnets", .vpc = vpc });
    named = rds_subnet_group_new(stack->node, "Named",
        &(struct rds_subnet_group_props){
            .description = "Public subnets",
            .vpc = vpc,
            .vpc_subnets = &public,
            .subnet_group_name = string("Tango-Public"),
            .removal_policy = REMOVAL_POLICY_DESTROY,
        });
    output(stack, "Name", named->subnet_group_name);
}

static void secrets(struct stack *stack)
{
    struct secretsmanager_secret *master = rds_database_secret_new(
        stack->node, "Master", &(struct rds_database_secret_props){ .username = "tango", .dbname = "tango" });

    rds_database_secret_new(stack->node, "User",
        &(struct rds_database_secret_props){
            .username = "reader",
            .master_secret = master,
            .exclude_characters = "{}\"",
            .secret_name = string("tango/reader"),
        });
    rds_database_secret_new(stack->node, "Replaced",
        &(struct rds_database_secret_props){
            .username = "writer",
            .replace_on_password_criteria_changes = true,
        });
}

static void from_snapshot(struct stack *stack)
{
    const struct rds_database_cluster *database = cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){
            .default_database_name = "tango",
            .snapshot_identifier = "before",
        });

    output(stack, "Secret", database->secret->secret_arn);
}

static void from_snapshot_other_user(struct stack *stack)
{
    const struct rds_database_cluster *database = cluster(stack, "Database", data_vpc(stack),
        (struct rds_database_cluster_props){
            .engine = rds_aurora_mysql("3.08.0"),
            .snapshot_identifier = "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:other",
            .credentials = &(struct rds_credentials){ .username = "owner", .exclude_characters = "\"" },
        });

    output(stack, "Secret", database->secret->secret_arn);
}

static const struct parity_case cases[] = {
    { "rds-cluster-defaults", cluster_defaults },
    { "rds-cluster-serverless", cluster_serverless },
    { "rds-cluster-mysql", cluster_mysql },
    { "rds-cluster-provisioned-only", cluster_provisioned_only },
    { "rds-cluster-versions", cluster_versions },
    { "rds-cluster-removal-policies", cluster_removal_policies },
    { "rds-cluster-credentials", cluster_credentials },
    { "rds-cluster-managed-password", cluster_managed_password },
    { "rds-cluster-parameters", cluster_parameters },
    { "rds-cluster-parameters-of-instances", cluster_parameters_of_instances },
    { "rds-cluster-monitoring", cluster_monitoring },
    { "rds-cluster-performance-insights", cluster_performance_insights },
    { "rds-cluster-keys", cluster_keys },
    { "rds-cluster-options", cluster_options },
    { "rds-cluster-mixed-case-identifier", cluster_mixed_case_identifier },
    { "rds-cluster-public", cluster_public },
    { "rds-cluster-attributes", cluster_attributes },
    { "rds-cluster-grants", cluster_grants },
    { "rds-cluster-connections", cluster_connections },
    { "rds-cluster-subnet-groups", subnet_groups },
    { "rds-cluster-user-secrets", secrets },
    { "rds-cluster-from-snapshot", from_snapshot },
    { "rds-cluster-from-snapshot-other-user", from_snapshot_other_user },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("rds-cluster", cases, argc, argv);
}
