// SPDX-License-Identifier: MIT
// Rules as resources of their own (SecurityGroupBase in security-group.js, and the plain L1s).
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

static const struct {
    const char *type;
    const char *preposition; // in the id of a rule
    const char *reverse;     // the same seen from the peer
} directions[] = {
    [RULE_INGRESS] = { "AWS::EC2::SecurityGroupIngress", "from", "to" },
    [RULE_EGRESS] = { "AWS::EC2::SecurityGroupEgress", "to", "from" },
};

// Peers that are known only at deployment are counted.
static const char *peer_text(struct ec2_security_group *group, const struct ec2_peer *peer)
{
    if (value_is_literal(peer->id))
        return value_string(peer->id);
    if (group->state->indirect_peers++ == 0)
        return "{IndirectPeer}";
    return value_string(stringf("'{IndirectPeer%d}'", group->state->indirect_peers));
}

static const char *local_id(struct ec2_security_group *group, const struct security_rule *rule)
{
    char *id = arena_printf(construct_arena(group->node), "%s %s:%s", directions[rule->direction].preposition,
        peer_text(group, rule->peer), rule->port.description);
    char *slash = strchr(id, '/');

    if (slash)
        *slash = '_';
    return id;
}

static const char *remote_id(const struct ec2_security_group *group, const struct security_rule *rule)
{
    return arena_printf(construct_arena(group->node), "%s:%s %s", names_unique_id(group->node),
        rule->port.description, directions[rule->direction].reverse);
}

struct resource *security_group_add_rule_resource(
    struct ec2_security_group *group, const struct security_rule *rule, bool remote_rule)
{
    struct ec2_security_group *other = rule->peer->group;
    bool is_remote = remote_rule && other && construct_stack(other->node) != construct_stack(group->node);
    struct construct *scope = is_remote ? other->node : group->node;
    const char *id = is_remote ? remote_id(group, rule) : local_id(group, rule);

    if (construct_child(scope, id))
        return NULL;
    return resource_new(
        scope, id, directions[rule->direction].type, security_rule_value(rule, group->security_group_id));
}

static struct resource *rule_new(
    struct construct *scope, const char *id, const char *type, struct value *properties)
{
    struct resource *rule = resource_new(scope, id, type, properties);

    if (!object_get(properties, "GroupId"))
        diag_error(resource_node(rule), "a rule needs the id of its security group");
    if (!object_get(properties, "IpProtocol"))
        diag_error(resource_node(rule), "a rule needs a protocol");
    return rule;
}

struct resource *ec2_ingress_rule_new(
    struct construct *scope, const char *id, const struct ec2_ingress_rule_props *props)
{
    return rule_new(scope, id, directions[RULE_INGRESS].type,
        object((struct field[]){
            { "CidrIp", string(props->cidr_ip) },
            { "CidrIpv6", string(props->cidr_ipv6) },
            { "Description", string(props->description) },
            { "FromPort", count_value(props->from_port) },
            { "GroupId", props->group_id },
            { "IpProtocol", string(props->ip_protocol) },
            { "SourcePrefixListId", props->source_prefix_list_id },
            { "SourceSecurityGroupId", props->source_security_group_id },
            { "ToPort", count_value(props->to_port) },
            END,
        }));
}

struct resource *ec2_egress_rule_new(
    struct construct *scope, const char *id, const struct ec2_egress_rule_props *props)
{
    return rule_new(scope, id, directions[RULE_EGRESS].type,
        object((struct field[]){
            { "CidrIp", string(props->cidr_ip) },
            { "CidrIpv6", string(props->cidr_ipv6) },
            { "Description", string(props->description) },
            { "DestinationPrefixListId", props->destination_prefix_list_id },
            { "DestinationSecurityGroupId", props->destination_security_group_id },
            { "FromPort", count_value(props->from_port) },
            { "GroupId", props->group_id },
            { "IpProtocol", string(props->ip_protocol) },
            { "ToPort", count_value(props->to_port) },
            END,
        }));
}
