// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cdk/token.h"
#include "parity/constructs/parity.h"

static void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static struct ec2_vpc *any_vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc",
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

static struct stack *other_stack(struct stack *stack)
{
    return stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
}

static struct ec2_security_group *open_group(struct stack *stack, const char *id, struct ec2_vpc *vpc)
{
    return ec2_security_group_new(
        stack->node, id, &(struct ec2_security_group_props){ .vpc = vpc, .description = id });
}

static struct ec2_security_group *closed_group(struct stack *stack, const char *id, struct ec2_vpc *vpc)
{
    return ec2_security_group_new(stack->node, id,
        &(struct ec2_security_group_props){ .vpc = vpc, .description = id, .allow_all_outbound = NO });
}

static void ingress(struct ec2_security_group *group, struct ec2_peer *peer, struct ec2_port port)
{
    ec2_security_group_add_ingress_rule(group, peer, port, NULL, false);
}

static void egress(struct ec2_security_group *group, struct ec2_peer *peer, struct ec2_port port)
{
    ec2_security_group_add_egress_rule(group, peer, port, NULL, false);
}

static void defaults(struct stack *stack)
{
    ec2_security_group_new(stack->node, "Group", &(struct ec2_security_group_props){ .vpc = any_vpc(stack) });
}

static void options(struct stack *stack)
{
    struct ec2_security_group *named = ec2_security_group_new(stack->node, "Named",
        &(struct ec2_security_group_props){
            .vpc = any_vpc(stack),
            .security_group_name = string("tango-web"),
            .description = "Web servers",
            .allow_all_outbound = NO,
        });

    output(stack, "Id", named->security_group_id);
    output(stack, "Name", named->security_group_name);
    output(stack, "VpcId", named->security_group_vpc_id);
}

static void inline_rules(struct stack *stack)
{
    struct ec2_security_group *web = open_group(stack, "Web", any_vpc(stack));
    struct ec2_peer *all = ec2_peer_any_ipv4();
    struct value *id = string("sg-0123456789abcdef0");

    ingress(web, all, ec2_port_tcp(80));
    ec2_security_group_add_ingress_rule(web, all, ec2_port_tcp(443), "HTTPS", false);
    ec2_security_group_add_ingress_rule(web, all, ec2_port_tcp(443), "a duplicate", false);
    ingress(web, ec2_peer_any_ipv6(), ec2_port_tcp(443));
    ingress(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp_range(8000, 8010));
    ingress(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_all_tcp());
    ingress(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_udp(53));
    ingress(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_udp_range(5000, 5010));
    ingress(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_all_udp());
    ingress(web, ec2_peer_ipv6("2001:db8::/32"), ec2_port_icmp_ping());
    ingress(web, all, ec2_port_icmp_type(3));
    ingress(web, all, ec2_port_icmp_type_and_code(3, 4));
    ingress(web, all, ec2_port_all_icmp());
    ingress(web, ec2_peer_ipv4("10.1.0.0/16"), ec2_port_all_traffic());
    ingress(web, ec2_peer_security_group_id(id, NULL), ec2_port_tcp(22));
    ingress(web, ec2_peer_security_group_id(id, "123456789012"), ec2_port_tcp(22));
}

static void egress_rules(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_security_group *ipv4, *ipv6, *id;

    ingress(closed_group(stack, "Closed", vpc), ec2_peer_any_ipv4(), ec2_port_tcp(80));
    ipv4 = closed_group(stack, "Ipv4", vpc);
    egress(ipv4, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp(5432));
    ec2_security_group_add_egress_rule(
        ipv4, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp(5432), "a duplicate", false);
    ec2_security_group_add_egress_rule(ipv4, ec2_peer_any_ipv4(), ec2_port_tcp(443), "HTTPS", false);
    ipv6 = closed_group(stack, "Ipv6", vpc);
    egress(ipv6, ec2_peer_ipv6("2001:db8::/32"), ec2_port_tcp(443));
    id = closed_group(stack, "Id", vpc);
    egress(id, ec2_peer_security_group_id(string("sg-12345678"), NULL), ec2_port_tcp(443));
}

