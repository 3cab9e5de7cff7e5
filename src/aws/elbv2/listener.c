// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static const char *const ssl_policies[] = {
#define SSL_POLICY(name, policy) [ELBV2_SSL_##name] = policy,
#include "aws/elbv2_ssl_policies.def"
#undef SSL_POLICY
};
static const char *const mutual_authentication_modes[] = {
    [ELBV2_MUTUAL_AUTHENTICATION_OFF] = "off",
    [ELBV2_MUTUAL_AUTHENTICATION_PASS_THROUGH] = "passthrough",
    [ELBV2_MUTUAL_AUTHENTICATION_VERIFY] = "verify",
};

static void check_mutual_authentication(
    struct construct *node, const struct elbv2_mutual_authentication *mutual)
{
    bool is_off_or_through = mutual->mode == ELBV2_MUTUAL_AUTHENTICATION_OFF ||
        mutual->mode == ELBV2_MUTUAL_AUTHENTICATION_PASS_THROUGH;

    if (mutual->mode == ELBV2_MUTUAL_AUTHENTICATION_VERIFY && !mutual->trust_store_arn)
        diag_error(node, "mutual authentication that verifies needs a 'trust_store_arn'");
    if (is_off_or_through &&
        (mutual->trust_store_arn || mutual->ignore_client_certificate_expiry ||
            mutual->advertise_trust_store_ca_names))
        diag_error(node,
            "mutual authentication '%s' takes no trust store, and no settings about its certificates; use "
            "ELBV2_MUTUAL_AUTHENTICATION_VERIFY",
            mutual_authentication_modes[mutual->mode]);
}

static struct value *mutual_authentication(const struct elbv2_mutual_authentication *mutual)
{
    static const char *const switches[] = { [YES] = "on", [NO] = "off" };

    if (!mutual)
        return NULL;
    return object((struct field[]){
        { "AdvertiseTrustStoreCaNames", string(switches[mutual->advertise_trust_store_ca_names]) },
        { "IgnoreClientCertificateExpiry", toggle_value(mutual->ignore_client_certificate_expiry) },
        { "Mode", string(mutual_authentication_modes[mutual->mode]) },
        { "TrustStoreArn", mutual->trust_store_arn },
        END,
    });
}

static struct value *ssl_policy(const struct elbv2_listener *self, enum elbv2_ssl_policy given)
{
    if (!given && self->protocol == ELBV2_HTTPS &&
        construct_context_flag(self->node, "@aws-cdk/aws-elasticloadbalancingv2:usePostQuantumTlsPolicy"))
        given = ELBV2_SSL_TLS13_12_PQ;
    return string(ssl_policies[given]);
}

static struct value *produce_default_actions(void *data)
{
    const struct elbv2_listener_state *state = data;

    return elbv2_actions_value(state->default_action);
}

static struct value *listener_properties(struct elbv2_listener *self, const struct elbv2_listener_props *p)
{
    return object((struct field[]){
        { "Certificates", self->state->certificates },
        { "DefaultActions", lazy(produce_default_actions, self->state) },
        { "ListenerAttributes", elbv2_attributes_value(&self->state->attributes) },
        { "LoadBalancerArn", self->load_balancer->load_balancer_arn },
        { "MutualAuthentication", mutual_authentication(p->mutual_authentication) },
        { "Port", number(self->port) },
        { "Protocol", string(elbv2_protocol_name(self->protocol)) },
        { "SslPolicy", ssl_policy(self, p->ssl_policy) },
        END,
    });
}

static void validate(struct construct *node, void *data)
{
    const struct elbv2_listener *self = data;

    if (!self->state->default_action)
        diag_error(node, "the listener has no default action; give one, or a target group");
    if (self->protocol == ELBV2_HTTPS && value_length(self->state->certificates) == 0)
        diag_error(node, "an HTTPS listener needs a certificate");
}

static void set_default_action(struct elbv2_listener *self, const struct elbv2_action *action)
{
    elbv2_action_bind(action, self, self->node);
    if (self->state->default_action)
        diag_warning(self->node, "the listener's default action is replaced; give one only");
    self->state->default_action = action;
}

