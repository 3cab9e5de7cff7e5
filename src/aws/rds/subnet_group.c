// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"

struct rds_subnet_group *rds_subnet_group_new(
    struct construct *scope, const char *id, const struct rds_subnet_group_props *props)
{
    const struct ec2_subnet_selection with_egress = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };
    struct rds_subnet_group *group = arena_alloc(construct_arena(scope), sizeof(*group));
    struct value *subnet_ids = NULL;

    group->node = construct_new(scope, id, "rds.SubnetGroup");
    if (props->vpc)
        subnet_ids =
            ec2_vpc_select_subnets(props->vpc, props->vpc_subnets ? props->vpc_subnets : &with_egress)
                .subnet_ids;
    else
        diag_error(group->node, "a subnet group needs a VPC");
    group->resource = resource_new(group->node, "Default", "AWS::RDS::DBSubnetGroup",
        object((struct field[]){
            { "DBSubnetGroupDescription", string(props->description) },
            { "DBSubnetGroupName", name_as_stored(props->subnet_group_name) },
            { "SubnetIds", subnet_ids },
            END,
        }));
    resource_apply_removal_policy(group->resource, props->removal_policy);
    group->subnet_group_name = ref(group->resource);
    return group;
}

struct rds_subnet_group *rds_subnet_group_from_name(
    struct construct *scope, const char *id, struct value *subnet_group_name)
{
    struct rds_subnet_group *group = arena_alloc(construct_arena(scope), sizeof(*group));

    group->node = construct_new(scope, id, "Resource");
    group->subnet_group_name = subnet_group_name;
    return group;
}
