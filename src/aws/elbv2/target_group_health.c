// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static struct value *health_check_properties(const struct elbv2_health_check *check)
{
    struct value *matcher = object((struct field[]){
        { "GrpcCode", string(check->healthy_grpc_codes) },
        { "HttpCode", string(check->healthy_http_codes) },
        END,
    });
    int healthy = check->healthy_threshold_count;
    int unhealthy = check->unhealthy_threshold_count;

    return object((struct field[]){
        { "HealthCheckEnabled", toggle_value(check->enabled) },
        { "HealthCheckIntervalSeconds", seconds_value(check->interval) },
        { "HealthCheckPath", string(check->path) },
        { "HealthCheckPort", string(check->port) },
        { "HealthCheckProtocol", string(elbv2_protocol_name(check->protocol)) },
        { "HealthCheckTimeoutSeconds", seconds_value(check->timeout) },
        { "HealthyThresholdCount", healthy ? number(healthy) : NULL },
        { "Matcher", omit_empty(matcher) },
        { "UnhealthyThresholdCount", unhealthy ? number(unhealthy) : NULL },
        END,
    });
}

void elbv2_target_group_configure_health_check(
    struct elbv2_target_group *group, const struct elbv2_health_check *health_check)
{
    struct elbv2_target_group_state *state = group->state;

    state->health_check_properties = health_check_properties(health_check);
    state->health_check_interval = health_check->interval;
    state->health_check_timeout = health_check->timeout;
}

static void validate_health_check(struct construct *node, const struct elbv2_target_group_state *state)
{
    struct duration interval = state->health_check_interval;
    struct duration timeout = state->health_check_timeout;

    if (interval.given && timeout.given && interval.milliseconds <= timeout.milliseconds)
        diag_error(node, "the interval of the health check, %g s, must be longer than its timeout, %g s",
            (double)interval.milliseconds / 1000, (double)timeout.milliseconds / 1000);
}

void elbv2_target_group_validate(struct construct *node, void *data)
{
    const struct elbv2_target_group *group = data;
    const struct elbv2_target_group_state *state = group->state;
    bool is_lambda = state->target_type == ELBV2_TARGET_LAMBDA;

    if (!state->target_type && value_length(state->targets) == 0)
        diag_warning(node, "a target group without targets should say its 'target_type'");
    if (!is_lambda && !state->vpc)
        diag_error(node, "a target group needs a 'vpc', except for functions");
    if (state->target_type && !is_lambda && !state->protocol)
        diag_error(node, "a target group needs a 'protocol' or a 'port', except for functions");
    if (is_lambda && state->protocol)
        diag_error(node, "a target group for a function has no 'protocol' and no 'port'");
    validate_health_check(node, state);
}
