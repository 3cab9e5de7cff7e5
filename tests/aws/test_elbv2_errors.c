// SPDX-License-Identifier: MIT
#include "aws/elbv2.h"
#include "aws/s3.h"

#include "aws/diag_case.h"

static struct ec2_vpc *vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
}

static struct elbv2_load_balancer *balancer(struct stack *stack, struct elbv2_load_balancer_props props)
{
    props.vpc = vpc(stack);
    return elbv2_load_balancer_new(stack->node, "LB", &props);
}

#define BALANCER_CASE(name, ...)                                                                             \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        balancer(stack, (struct elbv2_load_balancer_props){ __VA_ARGS__ });                                  \
    }

BALANCER_CASE(long_name, .load_balancer_name = string("a23456789b23456789c23456789d23456"))
BALANCER_CASE(hyphenated_name, .load_balancer_name = string("shop-"))
BALANCER_CASE(odd_name, .load_balancer_name = string("my_shop"))
BALANCER_CASE(internal_name, .load_balancer_name = string("internal-shop"))
BALANCER_CASE(small_capacity, .minimum_capacity_unit = 99)
BALANCER_CASE(
    internal_without_ipv4, .ip_address_type = ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4, .internet_facing = false)
BALANCER_CASE(deny_without_dual_stack, .deny_all_igw_traffic = YES)
BALANCER_CASE(one_zone_only, .cross_zone_enabled = NO)
BALANCER_CASE(short_keep_alive, .client_keep_alive = seconds(59))
BALANCER_CASE(long_keep_alive, .client_keep_alive = days(8))

static void logs_anywhere(struct stack *stack)
{
    elbv2_load_balancer_log_access_logs(balancer(stack, (struct elbv2_load_balancer_props){ 0 }),
        s3_bucket_new(stack->node, "Logs", &(struct s3_bucket_props){ 0 }), NULL);
}

static void load_balancers_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { long_name, DIAG_ERROR,
            "Case/LB: load balancer name 'a23456789b23456789c23456789d23456' has more than 32 characters" },
        { hyphenated_name, DIAG_ERROR,
            "Case/LB: load balancer name 'shop-' must not begin or end with a hyphen" },
        { odd_name, DIAG_ERROR,
            "Case/LB: load balancer name 'my_shop' must be made of letters, digits and hyphens" },
        { internal_name, DIAG_ERROR,
            "Case/LB: load balancer name 'internal-shop' must not begin with 'internal-'" },
        { small_capacity, DIAG_ERROR, "Case/LB: 'minimum_capacity_unit' must be at least 100, got 99" },
        { internal_without_ipv4, DIAG_ERROR,
            "Case/LB: dual stack without public IPv4 is for internet-facing load balancers only" },
        { deny_without_dual_stack, DIAG_ERROR,
            "Case/LB: 'deny_all_igw_traffic' needs the address type ELBV2_DUAL_STACK" },
        { one_zone_only, DIAG_ERROR,
            "Case/LB: 'cross_zone_enabled' cannot be turned off for an application load balancer" },
        { short_keep_alive, DIAG_ERROR, "Case/LB: 'client_keep_alive' must be 60 to 604800 seconds, got 59" },
        { long_keep_alive, DIAG_ERROR,
            "Case/LB: 'client_keep_alive' must be 60 to 604800 seconds, got 691200" },
        { logs_anywhere, DIAG_ERROR, "Case/LB: logs of a load balancer need a stack with a region" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

static struct elbv2_action *not_found(void)
{
    return elbv2_fixed_response(&(struct elbv2_fixed_response){ .status_code = 404 });
}

// What the props leave open: an answer of 404.
static struct elbv2_listener *listener(struct stack *stack, struct elbv2_listener_props props)
{
    if (!props.default_action && !props.default_target_groups)
        props.default_action = not_found();
    return elbv2_load_balancer_add_listener(
        balancer(stack, (struct elbv2_load_balancer_props){ 0 }), "Listener", &props);
}

#define LISTENER_CASE(name, ...)                                                                             \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        listener(stack, (struct elbv2_listener_props){ __VA_ARGS__ });                                       \
    }
