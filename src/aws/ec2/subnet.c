// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/tags.h"

static const struct {
    const char *construct_type;
    const char *tag;
} types[] = {
    [EC2_SUBNET_PRIVATE_ISOLATED] = { "ec2.PrivateSubnet", "Isolated" },
    [EC2_SUBNET_PRIVATE_WITH_EGRESS] = { "ec2.PrivateSubnet", "Private" },
    [EC2_SUBNET_PUBLIC] = { "ec2.PublicSubnet", "Public" },
};

static struct value *subnet_properties(const struct ec2_vpc *vpc, const struct subnet_props *p)
{
    return object((struct field[]){
        { "AvailabilityZone", p->availability_zone },
        { "CidrBlock", string(p->cidr_block) },
        { "MapPublicIpOnLaunch", boolean(p->map_public_ip_on_launch) },
        { "VpcId", vpc->vpc_id },
        END,
    });
}

static void add_tags(const struct ec2_subnet *subnet)
{
    struct tag_options subnets_only = {
        .include_resource_types = (const char *[]){ "AWS::EC2::Subnet", NULL },
    };

    tags_add(subnet->node, "Name", construct_path(subnet->node), NULL);
    tags_add(subnet->node, "aws-cdk:subnet-name", subnet->group_name, &subnets_only);
    tags_add(subnet->node, "aws-cdk:subnet-type", types[subnet->type].tag, &subnets_only);
}

static void add_route_table(struct ec2_subnet *subnet, const struct ec2_vpc *vpc)
{
    struct resource *table = resource_new(subnet->node, "RouteTable", "AWS::EC2::RouteTable",
        object((struct field[]){ { "VpcId", vpc->vpc_id }, END }));

    subnet->route_table_id = ref(table);
    subnet->route_table_association =
        resource_new(subnet->node, "RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation",
            object((struct field[]){
                { "RouteTableId", subnet->route_table_id },
                { "SubnetId", subnet->subnet_id },
                END,
            }));
}

struct ec2_subnet *subnet_new(struct ec2_vpc *vpc, size_t index, const struct subnet_props *props)
{
    const struct ec2_subnet_configuration *group = props->group;
    struct arena *arena = construct_arena(vpc->node);
    const char *id = arena_printf(arena, "%sSubnet%zu", group->name, index + 1);
    struct ec2_subnet *subnet = arena_alloc(arena, sizeof(*subnet));

    subnet->node = construct_new(vpc->node, id, types[group->type].construct_type);
    subnet->group_name = arena_strdup(arena, group->name);
    subnet->type = group->type;
    subnet->cidr_block = props->cidr_block;
    subnet->availability_zone = props->availability_zone;
    add_tags(subnet);
    subnet->resource =
        resource_new(subnet->node, "Subnet", "AWS::EC2::Subnet", subnet_properties(vpc, props));
    subnet->subnet_id = ref(subnet->resource);
    construct_new(subnet->node, "Acl", "Resource");
    add_route_table(subnet, vpc);
    return subnet;
}

void subnet_add_default_route(
    struct ec2_subnet *subnet, const char *target_key, struct value *target, struct resource *attachment)
{
    subnet->default_route = resource_new(subnet->node, "DefaultRoute", "AWS::EC2::Route",
        object((struct field[]){
            { "DestinationCidrBlock", string("0.0.0.0/0") },
            { target_key, target },
            { "RouteTableId", subnet->route_table_id },
            END,
        }));
    if (attachment)
        construct_add_dependency(resource_node(subnet->default_route), resource_node(attachment));
}

struct resource *subnet_add_nat_gateway(struct ec2_subnet *subnet)
{
    struct resource *address = resource_new(
        subnet->node, "EIP", "AWS::EC2::EIP", object((struct field[]){ { "Domain", string("vpc") }, END }));
    struct resource *gateway = resource_new(subnet->node, "NATGateway", "AWS::EC2::NatGateway",
        object((struct field[]){
            { "AllocationId", get_att(address, "AllocationId") },
            { "SubnetId", subnet->subnet_id },
            END,
        }));

    subnet_add_dependent(subnet, resource_node(gateway));
    return gateway;
}

void subnet_add_dependent(const struct ec2_subnet *subnet, struct construct *dependent)
{
    construct_add_dependency(dependent, resource_node(subnet->route_table_association));
    if (subnet->default_route)
        construct_add_dependency(dependent, resource_node(subnet->default_route));
}
