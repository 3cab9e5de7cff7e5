// SPDX-License-Identifier: MIT
// The metric of an alarm: a few properties if that says it all, else a list (CDK's
// aws-cloudwatch/lib/alarm.js).
#include "aws/cloudwatch/alarm_private.h"

#include "aws/cloudwatch/statistic.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "util/arena.h"

enum { MAX_METRICS_IN_EXPRESSION = 10 };

static struct value *dimensions_value(const struct cloudwatch_metric *metric)
{
    if (metric->dimension_count == 0)
        return NULL;
    struct value *dimensions = array();
    for (size_t i = 0; i < metric->dimension_count; i++) {
        array_append(dimensions,
            object((struct field[]){
                { "Name", string(metric->dimensions[i].key) },
                { "Value", metric->dimensions[i].value },
                END,
            }));
    }
    return dimensions;
}

// NULL when the data is in the account of the alarm.
static struct value *other_account(const struct cloudwatch_metric *metric, const struct construct *node)
{
    struct value *account = metric_account(metric);
    return account && !value_equal(account, construct_stack(node)->account) ? account : NULL;
}

static void check_region(const struct cloudwatch_metric *metric, struct construct *node)
{
    const struct value *here = construct_stack(node)->region;
    const struct value *region = metric_region(metric);
    if (!region || !value_is_literal(here) || value_equal(region, here))
        return;
    const char *text = value_string(region);
    diag_error(node, "an alarm in '%s' cannot watch metric '%s' in '%s': make it in a stack of that region",
        value_string(here), metric_title_text(metric), text ? text : "another region");
}

static struct alarm_metric simple_metric(const struct cloudwatch_metric *metric)
{
    struct statistic statistic = statistic_parse(metric->statistic);
    bool is_simple = statistic.kind == STATISTIC_SIMPLE;
    return (struct alarm_metric){
        .dimensions = dimensions_value(metric),
        .extended_statistic = is_simple ? NULL : string(statistic.name),
        .metric_name = string(metric->metric_name),
        .namespace = string(metric->namespace),
        .period = number((double)metric->period),
        .statistic = is_simple ? string(statistic.name) : NULL,
        .unit = string(metric->unit),
    };
}

static struct value *stat_query(
    const struct cloudwatch_metric *metric, const char *id, bool return_data, struct construct *node)
{
    struct value *identity = object((struct field[]){
        { "Dimensions", dimensions_value(metric) },
        { "MetricName", string(metric->metric_name) },
        { "Namespace", string(metric->namespace) },
        END,
    });
    struct value *stat = object((struct field[]){
        { "Metric", identity },
        { "Period", number((double)metric->period) },
        { "Stat", string(metric->statistic) },
        { "Unit", string(metric->unit) },
        END,
    });
    check_region(metric, node);
    return object((struct field[]){
        { "AccountId", other_account(metric, node) },
        { "Id", string(id) },
        { "Label", string(metric->label) },
        { "MetricStat", stat },
        { "ReturnData", boolean(return_data) },
        END,
    });
}

static struct value *math_query(
    const struct cloudwatch_metric *metric, const char *id, bool return_data, struct construct *node)
{
    bool has_metrics = metric->variable_count > 0;
    if (metric->variable_count > MAX_METRICS_IN_EXPRESSION)
        diag_error(node, "math expression '%s' has more than %d metrics, which an alarm does not take",
            metric_title_text(metric), MAX_METRICS_IN_EXPRESSION);
    if (metric->account || metric->region)
        diag_error(node,
            "an alarm cannot watch math expression '%s': it has a search_account or search_region",
            metric_title_text(metric));
    return object((struct field[]){
        { "Expression", metric->expression },
        { "Id", string(id) },
        { "Label", string(metric->label) },
        { "Period", has_metrics ? NULL : number((double)metric->period) },
        { "ReturnData", boolean(return_data) },
        END,
    });
}

static struct value *entry_query(
    const struct metric_entry *entry, const char *id, bool return_data, struct construct *node)
{
    switch (entry->metric->kind) {
    case METRIC_STAT:
        return stat_query(entry->metric, id, return_data, node);
    case METRIC_MATH:
        return math_query(entry->metric, id, return_data, node);
    case METRIC_SEARCH:
        break;
    }
    diag_error(node, "an alarm cannot watch search expression '%s': those are for graphs",
        metric_title_text(entry->metric));
    return NULL;
}

static struct alarm_metric expression_list(
    const struct cloudwatch_metric *metric, bool with_band, struct construct *node)
{
    struct metric_set set = { 0 };
    metric_set_add(&set, (struct cloudwatch_metric *)metric, "alarm");
    findings_report(&set.findings, node);
    struct alarm_metric rendered = { .metrics = array() };
    int without_id = 0;
    for (size_t i = 0; i < set.count; i++) {
        const struct metric_entry *entry = &set.entries[i];
        const char *id = entry->id ? entry->id : arena_printf(value_arena(), "expr_%d", ++without_id);
        if (entry->axis)
            rendered.primary_id = id;
        bool return_data = entry->level <= (with_band ? 2 : 1);
        array_append(rendered.metrics, entry_query(entry, id, return_data, node));
    }
    return rendered;
}

struct alarm_metric alarm_metric_render(
    const struct cloudwatch_metric *metric, bool with_band, struct construct *node)
{
    if (metric->kind != METRIC_STAT)
        return expression_list(metric, with_band, node);
    if (metric->label || other_account(metric, node))
        return (struct alarm_metric){
            .metrics = array_of((struct value *[]){ stat_query(metric, "m1", true, node), NULL }),
            .primary_id = "m1",
        };
    check_region(metric, node);
    return simple_metric(metric);
}