static void open_to_everybody(struct elbv2_listener *self)
{
    static const char dual_stack_flag[] =
        "@aws-cdk/aws-elasticloadbalancingV2:albDualstackWithoutPublicIpv4SecurityGroupRulesDefault";
    enum elbv2_ip_address_type type = self->load_balancer->ip_address_type;
    const char *description = value_string(stringf("Allow from anyone on port %d", self->port));

    ec2_connections_allow_default_port_from_any_ipv4(self->connections, description);
    if (type == ELBV2_DUAL_STACK ||
        (type == ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4 && construct_context_flag(self->node, dual_stack_flag)))
        ec2_connections_allow_default_port_from(
            self->connections, ec2_peer_connections(ec2_peer_any_ipv6()), description);
}

static struct elbv2_listener *listener_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct elbv2_listener *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_elasticloadbalancingv2.ApplicationListener");
    self->state = arena_alloc(arena, sizeof(*self->state));
    return self;
}

// The checks that need no more than the props, and what they say about the listener itself.
static void settle(struct elbv2_listener *self, const struct elbv2_listener_props *p)
{
    self->protocol = p->protocol;
    self->port = p->port;
    if (!p->protocol && !p->port)
        diag_error(self->node, "a listener needs a 'port' or a 'protocol'");
    elbv2_complete_protocol_and_port(self->node, &self->protocol, &self->port);
    if (p->mutual_authentication)
        check_mutual_authentication(self->node, p->mutual_authentication);
    if (self->protocol == ELBV2_HTTP && p->certificate_arns && *p->certificate_arns)
        diag_warning(self->node, "an HTTP listener takes no certificates; use HTTPS");
    if (p->default_action && p->default_target_groups)
        diag_error(self->node, "give at most one of 'default_action' and 'default_target_groups'");
}

struct elbv2_listener *elbv2_load_balancer_add_listener(
    struct elbv2_load_balancer *load_balancer, const char *id, const struct elbv2_listener_props *p)
{
    struct elbv2_listener *self = listener_make(load_balancer->node, id);

    self->load_balancer = load_balancer;
    settle(self, p);
    self->state->certificates = omit_empty(array());
    self->resource = resource_new(
        self->node, "Resource", "AWS::ElasticLoadBalancingV2::Listener", listener_properties(self, p));
    self->listener_arn = ref(self->resource);
    construct_add_validation(self->node, validate, self);
    if (p->certificate_arns)
        elbv2_listener_add_certificates(self, "DefaultCertificates", p->certificate_arns);
    self->connections = ec2_connections_new(
        self->node, ec2_connections_security_groups(load_balancer->connections, &(size_t){ 0 }));
    ec2_connections_set_default_port(self->connections, ec2_port_tcp(self->port));
    if (p->default_action)
        set_default_action(self, p->default_action);
    else if (p->default_target_groups)
        set_default_action(self, elbv2_forward(p->default_target_groups, (struct duration){ 0 }));
    if (p->open != NO)
        open_to_everybody(self);
    return self;
}

struct elbv2_listener *elbv2_listener_from_attributes(
    struct construct *scope, const char *id, const struct elbv2_listener_attributes *attributes)
{
    struct elbv2_listener *self = listener_make(scope, id);

    self->listener_arn = attributes->listener_arn;
    self->port = attributes->default_port;
    self->connections =
        ec2_connections_new(self->node, (struct ec2_security_group *[]){ attributes->security_group, NULL });
    if (attributes->default_port)
        ec2_connections_set_default_port(self->connections, ec2_port_tcp(attributes->default_port));
    return self;
}

static struct value *certificate(struct value *arn)
{
    return object((struct field[]){ { "CertificateArn", arn }, END });
}

