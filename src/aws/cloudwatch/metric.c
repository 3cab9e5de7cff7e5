// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/metric_private.h"

#include "aws/cloudwatch/statistic.h"
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "util/arena.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DIMENSIONS = 30, MAX_DIMENSION_LENGTH = 255 };

static const char *copy(const char *text)
{
    return text ? arena_strdup(value_arena(), text) : NULL;
}

void metric_set_period(struct cloudwatch_metric *metric, struct duration period)
{
    metric->period = METRIC_DEFAULT_PERIOD;
    if (!period.given)
        return;
    int64_t length = duration_to_seconds(period);
    bool is_whole = period.milliseconds % 1000 == 0;
    bool is_allowed = length == 1 || length == 5 || length == 10 || length == 30 || length % 60 == 0;
    bool has_stat = metric->kind == METRIC_STAT || metric->variable_count > 0;
    if (!is_whole || (has_stat && !is_allowed))
        findings_add_error(&metric->findings,
            "period of metric '%s' must be 1, 5, 10, 30 or a multiple of 60 seconds, not %g",
            metric_title_text(metric), (double)period.milliseconds / 1000);
    metric->period = length;
}

static void set_statistic(struct cloudwatch_metric *metric, const char *text)
{
    struct statistic statistic = statistic_parse(text && *text ? text : "Average");
    metric->statistic = copy(statistic.name);
    if (statistic.kind == STATISTIC_UNKNOWN)
        findings_add_warning(&metric->findings,
            "unrecognized statistic '%s' of metric '%s' in '%s': use one of CloudWatch's, such as 'Sum', "
            "'p99' or 'TM(10%%:90%%)'",
            text, metric_title_text(metric), metric->namespace);
}

static void check_dimension(struct cloudwatch_metric *metric, const struct field *dimension)
{
    size_t name_length = strlen(dimension->key);
    if (name_length < 1 || name_length > MAX_DIMENSION_LENGTH)
        findings_add_error(
            &metric->findings, "dimension name '%s' must have 1 to 255 characters", dimension->key);
    if (!dimension->value) {
        findings_add_error(&metric->findings, "dimension '%s' of metric '%s' has no value", dimension->key,
            metric_title_text(metric));
        return;
    }
    const char *text = value_string(dimension->value);
    size_t length = text ? strlen(text) : 1;
    if (length < 1 || length > MAX_DIMENSION_LENGTH)
        findings_add_error(&metric->findings, "value of dimension '%s' must have 1 to 255 characters: '%s'",
            dimension->key, text);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct field *)a)->key, ((const struct field *)b)->key);
}

static void set_dimensions(struct cloudwatch_metric *metric, const struct field *dimensions)
{
    size_t count = 0;
    while (dimensions && dimensions[count].key)
        count++;
    if (count > MAX_DIMENSIONS)
        findings_add_error(&metric->findings, "metric '%s' has %zu dimensions; CloudWatch takes %d",
            metric_title_text(metric), count, MAX_DIMENSIONS);
    if (count == 0)
        return;
    struct field *sorted = arena_memdup(value_arena(), dimensions, count * sizeof(*sorted));
    for (size_t i = 0; i < count; i++) {
        check_dimension(metric, &sorted[i]);
        sorted[i].key = copy(sorted[i].key);
    }
    qsort(sorted, count, sizeof(*sorted), compare_keys);
    metric->dimensions = sorted;
    metric->dimension_count = count;
}

struct cloudwatch_metric *cloudwatch_metric_new(const struct cloudwatch_metric_props *props)
{
    struct cloudwatch_metric *metric = arena_alloc(value_arena(), sizeof(*metric));
    *metric = (struct cloudwatch_metric){
        .kind = METRIC_STAT,
        .label = copy(props->label),
        .color = copy(props->color),
        .visible = props->visible,
        .account = props->account,
        .region = props->region,
        .namespace = copy(props->namespace),
        .metric_name = copy(props->metric_name),
        .unit = copy(props->unit),
        .id = copy(props->id),
    };
    metric_set_period(metric, props->period);
    set_dimensions(metric, props->dimensions);
    set_statistic(metric, props->statistic);
    return metric;
}

