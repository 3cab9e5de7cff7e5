// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

static const char *const target_types[] = {
    [ELBV2_TARGET_INSTANCE] = "instance",
    [ELBV2_TARGET_IP] = "ip",
    [ELBV2_TARGET_LAMBDA] = "lambda",
    [ELBV2_TARGET_ALB] = "alb",
};
static const char *const protocol_versions[] = {
    [ELBV2_HTTP1] = "HTTP1",
    [ELBV2_HTTP2] = "HTTP2",
    [ELBV2_GRPC] = "GRPC",
};

struct elbv2_target elbv2_instance_target(struct value *instance_id, int port)
{
    return (struct elbv2_target){ .type = ELBV2_TARGET_INSTANCE, .id = instance_id, .port = port };
}

struct elbv2_target elbv2_ip_target(struct value *address, int port)
{
    return (struct elbv2_target){ .type = ELBV2_TARGET_IP, .id = address, .port = port };
}

// Targets that join later decide about the type, and so about the VPC.
static struct value *produce_target_type(void *data)
{
    const struct elbv2_target_group_state *state = data;

    return string(target_types[state->target_type]);
}

static struct value *produce_vpc_id(void *data)
{
    const struct elbv2_target_group_state *state = data;

    return state->vpc && state->target_type != ELBV2_TARGET_LAMBDA ? state->vpc->vpc_id : NULL;
}

struct health_check_field {
    const struct elbv2_target_group_state *state;
    const char *key;
};

static struct value *produce_health_check(void *data)
{
    const struct health_check_field *field = data;

    return object_get(field->state->health_check_properties, field->key);
}

static struct value *health_check_field(struct elbv2_target_group *self, const char *key)
{
    struct health_check_field *field = arena_alloc(construct_arena(self->node), sizeof(*field));

    *field = (struct health_check_field){ self->state, key };
    return lazy(produce_health_check, field);
}

static struct value *target_group_properties(
    struct elbv2_target_group *self, const struct elbv2_target_group_props *p)
{
    struct elbv2_target_group_state *state = self->state;

    return object((struct field[]){
        { "HealthCheckEnabled", health_check_field(self, "HealthCheckEnabled") },
        { "HealthCheckIntervalSeconds", health_check_field(self, "HealthCheckIntervalSeconds") },
        { "HealthCheckPath", health_check_field(self, "HealthCheckPath") },
        { "HealthCheckPort", health_check_field(self, "HealthCheckPort") },
        { "HealthCheckProtocol", health_check_field(self, "HealthCheckProtocol") },
        { "HealthCheckTimeoutSeconds", health_check_field(self, "HealthCheckTimeoutSeconds") },
        { "HealthyThresholdCount", health_check_field(self, "HealthyThresholdCount") },
        { "IpAddressType", string(elbv2_ip_address_type_name(p->ip_address_type)) },
        { "Matcher", health_check_field(self, "Matcher") },
        { "Name", p->target_group_name },
        { "Port", state->port ? number(state->port) : NULL },
        { "Protocol", string(elbv2_protocol_name(state->protocol)) },
        { "ProtocolVersion", string(protocol_versions[p->protocol_version]) },
        { "TargetGroupAttributes", elbv2_attributes_value(&state->attributes) },
        { "TargetType", lazy(produce_target_type, state) },
        { "Targets", state->targets },
        { "UnhealthyThresholdCount", health_check_field(self, "UnhealthyThresholdCount") },
        { "VpcId", lazy(produce_vpc_id, state) },
        END,
    });
}

static struct elbv2_target_group *target_group_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct elbv2_target_group *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_elasticloadbalancingv2.ApplicationTargetGroup");
    self->state = arena_alloc(arena, sizeof(*self->state));
    return self;
}

static void set_references(struct elbv2_target_group *self)
{
    self->target_group_arn = ref(self->resource);
    self->target_group_full_name = get_att(self->resource, "TargetGroupFullName");
    self->target_group_name = get_att(self->resource, "TargetGroupName");
    self->load_balancer_arns = get_att_list(self->resource, "LoadBalancerArns");
}

struct elbv2_target_group *elbv2_target_group_new(
    struct construct *scope, const char *id, const struct elbv2_target_group_props *props)
{
    struct elbv2_target_group *self = target_group_make(scope, id);
    struct elbv2_target_group_state *state = self->state;

    state->vpc = props->vpc;
    state->target_type = props->target_type;
    state->protocol = props->protocol;
    state->port = props->port;
    elbv2_complete_protocol_and_port(self->node, &state->protocol, &state->port);
    state->targets = omit_empty(array());
    elbv2_target_group_configure_health_check(self, &props->health_check);
    elbv2_check_name(self->node, "target group", props->target_group_name);
    self->resource = resource_new(self->node, "Resource", "AWS::ElasticLoadBalancingV2::TargetGroup",
        target_group_properties(self, props));
    set_references(self);
    elbv2_target_group_set_attributes(self, props);
    for (const struct elbv2_target *target = props->targets; target && target->type; target++)
        elbv2_target_group_add_target(self, target);
    if (state->target_type == ELBV2_TARGET_LAMBDA)
        elbv2_target_group_set_attribute(self, "stickiness.enabled", NULL);
    construct_add_validation(self->node, elbv2_target_group_validate, self);
    return self;
}

static struct value *target_json(const struct elbv2_target *target)
{
    return object((struct field[]){
        { "AvailabilityZone", string(target->availability_zone) },
        { "Id", target->id },
        { "Port", target->port ? number(target->port) : NULL },
        END,
    });
}

void elbv2_target_group_add_target(struct elbv2_target_group *group, const struct elbv2_target *target)
{
    struct elbv2_target_group_state *state = group->state;

    if (target->attach)
        target->attach(group, target->data);
    if (!group->resource) {
        if (target->id)
            diag_error(group->node, "an imported target group takes only targets that register themselves");
        return;
    }
    if (state->target_type && state->target_type != target->type)
        diag_error(group->node, "the target group has targets of type '%s'; one of type '%s' cannot join",
            target_types[state->target_type], target_types[target->type]);
    state->target_type = target->type;
    if (target->type == ELBV2_TARGET_LAMBDA) {
        if (value_length(state->targets))
            diag_error(group->node, "a target group holds one function only; make another target group");
        elbv2_target_group_set_attribute(group, "stickiness.enabled", NULL);
    }
    array_append(state->targets, target->id ? target_json(target) : NULL);
}

struct elbv2_target_group *elbv2_target_group_from_arn(
    struct construct *scope, const char *id, struct value *target_group_arn)
{
    struct elbv2_target_group *self = target_group_make(scope, id);
    struct arn arn = arn_split(self->node, target_group_arn, ARN_NO_RESOURCE_NAME);
    struct arn parts = arn_split(self->node, target_group_arn, ARN_SLASH_RESOURCE_NAME);
    const char *name = value_string(parts.resource_name);

    self->target_group_arn = target_group_arn;
    self->target_group_full_name = arn.resource;
    self->target_group_name = name ? string_n(name, strcspn(name, "/")) : parts.resource_name;
    self->load_balancer_arns = aws_no_value();
    return self;
}
