// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

#define GROUPS(...) ((struct ec2_subnet_configuration[]){ __VA_ARGS__, { 0 } })

static struct ec2_vpc *vpc(struct stack *stack, struct ec2_vpc_props props)
{
    return ec2_vpc_new(stack->node, "Vpc", &props);
}

static void bad_cidr(struct stack *stack)
{
    vpc(stack, (struct ec2_vpc_props){ .cidr = "10.0.0.0" });
}

static void cidr_with_a_big_octet(struct stack *stack)
{
    vpc(stack, (struct ec2_vpc_props){ .cidr = "10.256.0.0/16" });
}

static void names_without_support(struct stack *stack)
{
    vpc(stack, (struct ec2_vpc_props){ .enable_dns_hostnames = YES, .enable_dns_support = NO });
}

static void names_with_default_support(struct stack *stack)
{
    vpc(stack, (struct ec2_vpc_props){ .enable_dns_hostnames = YES });
}

static void zones_and_a_number(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .max_azs = 2,
            .availability_zones = strings((const char *[]){ "eu-west-1a", NULL }),
        });
}

static void unknown_zone(struct stack *stack)
{
    construct_set_context(stack->node, "availability-zones:account=123456789012:region=eu-west-1",
        strings((const char *[]){ "eu-west-1a", "eu-west-1b", NULL }));
    vpc(stack,
        (struct ec2_vpc_props){
            .availability_zones = strings((const char *[]){ "eu-west-1a", "eu-west-1z", NULL }),
        });
}

static void no_zones(struct stack *stack)
{
    vpc(stack, (struct ec2_vpc_props){ .availability_zones = array(), .nat_gateways = count(0) });
}

static void no_room(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .cidr = "10.0.0.0/24",
            .subnet_configuration = GROUPS({ .name = "Web", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 25 },
                { .name = "Data", .type = EC2_SUBNET_PRIVATE_ISOLATED, .cidr_mask = 28 }),
        });
}

static void no_room_to_share(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .cidr = "10.0.0.0/28",
            .subnet_configuration = GROUPS({ .name = "Web", .type = EC2_SUBNET_PUBLIC }),
        });
}

static void small_mask(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .subnet_configuration = GROUPS({ .name = "Web", .type = EC2_SUBNET_PUBLIC, .cidr_mask = 29 }),
        });
}

static void no_type(struct stack *stack)
{
    vpc(stack, (struct ec2_vpc_props){ .subnet_configuration = GROUPS({ .name = "Web" }) });
}

static void mapped_addresses_in_private(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .max_azs = 1,
            .subnet_configuration = GROUPS({
                .name = "Data",
                .type = EC2_SUBNET_PRIVATE_ISOLATED,
                .map_public_ip_on_launch = YES,
            }),
        });
}

static void nat_without_public(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .subnet_configuration = GROUPS({ .name = "Service", .type = EC2_SUBNET_PRIVATE_WITH_EGRESS }),
        });
}

static void nat_in_private(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .nat_gateway_subnets = &(struct ec2_subnet_selection){ .group_name = "Private" },
        });
}

static void nat_nowhere(struct stack *stack)
{
    vpc(stack,
        (struct ec2_vpc_props){
            .nat_gateway_subnets =
                &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC, .availability_zones = array() },
        });
}

static void unknown_group(struct stack *stack)
{
    ec2_vpc_select_subnets(
        vpc(stack, (struct ec2_vpc_props){ 0 }), &(struct ec2_subnet_selection){ .group_name = "Database" });
}

static void unknown_type(struct stack *stack)
{
    ec2_vpc_select_subnets(vpc(stack, (struct ec2_vpc_props){ 0 }),
        &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PRIVATE_ISOLATED });
}

static void type_and_group(struct stack *stack)
{
    ec2_vpc_select_subnets(vpc(stack, (struct ec2_vpc_props){ 0 }),
        &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC, .group_name = "Public" });
}

// One mistake, one message: what is selected afterwards is not complained about.
static void selection_after_an_error(struct stack *stack)
{
    struct ec2_vpc *broken = vpc(stack,
        (struct ec2_vpc_props){
            .cidr = "10.0.0.0/28",
            .subnet_configuration = GROUPS({ .name = "Web", .type = EC2_SUBNET_PUBLIC }),
        });

    ec2_vpc_select_subnets(broken, NULL);
    ec2_vpc_select_subnets(broken, &(struct ec2_subnet_selection){ .group_name = "Web" });
}

