// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/strbuf.h"

#include <string.h>

struct subnet_list {
    struct ec2_subnet **items; // ends with NULL
    size_t count;
};

static struct subnet_list list_alloc(const struct ec2_vpc *vpc, size_t capacity)
{
    return (struct subnet_list){
        .items = arena_alloc(construct_arena(vpc->node), (capacity + 1) * sizeof(struct ec2_subnet *)),
    };
}

static void list_append(struct subnet_list *list, struct ec2_subnet *const *subnets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list->items[list->count++] = subnets[i];
}

static struct subnet_list all_subnets(const struct ec2_vpc *vpc)
{
    struct subnet_list all =
        list_alloc(vpc, vpc->public_subnet_count + vpc->private_subnet_count + vpc->isolated_subnet_count);

    list_append(&all, vpc->public_subnets, vpc->public_subnet_count);
    list_append(&all, vpc->private_subnets, vpc->private_subnet_count);
    list_append(&all, vpc->isolated_subnets, vpc->isolated_subnet_count);
    return all;
}

// "'Public', 'Private'": every name once.
static const char *group_names(const struct ec2_vpc *vpc, const struct subnet_list *all)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < all->count; i++) {
        bool seen = false;

        for (size_t j = 0; j < i; j++)
            seen |= strcmp(all->items[j]->group_name, all->items[i]->group_name) == 0;
        if (!seen)
            strbuf_addf(&text, "%s'%s'", text.length ? ", " : "", all->items[i]->group_name);
    }
    return arena_strdup(construct_arena(vpc->node), text.length ? text.data : "none");
}

static struct subnet_list select_by_name(struct ec2_vpc *vpc, const char *name)
{
    struct subnet_list all = all_subnets(vpc);
    struct subnet_list selected = list_alloc(vpc, all.count);

    for (size_t i = 0; i < all.count; i++)
        if (strcmp(all.items[i]->group_name, name) == 0)
            list_append(&selected, &all.items[i], 1);
    if (!selected.count && !vpc->incomplete)
        diag_error(vpc->node, "the VPC has no subnets called '%s'; it has %s", name, group_names(vpc, &all));
    return selected;
}

static enum ec2_subnet_type default_type(const struct ec2_vpc *vpc)
{
    if (vpc->private_subnet_count)
        return EC2_SUBNET_PRIVATE_WITH_EGRESS;
    return vpc->isolated_subnet_count ? EC2_SUBNET_PRIVATE_ISOLATED : EC2_SUBNET_PUBLIC;
}

static struct subnet_list select_by_type(struct ec2_vpc *vpc, enum ec2_subnet_type type)
{
    const struct {
        struct ec2_subnet **subnets;
        size_t count;
        const char *name;
    } lists[] = {
        [EC2_SUBNET_PRIVATE_ISOLATED] = { vpc->isolated_subnets, vpc->isolated_subnet_count, "isolated" },
        [EC2_SUBNET_PRIVATE_WITH_EGRESS] = { vpc->private_subnets, vpc->private_subnet_count, "private" },
        [EC2_SUBNET_PUBLIC] = { vpc->public_subnets, vpc->public_subnet_count, "public" },
    };
    struct subnet_list selected = list_alloc(vpc, lists[type].count);

    if (!lists[type].count && !vpc->incomplete) {
        struct subnet_list all = all_subnets(vpc);

        diag_error(
            vpc->node, "the VPC has no %s subnets; it has %s", lists[type].name, group_names(vpc, &all));
    }
    list_append(&selected, lists[type].subnets, lists[type].count);
    return selected;
}

static bool contains(const struct value *zones, const struct value *zone)
{
    for (size_t i = 0; i < value_length(zones); i++)
        if (value_equal(array_at(zones, i), zone))
            return true;
    return false;
}

static struct subnet_list filter(
    struct ec2_vpc *vpc, struct subnet_list subnets, const struct ec2_subnet_selection *selection)
{
    struct subnet_list kept = list_alloc(vpc, subnets.count);
    struct value *seen = array();

    for (size_t i = 0; i < subnets.count; i++) {
        struct value *zone = subnets.items[i]->availability_zone;

        if (selection->availability_zones && !contains(selection->availability_zones, zone))
            continue;
        if (selection->one_per_az && contains(seen, zone))
            continue;
        array_append(seen, zone);
        list_append(&kept, &subnets.items[i], 1);
    }
    return kept;
}

static struct subnet_list select_given(struct ec2_vpc *vpc, struct ec2_subnet *const *given)
{
    struct subnet_list selected;
    size_t count = 0;

    while (given[count])
        count++;
    selected = list_alloc(vpc, count);
    list_append(&selected, given, count);
    return selected;
}

static struct subnet_list select_subnets(struct ec2_vpc *vpc, const struct ec2_subnet_selection *selection)
{
    int ways = (selection->subnets != NULL) + (selection->type != EC2_SUBNET_DEFAULT) +
        (selection->group_name != NULL);

    if (ways > 1)
        diag_error(vpc->node, "a subnet selection has a type, a group name, or subnets: give one of them");
    if (selection->subnets)
        return select_given(vpc, selection->subnets);
    if (selection->group_name)
        return filter(vpc, select_by_name(vpc, selection->group_name), selection);
    return filter(vpc, select_by_type(vpc, selection->type ? selection->type : default_type(vpc)), selection);
}

struct ec2_selected_subnets ec2_vpc_select_subnets(
    struct ec2_vpc *vpc, const struct ec2_subnet_selection *selection)
{
    struct subnet_list subnets =
        select_subnets(vpc, selection ? selection : &(struct ec2_subnet_selection){ 0 });
    struct ec2_selected_subnets selected = {
        .subnets = subnets.items,
        .count = subnets.count,
        .subnet_ids = array(),
        .availability_zones = array(),
    };

    for (size_t i = 0; i < subnets.count; i++) {
        array_append(selected.subnet_ids, subnets.items[i]->subnet_id);
        array_append(selected.availability_zones, subnets.items[i]->availability_zone);
        selected.has_public |= subnets.items[i]->type == EC2_SUBNET_PUBLIC;
    }
    return selected;
}

void ec2_subnets_add_dependent(const struct ec2_selected_subnets *subnets, struct construct *dependent)
{
    for (size_t i = 0; i < subnets->count; i++)
        subnet_add_dependent(subnets->subnets[i], dependent);
}
