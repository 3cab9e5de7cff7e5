// SPDX-License-Identifier: MIT
#include "diagram/structure.h"

#include "data/value.h"
#include "util/array.h"

#include <stdlib.h>
#include <string.h>

// Traffic goes from a security group to another one where a rule of the other lets it in and, if the first
// one restricts what goes out, a rule of that lets it out.

enum { PORT_MOST = 65535 };

struct port_range {
    const char *protocol; // "-1": all of them
    double from, to;
    bool is_known; // both are numbers
};

static bool is_type(const struct diagram_resource *resource, const char *type)
{
    return strcmp(resource->type, type) == 0;
}

// A number, also one that stands in a string.
static bool read_port(const struct value *value, double *ret_port)
{
    const char *text = value_string(value);

    if (value_type(value) == VALUE_NUMBER)
        *ret_port = value_number(value);
    else if (text && *text && strspn(text, "-0123456789") == strlen(text))
        *ret_port = strtod(text, NULL);
    else
        return false;
    return true;
}

static double usual_port(const char *engine)
{
    static const struct {
        const char *part;
        double port;
    } ports[] = { { "postgres", 5432 }, { "mysql", 3306 }, { "maria", 3306 }, { "oracle", 1521 },
        { "sqlserver", 1433 } };

    for (size_t i = 0; i < ARRAY_SIZE(ports); i++)
        if (strstr(engine, ports[i].part))
            return ports[i].port;
    return 0;
}

// Where a rule names the port of an endpoint: that of the database.
static bool read_named_port(
    const struct structure *structure, size_t stack, const struct value *value, double *ret_port)
{
    struct index_list named;
    const struct value *properties;

    if (value_type(value) != VALUE_OBJECT)
        return read_port(value, ret_port);
    named = resources_in(structure, stack, value);
    properties = named.count ? structure->resources[named.items[0]].properties : NULL;
    if (object_get(properties, "Port"))
        return read_port(object_get(properties, "Port"), ret_port);
    *ret_port = usual_port(object_string_or_empty(properties, "Engine"));
    return *ret_port > 0;
}

static struct port_range range_of(const struct structure *structure, size_t stack, const struct value *rule)
{
    const struct value *protocol = object_get(rule, "IpProtocol");
    struct port_range range = { .protocol = value_string(protocol), .to = PORT_MOST };

    if (!range.protocol)
        range.protocol = value_type(protocol) == VALUE_NUMBER && value_number(protocol) < 0 ? "-1" : "?";
    range.is_known = read_named_port(structure, stack, object_get(rule, "FromPort"), &range.from) &&
        read_named_port(structure, stack, object_get(rule, "ToPort"), &range.to);
    return range;
}

static bool has_ports(const struct port_range *range)
{
    return strcmp(range->protocol, "tcp") == 0 || strcmp(range->protocol, "udp") == 0 ||
        strcmp(range->protocol, "6") == 0 || strcmp(range->protocol, "17") == 0;
}

// Whether some traffic is in both; what is not known may be.
static bool overlaps(const struct port_range *a, const struct port_range *b)
{
    if (strcmp(a->protocol, "-1") == 0 || strcmp(b->protocol, "-1") == 0)
        return true;
    if (strcmp(a->protocol, b->protocol) != 0)
        return false;
    return !a->is_known || !b->is_known || !has_ports(a) || (a->from <= b->to && b->from <= a->to);
}

// "443", "8000-8010", "udp 53", "icmp", "all"
static const char *range_text(const struct port_range *range)
{
    const char *protocol = strcmp(range->protocol, "6") == 0 || strcmp(range->protocol, "tcp") == 0 ? ""
        : strcmp(range->protocol, "17") == 0                                                        ? "udp "
                                             : arena_printf(value_arena(), "%s ", range->protocol);

    if (strcmp(range->protocol, "-1") == 0)
        return "all";
    if (!has_ports(range))
        return range->protocol;
    if (!range->is_known)
        return arena_printf(value_arena(), "%sport ?", protocol);
    if (range->from <= 0 && range->to >= PORT_MOST)
        return arena_printf(value_arena(), "%sall ports", protocol);
    if (range->from == range->to)
        return arena_printf(value_arena(), "%s%.0f", protocol, range->from);
    return arena_printf(value_arena(), "%s%.0f-%.0f", protocol, range->from, range->to);
}

// Calls `found` for each rule of a group: those in it, and those that are resources of their own.
struct rule_search {
    struct structure *structure;
    const struct diagram_resource *group; // whose rules they are
    void (*found)(struct rule_search *search, size_t stack, const struct value *rule);
    // Of a search for what lets traffic out:
    const struct diagram_resource *destination;
    const struct port_range *range;
    bool is_restricted, lets_out;
};

static void each_rule(struct rule_search *search, const char *property, const char *type)
{
    const struct structure *structure = search->structure;
    const struct diagram_resource *group = search->group;
    const struct value *rules = object_get(group->properties, property);
    size_t own = (size_t)(group - structure->resources);

    for (size_t i = 0; value_type(rules) == VALUE_ARRAY && i < value_length(rules); i++)
        search->found(search, group->stack, array_at(rules, i));
    for (size_t i = 0; i < group->users.count; i++) {
        const struct diagram_resource *rule = &structure->resources[group->users.items[i]];
        struct index_list of;

        if (!is_type(rule, type))
            continue;
        of = resources_in(structure, rule->stack, object_get(rule->properties, "GroupId"));
        for (size_t j = 0; j < of.count; j++)
            if (of.items[j] == own)
                search->found(search, rule->stack, rule->properties);
    }
}

