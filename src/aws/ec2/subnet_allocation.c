// SPDX-License-Identifier: MIT
// Which subnets a VPC gets, and their addresses: groups that name a mask first, then the others share what is
// left (ip-addresses.js, network-util.js).
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

struct subnet_request {
    const struct ec2_subnet_configuration *group;
    size_t zone;
    struct cidr_block block;
};

static size_t subnet_configuration_count(const struct ec2_subnet_configuration *configuration)
{
    size_t count = 0;

    while (configuration[count].name)
        count++;
    return count;
}

static bool take(struct ec2_vpc *vpc, struct cidr_pool *pool, int mask, struct subnet_request *request)
{
    if (mask < SUBNET_MASK_MIN || mask > SUBNET_MASK_MAX) {
        diag_error(vpc->node, "subnets '%s' would be /%d networks: subnets are between /%d and /%d",
            request->group->name, mask, SUBNET_MASK_MIN, SUBNET_MASK_MAX);
        return false;
    }
    if (!cidr_pool_take(pool, mask, &request->block)) {
        diag_error(vpc->node, "no room for a /%d subnet of '%s' in what is left of %s", mask,
            request->group->name, cidr_text(pool->network));
        return false;
    }
    return true;
}

static bool allocate(
    struct ec2_vpc *vpc, struct cidr_pool *pool, struct subnet_request *requests, size_t count)
{
    size_t without_mask = 0;
    int share;

    for (size_t i = 0; i < count; i++) {
        if (!requests[i].group->cidr_mask)
            without_mask++;
        else if (!take(vpc, pool, requests[i].group->cidr_mask, &requests[i]))
            return false;
    }
    share = cidr_pool_equal_share(pool, without_mask);
    for (size_t i = 0; i < count; i++)
        if (!requests[i].group->cidr_mask && !take(vpc, pool, share, &requests[i]))
            return false;
    return true;
}

static struct subnet_request *list_requests(
    struct ec2_vpc *vpc, const struct ec2_subnet_configuration *configuration, size_t *ret_count)
{
    size_t zones = value_length(vpc->availability_zones);
    size_t count = subnet_configuration_count(configuration) * zones;
    struct subnet_request *requests =
        arena_alloc(construct_arena(vpc->node), (count + 1) * sizeof(*requests));

    for (size_t i = 0; i < count; i++)
        requests[i] = (struct subnet_request){ .group = &configuration[i / zones], .zone = i % zones };
    *ret_count = count;
    return requests;
}

static bool is_public_ip_mapped(struct ec2_vpc *vpc, const struct ec2_subnet_configuration *group)
{
    if (group->type == EC2_SUBNET_PUBLIC)
        return toggle_or(group->map_public_ip_on_launch, true);
    if (group->map_public_ip_on_launch != TOGGLE_DEFAULT)
        diag_error(vpc->node, "subnets '%s' cannot map public addresses on launch: they are not public",
            group->name);
    return false;
}

static void create(struct ec2_vpc *vpc, const struct subnet_request *request)
{
    struct ec2_subnet *subnet = subnet_new(vpc, request->zone,
        &(struct subnet_props){
            .group = request->group,
            .availability_zone = array_at(vpc->availability_zones, request->zone),
            .cidr_block = cidr_text(request->block),
            .map_public_ip_on_launch = is_public_ip_mapped(vpc, request->group),
        });

    switch (request->group->type) {
    case EC2_SUBNET_PUBLIC:
        vpc->public_subnets[vpc->public_subnet_count++] = subnet;
        break;
    case EC2_SUBNET_PRIVATE_WITH_EGRESS:
        vpc->private_subnets[vpc->private_subnet_count++] = subnet;
        break;
    default:
        vpc->isolated_subnets[vpc->isolated_subnet_count++] = subnet;
    }
}

static bool check_types(struct ec2_vpc *vpc, const struct ec2_subnet_configuration *configuration)
{
    for (; configuration->name; configuration++) {
        if (configuration->type == EC2_SUBNET_DEFAULT) {
            diag_error(vpc->node, "subnets '%s' have no type: say which", configuration->name);
            return false;
        }
    }
    return true;
}

static bool is_wanted(const struct ec2_vpc *vpc, const struct subnet_request *request)
{
    const char *zone = value_string(array_at(vpc->availability_zones, request->zone));

    return !request->group->reserved && !(zone && strcmp(zone, RESERVED_ZONE) == 0);
}

static struct ec2_subnet **subnet_list(const struct ec2_vpc *vpc, size_t capacity)
{
    return arena_alloc(construct_arena(vpc->node), (capacity + 1) * sizeof(struct ec2_subnet *));
}

bool vpc_create_subnets(
    struct ec2_vpc *vpc, struct cidr_block network, const struct ec2_subnet_configuration *configuration)
{
    struct cidr_pool pool;
    size_t count;
    struct subnet_request *requests = list_requests(vpc, configuration, &count);

    vpc->public_subnets = subnet_list(vpc, count);
    vpc->private_subnets = subnet_list(vpc, count);
    vpc->isolated_subnets = subnet_list(vpc, count);
    cidr_pool_init(&pool, network);
    if (!check_types(vpc, configuration) || !allocate(vpc, &pool, requests, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_wanted(vpc, &requests[i]))
            create(vpc, &requests[i]);
    return true;
}
