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

static struct cloudwatch_alarm *alarm(struct stack *stack, struct cloudwatch_alarm_props props)
{
    if (!props.evaluation_periods)
        props.evaluation_periods = 1;
    return cloudwatch_alarm_new(stack->node, "Alarm", &props);
}

static struct cloudwatch_alarm *alarm_on(struct stack *stack, struct cloudwatch_metric *watched)
{
    return alarm(stack, (struct cloudwatch_alarm_props){ .metric = watched, .threshold = count(1) });
}

static void odd_period(struct stack *stack)
{
    alarm_on(stack, METRIC(.metric_name = "Requests", .period = seconds(90)));
}

static void fraction_of_a_second(struct stack *stack)
{
    alarm_on(stack, METRIC(.metric_name = "Requests", .period = milliseconds(1500)));
}

static void odd_period_later(struct stack *stack)
{
    alarm_on(stack,
        cloudwatch_metric_with(
            metric("Requests"), &(struct cloudwatch_metric_props){ .period = seconds(7) }));
}

static void odd_period_of_expression(struct stack *stack)
{
    alarm_on(stack,
        MATH(.expression = "m + 1", .using_metrics = VARIABLES({ "m", metric("Requests") }),
            .period = seconds(7)));
}

static void dimensions(struct stack *stack, const struct field *given)
{
    alarm_on(stack, METRIC(.metric_name = "Requests", .dimensions = given));
}

static void dimension_without_value(struct stack *stack)
{
    dimensions(stack, (struct field[]){ { "Stage", NULL }, END });
}

static void empty_dimension(struct stack *stack)
{
    dimensions(stack, (struct field[]){ { "Stage", string("") }, END });
}

static void unnamed_dimension(struct stack *stack)
{
    dimensions(stack, (struct field[]){ { "", string("prod") }, END });
}

static void too_many_dimensions(struct stack *stack)
{
    struct field many[32] = { 0 };
    for (int i = 0; i < 31; i++)
        many[i] = (struct field){ value_string(stringf("D%d", i)), string("x") };
    dimensions(stack, many);
}

static void unknown_statistic(struct stack *stack)
{
    alarm_on(stack, METRIC(.metric_name = "Requests", .statistic = "median"));
}

static void alarm_without_metric(struct stack *stack)
{
    alarm_on(stack, NULL);
}

static void alarm_without_threshold(struct stack *stack)
{
    alarm(stack, (struct cloudwatch_alarm_props){ .metric = metric("Requests") });
}

static void alarm_without_periods(struct stack *stack)
{
    cloudwatch_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){ .metric = metric("Requests"), .threshold = count(1) });
}

static void alarm_in_another_region(struct stack *stack)
{
    alarm_on(stack, METRIC(.metric_name = "Requests", .region = string("us-east-1")));
}

static void expression_in_another_region(struct stack *stack)
{
    struct cloudwatch_metric *far = METRIC(.metric_name = "Requests", .region = string("us-east-1"));
    alarm_on(stack, MATH(.expression = "m + 1", .using_metrics = VARIABLES({ "m", far })));
}

static void band_operator_without_band(struct stack *stack)
{
    alarm(stack,
        (struct cloudwatch_alarm_props){
            .metric = metric("Requests"),
            .comparison_operator = CLOUDWATCH_GREATER_THAN_UPPER_THRESHOLD,
        });
}

static struct cloudwatch_metric *band(double std_devs)
{
    return cloudwatch_anomaly_detection_band_new(&(struct cloudwatch_anomaly_detection_props){
        .metric = metric("Requests"), .std_devs = count(std_devs) });
}

static void band_with_threshold_operator(struct stack *stack)
{
    alarm_on(stack, band(2));
}

static void ignored_threshold(struct stack *stack)
{
    alarm(stack,
        (struct cloudwatch_alarm_props){
            .metric = band(2),
            .threshold = count(5),
            .comparison_operator = CLOUDWATCH_LESS_THAN_LOWER_THRESHOLD,
        });
}

static void narrow_band(struct stack *stack)
{
    alarm(stack,
        (struct cloudwatch_alarm_props){
            .metric = band(0),
            .comparison_operator = CLOUDWATCH_LESS_THAN_LOWER_THRESHOLD,
        });
}

static void threshold_operator_for_band_alarm(struct stack *stack)
{
    cloudwatch_anomaly_detection_alarm_new(stack->node, "Alarm",
        &(struct cloudwatch_alarm_props){
            .metric = metric("Requests"),
            .evaluation_periods = 1,
            .comparison_operator = CLOUDWATCH_LESS_THAN_THRESHOLD,
        },
        (struct count){ 0 });
}

