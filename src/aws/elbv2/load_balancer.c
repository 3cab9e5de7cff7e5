// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

enum { MIN_CAPACITY_UNITS = 100, MIN_KEEP_ALIVE = 60, MAX_KEEP_ALIVE = 7 * 24 * 60 * 60 };

static const char *const desync_modes[] = {
    [ELBV2_DESYNC_MONITOR] = "monitor",
    [ELBV2_DESYNC_DEFENSIVE] = "defensive",
    [ELBV2_DESYNC_STRICTEST] = "strictest",
};
static const char *const xff_modes[] = {
    [ELBV2_XFF_APPEND] = "append",
    [ELBV2_XFF_PRESERVE] = "preserve",
    [ELBV2_XFF_REMOVE] = "remove",
};

static void check(struct construct *node, const struct elbv2_load_balancer_props *p)
{
    const char *name = value_string(p->load_balancer_name);
    int64_t keep_alive = p->client_keep_alive.milliseconds;

    if (!p->vpc)
        diag_error(node, "a load balancer needs a VPC");
    elbv2_check_name(node, "load balancer", p->load_balancer_name);
    if (name && strncmp(name, "internal-", strlen("internal-")) == 0)
        diag_error(node, "load balancer name '%s' must not begin with 'internal-'", name);
    if (p->minimum_capacity_unit && p->minimum_capacity_unit < MIN_CAPACITY_UNITS)
        diag_error(node, "'minimum_capacity_unit' must be at least %d, got %d", MIN_CAPACITY_UNITS,
            p->minimum_capacity_unit);
    if (p->ip_address_type == ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4 && !p->internet_facing)
        diag_error(node, "dual stack without public IPv4 is for internet-facing load balancers only");
    if (p->deny_all_igw_traffic && p->ip_address_type != ELBV2_DUAL_STACK)
        diag_error(node, "'deny_all_igw_traffic' needs the address type ELBV2_DUAL_STACK");
    if (p->cross_zone_enabled == NO)
        diag_error(node, "'cross_zone_enabled' cannot be turned off for an application load balancer");
    if (p->client_keep_alive.given &&
        (keep_alive < MIN_KEEP_ALIVE * 1000LL || keep_alive > MAX_KEEP_ALIVE * 1000LL))
        diag_error(node, "'client_keep_alive' must be %d to %d seconds, got %g", MIN_KEEP_ALIVE,
            MAX_KEEP_ALIVE, (double)keep_alive / 1000);
}

static void set_text(struct elbv2_load_balancer *self, const char *key, const char *value)
{
    if (value)
        elbv2_load_balancer_set_attribute(self, key, string(value));
}

static void set_toggle(struct elbv2_load_balancer *self, const char *key, enum toggle value)
{
    static const char *const words[] = { [YES] = "true", [NO] = "false" };

    set_text(self, key, words[value]);
}

static void set_flag(struct elbv2_load_balancer *self, const char *key, bool value)
{
    set_toggle(self, key, value ? YES : TOGGLE_DEFAULT);
}

static void set_seconds(struct elbv2_load_balancer *self, const char *key, struct duration value)
{
    if (value.given)
        elbv2_load_balancer_set_attribute(self, key, stringf("%lld", (long long)duration_to_seconds(value)));
}

static void set_attributes(struct elbv2_load_balancer *self, const struct elbv2_load_balancer_props *p)
{
    set_toggle(self, "deletion_protection.enabled", toggle(p->deletion_protection));
    set_toggle(self, "load_balancing.cross_zone.enabled", p->cross_zone_enabled);
    set_toggle(self, "ipv6.deny_all_igw_traffic", p->deny_all_igw_traffic);
    set_toggle(self, "routing.http2.enabled", p->http2_enabled);
    set_seconds(self, "idle_timeout.timeout_seconds", p->idle_timeout);
    set_toggle(self, "routing.http.drop_invalid_header_fields.enabled", p->drop_invalid_header_fields);
    set_text(self, "routing.http.desync_mitigation_mode", desync_modes[p->desync_mitigation_mode]);
    set_flag(self, "routing.http.preserve_host_header.enabled", p->preserve_host_header);
    set_flag(self, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
        p->x_amzn_tls_version_and_cipher_suite_headers);
    set_flag(self, "routing.http.xff_client_port.enabled", p->preserve_xff_client_port);
    set_text(self, "routing.http.xff_header_processing.mode", xff_modes[p->xff_header_processing_mode]);
    set_flag(self, "waf.fail_open.enabled", p->waf_fail_open);
    set_seconds(self, "client_keep_alive.seconds", p->client_keep_alive);
}

static struct value *produce_security_groups(void *data)
{
    const struct elbv2_load_balancer *self = data;

    return ec2_connections_security_group_ids(self->connections);
}

static struct value *capacity(int units)
{
    if (!units)
        return NULL;
    return object((struct field[]){ { "CapacityUnits", number(units) }, END });
}

static struct value *load_balancer_properties(struct elbv2_load_balancer *self,
    const struct elbv2_load_balancer_props *p, const struct ec2_selected_subnets *subnets)
{
    return object((struct field[]){
        { "IpAddressType", string(elbv2_ip_address_type_name(p->ip_address_type)) },
        { "LoadBalancerAttributes", elbv2_attributes_value(&self->state->attributes) },
        { "MinimumLoadBalancerCapacity", capacity(p->minimum_capacity_unit) },
        { "Name", p->load_balancer_name },
        { "Scheme", string(p->internet_facing ? "internet-facing" : "internal") },
        { "SecurityGroups", lazy(produce_security_groups, self) },
        { "Subnets", subnets->subnet_ids },
        { "Type", string("application") },
        END,
    });
}