#define ACTION_CASE(name, action) LISTENER_CASE(name, .port = 80, .default_action = action)

LISTENER_CASE(no_port, .open = NO)
LISTENER_CASE(odd_port, .port = 1234, .open = NO)
LISTENER_CASE(no_certificate, .protocol = ELBV2_HTTPS)
LISTENER_CASE(
    certificate_for_http, .port = 80, .certificate_arns = (struct value *[]){ string("arn:aws:acm:c"), NULL })
LISTENER_CASE(no_trust_store, .port = 443,
    .certificate_arns = (struct value *[]){ string("arn:aws:acm:c"), NULL },
    .mutual_authentication = &(struct elbv2_mutual_authentication){
        .mode = ELBV2_MUTUAL_AUTHENTICATION_VERIFY })
LISTENER_CASE(idle_trust_store, .port = 443,
    .certificate_arns = (struct value *[]){ string("arn:aws:acm:c"), NULL },
    .mutual_authentication = &(struct elbv2_mutual_authentication){
        .mode = ELBV2_MUTUAL_AUTHENTICATION_PASS_THROUGH, .advertise_trust_store_ca_names = NO })
ACTION_CASE(no_groups, elbv2_forward((struct elbv2_target_group *[]){ NULL }, (struct duration){ 0 }))
ACTION_CASE(empty_redirect, elbv2_redirect(&(struct elbv2_redirect){ .permanent = true }))
ACTION_CASE(relative_redirect, elbv2_redirect(&(struct elbv2_redirect){ .path = "new" }))
ACTION_CASE(odd_redirect, elbv2_redirect(&(struct elbv2_redirect){ .protocol = "ftp" }))
ACTION_CASE(odd_status, elbv2_fixed_response(&(struct elbv2_fixed_response){ .status_code = 301 }))
ACTION_CASE(long_body,
    elbv2_fixed_response(&(struct elbv2_fixed_response){
        .status_code = 200, .message_body = value_string(stringf("%01025d", 0)) }))

static void no_action(struct stack *stack)
{
    elbv2_load_balancer_add_listener(balancer(stack, (struct elbv2_load_balancer_props){ 0 }), "Listener",
        &(struct elbv2_listener_props){ .port = 80 });
}

static void action_and_groups(struct stack *stack)
{
    struct elbv2_load_balancer *lb = balancer(stack, (struct elbv2_load_balancer_props){ 0 });
    struct elbv2_target_group *group = elbv2_target_group_new(stack->node, "Group",
        &(struct elbv2_target_group_props){ .vpc = lb->vpc, .port = 80, .target_type = ELBV2_TARGET_IP });

    elbv2_load_balancer_add_listener(lb, "Listener",
        &(struct elbv2_listener_props){
            .port = 80,
            .default_action = not_found(),
            .default_target_groups = (struct elbv2_target_group *[]){ group, NULL },
        });
}

static void action_twice(struct stack *stack)
{
    elbv2_listener_add_action(
        listener(stack, (struct elbv2_listener_props){ .port = 80 }), "More", not_found(), NULL);
}