static void ec2_action(struct stack *stack)
{
    cloudwatch_alarm_add_alarm_action(alarm_on(stack, metric("Requests")),
        (struct cloudwatch_alarm_action){ string("arn:aws:automate:eu-west-1:ec2:stop") });
}

static void bad_alarm_arn(struct stack *stack)
{
    cloudwatch_alarm_from_arn(stack->node, "Alarm", string("alarm"));
}

static const struct diag_case alarm_cases[] = {
    { odd_period, DIAG_ERROR,
        "Case/Alarm: period of metric 'Requests' must be 1, 5, 10, 30 or a multiple of 60 seconds, not 90" },
    { fraction_of_a_second, DIAG_ERROR,
        "Case/Alarm: period of metric 'Requests' must be 1, 5, 10, 30 or a multiple of 60 seconds, not 1.5" },
    { odd_period_later, DIAG_ERROR,
        "Case/Alarm: period of metric 'Requests' must be 1, 5, 10, 30 or a multiple of 60 seconds, not 7" },
    { odd_period_of_expression, DIAG_ERROR,
        "Case/Alarm: period of metric 'm + 1' must be 1, 5, 10, 30 or a multiple of 60 seconds, not 7" },
    { dimension_without_value, DIAG_ERROR,
        "Case/Alarm: dimension 'Stage' of metric 'Requests' has no value" },
    { empty_dimension, DIAG_ERROR,
        "Case/Alarm: value of dimension 'Stage' must have 1 to 255 characters: ''" },
    { unnamed_dimension, DIAG_ERROR, "Case/Alarm: dimension name '' must have 1 to 255 characters" },
    { too_many_dimensions, DIAG_ERROR,
        "Case/Alarm: metric 'Requests' has 31 dimensions; CloudWatch takes 30" },
    { unknown_statistic, DIAG_WARNING,
        "Case/Alarm: unrecognized statistic 'median' of metric 'Requests' in 'Shop': use one of "
        "CloudWatch's, such as 'Sum', 'p99' or 'TM(10%:90%)'" },
    { alarm_without_metric, DIAG_ERROR, "Case/Alarm: an alarm needs a metric" },
    { alarm_without_threshold, DIAG_ERROR, "Case/Alarm: an alarm needs a threshold" },
    { alarm_without_periods, DIAG_ERROR, "Case/Alarm: an alarm needs evaluation_periods of 1 at least" },
    { alarm_in_another_region, DIAG_ERROR,
        "Case/Alarm: an alarm in 'eu-west-1' cannot watch metric 'Requests' in 'us-east-1': make it in a "
        "stack of that region" },
    { expression_in_another_region, DIAG_ERROR,
        "Case/Alarm: an alarm in 'eu-west-1' cannot watch metric 'Requests' in 'us-east-1': make it in a "
        "stack of that region" },
    { band_operator_without_band, DIAG_ERROR,
        "Case/Alarm: operator GreaterThanUpperThreshold needs a metric with ANOMALY_DETECTION_BAND(): use "
        "cloudwatch_anomaly_detection_alarm_new" },
    { band_with_threshold_operator, DIAG_ERROR,
        "Case/Alarm: operator GreaterThanOrEqualToThreshold cannot compare with an anomaly detection band" },
    { ignored_threshold, DIAG_WARNING,
        "Case/Alarm: the threshold is ignored: an anomaly detection band has none" },
    { narrow_band, DIAG_ERROR, "Case/Alarm: std_devs of an anomaly detection band must be above 0, not 0" },
    { threshold_operator_for_band_alarm, DIAG_ERROR,
        "Case/Alarm: operator LessThanThreshold cannot compare with an anomaly detection band" },
    { ec2_action, DIAG_ERROR,
        "Case/Alarm: action 'arn:aws:automate:eu-west-1:ec2:stop' needs a metric of one EC2 instance: "
        "'Requests' must have InstanceId as its only dimension" },
    { bad_alarm_arn, DIAG_ERROR,
        "Case/Alarm: 'alarm' is not an ARN; it must look like "
        "'arn:partition:service:region:account:resource'" },
    { 0 },
};

static void bad_variable_name(struct stack *stack)
{
    alarm_on(stack, MATH(.expression = "1", .using_metrics = VARIABLES({ "Rate", metric("Requests") })));
}

static void variable_without_metric(struct stack *stack)
{
    alarm_on(stack, MATH(.expression = "1", .using_metrics = VARIABLES({ "rate", NULL })));
}

