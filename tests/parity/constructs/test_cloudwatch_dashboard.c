// SPDX-License-Identifier: MIT
#include "aws/cloudwatch_dashboard.h"
#include "cdk/construct.h"
#include "cdk/resource.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

#include <stdio.h>

#define METRIC(...) cloudwatch_metric_new(&(struct cloudwatch_metric_props){ __VA_ARGS__ })
#define SHOP(name, ...) METRIC(.namespace = "Shop", .metric_name = name, __VA_ARGS__)
#define METRICS(...)                                                                                         \
    (struct cloudwatch_metric *[])                                                                           \
    {                                                                                                        \
        __VA_ARGS__, NULL                                                                                    \
    }
#define WIDGETS(...)                                                                                         \
    (struct cloudwatch_widget *[])                                                                           \
    {                                                                                                        \
        __VA_ARGS__, NULL                                                                                    \
    }
#define GRAPH(...) cloudwatch_graph_widget_new(&(struct cloudwatch_graph_widget_props){ __VA_ARGS__ })
#define MATH(...) cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){ __VA_ARGS__ })
#define SEARCH(...)                                                                                          \
    cloudwatch_search_expression_new(&(struct cloudwatch_math_expression_props){ __VA_ARGS__ })
#define VARIABLES(...)                                                                                       \
    (struct cloudwatch_variable[])                                                                           \
    {                                                                                                        \
        __VA_ARGS__,                                                                                         \
        {                                                                                                    \
            NULL, NULL                                                                                       \
        }                                                                                                    \
    }
#define OTHER_ACCOUNT string("210987654321")
#define OTHER_REGION string("us-east-1")

static struct cloudwatch_metric *queue_depth(void)
{
    return METRIC(.namespace = "AWS/SQS", .metric_name = "ApproximateNumberOfMessagesVisible",
        .dimensions = (struct field[]){ { "QueueName", string("jobs") }, END });
}

static struct cloudwatch_metric *plain(const char *name)
{
    return METRIC(.namespace = "Shop", .metric_name = name);
}

static struct cloudwatch_metric *summed(const char *name)
{
    return SHOP(name, .statistic = "Sum");
}

static struct cloudwatch_alarm *simple_alarm(struct stack *stack, struct cloudwatch_metric *metric)
{
    return cloudwatch_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){
            .metric = metric,
            .threshold = count(1),
            .evaluation_periods = 1,
        });
}

static struct cloudwatch_dashboard *dashboard_of(
    struct stack *stack, struct cloudwatch_widget *const *widgets)
{
    struct cloudwatch_dashboard *dashboard =
        cloudwatch_dashboard_new(stack->node, "Dashboard", &(struct cloudwatch_dashboard_props){ 0 });
    cloudwatch_dashboard_add_widgets(dashboard, widgets);
    return dashboard;
}

static void empty(struct stack *stack)
{
    const struct duration intervals[] = { hours(3), minutes(90), days(7), hours(49), seconds(61), seconds(30),
        seconds(0) };
    char id[16];
    cloudwatch_dashboard_new(stack->node, "Default", &(struct cloudwatch_dashboard_props){ 0 });
    cloudwatch_dashboard_new(stack->node, "Named",
        &(struct cloudwatch_dashboard_props){
            .dashboard_name = string("Ops_1-a"),
            .start = "-PT12H",
            .end = "2026-01-01T00:00:00Z",
            .period_override = CLOUDWATCH_PERIOD_OVERRIDE_INHERIT,
        });
    for (int i = 0; i < (int)(ARRAY_SIZE(intervals)); i++) {
        snprintf(id, sizeof(id), "Interval%d", i);
        cloudwatch_dashboard_new(stack->node, id,
            &(struct cloudwatch_dashboard_props){
                .default_interval = intervals[i],
                .period_override = CLOUDWATCH_PERIOD_OVERRIDE_AUTO,
            });
    }
}

