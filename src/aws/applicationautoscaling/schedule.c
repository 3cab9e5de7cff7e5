// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling/schedule.h"

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

struct value *schedule_expression(
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
