// SPDX-License-Identifier: MIT
// When what is measured is an alarm.
#include "aws/cloudwatch_actions.h"
#include "stacks/observability.h"
#include "util/arena.h"
#include "util/array.h"

enum level { BASIC, FULL };
enum service { API, DATABASE, EVENTS, DELIVERY, SERVICE_COUNT };
enum alarm_comparison {
    ABOVE,
    AT_LEAST,
    BELOW,
    BELOW_IF_KNOWN,
    BELOW_BAND, // of what is usual; the threshold is its width in standard deviations
};

struct alarm_row {
    enum level level;
    enum service service;
    const char *id;
    const char *name;
    const char *meaning;
    const char *action;
    struct cloudwatch_metric *metric;
    double threshold;
    int evaluation_periods;
    enum alarm_comparison comparison;
};

static const enum cloudwatch_comparison_operator operators[] = {
    [ABOVE] = CLOUDWATCH_GREATER_THAN_THRESHOLD,
    [AT_LEAST] = CLOUDWATCH_GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    [BELOW] = CLOUDWATCH_LESS_THAN_THRESHOLD,
    [BELOW_IF_KNOWN] = CLOUDWATCH_LESS_THAN_THRESHOLD,
    [BELOW_BAND] = CLOUDWATCH_LESS_THAN_LOWER_THRESHOLD,
};

static const struct composite_row {
    const char *id;
    const char *name;
    const char *what;
} composite_rows[SERVICE_COUNT] = {
    [API] = { "ApiAlarm", "api", "The API" },
    [DATABASE] = { "DatabaseAlarm", "database", "The database" },
    [EVENTS] = { "EventsAlarm", "events", "Events" },
    [DELIVERY] = { "DeliveryAlarm", "delivery", "What CloudFront delivers" },
};

// An alarm that was made, of a service.
struct made_alarm {
    enum service service;
    struct cloudwatch_alarm *alarm;
};

static struct cloudwatch_metric *error_rate(const struct metrics *m)
{
    return cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "(elb5xx + target5xx) / requests * 100",
        .using_metrics =
            (struct cloudwatch_variable[]){
                { "elb5xx", m->elb_5xx },
                { "target5xx", m->target_5xx },
                { "requests", m->requests },
                { 0 },
            },
        .period = minutes(1),
    });
}

static struct cloudwatch_metric *missing_tasks(const struct metrics *m)
{
    return cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "desired - running",
        .using_metrics =
            (struct cloudwatch_variable[]){
                { "desired", m->tasks_desired },
                { "running", m->tasks_running },
                { 0 },
            },
        .period = minutes(1),
    });
}

static void notify(struct cloudwatch_alarm *alarm, const struct sns_topic *topic)
{
    cloudwatch_alarm_add_alarm_action(alarm, cloudwatch_actions_sns(topic));
    cloudwatch_alarm_add_ok_action(alarm, cloudwatch_actions_sns(topic));
}

static struct cloudwatch_alarm *alarm_new(
    struct construct *scope, const struct settings *settings, const struct alarm_row *row)
{
    const char *description = row->meaning;

    if (tango_has_full_alarms(settings))
        description = arena_printf(value_arena(), "%s. %s", row->meaning, row->action);
    const struct cloudwatch_alarm_props props = {
        .metric = row->metric,
        .alarm_name = string(tango_resource_name(settings, row->name)),
        .alarm_description = description,
        .comparison_operator = operators[row->comparison],
        .threshold = count(row->threshold),
        .evaluation_periods = row->evaluation_periods,
        // No data means that nothing happens, which is only bad where something has to be there.
        .treat_missing_data = row->comparison == BELOW ? CLOUDWATCH_MISSING_DATA_BREACHING
                                                       : CLOUDWATCH_MISSING_DATA_NOT_BREACHING,
    };
    if (row->comparison == BELOW_BAND)
        return cloudwatch_anomaly_detection_alarm_new(scope, row->id, &props, props.threshold);
    return cloudwatch_alarm_new(scope, row->id, &props);
}

// One state for each service: for a status page, and for who is called at night. NULL for one without alarms.
static struct cloudwatch_alarm *composite_new(struct construct *scope, const struct settings *settings,
    enum service service, const struct made_alarm *made, size_t count)
{
    const struct composite_row *row = &composite_rows[service];
    struct cloudwatch_alarm_rule **rules =
        arena_alloc(value_arena(), (count + 1) * sizeof(struct cloudwatch_alarm_rule *));
    size_t length = 0;

    for (size_t i = 0; i < count; i++)
        if (made[i].service == service)
            rules[length++] = cloudwatch_alarm_rule_from_alarm(made[i].alarm, CLOUDWATCH_STATE_ALARM);
    if (!length)
        return NULL;
    return cloudwatch_composite_alarm_new(scope, row->id,
        &(struct cloudwatch_composite_alarm_props){
            .alarm_name = string(tango_resource_name(settings, row->name)),
            .alarm_description = arena_printf(
                value_arena(), "%s: at least one alarm is on. Go by the description of that one", row->what),
            .alarm_rule = cloudwatch_alarm_rule_any_of(rules),
        });
}

struct cloudwatch_alarm *const *tango_alarms_new(struct construct *scope, const struct settings *settings,
    const struct metrics *m, const struct sns_topic *topic)
{
    const struct alarm_row rows[] = {
#define ALARM(...) { __VA_ARGS__ },
#include "stacks/alarms.def"
#undef ALARM
    };
    struct made_alarm made[ARRAY_SIZE(rows)];
    struct cloudwatch_alarm **shown = arena_alloc(
        value_arena(), (SERVICE_COUNT + ARRAY_SIZE(rows) + 1) * sizeof(struct cloudwatch_alarm *));
    size_t count = 0, length = 0;

    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        if (!rows[i].metric || (rows[i].level == FULL && !tango_has_full_alarms(settings)))
            continue;
        made[count] = (struct made_alarm){ rows[i].service, alarm_new(scope, settings, &rows[i]) };
        notify(made[count++].alarm, topic);
    }
    for (int service = 0; tango_has_full_alarms(settings) && service < SERVICE_COUNT; service++) {
        shown[length] = composite_new(scope, settings, (enum service)service, made, count);
        if (shown[length])
            notify(shown[length++], topic);
    }
    for (size_t i = 0; i < count; i++)
        shown[length++] = made[i].alarm;
    shown[length] = NULL;
    return shown;
}
