// SPDX-License-Identifier: MIT
// Metrics in the body of a dashboard (CloudWatch's "Dashboard body structure and syntax", "Metrics array").
#include "aws/cloudwatch/metric_private.h"

#include "cdk/stack.h"

#include <string.h>

// Where the data is, unless it is where the dashboard is.
static struct value *elsewhere(struct value *given, struct value *attached, const struct value *here)
{
    if (given)
        return given;
    return attached && value_is_literal(here) && value_equal(attached, here) ? NULL : attached;
}

static struct value *period_value(const struct cloudwatch_metric *metric)
{
    return metric->period == METRIC_DEFAULT_PERIOD ? NULL : number((double)metric->period);
}

static struct value *axis_value(const struct metric_entry *entry)
{
    return entry->axis && strcmp(entry->axis, "left") != 0 ? string(entry->axis) : NULL;
}

// What is there only for an expression is not drawn.
static enum toggle visibility(const struct metric_entry *entry)
{
    return entry->axis ? entry->metric->visible : NO;
}

static struct value *stat_options(const struct metric_entry *entry, const struct stack *stack)
{
    const struct cloudwatch_metric *metric = entry->metric;
    bool is_average = strcmp(metric->statistic, "Average") == 0;
    return object((struct field[]){
        { "color", string(metric->color) },
        { "label", string(metric->label) },
        { "id", string(entry->id ? entry->id : metric->id) },
        { "visible", toggle_value(visibility(entry)) },
        { "accountId", elsewhere(metric->account, metric->stack_account, stack->account) },
        { "region", elsewhere(metric->region, metric->stack_region, stack->region) },
        { "period", period_value(metric) },
        { "stat", is_average ? NULL : string(metric->statistic) },
        { "yAxis", axis_value(entry) },
        END,
    });
}

// What is drawn is labelled by its expression; a label of "" says that it must not be.
static struct value *expression_label(const struct metric_entry *entry)
{
    const struct cloudwatch_metric *metric = entry->metric;
    if (visibility(entry) == NO || (metric->label && *metric->label))
        return string(metric->label);
    return metric->label ? NULL : metric->expression;
}

static struct value *expression_options(const struct metric_entry *entry, const struct stack *stack)
{
    const struct cloudwatch_metric *metric = entry->metric;
    return object((struct field[]){
        { "label", expression_label(entry) },
        { "color", string(metric->color) },
        { "visible", toggle_value(visibility(entry)) },
        { "expression", metric->expression },
        { "accountId", elsewhere(NULL, metric->account, stack->account) },
        { "region", elsewhere(NULL, metric->region, stack->region) },
        { "period", period_value(metric) },
        { "yAxis", axis_value(entry) },
        { "id", string(entry->id) },
        END,
    });
}

static struct value *entry_json(const struct metric_entry *entry, const struct stack *stack)
{
    const struct cloudwatch_metric *metric = entry->metric;
    struct value *json = array();
    if (metric->kind != METRIC_STAT) {
        array_append(json, expression_options(entry, stack));
        return json;
    }
    array_append(json, string(metric->namespace));
    array_append(json, string(metric->metric_name));
    for (size_t i = 0; i < metric->dimension_count; i++) {
        array_append(json, string(metric->dimensions[i].key));
        array_append(json, metric->dimensions[i].value);
    }
    struct value *options = stat_options(entry, stack);
    if (value_length(options) > 0)
        array_append(json, options);
    return json;
}

struct value *metrics_graph_json(const struct metric_set *set, const struct stack *stack)
{
    struct value *metrics = array();
    for (size_t i = 0; i < set->count; i++)
        array_append(metrics, entry_json(&set->entries[i], stack));
    return metrics;
}