static void open_egress(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_security_group *both = ec2_security_group_new(stack->node, "Both",
        &(struct ec2_security_group_props){
            .vpc = vpc,
            .description = "Both",
            .allow_all_ipv6_outbound = true,
        });
    struct ec2_security_group *ipv6 = ec2_security_group_new(stack->node, "Ipv6",
        &(struct ec2_security_group_props){
            .vpc = vpc,
            .description = "Ipv6",
            .allow_all_outbound = NO,
            .allow_all_ipv6_outbound = true,
        });
    struct ec2_security_group *ipv4 = open_group(stack, "Ipv4", vpc);

    egress(both, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp(443));
    egress(both, ec2_peer_any_ipv6(), ec2_port_tcp(443));
    ingress(ipv6, ec2_peer_any_ipv6(), ec2_port_tcp(443));
    egress(ipv4, ec2_peer_ipv6("2001:db8::/32"), ec2_port_tcp(443));
}

static void stand_alone_rules(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_security_group *web = closed_group(stack, "Web", vpc);
    struct ec2_security_group *database = open_group(stack, "Database", vpc);
    struct value *port = parameter_new(stack->node, "Port", &(struct parameter_props){ .type = "Number" });
    struct value *list = parameter_new(stack->node, "List", &(struct parameter_props){ 0 });

    ingress(web, database->peer, ec2_port_tcp(80));
    ec2_security_group_add_ingress_rule(web, database->peer, ec2_port_tcp(80), "the same rule", false);
    ec2_security_group_add_ingress_rule(
        web, database->peer, ec2_port_all_traffic(), "From the database", false);
    ingress(web, ec2_peer_any_ipv4(), ec2_port_tcp_value(port));
    ingress(web, ec2_peer_prefix_list(string("pl-12345678")), ec2_port_tcp(443));
    ingress(web, ec2_peer_prefix_list(list), ec2_port_tcp(443));
    ingress(web, ec2_peer_prefix_list(list), ec2_port_tcp(443));
    ingress(web, ec2_peer_ipv4_value(vpc->vpc_cidr_block), ec2_port_tcp(443));
    egress(web, database->peer, ec2_port_tcp(5432));
    ec2_security_group_add_egress_rule(
        web, ec2_peer_prefix_list(string("pl-12345678")), ec2_port_tcp(443), "Storage", false);
    egress(web, ec2_peer_ipv4_value(vpc->vpc_cidr_block), ec2_port_udp(53));
}

static void no_inline_rules(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_security_group *open = ec2_security_group_new(stack->node, "Open",
        &(struct ec2_security_group_props){
            .vpc = vpc,
            .description = "Open",
            .allow_all_ipv6_outbound = true,
        });
    struct ec2_security_group *with_inline;

    ingress(open, ec2_peer_any_ipv4(), ec2_port_tcp(80));
    ingress(open, ec2_peer_ipv6("2001:db8::/32"), ec2_port_tcp(80));
    closed_group(stack, "Closed", vpc);
    egress(closed_group(stack, "Some", vpc), ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp(443));
    with_inline = ec2_security_group_new(stack->node, "Inline",
        &(struct ec2_security_group_props){
            .vpc = vpc,
            .description = "Inline",
            .disable_inline_rules = NO,
        });
    ingress(with_inline, ec2_peer_any_ipv4(), ec2_port_tcp(80));
}

static struct ec2_security_group *import(
    struct stack *stack, const char *id, const struct ec2_security_group_import *options)
{
    return ec2_security_group_from_id(stack->node, id, string("sg-0123456789abcdef0"), options);
}

static void change(struct ec2_security_group *imported)
{
    ingress(imported, ec2_peer_any_ipv4(), ec2_port_tcp(80));
    egress(imported, ec2_peer_any_ipv4(), ec2_port_tcp(443));
    egress(imported, ec2_peer_ipv6("2001:db8::/32"), ec2_port_tcp(443));
}

