// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/array.h"

static void check_no_vpc(struct lambda_function *function, const struct lambda_function_props *props)
{
    const struct {
        bool given;
        const char *name;
    } needing_vpc[] = {
        { props->allow_all_outbound != TOGGLE_DEFAULT, "allow_all_outbound" },
        { props->security_groups && props->security_groups[0], "security_groups" },
        { props->vpc_subnets, "vpc_subnets" },
        { props->ipv6_allowed_for_dual_stack == YES, "ipv6_allowed_for_dual_stack" },
        { props->allow_all_ipv6_outbound != TOGGLE_DEFAULT, "allow_all_ipv6_outbound" },
    };

    for (size_t i = 0; i < ARRAY_SIZE(needing_vpc); i++)
        if (needing_vpc[i].given)
            diag_error(function->node, "'%s' needs a 'vpc'", needing_vpc[i].name);
}

static void check_given_groups(struct lambda_function *function, const struct lambda_function_props *props)
{
    if (props->allow_all_outbound != TOGGLE_DEFAULT)
        diag_error(function->node, "set 'allow_all_outbound' on the given security groups instead");
    if (props->allow_all_ipv6_outbound != TOGGLE_DEFAULT)
        diag_error(function->node, "set 'allow_all_ipv6_outbound' on the given security groups instead");
}

static struct ec2_connections *own_group(
    struct lambda_function *function, const struct lambda_function_props *props)
{
    struct value *description =
        stringf("Automatic security group for Lambda Function %s", names_unique_id(function->node));
    struct ec2_security_group *group = ec2_security_group_new(function->node, "SecurityGroup",
        &(struct ec2_security_group_props){
            .vpc = props->vpc,
            .description = value_string(description),
            .allow_all_outbound = props->allow_all_outbound,
            .allow_all_ipv6_outbound = props->allow_all_ipv6_outbound == YES,
        });

    return ec2_connections_new(function->node, (struct ec2_security_group *[]){ group, NULL });
}

static void check_public_subnets(struct lambda_function *function, const struct lambda_function_props *props,
    const struct ec2_selected_subnets *selected)
{
    if (props->allow_public_subnet)
        return;
    for (size_t i = 0; i < selected->count; i++)
        for (size_t j = 0; j < props->vpc->public_subnet_count; j++)
            if (selected->subnets[i] == props->vpc->public_subnets[j]) {
                diag_error(function->node,
                    "a function in a public subnet cannot reach the internet; select private subnets, or set "
                    "'allow_public_subnet'");
                return;
            }
}

struct value *lambda_function_vpc_config(
    struct lambda_function *function, const struct lambda_function_props *props)
{
    struct ec2_selected_subnets selected;

    if (!props->vpc) {
        check_no_vpc(function, props);
        return NULL;
    }
    if (props->security_groups && props->security_groups[0]) {
        check_given_groups(function, props);
        function->connections = ec2_connections_new(function->node, props->security_groups);
    } else {
        function->connections = own_group(function, props);
    }
    selected = ec2_vpc_select_subnets(props->vpc, props->vpc_subnets);
    check_public_subnets(function, props, &selected);
    ec2_subnets_add_dependent(&selected, function->node);
    return object((struct field[]){
        { "Ipv6AllowedForDualStack", toggle_value(props->ipv6_allowed_for_dual_stack) },
        { "SecurityGroupIds", ec2_connections_security_group_ids(function->connections) },
        { "SubnetIds", selected.subnet_ids },
        END,
    });
}