static void listeners_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { no_port, DIAG_ERROR, "Case/LB/Listener: a listener needs a 'port' or a 'protocol'" },
        { odd_port, DIAG_ERROR, "Case/LB/Listener: port 1234 does not tell the protocol; give one" },
        { no_certificate, DIAG_ERROR, "Case/LB/Listener: an HTTPS listener needs a certificate" },
        { certificate_for_http, DIAG_WARNING,
            "Case/LB/Listener: an HTTP listener takes no certificates; use HTTPS" },
        { no_trust_store, DIAG_ERROR,
            "Case/LB/Listener: mutual authentication that verifies needs a 'trust_store_arn'" },
        { idle_trust_store, DIAG_ERROR,
            "Case/LB/Listener: mutual authentication 'passthrough' takes no trust store, and no settings "
            "about its certificates; use ELBV2_MUTUAL_AUTHENTICATION_VERIFY" },
        { no_groups, DIAG_ERROR, "Case/LB/Listener: a forward action needs a target group" },
        { empty_redirect, DIAG_ERROR,
            "Case/LB/Listener: a redirect action needs a protocol, host, port, path or query; without one it "
            "would go in circles" },
        { relative_redirect, DIAG_ERROR,
            "Case/LB/Listener: the path of a redirect action must start with '/'" },
        { odd_redirect, DIAG_ERROR,
            "Case/LB/Listener: the protocol of a redirect action must be HTTP, HTTPS or #{protocol}" },
        { odd_status, DIAG_ERROR,
            "Case/LB/Listener: the status code of a fixed response must be 2xx, 4xx or 5xx" },
        { long_body, DIAG_ERROR,
            "Case/LB/Listener: the message body of a fixed response has more than 1024 characters" },
        { no_action, DIAG_ERROR,
            "Case/LB/Listener: the listener has no default action; give one, or a target group" },
        { action_and_groups, DIAG_ERROR,
            "Case/LB/Listener: give at most one of 'default_action' and 'default_target_groups'" },
        { action_twice, DIAG_WARNING,
            "Case/LB/Listener: the listener's default action is replaced; give one only" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

#define TEXTS(...) ((const char *[]){ __VA_ARGS__, NULL })
#define CONDITION(...) ((struct elbv2_condition[]){ { __VA_ARGS__ }, { 0 } })

static void add_rule(struct stack *stack, struct elbv2_rule_match match)
{
    elbv2_listener_rule_new(stack->node, "Rule",
        &(struct elbv2_listener_rule_props){
            .listener = listener(stack, (struct elbv2_listener_props){ .port = 80 }),
            .match = match,
            .action = not_found(),
        });
}
#define RULE_CASE(name, ...)                                                                                 \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        add_rule(stack, (struct elbv2_rule_match){ __VA_ARGS__ });                                           \
    }

RULE_CASE(no_conditions, .priority = 1)
RULE_CASE(negative_priority, .priority = -1,
    .conditions = CONDITION(.field = ELBV2_PATH_PATTERNS, .values = TEXTS("/a")))
RULE_CASE(many_paths, .priority = 1,
    .conditions = CONDITION(.field = ELBV2_PATH_PATTERNS, .values = TEXTS("1", "2", "3", "4", "5", "6")))
RULE_CASE(no_values, .priority = 1, .conditions = CONDITION(.field = ELBV2_SOURCE_IPS))
RULE_CASE(
    no_header, .priority = 1, .conditions = CONDITION(.field = ELBV2_HTTP_HEADER, .values = TEXTS("yes")))

static void no_rule_action(struct stack *stack)
{
    elbv2_listener_rule_new(stack->node, "Rule",
        &(struct elbv2_listener_rule_props){
            .listener = listener(stack, (struct elbv2_listener_props){ .port = 80 }),
            .match = { 1, CONDITION(.field = ELBV2_PATH_PATTERNS, .values = TEXTS("/a")) },
        });
}

static void conditions_without_priority(struct stack *stack)
{
    elbv2_listener_add_action(listener(stack, (struct elbv2_listener_props){ .port = 80 }), "More",
        not_found(),
        &(struct elbv2_rule_match){
            .conditions = CONDITION(.field = ELBV2_PATH_PATTERNS, .values = TEXTS("/a")) });
}

static void default_of_imported(struct stack *stack)
{
    struct elbv2_listener *imported = elbv2_listener_from_attributes(stack->node, "Listener",
        &(struct elbv2_listener_attributes){
            .listener_arn = string("arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/b/c"),
            .security_group = ec2_security_group_from_id(stack->node, "Group", string("sg-1"), NULL),
        });

    elbv2_listener_add_action(imported, "More", not_found(), NULL);
}

