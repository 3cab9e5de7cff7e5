// SPDX-License-Identifier: MIT
#include "aws/rds.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

static const struct ec2_subnet_selection isolated = { .type = EC2_SUBNET_PRIVATE_ISOLATED };

static struct ec2_vpc *vpc(struct stack *stack, int zones)
{
    return ec2_vpc_new(stack->node, "Vpc",
        &(struct ec2_vpc_props){
            .max_azs = zones,
            .nat_gateways = count(0),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Data", .type = EC2_SUBNET_PRIVATE_ISOLATED },
                    { 0 },
                },
        });
}

// What the props leave open: PostgreSQL with a serverless writer in two subnets.
static struct rds_database_cluster *cluster(struct stack *stack, struct rds_database_cluster_props props)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");

    if (!props.vpc)
        props.vpc = vpc(stack, 2);
    props.vpc_subnets = &isolated;
    if (!props.engine.family)
        props.engine = rds_aurora_postgres("16.8");
    if (!props.writer)
        props.writer = &writer;
    return rds_database_cluster_new(stack->node, "Database", &props);
}

#define CLUSTER_CASE(name, ...)                                                                              \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        cluster(stack, (struct rds_database_cluster_props){ __VA_ARGS__ });                                  \
    }

static void no_vpc(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");

    rds_database_cluster_new(stack->node, "Database",
        &(struct rds_database_cluster_props){ .engine = rds_aurora_postgres("16.8"), .writer = &writer });
}

static void no_engine(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");

    rds_database_cluster_new(stack->node, "Database",
        &(struct rds_database_cluster_props){ .writer = &writer, .vpc = vpc(stack, 2) });
}

static void no_writer(struct stack *stack)
{
    rds_database_cluster_new(stack->node, "Database",
        &(struct rds_database_cluster_props){
            .engine = rds_aurora_postgres("16.8"),
            .vpc = vpc(stack, 2),
        });
}

static void one_subnet(struct stack *stack)
{
    cluster(stack, (struct rds_database_cluster_props){ .vpc = vpc(stack, 1) });
}

CLUSTER_CASE(unversioned, .engine = rds_aurora_postgres(NULL))
CLUSTER_CASE(small_maximum, .serverless_v2_max_capacity = count(0.5))
CLUSTER_CASE(large_maximum, .serverless_v2_max_capacity = count(256.5))
CLUSTER_CASE(large_minimum, .serverless_v2_min_capacity = count(300))
CLUSTER_CASE(negative_minimum, .serverless_v2_min_capacity = count(-1))
CLUSTER_CASE(maximum_below_minimum, .serverless_v2_min_capacity = count(4))
CLUSTER_CASE(odd_step, .serverless_v2_min_capacity = count(0.75))
CLUSTER_CASE(
    no_pause, .engine = rds_aurora_postgres("16.2"), .serverless_v2_auto_pause_duration = minutes(10))
CLUSTER_CASE(
    no_pause_of_mysql, .engine = rds_aurora_mysql("3.07.1"), .serverless_v2_auto_pause_duration = minutes(10))
CLUSTER_CASE(short_pause, .serverless_v2_auto_pause_duration = minutes(4))
CLUSTER_CASE(long_pause, .serverless_v2_auto_pause_duration = hours(25))
CLUSTER_CASE(odd_interval, .monitoring_interval = seconds(20))
CLUSTER_CASE(no_interval, .enable_cluster_level_enhanced_monitoring = true)
CLUSTER_CASE(kept_but_off, .enable_performance_insights = NO, .performance_insight_retention = 7)
CLUSTER_CASE(advanced_without_retention, .database_insights_mode = RDS_DATABASE_INSIGHTS_ADVANCED,
    .writer = &(struct rds_cluster_instance){ .id = "writer", .enable_performance_insights = YES })
CLUSTER_CASE(unknown_log, .cloudwatch_logs_exports = (const char *[]){ "slowquery", NULL })
CLUSTER_CASE(managed_with_secret_name, .manage_master_user_password = true,
    .credentials = &(struct rds_credentials){ .secret_name = string("tango") })