static struct cloudwatch_widget *full_graph(struct cloudwatch_alarm *alarm, struct cloudwatch_alarm *band)
{
    return GRAPH(.title = "Everything", .width = 12, .height = 8, .left = METRICS(queue_depth()),
        .right = METRICS(plain("Requests")),
        .left_y_axis = &(struct cloudwatch_y_axis){ "Messages", count(0), count(1000), NO },
        .right_y_axis = &(struct cloudwatch_y_axis){ .min = count(0) },
        .left_annotations =
            (struct cloudwatch_annotation[]){
                { .value = count(10),
                    .label = "Low",
                    .color = CLOUDWATCH_COLOR_GREEN,
                    .fill = CLOUDWATCH_SHADING_BELOW,
                    .visible = YES },
                cloudwatch_alarm_to_annotation(alarm),
                { 0 },
            },
        .right_annotations =
            (struct cloudwatch_annotation[]){
                { .value = count(0.5), .fill = CLOUDWATCH_SHADING_ABOVE, .visible = NO },
                { .value = count(1), .fill = CLOUDWATCH_SHADING_NONE },
                cloudwatch_alarm_to_annotation(band),
                { 0 },
            },
        .vertical_annotations =
            (struct cloudwatch_annotation[]){
                { .date = "2026-03-01T10:00:00Z",
                    .label = "Launch",
                    .color = CLOUDWATCH_COLOR_PURPLE,
                    .fill = CLOUDWATCH_SHADING_AFTER },
                { .date = "2026-03-02T10:00:00.500Z", .fill = CLOUDWATCH_SHADING_BEFORE },
                { 0 },
            },
        .stacked = YES, .legend_position = CLOUDWATCH_LEGEND_RIGHT, .live_data = YES,
        .set_period_to_time_range = NO, .period = minutes(15), .statistic = "p90", .start = "-PT3H",
        .end = "-PT1H", .region = string("us-west-2"), .account_id = OTHER_ACCOUNT);
}

static void graph(struct stack *stack)
{
    struct cloudwatch_alarm *alarm = cloudwatch_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){
            .metric = cloudwatch_metric_with(
                queue_depth(), &(struct cloudwatch_metric_props){ .period = seconds(30) }),
            .threshold = count(2.5),
            .evaluation_periods = 3,
            .datapoints_to_alarm = 2,
        });
    struct cloudwatch_alarm *band = cloudwatch_anomaly_detection_alarm_new(stack->node, "Band",
        &(struct cloudwatch_alarm_props){ .metric = queue_depth(), .evaluation_periods = 1 },
        (struct count){ 0 });
    struct cloudwatch_widget *const *row = WIDGETS(full_graph(alarm, band),
        GRAPH(.view = CLOUDWATCH_VIEW_PIE, .display_labels_on_chart = true, .left = METRICS(queue_depth()),
            .legend_position = CLOUDWATCH_LEGEND_HIDDEN),
        GRAPH(.view = CLOUDWATCH_VIEW_BAR, .right = METRICS(queue_depth()),
            .legend_position = CLOUDWATCH_LEGEND_BOTTOM, .stacked = NO),
        GRAPH(.title = "Nothing", .left_y_axis = &(struct cloudwatch_y_axis){ 0 }));
    cloudwatch_dashboard_new(stack->node, "Dashboard",
        &(struct cloudwatch_dashboard_props){
            .widgets = (struct cloudwatch_widget *const *[]){ row, NULL } });
}

