// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/metric_private.h"

#include "util/arena.h"
#include "util/strbuf.h"
#include "util/text/pattern.h"

#include <string.h>

#define IDENTIFIER_START "abcdefghijklmnopqrstuvwxyz"
#define IDENTIFIER_PART "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static const char *copy(const char *text)
{
    return text ? arena_strdup(value_arena(), text) : NULL;
}

static const struct cloudwatch_metric *variable(
    const struct cloudwatch_metric *metric, const char *id, size_t length)
{
    for (size_t i = 0; i < metric->variable_count; i++) {
        const char *candidate = metric->variables[i].id;
        if (strlen(candidate) == length && memcmp(candidate, id, length) == 0)
            return metric->variables[i].metric;
    }
    return NULL;
}

static void set_variables(struct cloudwatch_metric *metric, const struct cloudwatch_variable *given)
{
    size_t capacity = 0;
    for (; given && given->id; given++) {
        if (!given->metric) {
            findings_add_error(&metric->findings, "variable '%s' of math expression '%s' has no metric",
                given->id, metric_title_text(metric));
            continue;
        }
        metric->variables = arena_grow(
            value_arena(), metric->variables, metric->variable_count, &capacity, sizeof(*metric->variables));
        metric->variables[metric->variable_count++] =
            (struct cloudwatch_variable){ copy(given->id), given->metric };
    }
}

// Metrics that differ in period from each other cannot be computed with: all get the expression's.
static void align_periods(struct cloudwatch_metric *metric)
{
    struct cloudwatch_variable *variables = metric->variables;
    bool overridden = false;
    for (size_t i = 0; i < metric->variable_count; i++) {
        int64_t period = variables[i].metric->period;
        overridden = overridden || (period != METRIC_DEFAULT_PERIOD && period != metric->period);
        variables[i].metric = metric_with_period(variables[i].metric, metric->period);
    }
    if (overridden)
        findings_add_warning(&metric->findings,
            "periods of metrics in math expression '%s' are overridden to %d seconds: give the expression "
            "the period that is meant",
            metric_title_text(metric), (int)metric->period);
}

static void check_names(struct cloudwatch_metric *metric)
{
    for (size_t i = 0; i < metric->variable_count; i++) {
        const char *id = metric->variables[i].id;
        if (!text_matches(id, "^[a-z][a-zA-Z0-9_]*$"))
            findings_add_error(&metric->findings,
                "variable '%s' of math expression '%s' must begin with a lower case letter and have only "
                "letters, digits and '_'",
                id, metric_title_text(metric));
    }
}

struct named_metrics {
    struct cloudwatch_variable *items;
    size_t count, capacity;
};

static void remember(struct named_metrics *seen, struct cloudwatch_variable item)
{
    seen->items = arena_grow(value_arena(), seen->items, seen->count, &seen->capacity, sizeof(*seen->items));
    seen->items[seen->count++] = item;
}

// In an alarm or graph all variables share one space of names, however deep they are.
static void check_conflicts(
    struct findings *findings, const struct cloudwatch_metric *metric, struct named_metrics *seen)
{
    for (size_t i = 0; i < metric->variable_count; i++) {
        struct cloudwatch_variable item = metric->variables[i];
        for (size_t j = 0; j < seen->count; j++) {
            const struct cloudwatch_variable *other = &seen->items[j];
            if (strcmp(other->id, item.id) == 0 &&
                !value_equal(metric_key(other->metric), metric_key(item.metric)))
                findings_add_error(findings,
                    "variable '%s' stands for two metrics, '%s' and '%s': rename one", item.id,
                    metric_title_text(other->metric), metric_title_text(item.metric));
        }
        remember(seen, item);
        check_conflicts(findings, item.metric, seen);
    }
}

// Quoted text is no identifier.
static void add_without_quoted(struct strbuf *out, const char *text)
{
    while (*text) {
        size_t plain = strcspn(text, "\"'");
        strbuf_add(out, text, plain);
        text += plain;
        const char *end = *text ? strchr(text + 1, *text) : NULL;
        if (end) {
            text = end + 1;
        } else if (*text) {
            strbuf_add_char(out, *text++);
        }
    }
}

