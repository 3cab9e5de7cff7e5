// SPDX-License-Identifier: MIT
#include "aws/ec2/ec2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#define DISABLE_INLINE_RULES "@aws-cdk/aws-ec2.securityGroupDisableInlineRules"

// CloudFormation gives a group without egress rules one that allows everything; this one, which matches no
// packet, keeps it from that.
static struct security_rule no_traffic(void)
{
    return (struct security_rule){
        .direction = RULE_EGRESS,
        .peer = peer_of_known_range(PEER_IPV4, "255.255.255.255/32"),
        .port = ec2_port_icmp_type_and_code(252, 86),
        .description = string("Disallow all traffic"),
    };
}

static struct security_rule all_traffic(struct ec2_peer *peer, const char *description)
{
    return (struct security_rule){
        .direction = RULE_EGRESS,
        .peer = peer,
        .port = ec2_port_all_traffic(),
        .description = string(description),
    };
}

static void add_inline(struct ec2_security_group *group, const struct security_rule *rule)
{
    struct security_rule_list *list = &group->state->inline_rules[rule->direction];

    for (size_t i = 0; i < list->length; i++)
        if (security_rules_equal(&list->rules[i], rule))
            return;
    list->rules = arena_grow(
        construct_arena(group->node), list->rules, list->length, &list->capacity, sizeof(*list->rules));
    list->rules[list->length++] = *rule;
}

static struct resource *add_default_rule(struct ec2_security_group *group, const struct security_rule *rule)
{
    if (group->state->disable_inline_rules)
        return security_group_add_rule_resource(group, rule, false);
    add_inline(group, rule);
    return NULL;
}

static bool no_traffic_rule_is_wanted(void *data)
{
    const struct ec2_security_group_state *state = data;

    return !state->has_egress_rules;
}

static void add_default_egress_rules(struct ec2_security_group *group)
{
    struct security_rule rule;

    if (group->allow_all_outbound) {
        rule = all_traffic(ec2_peer_any_ipv4(), "Allow all outbound traffic by default");
        add_default_rule(group, &rule);
    } else {
        struct resource *resource;

        rule = no_traffic();
        resource = add_default_rule(group, &rule);
        if (resource)
            resource_set_condition_to_synthesize(resource, no_traffic_rule_is_wanted, group->state);
    }
    if (group->allow_all_ipv6_outbound) {
        rule = all_traffic(ec2_peer_any_ipv6(), "Allow all outbound ipv6 traffic by default");
        add_default_rule(group, &rule);
    }
}

static struct value *list_value(const struct security_rule_list *list, const struct security_rule *without)
{
    struct value *rules = array();

    for (size_t i = 0; i < list->length; i++)
        if (!without || !security_rules_equal(&list->rules[i], without))
            array_append(rules, security_rule_value(&list->rules[i], NULL));
    return value_length(rules) ? rules : NULL;
}

static struct value *ingress_value(void *data)
{
    const struct ec2_security_group_state *state = data;

    return list_value(&state->inline_rules[RULE_INGRESS], NULL);
}

static struct value *egress_value(void *data)
{
    const struct ec2_security_group_state *state = data;
    struct security_rule nothing = no_traffic();

    return list_value(&state->inline_rules[RULE_EGRESS], state->has_egress_rules ? &nothing : NULL);
}

static struct value *group_properties(
    const struct ec2_security_group *group, const struct ec2_security_group_props *p)
{
    return object((struct field[]){
        { "GroupDescription", string(p->description ? p->description : construct_path(group->node)) },
        { "GroupName", p->security_group_name },
        { "SecurityGroupEgress", lazy(egress_value, group->state) },
        { "SecurityGroupIngress", lazy(ingress_value, group->state) },
        { "VpcId", p->vpc ? p->vpc->vpc_id : NULL },
        END,
    });
}

static struct ec2_security_group *allocate(struct construct *scope, const char *id, const char *type)
{
    struct arena *arena = construct_arena(scope);
    struct ec2_security_group *group = arena_alloc(arena, sizeof(*group));

    group->node = construct_new(scope, id, type);
    group->state = arena_alloc(arena, sizeof(*group->state));
    return group;
}

static void connect(struct ec2_security_group *group)
{
    group->peer = peer_of_group(group);
    group->connections = connections_of_group(group);
    group->peer->connections = group->connections;
}

struct ec2_security_group *ec2_security_group_new(
    struct construct *scope, const char *id, const struct ec2_security_group_props *props)
{
    struct ec2_security_group *group = allocate(scope, id, "ec2.SecurityGroup");

