// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/alarm_private.h"

#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "data/json.h"
#include "util/arena.h"
#include "util/text/pattern.h"

#include <string.h>

static const struct {
    const char *name;
    const char *symbol; // NULL: compares with a band
} operators[] = {
    [CLOUDWATCH_GREATER_THAN_OR_EQUAL_TO_THRESHOLD] = { "GreaterThanOrEqualToThreshold", ">=" },
    [CLOUDWATCH_GREATER_THAN_THRESHOLD] = { "GreaterThanThreshold", ">" },
    [CLOUDWATCH_LESS_THAN_THRESHOLD] = { "LessThanThreshold", "<" },
    [CLOUDWATCH_LESS_THAN_OR_EQUAL_TO_THRESHOLD] = { "LessThanOrEqualToThreshold", "<=" },
    [CLOUDWATCH_LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD] = { "LessThanLowerOrGreaterThanUpperThreshold",
        NULL },
    [CLOUDWATCH_GREATER_THAN_UPPER_THRESHOLD] = { "GreaterThanUpperThreshold", NULL },
    [CLOUDWATCH_LESS_THAN_LOWER_THRESHOLD] = { "LessThanLowerThreshold", NULL },
};

static const char *const missing_data_names[] = {
    [CLOUDWATCH_MISSING_DATA_BREACHING] = "breaching",
    [CLOUDWATCH_MISSING_DATA_NOT_BREACHING] = "notBreaching",
    [CLOUDWATCH_MISSING_DATA_IGNORE] = "ignore",
    [CLOUDWATCH_MISSING_DATA_MISSING] = "missing",
};

static bool compares_with_band(enum cloudwatch_comparison_operator operator)
{
    return !operators[operator].symbol;
}

static bool is_band(const struct cloudwatch_metric *metric)
{
    const char *expression = metric->kind == METRIC_MATH ? value_string(metric->expression) : NULL;
    return expression && strstr(expression, "ANOMALY_DETECTION_BAND");
}

static void check_props(const struct cloudwatch_alarm_props *p, struct construct *node)
{
    if (p->evaluation_periods < 1)
        diag_error(node, "an alarm needs evaluation_periods of 1 at least");
    const char *name = operators[p->comparison_operator].name;
    bool with_band = compares_with_band(p->comparison_operator);
    if (with_band && !is_band(p->metric))
        diag_error(node,
            "operator %s needs a metric with ANOMALY_DETECTION_BAND(): use "
            "cloudwatch_anomaly_detection_alarm_new",
            name);
    else if (!with_band && is_band(p->metric))
        diag_error(node, "operator %s cannot compare with an anomaly detection band", name);
    else if (!with_band && !p->threshold.given)
        diag_error(node, "an alarm needs a threshold");
    else if (with_band && p->threshold.given && p->threshold.number != 0)
        diag_warning(node, "the threshold is ignored: an anomaly detection band has none");
}

static struct value *alarm_properties(
    const struct cloudwatch_alarm_props *p, const struct cloudwatch_alarm *alarm)
{
    const struct cloudwatch_alarm_state *state = alarm->state;
    bool with_band = compares_with_band(p->comparison_operator);
    struct alarm_metric metric = alarm_metric_render(p->metric, with_band, alarm->node);
    return object((struct field[]){
        { "ActionsEnabled", toggle_value(p->actions_enabled) },
        { "AlarmActions", omit_empty(state->alarm_actions) },
        { "AlarmDescription", string(p->alarm_description) },
        { "AlarmName", p->alarm_name },
        { "ComparisonOperator", string(operators[p->comparison_operator].name) },
        { "DatapointsToAlarm", p->datapoints_to_alarm ? number(p->datapoints_to_alarm) : NULL },
        { "Dimensions", metric.dimensions },
        { "EvaluateLowSampleCountPercentile", string(p->evaluate_low_sample_count_percentile) },
        { "EvaluationPeriods", number(p->evaluation_periods) },
        { "ExtendedStatistic", metric.extended_statistic },
        { "InsufficientDataActions", omit_empty(state->insufficient_data_actions) },
        { "MetricName", metric.metric_name },
        { "Metrics", metric.metrics },
        { "Namespace", metric.namespace },
        { "OKActions", omit_empty(state->ok_actions) },
        { "Period", metric.period },
        { "Statistic", metric.statistic },
        { "Threshold", with_band ? NULL : count_value(p->threshold) },
        { "ThresholdMetricId", with_band ? string(metric.primary_id) : NULL },
        { "TreatMissingData", string(missing_data_names[p->treat_missing_data]) },
        { "Unit", metric.unit },
        END,
    });
}

static void add_duration(struct strbuf *out, int64_t duration)
{
    if (duration == 60 || duration == 1) {
        strbuf_add_string(out, duration == 60 ? "1 minute" : "1 second");
        return;
    }
    json_write_number(out, duration > 60 ? (double)duration / 60 : (double)duration);
    strbuf_add_string(out, duration > 60 ? " minutes" : " seconds");
}