static void metrics(struct stack *stack)
{
    struct cloudwatch_widget *late = GRAPH(.left = METRICS(plain("First")));
    struct cloudwatch_widget *all =
        GRAPH(.left =
                  METRICS(plain("Plain"), SHOP("Plain", .label = "Left out: the same data"),
                      SHOP("Looks", .label = "Label", .color = CLOUDWATCH_COLOR_ORANGE, .statistic = "sum",
                          .period = minutes(1)),
                      SHOP("Named", .id = "named", .visible = NO), SHOP("Shown", .visible = YES),
                      SHOP("Dimensions",
                          .dimensions =
                              (struct field[]){
                                  { "Zone", string("z") },
                                  { "Application", string("a") },
                                  { "Stage", string("prod") },
                                  END,
                              }),
                      SHOP("Elsewhere", .account = OTHER_ACCOUNT, .region = OTHER_REGION),
                      SHOP("Here", .account = string("123456789012"), .region = string("eu-west-1")),
                      cloudwatch_metric_attach_to(plain("Attached"), stack->node)),
            .right = METRICS(plain("Plain"), plain("Right"), summed("RightSum")));
    dashboard_of(stack, WIDGETS(all, late));
    cloudwatch_graph_widget_add_left_metric(late, plain("Late"));
    cloudwatch_graph_widget_add_right_metric(late, plain("Later"));
}

static void expressions(struct cloudwatch_dashboard *dashboard, struct cloudwatch_metric *rate)
{
    struct cloudwatch_metric *errors = summed("Errors");
    struct cloudwatch_metric *more =
        MATH(.expression = "x + 1", .label = "More", .using_metrics = VARIABLES({ "x", errors }));
    struct cloudwatch_metric *nested = MATH(.expression = "rate * 100 + more",
        .using_metrics = VARIABLES({ "rate", rate }, { "more", more }), .visible = YES);
    struct cloudwatch_metric *searched = MATH(.expression = "SUM(SEARCH('{Shop,Stage} Errors', 'Sum', 300))",
        .search_region = OTHER_REGION, .search_account = OTHER_ACCOUNT);
    struct cloudwatch_metric *by_stage =
        SEARCH(.expression = "SEARCH('{Shop,Stage} MetricName=\"Requests\"', 'Average')", .label = "By stage",
            .period = minutes(1), .search_region = string("eu-west-1"));
    struct cloudwatch_metric *hidden = SEARCH(.expression = "SEARCH('{Shop} x', 'Sum')", .label = "",
        .visible = NO, .search_account = OTHER_ACCOUNT);
    struct cloudwatch_metric *band =
        cloudwatch_anomaly_detection_band_new(&(struct cloudwatch_anomaly_detection_props){
            .metric = summed("Requests"),
            .color = CLOUDWATCH_COLOR_GREY,
        });
    struct cloudwatch_metric *a = MATH(.expression = "a + 1", .using_metrics = VARIABLES({ "a", errors }));
    struct cloudwatch_metric *b = MATH(.expression = "b + 1", .using_metrics = VARIABLES({ "b", errors }));
    cloudwatch_dashboard_add_widgets(dashboard,
        WIDGETS(GRAPH(.left = METRICS(nested)),
            GRAPH(.left = METRICS(searched, by_stage, hidden), .right = METRICS(band)),
            GRAPH(.left = METRICS(a, b))));
}

static void math(struct stack *stack)
{
    struct cloudwatch_metric *errors = summed("Errors");
    struct cloudwatch_metric *total = summed("Requests");
    struct cloudwatch_metric *rate = MATH(.expression = "errors / total",
        .using_metrics = VARIABLES({ "errors", errors }, { "total", total }));
    struct cloudwatch_metric *looks = cloudwatch_metric_with(rate,
        &(struct cloudwatch_metric_props){
            .label = "Rate",
            .color = CLOUDWATCH_COLOR_RED,
            .period = minutes(1),
        });
    struct cloudwatch_metric *unlabelled =
        cloudwatch_metric_with(rate, &(struct cloudwatch_metric_props){ .label = "" });
    struct cloudwatch_dashboard *dashboard = dashboard_of(stack,
        WIDGETS(GRAPH(.left = METRICS(rate)), GRAPH(.left = METRICS(total, rate), .right = METRICS(errors)),
            GRAPH(.left = METRICS(looks)), GRAPH(.right = METRICS(unlabelled))));
    expressions(dashboard, rate);
}