static void imports(struct stack *stack)
{
    const struct ec2_security_group_import immutable = { .immutable = true };
    struct ec2_security_group *web;

    change(import(stack, "Mutable", NULL));
    change(import(stack, "Closed", &(struct ec2_security_group_import){ .allow_all_outbound = NO }));
    change(import(stack, "Immutable", &immutable));
    web = closed_group(stack, "Web", any_vpc(stack));
    ec2_connections_allow_to(web->connections, import(stack, "Database", NULL)->connections,
        ec2_port_tcp(5432), "To the database");
    ec2_connections_allow_from(
        web->connections, import(stack, "Balancer", &immutable)->connections, ec2_port_tcp(8000), NULL);
}

static void ingress_rules(struct stack *stack, struct value *group_id)
{
    ec2_ingress_rule_new(stack->node, "FromGroup",
        &(struct ec2_ingress_rule_props){
            .ip_protocol = "tcp",
            .from_port = count(5432),
            .to_port = count(5432),
            .description = "PostgreSQL",
            .group_id = string("sg-12345678"),
            .source_security_group_id = group_id,
        });
    ec2_ingress_rule_new(stack->node, "FromAddress",
        &(struct ec2_ingress_rule_props){
            .ip_protocol = "-1",
            .group_id = group_id,
            .cidr_ip = "10.0.0.0/8",
        });
    ec2_ingress_rule_new(stack->node, "FromList",
        &(struct ec2_ingress_rule_props){
            .ip_protocol = "tcp",
            .from_port = count(0),
            .to_port = count(65535),
            .group_id = group_id,
            .source_prefix_list_id = string("pl-12345678"),
        });
}

static void rules(struct stack *stack)
{
    struct value *group_id = open_group(stack, "Web", any_vpc(stack))->security_group_id;

    ingress_rules(stack, group_id);
    ec2_egress_rule_new(stack->node, "ToGroup",
        &(struct ec2_egress_rule_props){
            .ip_protocol = "tcp",
            .from_port = count(5432),
            .to_port = count(5432),
            .group_id = group_id,
            .destination_security_group_id = string("sg-12345678"),
        });
    ec2_egress_rule_new(stack->node, "ToAddress",
        &(struct ec2_egress_rule_props){
            .ip_protocol = "udp",
            .from_port = count(53),
            .to_port = count(53),
            .description = "DNS",
            .group_id = group_id,
            .cidr_ipv6 = "::/0",
        });
    ec2_egress_rule_new(stack->node, "ToList",
        &(struct ec2_egress_rule_props){
            .ip_protocol = "tcp",
            .from_port = count(443),
            .to_port = count(443),
            .group_id = group_id,
            .destination_prefix_list_id = string("pl-12345678"),
        });
}

static void connections(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_connections *web = closed_group(stack, "Web", vpc)->connections;
    struct ec2_connections *database = closed_group(stack, "Database", vpc)->connections;
    struct ec2_connections *open = open_group(stack, "Open", vpc)->connections;

    ec2_connections_allow_to(web, database, ec2_port_tcp(5432), "PostgreSQL");
    ec2_connections_allow_from(web, open, ec2_port_tcp(8000), NULL);
    ec2_connections_allow_from_any_ipv4(web, ec2_port_tcp(80), NULL);
    ec2_connections_allow_to_any_ipv4(web, ec2_port_tcp(443), "HTTPS");
    ec2_connections_allow_from_peer(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp(22), NULL);
    ec2_connections_allow_internally(web, ec2_port_tcp(7946), "Gossip");
    ec2_connections_allow_to(database, database, ec2_port_tcp(5433), NULL);
    ec2_connections_allow_internally(open, ec2_port_all_traffic(), NULL);
}

