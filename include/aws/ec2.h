// SPDX-License-Identifier: MIT
#ifndef AWS_EC2_H
#define AWS_EC2_H

// Networks: VPCs with their subnets, routes and NAT gateways, security groups, and the connections between
// whatever has them.

#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;

enum ec2_subnet_type {
    EC2_SUBNET_DEFAULT,             // where a selection says nothing: private, else isolated, else public
    EC2_SUBNET_PRIVATE_ISOLATED,    // no route to the internet
    EC2_SUBNET_PRIVATE_WITH_EGRESS, // through NAT
    EC2_SUBNET_PUBLIC,
};

struct ec2_subnet_configuration {
    const char *name;                    // required
    enum ec2_subnet_type type;           // required
    int cidr_mask;                       // default: an equal share of what the others leave
    bool reserved;                       // keeps the addresses, makes no subnets
    enum toggle map_public_ip_on_launch; // default: for public subnets
};

struct ec2_subnet {
    struct construct *node;
    struct resource *resource;
    struct value *subnet_id;
    struct value *availability_zone;
    struct value *route_table_id;
    const char *cidr_block;
    enum ec2_subnet_type type;
    const char *group_name;
    struct construct *internet_connectivity_established; // depend on it to have a route out
};

struct ec2_vpc {
    struct construct *node;
    struct resource *resource;
    struct value *vpc_id;
    struct value *vpc_cidr_block;
    struct value *availability_zones; // array
    struct ec2_subnet **public_subnets, **private_subnets, **isolated_subnets;
    size_t public_subnet_count, private_subnet_count, isolated_subnet_count;
    struct construct *internet_connectivity_established;
};

struct ec2_vpc_props {
    const char *cidr;                                       // default "10.0.0.0/16"; masks 16 to 28
    int max_azs;                                            // default 3; at most the stack's zones
    struct value *availability_zones;                       // given zones instead of max_azs; array
    struct count nat_gateways;                              // default: one a zone
    const struct ec2_subnet_selection *nat_gateway_subnets; // default: all public subnets
    const struct ec2_subnet_configuration
        *subnet_configuration;            // end with a NULL name; default: Public and Private
    int reserved_azs;                     // zones whose addresses are kept free; default 0
    const char *vpc_name;                 // default: the construct path
    enum toggle enable_dns_hostnames;     // default yes
    enum toggle enable_dns_support;       // default yes
    enum toggle create_internet_gateway;  // default yes
    const char *default_instance_tenancy; // default "default"
};
struct ec2_vpc *ec2_vpc_new(struct construct *scope, const char *id, const struct ec2_vpc_props *props);

// Which subnets of a VPC; {0}: the private ones, else isolated, else public ones.
struct ec2_subnet_selection {
    enum ec2_subnet_type type;
    const char *group_name;           // default: any
    struct value *availability_zones; // default: all
    bool one_per_az;
};
struct ec2_selected_subnets {
    struct ec2_subnet **subnets;
    size_t count;
    struct value *subnet_ids;         // array
    struct value *availability_zones; // array
    struct construct
        *internet_connectivity_established; // depends on all of them; NULL when none is public or has egress
    bool has_public;
};
// An impossible selection is an error on `vpc`.
struct ec2_selected_subnets ec2_vpc_select_subnets(
    struct ec2_vpc *vpc, const struct ec2_subnet_selection *selection);

// A port or range of a protocol, for rules.
struct ec2_port {
    const char *protocol; // "tcp", "udp", "icmp", "-1"
    bool has_ports;
    int from_port, to_port;
    struct value *token_from, *token_to; // instead of numbers, when they are known only at deployment
    const char *description; // "80", "443-445", "ALL TRAFFIC": in default rule descriptions and ids
};
struct ec2_port ec2_port_tcp(int port);
struct ec2_port ec2_port_tcp_value(struct value *port);
struct ec2_port ec2_port_tcp_range(int from, int to);
struct ec2_port ec2_port_udp(int port);
struct ec2_port ec2_port_all_tcp(void);
struct ec2_port ec2_port_all_traffic(void);
struct ec2_port ec2_port_icmp_ping(void);

