// SPDX-License-Identifier: MIT
// NAT gateways (vpc.js, nat.js): a private subnet uses the one of its zone; those of zones without one take
// turns among all.
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static bool has_type(const struct ec2_subnet_configuration *configuration, enum ec2_subnet_type type)
{
    for (; configuration->name; configuration++)
        if (configuration->type == type && !configuration->reserved)
            return true;
    return false;
}

bool vpc_count_nat_gateways(struct ec2_vpc *vpc, struct count wanted,
    const struct ec2_subnet_configuration *configuration, size_t *ret_count)
{
    size_t zones = value_length(vpc->availability_zones);
    bool has_private = has_type(configuration, EC2_SUBNET_PRIVATE_WITH_EGRESS);
    double count = count_or(wanted, has_private ? (double)zones : 0);

    if (count > (double)zones)
        count = (double)zones;
    *ret_count = count > 0 ? (size_t)count : 0;
    if (*ret_count && !has_type(configuration, EC2_SUBNET_PUBLIC)) {
        diag_error(vpc->node, "NAT gateways need public subnets: configure some, or set nat_gateways to 0");
        return false;
    }
    return true;
}

static bool is_public(const struct ec2_vpc *vpc, const struct ec2_subnet *subnet)
{
    for (size_t i = 0; i < vpc->public_subnet_count; i++)
        if (vpc->public_subnets[i] == subnet)
            return true;
    return false;
}

static bool check_placement(struct ec2_vpc *vpc, const struct ec2_selected_subnets *selected)
{
    for (size_t i = 0; i < selected->count; i++) {
        if (!is_public(vpc, selected->subnets[i])) {
            diag_error(vpc->node, "a NAT gateway cannot be in '%s': it is not a public subnet",
                construct_id(selected->subnets[i]->node));
            return false;
        }
    }
    if (!selected->count && vpc->private_subnet_count && !vpc->incomplete)
        diag_error(vpc->node, "no subnet is selected for NAT gateways");
    return selected->count > 0;
}

// The gateway in a private subnet's zone; NULL when there is none.
static struct resource *gateway_in_zone(struct ec2_subnet *const *subnets, struct resource *const *gateways,
    size_t count, const struct value *zone)
{
    struct resource *found = NULL;

    // Of several in a zone the last one counts.
    for (size_t i = 0; i < count; i++)
        if (value_equal(subnets[i]->availability_zone, zone))
            found = gateways[i];
    return found;
}

void vpc_create_nat_gateways(struct ec2_vpc *vpc, const struct ec2_subnet_selection *placement, size_t count)
{
    struct ec2_subnet_selection public_ones = { .type = EC2_SUBNET_PUBLIC };
    struct ec2_selected_subnets selected = ec2_vpc_select_subnets(vpc, placement ? placement : &public_ones);
    struct resource **gateways =
        arena_alloc(construct_arena(vpc->node), (count + 1) * sizeof(struct resource *));
    size_t turn = 0;

    if (count > selected.count)
        count = selected.count;
    if (!check_placement(vpc, &selected) || !count)
        return;
    for (size_t i = 0; i < count; i++)
        gateways[i] = subnet_add_nat_gateway(selected.subnets[i]);
    for (size_t i = 0; i < vpc->private_subnet_count; i++) {
        struct ec2_subnet *subnet = vpc->private_subnets[i];
        struct resource *gateway =
            gateway_in_zone(selected.subnets, gateways, count, subnet->availability_zone);

        if (!gateway)
            gateway = gateways[turn++ % count];
        subnet_add_default_route(subnet, "NatGatewayId", ref(gateway), NULL);
    }
}