static void groups_added_later(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_security_group *first = closed_group(stack, "First", vpc);
    struct ec2_security_group *second = closed_group(stack, "Second", vpc);
    struct ec2_security_group *third = closed_group(stack, "Third", vpc);
    struct ec2_connections *service =
        ec2_connections_new(stack->node, (struct ec2_security_group *[]){ first, NULL });
    struct ec2_connections *client = ec2_connections_new(stack->node, NULL);

    ec2_connections_allow_from_any_ipv4(service, ec2_port_tcp(80), NULL);
    ec2_connections_allow_from_any_ipv4(service, ec2_port_tcp(443), NULL);
    ec2_connections_allow_from(service, client, ec2_port_tcp(8000), "Clients");
    ec2_connections_allow_internally(service, ec2_port_udp(7946), NULL);
    ec2_connections_add_security_group(service, second);
    ec2_connections_add_security_group(client, third);
    output(stack, "Groups", fn_join(",", ec2_connections_security_group_ids(service)));
}

static void default_ports(struct stack *stack)
{
    struct ec2_vpc *vpc = any_vpc(stack);
    struct ec2_security_group *database = closed_group(stack, "Database", vpc);
    struct ec2_security_group *client = closed_group(stack, "Client", vpc);
    struct ec2_security_group *third = closed_group(stack, "Third", vpc);
    struct ec2_connections *connections =
        ec2_connections_new(stack->node, (struct ec2_security_group *[]){ database, NULL });

    ec2_connections_set_default_port(connections, ec2_port_tcp(5432));
    ec2_connections_allow_default_port_from(connections, client->connections, "From the client");
    ec2_connections_allow_default_port_to(connections, client->connections, "To the client");
    ec2_connections_allow_default_port_internally(connections, NULL);
    ec2_connections_allow_default_port_from_any_ipv4(connections, "From anywhere");
    ec2_connections_allow_to_default_port(third->connections, connections, "To the database");
}

static void to_peers(struct stack *stack)
{
    struct ec2_connections *web = closed_group(stack, "Web", any_vpc(stack))->connections;

    ec2_connections_allow_to_peer(web, ec2_peer_ipv4("10.0.0.0/8"), ec2_port_tcp(443), "inside");
    ec2_connections_allow_to_peer(web, ec2_peer_prefix_list(string("pl-12345678")), ec2_port_tcp(443), NULL);
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = other_stack(stack);
    struct ec2_vpc *vpc = any_vpc(other);
    struct ec2_connections *database = closed_group(other, "Database", vpc)->connections;
    struct ec2_connections *web = closed_group(stack, "Web", vpc)->connections;
    struct ec2_connections *worker = open_group(stack, "Worker", vpc)->connections;

    ec2_connections_allow_to(web, database, ec2_port_tcp(5432), "PostgreSQL");
    ec2_connections_allow_to(web, database, ec2_port_tcp(5432), "again");
    ec2_connections_allow_to(worker, database, ec2_port_tcp(5432), NULL);
}

static void cross_stack_from_owner(struct stack *stack)
{
    struct stack *other = other_stack(stack);
    struct ec2_vpc *vpc = any_vpc(other);
    struct ec2_security_group *database = open_group(stack, "Database", vpc);
    struct ec2_security_group *web = closed_group(other, "Web", vpc);

    ec2_security_group_add_egress_rule(web, database->peer, ec2_port_tcp(5432), NULL, true);
    ec2_security_group_add_ingress_rule(database, web->peer, ec2_port_tcp(5432), "Web servers", false);
}

static const struct parity_case cases[] = {
    { "ec2-security-group-defaults", defaults },
    { "ec2-security-group-options", options },
    { "ec2-security-group-inline-rules", inline_rules },
    { "ec2-security-group-egress-rules", egress_rules },
    { "ec2-security-group-open-egress", open_egress },
    { "ec2-security-group-stand-alone-rules", stand_alone_rules },
    { "ec2-security-group-no-inline-rules", no_inline_rules },
    { "ec2-security-group-imports", imports },
    { "ec2-security-group-rules", rules },
    { "ec2-security-group-connections", connections },
    { "ec2-security-group-connections-groups-added-later", groups_added_later },
    { "ec2-security-group-connections-default-ports", default_ports },
    { "ec2-security-group-connections-to-peers", to_peers },
    { "ec2-security-group-connections-cross-stack", cross_stack },
    { "ec2-security-group-connections-cross-stack-from-owner", cross_stack_from_owner },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ec2-security-group", cases, argc, argv);
}