static void check_egress(struct rule_search *search, size_t stack, const struct value *rule)
{
    const struct value *group = object_get(rule, "DestinationSecurityGroupId");
    const struct port_range range = range_of(search->structure, stack, rule);
    struct index_list named = resources_in(search->structure, stack, group);
    bool is_there = !group || !named.count;

    search->is_restricted = true;
    for (size_t i = 0; i < named.count; i++)
        is_there |= &search->structure->resources[named.items[i]] == search->destination;
    search->lets_out |= is_there && overlaps(&range, search->range);
}

static bool lets_out(struct structure *structure, const struct diagram_resource *source,
    const struct diagram_resource *destination, const struct port_range *range)
{
    struct rule_search search = { .structure = structure,
        .group = source,
        .found = check_egress,
        .destination = destination,
        .range = range };

    if (!is_type(source, "AWS::EC2::SecurityGroup"))
        return true;
    search.is_restricted = object_get(source->properties, "SecurityGroupEgress") != NULL;
    each_rule(&search, "SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress");
    return !search.is_restricted || search.lets_out;
}

static void connect_cidr(const struct rule_search *search, const char *cidr, const char *label)
{
    bool is_everything = strcmp(cidr, "0.0.0.0/0") == 0 || strcmp(cidr, "::/0") == 0;

    connect_outside(search->structure, is_everything ? "Internet" : cidr,
        is_everything ? "" : "address range", search->group, true, DIAGRAM_TRAFFIC, label);
}

static void add_ingress(struct rule_search *search, size_t stack, const struct value *rule)
{
    static const char *const addresses[] = { "CidrIp", "CidrIpv6" };
    struct structure *structure = search->structure;
    const struct port_range range = range_of(structure, stack, rule);
    struct index_list sources = resources_in(structure, stack, object_get(rule, "SourceSecurityGroupId"));
    const char *label = range_text(&range);

    for (size_t i = 0; i < sources.count; i++)
        if (lets_out(structure, &structure->resources[sources.items[i]], search->group, &range))
            connect_resources(
                structure, &structure->resources[sources.items[i]], search->group, DIAGRAM_TRAFFIC, label);
    for (size_t i = 0; i < ARRAY_SIZE(addresses); i++)
        if (object_string(rule, addresses[i]))
            connect_cidr(search, object_string(rule, addresses[i]), label);
    if (object_get(rule, "SourcePrefixListId"))
        connect_outside(structure, "Prefix list", object_string_or_empty(rule, "SourcePrefixListId"),
            search->group, true, DIAGRAM_TRAFFIC, label);
}

// Load balancers, whose listeners forward to a target group what is registered there.

struct forwarding {
    struct structure *structure;
    const struct diagram_resource *target;
    const char *label;
};

static const char *port_text(const struct value *port)
{
    return value_type(port) == VALUE_NUMBER ? arena_printf(value_arena(), "%.0f", value_number(port)) : "";
}

static void connect_listeners(const struct forwarding *forwarding, const struct diagram_resource *group)
{
    const struct structure *structure = forwarding->structure;

    if (!is_type(group, "AWS::ElasticLoadBalancingV2::TargetGroup"))
        return;
    for (size_t i = 0; i < group->users.count; i++) {
        const struct diagram_resource *user = &structure->resources[group->users.items[i]];

        if (strncmp(user->type, "AWS::ElasticLoadBalancingV2::", 29) == 0)
            connect_resources(
                forwarding->structure, user, forwarding->target, DIAGRAM_TRAFFIC, forwarding->label);
    }
}

static void found_group(void *data, struct diagram_resource *group)
{
    connect_listeners(data, group);
}

static void forward_to_service(void *data, const struct value *group, const struct value *parent)
{
    struct forwarding *forwarding = data;

    forwarding->label = port_text(object_get(parent, "ContainerPort"));
    each_resource_in(forwarding->structure, forwarding->target->stack, group, found_group, forwarding);
}

// Lambda functions and instances are named by the target group itself.
static void forward_to_named(void *data, const struct value *target, const struct value *parent)
{
    const struct forwarding *group = data;
    struct structure *structure = group->structure;
    struct index_list named = resources_in(structure, group->target->stack, target);

    for (size_t i = 0; i < named.count; i++)
        connect_listeners(&(struct forwarding){ structure, &structure->resources[named.items[i]],
                              port_text(object_get(parent, "Port")) },
            group->target);
}

static void find_forwarding(struct structure *structure, const struct diagram_resource *resource)
{
    struct forwarding forwarding = { structure, resource, "" };

    if (is_type(resource, "AWS::ECS::Service"))
        each_value_at(
            resource->properties, "LoadBalancers[].TargetGroupArn", forward_to_service, &forwarding);
    if (is_type(resource, "AWS::AutoScaling::AutoScalingGroup"))
        each_value_at(resource->properties, "TargetGroupARNs[]", forward_to_service, &forwarding);
    if (is_type(resource, "AWS::ElasticLoadBalancingV2::TargetGroup"))
        each_value_at(resource->properties, "Targets[].Id", forward_to_named, &forwarding);
}

void find_traffic(struct structure *structure)
{
    for (size_t i = 0; i < structure->resource_count; i++) {
        const struct diagram_resource *resource = &structure->resources[i];
        struct rule_search search = { .structure = structure, .group = resource, .found = add_ingress };

        if (is_type(resource, "AWS::EC2::SecurityGroup"))
            each_rule(&search, "SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress");
        find_forwarding(structure, resource);
    }
}
