// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/alarm_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "util/arena.h"

#include <string.h>

enum { MAX_DEFAULT_NAME = 240 };

static struct value *default_name(const struct construct *node)
{
    const char *name = names_unique_id(node);
    size_t length = strlen(name);
    if (length <= MAX_DEFAULT_NAME)
        return string(name);
    int half = MAX_DEFAULT_NAME / 2;
    return stringf("%.*s%s", half, name, name + length - half);
}

static struct value *suppression_period(
    const struct cloudwatch_composite_alarm_props *p, struct duration period)
{
    return p->actions_suppressor ? seconds_value(duration_or(period, minutes(1))) : NULL;
}

static struct value *composite_alarm_properties(
    const struct cloudwatch_composite_alarm_props *p, const struct cloudwatch_alarm *alarm)
{
    const struct cloudwatch_alarm_state *state = alarm->state;
    const struct cloudwatch_alarm *suppressor = p->actions_suppressor;
    return object((struct field[]){
        { "ActionsEnabled", toggle_value(p->actions_enabled) },
        { "ActionsSuppressor", suppressor ? suppressor->alarm_arn : NULL },
        { "ActionsSuppressorExtensionPeriod", suppression_period(p, p->actions_suppressor_extension_period) },
        { "ActionsSuppressorWaitPeriod", suppression_period(p, p->actions_suppressor_wait_period) },
        { "AlarmActions", omit_empty(state->alarm_actions) },
        { "AlarmDescription", string(p->alarm_description) },
        { "AlarmName", p->alarm_name ? p->alarm_name : default_name(alarm->node) },
        { "AlarmRule", p->alarm_rule ? p->alarm_rule->text : NULL },
        { "InsufficientDataActions", omit_empty(state->insufficient_data_actions) },
        { "OKActions", omit_empty(state->ok_actions) },
        END,
    });
}

static void check_props(const struct cloudwatch_composite_alarm_props *p, struct construct *node)
{
    if (!p->alarm_rule) {
        diag_error(node, "a composite alarm needs a rule");
        return;
    }
    findings_report(&p->alarm_rule->findings, node);
    if (p->alarm_rule->length > ALARM_RULE_MAX_LENGTH)
        diag_error(node, "the alarm rule has more than %d characters: give it fewer conditions",
            ALARM_RULE_MAX_LENGTH);
    bool has_periods =
        p->actions_suppressor_extension_period.given || p->actions_suppressor_wait_period.given;
    if (!p->actions_suppressor && has_periods)
        diag_error(node, "extension and wait periods need an actions_suppressor");
}

struct cloudwatch_alarm *cloudwatch_composite_alarm_new(
    struct construct *scope, const char *id, const struct cloudwatch_composite_alarm_props *props)
{
    struct cloudwatch_alarm *alarm = alarm_alloc(construct_new(scope, id, "cloudwatch.CompositeAlarm"));
    check_props(props, alarm->node);
    alarm->resource = resource_new(
        alarm->node, "Resource", "AWS::CloudWatch::CompositeAlarm", composite_alarm_properties(props, alarm));
    alarm->alarm_arn = get_att(alarm->resource, "Arn");
    alarm->alarm_name = ref(alarm->resource);
    return alarm;
}
