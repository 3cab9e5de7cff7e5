// SPDX-License-Identifier: MIT
#include "aws/cloudwatch.h"
#include "aws/cloudwatch_actions.h"
#include "aws/sns.h"
#include "cdk/construct.h"
#include "cdk/resource.h"
#include "parity/constructs/parity.h"
#include "util/array.h"

#include <stdio.h>
#include <string.h>

#define QUEUE_METRIC                                                                                         \
    .namespace = "AWS/SQS", .metric_name = "ApproximateNumberOfMessagesVisible",                             \
    .dimensions = (struct field[])                                                                           \
    {                                                                                                        \
        { "QueueName", string("jobs") }, END                                                                 \
    }
#define QUEUE_DEPTH(...) cloudwatch_metric_new(&(struct cloudwatch_metric_props){ QUEUE_METRIC, __VA_ARGS__ })
#define SIMPLE .threshold = count(1), .evaluation_periods = 1

static struct cloudwatch_metric *queue_depth(void)
{
    return cloudwatch_metric_new(&(struct cloudwatch_metric_props){ QUEUE_METRIC });
}

static struct cloudwatch_metric *summed(const char *name)
{
    return cloudwatch_metric_new(
        &(struct cloudwatch_metric_props){ .namespace = "Shop", .metric_name = name, .statistic = "Sum" });
}

static struct cloudwatch_alarm *simple_alarm(
    struct stack *stack, const char *id, struct cloudwatch_metric *metric)
{
    return cloudwatch_alarm_new(
        stack->node, id, &(struct cloudwatch_alarm_props){ .metric = metric, SIMPLE });
}

static struct resource *cfn_topic(struct stack *stack, const char *id)
{
    return resource_new(stack->node, id, "AWS::SNS::Topic", NULL);
}

static struct cloudwatch_alarm_action publish_to(struct stack *stack, const char *id)
{
    return cloudwatch_actions_sns(&(struct sns_topic){ .topic_arn = ref(cfn_topic(stack, id)) });
}

static void defaults(struct stack *stack)
{
    cloudwatch_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){
            .metric = queue_depth(),
            .threshold = count(0),
            .evaluation_periods = 3,
        });
}

static void empty_statistic(struct stack *stack)
{
    simple_alarm(stack, "Alarm", QUEUE_DEPTH(.statistic = ""));
    simple_alarm(stack, "Changed",
        cloudwatch_metric_with(
            QUEUE_DEPTH(.statistic = "Sum"), &(struct cloudwatch_metric_props){ .statistic = "" }));
}

static void props(struct stack *stack)
{
    struct resource *topic = cfn_topic(stack, "Topic");
    struct cloudwatch_metric *size = cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = "AWS/SNS",
        .metric_name = "PublishSize",
        .statistic = "p99.5",
        .period = seconds(30),
        .unit = "Bytes",
        .dimensions =
            (struct field[]){
                { "TopicName", get_att(topic, "TopicName") },
                { "Application", string("shop") },
                END,
            },
    });
    cloudwatch_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){
            .metric = size,
            .alarm_name = concatf("sizes-%v", aws_region()),
            .alarm_description = "Large messages",
            .comparison_operator = CLOUDWATCH_LESS_THAN_OR_EQUAL_TO_THRESHOLD,
            .threshold = count(0.25),
            .evaluation_periods = 5,
            .datapoints_to_alarm = 3,
            .evaluate_low_sample_count_percentile = "ignore",
            .treat_missing_data = CLOUDWATCH_MISSING_DATA_MISSING,
            .actions_enabled = NO,
        });
}