static struct cloudwatch_annotation threshold_annotation(const struct cloudwatch_alarm_props *p)
{
    if (compares_with_band(p->comparison_operator))
        return (struct cloudwatch_annotation){
            .value = count(0), .label = "Anomaly Detection Band", .visible = NO
        };
    int datapoints = p->datapoints_to_alarm ? p->datapoints_to_alarm : p->evaluation_periods;
    STRBUF_AUTO label = STRBUF_INIT;
    strbuf_addf(&label, "%s %s ", metric_title_text(p->metric), operators[p->comparison_operator].symbol);
    json_write_number(&label, p->threshold.number);
    strbuf_addf(&label, " for %d datapoints within ", datapoints);
    add_duration(&label, p->evaluation_periods * p->metric->period);
    return (struct cloudwatch_annotation){
        .value = p->threshold,
        .label = arena_strdup(value_arena(), label.data),
        .label_first = true,
    };
}

struct cloudwatch_alarm *alarm_alloc(struct construct *node)
{
    struct cloudwatch_alarm *alarm = arena_alloc(construct_arena(node), sizeof(*alarm));
    alarm->node = node;
    alarm->state = arena_alloc(construct_arena(node), sizeof(*alarm->state));
    *alarm->state = (struct cloudwatch_alarm_state){
        .alarm_actions = array(),
        .ok_actions = array(),
        .insufficient_data_actions = array(),
    };
    return alarm;
}

struct cloudwatch_alarm *cloudwatch_alarm_new(
    struct construct *scope, const char *id, const struct cloudwatch_alarm_props *props)
{
    struct cloudwatch_alarm_props p = *props;
    struct cloudwatch_alarm *alarm = alarm_alloc(construct_new(scope, id, "cloudwatch.Alarm"));
    if (!p.metric) {
        diag_error(alarm->node, "an alarm needs a metric");
        p.metric =
            cloudwatch_metric_new(&(struct cloudwatch_metric_props){ .namespace = "", .metric_name = "" });
    }
    check_props(&p, alarm->node);
    metric_report(p.metric, alarm->node);
    alarm->state->metric = p.metric;
    alarm->state->annotation = threshold_annotation(&p);
    alarm->resource =
        resource_new(alarm->node, "Resource", "AWS::CloudWatch::Alarm", alarm_properties(&p, alarm));
    alarm->alarm_arn = get_att(alarm->resource, "Arn");
    alarm->alarm_name = ref(alarm->resource);
    return alarm;
}

struct cloudwatch_alarm *cloudwatch_anomaly_detection_alarm_new(struct construct *scope, const char *id,
    const struct cloudwatch_alarm_props *props, struct count std_devs)
{
    struct cloudwatch_alarm_props p = *props;
    if (p.comparison_operator == CLOUDWATCH_GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        p.comparison_operator = CLOUDWATCH_LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD;
    p.threshold = (struct count){ 0 };
    if (p.metric)
        p.metric = cloudwatch_anomaly_detection_band_new(&(struct cloudwatch_anomaly_detection_props){
            .metric = p.metric,
            .std_devs = std_devs,
            .period = seconds(p.metric->period),
        });
    return cloudwatch_alarm_new(scope, id, &p);
}

struct cloudwatch_alarm *cloudwatch_alarm_from_arn(
    struct construct *scope, const char *id, struct value *alarm_arn)
{
    struct cloudwatch_alarm *alarm = alarm_alloc(construct_new(scope, id, "cloudwatch.Alarm"));
    alarm->alarm_arn = alarm_arn;
    alarm->alarm_name = arn_split(alarm->node, alarm_arn, ARN_COLON_RESOURCE_NAME).resource_name;
    return alarm;
}

struct cloudwatch_alarm *cloudwatch_alarm_from_name(
    struct construct *scope, const char *id, struct value *alarm_name)
{
    struct value *arn = stack_format_arn(construct_stack(scope),
        &(struct arn_parts){
            .service = "cloudwatch",
            .resource = "alarm",
            .resource_name = alarm_name,
            .format = ARN_COLON_RESOURCE_NAME,
        });
    return cloudwatch_alarm_from_arn(scope, id, arn);
}

// EC2's own actions stop or recover the instance that the metric is about.
static void check_action(const struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action)
{
    const struct cloudwatch_metric *metric = alarm->state->metric;
    const char *arn = value_string(action.arn);
    if (!metric || !arn || !text_matches(arn, "arn:aws[a-z0-9-]*:automate:[a-z0-9|-]+:ec2:[a-z]+"))
        return;
    if (metric->dimension_count != 1 || strcmp(metric->dimensions[0].key, "InstanceId") != 0)
        diag_error(alarm->node,
            "action '%s' needs a metric of one EC2 instance: '%s' must have InstanceId as its only dimension",
            arn, metric_title_text(metric));
}

void cloudwatch_alarm_add_alarm_action(struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action)
{
    check_action(alarm, action);
    array_append(alarm->state->alarm_actions, action.arn);
}

void cloudwatch_alarm_add_ok_action(struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action)
{
    array_append(alarm->state->ok_actions, action.arn);
}

void cloudwatch_alarm_add_insufficient_data_action(
    struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action)
{
    array_append(alarm->state->insufficient_data_actions, action.arn);
}

struct cloudwatch_annotation cloudwatch_alarm_to_annotation(const struct cloudwatch_alarm *alarm)
{
    return alarm->state->annotation;
}
