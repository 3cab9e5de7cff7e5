// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling.h"
#include "aws/cloudwatch.h"

#include "aws/diag_case.h"

// What the props leave open: the task count of a service, 1 to 10.
static struct applicationautoscaling_scalable_target *target(
    struct stack *stack, struct applicationautoscaling_scalable_target_props props)
{
    if (!props.service_namespace)
        props.service_namespace = APPLICATIONAUTOSCALING_ECS;
    if (!props.min_capacity)
        props.min_capacity = 1;
    if (!props.max_capacity)
        props.max_capacity = 10;
    props.resource_id = string("service/prod/web");
    props.scalable_dimension = "ecs:service:DesiredCount";
    return applicationautoscaling_scalable_target_new(stack->node, "Target", &props);
}
#define USUAL_TARGET(stack) target(stack, (struct applicationautoscaling_scalable_target_props){ 0 })

#define TARGET_CASE(name, ...)                                                                               \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        target(stack, (struct applicationautoscaling_scalable_target_props){ __VA_ARGS__ });                 \
    }

TARGET_CASE(negative_minimum, .min_capacity = -1)
TARGET_CASE(maximum_below_minimum, .min_capacity = 5, .max_capacity = 4)

static void nothing_to_scale(struct stack *stack)
{
    applicationautoscaling_scalable_target_new(
        stack->node, "Target", &(struct applicationautoscaling_scalable_target_props){ 0 });
}

#define SCHEDULE_CASE(name, ...)                                                                             \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        applicationautoscaling_scalable_target_scale_on_schedule(                                            \
            USUAL_TARGET(stack), "Night", &(struct applicationautoscaling_schedule_props){ __VA_ARGS__ });   \
    }
#define CRON(...)                                                                                            \
    .schedule.cron = &(struct applicationautoscaling_cron)                                                   \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }

SCHEDULE_CASE(no_capacity, .schedule.rate = days(1))
SCHEDULE_CASE(no_schedule, .min_capacity = count(1))
SCHEDULE_CASE(
    two_schedules, .min_capacity = count(1), .schedule = { .rate = days(1), .expression = "rate(1 day)" })
SCHEDULE_CASE(two_days, .min_capacity = count(1), CRON(.minute = "0", .day = "1", .week_day = "MON"))
SCHEDULE_CASE(every_minute, .min_capacity = count(1), CRON(.hour = "8"))
SCHEDULE_CASE(odd_rate, .min_capacity = count(1), .schedule.rate = seconds(90))
SCHEDULE_CASE(no_rate, .min_capacity = count(1), .schedule.rate = seconds(0))

static struct cloudwatch_metric *metric(const char *statistic)
{
    return cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = "Shop", .metric_name = "Depth", .statistic = statistic });
}

#define TRACKING_CASE(name, ...)                                                                             \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        applicationautoscaling_scalable_target_scale_to_track_metric(USUAL_TARGET(stack), "Policy",          \
            &(struct applicationautoscaling_tracking_props){ .target_value = 1, __VA_ARGS__ });              \
    }

TRACKING_CASE(no_metric, .disable_scale_in = YES)
TRACKING_CASE(two_metrics, .custom_metric = metric(NULL),
    .predefined_metric = APPLICATIONAUTOSCALING_ECS_SERVICE_AVERAGE_CPU_UTILIZATION)
TRACKING_CASE(percentile, .custom_metric = metric("p99"))
TRACKING_CASE(expression,
    .custom_metric = cloudwatch_math_expression_new(
        &(struct cloudwatch_math_expression_props){ .expression = "a + 1",
            .using_metrics = (struct cloudwatch_variable[]){ { "a", metric(NULL) }, { 0 } } }))
TRACKING_CASE(other_region,
    .custom_metric = cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = "Shop", .metric_name = "Depth", .region = string("eu-west-1") }))
TRACKING_CASE(other_account,
    .custom_metric = cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = "Shop", .metric_name = "Depth", .account = string("210987654321") }))

static void targets_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { nothing_to_scale, DIAG_ERROR,
            "Case/Target: a scalable target needs 'service_namespace', 'resource_id' and "
            "'scalable_dimension'" },
        { negative_minimum, DIAG_ERROR, "Case/Target: 'min_capacity' must not be negative, got -1" },
        { maximum_below_minimum, DIAG_ERROR,
            "Case/Target: 'min_capacity' 5 must not exceed 'max_capacity' 4" },
        { no_capacity, DIAG_ERROR,
            "Case/Target: scheduled action 'Night' needs a 'min_capacity' or a 'max_capacity'" },
        { no_schedule, DIAG_ERROR,
            "Case/Target: a schedule needs exactly one of 'expression', 'rate' and 'cron'" },
        { two_schedules, DIAG_ERROR,
            "Case/Target: a schedule needs exactly one of 'expression', 'rate' and 'cron'" },
        { two_days, DIAG_ERROR, "Case/Target: a cron schedule takes 'day' or 'week_day', not both" },
        { every_minute, DIAG_WARNING,
            "Case/Target: a cron schedule without 'minute' acts every minute; say \"*\" if that is meant, or "
            "\"0\" for once an hour" },
        { odd_rate, DIAG_ERROR,
            "Case/Target: the rate of a schedule must be a whole number of minutes, at least 1" },
        { no_rate, DIAG_ERROR,
            "Case/Target: the rate of a schedule must be a whole number of minutes, at least 1" },
        { no_metric, DIAG_ERROR,
            "Case/Target/Policy: target tracking needs exactly one of 'predefined_metric' and "
            "'custom_metric'" },
        { two_metrics, DIAG_ERROR,
            "Case/Target/Policy: target tracking needs exactly one of 'predefined_metric' and "
            "'custom_metric'" },
        { percentile, DIAG_ERROR,
            "Case/Target/Policy: target tracking cannot follow statistic 'p99', only Average, Minimum, "
            "Maximum, SampleCount and Sum" },
        { expression, DIAG_ERROR,
            "Case/Target/Policy: target tracking cannot follow an expression; scale in steps, or give a "
            "metric" },
        { other_region, DIAG_WARNING,
            "Case/Target/Policy: target tracking follows metrics of its own region only, not of region "
            "'eu-west-1'" },
        { other_account, DIAG_WARNING,
            "Case/Target/Policy: target tracking follows metrics of its own account only, not of account "
            "'210987654321'" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ .account = "123456789012", .region = "us-east-1" });
}