static void tokens(struct stack *stack)
{
    struct resource *topic = resource_new(stack->node, "Topic", "AWS::SNS::Topic", NULL);
    struct value *search =
        concatf("SEARCH('{AWS/SNS,TopicName} TopicName=\"%v\"', 'Sum')", get_att(topic, "TopicName"));
    struct value *sum = concatf("SUM(%v)", search);
    struct cloudwatch_widget *graph_of_tokens =
        GRAPH(.left = METRICS(MATH(.expression_value = sum, .search_region = aws_region()),
                  MATH(.expression_value = sum, .label = "Labelled", .search_region = OTHER_REGION),
                  SEARCH(.expression_value = search, .search_account = aws_account_id()),
                  SHOP("Elsewhere", .account = aws_account_id(), .region = aws_region())));
    struct cloudwatch_widget *const *row = WIDGETS(graph_of_tokens);
    cloudwatch_dashboard_new(stack->node, "Dashboard",
        &(struct cloudwatch_dashboard_props){
            .dashboard_name = concatf("ops-%v", aws_region()),
            .widgets = (struct cloudwatch_widget *const *[]){ row, NULL },
        });
}

static struct cloudwatch_widget *text(const char *markdown, int width, int height)
{
    return cloudwatch_text_widget_new(
        &(struct cloudwatch_text_widget_props){ .markdown = markdown, .width = width, .height = height });
}

static void layout(struct stack *stack)
{
    struct cloudwatch_widget *const *first = WIDGETS(text("a", 0, 0), text("b", 24, 1), text("c", 3, 4));
    struct cloudwatch_widget *const *nothing = (struct cloudwatch_widget *[]){ NULL };
    struct cloudwatch_dashboard *dashboard = cloudwatch_dashboard_new(stack->node, "Dashboard",
        &(struct cloudwatch_dashboard_props){
            .widgets = (struct cloudwatch_widget *const *[]){ first, nothing, NULL },
        });
    cloudwatch_dashboard_add_widgets(dashboard, nothing);
    cloudwatch_dashboard_add_widgets(dashboard, WIDGETS(text("single", 0, 0)));
    cloudwatch_dashboard_add_widgets(dashboard,
        WIDGETS(cloudwatch_column_new(WIDGETS(text("d", 4, 2), text("e", 8, 3))), cloudwatch_spacer_new(2, 0),
            cloudwatch_row_new(WIDGETS(text("f", 6, 1), text("g", 10, 5))),
            cloudwatch_column_new(WIDGETS(cloudwatch_spacer_new(0, 3),
                cloudwatch_row_new(WIDGETS(text("h", 0, 0), text("i", 20, 1)))))));
    struct cloudwatch_widget *row = cloudwatch_row_new(WIDGETS(text("j", 0, 0), text("k", 6, 3)));
    cloudwatch_layout_add_widget(row, text("l", 0, 0));
    cloudwatch_layout_add_widget(row, text("m", 24, 1));
    struct cloudwatch_widget *column = cloudwatch_column_new(WIDGETS(text("n", 0, 0)));
    cloudwatch_layout_add_widget(column, text("o", 9, 9));
    cloudwatch_dashboard_add_widgets(dashboard, WIDGETS(cloudwatch_spacer_new(0, 0)));
    cloudwatch_dashboard_add_widgets(dashboard, WIDGETS(row, column));
}

#define VALUE(...)                                                                                           \
    cloudwatch_single_value_widget_new(&(struct cloudwatch_single_value_widget_props){ __VA_ARGS__ })
#define GAUGE(...) cloudwatch_gauge_widget_new(&(struct cloudwatch_gauge_widget_props){ __VA_ARGS__ })

