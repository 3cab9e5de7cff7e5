// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "util/array.h"

#include <string.h>

enum { HTTPS_PORT = 443 };

// Services whose endpoints have names of their own in China (aws-cdk-lib: InterfaceVpcEndpointAwsService).
static const char *const chinese[] = { "ecr.api", "ecr.dkr", "lambda", "monitoring", "sqs", "states", "sts",
    "xray" };

static struct value *service_name(const struct construct *node, const char *service)
{
    struct value *region = construct_stack(node)->region;
    const char *name = value_string(region);
    const char *prefix = "com.amazonaws";

    for (size_t i = 0; name && strncmp(name, "cn-", 3) == 0 && i < ARRAY_SIZE(chinese); i++)
        if (strcmp(chinese[i], service) == 0)
            prefix = "cn.com.amazonaws";
    return concatf("%s.%v.%s", prefix, region, service);
}

static struct value *select_subnets(struct construct *node, const struct ec2_interface_vpc_endpoint_props *p)
{
    struct ec2_subnet_selection selection = p->subnets ? *p->subnets : (struct ec2_subnet_selection){ 0 };
    struct ec2_selected_subnets selected;

    selection.one_per_az = true;
    selected = ec2_vpc_select_subnets(p->vpc, &selection);
    if (!selected.count && !p->vpc->incomplete)
        diag_error(node, "an interface endpoint needs subnets, in which it has its addresses");
    return selected.subnet_ids;
}

static struct ec2_connections *connect(
    struct construct *node, const struct ec2_interface_vpc_endpoint_props *p)
{
    struct ec2_security_group *made[] = { NULL, NULL };
    struct ec2_connections *connections;

    if (!p->security_groups)
        made[0] = ec2_security_group_new(
            node, "SecurityGroup", &(struct ec2_security_group_props){ .vpc = p->vpc });
    connections = ec2_connections_new(node, p->security_groups ? p->security_groups : made);
    ec2_connections_set_default_port(connections, ec2_port_tcp(HTTPS_PORT));
    if (toggle_or(p->open, true))
        ec2_connections_allow_default_port_from(
            connections, ec2_peer_connections(ec2_peer_ipv4_value(p->vpc->vpc_cidr_block)), NULL);
    return connections;
}

struct ec2_interface_vpc_endpoint *ec2_interface_vpc_endpoint_new(
    struct construct *scope, const char *id, const struct ec2_interface_vpc_endpoint_props *props)
{
    struct ec2_interface_vpc_endpoint *endpoint = arena_alloc(construct_arena(scope), sizeof(*endpoint));

    endpoint->node = construct_new(scope, id, "ec2.InterfaceVpcEndpoint");
    endpoint->connections = connect(endpoint->node, props);
    endpoint->resource = resource_new(endpoint->node, "Resource", "AWS::EC2::VPCEndpoint",
        object((struct field[]){
            { "PrivateDnsEnabled", boolean(toggle_or(props->private_dns_enabled, true)) },
            { "SecurityGroupIds", ec2_connections_security_group_ids(endpoint->connections) },
            { "ServiceName", service_name(endpoint->node, props->service) },
            { "SubnetIds", select_subnets(endpoint->node, props) },
            { "VpcEndpointType", string("Interface") },
            { "VpcId", props->vpc->vpc_id },
            END,
        }));
    endpoint->vpc_endpoint_id = ref(endpoint->resource);
    return endpoint;
}