static void parameters_twice(struct stack *stack)
{
    cluster(stack,
        (struct rds_database_cluster_props){
            .parameters = (struct field[]){ { "log_statement", string("ddl") }, END },
            .parameter_group = rds_parameter_group_from_name(stack->node, "Parameters", string("tango")),
        });
}

static void bad_tier(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_provisioned("writer", "r6g.large");

    cluster(stack,
        (struct rds_database_cluster_props){
            .writer = &writer,
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "reader", .instance_type = "r6g.large", .promotion_tier = count(16) },
                    { 0 },
                },
        });
}

static void instance_kept_but_off(struct stack *stack)
{
    const struct rds_cluster_instance writer = {
        .id = "writer",
        .enable_performance_insights = NO,
        .performance_insight_retention = 7,
    };

    cluster(stack, (struct rds_database_cluster_props){ .writer = &writer });
}

static void other_retention(struct stack *stack)
{
    const struct rds_cluster_instance writer = { .id = "writer", .performance_insight_retention = 31 };

    cluster(
        stack, (struct rds_database_cluster_props){ .writer = &writer, .performance_insight_retention = 62 });
}

static struct kms_key *key(struct stack *stack, const char *id)
{
    return kms_key_from_arn(stack->node, id, stringf("arn:aws:kms:eu-west-1:123456789012:key/%s", id));
}

static void other_key(struct stack *stack)
{
    const struct rds_cluster_instance writer = {
        .id = "writer",
        .performance_insight_encryption_key = key(stack, "one"),
    };

    cluster(stack,
        (struct rds_database_cluster_props){
            .writer = &writer,
            .performance_insight_encryption_key = key(stack, "two"),
        });
}

static void insights_of_the_cluster_only(struct stack *stack)
{
    cluster(stack, (struct rds_database_cluster_props){ .enable_performance_insights = YES });
}

static void reader_that_is_not_scaled(struct stack *stack)
{
    cluster(stack,
        (struct rds_database_cluster_props){
            .readers = (struct rds_cluster_instance[]){ { .id = "reader" }, { 0 } },
        });
}

static void small_reader(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_provisioned("writer", "r6g.4xlarge");

    cluster(stack,
        (struct rds_database_cluster_props){
            .writer = &writer,
            .serverless_v2_max_capacity = count(32),
            .readers =
                (struct rds_cluster_instance[]){ { .id = "reader", .scale_with_writer = true }, { 0 } },
        });
}

static void other_size(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_provisioned("writer", "r6g.large");

    cluster(stack,
        (struct rds_database_cluster_props){
            .writer = &writer,
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "first", .instance_type = "r6g.xlarge" },
                    { .id = "second", .instance_type = "r6g.2xlarge" },
                    { 0 },
                },
        });
}

static void serverless_first(struct stack *stack)
{
    const struct rds_cluster_instance writer = rds_provisioned("writer", "r6g.large");

    cluster(stack,
        (struct rds_database_cluster_props){
            .writer = &writer,
            .readers =
                (struct rds_cluster_instance[]){
                    { .id = "serverless" },
                    { .id = "provisioned", .instance_type = "r6g.large", .promotion_tier = count(3) },
                    { 0 },
                },
        });
}

static void data_api_is_off(struct stack *stack)
{
    rds_database_cluster_grant_data_api_access(
        cluster(stack, (struct rds_database_cluster_props){ .enable_data_api = NO }),
        iam_role_new(stack->node, "Role",
            &(struct iam_role_props){ .assumed_by = iam_service_principal("lambda.amazonaws.com") })
            ->principal);
}