struct cloudwatch_metric *metric_with_period(struct cloudwatch_metric *metric, int64_t period)
{
    struct cloudwatch_metric *changed = arena_memdup(value_arena(), metric, sizeof(*metric));
    changed->period = period;
    if (metric->variable_count == 0)
        return changed;
    struct cloudwatch_variable *variables =
        arena_memdup(value_arena(), metric->variables, metric->variable_count * sizeof(*variables));
    for (size_t i = 0; i < metric->variable_count; i++)
        variables[i].metric = metric_with_period(variables[i].metric, period);
    changed->variables = variables;
    return changed;
}

struct cloudwatch_metric *cloudwatch_metric_with(
    struct cloudwatch_metric *metric, const struct cloudwatch_metric_props *props)
{
    struct cloudwatch_metric *changed = arena_memdup(value_arena(), metric, sizeof(*metric));
    if (props->label)
        changed->label = copy(props->label);
    if (props->color)
        changed->color = copy(props->color);
    if (props->visible != TOGGLE_DEFAULT)
        changed->visible = props->visible;
    if (props->account)
        changed->account = props->account;
    if (props->region)
        changed->region = props->region;
    if (props->period.given) {
        metric_set_period(changed, props->period);
        changed = metric_with_period(changed, changed->period);
    }
    if (metric->kind != METRIC_STAT)
        return changed;
    if (props->unit)
        changed->unit = copy(props->unit);
    if (props->id)
        changed->id = copy(props->id);
    if (props->dimensions)
        set_dimensions(changed, props->dimensions);
    if (props->statistic)
        set_statistic(changed, props->statistic);
    return changed;
}

struct cloudwatch_metric *cloudwatch_metric_attach_to(
    struct cloudwatch_metric *metric, const struct construct *construct)
{
    const struct stack *stack = construct_stack(construct);
    if (metric->kind != METRIC_STAT || !stack)
        return metric;
    struct cloudwatch_metric *attached = arena_memdup(value_arena(), metric, sizeof(*metric));
    if (value_is_literal(stack->account))
        attached->stack_account = stack->account;
    if (value_is_literal(stack->region))
        attached->stack_region = stack->region;
    return attached;
}

struct value *metric_account(const struct cloudwatch_metric *metric)
{
    return metric->account ? metric->account : metric->stack_account;
}

struct value *metric_region(const struct cloudwatch_metric *metric)
{
    return metric->region ? metric->region : metric->stack_region;
}

static struct value *stat_key(const struct cloudwatch_metric *metric)
{
    struct value *key = array();
    array_append(key, string(metric->namespace));
    array_append(key, string(metric->metric_name));
    for (size_t i = 0; i < metric->dimension_count; i++) {
        array_append(key, string(metric->dimensions[i].key));
        array_append(key, metric->dimensions[i].value);
    }
    array_append(key, string(metric->statistic));
    array_append(key, number((double)metric->period));
    array_append(key, metric_region(metric));
    array_append(key, metric_account(metric));
    return key;
}

// The order of variables does not matter. The period is not a part: it has been made that of all metrics in
// it.
static struct value *expression_key(const struct cloudwatch_metric *metric)
{
    struct value *variables = object((struct field[]){ END });
    for (size_t i = 0; i < metric->variable_count; i++)
        object_set(variables, metric->variables[i].id, metric_key(metric->variables[i].metric));
    struct value *key = array();
    array_append(key, metric->expression);
    array_append(key, variables);
    array_append(key, metric->region);
    array_append(key, metric->account);
    return key;
}

struct value *metric_key(const struct cloudwatch_metric *metric)
{
    return metric->kind == METRIC_STAT ? stat_key(metric) : expression_key(metric);
}

static struct value *metric_title(const struct cloudwatch_metric *metric)
{
    if (metric->label && *metric->label)
        return string(metric->label);
    return metric->kind == METRIC_STAT ? string(metric->metric_name) : metric->expression;
}

const char *metric_title_text(const struct cloudwatch_metric *metric)
{
    const char *text = value_string(metric_title(metric));
    return text ? text : "an expression";
}

void metric_report(const struct cloudwatch_metric *metric, struct construct *construct)
{
    findings_report(&metric->findings, construct);
    for (size_t i = 0; i < metric->variable_count; i++)
        metric_report(metric->variables[i].metric, construct);
}
