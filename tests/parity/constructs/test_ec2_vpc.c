// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "aws/iam.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cdk/tags.h"
#include "cdk/token.h"
#include "parity/constructs/parity.h"

static void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static void joined(struct stack *stack, const char *id, struct value *values)
{
    output(stack, id, fn_join(",", values));
}

static struct ec2_vpc *vpc(struct stack *stack, const struct ec2_vpc_props *props)
{
    return ec2_vpc_new(stack->node, "Vpc", props);
}

static struct ec2_vpc *any_vpc(struct stack *stack)
{
    return vpc(stack,
        &(struct ec2_vpc_props){
            .nat_gateways = count(0),
            .max_azs = 1,
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Public", .type = EC2_SUBNET_PUBLIC },
                    { 0 },
                },
        });
}

static struct ec2_security_group *group(struct stack *stack, const char *id, struct ec2_vpc *vpc)
{
    return ec2_security_group_new(
        stack->node, id, &(struct ec2_security_group_props){ .vpc = vpc, .description = id });
}

static void defaults(struct stack *stack)
{
    vpc(stack, &(struct ec2_vpc_props){ 0 });
}

static void shared_nat(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .max_azs = 2,
            .nat_gateways = count(1),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Public", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 24 },
                    { .name = "Private", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS, .cidr_mask = 24 },
                    { 0 },
                },
        });
}

static void six_zones(struct stack *stack)
{
    vpc(stack, &(struct ec2_vpc_props){ .max_azs = 6 });
}

static void fewer_nat_gateways_than_zones(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .max_azs = 4,
            .nat_gateways = count(2),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Ingress", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 28 },
                    { .name = "Service", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS },
                    { .name = "Worker", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS, .cidr_mask = 22 },
                    { 0 },
                },
        });
}

static void zones_not_looked_up(struct stack *stack)
{
    vpc(stack, &(struct ec2_vpc_props){ .nat_gateways = count(5) });
}

static void without_nat(struct stack *stack)
{
    vpc(stack, &(struct ec2_vpc_props){ .nat_gateways = count(0) });
}

static void private_without_nat(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .nat_gateways = count(0),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Public", .type = EC2_SUBNET_PUBLIC },
                    { .name = "Private", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS },
                    { 0 },
                },
        });
}

static void mixed_masks(struct stack *stack)
{
    const struct ec2_subnet_configuration groups[] = {
        { .name = "Rest", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS },
        { .name = "Public", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 28 },
        { .name = "Kept", .type = EC2_SUBNET_PRIVATE_ISOLATED, .cidr_mask = 24, .reserved = true },
        { .name = "Database", .type = EC2_SUBNET_PRIVATE_ISOLATED, .cidr_mask = 26 },
        { .name = "Other", .type = EC2_SUBNET_PRIVATE_ISOLATED },
        { 0 },
    };

    vpc(stack,
        &(struct ec2_vpc_props){
            .cidr = "10.20.0.0/20",
            .nat_gateways = count(1),
            .subnet_configuration = groups,
        });
}

static void reserved_zones(struct stack *stack)
{
    vpc(stack, &(struct ec2_vpc_props){ .max_azs = 2, .reserved_azs = 1 });
}

static void given_zones(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .availability_zones = strings((const char *[]){ "eu-west-1c", "eu-west-1a", NULL }),
            .reserved_azs = 2,
        });
}

static void given_zones_of_unknown_region(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .availability_zones = strings((const char *[]){ "us-west-2a", "us-west-2b", "us-west-2d", NULL }),
        });
}

static void nat_subnet_group(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .nat_gateway_subnets = &(struct ec2_subnet_selection){ .group_name = "Egress" },
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Ingress", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 24 },
                    { .name = "Egress", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 28 },
                    { .name = "Service", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS, .cidr_mask = 20 },
                    { 0 },
                },
        });
}

static void public_only(struct stack *stack)
{
    const struct ec2_subnet_configuration groups[] = {
        { .name = "Web", .type = EC2_SUBNET_PUBLIC, .map_public_ip_on_launch = NO, .cidr_mask = 18 },
        { 0 },
    };

    vpc(stack, &(struct ec2_vpc_props){ .max_azs = 1, .subnet_configuration = groups });
}