// The identifiers that no variable explains: keys of an object.
static struct value *unknown_identifiers(const struct cloudwatch_metric *metric, const char *expression)
{
    struct value *unknown = object((struct field[]){ END });
    const char *at = expression + strcspn(expression, IDENTIFIER_START);
    while (*at) {
        size_t length = strspn(at, IDENTIFIER_PART);
        if (!variable(metric, at, length))
            object_set(unknown, arena_strndup(value_arena(), at, length), boolean(true));
        at += length;
        at += strcspn(at, IDENTIFIER_START);
    }
    return unknown;
}

static void check_identifiers(struct cloudwatch_metric *metric)
{
    const char *expression = value_string(metric->expression);
    const char *words = "(^|[^A-Za-z0-9_])(INSIGHT_RULE_METRIC|SELECT|SEARCH|METRICS)($|[^A-Za-z0-9_])";
    if (!expression || text_matches_ignoring_case(expression, words))
        return;
    STRBUF_AUTO plain = STRBUF_INIT;
    STRBUF_AUTO names = STRBUF_INIT;
    add_without_quoted(&plain, expression);
    const struct value *unknown = unknown_identifiers(metric, plain.data);
    for (size_t i = 0; i < value_length(unknown); i++)
        strbuf_addf(&names, "%s%s", i > 0 ? ", " : "", object_at(unknown, i)->key);
    if (names.length > 0)
        findings_add_warning(&metric->findings,
            "math expression '%s' has unknown identifiers: %s: add them to using_metrics", expression,
            names.data);
}

static struct cloudwatch_metric *expression_new(
    enum metric_kind kind, const struct cloudwatch_math_expression_props *props)
{
    struct cloudwatch_metric *metric = arena_alloc(value_arena(), sizeof(*metric));
    *metric = (struct cloudwatch_metric){
        .kind = kind,
        .label = copy(props->label),
        .color = copy(props->color),
        .visible = props->visible,
        .account = props->search_account,
        .region = props->search_region,
        .expression = props->expression_value ? props->expression_value : string(props->expression),
    };
    if (kind == METRIC_MATH)
        set_variables(metric, props->using_metrics);
    metric_set_period(metric, props->period);
    return metric;
}

struct cloudwatch_metric *cloudwatch_math_expression_new(const struct cloudwatch_math_expression_props *props)
{
    struct cloudwatch_metric *metric = expression_new(METRIC_MATH, props);
    align_periods(metric);
    check_names(metric);
    check_conflicts(&metric->findings, metric, &(struct named_metrics){ 0 });
    check_identifiers(metric);
    return metric;
}

struct cloudwatch_metric *cloudwatch_search_expression_new(
    const struct cloudwatch_math_expression_props *props)
{
    struct cloudwatch_metric *metric = expression_new(METRIC_SEARCH, props);
    if (props->using_metrics && props->using_metrics->id)
        findings_add_error(&metric->findings,
            "search expression '%s' takes no using_metrics: make it a math expression",
            metric_title_text(metric));
    return metric;
}

struct cloudwatch_metric *cloudwatch_anomaly_detection_band_new(
    const struct cloudwatch_anomaly_detection_props *props)
{
    double width = count_or(props->std_devs, 2);
    struct value *expression = stringf("ANOMALY_DETECTION_BAND(m0, %.15g)", width);
    struct cloudwatch_metric *band =
        cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
            .expression_value = expression,
            .using_metrics = (struct cloudwatch_variable[]){ { "m0", props->metric }, { NULL, NULL } },
            .period = props->period,
            .label = props->label ? props->label : "Anomaly Detection Band",
            .color = props->color,
        });
    if (width <= 0)
        findings_add_error(
            &band->findings, "std_devs of an anomaly detection band must be above 0, not %g", width);
    return band;
}
