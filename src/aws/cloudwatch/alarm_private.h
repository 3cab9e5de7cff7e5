// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_ALARM_PRIVATE_H
#define AWS_CLOUDWATCH_ALARM_PRIVATE_H

// What an alarm keeps between calls, and how its metric is rendered.

#include "aws/cloudwatch/metric_private.h"
#include "aws/cloudwatch_dashboard.h"

struct cloudwatch_alarm_state {
    struct cloudwatch_metric *metric; // NULL unless the alarm is on one
    struct cloudwatch_annotation annotation;
    struct value *alarm_actions, *ok_actions, *insufficient_data_actions; // arrays
};

// An alarm without a resource yet. `node` is its construct.
struct cloudwatch_alarm *alarm_alloc(struct construct *node);

// The properties of an alarm that say what it watches.
struct alarm_metric {
    struct value *dimensions, *extended_statistic, *metric_name, *metrics, *namespace, *period, *statistic,
        *unit;
    const char *primary_id; // of the metric in `metrics` that is compared; NULL when there is no list
};
// `with_band`: the metric under the expression is returned, too. What cannot be watched is an error on
// `node`.
struct alarm_metric alarm_metric_render(
    const struct cloudwatch_metric *metric, bool with_band, struct construct *node);

// An ARN that is known only at deployment counts as the CDK's placeholder for it.
enum { ALARM_RULE_MAX_LENGTH = 10240, ALARM_RULE_ARN_LENGTH = 21 };

struct cloudwatch_alarm_rule {
    struct value *text;
    size_t length;
    struct findings findings;
};

const char *alarm_state_name(enum cloudwatch_alarm_rule_state state);

#endif