static void rules_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { no_conditions, DIAG_ERROR, "Case/Rule: a listener rule needs a condition" },
        { negative_priority, DIAG_ERROR,
            "Case/Rule: the priority of a listener rule must be at least 1, got -1" },
        { many_paths, DIAG_ERROR, "Case/Rule: a rule can have at most 5 path patterns" },
        { no_values, DIAG_ERROR, "Case/Rule: a 'source-ip' condition needs values" },
        { no_header, DIAG_ERROR,
            "Case/Rule: 'http_header_name' belongs to an ELBV2_HTTP_HEADER condition, which needs it" },
        { no_rule_action, DIAG_ERROR, "Case/Rule: the listener rule has no action" },
        { conditions_without_priority, DIAG_ERROR,
            "Case/LB/Listener: an action with conditions needs a 'priority', and the other way round" },
        { default_of_imported, DIAG_ERROR,
            "Case/Listener: an imported listener keeps its default action; give a 'priority' and "
            "conditions" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

static struct elbv2_target_group *group(struct stack *stack, struct elbv2_target_group_props props)
{
    if (!props.vpc && props.target_type != ELBV2_TARGET_LAMBDA)
        props.vpc = vpc(stack);
    if (!props.target_type)
        props.target_type = ELBV2_TARGET_IP;
    return elbv2_target_group_new(stack->node, "Group", &props);
}

#define GROUP_CASE(name, ...)                                                                                \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        group(stack, (struct elbv2_target_group_props){ __VA_ARGS__ });                                      \
    }

GROUP_CASE(no_group_port, .target_type = ELBV2_TARGET_IP)
GROUP_CASE(port_for_function, .target_type = ELBV2_TARGET_LAMBDA, .port = 80)
GROUP_CASE(group_name, .port = 80, .target_group_name = string("-api"))
GROUP_CASE(short_interval, .port = 80, .health_check = { .interval = seconds(5), .timeout = seconds(5) })
GROUP_CASE(slow_start, .port = 80, .slow_start = seconds(29))
GROUP_CASE(random_slow_start, .port = 80, .slow_start = seconds(30),
    .load_balancing_algorithm = ELBV2_WEIGHTED_RANDOM)
GROUP_CASE(anomalies, .port = 80, .enable_anomaly_mitigation = YES)
GROUP_CASE(headers, .port = 80, .multi_value_headers_enabled = true)
GROUP_CASE(long_cookie, .port = 80, .stickiness_cookie_duration = days(8))
GROUP_CASE(
    reserved_cookie, .port = 80, .stickiness_cookie_duration = days(1), .stickiness_cookie_name = "AWSALBX")
GROUP_CASE(empty_cookie, .port = 80, .stickiness_cookie_duration = days(1), .stickiness_cookie_name = "")
GROUP_CASE(high_percentage, .port = 80, .health.dns_minimum_healthy_target_percentage = count(101))
GROUP_CASE(odd_count, .port = 80, .health.dns_minimum_healthy_target_count = count(1.5))
GROUP_CASE(no_count, .port = 80, .health.routing_minimum_healthy_target_count = count(0))

static void no_group_vpc(struct stack *stack)
{
    elbv2_target_group_new(stack->node, "Group",
        &(struct elbv2_target_group_props){ .port = 80, .target_type = ELBV2_TARGET_IP });
}

static void no_targets(struct stack *stack)
{
    elbv2_target_group_new(
        stack->node, "Group", &(struct elbv2_target_group_props){ .port = 80, .vpc = vpc(stack) });
}

static void mixed_targets(struct stack *stack)
{
    const struct elbv2_target target = elbv2_instance_target(string("i-1"), 0);

    elbv2_target_group_add_target(group(stack, (struct elbv2_target_group_props){ .port = 80 }), &target);
}

static void two_functions(struct stack *stack)
{
    const struct elbv2_target function = { .type = ELBV2_TARGET_LAMBDA, .id = string("arn:aws:lambda:f") };
    struct elbv2_target_group *functions =
        group(stack, (struct elbv2_target_group_props){ .target_type = ELBV2_TARGET_LAMBDA });

    elbv2_target_group_add_target(functions, &function);
    elbv2_target_group_add_target(functions, &function);
}

