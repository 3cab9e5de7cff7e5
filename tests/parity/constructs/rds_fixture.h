// SPDX-License-Identifier: MIT
#ifndef TESTS_RDS_FIXTURE_H
#define TESTS_RDS_FIXTURE_H

// What the cases of clusters and of proxies have in common, as in cases/rds-cluster.js.

#include "aws/rds.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cdk/token.h"

static const struct ec2_subnet_selection isolated = { .type = EC2_SUBNET_PRIVATE_ISOLATED };

static inline void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static inline struct ec2_vpc *data_vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc",
        &(struct ec2_vpc_props){
            .max_azs = 2,
            .nat_gateways = count(0),
            .subnet_configuration =
                (struct ec2_subnet_configuration[]){
                    { .name = "Data", .type = EC2_SUBNET_PRIVATE_ISOLATED },
                    { 0 },
                },
        });
}

static inline struct ec2_vpc *egress_vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
}

// What the props leave open is as in the cases' own helper: PostgreSQL with a serverless writer.
static inline struct rds_database_cluster *cluster(
    struct stack *stack, const char *id, struct ec2_vpc *vpc, struct rds_database_cluster_props props)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");

    props.vpc = vpc;
    if (!props.vpc_subnets)
        props.vpc_subnets = &isolated;
    if (!props.engine.family)
        props.engine = rds_aurora_postgres("16.8");
    if (!props.writer)
        props.writer = &writer;
    return rds_database_cluster_new(stack->node, id, &props);
}

static inline struct iam_role *role(struct stack *stack, const char *id)
{
    return iam_role_new(stack->node, id,
        &(struct iam_role_props){ .assumed_by = iam_service_principal("lambda.amazonaws.com") });
}

static inline struct ec2_security_group *import_group(
    struct stack *stack, const char *id, struct value *group_id, bool immutable)
{
    return ec2_security_group_from_id(
        stack->node, id, group_id, &(struct ec2_security_group_import){ .immutable = immutable });
}

#endif