static void operators(struct stack *stack)
{
    const struct {
        const char *id;
        enum cloudwatch_comparison_operator comparison_operator;
        enum cloudwatch_treat_missing_data treat_missing_data;
    } alarms[] = {
        { "Above", CLOUDWATCH_GREATER_THAN_THRESHOLD, CLOUDWATCH_MISSING_DATA_BREACHING },
        { "Below", CLOUDWATCH_LESS_THAN_THRESHOLD, CLOUDWATCH_MISSING_DATA_NOT_BREACHING },
        { "AtMost", CLOUDWATCH_LESS_THAN_OR_EQUAL_TO_THRESHOLD, CLOUDWATCH_MISSING_DATA_IGNORE },
    };
    for (size_t i = 0; i < ARRAY_SIZE(alarms); i++)
        cloudwatch_alarm_new(stack->node, alarms[i].id,
            &(struct cloudwatch_alarm_props){
                .metric = queue_depth(),
                SIMPLE,
                .comparison_operator = alarms[i].comparison_operator,
                .treat_missing_data = alarms[i].treat_missing_data,
            });
}

static void statistics(struct stack *stack)
{
    const char *const names[] = { "avg", "MIN", "Max", "n", "SUM", "SampleCount", "iqm", "P50", "p99.99",
        "TM90", "wm10", "tc5", "ts0", "tm(10%:90%)", "WM(:95%)", "PR(300:)", "pr(0.5:1.5)", "TC( 10% : 20% )",
        "TS(10%:90)", "p101", "TM()", "TM(:)", "PR(100)", "median" };
    char id[16];
    for (int i = 0; i < (int)(ARRAY_SIZE(names)); i++) {
        snprintf(id, sizeof(id), "Alarm%d", i);
        simple_alarm(stack, id, QUEUE_DEPTH(.statistic = names[i]));
    }
}

static void label(struct stack *stack)
{
    simple_alarm(stack, "Alarm",
        QUEUE_DEPTH(.label = "Depth", .color = "#d62728", .statistic = "Maximum", .unit = "Count",
            .period = minutes(1)));
}

static void accounts(struct stack *stack)
{
    struct value *own = string("123456789012");
    struct value *other = string("210987654321");
    simple_alarm(stack, "Other", QUEUE_DEPTH(.account = other));
    simple_alarm(stack, "Own", QUEUE_DEPTH(.account = own, .region = string("eu-west-1")));
    struct cloudwatch_metric *sum = cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "own + other",
        .using_metrics =
            (struct cloudwatch_variable[]){
                { "own", QUEUE_DEPTH(.account = own) },
                { "other", QUEUE_DEPTH(.account = other) },
                { NULL, NULL },
            },
    });
    simple_alarm(stack, "Expression", sum);
}

static void accounts_unknown(struct stack *stack)
{
    simple_alarm(
        stack, "Other", QUEUE_DEPTH(.account = string("210987654321"), .region = string("eu-west-1")));
    simple_alarm(stack, "Own", QUEUE_DEPTH(.account = aws_account_id()));
    simple_alarm(stack, "Attached", cloudwatch_metric_attach_to(queue_depth(), stack->node));
}

static void actions(struct stack *stack)
{
    struct cloudwatch_alarm *alarm = simple_alarm(stack, "Alarm", queue_depth());
    struct cloudwatch_alarm_action first = publish_to(stack, "First");
    cloudwatch_alarm_add_alarm_action(alarm, first);
    cloudwatch_alarm_add_alarm_action(alarm, publish_to(stack, "Second"));
    cloudwatch_alarm_add_ok_action(alarm, first);
    cloudwatch_alarm_add_insufficient_data_action(alarm, first);
}

static struct cloudwatch_metric *error_rate(void)
{
    struct cloudwatch_metric_props errors = {
        .namespace = "Shop",
        .metric_name = "Errors",
        .statistic = "Sum",
        .label = "All errors",
    };
    struct cloudwatch_metric_props total = {
        .namespace = "Shop",
        .metric_name = "Requests",
        .statistic = "Sum",
        .period = minutes(1),
        .unit = "Count",
    };
    return cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "errors / total * 100",
        .label = "Rate",
        .color = "#d62728",
        .using_metrics =
            (struct cloudwatch_variable[]){
                { "errors", cloudwatch_metric_new(&errors) },
                { "total", cloudwatch_metric_new(&total) },
                { NULL, NULL },
            },
    });
}

