// SPDX-License-Identifier: MIT
#include "aws/elbv2.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"

static struct ec2_vpc *network(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
}

static struct elbv2_action *not_found(void)
{
    return elbv2_fixed_response(&(struct elbv2_fixed_response){ .status_code = 404 });
}

static struct elbv2_listener *add_http(struct elbv2_load_balancer *balancer)
{
    return elbv2_load_balancer_add_listener(
        balancer, "Http", &(struct elbv2_listener_props){ .port = 80, .default_action = not_found() });
}

static void defaults(struct stack *stack)
{
    elbv2_load_balancer_new(stack->node, "LB", &(struct elbv2_load_balancer_props){ .vpc = network(stack) });
}

static void internet_facing(struct stack *stack)
{
    add_http(elbv2_load_balancer_new(stack->node, "LB",
        &(struct elbv2_load_balancer_props){
            .vpc = network(stack),
            .internet_facing = true,
            .load_balancer_name = string("shop"),
        }));
}

static void attributes(struct stack *stack)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(stack->node, "LB",
        &(struct elbv2_load_balancer_props){
            .vpc = network(stack),
            .deletion_protection = true,
            .cross_zone_enabled = YES,
            .http2_enabled = NO,
            .idle_timeout = minutes(5),
            .drop_invalid_header_fields = YES,
            .desync_mitigation_mode = ELBV2_DESYNC_STRICTEST,
            .client_keep_alive = minutes(10),
            .preserve_host_header = true,
            .x_amzn_tls_version_and_cipher_suite_headers = true,
            .preserve_xff_client_port = true,
            .xff_header_processing_mode = ELBV2_XFF_PRESERVE,
            .waf_fail_open = true,
            .minimum_capacity_unit = 150,
        });

    elbv2_load_balancer_set_attribute(balancer, "routing.http2.enabled", string("true"));
    elbv2_load_balancer_set_attribute(balancer, "zonal_shift.config.enabled", string("true"));
    elbv2_load_balancer_set_attribute(balancer, "waf.fail_open.enabled", NULL);
}

static struct elbv2_load_balancer *dual_stack_balancer(struct stack *stack, const char *id,
    struct ec2_vpc *vpc, enum elbv2_ip_address_type type, enum toggle deny)
{
    return elbv2_load_balancer_new(stack->node, id,
        &(struct elbv2_load_balancer_props){
            .vpc = vpc,
            .internet_facing = true,
            .ip_address_type = type,
            .deny_all_igw_traffic = deny,
        });
}

static void dual_stack(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    add_http(dual_stack_balancer(stack, "LB", vpc, ELBV2_DUAL_STACK, NO));
    add_http(dual_stack_balancer(stack, "Other", vpc, ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4, TOGGLE_DEFAULT));
}

static void dual_stack_flag(struct stack *stack)
{
    add_http(dual_stack_balancer(
        stack, "LB", network(stack), ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4, TOGGLE_DEFAULT));
}

static void security_groups(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct ec2_security_group *own = ec2_security_group_new(stack->node, "Own",
        &(struct ec2_security_group_props){ .vpc = vpc, .description = "of the balancer" });
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(stack->node, "LB",
        &(struct elbv2_load_balancer_props){
            .vpc = vpc,
            .vpc_subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC },
            .security_group = own,
        });
    struct elbv2_listener *listener = elbv2_load_balancer_add_listener(balancer, "Http",
        &(struct elbv2_listener_props){ .port = 8080, .open = NO, .default_action = not_found() });

    elbv2_load_balancer_add_security_group(balancer,
        ec2_security_group_new(stack->node, "More", &(struct ec2_security_group_props){ .vpc = vpc }));
    ec2_connections_allow_default_port_from(
        listener->connections, ec2_peer_connections(ec2_peer_ipv4("10.1.0.0/16")), "the office");
}

static void redirect(struct stack *stack)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(stack->node, "LB",
        &(struct elbv2_load_balancer_props){ .vpc = network(stack), .internet_facing = true });

    elbv2_load_balancer_add_redirect(balancer, &(struct elbv2_redirect_config){ 0 });
    elbv2_load_balancer_add_redirect(
        balancer, &(struct elbv2_redirect_config){ .source_port = 8080, .target_port = 8443, .open = NO });
    elbv2_load_balancer_add_redirect(balancer,
        &(struct elbv2_redirect_config){
            .source_protocol = ELBV2_HTTP,
            .source_port = 81,
            .target_protocol = ELBV2_HTTP,
            .target_port = 82,
        });
}

