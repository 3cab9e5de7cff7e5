// SPDX-License-Identifier: MIT
#ifndef AWS_CLOUDWATCH_DASHBOARD_H
#define AWS_CLOUDWATCH_DASHBOARD_H

// Dashboards: rows of widgets on a grid that is 24 units wide. Like a metric, a widget belongs to no
// construct; mistakes in it are reported on the dashboard that shows it. Everything lives in the app's arena.

#include "aws/cloudwatch.h"

struct cloudwatch_widget;

enum cloudwatch_period_override {
    CLOUDWATCH_PERIOD_OVERRIDE_DEFAULT, // CloudWatch's: auto
    CLOUDWATCH_PERIOD_OVERRIDE_AUTO,
    CLOUDWATCH_PERIOD_OVERRIDE_INHERIT,
};

struct cloudwatch_dashboard {
    struct construct *node;
    struct resource *resource;
    struct value *dashboard_name;
    struct value *dashboard_arn;
    struct cloudwatch_dashboard_state *state;
};
struct cloudwatch_dashboard_props {
    struct value *dashboard_name;     // letters, digits, "-", "_"; default: CloudFormation's choice
    struct duration default_interval; // up to now; default: CloudWatch's
    const char *start; // of the time shown, "-PT6H" or an ISO 8601 time; not with default_interval
    const char *end;   // default: now; only with `start`
    enum cloudwatch_period_override period_override; // default: CloudWatch's
    struct cloudwatch_widget *const *const *widgets; // rows of widgets; every row and the list end with NULL
};
struct cloudwatch_dashboard *cloudwatch_dashboard_new(
    struct construct *scope, const char *id, const struct cloudwatch_dashboard_props *props);
// Below what is there, side by side; a line that is full goes on in the next. `widgets` end with NULL.
void cloudwatch_dashboard_add_widgets(
    struct cloudwatch_dashboard *dashboard, struct cloudwatch_widget *const *widgets);

// Layout. `widgets` end with NULL.
struct cloudwatch_widget *cloudwatch_row_new(struct cloudwatch_widget *const *widgets);
struct cloudwatch_widget *cloudwatch_column_new(struct cloudwatch_widget *const *widgets);
// Empty space; 0 stands for 1.
struct cloudwatch_widget *cloudwatch_spacer_new(int width, int height);
// To a row or a column.
void cloudwatch_layout_add_widget(struct cloudwatch_widget *layout, struct cloudwatch_widget *widget);

// Rendered in this order.
struct cloudwatch_y_axis {
    const char *label;      // default: none
    struct count min;       // default 0
    struct count max;       // default: from the data
    enum toggle show_units; // default: yes
};

enum cloudwatch_shading {
    CLOUDWATCH_SHADING_DEFAULT, // none
    CLOUDWATCH_SHADING_NONE,
    CLOUDWATCH_SHADING_ABOVE, // horizontal annotations
    CLOUDWATCH_SHADING_BELOW,
    CLOUDWATCH_SHADING_BEFORE, // vertical annotations
    CLOUDWATCH_SHADING_AFTER,
};

// A line across a graph, at a value or at a time. Rendered in this order.
struct cloudwatch_annotation {
    const char *date;             // of a vertical one: "2022-10-19T00:00:00Z"
    struct count value;           // of a horizontal one
    const char *label;            // default: none
    const char *color;            // default: CloudWatch's
    enum cloudwatch_shading fill; // default: none
    enum toggle visible;          // default: yes
    bool label_first;             // renders the label before the value
};
// The alarm's threshold as a line: "metric >= 5 for 3 datapoints within 15 minutes".
struct cloudwatch_annotation cloudwatch_alarm_to_annotation(const struct cloudwatch_alarm *alarm);

