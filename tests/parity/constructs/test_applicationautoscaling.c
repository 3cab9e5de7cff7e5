// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling.h"
#include "aws/cloudwatch.h"
#include "parity/constructs/parity.h"

static struct applicationautoscaling_scalable_target *web_target(struct stack *stack)
{
    return applicationautoscaling_scalable_target_new(stack->node, "Target",
        &(struct applicationautoscaling_scalable_target_props){
            .service_namespace = APPLICATIONAUTOSCALING_ECS,
            .resource_id = string("service/cluster/web"),
            .scalable_dimension = "ecs:service:DesiredCount",
            .min_capacity = 1,
            .max_capacity = 10,
        });
}

static struct cloudwatch_metric *requests(const char *statistic)
{
    return cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = "Shop",
        .metric_name = "Requests",
        .dimensions = (struct field[]){ { "Service", string("web") }, { "Cluster", string("prod") }, END },
        .statistic = statistic,
        .period = minutes(1),
    });
}

static void target(struct stack *stack)
{
    const struct applicationautoscaling_scalable_target *first = web_target(stack);

    output_new(stack->node, "Id", &(struct output_props){ .value = first->scalable_target_id });
    applicationautoscaling_scalable_target_new(stack->node, "WithRole",
        &(struct applicationautoscaling_scalable_target_props){
            .role = iam_role_from_arn(
                stack->node, "Role", string("arn:aws:iam::123456789012:role/scaling"), NULL),
            .service_namespace = APPLICATIONAUTOSCALING_LAMBDA,
            .resource_id = string("function:f:live"),
            .scalable_dimension = "lambda:function:ProvisionedConcurrency",
        });
    applicationautoscaling_scalable_target_new(stack->node, "Database",
        &(struct applicationautoscaling_scalable_target_props){
            .service_namespace = APPLICATIONAUTOSCALING_RDS,
            .resource_id = string("cluster:db"),
            .scalable_dimension = "rds:cluster:ReadReplicaCount",
            .min_capacity = 1,
            .max_capacity = 10,
        });
}

static void schedule(struct applicationautoscaling_scalable_target *target, const char *id,
    struct applicationautoscaling_schedule_props props)
{
    applicationautoscaling_scalable_target_scale_on_schedule(target, id, &props);
}
#define SCHEDULE(target, id, ...)                                                                            \
    schedule(target, id, (struct applicationautoscaling_schedule_props){ __VA_ARGS__ })
#define CRON(...)                                                                                            \
    &(struct applicationautoscaling_cron)                                                                    \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }

static void schedules(struct stack *stack)
{
    struct applicationautoscaling_scalable_target *scaled = web_target(stack);

    SCHEDULE(scaled, "Morning", .schedule.cron = CRON(.hour = "8", .minute = "0"), .min_capacity = count(5));
    SCHEDULE(scaled, "Evening", .schedule.cron = CRON(.hour = "20", .minute = "30", .week_day = "MON-FRI"),
        .max_capacity = count(2), .min_capacity = count(0), .time_zone = "Europe/Berlin",
        .start_time = "2026-01-31T08:00:00Z", .end_time = "2027-01-31T08:00:00Z");
    SCHEDULE(scaled, "Yearly",
        .schedule.cron = CRON(.minute = "5", .hour = "4", .day = "1", .month = "1", .year = "2026-2028"),
        .max_capacity = count(3));
    SCHEDULE(scaled, "EveryMinute", .schedule.cron = CRON(0), .max_capacity = count(3));
    SCHEDULE(scaled, "Once", .schedule.expression = "at(2026-01-31T08:00:00)", .min_capacity = count(1));
    SCHEDULE(scaled, "Day", .schedule.rate = hours(24), .min_capacity = count(1));
    SCHEDULE(scaled, "Days", .schedule.rate = days(3), .min_capacity = count(1));
    SCHEDULE(scaled, "Hours", .schedule.rate = minutes(120), .min_capacity = count(1));
    SCHEDULE(scaled, "Minute", .schedule.rate = minutes(1), .min_capacity = count(1));
    SCHEDULE(scaled, "Minutes", .schedule.rate = minutes(90), .min_capacity = count(1));
}

static struct applicationautoscaling_policy *track(struct applicationautoscaling_scalable_target *target,
    const char *id, struct applicationautoscaling_tracking_props props)
{
    return applicationautoscaling_scalable_target_scale_to_track_metric(target, id, &props);
}
#define TRACK(target, id, ...)                                                                               \
    track(target, id, (struct applicationautoscaling_tracking_props){ __VA_ARGS__ })

