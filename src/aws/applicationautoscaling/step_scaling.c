// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling.h"
#include "aws/applicationautoscaling/intervals.h"
#include "aws/cloudwatch/metric_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/array.h"

#include <string.h>

enum { MIN_STEPS = 2, MAX_STEPS = 40 };

static const char *const adjustment_types[] = {
    [APPLICATIONAUTOSCALING_CHANGE_IN_CAPACITY] = "ChangeInCapacity",
    [APPLICATIONAUTOSCALING_PERCENT_CHANGE_IN_CAPACITY] = "PercentChangeInCapacity",
    [APPLICATIONAUTOSCALING_EXACT_CAPACITY] = "ExactCapacity",
};
static const char *const aggregations[] = {
    [APPLICATIONAUTOSCALING_AVERAGE] = "Average",
    [APPLICATIONAUTOSCALING_MINIMUM] = "Minimum",
    [APPLICATIONAUTOSCALING_MAXIMUM] = "Maximum",
};

static void check_alarm(struct construct *node, const struct applicationautoscaling_step_props *p)
{
    if (p->datapoints_to_alarm && !p->evaluation_periods)
        diag_error(node, "'datapoints_to_alarm' needs 'evaluation_periods'");
    else if (p->datapoints_to_alarm < 0 || p->datapoints_to_alarm > p->evaluation_periods)
        diag_error(node, "'datapoints_to_alarm' must be 1 to 'evaluation_periods', %d, got %d",
            p->evaluation_periods, p->datapoints_to_alarm);
}

// Whether there is enough to make alarms of.
static bool check(struct construct *node, const struct applicationautoscaling_step_props *p)
{
    if (!p->metric) {
        diag_error(node, "step scaling needs a 'metric'");
    } else if (p->evaluation_periods < 0) {
        diag_error(node, "'evaluation_periods' must be at least 1, got %d", p->evaluation_periods);
    } else if (p->step_count < MIN_STEPS || p->step_count > MAX_STEPS) {
        diag_error(node, "step scaling needs %d to %d steps, got %zu", MIN_STEPS, MAX_STEPS, p->step_count);
    } else {
        check_alarm(node, p);
        return true;
    }
    return false;
}

static const char *aggregation(const struct applicationautoscaling_step_props *p)
{
    const char *statistic = p->metric->kind == METRIC_STAT ? p->metric->statistic : NULL;

    if (p->metric_aggregation_type)
        return aggregations[p->metric_aggregation_type];
    for (size_t i = 1; statistic && i < ARRAY_SIZE(aggregations); i++)
        if (strcmp(aggregations[i], statistic) == 0)
            return statistic;
    return statistic ? "Average" : NULL;
}

static struct applicationautoscaling_policy *action_new(struct construct *scope, const char *id,
    const struct applicationautoscaling_scalable_target *target,
    const struct applicationautoscaling_step_props *p, struct value *adjustments)
{
    struct applicationautoscaling_policy *self = arena_alloc(construct_arena(scope), sizeof(*self));
    int magnitude = p->min_adjustment_magnitude;
    struct value *configuration = object((struct field[]){
        { "AdjustmentType", string(adjustment_types[p->adjustment_type]) },
        { "Cooldown", seconds_value(p->cooldown) },
        { "MetricAggregationType", string(aggregation(p)) },
        { "MinAdjustmentMagnitude", magnitude ? number(magnitude) : NULL },
        { "StepAdjustments", adjustments },
        END,
    });

    self->node = construct_new(scope, id, "aws_applicationautoscaling.StepScalingAction");
    self->resource = resource_new(self->node, "Resource", "AWS::ApplicationAutoScaling::ScalingPolicy",
        object((struct field[]){
            { "PolicyName", string(names_unique_id(self->node)) },
            { "PolicyType", string("StepScaling") },
            { "ScalingTargetId", target->scalable_target_id },
            { "StepScalingPolicyConfiguration", configuration },
            END,
        }));
    self->scaling_policy_arn = ref(self->resource);
    return self;
}