enum cloudwatch_legend_position {
    CLOUDWATCH_LEGEND_DEFAULT, // CloudWatch's: bottom
    CLOUDWATCH_LEGEND_BOTTOM,
    CLOUDWATCH_LEGEND_RIGHT,
    CLOUDWATCH_LEGEND_HIDDEN,
};
enum cloudwatch_graph_view {
    CLOUDWATCH_VIEW_TIME_SERIES,
    CLOUDWATCH_VIEW_BAR,
    CLOUDWATCH_VIEW_PIE,
};

// CDK's palette, for metrics and annotations.
#define CLOUDWATCH_COLOR_BLUE "#1f77b4"
#define CLOUDWATCH_COLOR_BROWN "#8c564b"
#define CLOUDWATCH_COLOR_GREEN "#2ca02c"
#define CLOUDWATCH_COLOR_GREY "#7f7f7f"
#define CLOUDWATCH_COLOR_ORANGE "#ff7f0e"
#define CLOUDWATCH_COLOR_PINK "#e377c2"
#define CLOUDWATCH_COLOR_PURPLE "#9467bd"
#define CLOUDWATCH_COLOR_RED "#d62728"

struct cloudwatch_graph_widget_props {
    const char *title;                           // default: none
    int width;                                   // at most 24; default 6
    int height;                                  // default 6
    struct cloudwatch_metric *const *left;       // on the left axis; end with NULL; default: none
    struct cloudwatch_metric *const *right;      // on the right axis; likewise
    const struct cloudwatch_y_axis *left_y_axis; // default: none
    const struct cloudwatch_y_axis *right_y_axis;
    const struct cloudwatch_annotation *left_annotations; // end with one without a value; default: none
    const struct cloudwatch_annotation *right_annotations;
    const struct cloudwatch_annotation *vertical_annotations; // end with one without a date
    enum toggle stacked;                                      // default no
    enum cloudwatch_legend_position legend_position;          // default: bottom
    enum toggle live_data;                                    // default no
    bool display_labels_on_chart;                             // only in a pie
    enum cloudwatch_graph_view view;                          // default: time series
    enum toggle set_period_to_time_range;                     // default no
    struct duration period;                                   // of all metrics; default: of each metric
    const char *statistic;                                    // likewise
    const char *start;                                        // default: the dashboard's
    const char *end;                                          // only with `start`
    struct value *region;                                     // default: the stack's
    struct value *account_id;                                 // default: the stack's
};
struct cloudwatch_widget *cloudwatch_graph_widget_new(const struct cloudwatch_graph_widget_props *props);
void cloudwatch_graph_widget_add_left_metric(
    struct cloudwatch_widget *widget, struct cloudwatch_metric *metric);
void cloudwatch_graph_widget_add_right_metric(
    struct cloudwatch_widget *widget, struct cloudwatch_metric *metric);

// A dial; the axis is 0 to 100 where left_y_axis says nothing else.
struct cloudwatch_gauge_widget_props {
    const char *title;                        // default: none
    int width;                                // at most 24; default 6
    int height;                               // default 6
    struct cloudwatch_metric *const *metrics; // end with NULL; default: none
    const struct cloudwatch_y_axis *left_y_axis;
    const struct cloudwatch_annotation *annotations; // end with one without a value; default: none
    enum cloudwatch_legend_position legend_position; // default: bottom
    enum toggle live_data;                           // default no
    enum toggle set_period_to_time_range;            // default no
    struct duration period;                          // of all metrics; default: of each metric
    const char *statistic;                           // likewise
    const char *start;                               // default: the dashboard's
    const char *end;                                 // only with `start`
    struct value *region;                            // default: the stack's
    struct value *account_id;                        // default: the stack's
};
struct cloudwatch_widget *cloudwatch_gauge_widget_new(const struct cloudwatch_gauge_widget_props *props);

