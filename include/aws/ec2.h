// SPDX-License-Identifier: MIT
#ifndef AWS_EC2_H
#define AWS_EC2_H

// Networks: VPCs with their subnets, routes and NAT gateways, security groups, and the connections between
// whatever has them. Everything lives in the app's arena; props are borrowed for the call.

#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct ec2_connections;

enum ec2_subnet_type {
    EC2_SUBNET_DEFAULT,             // where a selection says nothing: private, else isolated, else public
    EC2_SUBNET_PRIVATE_ISOLATED,    // no route to the internet
    EC2_SUBNET_PRIVATE_WITH_EGRESS, // through NAT
    EC2_SUBNET_PUBLIC,
};

// A group of subnets, one in each zone.
struct ec2_subnet_configuration {
    const char *name;                    // required
    enum ec2_subnet_type type;           // required
    int cidr_mask;                       // 16 to 28; default: an equal share of what the others leave
    bool reserved;                       // keeps the addresses, makes no subnets
    enum toggle map_public_ip_on_launch; // for public subnets only; default yes
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
    struct resource *route_table_association;
    struct resource *default_route; // NULL when the subnet has none
};

struct ec2_vpc {
    struct construct *node;
    struct resource *resource;
    struct value *vpc_id;
    struct value *vpc_arn;
    struct value *vpc_cidr_block;
    struct value *vpc_default_security_group;
    struct value *vpc_default_network_acl;
    struct value *internet_gateway_id;  // NULL when there is none
    struct value *availability_zones;   // array; reserved zones at its end are called "fake-az"
    struct ec2_subnet **public_subnets; // each list ends with NULL, and is in the order of groups, then zones
    struct ec2_subnet **private_subnets; // those with egress
    struct ec2_subnet **isolated_subnets;
    size_t public_subnet_count, private_subnet_count, isolated_subnet_count;
    bool incomplete; // an error kept subnets from being made: selections are empty and say nothing
};

// Which subnets of a VPC; {0}: the private ones, else isolated, else public ones.
struct ec2_subnet_selection {
    enum ec2_subnet_type type;
    const char *group_name;            // instead of a type: the subnets of that configuration
    struct ec2_subnet *const *subnets; // instead of both: exactly these; ends with NULL
    struct value *availability_zones;  // array; default: all
    bool one_per_az;                   // the first in each zone
};

struct ec2_vpc_props {
    const char *cidr;                                            // default "10.0.0.0/16"
    int max_azs;                                                 // default 3; at most the stack's zones
    struct value *availability_zones;                            // given zones instead of max_azs; array
    struct count nat_gateways;                                   // default: one a zone
    const struct ec2_subnet_selection *nat_gateway_subnets;      // default: all public subnets
    const struct ec2_subnet_configuration *subnet_configuration; // ends with a NULL name; default: Public and
                                                                 // Private, without NAT Public and Isolated
    int reserved_azs;                     // zones whose addresses are kept free; default 0
    const char *vpc_name;                 // default: the construct path
    enum toggle enable_dns_hostnames;     // default yes; YES needs enable_dns_support = YES
    enum toggle enable_dns_support;       // default yes
    enum toggle create_internet_gateway;  // default yes
    const char *default_instance_tenancy; // default "default"
};
struct ec2_vpc *ec2_vpc_new(struct construct *scope, const char *id, const struct ec2_vpc_props *props);

struct ec2_selected_subnets {
    struct ec2_subnet **subnets; // ends with NULL
    size_t count;
    struct value *subnet_ids;         // array
    struct value *availability_zones; // array
    bool has_public;
};
// `selection` may be NULL. An impossible one is an error on `vpc`, and selects nothing.
struct ec2_selected_subnets ec2_vpc_select_subnets(
    struct ec2_vpc *vpc, const struct ec2_subnet_selection *selection);
// `dependent` is deployed after the subnets' routes (CDK's internetConnectivityEstablished).
void ec2_subnets_add_dependent(const struct ec2_selected_subnets *subnets, struct construct *dependent);

// A way from subnets to S3 or DynamoDB that costs nothing and needs no NAT: a route in their route tables.
struct iam_policy_document;
struct iam_statement;
struct ec2_gateway_vpc_endpoint {
    struct construct *node;
    struct resource *resource;
    struct value *vpc_endpoint_id;
    struct iam_policy_document *policy; // NULL as long as nothing was added to it: everything is allowed
};
struct ec2_gateway_vpc_endpoint_props {
    struct ec2_vpc *vpc;                               // required
    const char *service;                               // required: "s3", "dynamodb" or "s3express"
    const struct ec2_subnet_selection *const *subnets; // end with NULL; default: all of the VPC's
};
// Within the scope of the VPC it also gets the VPC's tags (CDK's addGatewayEndpoint).
struct ec2_gateway_vpc_endpoint *ec2_gateway_vpc_endpoint_new(
    struct construct *scope, const char *id, const struct ec2_gateway_vpc_endpoint_props *props);