static void isolated_only(struct stack *stack)
{
    const struct ec2_subnet_configuration groups[] = {
        { .name = "Data", .type = EC2_SUBNET_PRIVATE_ISOLATED },
        { 0 },
    };

    vpc(stack, &(struct ec2_vpc_props){ .subnet_configuration = groups });
}

static void no_subnets(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){ .subnet_configuration = (struct ec2_subnet_configuration[]){ { 0 } } });
}

static void options(struct stack *stack)
{
    vpc(stack,
        &(struct ec2_vpc_props){
            .cidr = "172.16.200.9/19",
            .vpc_name = "main",
            .enable_dns_hostnames = NO,
            .enable_dns_support = NO,
            .default_instance_tenancy = "dedicated",
            .create_internet_gateway = NO,
            .nat_gateways = count(2),
        });
}

static void attributes(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);

    output(stack, "Arn", vpc->vpc_arn);
    output(stack, "CidrBlock", vpc->vpc_cidr_block);
    output(stack, "DefaultGroup", vpc->vpc_default_security_group);
    output(stack, "DefaultAcl", vpc->vpc_default_network_acl);
    output(stack, "Gateway", vpc->internet_gateway_id);
    joined(stack, "Zones", vpc->availability_zones);
    output(stack, "RouteTable", vpc->public_subnets[0]->route_table_id);
    output(stack, "SubnetCidr", string(vpc->public_subnets[0]->cidr_block));
}

static void tags(struct stack *stack)
{
    struct ec2_vpc *network;

    tags_add(stack->node, "Project", "Tango", NULL);
    network = vpc(stack, &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
    tags_add(network->node, "Layer", "network", NULL);
    tags_add(network->public_subnets[0]->node, "Name", "first", &(struct tag_options){ .priority = 300 });
    tags_remove(network->private_subnets[0]->node, "Layer", NULL);
    tags_add(network->node, "Only", "route tables",
        &(struct tag_options){
            .include_resource_types = (const char *[]){ "AWS::EC2::RouteTable", NULL },
        });
    group(stack, "Group", network);
}

static void show(
    struct stack *stack, struct ec2_vpc *vpc, const char *id, const struct ec2_subnet_selection *selection)
{
    struct ec2_selected_subnets selected = ec2_vpc_select_subnets(vpc, selection);

    joined(stack, id, selected.subnet_ids);
    joined(stack, value_string(stringf("%sZones", id)), selected.availability_zones);
    output(stack, value_string(stringf("%sPublic", id)), string(selected.has_public ? "yes" : "no"));
}

static void selections(struct stack *stack)
{
    const struct ec2_subnet_configuration groups[] = {
        { .name = "Front", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 24 },
        { .name = "Back", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 24 },
        { .name = "Service", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS, .cidr_mask = 24 },
        { .name = "Data", .type = EC2_SUBNET_PRIVATE_ISOLATED, .cidr_mask = 24 },
        { 0 },
    };
    struct ec2_vpc *network =
        vpc(stack, &(struct ec2_vpc_props){ .nat_gateways = count(1), .subnet_configuration = groups });

    show(stack, network, "Standard", NULL);
    show(stack, network, "Public", &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC });
    show(stack, network, "Isolated", &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PRIVATE_ISOLATED });
    show(stack, network, "Group", &(struct ec2_subnet_selection){ .group_name = "Back" });
    show(stack, network, "OnePerAz",
        &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC, .one_per_az = true });
    show(stack, network, "Zones",
        &(struct ec2_subnet_selection){
            .group_name = "Service",
            .availability_zones = strings((const char *[]){ "eu-west-1a", "eu-west-1c", NULL }),
        });
    show(stack, network, "Given",
        &(struct ec2_subnet_selection){
            .subnets =
                (struct ec2_subnet *[]){ network->isolated_subnets[1], network->public_subnets[0], NULL },
        });
}

static void default_selections(struct stack *stack)
{
    struct ec2_vpc *isolated =
        ec2_vpc_new(stack->node, "IsolatedVpc", &(struct ec2_vpc_props){ .nat_gateways = count(0) });

    joined(stack, "Isolated", ec2_vpc_select_subnets(isolated, NULL).subnet_ids);
    joined(stack, "Public", ec2_vpc_select_subnets(any_vpc(stack), NULL).subnet_ids);
}

