// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "aws/s3.h"
#include "cdk/stack.h"
#include "parity/constructs/parity.h"

static struct ec2_vpc *network(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
}

static struct s3_bucket *bucket(struct stack *stack)
{
    return s3_bucket_new(stack->node, "Bucket", &(struct s3_bucket_props){ 0 });
}

static void interface(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    const struct ec2_interface_vpc_endpoint *endpoint = ec2_interface_vpc_endpoint_new(
        vpc->node, "Logs", &(struct ec2_interface_vpc_endpoint_props){ .vpc = vpc, .service = "logs" });

    output_new(stack->node, "EndpointId", &(struct output_props){ .value = endpoint->vpc_endpoint_id });
}

static void interface_given(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct ec2_security_group *group = ec2_security_group_new(
        stack->node, "Group", &(struct ec2_security_group_props){ .vpc = vpc, .description = "endpoints" });

    ec2_interface_vpc_endpoint_new(stack->node, "Ecr",
        &(struct ec2_interface_vpc_endpoint_props){
            .vpc = vpc,
            .service = "ecr.api",
            .open = NO,
            .private_dns_enabled = NO,
            .subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC },
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
        });
}

static void interface_china(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    ec2_interface_vpc_endpoint_new(
        vpc->node, "Api", &(struct ec2_interface_vpc_endpoint_props){ .vpc = vpc, .service = "ecr.api" });
    ec2_interface_vpc_endpoint_new(vpc->node, "Secrets",
        &(struct ec2_interface_vpc_endpoint_props){ .vpc = vpc, .service = "secretsmanager" });
}

static void flow_log(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    const struct ec2_flow_log *log = ec2_flow_log_new(
        vpc->node, "Log", &(struct ec2_flow_log_props){ .vpc = vpc, .bucket = bucket(stack) });

    output_new(stack->node, "FlowLogId", &(struct output_props){ .value = log->flow_log_id });
}

static void flow_log_options(struct stack *stack)
{
    struct s3_bucket *to =
        s3_bucket_new(stack->node, "Bucket", &(struct s3_bucket_props){ .enforce_ssl = true });

    ec2_flow_log_new(stack->node, "Log",
        &(struct ec2_flow_log_props){
            .vpc = network(stack),
            .traffic_type = EC2_TRAFFIC_REJECT,
            .max_aggregation_interval = seconds(60),
            .flow_log_name = "refused",
            .bucket = to,
            .key_prefix = "vpc",
            .file_format = EC2_FLOW_LOG_PARQUET,
            .hive_compatible_partitions = true,
            .per_hour_partition = true,
        });
}

static void flow_log_per_hour(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    ec2_flow_log_new(vpc->node, "Log",
        &(struct ec2_flow_log_props){
            .vpc = vpc,
            .traffic_type = EC2_TRAFFIC_ACCEPT,
            .bucket = bucket(stack),
            .key_prefix = "logs/",
            .per_hour_partition = true,
        });
}

static void flow_log_without_policy(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    ec2_flow_log_new(vpc->node, "Log", &(struct ec2_flow_log_props){ .vpc = vpc, .bucket = bucket(stack) });
}

static const struct parity_case cases[] = {
    { "ec2-endpoint-interface", interface },
    { "ec2-endpoint-interface-given", interface_given },
    { "ec2-endpoint-interface-china", interface_china },
    { "ec2-endpoint-flow-log", flow_log },
    { "ec2-endpoint-flow-log-options", flow_log_options },
    { "ec2-endpoint-flow-log-per-hour", flow_log_per_hour },
    { "ec2-endpoint-flow-log-without-policy", flow_log_without_policy },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ec2-endpoint", cases, argc, argv);
}