// The statement needs principals.
void ec2_gateway_vpc_endpoint_add_to_policy(
    struct ec2_gateway_vpc_endpoint *endpoint, struct iam_statement *statement);

// A way from subnets to a service that needs no NAT: network interfaces, one a zone, each billed by the hour.
struct ec2_interface_vpc_endpoint {
    struct construct *node;
    struct resource *resource;
    struct value *vpc_endpoint_id;
    struct ec2_connections *connections; // default port 443
};
struct ec2_interface_vpc_endpoint_props {
    struct ec2_vpc *vpc;                               // required
    const char *service;                               // required: "ecr.api", "logs", "secretsmanager", ...
    const struct ec2_subnet_selection *subnets;        // default: the private ones; always one a zone
    struct ec2_security_group *const *security_groups; // end with NULL; default: a new one
    enum toggle open;                                  // to all of the VPC; default yes
    enum toggle private_dns_enabled;                   // default yes
};
// Within the scope of the VPC it also gets the VPC's tags (CDK's addInterfaceEndpoint).
struct ec2_interface_vpc_endpoint *ec2_interface_vpc_endpoint_new(
    struct construct *scope, const char *id, const struct ec2_interface_vpc_endpoint_props *props);

// A record of a VPC's traffic, in a bucket.
enum ec2_traffic_type { EC2_TRAFFIC_ALL, EC2_TRAFFIC_ACCEPT, EC2_TRAFFIC_REJECT };
enum ec2_flow_log_file_format { EC2_FLOW_LOG_PLAIN_TEXT, EC2_FLOW_LOG_PARQUET };
struct s3_bucket;
struct ec2_flow_log {
    struct construct *node;
    struct resource *resource;
    struct value *flow_log_id;
};
struct ec2_flow_log_props {
    struct ec2_vpc *vpc; // required
    enum ec2_traffic_type traffic_type;
    struct duration max_aggregation_interval; // 1 or 10 minutes; default: CloudFormation's, which is 10
    const char *flow_log_name;                // default: the construct path
    // Required. With the CDK's flag createDefaultLoggingPolicy its policy lets the logs in; else AWS changes
    // the policy by itself, and whoever writes it next takes that away.
    struct s3_bucket *bucket;
    const char *key_prefix; // default: none
    enum ec2_flow_log_file_format file_format;
    bool hive_compatible_partitions; // "year=2030/month=01/..." in keys
    bool per_hour_partition;         // default: per day
};
struct ec2_flow_log *ec2_flow_log_new(
    struct construct *scope, const char *id, const struct ec2_flow_log_props *props);

// A port or range of a protocol, for rules. {0} means "no port".
struct ec2_port {
    const char *protocol;    // "tcp", "udp", "icmp", "icmpv6", "-1" or a protocol number
    struct value *from_port; // NULL: all; a rule whose ports are known only at deployment is never inline
    struct value *to_port;
    const char *description; // "80", "443-445", "ALL TRAFFIC": in default rule descriptions and rule ids
};
struct ec2_port ec2_port_tcp(int port);
struct ec2_port ec2_port_tcp_value(struct value *port);
struct ec2_port ec2_port_tcp_range(int from, int to);
struct ec2_port ec2_port_all_tcp(void);
struct ec2_port ec2_port_udp(int port);
struct ec2_port ec2_port_udp_range(int from, int to);
struct ec2_port ec2_port_all_udp(void);
struct ec2_port ec2_port_icmp_type_and_code(int type, int code);
struct ec2_port ec2_port_icmp_type(int type);
struct ec2_port ec2_port_icmp_ping(void);
struct ec2_port ec2_port_all_icmp(void);
struct ec2_port ec2_port_all_traffic(void);

// The other side of a rule: a security group, or addresses. A malformed one is an error on the group that
// gets the rule.
struct ec2_peer;
struct ec2_peer *ec2_peer_ipv4(const char *cidr); // "10.0.0.0/8"
struct ec2_peer *ec2_peer_ipv4_value(struct value *cidr);
struct ec2_peer *ec2_peer_any_ipv4(void);
struct ec2_peer *ec2_peer_ipv6(const char *cidr);
struct ec2_peer *ec2_peer_any_ipv6(void);
struct ec2_peer *ec2_peer_prefix_list(struct value *prefix_list_id);
// A group by its id; `owner_id`, the account that has it, may be NULL.
struct ec2_peer *ec2_peer_security_group_id(struct value *security_group_id, const char *owner_id);
struct ec2_connections *ec2_peer_connections(struct ec2_peer *peer);

