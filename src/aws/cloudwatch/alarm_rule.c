// SPDX-License-Identifier: MIT
// Rules of composite alarms (CloudWatch's "Create a composite alarm").
#include "aws/cloudwatch/alarm_private.h"

#include "util/arena.h"

#include <string.h>

static const char *const state_names[] = {
    [CLOUDWATCH_STATE_ALARM] = "ALARM",
    [CLOUDWATCH_STATE_OK] = "OK",
    [CLOUDWATCH_STATE_INSUFFICIENT_DATA] = "INSUFFICIENT_DATA",
};

const char *alarm_state_name(enum cloudwatch_alarm_rule_state state)
{
    return state_names[state];
}

static struct cloudwatch_alarm_rule *rule_new(struct value *text, size_t length)
{
    struct cloudwatch_alarm_rule *rule = arena_alloc(value_arena(), sizeof(*rule));
    rule->text = text;
    rule->length = length;
    return rule;
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_from_alarm(
    const struct cloudwatch_alarm *alarm, enum cloudwatch_alarm_rule_state state)
{
    const char *name = alarm_state_name(state);
    return rule_new(concatf("%s(\"%v\")", name, alarm->alarm_arn),
        strlen(name) + strlen("(\"\")") + ALARM_RULE_ARN_LENGTH);
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_from_string(const char *rule)
{
    return rule_new(string(rule), strlen(rule));
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_from_boolean(bool truth)
{
    return cloudwatch_alarm_rule_from_string(truth ? "TRUE" : "FALSE");
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_not(const struct cloudwatch_alarm_rule *rule)
{
    struct cloudwatch_alarm_rule *negated =
        rule_new(concatf("(NOT (%v))", rule->text), rule->length + strlen("(NOT ())"));
    negated->findings = rule->findings;
    return negated;
}

static struct cloudwatch_alarm_rule *join(struct cloudwatch_alarm_rule *const *rules, const char *conjunction)
{
    struct value *text = string("(");
    struct cloudwatch_alarm_rule *joined = rule_new(NULL, strlen("()"));
    for (size_t i = 0; rules[i]; i++) {
        const char *separator = i > 0 ? conjunction : "";
        text = concatf("%v%s%v", text, separator, rules[i]->text);
        joined->length += strlen(separator) + rules[i]->length;
        findings_add_all(&joined->findings, &rules[i]->findings);
    }
    if (!rules[0])
        findings_add_error(&joined->findings, "an alarm rule joins nothing: give it one rule at least");
    joined->text = concatf("%v)", text);
    return joined;
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_all_of(struct cloudwatch_alarm_rule *const *rules)
{
    return join(rules, " AND ");
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_any_of(struct cloudwatch_alarm_rule *const *rules)
{
    return join(rules, " OR ");
}

static size_t check_at_least(const struct cloudwatch_at_least *condition, struct findings *findings)
{
    size_t alarms = 0;
    while (condition->alarms && condition->alarms[alarms])
        alarms++;
    if (alarms == 0)
        findings_add_error(findings, "an AT_LEAST rule needs one alarm at least");
    if (condition->percentage) {
        if (condition->percentage < 1 || condition->percentage > 100)
            findings_add_error(
                findings, "percentage of an AT_LEAST rule must be 1 to 100, not %d", condition->percentage);
    } else if (condition->count < 1 || (size_t)condition->count > alarms) {
        findings_add_error(findings,
            "count of an AT_LEAST rule must be 1 to the number of alarms (%zu), not %d", alarms,
            condition->count);
    }
    return alarms;
}

struct cloudwatch_alarm_rule *cloudwatch_alarm_rule_at_least(const struct cloudwatch_at_least *condition)
{
    struct cloudwatch_alarm_rule *rule = rule_new(NULL, 0);
    size_t alarms = check_at_least(condition, &rule->findings);
    const char *threshold = condition->percentage ? arena_printf(value_arena(), "%d%%", condition->percentage)
                                                  : arena_printf(value_arena(), "%d", condition->count);
    const char *head = arena_printf(value_arena(), "AT_LEAST(%s, %s%s, (", threshold,
        condition->negated ? "NOT " : "", alarm_state_name(condition->state));
    struct value *text = string(head);
    for (size_t i = 0; i < alarms; i++)
        text = concatf("%v%s\"%v\"", text, i > 0 ? ", " : "", condition->alarms[i]->alarm_arn);
    rule->text = concatf("%v))", text);
    rule->length = strlen(head) + strlen("))") + alarms * (strlen("\"\", ") + ALARM_RULE_ARN_LENGTH);
    return rule;
}
