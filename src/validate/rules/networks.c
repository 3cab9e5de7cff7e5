// SPDX-License-Identifier: MIT
// Ranges of addresses of VPCs and subnets, and what has to be in the same VPC.
#include "util/arena.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { IPV4_BITS = 32 };

// A range of IPv4 addresses.
struct address_block {
    uint32_t first, last;
};

static bool read_range(const char *text, struct address_block *ret_range)
{
    size_t length = text ? strcspn(text, "/") : 0;
    char address[INET_ADDRSTRLEN];
    struct in_addr parsed;
    unsigned long bits;
    uint32_t mask;

    if (!text || !text[length] || length >= sizeof(address))
        return false;
    memcpy(address, text, length);
    address[length] = '\0';
    bits = strtoul(text + length + 1, NULL, 10);
    if (inet_pton(AF_INET, address, &parsed) != 1 || bits > IPV4_BITS ||
        text[length + 1 + strspn(text + length + 1, "0123456789")])
        return false;
    mask = bits ? UINT32_MAX << (IPV4_BITS - bits) : 0;
    if (ntohl(parsed.s_addr) & ~mask)
        return false;
    *ret_range = (struct address_block){ ntohl(parsed.s_addr), ntohl(parsed.s_addr) | ~mask };
    return true;
}

struct address_blocks {
    struct address_block *items;
    size_t count, capacity;
    bool is_unknown; // there may be more
};

static void add_range(struct judge *judge, const struct node *node, void *data)
{
    struct address_blocks *ranges = data;
    struct address_block range;

    if (node_is_no_value(node))
        return;
    if (!read_range(node_string(node), &range)) {
        ranges->is_unknown = true;
        return;
    }
    ranges->items = arena_grow(validator_arena(judge->validator), ranges->items, ranges->count,
        &ranges->capacity, sizeof(*ranges->items));
    ranges->items[ranges->count++] = range;
}

static void note_unknown(struct judge *judge, const struct node *node, void *data)
{
    struct address_blocks *ranges = data;

    (void)judge;
    ranges->is_unknown |= !node_is_no_value(node);
}

static void add_ranges_of(
    struct validator *validator, const struct template_resource *resource, struct address_blocks *ranges)
{
    static const char *const dynamic[] = { "Ipv4IpamPoolId", "Ipv6IpamPoolId", "Ipv6Pool",
        "AmazonProvidedIpv6CidrBlock" };

    validator_each_at(validator, &resource->properties, "CidrBlock", add_range, ranges);
    for (size_t i = 0; i < ARRAY_SIZE(dynamic); i++)
        validator_each_at(validator, &resource->properties, dynamic[i], note_unknown, ranges);
}

static const struct template_resource *vpc_of(
    struct validator *validator, const struct template_resource *resource)
{
    struct node vpc = node_get(&resource->properties, "VpcId");

    return node_exists(&vpc) ? referred_resource(validator, &vpc) : NULL;
}

static bool is_of_type(const struct template_resource *resource, const char *type)
{
    return strcmp(resource->type, type) == 0;
}

struct subnet_check {
    const struct address_blocks *ranges;
    const char *vpc;
};

static void check_subnet(struct judge *judge, const struct node *node, void *data)
{
    const struct subnet_check *check = data;
    struct address_block range;

    if (!read_range(node_string(node), &range))
        return;
    for (size_t i = 0; i < check->ranges->count; i++)
        if (range.first >= check->ranges->items[i].first && range.last <= check->ranges->items[i].last)
            return;
    report(judge->validator, "E3059", node, "'%s' is in no range of the VPC '%s'", node_string(node),
        check->vpc);
}

static void check_vpc(struct validator *validator, const struct node *node)
{
    const struct template_resource *vpc = node_resource(validator, node);
    struct address_blocks ranges = { 0 };
    struct subnet_check check = { &ranges, vpc->id };

    add_ranges_of(validator, vpc, &ranges);
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);

        if (is_of_type(resource, "AWS::EC2::VPCCidrBlock"))
            add_ranges_of(validator, resource, &ranges);
    }
    if (ranges.is_unknown || !ranges.count)
        return;
    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);

        if (is_of_type(resource, "AWS::EC2::Subnet") && vpc_of(validator, resource) == vpc)
            validator_each_at(validator, &resource->properties, "CidrBlock", check_subnet, &check);
    }
}

// Subnets of one VPC, each against those before it in the template.

struct overlap {
    const struct template_resource *subnet;
    const struct node *node; // the range of that one
};

static bool same_vpc(
    struct validator *validator, const struct template_resource *a, const struct template_resource *b)
{
    struct node first = node_get(&a->properties, "VpcId");
    struct node second = node_get(&b->properties, "VpcId");
    const char *text = node_string(&first);

    if (text)
        return node_string(&second) && strcmp(text, node_string(&second)) == 0;
    return (node_is_function(&first, "Ref") || node_is_function(&first, "Fn::GetAtt")) &&
        value_equal(first.value, second.value) && validator;
}