static void conflicting_variables(struct stack *stack)
{
    struct cloudwatch_metric *inner =
        MATH(.expression = "m + 1", .using_metrics = VARIABLES({ "m", metric("Requests") }));
    alarm_on(stack,
        MATH(.expression = "m + inner",
            .using_metrics = VARIABLES({ "m", metric("Errors") }, { "inner", inner })));
}

static void unknown_identifiers(struct stack *stack)
{
    alarm_on(stack,
        MATH(.expression = "IF(errors > 5, total, 'text') + errors + SUM(m_1)",
            .using_metrics = VARIABLES({ "total", metric("Requests") })));
}

static void overridden_period(struct stack *stack)
{
    struct cloudwatch_metric *hourly = METRIC(.metric_name = "Requests", .period = hours(1));
    alarm_on(stack, MATH(.expression = "hourly + 1", .using_metrics = VARIABLES({ "hourly", hourly })));
}

static void inner_mistake(struct stack *stack)
{
    struct cloudwatch_metric *median = METRIC(.metric_name = "Requests", .statistic = "median");
    alarm_on(stack, MATH(.expression = "m + 1", .using_metrics = VARIABLES({ "m", median })));
}

static void crowded_expression(struct stack *stack)
{
    struct cloudwatch_variable variables[12] = { 0 };
    for (int i = 0; i < 11; i++)
        variables[i] = (struct cloudwatch_variable){ value_string(stringf("m%d", i)), metric("Requests") };
    alarm_on(stack, MATH(.expression = "SUM(METRICS())", .using_metrics = variables));
}

static void searched_elsewhere(struct stack *stack)
{
    alarm_on(stack, MATH(.expression = "SUM(SEARCH('x', 'Sum'))", .search_region = string("us-east-1")));
}

static struct cloudwatch_metric *search(void)
{
    return cloudwatch_search_expression_new(
        &(struct cloudwatch_math_expression_props){ .expression = "SEARCH('x', 'Sum')" });
}

static void search_in_alarm(struct stack *stack)
{
    alarm_on(stack, search());
}

static void search_in_expression_in_alarm(struct stack *stack)
{
    alarm_on(stack, MATH(.expression = "SUM(s)", .using_metrics = VARIABLES({ "s", search() })));
}

static void search_with_metrics(struct stack *stack)
{
    struct cloudwatch_metric *searched =
        cloudwatch_search_expression_new(&(struct cloudwatch_math_expression_props){
            .expression = "SEARCH('x', 'Sum')", .using_metrics = VARIABLES({ "m", metric("Requests") }) });
    cloudwatch_dashboard_add_widgets(
        cloudwatch_dashboard_new(stack->node, "Dashboard", &(struct cloudwatch_dashboard_props){ 0 }),
        (struct cloudwatch_widget *[]){
            cloudwatch_graph_widget_new(&(struct cloudwatch_graph_widget_props){
                .left = (struct cloudwatch_metric *[]){ searched, NULL } }),
            NULL,
        });
}

static const struct diag_case expression_cases[] = {
    { bad_variable_name, DIAG_ERROR,
        "Case/Alarm: variable 'Rate' of math expression '1' must begin with a lower case letter and have "
        "only letters, digits and '_'" },
    { variable_without_metric, DIAG_ERROR,
        "Case/Alarm: variable 'rate' of math expression '1' has no metric" },
    { conflicting_variables, DIAG_ERROR,
        "Case/Alarm: variable 'm' stands for two metrics, 'Errors' and 'Requests': rename one" },
    { unknown_identifiers, DIAG_WARNING,
        "Case/Alarm: math expression 'IF(errors > 5, total, 'text') + errors + SUM(m_1)' has unknown "
        "identifiers: errors, m_1: add them to using_metrics" },
    { overridden_period, DIAG_WARNING,
        "Case/Alarm: periods of metrics in math expression 'hourly + 1' are overridden to 300 seconds: give "
        "the expression the period that is meant" },
    { inner_mistake, DIAG_WARNING,
        "Case/Alarm: unrecognized statistic 'median' of metric 'Requests' in 'Shop': use one of "
        "CloudWatch's, such as 'Sum', 'p99' or 'TM(10%:90%)'" },
    { crowded_expression, DIAG_ERROR,
        "Case/Alarm: math expression 'SUM(METRICS())' has more than 10 metrics, which an alarm does not "
        "take" },
    { searched_elsewhere, DIAG_ERROR,
        "Case/Alarm: an alarm cannot watch math expression 'SUM(SEARCH('x', 'Sum'))': it has a "
        "search_account or search_region" },
    { search_in_alarm, DIAG_ERROR,
        "Case/Alarm: an alarm cannot watch search expression 'SEARCH('x', 'Sum')': those are for graphs" },
    { search_in_expression_in_alarm, DIAG_ERROR,
        "Case/Alarm: an alarm cannot watch search expression 'SEARCH('x', 'Sum')': those are for graphs" },
    { search_with_metrics, DIAG_ERROR,
        "Case/Dashboard: search expression 'SEARCH('x', 'Sum')' takes no using_metrics: make it a math "
        "expression" },
    { 0 },
};

