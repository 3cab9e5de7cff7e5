// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/alarm_private.h"
#include "aws/cloudwatch/widget_private.h"

static struct value *alarm_widget_content(const struct cloudwatch_alarm_widget_props *p)
{
    struct value *alarms = array_of((struct value *[]){ p->alarm->alarm_arn, NULL });
    return object((struct field[]){
        { "view", string("timeSeries") },
        { "title", string(p->title) },
        { "region", region_or_here(p->region) },
        { "annotations", object((struct field[]){ { "alarms", alarms }, END }) },
        { "yAxis", object((struct field[]){ { "left", y_axis_value(p->left_y_axis) }, END }) },
        { "accountId", p->account_id },
        END,
    });
}

struct cloudwatch_widget *cloudwatch_alarm_widget_new(const struct cloudwatch_alarm_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("metric", props->width ? props->width : 6, props->height ? props->height : 6);
    if (props->alarm)
        widget->content = alarm_widget_content(props);
    else
        findings_add_error(&widget->findings, "an alarm widget needs an alarm");
    return widget;
}

static struct value *states_value(const enum cloudwatch_alarm_rule_state *states)
{
    if (!states)
        return NULL;
    struct value *names = array();
    for (; *states != CLOUDWATCH_STATE_END; states++)
        array_append(names, string(alarm_state_name(*states)));
    return names;
}

static struct value *alarm_status_content(const struct cloudwatch_alarm_status_widget_props *p)
{
    static const char *const sort_names[] = {
        [CLOUDWATCH_ALARM_SORT_DEFAULT] = "default",
        [CLOUDWATCH_ALARM_SORT_STATE_UPDATED_TIMESTAMP] = "stateUpdatedTimestamp",
        [CLOUDWATCH_ALARM_SORT_TIMESTAMP] = "timestamp",
    };
    struct value *alarms = array();
    for (struct cloudwatch_alarm *const *alarm = p->alarms; alarm && *alarm; alarm++)
        array_append(alarms, (*alarm)->alarm_arn);
    return object((struct field[]){
        { "title", string(p->title ? p->title : "Alarm Status") },
        { "alarms", alarms },
        { "states", states_value(p->states) },
        { "sortBy", string(sort_names[p->sort_by]) },
        END,
    });
}

struct cloudwatch_widget *cloudwatch_alarm_status_widget_new(
    const struct cloudwatch_alarm_status_widget_props *props)
{
    struct cloudwatch_widget *widget =
        widget_new("alarm", props->width ? props->width : 6, props->height ? props->height : 3);
    widget->content = alarm_status_content(props);
    return widget;
}