static void tracking(struct stack *stack)
{
    struct applicationautoscaling_scalable_target *scaled = web_target(stack);
    const struct applicationautoscaling_policy *policy;

    TRACK(scaled, "Cpu", .predefined_metric = APPLICATIONAUTOSCALING_ECS_SERVICE_AVERAGE_CPU_UTILIZATION,
        .target_value = 62.5);
    TRACK(scaled, "Memory",
        .predefined_metric = APPLICATIONAUTOSCALING_ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION,
        .target_value = 80, .policy_name = string("memory"), .disable_scale_in = YES,
        .scale_in_cooldown = minutes(2), .scale_out_cooldown = seconds(0));
    policy =
        TRACK(scaled, "Requests", .predefined_metric = APPLICATIONAUTOSCALING_ALB_REQUEST_COUNT_PER_TARGET,
            .resource_label = string("app/lb/1/targetgroup/group/2"), .target_value = 1000,
            .disable_scale_in = NO);
    output_new(stack->node, "Policy", &(struct output_props){ .value = policy->scaling_policy_arn });
}

static void tracking_metrics(struct stack *stack)
{
    static const struct {
        const char *name;
        enum applicationautoscaling_metric metric;
    } metrics[] = {
#define SCALING_METRIC(name, metric) { #name, APPLICATIONAUTOSCALING_##name },
#include "aws/applicationautoscaling_metrics.def"
#include "util/array.h"
#undef SCALING_METRIC
    };
    struct applicationautoscaling_scalable_target *scaled = web_target(stack);

    for (size_t i = 0; i < ARRAY_SIZE(metrics); i++)
        TRACK(scaled, metrics[i].name, .predefined_metric = metrics[i].metric, .target_value = 1);
}

static void tracking_custom_metric(struct stack *stack)
{
    struct applicationautoscaling_scalable_target *scaled = web_target(stack);
    struct cloudwatch_metric *depth = cloudwatch_metric_new(
        &(struct cloudwatch_metric_props){ .namespace = "Shop", .metric_name = "Depth", .unit = "Count" });

    TRACK(scaled, "Requests", .custom_metric = requests("Sum"), .target_value = 100);
    TRACK(scaled, "Depth", .custom_metric = depth, .target_value = 10);
}

static void scale(struct applicationautoscaling_scalable_target *target, const char *id,
    struct applicationautoscaling_step_props props)
{
    applicationautoscaling_scalable_target_scale_on_metric(target, id, &props);
}
#define SCALE(target, id, ...) scale(target, id, (struct applicationautoscaling_step_props){ __VA_ARGS__ })
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

static void steps(struct stack *stack)
{
    const struct applicationautoscaling_step both[] = { BELOW(10, -1), FROM(50, 1), FROM(70, 3) };
    const struct applicationautoscaling_step up[] = { BETWEEN(0, 100, 0), FROM(100, 2) };
    const struct applicationautoscaling_step down[] = { BETWEEN(5, 10, -1), BETWEEN(0, 5, -2) };
    struct applicationautoscaling_scalable_target *scaled = web_target(stack);

    SCALE(scaled, "Both", .metric = requests("Sum"), .steps = both, .step_count = 3);
    SCALE(scaled, "Up", .metric = requests("Sum"), .steps = up, .step_count = 2);
    SCALE(scaled, "Down", .metric = requests("Sum"), .steps = down, .step_count = 2);
}

static struct cloudwatch_metric *half(void)
{
    return cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "a / 2",
        .using_metrics = (struct cloudwatch_variable[]){ { "a", requests("Sum") }, { 0 } },
    });
}

static void step_options(struct stack *stack)
{
    const struct applicationautoscaling_step exact[] = { BETWEEN(0, 10, 0), BELOW(100, 2),
        BETWEEN(100, 1000, 5), FROM(1000, 9) };
    const struct applicationautoscaling_step percent[] = { BETWEEN(100, 200, 10), FROM(200, 25.5) };
    const struct applicationautoscaling_step simple[] = { BELOW(1, -1), FROM(2, 1) };
    struct applicationautoscaling_scalable_target *scaled = web_target(stack);

    SCALE(scaled, "Exact", .metric = requests("Sum"), .steps = exact, .step_count = 4,
        .adjustment_type = APPLICATIONAUTOSCALING_EXACT_CAPACITY);
    SCALE(scaled, "Percent", .metric = requests("Maximum"), .steps = percent, .step_count = 2,
        .adjustment_type = APPLICATIONAUTOSCALING_PERCENT_CHANGE_IN_CAPACITY, .min_adjustment_magnitude = 2,
        .cooldown = minutes(3), .evaluation_periods = 5, .datapoints_to_alarm = 3);
    SCALE(scaled, "Aggregated", .metric = requests("p99"), .steps = simple, .step_count = 2,
        .metric_aggregation_type = APPLICATIONAUTOSCALING_MINIMUM, .evaluation_periods = 2);
    SCALE(scaled, "Expression", .metric = half(), .steps = simple, .step_count = 2);
}

static const struct parity_case cases[] = {
    { "applicationautoscaling-target", target },
    { "applicationautoscaling-schedules", schedules },
    { "applicationautoscaling-tracking", tracking },
    { "applicationautoscaling-tracking-metrics", tracking_metrics },
    { "applicationautoscaling-tracking-custom-metric", tracking_custom_metric },
    { "applicationautoscaling-steps", steps },
    { "applicationautoscaling-step-options", step_options },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("applicationautoscaling", cases, argc, argv);
}