    if (!props->vpc)
        diag_error(group->node, "a security group needs a VPC");
    group->allow_all_outbound = toggle_or(props->allow_all_outbound, true);
    group->allow_all_ipv6_outbound = props->allow_all_ipv6_outbound;
    group->state->disable_inline_rules =
        toggle_or(props->disable_inline_rules, construct_context_flag(group->node, DISABLE_INLINE_RULES));
    group->resource =
        resource_new(group->node, "Resource", "AWS::EC2::SecurityGroup", group_properties(group, props));
    group->security_group_id = get_att(group->resource, "GroupId");
    group->security_group_vpc_id = get_att(group->resource, "VpcId");
    group->security_group_name = ref(group->resource);
    connect(group);
    add_default_egress_rules(group);
    return group;
}

struct ec2_security_group *ec2_security_group_from_id(struct construct *scope, const char *id,
    struct value *security_group_id, const struct ec2_security_group_import *options)
{
    struct ec2_security_group *group = allocate(scope, id, "Resource");

    group->security_group_id = security_group_id;
    group->allow_all_outbound = toggle_or(options ? options->allow_all_outbound : TOGGLE_DEFAULT, true);
    group->state->kind = options && options->immutable ? GROUP_IMMUTABLE_IMPORT : GROUP_MUTABLE_IMPORT;
    group->state->disable_inline_rules = true;
    connect(group);
    return group;
}

static struct value *rule_description(
    const char *given, const char *preposition, const struct ec2_peer *peer, struct ec2_port port)
{
    return given ? string(given) : concatf("%s %v:%s", preposition, peer->id, port.description);
}

static bool is_inline(const struct ec2_security_group *group, const struct security_rule *rule)
{
    return !group->state->disable_inline_rules && security_rule_can_be_inline(rule);
}

static bool check_peer(struct ec2_security_group *group, const struct ec2_peer *peer)
{
    if (peer->problem)
        diag_error(group->node, "%s", peer->problem);
    return !peer->problem;
}

void ec2_security_group_add_ingress_rule(struct ec2_security_group *group, struct ec2_peer *peer,
    struct ec2_port port, const char *description, bool remote_rule)
{
    struct security_rule rule = { .direction = RULE_INGRESS, .peer = peer, .port = port };

    if (group->state->kind == GROUP_IMMUTABLE_IMPORT || !check_peer(group, peer))
        return;
    rule.description = rule_description(description, "from", peer, port);
    if (is_inline(group, &rule))
        add_inline(group, &rule);
    else
        security_group_add_rule_resource(group, &rule, remote_rule);
}

// Whether the group lets everything out anyway, so that a rule would say nothing.
static bool is_egress_open(struct ec2_security_group *group, const struct ec2_peer *peer, bool remote_rule)
{
    bool is_owned = group->state->kind == GROUP_OWNED;
    bool is_ipv6 = is_owned && peer->kind == PEER_IPV6;

    if (!(is_ipv6 ? group->allow_all_ipv6_outbound : group->allow_all_outbound))
        return false;
    if (!remote_rule && is_owned)
        diag_warning(group->node,
            "an egress rule is ignored, because everything may go out: set '%s' to no for rules of your own",
            is_ipv6 ? "allow_all_ipv6_outbound" : "allow_all_outbound");
    return true;
}

void ec2_security_group_add_egress_rule(struct ec2_security_group *group, struct ec2_peer *peer,
    struct ec2_port port, const char *description, bool remote_rule)
{
    struct security_rule rule = { .direction = RULE_EGRESS, .peer = peer, .port = port };

    if (group->state->kind == GROUP_IMMUTABLE_IMPORT || !check_peer(group, peer) ||
        is_egress_open(group, peer, remote_rule))
        return;
    if (peer->kind != PEER_IPV6)
        group->state->has_egress_rules = true;
    if (!is_inline(group, &rule)) {
        rule.description = rule_description(description, "to", peer, port);
        security_group_add_rule_resource(group, &rule, remote_rule);
        return;
    }
    // The CDK says "from" here as well.
    rule.description = rule_description(description, "from", peer, port);
    if (security_rule_is_all_traffic(&rule))
        diag_error(group->node,
            "a rule cannot allow all egress: set 'allow_all_outbound' or 'allow_all_ipv6_outbound' of the "
            "security group");
    add_inline(group, &rule);
}
