// SPDX-License-Identifier: MIT
// Expressions that say when something happens, and for how long something is kept.
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/properties/values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// The expression as cfn-lint splits it, at single blanks.
static size_t count_fields(const char *text, size_t length)
{
    size_t count = 1;

    for (size_t i = 0; i < length; i++)
        count += text[i] == ' ';
    return count;
}

static const char *field_at(const char *text, size_t length, size_t index, size_t *ret_length)
{
    const char *end = text + length;
    const char *stop;

    for (; index; index--)
        text = (const char *)memchr(text, ' ', (size_t)(end - text)) + 1;
    stop = memchr(text, ' ', (size_t)(end - text));
    *ret_length = (size_t)((stop ? stop : end) - text);
    return text;
}

static bool is_any_of(const char *text, size_t length, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == length && strncmp(words[i], text, length) == 0)
            return true;
    return false;
}

// What is wrong with "5 minutes"; NULL: nothing.
static const char *rate_fault(const char *text, size_t length)
{
    static const char *const one[] = { "minute", "hour", "day" };
    static const char *const more[] = { "minutes", "hours", "days" };
    size_t number_length, unit_length;
    const char *number, *unit;
    bool is_one;

    if (count_fields(text, length) != 2)
        return "a rate is a number and a unit, as rate(5 minutes)";
    number = field_at(text, length, 0, &number_length);
    unit = field_at(text, length, 1, &unit_length);
    for (size_t i = 0; i < number_length; i++)
        if (!isdigit((unsigned char)number[i]))
            return "a rate begins with a whole number";
    if (!number_length)
        return "a rate begins with a whole number";
    if (strtod(number, NULL) <= 0)
        return "a rate is at least 1";
    is_one = strtod(number, NULL) <= 1;
    if (!is_any_of(unit, unit_length, is_one ? one : more, ARRAY_SIZE(one)))
        return is_one ? "the unit is 'minute', 'hour' or 'day' after 1"
                      : "the unit is 'minutes', 'hours' or 'days' after a number above 1";
    return NULL;
}

static const char *cron_fault(const char *text, size_t length)
{
    size_t day_length, weekday_length;
    const char *day, *weekday;

    if (count_fields(text, length) != 6)
        return "cron has six fields: minutes, hours, day of month, month, day of week, year";
    day = field_at(text, length, 2, &day_length);
    weekday = field_at(text, length, 4, &weekday_length);
    if (!(day_length == 1 && *day == '?') && !(weekday_length == 1 && *weekday == '?'))
        return "day of month or day of week has to be '?'";
    return NULL;
}

static void check_expression(struct judge *judge, const struct node *node, void *data)
{
    const char *text = node_string(node);
    size_t length = text ? strlen(text) : 0;
    const char *fault;

    (void)data;
    if (!text || strstr(text, "{{resolve:"))
        return;
    if (strncmp(text, "rate(", 5) == 0 && text[length - 1] == ')')
        fault = rate_fault(text + 5, strcspn(text + 5, ")"));
    else if (strncmp(text, "cron(", 5) == 0 && text[length - 1] == ')')
        fault = cron_fault(text + 5, strcspn(text + 5, ")"));
    else
        fault = "it is neither rate(...) nor cron(...)";
    if (fault)
        report(judge->validator, "E3027", node, "'%s': %s", text, fault);
}

static void check_rule(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties/ScheduleExpression", check_expression, NULL);
}

static void check_tiering(struct judge *judge, const struct node *tiering, void *data)
{
    struct node tier = node_get(tiering, "AccessTier"), days = node_get(tiering, "Days");
    bool is_deep = node_string(&tier) && strcmp(node_string(&tier), "DEEP_ARCHIVE_ACCESS") == 0;
    double least = is_deep ? 180 : 90, number;

    (void)data;
    if (!node_string(&tier) || (!is_deep && strcmp(node_string(&tier), "ARCHIVE_ACCESS") != 0) ||
        !value_reads_as_number(days.value, &number))
        return;
    if (number < least || number > 730)
        report(judge->validator, "E3061", &days, "%s takes %.15g to 730 days, not %.15g", node_string(&tier),
            least, number);
}

static void check_bucket(struct validator *validator, const struct node *node)
{
    validator_each_at(
        validator, node, "Properties/IntelligentTieringConfigurations/*/Tierings/*", check_tiering, NULL);
}

static void check_lifecycle(struct judge *judge, const struct node *lifecycle, void *data)
{
    struct node deleted = node_get(lifecycle, "DeleteAfterDays"),
                cold = node_get(lifecycle, "MoveToColdStorageAfterDays");

    (void)data;
    if (value_type(deleted.value) == VALUE_NUMBER && value_type(cold.value) == VALUE_NUMBER &&
        value_number(deleted.value) - value_number(cold.value) < 90)
        report(judge->validator, "E3504", &deleted,
            "%.15g days are less than 90 behind the move to cold storage after %.15g",
            value_number(deleted.value), value_number(cold.value));
}

static void check_plan(struct validator *validator, const struct node *node)
{
    static const char *const places[] = { "Properties/BackupPlan/BackupPlanRule/*/Lifecycle",
        "Properties/BackupPlan/BackupPlanRule/*/CopyActions/*/Lifecycle" };

    for (size_t i = 0; i < ARRAY_SIZE(places); i++)
        validator_each_at(validator, node, places[i], check_lifecycle, NULL);
}

#define REFUSED "AWS refuses the resource, so the stack is rolled back."

const struct rule schedule_rules[] = {
    { "E3027", SEVERITY_ERROR, "a schedule expression cannot be understood", REFUSED,
        "Write rate(5 minutes) or cron(0 12 * * ? *).", "EventBridge User Guide: schedule patterns",
        .scope = RULE_RESOURCE, .subject = "AWS::Events::Rule", .check = check_rule },
    { "E3061", SEVERITY_ERROR, "objects are moved to an archive tier after too few or too many days", REFUSED,
        "Use 90 to 730 days, and 180 to 730 for DEEP_ARCHIVE_ACCESS.", "AWS::S3::Bucket Tiering",
        .scope = RULE_RESOURCE, .subject = "AWS::S3::Bucket", .check = check_bucket },
    { "E3504", SEVERITY_ERROR, "a backup is less than 90 days in cold storage", REFUSED,
        "Delete it at least 90 days after it is moved.", "AWS::Backup::BackupPlan LifecycleResourceType",
        .scope = RULE_RESOURCE, .subject = "AWS::Backup::BackupPlan", .check = check_plan },
    RULES_END,
};
