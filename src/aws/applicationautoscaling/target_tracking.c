// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling.h"
#include "aws/cloudwatch/metric_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

static const char *const metrics[] = {
#define SCALING_METRIC(name, metric) [APPLICATIONAUTOSCALING_##name] = metric,
#include "aws/applicationautoscaling_metrics.def"
#undef SCALING_METRIC
};

static void check(struct construct *node, const struct applicationautoscaling_tracking_props *p)
{
    const struct cloudwatch_metric *custom = p->custom_metric;

    if (!p->predefined_metric == !custom)
        diag_error(node, "target tracking needs exactly one of 'predefined_metric' and 'custom_metric'");
    if (!custom)
        return;
    if (custom->kind != METRIC_STAT)
        diag_error(node, "target tracking cannot follow an expression; scale in steps, or give a metric");
    else if (custom->statistic[0] == 'p')
        diag_error(node,
            "target tracking cannot follow statistic '%s', only Average, Minimum, Maximum, SampleCount and "
            "Sum",
            custom->statistic);
}

static bool is_elsewhere(const struct value *given, const struct value *here)
{
    return given && value_is_literal(given) && value_is_literal(here) && !value_equal(given, here);
}

static void warn_about_environment(struct construct *node, const struct cloudwatch_metric *metric)
{
    const struct stack *stack = construct_stack(node);

    if (is_elsewhere(metric->account, stack->account))
        diag_warning(node, "target tracking follows metrics of its own account only, not of account '%s'",
            value_string(metric->account));
    if (is_elsewhere(metric->region, stack->region))
        diag_warning(node, "target tracking follows metrics of its own region only, not of region '%s'",
            value_string(metric->region));
}

static struct value *dimensions(const struct cloudwatch_metric *metric)
{
    struct value *list = omit_empty(array());

    for (size_t i = 0; i < metric->dimension_count; i++)
        array_append(list,
            object((struct field[]){
                { "Name", string(metric->dimensions[i].key) },
                { "Value", metric->dimensions[i].value },
                END,
            }));
    return list;
}

static struct value *customized_metric(struct construct *node, const struct cloudwatch_metric *metric)
{
    if (!metric || metric->kind != METRIC_STAT)
        return NULL;
    warn_about_environment(node, metric);
    return object((struct field[]){
        { "Dimensions", dimensions(metric) },
        { "MetricName", string(metric->metric_name) },
        { "Namespace", string(metric->namespace) },
        { "Statistic", string(metric->statistic) },
        { "Unit", string(metric->unit) },
        END,
    });
}

static struct value *predefined_metric(const struct applicationautoscaling_tracking_props *p)
{
    if (!p->predefined_metric)
        return NULL;
    return object((struct field[]){
        { "PredefinedMetricType", string(metrics[p->predefined_metric]) },
        { "ResourceLabel", p->resource_label },
        END,
    });
}

static struct value *policy_properties(struct construct *node,
    const struct applicationautoscaling_scalable_target *target,
    const struct applicationautoscaling_tracking_props *p)
{
    struct value *configuration = object((struct field[]){
        { "CustomizedMetricSpecification", customized_metric(node, p->custom_metric) },
        { "DisableScaleIn", toggle_value(p->disable_scale_in) },
        { "PredefinedMetricSpecification", predefined_metric(p) },
        { "ScaleInCooldown", seconds_value(p->scale_in_cooldown) },
        { "ScaleOutCooldown", seconds_value(p->scale_out_cooldown) },
        { "TargetValue", number(p->target_value) },
        END,
    });

    return object((struct field[]){
        { "PolicyName", p->policy_name ? p->policy_name : string(names_unique_id(node)) },
        { "PolicyType", string("TargetTrackingScaling") },
        { "ScalingTargetId", target->scalable_target_id },
        { "TargetTrackingScalingPolicyConfiguration", configuration },
        END,
    });
}

struct applicationautoscaling_policy *applicationautoscaling_scalable_target_scale_to_track_metric(
    struct applicationautoscaling_scalable_target *target, const char *id,
    const struct applicationautoscaling_tracking_props *props)
{
    struct applicationautoscaling_policy *self = arena_alloc(construct_arena(target->node), sizeof(*self));

    self->node = construct_new(target->node, id, "aws_applicationautoscaling.TargetTrackingScalingPolicy");
    check(self->node, props);
    self->resource = resource_new(self->node, "Resource", "AWS::ApplicationAutoScaling::ScalingPolicy",
        policy_properties(self->node, target, props));
    self->scaling_policy_arn = ref(self->resource);
    return self;
}