static void values(struct stack *stack)
{
    struct cloudwatch_dashboard *dashboard = dashboard_of(stack,
        WIDGETS(VALUE(.metrics = METRICS(queue_depth())),
            VALUE(.title = "Sparkling", .metrics = METRICS(queue_depth(), plain("Requests")),
                .sparkline = YES, .full_precision = YES, .live_data = NO, .period = minutes(1),
                .start = "-PT1H", .end = "P0D", .region = OTHER_REGION, .account_id = OTHER_ACCOUNT,
                .width = 12, .height = 5),
            VALUE(.set_period_to_time_range = YES, .full_precision = NO)));
    cloudwatch_dashboard_add_widgets(dashboard,
        WIDGETS(GAUGE(.metrics = METRICS(queue_depth())),
            GAUGE(.title = "Half", .metrics = METRICS(queue_depth()),
                .left_y_axis = &(struct cloudwatch_y_axis){ .min = count(50), .label = "Left" },
                .annotations =
                    (struct cloudwatch_annotation[]){ { .value = count(75), .label = "High" }, { 0 } },
                .legend_position = CLOUDWATCH_LEGEND_BOTTOM, .live_data = YES,
                .set_period_to_time_range = YES, .period = minutes(1), .statistic = "Sum", .start = "-PT1H",
                .end = "P0D", .region = OTHER_REGION, .account_id = OTHER_ACCOUNT),
            GAUGE(.left_y_axis = &(struct cloudwatch_y_axis){ .max = count(10), .show_units = YES })));
}

#define LOG_QUERY(...)                                                                                       \
    cloudwatch_log_query_widget_new(&(struct cloudwatch_log_query_widget_props){ __VA_ARGS__ })

static void texts(struct stack *stack)
{
    struct resource *topic = resource_new(stack->node, "Topic", "AWS::SNS::Topic", NULL);
    struct value *name = get_att(topic, "TopicName");
    struct value *const *api = (struct value *[]){ string("api"), NULL };
    struct value *const *both = (struct value *[]){ string("api"), concatf("worker-%v", name), NULL };
    const char *const *lines =
        (const char *[]){ "fields @message", "filter level = \"error\"", "limit 20", NULL };
    struct cloudwatch_dashboard *dashboard = dashboard_of(stack,
        WIDGETS(text("# Shop\n\"quoted\" \\ \xc3\xa9", 0, 0),
            cloudwatch_text_widget_new(&(struct cloudwatch_text_widget_props){
                .markdown_value = concatf("Topic %v in %v", name, aws_region()),
                .solid_background = true,
                .width = 24,
                .height = 1,
            })));
    cloudwatch_dashboard_add_widgets(dashboard,
        WIDGETS(LOG_QUERY(.log_group_names = both, .query_lines = lines),
            LOG_QUERY(.log_group_names = api, .query_string = "stats count(*) by bin(5m)",
                .view = CLOUDWATCH_LOG_QUERY_LINE, .title = "Count", .region = OTHER_REGION,
                .account_id = OTHER_ACCOUNT, .query_language = CLOUDWATCH_LOG_QUERY_LANGUAGE_LOGS_INSIGHTS),
            LOG_QUERY(.log_group_names = api, .query_string = "x", .view = CLOUDWATCH_LOG_QUERY_STACKED_AREA,
                .query_language = CLOUDWATCH_LOG_QUERY_LANGUAGE_SQL),
            LOG_QUERY(.log_group_names = api, .query_string = "x", .view = CLOUDWATCH_LOG_QUERY_BAR,
                .query_language = CLOUDWATCH_LOG_QUERY_LANGUAGE_PPL),
            LOG_QUERY(.log_group_names = api, .query_string = "x", .view = CLOUDWATCH_LOG_QUERY_PIE,
                .width = 20, .height = 2)));
}

#define ALARM(...) cloudwatch_alarm_widget_new(&(struct cloudwatch_alarm_widget_props){ __VA_ARGS__ })
#define STATUS(...)                                                                                          \
    cloudwatch_alarm_status_widget_new(&(struct cloudwatch_alarm_status_widget_props){ __VA_ARGS__ })
#define ALARMS(...)                                                                                          \
    (struct cloudwatch_alarm *[])                                                                            \
    {                                                                                                        \
        __VA_ARGS__, NULL                                                                                    \
    }

