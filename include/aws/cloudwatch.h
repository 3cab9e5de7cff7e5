// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_H
#define AWS_CLOUDWATCH_H

// Metrics, expressions over them, and alarms; dashboards are in aws/cloudwatch_dashboard.h. A metric belongs
// to no construct: it is a description that alarms and graphs render, each in its own way. Mistakes in it are
// reported on the construct that uses it. Everything lives in the app's arena.

#include "cdk/token.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct construct;
struct resource;

// A metric, a math expression over metrics, or a search expression (CDK's IMetric). Immutable.
struct cloudwatch_metric;

struct cloudwatch_metric_props {
    const char *namespace;          // required; "AWS/SQS"
    const char *metric_name;        // required
    const struct field *dimensions; // end with END; at most 30; default: none
    // "Sum", "Average" or "avg", "Minimum", "Maximum", "SampleCount", "p99", "tm90", "TM(10%:90%)",
    // "PR(:300)", "IQM" and so on, in any case (CloudWatch's "Statistics definitions"). Default "Average"
    const char *statistic;
    struct duration period; // 1, 5, 10, 30 seconds or whole minutes; default 5 minutes
    const char *unit;       // only data in that unit: "Count", "Bytes/Second"; default: all
    const char *label;      // default: CloudWatch's
    const char *color;      // in graphs; "#1f77b4"; default: CloudWatch's
    const char *id;         // in graphs; default: none
    enum toggle visible;    // in graphs; default: yes
    struct value *account;  // of the metric's data; default: the stack's
    struct value *region;   // likewise
};
struct cloudwatch_metric *cloudwatch_metric_new(const struct cloudwatch_metric_props *props);

// The same metric but for what is given in `props`; namespace and name stay. Of an expression: label, color,
// visible, period, and account and region as search_account and search_region.
struct cloudwatch_metric *cloudwatch_metric_with(
    struct cloudwatch_metric *metric, const struct cloudwatch_metric_props *props);
// The metric as one of the environment of `construct`, so that graphs in another stack say where its data is
// (CDK's Metric.attachTo).
struct cloudwatch_metric *cloudwatch_metric_attach_to(
    struct cloudwatch_metric *metric, const struct construct *construct);

// A metric under the name that an expression uses for it: a lower case letter, then letters, digits and
// underscores.
struct cloudwatch_variable {
    const char *id;
    struct cloudwatch_metric *metric;
};

struct cloudwatch_math_expression_props {
    const char *expression;                          // required; "errors / requests * 100"
    struct value *expression_value;                  // instead of it, when a part is known only at deployment
    const struct cloudwatch_variable *using_metrics; // end with a NULL id; default: none
    struct duration period;                          // of all metrics in it; default 5 minutes
    const char *label;                               // default: the expression; "": none
    const char *color;                               // default: CloudWatch's
    enum toggle visible;                             // default: yes
    struct value *search_account; // for SEARCH and METRICS in the expression; default: the stack's
    struct value *search_region;  // likewise
};
struct cloudwatch_metric *cloudwatch_math_expression_new(
    const struct cloudwatch_math_expression_props *props);
// A SEARCH(...) that may give any number of time series; only for graphs. using_metrics must not be given.
struct cloudwatch_metric *cloudwatch_search_expression_new(
    const struct cloudwatch_math_expression_props *props);

struct cloudwatch_anomaly_detection_props {
    struct cloudwatch_metric *metric; // required
    struct count std_devs;            // width of the band; above 0; default 2
    struct duration period;           // default 5 minutes
    const char *label;                // default "Anomaly Detection Band"
    const char *color;                // default: CloudWatch's
};
// The band of expected values around a metric.
struct cloudwatch_metric *cloudwatch_anomaly_detection_band_new(
    const struct cloudwatch_anomaly_detection_props *props);

enum cloudwatch_comparison_operator {
    CLOUDWATCH_GREATER_THAN_OR_EQUAL_TO_THRESHOLD, // the default
    CLOUDWATCH_GREATER_THAN_THRESHOLD,
    CLOUDWATCH_LESS_THAN_THRESHOLD,
    CLOUDWATCH_LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    // These compare with an anomaly detection band.
    CLOUDWATCH_LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
    CLOUDWATCH_GREATER_THAN_UPPER_THRESHOLD,
    CLOUDWATCH_LESS_THAN_LOWER_THRESHOLD,
};

