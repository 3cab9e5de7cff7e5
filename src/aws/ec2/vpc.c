// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/tags.h"

#include <string.h>

#define DEFAULT_CIDR "10.0.0.0/16"
enum { DEFAULT_MAX_AZS = 3 };

static const struct ec2_subnet_configuration default_subnets[] = {
    { .name = "Public", .type = EC2_SUBNET_PUBLIC },
    { .name = "Private", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS },
    { 0 },
};
static const struct ec2_subnet_configuration default_subnets_without_nat[] = {
    { .name = "Public", .type = EC2_SUBNET_PUBLIC },
    { .name = "Isolated", .type = EC2_SUBNET_PRIVATE_ISOLATED },
    { 0 },
};

static const struct ec2_subnet_configuration *subnets_or_default(const struct ec2_vpc_props *p)
{
    if (p->subnet_configuration)
        return p->subnet_configuration;
    return p->nat_gateways.given && p->nat_gateways.number == 0 ? default_subnets_without_nat
                                                                : default_subnets;
}

static void check_props(struct construct *node, const struct ec2_vpc_props *p)
{
    if (p->enable_dns_hostnames == YES && p->enable_dns_support != YES)
        diag_error(node, "DNS host names need DNS support: set enable_dns_support too");
    if (p->availability_zones && p->max_azs)
        diag_error(node, "'availability_zones' and 'max_azs' exclude each other: give one of them");
}

static bool contains_text(const struct value *list, const char *text)
{
    for (size_t i = 0; i < value_length(list); i++) {
        const char *item = value_string(array_at(list, i));

        if (item && strcmp(item, text) == 0)
            return true;
    }
    return false;
}

// Only against zones that context has: given zones are reason enough not to look any up.
static void check_given_zones(struct construct *node, const struct value *given)
{
    const struct value *known = stack_known_availability_zones(construct_stack(node));

    for (size_t i = 0; value_length(known) && i < value_length(given); i++) {
        const char *zone = value_string(array_at(given, i));

        if (zone && !contains_text(known, zone))
            diag_error(node, "the stack's region has no availability zone '%s'", zone);
    }
}

static struct value *choose_zones(struct construct *node, const struct ec2_vpc_props *p)
{
    struct value *zones = array();

    if (p->availability_zones) {
        check_given_zones(node, p->availability_zones);
        array_append_all(zones, p->availability_zones);
    } else {
        struct value *all = stack_availability_zones(construct_stack(node));
        size_t max = (size_t)(p->max_azs ? p->max_azs : DEFAULT_MAX_AZS);

        for (size_t i = 0; i < value_length(all) && i < max; i++)
            array_append(zones, array_at(all, i));
    }
    if (p->availability_zones && !value_length(zones) &&
        !(p->subnet_configuration && !p->subnet_configuration->name))
        diag_warning(node,
            "the VPC has no availability zones, so no subnets are made: name one, or leave "
            "'availability_zones' out to take the stack's");
    for (int i = 0; i < p->reserved_azs; i++)
        array_append(zones, string(RESERVED_ZONE));
    return zones;
}

static struct cidr_block parse_network(struct construct *node, const char *cidr)
{
    struct cidr_block network;

    if (!cidr_parse(cidr ? cidr : DEFAULT_CIDR, &network)) {
        diag_error(node, "'%s' is not an address range such as '%s'", cidr, DEFAULT_CIDR);
        cidr_parse(DEFAULT_CIDR, &network);
    }
    return network;
}

static struct value *vpc_properties(const struct ec2_vpc_props *p, struct cidr_block network)
{
    return object((struct field[]){
        { "CidrBlock", string(cidr_text(network)) },
        { "EnableDnsHostnames", boolean(toggle_or(p->enable_dns_hostnames, true)) },
        { "EnableDnsSupport", boolean(toggle_or(p->enable_dns_support, true)) },
        { "InstanceTenancy", string(p->default_instance_tenancy ? p->default_instance_tenancy : "default") },
        END,
    });
}

static void set_attributes(struct ec2_vpc *vpc)
{
    vpc->vpc_id = ref(vpc->resource);
    vpc->vpc_cidr_block = get_att(vpc->resource, "CidrBlock");
    vpc->vpc_default_security_group = get_att(vpc->resource, "DefaultSecurityGroup");
    vpc->vpc_default_network_acl = get_att(vpc->resource, "DefaultNetworkAcl");
    vpc->vpc_arn = stack_format_arn(construct_stack(vpc->node),
        &(struct arn_parts){ .service = "ec2", .resource = "vpc", .resource_name = vpc->vpc_id });
}

static bool reaches_internet(const struct ec2_subnet_configuration *configuration)
{
    for (; configuration->name; configuration++)
        if (configuration->type != EC2_SUBNET_PRIVATE_ISOLATED && !configuration->reserved)
            return true;
    return false;
}

static void create_internet_gateway(struct ec2_vpc *vpc)
{
    struct resource *gateway =
        resource_new(vpc->node, "IGW", "AWS::EC2::InternetGateway", object((struct field[]){ END }));
    struct resource *attachment;

    vpc->internet_gateway_id = ref(gateway);
    attachment = resource_new(vpc->node, "VPCGW", "AWS::EC2::VPCGatewayAttachment",
        object((struct field[]){
            { "InternetGatewayId", vpc->internet_gateway_id },
            { "VpcId", vpc->vpc_id },
            END,
        }));
    for (size_t i = 0; i < vpc->public_subnet_count; i++)
        subnet_add_default_route(vpc->public_subnets[i], "GatewayId", vpc->internet_gateway_id, attachment);
}

static void create_network(struct ec2_vpc *vpc, const struct ec2_vpc_props *p, struct cidr_block network)
{
    const struct ec2_subnet_configuration *configuration = subnets_or_default(p);
    size_t nat_gateways = 0;

    vpc->incomplete = !vpc_count_nat_gateways(vpc, p->nat_gateways, configuration, &nat_gateways);
    if (!vpc_create_subnets(vpc, network, configuration))
        vpc->incomplete = true;
    if (!reaches_internet(configuration) || !toggle_or(p->create_internet_gateway, true))
        return;
    create_internet_gateway(vpc);
    if (nat_gateways && !vpc->incomplete)
        vpc_create_nat_gateways(vpc, p->nat_gateway_subnets, nat_gateways);
}

struct ec2_vpc *ec2_vpc_new(struct construct *scope, const char *id, const struct ec2_vpc_props *props)
{
    struct ec2_vpc *vpc = arena_alloc(construct_arena(scope), sizeof(*vpc));
    struct cidr_block network;

    vpc->node = construct_new(scope, id, "ec2.Vpc");
    check_props(vpc->node, props);
    network = parse_network(vpc->node, props->cidr);
    vpc->resource = resource_new(vpc->node, "Resource", "AWS::EC2::VPC", vpc_properties(props, network));
    tags_add(vpc->node, "Name", props->vpc_name ? props->vpc_name : construct_path(vpc->node), NULL);
    vpc->availability_zones = choose_zones(vpc->node, props);
    set_attributes(vpc);
    create_network(vpc, props, network);
    return vpc;
}
