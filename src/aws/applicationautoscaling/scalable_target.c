// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/array.h"

enum { MINUTE = 60 * 1000 };

// In the largest unit that makes it a whole number.
static const char *rate_expression(struct construct *node, struct duration rate)
{
    static const struct {
        const char *name;
        int64_t milliseconds;
    } units[] = {
        { "day", 24LL * 60 * MINUTE },
        { "hour", 60LL * MINUTE },
        { "minute", MINUTE },
    };

    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        int64_t amount = rate.milliseconds / units[i].milliseconds;

        if (amount > 0 && rate.milliseconds % units[i].milliseconds == 0)
            return value_string(
                stringf("rate(%lld %s%s)", (long long)amount, units[i].name, amount == 1 ? "" : "s"));
    }
    diag_error(node, "the rate of a schedule must be a whole number of minutes, at least 1");
    return "";
}

static const char * or (const char *text, const char *fallback)
{
    return text ? text : fallback;
}

static const char *cron_expression(struct construct *node, const struct applicationautoscaling_cron *cron)
{
    if (cron->day && cron->week_day)
        diag_error(node, "a cron schedule takes 'day' or 'week_day', not both");
    if (!cron->minute)
        diag_warning(node,
            "a cron schedule without 'minute' acts every minute; say \"*\" if that is meant, or \"0\" for "
            "once an hour");
    return value_string(stringf("cron(%s %s %s %s %s %s)", or (cron->minute, "*"), or (cron->hour, "*"),
        or (cron->day, cron->week_day ? "?" : "*"), or (cron->month, "*"), or (cron->week_day, "?"),
        or (cron->year, "*")));
}

// When a scheduled action happens: "cron(...)", "rate(...)" or "at(...)".
static struct value *schedule_expression(
    struct construct *node, const struct applicationautoscaling_schedule *schedule)
{
    if ((schedule->expression != NULL) + schedule->rate.given + (schedule->cron != NULL) != 1)
        diag_error(node, "a schedule needs exactly one of 'expression', 'rate' and 'cron'");
    if (schedule->cron)
        return string(cron_expression(node, schedule->cron));
    if (schedule->rate.given)
        return string(rate_expression(node, schedule->rate));
    return string(schedule->expression);
}

static const char *const service_namespaces[] = {
    [APPLICATIONAUTOSCALING_ECS] = "ecs",
    [APPLICATIONAUTOSCALING_ELASTIC_MAP_REDUCE] = "elasticmapreduce",
    [APPLICATIONAUTOSCALING_EC2] = "ec2",
    [APPLICATIONAUTOSCALING_APPSTREAM] = "appstream",
    [APPLICATIONAUTOSCALING_DYNAMODB] = "dynamodb",
    [APPLICATIONAUTOSCALING_RDS] = "rds",
    [APPLICATIONAUTOSCALING_SAGEMAKER] = "sagemaker",
    [APPLICATIONAUTOSCALING_CUSTOM_RESOURCE] = "custom-resource",
    [APPLICATIONAUTOSCALING_LAMBDA] = "lambda",
    [APPLICATIONAUTOSCALING_COMPREHEND] = "comprehend",
    [APPLICATIONAUTOSCALING_KAFKA] = "kafka",
    [APPLICATIONAUTOSCALING_ELASTICACHE] = "elasticache",
    [APPLICATIONAUTOSCALING_NEPTUNE] = "neptune",
    [APPLICATIONAUTOSCALING_CASSANDRA] = "cassandra",
    [APPLICATIONAUTOSCALING_WORKSPACES] = "workspaces",
};

static void check(struct construct *node, const struct applicationautoscaling_scalable_target_props *p)
{
    if (!p->service_namespace || !p->resource_id || !p->scalable_dimension)
        diag_error(
            node, "a scalable target needs 'service_namespace', 'resource_id' and 'scalable_dimension'");
    if (p->min_capacity < 0)
        diag_error(node, "'min_capacity' must not be negative, got %d", p->min_capacity);
    if (p->max_capacity < 0)
        diag_error(node, "'max_capacity' must not be negative, got %d", p->max_capacity);
    if (p->max_capacity < p->min_capacity)
        diag_error(
            node, "'min_capacity' %d must not exceed 'max_capacity' %d", p->min_capacity, p->max_capacity);
}

static struct value *scalable_target_properties(const struct applicationautoscaling_scalable_target *self,
    const struct applicationautoscaling_scalable_target_props *p)
{
    return object((struct field[]){
        { "MaxCapacity", number(p->max_capacity) },
        { "MinCapacity", number(p->min_capacity) },
        { "ResourceId", p->resource_id },
        { "RoleARN", self->role->role_arn },
        { "ScalableDimension", string(p->scalable_dimension) },
        { "ScheduledActions", self->scheduled_actions },
        { "ServiceNamespace", string(service_namespaces[p->service_namespace]) },
        END,
    });
}

static struct iam_role *role_new(struct construct *scope)
{
    return iam_role_new(scope, "Role",
        &(struct iam_role_props){
            .assumed_by = iam_service_principal("application-autoscaling.amazonaws.com"),
        });
}

struct applicationautoscaling_scalable_target *applicationautoscaling_scalable_target_new(
    struct construct *scope, const char *id, const struct applicationautoscaling_scalable_target_props *props)
{
    struct applicationautoscaling_scalable_target *self = arena_alloc(construct_arena(scope), sizeof(*self));

    self->node = construct_new(scope, id, "aws_applicationautoscaling.ScalableTarget");
    check(self->node, props);
    self->role = props->role ? props->role : role_new(self->node);
    self->scheduled_actions = omit_empty(array());
    self->resource = resource_new(self->node, "Resource", "AWS::ApplicationAutoScaling::ScalableTarget",
        scalable_target_properties(self, props));
    self->scalable_target_id = ref(self->resource);
    return self;
}

static struct value *capacities(const struct applicationautoscaling_schedule_props *p)
{
    return object((struct field[]){
        { "MaxCapacity", count_value(p->max_capacity) },
        { "MinCapacity", count_value(p->min_capacity) },
        END,
    });
}

void applicationautoscaling_scalable_target_scale_on_schedule(
    struct applicationautoscaling_scalable_target *target, const char *id,
    const struct applicationautoscaling_schedule_props *props)
{
    if (!props->min_capacity.given && !props->max_capacity.given)
        diag_error(target->node, "scheduled action '%s' needs a 'min_capacity' or a 'max_capacity'", id);
    array_append(target->scheduled_actions,
        object((struct field[]){
            { "EndTime", string(props->end_time) },
            { "ScalableTargetAction", capacities(props) },
            { "Schedule", schedule_expression(target->node, &props->schedule) },
            { "ScheduledActionName", string(id) },
            { "StartTime", string(props->start_time) },
            { "Timezone", string(props->time_zone) },
            END,
        }));
}