static void depend(struct stack *stack, struct ec2_vpc *vpc, const char *id, enum ec2_subnet_type type)
{
    struct ec2_selected_subnets selected =
        ec2_vpc_select_subnets(vpc, &(struct ec2_subnet_selection){ .type = type });

    ec2_subnets_add_dependent(&selected, group(stack, id, vpc)->node);
}

static void dependents(struct stack *stack)
{
    struct ec2_vpc *network = vpc(stack, &(struct ec2_vpc_props){ .max_azs = 1 });

    depend(stack, network, "AfterPublic", EC2_SUBNET_PUBLIC);
    depend(stack, network, "AfterPrivate", EC2_SUBNET_PRIVATE_WITH_EGRESS);
}

static void allow(struct ec2_gateway_vpc_endpoint *endpoint, const char *action)
{
    ec2_gateway_vpc_endpoint_add_to_policy(endpoint,
        iam_statement_new(&(struct iam_statement_props){
            .principals = (struct iam_principal *[]){ iam_any_principal(), NULL },
            .actions = (const char *[]){ action, NULL },
            .resources = (struct value *[]){ string("*"), NULL },
        }));
}

static void gateway_endpoints(struct stack *stack)
{
    const struct ec2_subnet_selection isolated = { .type = EC2_SUBNET_PRIVATE_ISOLATED };
    const struct ec2_subnet_selection service = { .group_name = "Service" }, data = { .group_name = "Data" };
    struct ec2_vpc *network = vpc(stack,
        &(struct ec2_vpc_props){
            .max_azs = 2,
            .nat_gateways = count(1),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Public", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 24 },
                    { .name = "Service", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS, .cidr_mask = 24 },
                    { .name = "Data", .type = EC2_SUBNET_PRIVATE_ISOLATED, .cidr_mask = 24 },
                    { 0 },
                },
        });
    struct ec2_gateway_vpc_endpoint *endpoint;

    ec2_gateway_vpc_endpoint_new(
        network->node, "S3", &(struct ec2_gateway_vpc_endpoint_props){ .vpc = network, .service = "s3" });
    endpoint = ec2_gateway_vpc_endpoint_new(stack->node, "DynamoDb",
        &(struct ec2_gateway_vpc_endpoint_props){
            .vpc = network,
            .service = "dynamodb",
            .subnets = (const struct ec2_subnet_selection *const[]){ &isolated, &service, &data, NULL },
        });
    allow(endpoint, "dynamodb:GetItem");
    allow(endpoint, "dynamodb:Query");
    output(stack, "EndpointId", endpoint->vpc_endpoint_id);
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct ec2_vpc *network = vpc(other, &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });

    group(stack, "Group", network);
    joined(stack, "Subnets", ec2_vpc_select_subnets(network, NULL).subnet_ids);
    output(stack, "CidrBlock", network->vpc_cidr_block);
}

static const struct parity_case cases[] = {
    { "ec2-vpc-defaults", defaults },
    { "ec2-vpc-shared-nat", shared_nat },
    { "ec2-vpc-six-zones", six_zones },
    { "ec2-vpc-fewer-nat-gateways-than-zones", fewer_nat_gateways_than_zones },
    { "ec2-vpc-zones-not-looked-up", zones_not_looked_up },
    { "ec2-vpc-without-nat", without_nat },
    { "ec2-vpc-private-without-nat", private_without_nat },
    { "ec2-vpc-mixed-masks", mixed_masks },
    { "ec2-vpc-reserved-zones", reserved_zones },
    { "ec2-vpc-given-zones", given_zones },
    { "ec2-vpc-given-zones-of-unknown-region", given_zones_of_unknown_region },
    { "ec2-vpc-nat-subnet-group", nat_subnet_group },
    { "ec2-vpc-public-only", public_only },
    { "ec2-vpc-isolated-only", isolated_only },
    { "ec2-vpc-no-subnets", no_subnets },
    { "ec2-vpc-options", options },
    { "ec2-vpc-attributes", attributes },
    { "ec2-vpc-tags", tags },
    { "ec2-vpc-selections", selections },
    { "ec2-vpc-default-selections", default_selections },
    { "ec2-vpc-dependents", dependents },
    { "ec2-vpc-gateway-endpoints", gateway_endpoints },
    { "ec2-vpc-cross-stack", cross_stack },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ec2-vpc", cases, argc, argv);
}
