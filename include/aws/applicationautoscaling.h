// SPDX-License-Identifier: MIT
#ifndef AWS_APPLICATIONAUTOSCALING_H
#define AWS_APPLICATIONAUTOSCALING_H

// Automatic scaling of anything with a capacity (Application Auto Scaling): the scalable target, and what
// changes its capacity: target tracking, steps, schedules. Everything lives in the app's arena.

#include "aws/iam.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct cloudwatch_alarm;
struct cloudwatch_metric;
struct construct;

enum applicationautoscaling_service_namespace {
    APPLICATIONAUTOSCALING_ECS = 1,
    APPLICATIONAUTOSCALING_ELASTIC_MAP_REDUCE,
    APPLICATIONAUTOSCALING_EC2,
    APPLICATIONAUTOSCALING_APPSTREAM,
    APPLICATIONAUTOSCALING_DYNAMODB,
    APPLICATIONAUTOSCALING_RDS,
    APPLICATIONAUTOSCALING_SAGEMAKER,
    APPLICATIONAUTOSCALING_CUSTOM_RESOURCE,
    APPLICATIONAUTOSCALING_LAMBDA,
    APPLICATIONAUTOSCALING_COMPREHEND,
    APPLICATIONAUTOSCALING_KAFKA,
    APPLICATIONAUTOSCALING_ELASTICACHE,
    APPLICATIONAUTOSCALING_NEPTUNE,
    APPLICATIONAUTOSCALING_CASSANDRA,
    APPLICATIONAUTOSCALING_WORKSPACES,
};

struct applicationautoscaling_scalable_target {
    struct construct *node;
    struct resource *resource;
    struct value *scalable_target_id;
    struct iam_role *role;
    struct value *scheduled_actions; // array; grows until synthesis
};
struct applicationautoscaling_scalable_target_props {
    enum applicationautoscaling_service_namespace service_namespace; // required
    struct value *resource_id;                                       // required: "service/CLUSTER/SERVICE"
    const char *scalable_dimension;                                  // required: "ecs:service:DesiredCount"
    int min_capacity;                                                // at most max_capacity
    int max_capacity;
    struct iam_role *role; // default: a new one
};
struct applicationautoscaling_scalable_target *applicationautoscaling_scalable_target_new(
    struct construct *scope, const char *id,
    const struct applicationautoscaling_scalable_target_props *props);

// Schedules

struct applicationautoscaling_cron {
    const char *minute; // default "*", with a warning
    const char *hour;   // default "*"
    const char *day;    // default "*"; at most one of day and week_day
    const char *month;  // default "*"
    const char *week_day;
    const char *year; // default "*"
};
// Exactly one of them.
struct applicationautoscaling_schedule {
    const char *expression; // "rate(1 day)", "cron(0 8 * * ? *)", "at(2026-01-31T08:00:00)"
    struct duration rate;   // whole minutes
    const struct applicationautoscaling_cron *cron;
};
struct applicationautoscaling_schedule_props {
    struct applicationautoscaling_schedule schedule; // required
    const char *start_time;                          // UTC, "2026-01-31T08:00:00Z"; default: at once
    const char *end_time;                            // default: never
    const char *time_zone;                           // "Europe/Berlin"; default UTC
    struct count min_capacity;                       // at least one of min_capacity and max_capacity
    struct count max_capacity;
};
// `id` is the name of the action.
void applicationautoscaling_scalable_target_scale_on_schedule(
    struct applicationautoscaling_scalable_target *target, const char *id,
    const struct applicationautoscaling_schedule_props *props);

// Target tracking: keeps a metric at a value.

// Metrics that AWS knows how to track: the rows of applicationautoscaling_metrics.def.
enum applicationautoscaling_metric {
    APPLICATIONAUTOSCALING_METRIC_NONE,
#define SCALING_METRIC(name, metric) APPLICATIONAUTOSCALING_##name,
#include "aws/applicationautoscaling_metrics.def"
#undef SCALING_METRIC
};

struct applicationautoscaling_policy {
    struct construct *node;
    struct resource *resource;
    struct value *scaling_policy_arn;
};
struct applicationautoscaling_tracking_props {
    double target_value;                                  // required
    enum applicationautoscaling_metric predefined_metric; // exactly one of these two
    struct cloudwatch_metric *custom_metric;              // no expression, no percentile
    struct value *resource_label;       // for ALB_REQUEST_COUNT_PER_TARGET: "app/LB/ID/targetgroup/GROUP/ID"
    struct value *policy_name;          // default: from the path
    enum toggle disable_scale_in;       // default: CloudFormation's, which is no
    struct duration scale_in_cooldown;  // default: CloudFormation's, which is 300 s for ECS
    struct duration scale_out_cooldown; // likewise
};
struct applicationautoscaling_policy *applicationautoscaling_scalable_target_scale_to_track_metric(
    struct applicationautoscaling_scalable_target *target, const char *id,
    const struct applicationautoscaling_tracking_props *props);

// Steps: changes capacity by how far a metric is off.

enum applicationautoscaling_adjustment {
    APPLICATIONAUTOSCALING_CHANGE_IN_CAPACITY,
    APPLICATIONAUTOSCALING_PERCENT_CHANGE_IN_CAPACITY,
    APPLICATIONAUTOSCALING_EXACT_CAPACITY,
};
enum applicationautoscaling_aggregation {
    APPLICATIONAUTOSCALING_AGGREGATION_DEFAULT, // by the metric's statistic, else average
    APPLICATIONAUTOSCALING_AVERAGE,
    APPLICATIONAUTOSCALING_MINIMUM,
    APPLICATIONAUTOSCALING_MAXIMUM,
};
// While the metric is in [lower, upper): at least one of them; the others follow from the neighbours.
struct applicationautoscaling_step {
    struct count lower, upper;
    double change;
};
struct applicationautoscaling_step_props {
    struct cloudwatch_metric *metric;                // required
    const struct applicationautoscaling_step *steps; // step_count of them, 2 to 40
    size_t step_count;
    enum applicationautoscaling_adjustment adjustment_type; // default: change in capacity
    struct duration cooldown;                               // default: none
    int evaluation_periods;                                 // of the alarms; default 1
    int datapoints_to_alarm;                                // default: evaluation_periods
    enum applicationautoscaling_aggregation metric_aggregation_type;
    int min_adjustment_magnitude; // for percent changes; default: none
};
struct applicationautoscaling_step_policy {
    struct construct *node;
    struct applicationautoscaling_policy *lower_action, *upper_action; // NULL where no step needs it
    struct cloudwatch_alarm *lower_alarm, *upper_alarm;
};
struct applicationautoscaling_step_policy *applicationautoscaling_scalable_target_scale_on_metric(
    struct applicationautoscaling_scalable_target *target, const char *id,
    const struct applicationautoscaling_step_props *props);

#endif