// A listener holds one certificate itself; each of the others is a resource of its own.
static void certificate_new(struct elbv2_listener *listener, const char *id, struct value *certificates)
{
    struct construct *node =
        construct_new(listener->node, id, "aws_elasticloadbalancingv2.ApplicationListenerCertificate");

    resource_new(node, "Resource", "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        object((struct field[]){
            { "Certificates", certificates },
            { "ListenerArn", listener->listener_arn },
            END,
        }));
}

void elbv2_listener_add_certificates(
    struct elbv2_listener *listener, const char *id, struct value *const *certificate_arns)
{
    struct value *own = listener->state->certificates;
    struct value *all = array();

    if (own && value_length(own) == 0 && *certificate_arns)
        array_append(own, certificate(*certificate_arns++));
    for (int i = 1; certificate_arns[i - 1]; i++) {
        struct value *list = array_of((struct value *[]){ certificate(certificate_arns[i - 1]), NULL });

        if (own)
            certificate_new(listener, value_string(stringf("%s%d", id, i)), list);
        else
            array_append_all(all, list);
    }
    if (!own)
        certificate_new(listener, id, all);
}

void elbv2_listener_set_attribute(struct elbv2_listener *listener, const char *key, const char *value)
{
    elbv2_attributes_set(&listener->state->attributes, key, string(value));
}

// Conditions and a priority belong together.
static bool is_consistent(const struct elbv2_rule_match *match)
{
    bool has_conditions = match->conditions && match->conditions->field != ELBV2_CONDITION_END;

    return has_conditions == (match->priority != 0);
}

static bool is_rule(const struct elbv2_rule_match *match)
{
    return match && match->priority;
}

// An action under conditions is a rule; another one is the default action.
static void add_action(struct elbv2_listener *listener, const char *rule_id, struct elbv2_action *action,
    const struct elbv2_rule_match *match)
{
    if (match && !is_consistent(match))
        diag_error(listener->node, "an action with conditions needs a 'priority', and the other way round");
    else if (is_rule(match))
        elbv2_listener_rule_new(listener->node, rule_id,
            &(struct elbv2_listener_rule_props){ .listener = listener, .match = *match, .action = action });
    else if (listener->resource)
        set_default_action(listener, action);
    else
        diag_error(listener->node,
            "an imported listener keeps its default action; give a 'priority' and conditions");
}

static const char *with_rule_suffix(const char *id)
{
    return value_string(stringf("%sRule", id));
}

void elbv2_listener_add_action(struct elbv2_listener *listener, const char *id, struct elbv2_action *action,
    const struct elbv2_rule_match *match)
{
    add_action(listener, with_rule_suffix(id), action, match);
}

void elbv2_listener_add_target_groups(struct elbv2_listener *listener, const char *id,
    struct elbv2_target_group *const *groups, const struct elbv2_rule_match *match)
{
    const char *rule_id = listener->resource ? with_rule_suffix(id) : id;

    add_action(listener, rule_id, elbv2_forward(groups, (struct duration){ 0 }), match);
}

struct elbv2_target_group *elbv2_listener_add_targets(struct elbv2_listener *listener, const char *id,
    const struct elbv2_target_group_props *props, const struct elbv2_rule_match *match)
{
    struct elbv2_target_group_props p = *props;
    struct elbv2_target_group *group;

    if (!p.vpc && listener->load_balancer)
        p.vpc = listener->load_balancer->vpc;
    if (!listener->load_balancer || !listener->load_balancer->vpc)
        diag_error(listener->node,
            "targets can be added where the load balancer's VPC is known; make a target group and add that");
    group = elbv2_target_group_new(listener->node, value_string(stringf("%sGroup", id)), &p);
    elbv2_listener_add_target_groups(listener, id, (struct elbv2_target_group *[]){ group, NULL }, match);
    return group;
}

void elbv2_listener_register_connectable(
    struct elbv2_listener *listener, struct ec2_connections *connections, struct ec2_port port)
{
    static const char description[] = "Load balancer to target";

    if (listener->load_balancer)
        ec2_connections_allow_from(connections, listener->load_balancer->connections, port, description);
    else
        ec2_connections_allow_to(listener->connections, connections, port, description);
}
