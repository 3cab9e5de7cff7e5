// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "aws/iam.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

static void add_route_table(struct value *ids, struct value *id)
{
    for (size_t i = 0; i < value_length(ids); i++)
        if (value_equal(array_at(ids, i), id))
            return;
    array_append(ids, id);
}

static void add_route_tables(struct value *ids, struct ec2_subnet *const *subnets)
{
    for (; subnets && *subnets; subnets++)
        add_route_table(ids, (*subnets)->route_table_id);
}

static struct value *route_tables(const struct ec2_gateway_vpc_endpoint_props *p)
{
    struct value *ids = array();

    for (const struct ec2_subnet_selection *const *selection = p->subnets; selection && *selection;
         selection++)
        add_route_tables(ids, ec2_vpc_select_subnets(p->vpc, *selection).subnets);
    if (!p->subnets) {
        add_route_tables(ids, p->vpc->private_subnets);
        add_route_tables(ids, p->vpc->public_subnets);
        add_route_tables(ids, p->vpc->isolated_subnets);
    }
    return ids;
}

static struct value *endpoint_properties(
    const struct ec2_gateway_vpc_endpoint_props *p, struct value *route_table_ids)
{
    return object((struct field[]){
        { "RouteTableIds", route_table_ids },
        { "ServiceName", concatf("com.amazonaws.%v.%s", aws_region(), p->service) },
        { "VpcEndpointType", string("Gateway") },
        { "VpcId", p->vpc->vpc_id },
        END,
    });
}

struct ec2_gateway_vpc_endpoint *ec2_gateway_vpc_endpoint_new(
    struct construct *scope, const char *id, const struct ec2_gateway_vpc_endpoint_props *props)
{
    struct ec2_gateway_vpc_endpoint *endpoint = arena_alloc(construct_arena(scope), sizeof(*endpoint));
    struct value *route_table_ids = route_tables(props);

    endpoint->node = construct_new(scope, id, "ec2.GatewayVpcEndpoint");
    if (!value_length(route_table_ids) && !props->vpc->incomplete)
        diag_error(endpoint->node, "a gateway endpoint needs subnets, whose route tables lead to it");
    endpoint->resource = resource_new(
        endpoint->node, "Resource", "AWS::EC2::VPCEndpoint", endpoint_properties(props, route_table_ids));
    endpoint->vpc_endpoint_id = ref(endpoint->resource);
    return endpoint;
}

void ec2_gateway_vpc_endpoint_add_to_policy(
    struct ec2_gateway_vpc_endpoint *endpoint, struct iam_statement *statement)
{
    if (!endpoint->policy) {
        endpoint->policy = iam_policy_document_new(endpoint->node);
        iam_policy_document_validate_as(endpoint->policy, IAM_RESOURCE_POLICY, endpoint->node);
        resource_set_property(
            endpoint->resource, "PolicyDocument", iam_policy_document_value(endpoint->policy));
    }
    iam_policy_document_add(endpoint->policy, statement);
}