static struct elbv2_target_group *imported_group(struct stack *stack)
{
    return elbv2_target_group_from_arn(
        stack->node, "Group", string("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/b"));
}

static void target_of_imported(struct stack *stack)
{
    const struct elbv2_target target = elbv2_ip_target(string("10.0.0.1"), 0);

    elbv2_target_group_add_target(imported_group(stack), &target);
}

static void listener_of_imported(struct stack *stack)
{
    listener(stack,
        (struct elbv2_listener_props){
            .port = 80,
            .default_target_groups = (struct elbv2_target_group *[]){ imported_group(stack), NULL },
        });
}

static void full_name_of_loose(struct stack *stack)
{
    elbv2_target_group_first_load_balancer_full_name(
        group(stack, (struct elbv2_target_group_props){ .port = 80 }));
}

static void target_groups_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { no_group_vpc, DIAG_ERROR, "Case/Group: a target group needs a 'vpc', except for functions" },
        { no_group_port, DIAG_ERROR,
            "Case/Group: a target group needs a 'protocol' or a 'port', except for functions" },
        { port_for_function, DIAG_ERROR,
            "Case/Group: a target group for a function has no 'protocol' and no 'port'" },
        { no_targets, DIAG_WARNING,
            "Case/Group: a target group without targets should say its 'target_type'" },
        { group_name, DIAG_ERROR,
            "Case/Group: target group name '-api' must not begin or end with a hyphen" },
        { short_interval, DIAG_ERROR,
            "Case/Group: the interval of the health check, 5 s, must be longer than its timeout, 5 s" },
        { slow_start, DIAG_ERROR, "Case/Group: 'slow_start' must be 30 to 900 seconds, or 0 for none" },
        { random_slow_start, DIAG_ERROR,
            "Case/Group: 'slow_start' cannot be combined with the weighted random algorithm" },
        { anomalies, DIAG_ERROR, "Case/Group: anomaly mitigation needs the weighted random algorithm" },
        { headers, DIAG_ERROR, "Case/Group: 'multi_value_headers_enabled' is for functions only" },
        { long_cookie, DIAG_ERROR, "Case/Group: the stickiness cookie must last 1 second to 7 days" },
        { reserved_cookie, DIAG_ERROR,
            "Case/Group: stickiness cookie 'AWSALBX': names that start with AWSALB are the load balancer's" },
        { empty_cookie, DIAG_ERROR, "Case/Group: the name of the stickiness cookie must not be empty" },
        { high_percentage, DIAG_ERROR,
            "Case/Group: 'target_group_health.dns_failover.minimum_healthy_targets.percentage' must be a "
            "whole number from 1 to 100, or 'off', got '101'" },
        { odd_count, DIAG_ERROR,
            "Case/Group: 'target_group_health.dns_failover.minimum_healthy_targets.count' must be a whole "
            "number from 1, or 'off', got '1.5'" },
        { no_count, DIAG_ERROR,
            "Case/Group: 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count' must be "
            "a whole number from 1, got '0'" },
        { mixed_targets, DIAG_ERROR,
            "Case/Group: the target group has targets of type 'ip'; one of type 'instance' cannot join" },
        { two_functions, DIAG_ERROR,
            "Case/Group: a target group holds one function only; make another target group" },
        { target_of_imported, DIAG_ERROR,
            "Case/Group: an imported target group takes only targets that register themselves" },
        { listener_of_imported, DIAG_WARNING,
            "Case/Group: the target group is imported: its targets' security groups may need rules by hand" },
        { full_name_of_loose, DIAG_ERROR,
            "Case/Group: the target group must be attached to a load balancer first" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(load_balancers_are_checked),
        cmocka_unit_test(listeners_are_checked),
        cmocka_unit_test(rules_are_checked),
        cmocka_unit_test(target_groups_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
