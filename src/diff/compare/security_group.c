// SPDX-License-Identifier: MIT
#include "diff/compare/permissions.h"

#include "data/value.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <ctype.h>
#include <string.h>

static const char *text_of(const struct value *object, const char *key)
{
    return diff_scalar_text(object_get(object, key));
}

static const char *upper(const char *text)
{
    char *copy = arena_strdup(value_arena(), text);

    for (char *c = copy; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return copy;
}

static const char *describe_protocol(const struct value *rule)
{
    const char *protocol = text_of(rule, "IpProtocol");
    const char *from = text_of(rule, "FromPort"), *to = text_of(rule, "ToPort");

    if (!protocol)
        return "unknown";
    if (strcmp(protocol, "-1") == 0)
        return "Everything";
    protocol = upper(protocol);
    if (!from && !to)
        return protocol;
    if (from && strcmp(from, "-1") == 0)
        return arena_printf(value_arena(), "All %s", protocol);
    if (from && to && strcmp(from, to) == 0)
        return arena_printf(value_arena(), "%s %s", protocol, from);
    return arena_printf(value_arena(), "%s %s-%s", protocol, from ? from : "?", to ? to : "?");
}

static const char *peer_of(const struct value *rule)
{
    static const char *const keys[] = { "CidrIp", "CidrIpv6", "DestinationSecurityGroupId",
        "SourceSecurityGroupId", "SourceSecurityGroupName", "DestinationPrefixListId", "SourcePrefixListId" };

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (text_of(rule, keys[i]))
            return text_of(rule, keys[i]);
    return "?";
}

static const char *describe_peer(const char *peer)
{
    if (strcmp(peer, "0.0.0.0/0") == 0)
        return "Everyone (IPv4)";
    return strcmp(peer, "::/0") == 0 ? "Everyone (IPv6)" : peer;
}

// A group in a VPC is the same by Ref and by its GroupId.
static const char *group_of(const struct value *properties, const char *group)
{
    const struct value *id = object_get(properties, "GroupId"), *argument = NULL;
    const char *function = diff_function(id, &argument);
    const char *name = text_of(properties, "GroupName");

    if (function && strcmp(function, "Ref") == 0)
        return arena_printf(value_arena(), "${%s.GroupId}", diff_intrinsic_text(argument));
    if (id)
        return diff_intrinsic_text(id);
    if (group)
        return group;
    return name ? name : "unknown";
}

void diff_read_security_group_rule(
    struct diff_rows *rows, const struct value *properties, const char *group, bool is_egress)
{
    const struct value *rule = diff_render_intrinsics(properties);
    const char *owner = group_of(properties, group);
    struct value *content;
    STRBUF_AUTO key = STRBUF_INIT;

    if (value_type(rule) != VALUE_OBJECT)
        return;
    content = object((struct field[]){
        { "group", string(owner) },
        { "direction", string(is_egress ? "egress" : "ingress") },
        { "protocol", object_get(rule, "IpProtocol") },
        { "fromPort", object_get(rule, "FromPort") },
        { "toPort", object_get(rule, "ToPort") },
        { "peer", string(peer_of(rule)) },
        END,
    });
    diff_canonical(&key, content);
    diff_rows_add(rows,
        (struct diff_row){
            .cells = { owner, is_egress ? "Out" : "In", describe_protocol(rule),
                describe_peer(peer_of(rule)) },
            .content = content,
            .key = arena_strdup(value_arena(), key.data),
        });
}