// Bounds of an adjustment are relative to the alarm's threshold; the outermost one is open.
static struct value *adjustment(
    const struct scaling_interval *interval, double threshold, bool has_lower, bool has_upper)
{
    return object((struct field[]){
        { "MetricIntervalLowerBound", has_lower ? number(interval->lower.number - threshold) : NULL },
        { "MetricIntervalUpperBound", has_upper ? number(interval->upper.number - threshold) : NULL },
        { "ScalingAdjustment", number(interval->change.number) },
        END,
    });
}

static struct value *adjustments_below(const struct scaling_intervals *intervals, int first, double threshold)
{
    struct value *list = array();

    for (int i = first; i >= 0; i--)
        array_append(list, adjustment(&intervals->items[i], threshold, i != 0, true));
    return list;
}

static struct value *adjustments_above(const struct scaling_intervals *intervals, int first, double threshold)
{
    struct value *list = array();
    int last = (int)intervals->count - 1;

    for (int i = first; i <= last; i++)
        array_append(list, adjustment(&intervals->items[i], threshold, true, i != last));
    return list;
}

static struct cloudwatch_alarm *alarm_new(struct construct *scope, const char *id,
    const struct applicationautoscaling_step_props *p, struct cloudwatch_alarm_props props,
    const struct applicationautoscaling_policy *action)
{
    struct cloudwatch_alarm *alarm;

    props.metric = p->metric;
    props.evaluation_periods = p->evaluation_periods ? p->evaluation_periods : 1;
    props.datapoints_to_alarm = p->datapoints_to_alarm;
    alarm = cloudwatch_alarm_new(scope, id, &props);
    cloudwatch_alarm_add_alarm_action(alarm, (struct cloudwatch_alarm_action){ action->scaling_policy_arn });
    return alarm;
}

static void add_lower(struct applicationautoscaling_step_policy *self,
    const struct applicationautoscaling_scalable_target *target,
    const struct applicationautoscaling_step_props *p, const struct scaling_intervals *intervals, int index)
{
    double threshold = intervals->items[index].upper.number;

    self->lower_action =
        action_new(self->node, "LowerPolicy", target, p, adjustments_below(intervals, index, threshold));
    self->lower_alarm = alarm_new(self->node, "LowerAlarm", p,
        (struct cloudwatch_alarm_props){
            .alarm_description = "Lower threshold scaling alarm",
            .comparison_operator = CLOUDWATCH_LESS_THAN_OR_EQUAL_TO_THRESHOLD,
            .threshold = count(threshold),
        },
        self->lower_action);
}

static void add_upper(struct applicationautoscaling_step_policy *self,
    const struct applicationautoscaling_scalable_target *target,
    const struct applicationautoscaling_step_props *p, const struct scaling_intervals *intervals, int index)
{
    double threshold = intervals->items[index].lower.number;

    self->upper_action =
        action_new(self->node, "UpperPolicy", target, p, adjustments_above(intervals, index, threshold));
    self->upper_alarm = alarm_new(self->node, "UpperAlarm", p,
        (struct cloudwatch_alarm_props){
            .alarm_description = "Upper threshold scaling alarm",
            .comparison_operator = CLOUDWATCH_GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            .threshold = count(threshold),
        },
        self->upper_action);
}

struct applicationautoscaling_step_policy *applicationautoscaling_scalable_target_scale_on_metric(
    struct applicationautoscaling_scalable_target *target, const char *id,
    const struct applicationautoscaling_step_props *props)
{
    struct applicationautoscaling_step_policy *self =
        arena_alloc(construct_arena(target->node), sizeof(*self));
    bool absolute = props->adjustment_type == APPLICATIONAUTOSCALING_EXACT_CAPACITY;
    struct scaling_intervals intervals;
    int lower, upper;

    self->node = construct_new(target->node, id, "aws_applicationautoscaling.StepScalingPolicy");
    if (!check(self->node, props) ||
        !scaling_intervals_normalize(self->node, props->steps, props->step_count, absolute, &intervals))
        return self;
    scaling_intervals_find_alarms(&intervals, &lower, &upper);
    if (lower >= 0)
        add_lower(self, target, props, &intervals, lower);
    if (upper >= 0)
        add_upper(self, target, props, &intervals, upper);
    return self;
}