// The other side of a rule: a security group, or addresses.
struct ec2_peer;
struct ec2_peer *ec2_peer_ipv4(const char *cidr);
struct ec2_peer *ec2_peer_any_ipv4(void);
struct ec2_peer *ec2_peer_ipv6(const char *cidr);
struct ec2_peer *ec2_peer_any_ipv6(void);
struct ec2_peer *ec2_peer_prefix_list(struct value *prefix_list_id);

struct ec2_security_group {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *security_group_id;
    struct value *security_group_vpc_id;
    struct ec2_peer *peer; // to name the group as the other side of a rule
    struct ec2_connections *connections;
    bool allow_all_outbound;
    struct ec2_security_group_state *state;
};
struct ec2_security_group_props {
    struct ec2_vpc *vpc;               // required
    struct value *security_group_name; // default: CloudFormation's choice
    const char *description;           // default: the construct path
    enum toggle allow_all_outbound;    // default yes
    bool allow_all_ipv6_outbound;      // default no
    bool disable_inline_rules;         // default no
};
struct ec2_security_group *ec2_security_group_new(
    struct construct *scope, const char *id, const struct ec2_security_group_props *props);
struct ec2_security_group_import {
    bool immutable;                 // rules are taken for given; default: rules become stand-alone resources
    enum toggle allow_all_outbound; // default yes: no egress rule is made
};
// `options` may be NULL.
struct ec2_security_group *ec2_security_group_from_id(struct construct *scope, const char *id,
    struct value *security_group_id, const struct ec2_security_group_import *options);
// `description` NULL: "from PEER:PORT" and "to PEER:PORT". `remote_rule`: the rule is made in the peer's
// scope.
void ec2_security_group_add_ingress_rule(struct ec2_security_group *group, struct ec2_peer *peer,
    struct ec2_port port, const char *description, bool remote_rule);
void ec2_security_group_add_egress_rule(struct ec2_security_group *group, struct ec2_peer *peer,
    struct ec2_port port, const char *description, bool remote_rule);

// Something that talks to the network under one or more security groups (CDK's Connections).
struct ec2_connections;
struct ec2_connections *ec2_connections_new(
    struct construct *scope, struct ec2_security_group *const *groups); // end with NULL
void ec2_connections_add_security_group(
    struct ec2_connections *connections, struct ec2_security_group *group);
void ec2_connections_set_default_port(struct ec2_connections *connections, struct ec2_port port);
struct ec2_security_group *const *ec2_connections_security_groups(
    const struct ec2_connections *connections, size_t *ret_count);
// Opens both ends. `description` may be NULL.
void ec2_connections_allow_from(struct ec2_connections *connections, struct ec2_connections *other,
    struct ec2_port port, const char *description);
void ec2_connections_allow_to(struct ec2_connections *connections, struct ec2_connections *other,
    struct ec2_port port, const char *description);
void ec2_connections_allow_from_peer(struct ec2_connections *connections, struct ec2_peer *peer,
    struct ec2_port port, const char *description);
void ec2_connections_allow_from_any_ipv4(
    struct ec2_connections *connections, struct ec2_port port, const char *description);

// A stand-alone rule (AWS::EC2::SecurityGroupIngress).
struct ec2_ingress_rule_props {
    const char *ip_protocol; // required
    struct count from_port;
    struct count to_port;
    const char *description;
    struct value *group_id; // required
    struct value *source_security_group_id;
    const char *cidr_ip;
    const char *cidr_ipv6;
    struct value *source_prefix_list_id;
};
struct resource *ec2_ingress_rule_new(
    struct construct *scope, const char *id, const struct ec2_ingress_rule_props *props);

#endif