static void math(struct stack *stack)
{
    struct cloudwatch_metric *limit =
        cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){ .expression = "10 * 2" });
    simple_alarm(stack, "Plain", error_rate());
    struct cloudwatch_metric *nested =
        cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
            .expression = "IF(total > limit, rate, 0) + again",
            .using_metrics =
                (struct cloudwatch_variable[]){
                    { "rate", error_rate() },
                    { "limit", limit },
                    { "total", summed("Requests") },
                    { "again", summed("Errors") },
                    { NULL, NULL },
                },
            .period = seconds(30),
        });
    simple_alarm(stack, "Nested", nested);
}

static void math_constant(struct stack *stack)
{
    simple_alarm(stack, "Alarm",
        cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
            .expression = "TIME_SERIES(5)",
            .period = hours(1),
        }));
}

static void band(struct stack *stack)
{
    struct cloudwatch_metric *metric = cloudwatch_metric_with(
        summed("Requests"), &(struct cloudwatch_metric_props){ .period = minutes(10) });
    cloudwatch_anomaly_detection_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){ .metric = metric, .evaluation_periods = 2 }, (struct count){ 0 });
    cloudwatch_anomaly_detection_alarm_new(stack->node, "Above",
        &(struct cloudwatch_alarm_props){
            .metric = metric,
            .evaluation_periods = 2,
            .comparison_operator = CLOUDWATCH_GREATER_THAN_UPPER_THRESHOLD,
        },
        count(3.5));
    cloudwatch_alarm_new(stack->node, "Below",
        &(struct cloudwatch_alarm_props){
            .metric = cloudwatch_anomaly_detection_band_new(&(struct cloudwatch_anomaly_detection_props){
                .metric = metric,
                .std_devs = count(1),
                .period = minutes(15),
            }),
            .comparison_operator = CLOUDWATCH_LESS_THAN_LOWER_THRESHOLD,
            .threshold = count(0),
            .evaluation_periods = 1,
        });
}

static void alarm_with(struct stack *stack, const char *id, struct cloudwatch_metric *base,
    const struct cloudwatch_metric_props *changes)
{
    simple_alarm(stack, id, cloudwatch_metric_with(base, changes));
}

static void with(struct stack *stack)
{
    struct cloudwatch_metric *base = cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = "Shop",
        .metric_name = "Requests",
        .statistic = "Sum",
        .dimensions = (struct field[]){ { "Stage", string("prod") }, END },
        .unit = "Count",
    });
    struct cloudwatch_metric *twice =
        cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
            .expression = "c * 2",
            .using_metrics = (struct cloudwatch_variable[]){ { "c", base }, { NULL, NULL } },
        });
    struct cloudwatch_metric *sum = cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "a + b",
        .using_metrics = (struct cloudwatch_variable[]){ { "a", base }, { "b", twice }, { NULL, NULL } },
    });
    alarm_with(stack, "Statistic", base,
        &(struct cloudwatch_metric_props){ .statistic = "p90", .unit = "None", .period = seconds(10) });
    alarm_with(stack, "Dimensions", base,
        &(struct cloudwatch_metric_props){
            .dimensions = (struct field[]){ { "Zone", string("b") }, { "App", string("x") }, END },
        });
    alarm_with(stack, "Looks", base,
        &(struct cloudwatch_metric_props){
            .label = "All",
            .color = "#1f77b4",
            .id = "all",
            .visible = NO,
            .account = string("210987654321"),
        });
    alarm_with(
        stack, "Expression", sum, &(struct cloudwatch_metric_props){ .period = minutes(1), .label = "Sum" });
}