static void scale(struct stack *stack, struct applicationautoscaling_step_props props)
{
    if (!props.metric)
        props.metric = metric(NULL);
    applicationautoscaling_scalable_target_scale_on_metric(USUAL_TARGET(stack), "Steps", &props);
}
#define STEPS(...)                                                                                           \
    .steps = (struct applicationautoscaling_step[]){ __VA_ARGS__ },                                          \
    .step_count = sizeof((struct applicationautoscaling_step[]){ __VA_ARGS__ }) /                            \
        sizeof(struct applicationautoscaling_step)
#define STEP_CASE(name, ...)                                                                                 \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        scale(stack, (struct applicationautoscaling_step_props){ __VA_ARGS__ });                             \
    }
#define BELOW(bound, amount)                                                                                 \
    {                                                                                                        \
        .upper = { true, bound }, .change = amount                                                           \
    }
#define FROM(bound, amount)                                                                                  \
    {                                                                                                        \
        .lower = { true, bound }, .change = amount                                                           \
    }
#define BETWEEN(from, to, amount)                                                                            \
    {                                                                                                        \
        .lower = { true, from }, .upper = { true, to }, .change = amount                                     \
    }

STEP_CASE(one_step, STEPS(FROM(1, 1)))
STEP_CASE(boundless, STEPS(FROM(1, 1), { .change = 2 }))
STEP_CASE(overlapping, STEPS(BETWEEN(0, 20, 1), BETWEEN(10, 30, 2)))
STEP_CASE(undetermined, STEPS(FROM(5, 1), BELOW(10, 2)))
STEP_CASE(two_gaps, STEPS(BETWEEN(0, 1, -1), BETWEEN(5, 6, 1), FROM(9, 2)))
STEP_CASE(negative_periods, STEPS(BELOW(1, -1), FROM(2, 1)), .evaluation_periods = -1)
STEP_CASE(datapoints_alone, STEPS(BELOW(1, -1), FROM(2, 1)), .datapoints_to_alarm = 1)
STEP_CASE(many_datapoints, STEPS(BELOW(1, -1), FROM(2, 1)), .datapoints_to_alarm = 3, .evaluation_periods = 2)

static void many_steps(struct stack *stack)
{
    struct applicationautoscaling_step steps[41];

    for (int i = 0; i < 41; i++)
        steps[i] = (struct applicationautoscaling_step)BETWEEN(i, i + 1, 1);
    scale(stack, (struct applicationautoscaling_step_props){ .steps = steps, .step_count = 41 });
}

static void no_step_metric(struct stack *stack)
{
    applicationautoscaling_scalable_target_scale_on_metric(USUAL_TARGET(stack), "Steps",
        &(struct applicationautoscaling_step_props){ STEPS(BELOW(1, -1), FROM(2, 1)) });
}

static void steps_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { no_step_metric, DIAG_ERROR, "Case/Target/Steps: step scaling needs a 'metric'" },
        { one_step, DIAG_ERROR, "Case/Target/Steps: step scaling needs 2 to 40 steps, got 1" },
        { many_steps, DIAG_ERROR, "Case/Target/Steps: step scaling needs 2 to 40 steps, got 41" },
        { boundless, DIAG_ERROR, "Case/Target/Steps: step 2 needs a 'lower' or an 'upper' bound" },
        { overlapping, DIAG_ERROR,
            "Case/Target/Steps: steps overlap: one ends at 20, the next begins at 10" },
        { undetermined, DIAG_ERROR,
            "Case/Target/Steps: the bounds of step 1 cannot be told from its neighbours; give both" },
        { negative_periods, DIAG_ERROR,
            "Case/Target/Steps: 'evaluation_periods' must be at least 1, got -1" },
        { two_gaps, DIAG_ERROR,
            "Case/Target/Steps: only one range of the metric can be without a change; 2 are" },
        { datapoints_alone, DIAG_ERROR,
            "Case/Target/Steps: 'datapoints_to_alarm' needs 'evaluation_periods'" },
        { many_datapoints, DIAG_ERROR,
            "Case/Target/Steps: 'datapoints_to_alarm' must be 1 to 'evaluation_periods', 2, got 3" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_are_checked),
        cmocka_unit_test(steps_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
