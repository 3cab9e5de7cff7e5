// SPDX-License-Identifier: MIT
#include "aws/elbv2.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"

static struct ec2_vpc *network(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
}

// A group for addresses on port 80, unless the props say otherwise.
static struct elbv2_target_group *group(
    struct stack *stack, const char *id, struct ec2_vpc *vpc, struct elbv2_target_group_props props)
{
    props.vpc = vpc;
    props.port = 80;
    props.target_type = ELBV2_TARGET_IP;
    return elbv2_target_group_new(stack->node, id, &props);
}
#define GROUP(stack, id, vpc, ...) group(stack, id, vpc, (struct elbv2_target_group_props){ __VA_ARGS__ })

static void defaults(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    elbv2_target_group_new(stack->node, "Http", &(struct elbv2_target_group_props){ .vpc = vpc, .port = 80 });
    elbv2_target_group_new(
        stack->node, "Https", &(struct elbv2_target_group_props){ .vpc = vpc, .protocol = ELBV2_HTTPS });
    elbv2_target_group_new(stack->node, "Both",
        &(struct elbv2_target_group_props){ .vpc = vpc, .protocol = ELBV2_HTTP, .port = 3000 });
    elbv2_target_group_new(stack->node, "Named",
        &(struct elbv2_target_group_props){
            .vpc = vpc,
            .port = 8443,
            .target_group_name = string("api"),
            .target_type = ELBV2_TARGET_INSTANCE,
            .ip_address_type = ELBV2_IPV6,
            .protocol_version = ELBV2_HTTP2,
        });
}

static void health_check(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    const struct elbv2_health_check full = {
        .enabled = YES,
        .interval = seconds(20),
        .path = "/health?deep=1",
        .port = "8081",
        .protocol = ELBV2_HTTPS,
        .timeout = seconds(10),
        .healthy_threshold_count = 3,
        .unhealthy_threshold_count = 4,
        .healthy_http_codes = "200-299,302",
    };
    struct elbv2_target_group *replaced;

    GROUP(stack, "Http", vpc, .health_check = full);
    GROUP(stack, "Grpc", vpc, .protocol_version = ELBV2_GRPC,
        .health_check = { .path = "/grpc.health.v1.Health/Check", .healthy_grpc_codes = "0-99" });
    GROUP(stack, "Off", vpc, .health_check = { .enabled = NO });
    replaced = GROUP(stack, "Replaced", vpc,
        .health_check = { .path = "/before", .unhealthy_threshold_count = 9, .healthy_http_codes = "204" });
    elbv2_target_group_configure_health_check(replaced,
        &(struct elbv2_health_check){ .path = "/after", .interval = minutes(1), .timeout = seconds(59) });
}

static void attributes(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct elbv2_target_group *late;

    GROUP(stack, "Slow", vpc, .deregistration_delay = seconds(10), .slow_start = minutes(1),
        .cross_zone_enabled = NO);
    GROUP(stack, "NotSlow", vpc, .slow_start = seconds(0), .cross_zone_enabled = YES,
        .load_balancing_algorithm = ELBV2_LEAST_OUTSTANDING_REQUESTS);
    GROUP(stack, "Sticky", vpc, .stickiness_cookie_duration = hours(2),
        .load_balancing_algorithm = ELBV2_ROUND_ROBIN);
    GROUP(stack, "Application", vpc, .stickiness_cookie_duration = days(7),
        .stickiness_cookie_name = "session");
    GROUP(stack, "Random", vpc, .load_balancing_algorithm = ELBV2_WEIGHTED_RANDOM,
        .enable_anomaly_mitigation = YES);
    late = GROUP(stack, "Late", vpc, .enable_anomaly_mitigation = NO);
    elbv2_target_group_enable_cookie_stickiness(late, minutes(1), NULL);
    elbv2_target_group_set_attribute(late, "deregistration_delay.timeout_seconds", "5");
    elbv2_target_group_set_attribute(late, "stickiness.type", NULL);
}

static void minimum_health(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    GROUP(stack, "Counts", vpc,
        .health = {
            .dns_minimum_healthy_target_count = count(3), .routing_minimum_healthy_target_count = count(1) });
    GROUP(stack, "Shares", vpc,
        .health = { .dns_minimum_healthy_target_percentage = count(70),
            .routing_minimum_healthy_target_percentage = count(50) });
    GROUP(stack, "Off", vpc,
        .health = { .dns_minimum_healthy_target_count = count(0),
            .dns_minimum_healthy_target_percentage = count(0),
            .routing_minimum_healthy_target_percentage = count(0) });
}