struct cloudwatch_single_value_widget_props {
    const char *title;                        // default: none
    int width;                                // at most 24; default 6
    int height;                               // default 3
    struct cloudwatch_metric *const *metrics; // required; end with NULL
    enum toggle set_period_to_time_range;     // default no
    enum toggle full_precision;               // default no
    enum toggle sparkline;    // a graph below the value; default no; not with set_period_to_time_range
    struct duration period;   // of all metrics; default: of each metric
    const char *start;        // default: the dashboard's
    const char *end;          // only with `start`
    enum toggle live_data;    // default no
    struct value *region;     // default: the stack's
    struct value *account_id; // default: the stack's
};
struct cloudwatch_widget *cloudwatch_single_value_widget_new(
    const struct cloudwatch_single_value_widget_props *props);

struct cloudwatch_text_widget_props {
    const char *markdown;         // required
    struct value *markdown_value; // instead of it, when a part is known only at deployment
    int width;                    // at most 24; default 6
    int height;                   // default 2
    bool solid_background;        // default: transparent
};
struct cloudwatch_widget *cloudwatch_text_widget_new(const struct cloudwatch_text_widget_props *props);

// The metric of an alarm with its threshold.
struct cloudwatch_alarm_widget_props {
    struct cloudwatch_alarm *alarm;              // required
    const char *title;                           // default: none
    int width;                                   // at most 24; default 6
    int height;                                  // default 6
    const struct cloudwatch_y_axis *left_y_axis; // default: none
    struct value *region;                        // default: the stack's
    struct value *account_id;                    // default: the stack's
};
struct cloudwatch_widget *cloudwatch_alarm_widget_new(const struct cloudwatch_alarm_widget_props *props);

enum cloudwatch_alarm_sort {
    CLOUDWATCH_ALARM_SORT_UNSET, // CloudWatch's: by name
    CLOUDWATCH_ALARM_SORT_DEFAULT,
    CLOUDWATCH_ALARM_SORT_STATE_UPDATED_TIMESTAMP,
    CLOUDWATCH_ALARM_SORT_TIMESTAMP,
};
// The states of alarms side by side.
struct cloudwatch_alarm_status_widget_props {
    struct cloudwatch_alarm *const *alarms;         // required; end with NULL
    const char *title;                              // default "Alarm Status"
    int width;                                      // at most 24; default 6
    int height;                                     // default 3
    const enum cloudwatch_alarm_rule_state *states; // only alarms in them; end with CLOUDWATCH_STATE_END
    enum cloudwatch_alarm_sort sort_by;             // default: CloudWatch's
};
struct cloudwatch_widget *cloudwatch_alarm_status_widget_new(
    const struct cloudwatch_alarm_status_widget_props *props);

enum cloudwatch_log_query_view {
    CLOUDWATCH_LOG_QUERY_TABLE,
    CLOUDWATCH_LOG_QUERY_LINE,
    CLOUDWATCH_LOG_QUERY_STACKED_AREA,
    CLOUDWATCH_LOG_QUERY_BAR,
    CLOUDWATCH_LOG_QUERY_PIE,
};
enum cloudwatch_log_query_language {
    CLOUDWATCH_LOG_QUERY_LANGUAGE_DEFAULT, // CloudWatch's: Logs Insights
    CLOUDWATCH_LOG_QUERY_LANGUAGE_LOGS_INSIGHTS,
    CLOUDWATCH_LOG_QUERY_LANGUAGE_SQL,
    CLOUDWATCH_LOG_QUERY_LANGUAGE_PPL,
};
struct cloudwatch_log_query_widget_props {
    struct value *const *log_group_names;              // one at least; end with NULL
    const char *query_string;                          // this or query_lines
    const char *const *query_lines;                    // end with NULL; joined by "\n| "
    enum cloudwatch_log_query_language query_language; // default: CloudWatch's
    enum cloudwatch_log_query_view view;               // default: table
    const char *title;                                 // default: none
    int width;                                         // at most 24; default 6
    int height;                                        // default 6
    struct value *region;                              // default: the stack's
    struct value *account_id;                          // default: the stack's
};
struct cloudwatch_widget *cloudwatch_log_query_widget_new(
    const struct cloudwatch_log_query_widget_props *props);

#endif