static const struct diag_case vpc_cases[] = {
    { bad_cidr, DIAG_ERROR, "Case/Vpc: '10.0.0.0' is not an address range such as '10.0.0.0/16'" },
    { cidr_with_a_big_octet, DIAG_ERROR,
        "Case/Vpc: '10.256.0.0/16' is not an address range such as '10.0.0.0/16'" },
    { names_without_support, DIAG_ERROR,
        "Case/Vpc: DNS host names need DNS support: set enable_dns_support too" },
    { names_with_default_support, DIAG_ERROR,
        "Case/Vpc: DNS host names need DNS support: set enable_dns_support too" },
    { zones_and_a_number, DIAG_ERROR,
        "Case/Vpc: 'availability_zones' and 'max_azs' exclude each other: give one of them" },
    { no_zones, DIAG_WARNING,
        "Case/Vpc: the VPC has no availability zones, so no subnets are made: name one, or leave "
        "'availability_zones' out to take the stack's" },
    { no_room, DIAG_ERROR, "Case/Vpc: no room for a /28 subnet of 'Data' in what is left of 10.0.0.0/24" },
    { no_room_to_share, DIAG_ERROR,
        "Case/Vpc: subnets 'Web' would be /29 networks: subnets are between /16 and /28" },
    { small_mask, DIAG_ERROR,
        "Case/Vpc: subnets 'Web' would be /29 networks: subnets are between /16 and /28" },
    { no_type, DIAG_ERROR, "Case/Vpc: subnets 'Web' have no type: say which" },
    { mapped_addresses_in_private, DIAG_ERROR,
        "Case/Vpc: subnets 'Data' cannot map public addresses on launch: they are not public" },
    { nat_without_public, DIAG_ERROR,
        "Case/Vpc: NAT gateways need public subnets: configure some, or set nat_gateways to 0" },
    { nat_in_private, DIAG_ERROR,
        "Case/Vpc: a NAT gateway cannot be in 'PrivateSubnet1': it is not a public subnet" },
    { nat_nowhere, DIAG_ERROR, "Case/Vpc: no subnet is selected for NAT gateways" },
    { unknown_group, DIAG_ERROR,
        "Case/Vpc: the VPC has no subnets called 'Database'; it has 'Public', 'Private'" },
    { unknown_type, DIAG_ERROR, "Case/Vpc: the VPC has no isolated subnets; it has 'Public', 'Private'" },
    { type_and_group, DIAG_ERROR,
        "Case/Vpc: a subnet selection has a type, a group name, or subnets: give one of them" },
    { selection_after_an_error, DIAG_ERROR,
        "Case/Vpc: subnets 'Web' would be /29 networks: subnets are between /16 and /28" },
    { 0 },
};

static void vpc_is_checked(void **state)
{
    (void)state;
    check_diag_cases(vpc_cases, &(struct stack_props){ 0 });
}

static void given_zones_are_checked(void **state)
{
    const struct diag_case cases[] = {
        { unknown_zone, DIAG_ERROR, "Case/Vpc: the stack's region has no availability zone 'eu-west-1z'" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ .account = "123456789012", .region = "eu-west-1" });
}

static struct ec2_security_group *group(struct stack *stack, enum toggle allow_all_outbound)
{
    return ec2_security_group_new(stack->node, "Group",
        &(struct ec2_security_group_props){
            .vpc = vpc(stack, (struct ec2_vpc_props){ .nat_gateways = count(0) }),
            .allow_all_outbound = allow_all_outbound,
        });
}

static void group_without_vpc(struct stack *stack)
{
    ec2_security_group_new(stack->node, "Group", &(struct ec2_security_group_props){ 0 });
}

static void rule_from(struct stack *stack, struct ec2_peer *peer)
{
    ec2_security_group_add_ingress_rule(group(stack, TOGGLE_DEFAULT), peer, ec2_port_tcp(80), NULL, false);
}

static void bad_ipv4(struct stack *stack)
{
    rule_from(stack, ec2_peer_ipv4("example.org"));
}