struct ec2_security_group {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *security_group_id;
    struct value *security_group_name;   // NULL when imported
    struct value *security_group_vpc_id; // NULL when imported
    struct ec2_peer *peer;               // to name the group as the other side of a rule
    struct ec2_connections *connections;
    bool allow_all_outbound;
    bool allow_all_ipv6_outbound;
    struct ec2_security_group_state *state;
};
struct ec2_security_group_props {
    struct ec2_vpc *vpc;               // required
    struct value *security_group_name; // default: CloudFormation's choice
    const char *description;           // default: the construct path
    enum toggle allow_all_outbound;    // default yes
    bool allow_all_ipv6_outbound;      // default no
    enum toggle disable_inline_rules;  // default: context @aws-cdk/aws-ec2.securityGroupDisableInlineRules
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
// `description` NULL: "from PEER:PORT" and "to PEER:PORT". `remote_rule`: in the scope of the peer, when that
// is a group of another stack.
void ec2_security_group_add_ingress_rule(struct ec2_security_group *group, struct ec2_peer *peer,
    struct ec2_port port, const char *description, bool remote_rule);
void ec2_security_group_add_egress_rule(struct ec2_security_group *group, struct ec2_peer *peer,
    struct ec2_port port, const char *description, bool remote_rule);

// Something that talks to the network under one or more security groups (CDK's Connections). Rules hold for
// groups that are added later as well. Errors are reported on `scope`.
struct ec2_connections *ec2_connections_new(
    struct construct *scope, struct ec2_security_group *const *groups); // end with NULL; may be NULL
void ec2_connections_add_security_group(
    struct ec2_connections *connections, struct ec2_security_group *group);
void ec2_connections_set_default_port(struct ec2_connections *connections, struct ec2_port port);
// Ends with NULL.
struct ec2_security_group *const *ec2_connections_security_groups(
    const struct ec2_connections *connections, size_t *ret_count);
struct value *ec2_connections_security_group_ids(const struct ec2_connections *connections); // array
// These open both ends. `description` may be NULL.
void ec2_connections_allow_from(struct ec2_connections *connections, struct ec2_connections *other,
    struct ec2_port port, const char *description);
void ec2_connections_allow_to(struct ec2_connections *connections, struct ec2_connections *other,
    struct ec2_port port, const char *description);
void ec2_connections_allow_from_peer(struct ec2_connections *connections, struct ec2_peer *peer,
    struct ec2_port port, const char *description);
void ec2_connections_allow_to_peer(struct ec2_connections *connections, struct ec2_peer *peer,
    struct ec2_port port, const char *description);
void ec2_connections_allow_internally(
    struct ec2_connections *connections, struct ec2_port port, const char *description);
void ec2_connections_allow_from_any_ipv4(
    struct ec2_connections *connections, struct ec2_port port, const char *description);
void ec2_connections_allow_to_any_ipv4(
    struct ec2_connections *connections, struct ec2_port port, const char *description);
// The same for the connections' own default port (the last: the other side's). Without one, an error.
void ec2_connections_allow_default_port_from(
    struct ec2_connections *connections, struct ec2_connections *other, const char *description);
void ec2_connections_allow_default_port_to(
    struct ec2_connections *connections, struct ec2_connections *other, const char *description);
void ec2_connections_allow_default_port_internally(
    struct ec2_connections *connections, const char *description);
void ec2_connections_allow_default_port_from_any_ipv4(
    struct ec2_connections *connections, const char *description);
void ec2_connections_allow_to_default_port(
    struct ec2_connections *connections, struct ec2_connections *other, const char *description);

// Stand-alone rules (AWS::EC2::SecurityGroupIngress, AWS::EC2::SecurityGroupEgress).
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
struct ec2_egress_rule_props {
    const char *ip_protocol; // required
    struct count from_port;
    struct count to_port;
    const char *description;
    struct value *group_id; // required
    struct value *destination_security_group_id;
    const char *cidr_ip;
    const char *cidr_ipv6;
    struct value *destination_prefix_list_id;
};
struct resource *ec2_egress_rule_new(
    struct construct *scope, const char *id, const struct ec2_egress_rule_props *props);

#endif
