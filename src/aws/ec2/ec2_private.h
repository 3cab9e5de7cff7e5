// SPDX-License-Identifier: MIT
#ifndef AWS_EC2_PRIVATE_H
#define AWS_EC2_PRIVATE_H

// What the files of the network constructs share.

#include "aws/ec2.h"

#include <stdint.h>

// A network address and the length of its prefix. 64 bits hold the address after the last one.
struct cidr_block {
    uint64_t address;
    int mask;
};

// Reads "10.0.0.0/16". An address inside of a network gives the next network (as CidrBlock in
// network-util.js). False when the text is something else.
bool cidr_parse(const char *text, struct cidr_block *ret_block);
// The text lives in the current arena.
const char *cidr_text(struct cidr_block block);

// Addresses that are handed out from the first on.
struct cidr_pool {
    struct cidr_block network;
    uint64_t next;
};

enum { SUBNET_MASK_MIN = 16, SUBNET_MASK_MAX = 28 };

void cidr_pool_init(struct cidr_pool *pool, struct cidr_block network);
// The next block of that size, aligned to it. False when the rest is too small.
bool cidr_pool_take(struct cidr_pool *pool, int mask, struct cidr_block *ret_block);
// The shortest prefix with which `count` blocks fit into the rest; 33 when none does.
int cidr_pool_equal_share(const struct cidr_pool *pool, size_t count);

struct subnet_props {
    const struct ec2_subnet_configuration *group;
    struct value *availability_zone;
    const char *cidr_block;
    bool map_public_ip_on_launch;
};
// `index` counts the zones from 0.
struct ec2_subnet *subnet_new(struct ec2_vpc *vpc, size_t index, const struct subnet_props *props);
// The default route, once `attachment` is there; `attachment` may be NULL. `target_key` as in
// AWS::EC2::Route.
void subnet_add_default_route(
    struct ec2_subnet *subnet, const char *target_key, struct value *target, struct resource *attachment);
// A NAT gateway with an address of its own in a public subnet.
struct resource *subnet_add_nat_gateway(struct ec2_subnet *subnet);
void subnet_add_dependent(const struct ec2_subnet *subnet, struct construct *dependent);

// Stands for a zone whose addresses are kept free.
#define RESERVED_ZONE "fake-az"

// Makes the VPC's lists of subnets; false after an error.
bool vpc_create_subnets(
    struct ec2_vpc *vpc, struct cidr_block network, const struct ec2_subnet_configuration *configuration);

// How many NAT gateways there will be; false after an error.
bool vpc_count_nat_gateways(struct ec2_vpc *vpc, struct count wanted,
    const struct ec2_subnet_configuration *configuration, size_t *ret_count);
// In the first `count` of the selected subnets, with the private subnets' routes to them.
void vpc_create_nat_gateways(struct ec2_vpc *vpc, const struct ec2_subnet_selection *placement, size_t count);

enum peer_kind {
    PEER_IPV4,
    PEER_IPV6,
    PEER_PREFIX_LIST,
    PEER_SECURITY_GROUP,    // a construct
    PEER_SECURITY_GROUP_ID, // a mere id
};

struct ec2_peer {
    enum peer_kind kind;
    struct value *address; // addresses, or the id of a prefix list or group
    struct value *id;      // in descriptions and construct ids of rules
    const char *owner_id;
    struct ec2_security_group *group; // when it is a construct
    struct ec2_connections *connections;
    const char *problem; // NULL when the address is well formed
};

// An address range that needs no check.
struct ec2_peer *peer_of_known_range(enum peer_kind kind, const char *range);
struct ec2_peer *peer_of_group(struct ec2_security_group *group);

enum rule_direction { RULE_INGRESS, RULE_EGRESS };

// A rule of a security group.
struct security_rule {
    enum rule_direction direction;
    struct ec2_peer *peer;
    struct ec2_port port;
    struct value *description;
};

struct security_rule_list {
    struct security_rule *rules;
    size_t length, capacity;
};

// Only the groups that are made here have inline rules.
enum security_group_kind { GROUP_OWNED, GROUP_MUTABLE_IMPORT, GROUP_IMMUTABLE_IMPORT };

struct ec2_security_group_state {
    enum security_group_kind kind;
    bool disable_inline_rules;
    bool has_egress_rules; // of its own for IPv4 or groups: the one that matches nothing is left out
    int indirect_peers;    // how many peers known only at deployment have had rules
    struct security_rule_list inline_rules[2]; // by direction
};

// As in the lists of AWS::EC2::SecurityGroup, or with a group's id as in the resource of a single rule.
struct value *security_rule_value(const struct security_rule *rule, struct value *group_id);
// The same but for the description.
bool security_rules_equal(const struct security_rule *a, const struct security_rule *b);
bool security_rule_can_be_inline(const struct security_rule *rule);
bool security_rule_is_all_traffic(const struct security_rule *rule);

// A rule of its own in the scope that fits; a rule that is there already stays alone.
struct resource *security_group_add_rule_resource(
    struct ec2_security_group *group, const struct security_rule *rule, bool remote_rule);

struct ec2_connections *connections_of_peer(struct ec2_peer *peer);
struct ec2_connections *connections_of_group(struct ec2_security_group *group);

#endif