static const struct diag_case refused_clusters[] = {
    { no_vpc, DIAG_ERROR, "Case/Database: a database cluster needs a VPC" },
    { no_engine, DIAG_ERROR, "Case/Database: a database cluster needs an engine" },
    { no_writer, DIAG_ERROR, "Case/Database: a database cluster needs a writer" },
    { one_subnet, DIAG_ERROR, "Case/Database: a database cluster needs two subnets at least; 1 is selected" },
    { unversioned, DIAG_ERROR,
        "Case/Database: an engine without a version has no parameters of its own: give a version or a "
        "'parameter_group'" },
    { small_maximum, DIAG_ERROR,
        "Case/Database: 'serverless_v2_max_capacity' is 0.5: it is between 1 and 256" },
    { large_maximum, DIAG_ERROR,
        "Case/Database: 'serverless_v2_max_capacity' is 256.5: it is between 1 and 256" },
    { large_minimum, DIAG_ERROR,
        "Case/Database: 'serverless_v2_min_capacity' is 300: it is between 0 and 256" },
    { negative_minimum, DIAG_ERROR,
        "Case/Database: 'serverless_v2_min_capacity' is -1: it is between 0 and 256" },
    { maximum_below_minimum, DIAG_ERROR,
        "Case/Database: 'serverless_v2_max_capacity' is 2, less than the minimum of 4" },
    { odd_step, DIAG_ERROR, "Case/Database: the capacity from 0.75 to 2 is not in steps of 0.5" },
    { no_pause, DIAG_ERROR,
        "Case/Database: aurora-postgresql 16.2 cannot pause: choose a later version, or leave "
        "'serverless_v2_auto_pause_duration' out" },
    { no_pause_of_mysql, DIAG_ERROR,
        "Case/Database: aurora-mysql 8.0.mysql_aurora.3.07.1 cannot pause: choose a later version, or leave "
        "'serverless_v2_auto_pause_duration' out" },
    { short_pause, DIAG_ERROR,
        "Case/Database: 'serverless_v2_auto_pause_duration' is 240 seconds: it is between 5 minutes and 24 "
        "hours" },
    { long_pause, DIAG_ERROR,
        "Case/Database: 'serverless_v2_auto_pause_duration' is 90000 seconds: it is between 5 minutes and 24 "
        "hours" },
    { odd_interval, DIAG_ERROR,
        "Case/Database: 'monitoring_interval' is 20 seconds: it is 0, 1, 5, 10, 15, 30 or 60" },
    { no_interval, DIAG_ERROR,
        "Case/Database: enhanced monitoring of the cluster needs a 'monitoring_interval'" },
    { kept_but_off, DIAG_ERROR,
        "Case/Database: Performance Insights are turned off, but a retention, a key or the advanced mode of "
        "Database Insights is given" },
    { advanced_without_retention, DIAG_ERROR,
        "Case/Database: the advanced mode of Database Insights needs a 'performance_insight_retention' of "
        "465 days" },
    { unknown_log, DIAG_ERROR, "Case/Database: aurora-postgresql has no log 'slowquery' to export" },
    { managed_with_secret_name, DIAG_ERROR,
        "Case/Database: a password that RDS keeps takes only 'username' and 'encryption_key' of the "
        "credentials" },
    { parameters_twice, DIAG_ERROR,
        "Case/Database: 'parameter_group' and 'parameters' exclude each other: give one of them" },
    { bad_tier, DIAG_ERROR, "Case/Database/reader: the promotion tier is 16: it is between 0 and 15" },
    { instance_kept_but_off, DIAG_ERROR,
        "Case/Database/writer: Performance Insights are turned off, but a retention or a key is given" },
    { other_retention, DIAG_ERROR,
        "Case/Database: the instance 'writer' keeps Performance Insights for 31 days, the cluster for 62" },
    { other_key, DIAG_ERROR,
        "Case/Database: the instance 'writer' has another key for Performance Insights than the cluster" },
    { data_api_is_off, DIAG_ERROR,
        "Case/Database: the Data API is turned off, so that nobody can be given access to it" },
    { 0 },
};

static void clusters_are_checked(void **state)
{
    (void)state;
    check_diag_cases(refused_clusters, &(struct stack_props){ 0 });
}

