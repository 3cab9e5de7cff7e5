// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "cdk/token.h"

#include <stdint.h>

static struct ec2_port make(const char *protocol, int from, int to, struct value *description)
{
    return (struct ec2_port){
        .protocol = protocol,
        .from_port = number(from),
        .to_port = number(to),
        .description = value_string(description),
    };
}

struct ec2_port ec2_port_tcp(int port)
{
    return make("tcp", port, port, stringf("%d", port));
}

struct ec2_port ec2_port_tcp_value(struct value *port)
{
    if (value_is_literal(port))
        return ec2_port_tcp((int)value_number(port));
    return (struct ec2_port){
        .protocol = "tcp",
        .from_port = port,
        .to_port = port,
        .description = "{IndirectPort}",
    };
}

struct ec2_port ec2_port_tcp_range(int from, int to)
{
    return make("tcp", from, to, stringf("%d-%d", from, to));
}

struct ec2_port ec2_port_all_tcp(void)
{
    return make("tcp", 0, UINT16_MAX, string("ALL PORTS"));
}

struct ec2_port ec2_port_udp(int port)
{
    return make("udp", port, port, stringf("UDP %d", port));
}

struct ec2_port ec2_port_udp_range(int from, int to)
{
    return make("udp", from, to, stringf("UDP %d-%d", from, to));
}

struct ec2_port ec2_port_all_udp(void)
{
    return make("udp", 0, UINT16_MAX, string("UDP ALL PORTS"));
}

struct ec2_port ec2_port_icmp_type_and_code(int type, int code)
{
    return make("icmp", type, code, stringf("ICMP Type %d Code %d", type, code));
}

struct ec2_port ec2_port_icmp_type(int type)
{
    return make("icmp", type, -1, stringf("ICMP Type %d", type));
}

struct ec2_port ec2_port_icmp_ping(void)
{
    return ec2_port_icmp_type(8);
}

struct ec2_port ec2_port_all_icmp(void)
{
    return make("icmp", -1, -1, string("ALL ICMP"));
}

struct ec2_port ec2_port_all_traffic(void)
{
    return (struct ec2_port){ .protocol = "-1", .description = "ALL TRAFFIC" };
}