static void check_overlap_with(struct judge *judge, const struct node *other, void *data)
{
    const struct overlap *overlap = data;
    struct address_block range, before;

    if (!read_range(node_string(overlap->node), &range) || !read_range(node_string(other), &before))
        return;
    if (range.first > before.last || range.last < before.first)
        return;
    if (nodes_coexist(judge->validator, overlap->node, other) == POSSIBLE)
        report(judge->validator, "E3060", overlap->node, "'%s' overlaps with '%s'",
            node_string(overlap->node), node_string(other));
}

static void check_overlaps(struct judge *judge, const struct node *node, void *data)
{
    struct overlap overlap = { data, node };

    for (size_t i = 0; i < overlap.subnet->index; i++) {
        const struct template_resource *resource = validator_resource_at(judge->validator, i);

        if (is_of_type(resource, "AWS::EC2::Subnet") && same_vpc(judge->validator, overlap.subnet, resource))
            validator_each_at(
                judge->validator, &resource->properties, "CidrBlock", check_overlap_with, &overlap);
    }
}

static void check_subnet_overlaps(struct validator *validator, const struct node *node)
{
    const struct template_resource *subnet = node_resource(validator, node);

    validator_each_at(validator, &subnet->properties, "CidrBlock", check_overlaps, (void *)subnet);
}

// Security groups and subnets of one resource.

static const struct {
    const char *type, *subnets, *groups;
} attachments[] = {
    { "AWS::EC2::Instance", "SubnetId", "SecurityGroupIds/*" },
    { "AWS::EC2::NetworkInterface", "SubnetId", "GroupSet/*" },
    { "AWS::ECS::Service", "NetworkConfiguration/AwsvpcConfiguration/Subnets/*",
        "NetworkConfiguration/AwsvpcConfiguration/SecurityGroups/*" },
    { "AWS::EFS::MountTarget", "SubnetId", "SecurityGroups/*" },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", "Subnets/*", "SecurityGroups/*" },
    { "AWS::Lambda::Function", "VpcConfig/SubnetIds/*", "VpcConfig/SecurityGroupIds/*" },
    { "AWS::RDS::DBProxy", "VpcSubnetIds/*", "VpcSecurityGroupIds/*" },
};

struct attachment {
    const char *groups;
    const struct template_resource *owner;
    const struct node *subnet;
    const struct template_resource *vpc;
};

static void check_group(struct judge *judge, const struct node *node, void *data)
{
    const struct attachment *attachment = data;
    const struct template_resource *group = referred_resource(judge->validator, node);
    const struct template_resource *vpc;

    if (!group || !is_of_type(group, "AWS::EC2::SecurityGroup"))
        return;
    vpc = vpc_of(judge->validator, group);
    if (vpc && is_of_type(vpc, "AWS::EC2::VPC") && vpc != attachment->vpc &&
        nodes_coexist(judge->validator, node, attachment->subnet) == POSSIBLE)
        report(judge->validator, "T3001", node,
            "the security group '%s' is in the VPC '%s', the subnets are in '%s'", group->id, vpc->id,
            attachment->vpc->id);
}

static void check_groups(struct judge *judge, const struct node *node, void *data)
{
    struct attachment attachment = *(const struct attachment *)data;
    const struct template_resource *subnet = referred_resource(judge->validator, node);

    if (!subnet || !is_of_type(subnet, "AWS::EC2::Subnet"))
        return;
    attachment.subnet = node;
    attachment.vpc = vpc_of(judge->validator, subnet);
    if (attachment.vpc && is_of_type(attachment.vpc, "AWS::EC2::VPC"))
        validator_each_at(
            judge->validator, &attachment.owner->properties, attachment.groups, check_group, &attachment);
}

static void check_attachment(struct validator *validator, const struct node *node)
{
    const struct template_resource *resource = node_resource(validator, node);

    for (size_t i = 0; i < ARRAY_SIZE(attachments); i++) {
        struct attachment attachment = { attachments[i].groups, resource, NULL, NULL };

        if (is_of_type(resource, attachments[i].type))
            validator_each_at(
                validator, &resource->properties, attachments[i].subnets, check_groups, &attachment);
    }
}

const struct rule network_rules[] = {
    { "E3059", SEVERITY_ERROR, "a subnet's range is not within its VPC's",
        "EC2 refuses the subnet, so the stack is rolled back.", "Choose a range within the VPC's.",
        "Subnet CIDR blocks in the Amazon VPC User Guide", .scope = RULE_RESOURCE, .subject = "AWS::EC2::VPC",
        .check = check_vpc },
    { "E3060", SEVERITY_ERROR, "the ranges of two subnets overlap",
        "EC2 refuses the second subnet, so the stack is rolled back.", "Choose ranges that do not overlap.",
        "Subnet CIDR blocks in the Amazon VPC User Guide", .scope = RULE_RESOURCE,
        .subject = "AWS::EC2::Subnet", .check = check_subnet_overlaps },
    { "T3001", SEVERITY_ERROR, "a security group is in another VPC than the subnets beside it",
        "AWS refuses the resource, so the stack is rolled back.", "Use a security group of the subnets' VPC.",
        "Security groups in the Amazon VPC User Guide: only with resources in the VPC for which they are created",
        .scope = RULE_RESOURCE, .check = check_attachment },
    RULES_END,
};