static void ipv4_without_prefix(struct stack *stack)
{
    rule_from(stack, ec2_peer_ipv4("10.0.0.1"));
}

static void bad_ipv6(struct stack *stack)
{
    rule_from(stack, ec2_peer_ipv6("10.0.0.0/8"));
}

static void ipv6_without_prefix(struct stack *stack)
{
    rule_from(stack, ec2_peer_ipv6("2001:db8::"));
}

static void bad_group_id(struct stack *stack)
{
    rule_from(stack, ec2_peer_security_group_id(string("sg-1"), NULL));
}

static void bad_owner(struct stack *stack)
{
    rule_from(stack, ec2_peer_security_group_id(string("sg-12345678"), "me"));
}

static void ignored_egress(struct stack *stack)
{
    ec2_security_group_add_egress_rule(
        group(stack, YES), ec2_peer_any_ipv4(), ec2_port_tcp(443), NULL, false);
}

static void all_egress(struct stack *stack)
{
    ec2_security_group_add_egress_rule(
        group(stack, NO), ec2_peer_any_ipv4(), ec2_port_all_traffic(), NULL, false);
}

static void all_ipv6_egress(struct stack *stack)
{
    ec2_security_group_add_egress_rule(
        group(stack, YES), ec2_peer_any_ipv6(), ec2_port_all_traffic(), NULL, false);
}

static void no_default_port(struct stack *stack)
{
    ec2_connections_allow_default_port_from_any_ipv4(group(stack, YES)->connections, NULL);
}

static void no_default_port_there(struct stack *stack)
{
    struct ec2_connections *near_end = ec2_connections_new(stack->node, NULL);

    ec2_connections_allow_to_default_port(near_end, group(stack, YES)->connections, NULL);
}

static void rule_without_group(struct stack *stack)
{
    ec2_ingress_rule_new(stack->node, "Rule", &(struct ec2_ingress_rule_props){ .ip_protocol = "-1" });
}

static void rule_without_protocol(struct stack *stack)
{
    ec2_egress_rule_new(
        stack->node, "Rule", &(struct ec2_egress_rule_props){ .group_id = string("sg-12345678") });
}

static const struct diag_case group_cases[] = {
    { group_without_vpc, DIAG_ERROR, "Case/Group: a security group needs a VPC" },
    { bad_ipv4, DIAG_ERROR, "Case/Group: 'example.org' is not an IPv4 address range" },
    { ipv4_without_prefix, DIAG_ERROR,
        "Case/Group: '10.0.0.1' has no prefix length: do you mean '10.0.0.1/32'?" },
    { bad_ipv6, DIAG_ERROR, "Case/Group: '10.0.0.0/8' is not an IPv6 address range" },
    { ipv6_without_prefix, DIAG_ERROR,
        "Case/Group: '2001:db8::' has no prefix length: do you mean '2001:db8::/128'?" },
    { bad_group_id, DIAG_ERROR, "Case/Group: 'sg-1' is not the id of a security group" },
    { bad_owner, DIAG_ERROR, "Case/Group: 'me' is not the id of an account" },
    { ignored_egress, DIAG_WARNING,
        "Case/Group: an egress rule is ignored, because everything may go out: set 'allow_all_outbound' to "
        "no for rules of your own" },
    { all_egress, DIAG_ERROR,
        "Case/Group: a rule cannot allow all egress: set 'allow_all_outbound' or 'allow_all_ipv6_outbound' "
        "of the security group" },
    { all_ipv6_egress, DIAG_ERROR,
        "Case/Group: a rule cannot allow all egress: set 'allow_all_outbound' or 'allow_all_ipv6_outbound' "
        "of the security group" },
    { no_default_port, DIAG_ERROR, "Case/Group: there is no default port to allow: name the port" },
    { no_default_port_there, DIAG_ERROR, "Case: there is no default port to allow: name the port" },
    { rule_without_group, DIAG_ERROR, "Case/Rule: a rule needs the id of its security group" },
    { rule_without_protocol, DIAG_ERROR, "Case/Rule: a rule needs a protocol" },
    { 0 },
};

static void security_groups_are_checked(void **state)
{
    (void)state;
    check_diag_cases(group_cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vpc_is_checked),
        cmocka_unit_test(given_zones_are_checked),
        cmocka_unit_test(security_groups_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
