// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/token.h"
#include "util/text/pattern.h"

#include <string.h>

// Shapes as in peer.js. The group in parentheses must be there too.
#define IPV4_SHAPE "^([0-9]{1,3}\\.){3}[0-9]{1,3}(/[0-9]+)?$"
#define IPV6_SHAPE "^([0-9a-f]{0,4}:){2,7}([0-9a-f]{0,4})?(/[0-9]+)?$"
#define GROUP_ID_SHAPE "^sg-[a-z0-9]{8,17}$"
#define ACCOUNT_SHAPE "^[0-9]{12}$"

static struct ec2_peer *peer_new(enum peer_kind kind, struct value *address, struct value *id)
{
    struct ec2_peer *peer = arena_alloc(value_arena(), sizeof(*peer));

    peer->kind = kind;
    peer->address = address;
    peer->id = id;
    return peer;
}

static struct ec2_peer *cidr_peer(
    enum peer_kind kind, struct value *cidr, const char *shape, const char *version, int bits)
{
    struct ec2_peer *peer = peer_new(kind, cidr, cidr);
    const char *text = value_string(cidr);

    if (text && !text_matches(text, shape))
        peer->problem = value_string(stringf("'%s' is not an %s address range", text, version));
    else if (text && !strchr(text, '/'))
        peer->problem =
            value_string(stringf("'%s' has no prefix length: do you mean '%s/%d'?", text, text, bits));
    return peer;
}

struct ec2_peer *peer_of_known_range(enum peer_kind kind, const char *range)
{
    struct value *cidr = string(range);

    return peer_new(kind, cidr, cidr);
}

struct ec2_peer *ec2_peer_ipv4_value(struct value *cidr)
{
    return cidr_peer(PEER_IPV4, cidr, IPV4_SHAPE, "IPv4", 32);
}

struct ec2_peer *ec2_peer_ipv4(const char *cidr)
{
    return ec2_peer_ipv4_value(string(cidr));
}

struct ec2_peer *ec2_peer_any_ipv4(void)
{
    return peer_of_known_range(PEER_IPV4, "0.0.0.0/0");
}

struct ec2_peer *ec2_peer_ipv6(const char *cidr)
{
    return cidr_peer(PEER_IPV6, string(cidr), IPV6_SHAPE, "IPv6", 128);
}

struct ec2_peer *ec2_peer_any_ipv6(void)
{
    return peer_of_known_range(PEER_IPV6, "::/0");
}

struct ec2_peer *ec2_peer_prefix_list(struct value *prefix_list_id)
{
    return peer_new(PEER_PREFIX_LIST, prefix_list_id, prefix_list_id);
}

struct ec2_peer *ec2_peer_security_group_id(struct value *security_group_id, const char *owner_id)
{
    struct ec2_peer *peer = peer_new(PEER_SECURITY_GROUP_ID, security_group_id, security_group_id);
    const char *id = value_string(security_group_id);

    if (owner_id)
        peer->owner_id = arena_strdup(value_arena(), owner_id);
    if (id && !text_matches(id, GROUP_ID_SHAPE))
        peer->problem = value_string(stringf("'%s' is not the id of a security group", id));
    else if (owner_id && !text_matches(owner_id, ACCOUNT_SHAPE))
        peer->problem = value_string(stringf("'%s' is not the id of an account", owner_id));
    return peer;
}

struct ec2_peer *peer_of_group(struct ec2_security_group *group)
{
    struct ec2_peer *peer =
        peer_new(PEER_SECURITY_GROUP, group->security_group_id, string(names_unique_id(group->node)));

    peer->group = group;
    return peer;
}

struct ec2_connections *ec2_peer_connections(struct ec2_peer *peer)
{
    if (!peer->connections)
        peer->connections = connections_of_peer(peer);
    return peer->connections;
}
