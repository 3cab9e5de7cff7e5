// SPDX-License-Identifier: MIT
#include "aws/cloudwatch_dashboard.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

#define METRIC(...)                                                                                          \
    cloudwatch_metric_new(&(struct cloudwatch_metric_props){ .namespace = "Shop", __VA_ARGS__ })
#define MATH(...) cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){ __VA_ARGS__ })
#define VARIABLES(...) ((struct cloudwatch_variable[]){ __VA_ARGS__, { NULL, NULL } })

static struct cloudwatch_metric *metric(const char *name)
{
    return METRIC(.metric_name = name);
}

static void dashboard(struct stack *stack, struct cloudwatch_dashboard_props props)
{
    cloudwatch_dashboard_new(stack->node, "Dashboard", &props);
}

static void show(struct stack *stack, struct cloudwatch_widget *widget)
{
    struct cloudwatch_widget *const *row = (struct cloudwatch_widget *[]){ widget, NULL };
    dashboard(stack,
        (struct cloudwatch_dashboard_props){ .widgets = (struct cloudwatch_widget *const *[]){ row, NULL } });
}

static void bad_dashboard_name(struct stack *stack)
{
    dashboard(stack, (struct cloudwatch_dashboard_props){ .dashboard_name = string("my dashboard") });
}

static void interval_and_start(struct stack *stack)
{
    dashboard(stack, (struct cloudwatch_dashboard_props){ .default_interval = hours(1), .start = "-PT1H" });
}

static void dashboard_end_without_start(struct stack *stack)
{
    dashboard(stack, (struct cloudwatch_dashboard_props){ .end = "P0D" });
}

static struct cloudwatch_widget *graph(struct cloudwatch_graph_widget_props props)
{
    return cloudwatch_graph_widget_new(&props);
}

static void wide_widget(struct stack *stack)
{
    show(stack, graph((struct cloudwatch_graph_widget_props){ .width = 25 }));
}

static void wide_widget_deep_inside(struct stack *stack)
{
    struct cloudwatch_widget *wide = graph((struct cloudwatch_graph_widget_props){ .width = 25 });
    struct cloudwatch_widget *row = cloudwatch_row_new((struct cloudwatch_widget *[]){ wide, NULL });
    show(stack, cloudwatch_column_new((struct cloudwatch_widget *[]){ row, NULL }));
}

static void end_without_start(struct stack *stack)
{
    show(stack, graph((struct cloudwatch_graph_widget_props){ .end = "P0D" }));
}

static void labels_on_lines(struct stack *stack)
{
    show(stack, graph((struct cloudwatch_graph_widget_props){ .display_labels_on_chart = true }));
}

static void bad_annotation_date(struct stack *stack)
{
    show(stack,
        graph((struct cloudwatch_graph_widget_props){
            .vertical_annotations = (struct cloudwatch_annotation[]){ { .date = "2026-13-01" }, { 0 } },
        }));
}

static void sparkline_of_whole_range(struct stack *stack)
{
    show(stack,
        cloudwatch_single_value_widget_new(&(struct cloudwatch_single_value_widget_props){
            .sparkline = YES, .set_period_to_time_range = YES }));
}

static void query_without_groups(struct stack *stack)
{
    show(stack,
        cloudwatch_log_query_widget_new(
            &(struct cloudwatch_log_query_widget_props){ .query_string = "limit 1" }));
}

static void query_without_text(struct stack *stack)
{
    show(stack,
        cloudwatch_log_query_widget_new(&(struct cloudwatch_log_query_widget_props){
            .log_group_names = (struct value *[]){ string("api"), NULL } }));
}

static void alarm_widget_without_alarm(struct stack *stack)
{
    show(stack, cloudwatch_alarm_widget_new(&(struct cloudwatch_alarm_widget_props){ 0 }));
}

static void widget_in_spacer(struct stack *stack)
{
    struct cloudwatch_widget *spacer = cloudwatch_spacer_new(1, 1);
    cloudwatch_layout_add_widget(spacer, graph((struct cloudwatch_graph_widget_props){ 0 }));
    show(stack, spacer);
}

static void conflicting_expressions(struct stack *stack)
{
    struct cloudwatch_metric *a = MATH(.expression = "m", .using_metrics = VARIABLES({ "m", metric("A") }));
    struct cloudwatch_metric *b = MATH(.expression = "m", .using_metrics = VARIABLES({ "m", metric("B") }));
    show(stack,
        graph(
            (struct cloudwatch_graph_widget_props){ .left = (struct cloudwatch_metric *[]){ a, b, NULL } }));
}

static void metric_added_late(struct stack *stack)
{
    struct cloudwatch_widget *widget = graph((struct cloudwatch_graph_widget_props){ 0 });
    show(stack, widget);
    cloudwatch_graph_widget_add_left_metric(widget, METRIC(.metric_name = "Requests", .statistic = "median"));
}

static const struct diag_case dashboard_cases[] = {
    { bad_dashboard_name, DIAG_ERROR,
        "Case/Dashboard: dashboard name 'my dashboard' must have only letters, digits, '-' and '_'" },
    { interval_and_start, DIAG_ERROR, "Case/Dashboard: a dashboard takes either default_interval or start" },
    { dashboard_end_without_start, DIAG_ERROR,
        "Case/Dashboard: a dashboard with an end ('P0D') needs a start" },
    { wide_widget, DIAG_ERROR, "Case/Dashboard: a widget is 25 units wide; the dashboard has 24" },
    { wide_widget_deep_inside, DIAG_ERROR,
        "Case/Dashboard: a widget is 25 units wide; the dashboard has 24" },
    { end_without_start, DIAG_ERROR, "Case/Dashboard: a widget with an end ('P0D') needs a start" },
    { labels_on_lines, DIAG_ERROR, "Case/Dashboard: display_labels_on_chart is for pies only" },
    { bad_annotation_date, DIAG_ERROR,
        "Case/Dashboard: date '2026-13-01' of an annotation is not an ISO 8601 time" },
    { sparkline_of_whole_range, DIAG_ERROR,
        "Case/Dashboard: set_period_to_time_range and sparkline exclude each other" },
    { query_without_groups, DIAG_ERROR,
        "Case/Dashboard: a log query needs the name of one log group at least" },
    { query_without_text, DIAG_ERROR,
        "Case/Dashboard: a log query needs either a query_string or query_lines" },
    { alarm_widget_without_alarm, DIAG_ERROR, "Case/Dashboard: an alarm widget needs an alarm" },
    { widget_in_spacer, DIAG_ERROR, "Case/Dashboard: a widget can be added to a row or a column only" },
    { conflicting_expressions, DIAG_ERROR,
        "Case/Dashboard: id 'm' stands for two metrics, 'A' and 'B', in one alarm or graph: rename one" },
    { metric_added_late, DIAG_WARNING,
        "Case/Dashboard: unrecognized statistic 'median' of metric 'Requests' in 'Shop': use one of "
        "CloudWatch's, such as 'Sum', 'p99' or 'TM(10%:90%)'" },
    { 0 },
};

static const struct stack_props europe = { .account = "123456789012", .region = "eu-west-1" };

static void dashboards_are_checked(void **state)
{
    (void)state;
    check_diag_cases(dashboard_cases, &europe);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(dashboards_are_checked) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
