// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/token.h"
#include "util/text/compare.h"

#include <string.h>

static struct value *address_if(const struct security_rule *rule, bool wanted)
{
    return wanted ? rule->peer->address : NULL;
}

static bool names_group(const struct ec2_peer *peer)
{
    return peer->kind == PEER_SECURITY_GROUP || peer->kind == PEER_SECURITY_GROUP_ID;
}

struct value *security_rule_value(const struct security_rule *rule, struct value *group_id)
{
    const struct ec2_peer *peer = rule->peer;
    bool is_egress = rule->direction == RULE_EGRESS;
    bool is_prefix_list = peer->kind == PEER_PREFIX_LIST;

    return object((struct field[]){
        { "CidrIp", address_if(rule, peer->kind == PEER_IPV4) },
        { "CidrIpv6", address_if(rule, peer->kind == PEER_IPV6) },
        { "Description", rule->description },
        { "DestinationPrefixListId", address_if(rule, is_prefix_list && is_egress) },
        { "DestinationSecurityGroupId", address_if(rule, names_group(peer) && is_egress) },
        { "FromPort", rule->port.from_port },
        { "GroupId", group_id },
        { "IpProtocol", string(rule->port.protocol) },
        { "SourcePrefixListId", address_if(rule, is_prefix_list && !is_egress) },
        { "SourceSecurityGroupId", address_if(rule, names_group(peer) && !is_egress) },
        { "SourceSecurityGroupOwnerId", is_egress ? NULL : string(peer->owner_id) },
        { "ToPort", rule->port.to_port },
        END,
    });
}

bool security_rules_equal(const struct security_rule *a, const struct security_rule *b)
{
    return a->peer->kind == b->peer->kind && value_equal(a->peer->address, b->peer->address) &&
        strings_equal(a->peer->owner_id, b->peer->owner_id) &&
        strings_equal(a->port.protocol, b->port.protocol) &&
        value_equal(a->port.from_port, b->port.from_port) && value_equal(a->port.to_port, b->port.to_port);
}

bool security_rule_can_be_inline(const struct security_rule *rule)
{
    return rule->peer->kind != PEER_SECURITY_GROUP && rule->peer->kind != PEER_PREFIX_LIST &&
        value_is_literal(rule->port.from_port) && value_is_literal(rule->port.to_port);
}

bool security_rule_is_all_traffic(const struct security_rule *rule)
{
    const char *address = value_string(rule->peer->address);

    return strings_equal(rule->port.protocol, "-1") &&
        ((rule->peer->kind == PEER_IPV4 && strings_equal(address, "0.0.0.0/0")) ||
            (rule->peer->kind == PEER_IPV6 && strings_equal(address, "::/0")));
}