static struct elbv2_load_balancer *load_balancer_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct elbv2_load_balancer *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_elasticloadbalancingv2.ApplicationLoadBalancer");
    self->state = arena_alloc(arena, sizeof(*self->state));
    return self;
}

static void set_references(struct elbv2_load_balancer *self)
{
    self->load_balancer_arn = ref(self->resource);
    self->load_balancer_name = get_att(self->resource, "LoadBalancerName");
    self->load_balancer_full_name = get_att(self->resource, "LoadBalancerFullName");
    self->load_balancer_dns_name = get_att(self->resource, "DNSName");
    self->load_balancer_canonical_hosted_zone_id = get_att(self->resource, "CanonicalHostedZoneID");
    self->load_balancer_security_groups = get_att_list(self->resource, "SecurityGroups");
}

static struct ec2_security_group *security_group_new(struct elbv2_load_balancer *self)
{
    return ec2_security_group_new(self->node, "SecurityGroup",
        &(struct ec2_security_group_props){
            .vpc = self->vpc,
            .description = value_string(
                stringf("Automatically created Security Group for ELB %s", names_unique_id(self->node))),
            .allow_all_outbound = NO,
        });
}

static struct ec2_selected_subnets select_subnets(const struct elbv2_load_balancer_props *p)
{
    struct ec2_subnet_selection usual = { .type =
                                              p->internet_facing ? EC2_SUBNET_PUBLIC : EC2_SUBNET_DEFAULT };

    if (!p->vpc)
        return (struct ec2_selected_subnets){ 0 };
    return ec2_vpc_select_subnets(p->vpc, p->vpc_subnets ? p->vpc_subnets : &usual);
}

struct elbv2_load_balancer *elbv2_load_balancer_new(
    struct construct *scope, const char *id, const struct elbv2_load_balancer_props *props)
{
    struct elbv2_load_balancer *self = load_balancer_make(scope, id);
    struct ec2_selected_subnets subnets = select_subnets(props);
    struct ec2_security_group *group;

    check(self->node, props);
    self->vpc = props->vpc;
    self->ip_address_type = props->ip_address_type;
    self->resource = resource_new(self->node, "Resource", "AWS::ElasticLoadBalancingV2::LoadBalancer",
        load_balancer_properties(self, props, &subnets));
    if (props->internet_facing)
        ec2_subnets_add_dependent(&subnets, resource_node(self->resource));
    set_references(self);
    set_attributes(self, props);
    group = props->security_group ? props->security_group : security_group_new(self);
    self->connections = ec2_connections_new(self->node, (struct ec2_security_group *[]){ group, NULL });
    return self;
}

struct elbv2_load_balancer *elbv2_load_balancer_from_attributes(
    struct construct *scope, const char *id, const struct elbv2_load_balancer_attributes *attributes)
{
    struct elbv2_load_balancer *self = load_balancer_make(scope, id);
    struct ec2_security_group *group =
        ec2_security_group_from_id(self->node, "SecurityGroup", attributes->security_group_id,
            &(struct ec2_security_group_import){
                .allow_all_outbound = attributes->security_group_allows_all_outbound,
            });

    self->vpc = attributes->vpc;
    self->load_balancer_arn = attributes->load_balancer_arn;
    self->load_balancer_full_name = elbv2_load_balancer_full_name(attributes->load_balancer_arn);
    self->load_balancer_dns_name = attributes->load_balancer_dns_name;
    self->load_balancer_canonical_hosted_zone_id = attributes->load_balancer_canonical_hosted_zone_id;
    self->connections = ec2_connections_new(self->node, (struct ec2_security_group *[]){ group, NULL });
    return self;
}

void elbv2_load_balancer_add_security_group(
    struct elbv2_load_balancer *load_balancer, struct ec2_security_group *group)
{
    ec2_connections_add_security_group(load_balancer->connections, group);
}

void elbv2_load_balancer_set_attribute(
    struct elbv2_load_balancer *load_balancer, const char *key, struct value *value)
{
    elbv2_attributes_set(&load_balancer->state->attributes, key, value);
}

struct elbv2_listener *elbv2_load_balancer_add_redirect(
    struct elbv2_load_balancer *load_balancer, const struct elbv2_redirect_config *config)
{
    int source = config->source_port ? config->source_port : 80;
    int target = config->target_port ? config->target_port : 443;
    enum elbv2_protocol from = config->source_protocol ? config->source_protocol : ELBV2_HTTP;
    enum elbv2_protocol to = config->target_protocol ? config->target_protocol : ELBV2_HTTPS;

    return elbv2_load_balancer_add_listener(load_balancer,
        value_string(stringf("Redirect%dTo%d", source, target)),
        &(struct elbv2_listener_props){
            .protocol = from,
            .port = source,
            .open = config->open,
            .default_action = elbv2_redirect(&(struct elbv2_redirect){
                .port = value_string(stringf("%d", target)),
                .protocol = elbv2_protocol_name(to),
                .permanent = true,
            }),
        });
}
