// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/diag.h"
#include "util/array.h"

#include <ctype.h>
#include <string.h>

enum { MAX_NAME = 32 };

void elbv2_check_name(struct construct *node, const char *what, const struct value *name)
{
    const char *text = value_string(name);
    size_t length = text ? strlen(text) : 0;

    if (!text)
        return;
    if (length > MAX_NAME)
        diag_error(node, "%s name '%s' has more than %d characters", what, text, MAX_NAME);
    if (length && (text[0] == '-' || text[length - 1] == '-'))
        diag_error(node, "%s name '%s' must not begin or end with a hyphen", what, text);
    for (size_t i = 0; i < length || length == 0; i++)
        if (length == 0 || (!isalnum((unsigned char)text[i]) && text[i] != '-')) {
            diag_error(node, "%s name '%s' must be made of letters, digits and hyphens", what, text);
            return;
        }
}

static const struct {
    int port;
    enum elbv2_protocol protocol;
} usual_ports[] = {
    { 80, ELBV2_HTTP },
    { 443, ELBV2_HTTPS },
    { 8000, ELBV2_HTTP },
    { 8008, ELBV2_HTTP },
    { 8080, ELBV2_HTTP },
    { 8443, ELBV2_HTTPS },
};

static enum elbv2_protocol protocol_of_port(int port)
{
    for (size_t i = 0; i < ARRAY_SIZE(usual_ports); i++)
        if (usual_ports[i].port == port)
            return usual_ports[i].protocol;
    return ELBV2_PROTOCOL_DEFAULT;
}

bool elbv2_complete_protocol_and_port(struct construct *node, enum elbv2_protocol *protocol, int *port)
{
    if (!*protocol && !*port)
        return false;
    if (!*protocol)
        *protocol = protocol_of_port(*port);
    if (!*protocol) {
        diag_error(node, "port %d does not tell the protocol; give one", *port);
        return false;
    }
    if (!*port)
        *port = *protocol == ELBV2_HTTPS ? 443 : 80;
    return true;
}

const char *elbv2_protocol_name(enum elbv2_protocol protocol)
{
    static const char *const names[] = { [ELBV2_HTTP] = "HTTP", [ELBV2_HTTPS] = "HTTPS" };

    return names[protocol];
}

const char *elbv2_ip_address_type_name(enum elbv2_ip_address_type type)
{
    static const char *const names[] = {
        [ELBV2_IPV4] = "ipv4",
        [ELBV2_DUAL_STACK] = "dualstack",
        [ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4] = "dualstack-without-public-ipv4",
        [ELBV2_IPV6] = "ipv6",
    };

    return names[type];
}

// The first three parts of an ARN's resource name.
static struct value *first_parts(const char *arn)
{
    const char *start = strchr(arn, '/');
    const char *end = start;

    for (int i = 0; i < 3 && end; i++)
        end = strchr(end + 1, '/');
    if (!start)
        return string("");
    return string_n(start + 1, end ? (size_t)(end - start - 1) : strlen(start + 1));
}

struct value *elbv2_load_balancer_full_name(struct value *arn)
{
    struct value *parts;

    if (value_string(arn))
        return first_parts(value_string(arn));
    parts = fn_split("/", arn);
    return concatf("%v/%v/%v", fn_select(1, parts), fn_select(2, parts), fn_select(3, parts));
}