enum cloudwatch_treat_missing_data {
    CLOUDWATCH_MISSING_DATA_DEFAULT, // CloudFormation's: missing
    CLOUDWATCH_MISSING_DATA_BREACHING,
    CLOUDWATCH_MISSING_DATA_NOT_BREACHING,
    CLOUDWATCH_MISSING_DATA_IGNORE,
    CLOUDWATCH_MISSING_DATA_MISSING,
};

// An alarm, a composite alarm, or an imported one.
struct cloudwatch_alarm {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *alarm_arn;
    struct value *alarm_name;
    struct cloudwatch_alarm_state *state;
};

struct cloudwatch_alarm_props {
    struct cloudwatch_metric *metric;                        // required
    struct value *alarm_name;                                // default: CloudFormation's choice
    const char *alarm_description;                           // default: none
    enum cloudwatch_comparison_operator comparison_operator; // default: at or above the threshold
    struct count threshold;                                  // required, but for anomaly detection
    int evaluation_periods;                                  // required
    int datapoints_to_alarm;                                 // default: evaluation_periods
    const char *evaluate_low_sample_count_percentile; // "evaluate" or "ignore"; default: CloudFormation's
    enum cloudwatch_treat_missing_data treat_missing_data; // default: missing
    enum toggle actions_enabled;                           // default: yes
};
struct cloudwatch_alarm *cloudwatch_alarm_new(
    struct construct *scope, const char *id, const struct cloudwatch_alarm_props *props);

// An alarm on `props->metric` leaving its band of `std_devs` (default 2). The operator, by default outside of
// the band on either side, must be one for bands; there is no threshold.
struct cloudwatch_alarm *cloudwatch_anomaly_detection_alarm_new(struct construct *scope, const char *id,
    const struct cloudwatch_alarm_props *props, struct count std_devs);

struct cloudwatch_alarm *cloudwatch_alarm_from_arn(
    struct construct *scope, const char *id, struct value *alarm_arn);
struct cloudwatch_alarm *cloudwatch_alarm_from_name(
    struct construct *scope, const char *id, struct value *alarm_name);

// What happens when an alarm changes its state; see aws/cloudwatch_actions.h.
struct cloudwatch_alarm_action {
    struct value *arn;
};
void cloudwatch_alarm_add_alarm_action(struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action);
void cloudwatch_alarm_add_ok_action(struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action);
void cloudwatch_alarm_add_insufficient_data_action(
    struct cloudwatch_alarm *alarm, struct cloudwatch_alarm_action action);

// The condition of a composite alarm: alarms in a state, joined.
struct cloudwatch_alarm_rule;

enum cloudwatch_alarm_rule_state {
    CLOUDWATCH_STATE_END, // ends a list of states
    CLOUDWATCH_STATE_ALARM,
    CLOUDWATCH_STATE_OK,
    CLOUDWATCH_STATE_INSUFFICIENT_DATA,
};
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_from_alarm(
    const struct cloudwatch_alarm *alarm, enum cloudwatch_alarm_rule_state state);
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_from_boolean(bool truth);
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_from_string(const char *rule);
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_not(const struct cloudwatch_alarm_rule *rule);
// `rules` end with NULL; one at least.
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_all_of(struct cloudwatch_alarm_rule *const *rules);
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_any_of(struct cloudwatch_alarm_rule *const *rules);

struct cloudwatch_at_least {
    int count;      // of the alarms; this or `percentage`
    int percentage; // 1 to 100
    enum cloudwatch_alarm_rule_state state;
    bool negated;                           // alarms that are not in the state
    struct cloudwatch_alarm *const *alarms; // end with NULL; one at least
};
struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_at_least(const struct cloudwatch_at_least *condition);

struct cloudwatch_composite_alarm_props {
    struct cloudwatch_alarm_rule *alarm_rule;            // required; at most 10240 characters
    struct value *alarm_name;                            // default: from the path
    const char *alarm_description;                       // default: none
    enum toggle actions_enabled;                         // default: yes
    struct cloudwatch_alarm *actions_suppressor;         // while it is in ALARM, no actions; default: none
    struct duration actions_suppressor_extension_period; // default 1 minute; only with a suppressor
    struct duration actions_suppressor_wait_period;      // likewise
};
struct cloudwatch_alarm *cloudwatch_composite_alarm_new(
    struct construct *scope, const char *id, const struct cloudwatch_composite_alarm_props *props);

#endif