static void composite(struct stack *stack, struct cloudwatch_composite_alarm_props props)
{
    cloudwatch_composite_alarm_new(stack->node, "Composite", &props);
}

static void composite_without_rule(struct stack *stack)
{
    composite(stack, (struct cloudwatch_composite_alarm_props){ 0 });
}

static void empty_rule(struct stack *stack)
{
    struct cloudwatch_alarm_rule *nothing =
        cloudwatch_alarm_rule_all_of((struct cloudwatch_alarm_rule *[]){ NULL });
    struct cloudwatch_alarm_rule *rule = cloudwatch_alarm_rule_any_of(
        (struct cloudwatch_alarm_rule *[]){ cloudwatch_alarm_rule_not(nothing), NULL });
    composite(stack, (struct cloudwatch_composite_alarm_props){ .alarm_rule = rule });
}

static void long_rule(struct stack *stack)
{
    char text[10242] = { 0 };
    memset(text, 'x', sizeof(text) - 1);
    composite(stack,
        (struct cloudwatch_composite_alarm_props){ .alarm_rule = cloudwatch_alarm_rule_from_string(text) });
}

static void periods_without_suppressor(struct stack *stack)
{
    composite(stack,
        (struct cloudwatch_composite_alarm_props){
            .alarm_rule = cloudwatch_alarm_rule_from_boolean(true),
            .actions_suppressor_wait_period = minutes(1),
        });
}

static void at_least(struct stack *stack, int number, int percentage)
{
    struct cloudwatch_alarm_rule *rule = cloudwatch_alarm_rule_at_least(&(struct cloudwatch_at_least){
        .count = number,
        .percentage = percentage,
        .state = CLOUDWATCH_STATE_OK,
        .alarms = (struct cloudwatch_alarm *[]){ alarm_on(stack, metric("Requests")), NULL },
    });
    composite(stack, (struct cloudwatch_composite_alarm_props){ .alarm_rule = rule });
}

static void too_many_of_alarms(struct stack *stack)
{
    at_least(stack, 2, 0);
}

static void none_of_alarms(struct stack *stack)
{
    at_least(stack, 0, 0);
}

static void too_high_percentage(struct stack *stack)
{
    at_least(stack, 0, 101);
}

static void at_least_of_nothing(struct stack *stack)
{
    composite(stack,
        (struct cloudwatch_composite_alarm_props){
            .alarm_rule = cloudwatch_alarm_rule_at_least(
                &(struct cloudwatch_at_least){ .percentage = 5, .state = CLOUDWATCH_STATE_OK }),
        });
}

static const struct diag_case composite_cases[] = {
    { composite_without_rule, DIAG_ERROR, "Case/Composite: a composite alarm needs a rule" },
    { empty_rule, DIAG_ERROR, "Case/Composite: an alarm rule joins nothing: give it one rule at least" },
    { long_rule, DIAG_ERROR,
        "Case/Composite: the alarm rule has more than 10240 characters: give it fewer conditions" },
    { periods_without_suppressor, DIAG_ERROR,
        "Case/Composite: extension and wait periods need an actions_suppressor" },
    { too_many_of_alarms, DIAG_ERROR,
        "Case/Composite: count of an AT_LEAST rule must be 1 to the number of alarms (1), not 2" },
    { none_of_alarms, DIAG_ERROR,
        "Case/Composite: count of an AT_LEAST rule must be 1 to the number of alarms (1), not 0" },
    { too_high_percentage, DIAG_ERROR,
        "Case/Composite: percentage of an AT_LEAST rule must be 1 to 100, not 101" },
    { at_least_of_nothing, DIAG_ERROR, "Case/Composite: an AT_LEAST rule needs one alarm at least" },
    { 0 },
};

static const struct stack_props europe = { .account = "123456789012", .region = "eu-west-1" };

static void alarms_are_checked(void **state)
{
    (void)state;
    check_diag_cases(alarm_cases, &europe);
}

static void expressions_are_checked(void **state)
{
    (void)state;
    check_diag_cases(expression_cases, &europe);
}

static void composite_alarms_are_checked(void **state)
{
    (void)state;
    check_diag_cases(composite_cases, &europe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alarms_are_checked),
        cmocka_unit_test(expressions_are_checked),
        cmocka_unit_test(composite_alarms_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
