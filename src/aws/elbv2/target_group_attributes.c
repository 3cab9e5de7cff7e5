// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/diag.h"
#include "util/array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_SLOW_START = 30, MAX_SLOW_START = 900, MAX_STICKINESS = 7 * 24 * 60 * 60 };

static const char *const algorithms[] = {
    [ELBV2_ROUND_ROBIN] = "round_robin",
    [ELBV2_LEAST_OUTSTANDING_REQUESTS] = "least_outstanding_requests",
    [ELBV2_WEIGHTED_RANDOM] = "weighted_random",
};

// How many targets have to be healthy before traffic is sent elsewhere (Elastic Load Balancing guide, "Target
// group health").
#define HEALTH "target_group_health."
static const struct threshold {
    const char *key;
    int highest; // 0: any
    bool may_be_off;
} thresholds[] = {
    { HEALTH "dns_failover.minimum_healthy_targets.count", 0, true },
    { HEALTH "dns_failover.minimum_healthy_targets.percentage", 100, true },
    { HEALTH "unhealthy_state_routing.minimum_healthy_targets.count", 0, false },
    { HEALTH "unhealthy_state_routing.minimum_healthy_targets.percentage", 100, true },
};

static bool is_within(const struct threshold *threshold, const char *value)
{
    char *end;
    double n = strtod(value, &end);

    if (threshold->may_be_off && strcmp(value, "off") == 0)
        return true;
    return *value && !*end && n == floor(n) && n >= 1 && (!threshold->highest || n <= threshold->highest);
}

static void check_threshold(struct construct *node, const char *key, const char *value)
{
    for (size_t i = 0; i < ARRAY_SIZE(thresholds); i++) {
        const struct threshold *threshold = &thresholds[i];

        if (strcmp(threshold->key, key) == 0 && !is_within(threshold, value))
            diag_error(node, "'%s' must be a whole number from 1%s%s, got '%s'", key,
                threshold->highest ? " to 100" : "", threshold->may_be_off ? ", or 'off'" : "", value);
    }
}

void elbv2_target_group_set_attribute(struct elbv2_target_group *group, const char *key, const char *value)
{
    if (value)
        check_threshold(group->node, key, value);
    elbv2_attributes_set(&group->state->attributes, key, string(value));
}

static void set_seconds(struct elbv2_target_group *group, const char *key, struct duration duration)
{
    elbv2_target_group_set_attribute(
        group, key, value_string(stringf("%lld", (long long)duration_to_seconds(duration))));
}

static void set_threshold(
    struct elbv2_target_group *group, const struct threshold *threshold, struct count count)
{
    bool is_off = count.number == 0 && threshold->may_be_off;

    if (count.given)
        elbv2_target_group_set_attribute(
            group, threshold->key, is_off ? "off" : value_string(stringf("%.15g", count.number)));
}

static void set_health(struct elbv2_target_group *group, const struct elbv2_target_group_health *health)
{
    set_threshold(group, &thresholds[0], health->dns_minimum_healthy_target_count);
    set_threshold(group, &thresholds[1], health->dns_minimum_healthy_target_percentage);
    set_threshold(group, &thresholds[2], health->routing_minimum_healthy_target_count);
    set_threshold(group, &thresholds[3], health->routing_minimum_healthy_target_percentage);
}

static void set_slow_start(struct elbv2_target_group *group, const struct elbv2_target_group_props *p)
{
    int64_t seconds = duration_to_seconds(p->slow_start);

    if (!p->slow_start.given)
        return;
    if (seconds != 0 && (seconds < MIN_SLOW_START || seconds > MAX_SLOW_START))
        diag_error(group->node, "'slow_start' must be %d to %d seconds, or 0 for none", MIN_SLOW_START,
            MAX_SLOW_START);
    if (p->load_balancing_algorithm == ELBV2_WEIGHTED_RANDOM)
        diag_error(group->node, "'slow_start' cannot be combined with the weighted random algorithm");
    set_seconds(group, "slow_start.duration_seconds", p->slow_start);
}

static void check_cookie_name(struct construct *node, const char *name)
{
    if (!*name)
        diag_error(node, "the name of the stickiness cookie must not be empty");
    if (strncmp(name, "AWSALB", strlen("AWSALB")) == 0)
        diag_error(
            node, "stickiness cookie '%s': names that start with AWSALB are the load balancer's", name);
}

void elbv2_target_group_enable_cookie_stickiness(
    struct elbv2_target_group *group, struct duration duration, const char *cookie_name)
{
    int64_t seconds = duration_to_seconds(duration);

    if (seconds < 1 || seconds > MAX_STICKINESS)
        diag_error(group->node, "the stickiness cookie must last 1 second to 7 days");
    if (cookie_name)
        check_cookie_name(group->node, cookie_name);
    elbv2_target_group_set_attribute(group, "stickiness.enabled", "true");
    elbv2_target_group_set_attribute(group, "stickiness.type", cookie_name ? "app_cookie" : "lb_cookie");
    if (cookie_name) {
        elbv2_target_group_set_attribute(group, "stickiness.app_cookie.cookie_name", cookie_name);
        set_seconds(group, "stickiness.app_cookie.duration_seconds", duration);
    } else {
        set_seconds(group, "stickiness.lb_cookie.duration_seconds", duration);
    }
}

static void set_anomaly_mitigation(struct elbv2_target_group *group, const struct elbv2_target_group_props *p)
{
    enum toggle wanted = p->enable_anomaly_mitigation;

    if (wanted == YES && p->load_balancing_algorithm != ELBV2_WEIGHTED_RANDOM)
        diag_error(group->node, "anomaly mitigation needs the weighted random algorithm");
    if (wanted != TOGGLE_DEFAULT)
        elbv2_target_group_set_attribute(
            group, "load_balancing.algorithm.anomaly_mitigation", wanted == YES ? "on" : "off");
}

void elbv2_target_group_set_attributes(
    struct elbv2_target_group *group, const struct elbv2_target_group_props *p)
{
    if (p->deregistration_delay.given)
        set_seconds(group, "deregistration_delay.timeout_seconds", p->deregistration_delay);
    if (p->cross_zone_enabled != TOGGLE_DEFAULT)
        elbv2_target_group_set_attribute(
            group, "load_balancing.cross_zone.enabled", p->cross_zone_enabled == YES ? "true" : "false");
    set_health(group, &p->health);
    set_slow_start(group, p);
    if (p->stickiness_cookie_duration.given)
        elbv2_target_group_enable_cookie_stickiness(
            group, p->stickiness_cookie_duration, p->stickiness_cookie_name);
    else
        elbv2_target_group_set_attribute(group, "stickiness.enabled", "false");
    if (p->load_balancing_algorithm)
        elbv2_target_group_set_attribute(
            group, "load_balancing.algorithm.type", algorithms[p->load_balancing_algorithm]);
    if (p->multi_value_headers_enabled)
        elbv2_target_group_set_attribute(group, "lambda.multi_value_headers.enabled", "true");
    if (p->multi_value_headers_enabled && p->target_type != ELBV2_TARGET_LAMBDA)
        diag_error(group->node, "'multi_value_headers_enabled' is for functions only");
    set_anomaly_mitigation(group, p);
}