static void logs(struct stack *stack)
{
    const struct elbv2_load_balancer_props props = { .vpc = network(stack) };
    struct s3_bucket *bucket = s3_bucket_new(stack->node, "Logs", &(struct s3_bucket_props){ 0 });
    struct elbv2_load_balancer *both;

    elbv2_load_balancer_log_access_logs(elbv2_load_balancer_new(stack->node, "LB", &props), bucket, "shop");
    both = elbv2_load_balancer_new(stack->node, "Both", &props);
    elbv2_load_balancer_log_access_logs(
        both, s3_bucket_from_name(stack->node, "Theirs", string("theirs")), NULL);
    elbv2_load_balancer_log_connection_logs(both, bucket, NULL);
}

static void logs_by_service(struct stack *stack)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(
        stack->node, "LB", &(struct elbv2_load_balancer_props){ .vpc = network(stack) });

    elbv2_load_balancer_log_access_logs(
        balancer, s3_bucket_new(stack->node, "Logs", &(struct s3_bucket_props){ 0 }), NULL);
}

static struct elbv2_target_group *add_app(struct elbv2_listener *listener, int target_port)
{
    struct elbv2_target targets[] = { elbv2_ip_target(string("10.0.0.5"), target_port), { 0 } };

    return elbv2_listener_add_targets(listener, "App",
        &(struct elbv2_target_group_props){ .port = 8080, .protocol = ELBV2_HTTP, .targets = targets }, NULL);
}

static void references(struct stack *stack)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(stack->node, "LB",
        &(struct elbv2_load_balancer_props){ .vpc = network(stack), .internet_facing = true });
    struct elbv2_listener *listener =
        elbv2_load_balancer_add_listener(balancer, "Http", &(struct elbv2_listener_props){ .port = 80 });
    struct elbv2_target_group *group = add_app(listener, 0);
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    const struct field outputs[] = {
        { "Arn", balancer->load_balancer_arn },
        { "Name", balancer->load_balancer_name },
        { "FullName", balancer->load_balancer_full_name },
        { "DnsName", balancer->load_balancer_dns_name },
        { "Zone", balancer->load_balancer_canonical_hosted_zone_id },
        { "Group", group->target_group_full_name },
        { "GroupName", group->target_group_name },
        { "First", elbv2_target_group_first_load_balancer_full_name(group) },
        { "Listener", listener->listener_arn },
        END,
    };

    for (const struct field *output = outputs; output->key; output++)
        output_new(other->node, output->key, &(struct output_props){ .value = output->value });
}

static void import(struct stack *stack)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_from_attributes(stack->node, "LB",
        &(struct elbv2_load_balancer_attributes){
            .load_balancer_arn = string(
                "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"),
            .security_group_id = string("sg-12345678"),
            .vpc = network(stack),
            .load_balancer_dns_name = string("shop.example.com"),
            .security_group_allows_all_outbound = NO,
        });

    add_app(elbv2_load_balancer_add_listener(balancer, "Http", &(struct elbv2_listener_props){ .port = 80 }),
        8081);
    output_new(stack->node, "Dns", &(struct output_props){ .value = balancer->load_balancer_dns_name });
    output_new(stack->node, "FullName", &(struct output_props){ .value = balancer->load_balancer_full_name });
}

static const struct parity_case cases[] = {
    { "elbv2-load-balancer-defaults", defaults },
    { "elbv2-load-balancer-internet-facing", internet_facing },
    { "elbv2-load-balancer-attributes", attributes },
    { "elbv2-load-balancer-dual-stack", dual_stack },
    { "elbv2-load-balancer-dual-stack-flag", dual_stack_flag },
    { "elbv2-load-balancer-security-groups", security_groups },
    { "elbv2-load-balancer-redirect", redirect },
    { "elbv2-load-balancer-logs", logs },
    { "elbv2-load-balancer-logs-by-service", logs_by_service },
    { "elbv2-load-balancer-references", references },
    { "elbv2-load-balancer-import", import },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("elbv2-load-balancer", cases, argc, argv);
}