static void doubtful_clusters_are_warned_about(void **state)
{
    static const struct diag_case cases[] = {
        { insights_of_the_cluster_only, DIAG_WARNING,
            "Case/Database: Performance Insights are on for the whole cluster, the instance 'writer' "
            "included" },
        { reader_that_is_not_scaled, DIAG_WARNING,
            "Case/Database: no serverless reader is scaled with the writer, so that none may be able to take "
            "over from it: set 'scale_with_writer' for one" },
        { small_reader, DIAG_WARNING,
            "Case/Database: the serverless reader 'reader' of promotion tier 1 cannot be as large as the "
            "writer (r6g.4xlarge): raise 'serverless_v2_max_capacity'" },
        { other_size, DIAG_WARNING,
            "Case/Database: readers may take over from the writer (r6g.large) with another instance type: "
            "r6g.xlarge, r6g.2xlarge" },
        { serverless_first, DIAG_WARNING,
            "Case/Database: serverless readers of promotion tier 2 are first to take over from the writer, "
            "but are not scaled with it" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

static struct rds_database_proxy *proxy(struct stack *stack, struct rds_database_proxy_props props)
{
    props.cluster = cluster(stack, (struct rds_database_cluster_props){ 0 });
    props.vpc = ec2_vpc_new(
        stack->node, "ProxyVpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
    return rds_database_proxy_new(stack->node, "Proxy", &props);
}

static void proxy_of_nothing(struct stack *stack)
{
    rds_database_proxy_new(stack->node, "Proxy", &(struct rds_database_proxy_props){ .vpc = vpc(stack, 2) });
}

static void no_secrets(struct stack *stack)
{
    proxy(stack, (struct rds_database_proxy_props){ .default_auth_scheme = "NONE" });
}

static void other_engine(struct stack *stack)
{
    proxy(stack,
        (struct rds_database_proxy_props){
            .default_auth_scheme = "IAM_AUTH",
            .client_password_auth_type = "MYSQL_NATIVE_PASSWORD",
        });
}

static void connect_as_nobody(struct stack *stack)
{
    struct rds_database_proxy *without_secrets =
        proxy(stack, (struct rds_database_proxy_props){ .default_auth_scheme = "IAM_AUTH" });

    rds_database_proxy_grant_connect(without_secrets, iam_service_principal("lambda.amazonaws.com"), NULL);
}

static void parameters_without_engine(struct stack *stack)
{
    rds_parameter_group_new(stack->node, "Parameters", &(struct rds_parameter_group_props){ 0 });
}

static void secret_without_user(struct stack *stack)
{
    rds_database_secret_new(stack->node, "Secret", &(struct rds_database_secret_props){ 0 });
}

static void subnets_without_vpc(struct stack *stack)
{
    rds_subnet_group_new(
        stack->node, "Subnets", &(struct rds_subnet_group_props){ .description = "Subnets" });
}

static void the_rest_is_checked(void **state)
{
    static const struct diag_case cases[] = {
        { proxy_of_nothing, DIAG_ERROR, "Case/Proxy: a database proxy needs a VPC and a cluster" },
        { no_secrets, DIAG_ERROR,
            "Case/Proxy: the proxy needs a secret: give one, or set 'default_auth_scheme' to IAM_AUTH" },
        { other_engine, DIAG_ERROR,
            "Case/Proxy: 'MYSQL_NATIVE_PASSWORD' is for MYSQL, and the proxy's engine is POSTGRESQL" },
        { connect_as_nobody, DIAG_ERROR,
            "Case/Proxy: the proxy has no secret: say which database user connects" },
        { parameters_without_engine, DIAG_ERROR,
            "Case/Parameters: a parameter group needs an engine with a version" },
        { secret_without_user, DIAG_ERROR, "Case/Secret: a database secret needs a user name" },
        { subnets_without_vpc, DIAG_ERROR, "Case/Subnets: a subnet group needs a VPC" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_are_checked),
        cmocka_unit_test(doubtful_clusters_are_warned_about),
        cmocka_unit_test(the_rest_is_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