static void targets(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct elbv2_target outside = elbv2_ip_target(string("192.168.1.7"), 8080);
    struct elbv2_target late = elbv2_ip_target(string("10.0.0.6"), 81);
    struct elbv2_target_group *addresses;

    outside.availability_zone = "all";
    addresses = elbv2_target_group_new(stack->node, "Addresses",
        &(struct elbv2_target_group_props){
            .vpc = vpc,
            .port = 80,
            .targets = (struct elbv2_target[]){ elbv2_ip_target(string("10.0.0.5"), 0), outside, { 0 } },
        });
    elbv2_target_group_add_target(addresses, &late);
    elbv2_target_group_new(stack->node, "Instances",
        &(struct elbv2_target_group_props){
            .vpc = vpc,
            .port = 80,
            .targets =
                (struct elbv2_target[]){ elbv2_instance_target(string("i-0123456789abcdef0"), 8080), { 0 } },
        });
}

static void lambda(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct elbv2_target_group *late;

    elbv2_target_group_new(stack->node, "Function",
        &(struct elbv2_target_group_props){
            .target_type = ELBV2_TARGET_LAMBDA,
            .multi_value_headers_enabled = true,
            .health_check = { .enabled = YES },
        });
    late = elbv2_target_group_new(stack->node, "Late", &(struct elbv2_target_group_props){ .vpc = vpc });
    elbv2_target_group_add_target(late,
        &(struct elbv2_target){
            .type = ELBV2_TARGET_LAMBDA,
            .id = string("arn:aws:lambda:us-east-1:123456789012:function:web"),
        });
}

struct connectable {
    struct ec2_connections *connections;
    struct ec2_port port;
};

static void attach(struct elbv2_target_group *group, void *data)
{
    const struct connectable *connectable = data;

    elbv2_target_group_register_connectable(group, connectable->connections, connectable->port);
}

static struct elbv2_target connectable_target(struct connectable *connectable)
{
    return (struct elbv2_target){ .type = ELBV2_TARGET_IP, .attach = attach, .data = connectable };
}

static void add_balancer(
    struct stack *stack, const char *id, struct ec2_vpc *vpc, struct elbv2_target_group *shared)
{
    struct elbv2_load_balancer *balancer =
        elbv2_load_balancer_new(stack->node, id, &(struct elbv2_load_balancer_props){ .vpc = vpc });

    elbv2_load_balancer_add_listener(balancer, "Http",
        &(struct elbv2_listener_props){
            .port = 80, .default_target_groups = (struct elbv2_target_group *[]){ shared, NULL } });
}

static void connections(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct connectable app = { NULL, ec2_port_tcp(8000) }, worker = { 0 };
    struct elbv2_target app_target = connectable_target(&app), worker_target = connectable_target(&worker);
    struct elbv2_target_group *shared;

    app.connections =
        ec2_security_group_new(stack->node, "App", &(struct ec2_security_group_props){ .vpc = vpc })
            ->connections;
    worker.connections = ec2_security_group_new(
        stack->node, "Worker", &(struct ec2_security_group_props){ .vpc = vpc, .allow_all_outbound = NO })
                             ->connections;
    shared = GROUP(stack, "Group", vpc, .targets = (struct elbv2_target[]){ app_target, { 0 } });
    add_balancer(stack, "First", vpc, shared);
    elbv2_target_group_add_target(shared, &worker_target);
    add_balancer(stack, "Second", vpc, shared);
}

static void import(struct stack *stack)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(
        stack->node, "LB", &(struct elbv2_load_balancer_props){ .vpc = network(stack) });
    struct elbv2_target_group *imported = elbv2_target_group_from_arn(stack->node, "Theirs",
        string("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/theirs/0123456789abcdef"));

    elbv2_load_balancer_add_listener(balancer, "Http",
        &(struct elbv2_listener_props){
            .port = 80, .default_target_groups = (struct elbv2_target_group *[]){ imported, NULL } });
    output_new(stack->node, "Name", &(struct output_props){ .value = imported->target_group_name });
}

static const struct parity_case cases[] = {
    { "elbv2-target-group-defaults", defaults },
    { "elbv2-target-group-health-check", health_check },
    { "elbv2-target-group-attributes", attributes },
    { "elbv2-target-group-minimum-health", minimum_health },
    { "elbv2-target-group-targets", targets },
    { "elbv2-target-group-lambda", lambda },
    { "elbv2-target-group-connections", connections },
    { "elbv2-target-group-import", import },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("elbv2-target-group", cases, argc, argv);
}