static void composite_name(struct stack *stack)
{
    const char *const words[] = { "Checkout", "Payment" };
    struct construct *scope = stack->node;
    for (size_t i = 0; i < 2; i++) {
        char id[200] = "";
        for (int j = 0; j < 20; j++)
            strcat(id, words[i]);
        scope = construct_new(scope, id, "constructs.Construct");
    }
    cloudwatch_composite_alarm_new(scope, "Composite",
        &(struct cloudwatch_composite_alarm_props){ .alarm_rule = cloudwatch_alarm_rule_from_boolean(true) });
}

static struct cloudwatch_alarm_rule *composite_rule(
    struct cloudwatch_alarm *a, struct cloudwatch_alarm *b, struct cloudwatch_alarm *c)
{
    struct cloudwatch_alarm_rule *all = cloudwatch_alarm_rule_all_of((struct cloudwatch_alarm_rule *[]){
        cloudwatch_alarm_rule_from_alarm(a, CLOUDWATCH_STATE_ALARM),
        cloudwatch_alarm_rule_from_alarm(b, CLOUDWATCH_STATE_OK),
        cloudwatch_alarm_rule_not(cloudwatch_alarm_rule_from_alarm(c, CLOUDWATCH_STATE_INSUFFICIENT_DATA)),
        NULL,
    });
    return cloudwatch_alarm_rule_any_of((struct cloudwatch_alarm_rule *[]){
        all,
        cloudwatch_alarm_rule_from_boolean(false),
        cloudwatch_alarm_rule_from_string("ALARM(another)"),
        cloudwatch_alarm_rule_at_least(&(struct cloudwatch_at_least){
            .count = 2,
            .state = CLOUDWATCH_STATE_ALARM,
            .alarms = (struct cloudwatch_alarm *[]){ a, b, c, NULL },
        }),
        cloudwatch_alarm_rule_at_least(&(struct cloudwatch_at_least){
            .percentage = 50,
            .state = CLOUDWATCH_STATE_OK,
            .negated = true,
            .alarms = (struct cloudwatch_alarm *[]){ a, b, NULL },
        }),
        NULL,
    });
}

static void composite(struct stack *stack)
{
    struct cloudwatch_alarm *a = simple_alarm(stack, "A", queue_depth());
    struct cloudwatch_alarm *b = simple_alarm(stack, "B", queue_depth());
    struct cloudwatch_alarm *c = simple_alarm(stack, "C", queue_depth());
    struct cloudwatch_alarm *alarm = cloudwatch_composite_alarm_new(stack->node, "Composite",
        &(struct cloudwatch_composite_alarm_props){ .alarm_rule = composite_rule(a, b, c) });
    cloudwatch_alarm_add_alarm_action(alarm, publish_to(stack, "Topic"));
    cloudwatch_composite_alarm_new(stack->node, "Suppressed",
        &(struct cloudwatch_composite_alarm_props){
            .alarm_name = string("suppressed"),
            .alarm_description = "Twice",
            .actions_enabled = YES,
            .alarm_rule = cloudwatch_alarm_rule_from_alarm(alarm, CLOUDWATCH_STATE_ALARM),
            .actions_suppressor = a,
            .actions_suppressor_wait_period = minutes(3),
        });
}

static const struct parity_case cases[] = {
    { "cloudwatch-alarm-defaults", defaults },
    { "cloudwatch-alarm-empty-statistic", empty_statistic },
    { "cloudwatch-alarm-props", props },
    { "cloudwatch-alarm-operators", operators },
    { "cloudwatch-alarm-statistics", statistics },
    { "cloudwatch-alarm-label", label },
    { "cloudwatch-alarm-accounts", accounts },
    { "cloudwatch-alarm-accounts-unknown", accounts_unknown },
    { "cloudwatch-alarm-actions", actions },
    { "cloudwatch-alarm-math", math },
    { "cloudwatch-alarm-math-constant", math_constant },
    { "cloudwatch-alarm-band", band },
    { "cloudwatch-alarm-with", with },
    { "cloudwatch-alarm-composite-name", composite_name },
    { "cloudwatch-alarm-composite", composite },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("cloudwatch-alarm", cases, argc, argv);
}
