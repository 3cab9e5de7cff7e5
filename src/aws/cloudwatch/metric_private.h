// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_METRIC_PRIVATE_H
#define AWS_CLOUDWATCH_METRIC_PRIVATE_H

// What a metric is made of, and sets of metrics for alarms and graphs.

#include "aws/cloudwatch.h"
#include "aws/findings.h"

#include <stddef.h>
#include <stdint.h>

struct stack;

enum metric_kind { METRIC_STAT, METRIC_MATH, METRIC_SEARCH };

enum { METRIC_DEFAULT_PERIOD = 300 };

struct cloudwatch_metric {
    enum metric_kind kind;
    struct findings findings;
    int64_t period; // seconds
    const char *label, *color;
    enum toggle visible;
    struct value *account, *region; // given, or of a search

    // METRIC_STAT
    const char *namespace, *metric_name;
    const char *statistic; // as CloudWatch spells it
    const char *unit, *id;
    const struct field *dimensions; // sorted by name
    size_t dimension_count;
    struct value *stack_account, *stack_region; // of what the metric is about, when known

    // METRIC_MATH, METRIC_SEARCH
    struct value *expression;
    struct cloudwatch_variable *variables;
    size_t variable_count;
};

// Checks for props that `metric` has in common with those it is derived from.
void metric_set_period(struct cloudwatch_metric *metric, struct duration period);
// A metric over the same data with another period.
struct cloudwatch_metric *metric_with_period(struct cloudwatch_metric *metric, int64_t period);

// Where the data is: NULL for the stack that asks.
struct value *metric_account(const struct cloudwatch_metric *metric);
struct value *metric_region(const struct cloudwatch_metric *metric);

// Says which data the metric is about: metrics of equal keys are the same, whatever they look like. An array.
struct value *metric_key(const struct cloudwatch_metric *metric);
// For messages and labels: the label, else the name or the expression.
const char *metric_title_text(const struct cloudwatch_metric *metric);

// Reports what is wrong with the metric and those in it.
void metric_report(const struct cloudwatch_metric *metric, struct construct *construct);

// The metrics of an alarm or graph, those in expressions included, each once.
struct metric_entry {
    struct cloudwatch_metric *metric;
    struct value *key;
    const char *id;   // NULL: none yet
    const char *axis; // NULL: only there for an expression
    int level;        // 1 at the top
    size_t top;       // which of the top metrics brought it in
};
struct metric_set {
    struct metric_entry *entries;
    size_t count;
    size_t capacity;
    size_t tops;
    struct findings findings;
};
void metric_set_add(struct metric_set *set, struct cloudwatch_metric *metric, const char *axis);

// The metrics of a graph in a dashboard of `stack`: an array.
struct value *metrics_graph_json(const struct metric_set *set, const struct stack *stack);

#endif