static void alarms(struct stack *stack)
{
    struct cloudwatch_alarm *alarm = simple_alarm(stack, queue_depth());
    struct cloudwatch_alarm *by_arn = cloudwatch_alarm_from_arn(
        stack->node, "ByArn", string("arn:aws:cloudwatch:us-east-1:123456789012:alarm:imported"));
    struct cloudwatch_alarm *by_name = cloudwatch_alarm_from_name(stack->node, "ByName", string("named"));
    const enum cloudwatch_alarm_rule_state *states = (enum cloudwatch_alarm_rule_state[]){
        CLOUDWATCH_STATE_ALARM,
        CLOUDWATCH_STATE_INSUFFICIENT_DATA,
        CLOUDWATCH_STATE_OK,
        CLOUDWATCH_STATE_END,
    };
    dashboard_of(stack,
        WIDGETS(ALARM(.alarm = alarm),
            ALARM(.alarm = by_arn, .title = "Imported",
                .left_y_axis = &(struct cloudwatch_y_axis){ .min = count(0) }, .region = OTHER_REGION,
                .account_id = string("123456789012"), .width = 12, .height = 3),
            STATUS(.alarms = ALARMS(alarm, by_arn, by_name)),
            STATUS(.alarms = ALARMS(alarm), .title = "Bad", .states = states,
                .sort_by = CLOUDWATCH_ALARM_SORT_STATE_UPDATED_TIMESTAMP, .width = 8, .height = 2),
            STATUS(.alarms = ALARMS(alarm), .sort_by = CLOUDWATCH_ALARM_SORT_TIMESTAMP),
            STATUS(.alarms = ALARMS(alarm), .sort_by = CLOUDWATCH_ALARM_SORT_DEFAULT)));
    cloudwatch_composite_alarm_new(stack->node, "Composite",
        &(struct cloudwatch_composite_alarm_props){
            .alarm_rule = cloudwatch_alarm_rule_any_of((struct cloudwatch_alarm_rule *[]){
                cloudwatch_alarm_rule_from_alarm(by_arn, CLOUDWATCH_STATE_ALARM),
                cloudwatch_alarm_rule_from_alarm(by_name, CLOUDWATCH_STATE_ALARM),
                NULL,
            }),
        });
}

static void stacks(struct stack *stack)
{
    struct construct *app = construct_scope(stack->node);
    struct stack *other =
        stack_new(app, "Other", &(struct stack_props){ .account = "123456789012", .region = "us-east-1" });
    struct stack *near =
        stack_new(app, "Near", &(struct stack_props){ .account = "123456789012", .region = "eu-west-1" });
    struct resource *topic = resource_new(near->node, "Topic", "AWS::SNS::Topic", NULL);
    struct cloudwatch_metric *published =
        METRIC(.namespace = "AWS/SNS", .metric_name = "NumberOfMessagesPublished",
            .dimensions = (struct field[]){ { "TopicName", get_att(topic, "TopicName") }, END },
            .statistic = "Sum");
    struct cloudwatch_metric *far = cloudwatch_metric_attach_to(published, other->node);
    struct cloudwatch_metric *doubled =
        MATH(.expression = "published * 2", .using_metrics = VARIABLES({ "published", far }));
    dashboard_of(stack,
        WIDGETS(GRAPH(.left = METRICS(published, cloudwatch_metric_attach_to(published, near->node),
                          cloudwatch_metric_attach_to(plain("Far"), other->node))),
            GRAPH(.left = METRICS(doubled))));
    simple_alarm(stack, published);
}

static const struct parity_case cases[] = {
    { "cloudwatch-dashboard-empty", empty },
    { "cloudwatch-dashboard-graph", graph },
    { "cloudwatch-dashboard-metrics", metrics },
    { "cloudwatch-dashboard-math", math },
    { "cloudwatch-dashboard-tokens", tokens },
    { "cloudwatch-dashboard-layout", layout },
    { "cloudwatch-dashboard-values", values },
    { "cloudwatch-dashboard-text", texts },
    { "cloudwatch-dashboard-alarms", alarms },
    { "cloudwatch-dashboard-stacks", stacks },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("cloudwatch-dashboard", cases, argc, argv);
}
