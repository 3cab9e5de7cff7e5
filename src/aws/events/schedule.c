// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "util/array.h"

#include <inttypes.h>

struct events_schedule events_schedule_expression(const char *expression)
{
    return (struct events_schedule){ .expression = expression };
}

struct events_schedule events_schedule_rate(struct duration interval)
{
    static const struct {
        int64_t milliseconds;
        const char *name;
    } units[] = {
        { INT64_C(24) * 60 * 60 * 1000, "day" },
        { INT64_C(60) * 60 * 1000, "hour" },
        { INT64_C(60) * 1000, "minute" },
    };

    if (interval.milliseconds <= 0)
        return (struct events_schedule){ .error = "the interval of a schedule cannot be 0" };
    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        int64_t n = interval.milliseconds / units[i].milliseconds;

        if (n * units[i].milliseconds == interval.milliseconds)
            return events_schedule_expression(
                value_string(stringf("rate(%" PRId64 " %s%s)", n, units[i].name, n == 1 ? "" : "s")));
    }
    return (struct events_schedule){ .error = "the interval of a schedule must be whole minutes" };
}

static const char *or_else(const char *given, const char *fallback)
{
    return given ? given : fallback;
}

struct events_schedule events_schedule_cron(const struct events_cron_options *options)
{
    struct events_schedule schedule = { 0 };
    struct value *expression = stringf("cron(%s %s %s %s %s %s)", or_else(options->minute, "*"),
        or_else(options->hour, "*"), or_else(options->day, options->week_day ? "?" : "*"),
        or_else(options->month, "*"), or_else(options->week_day, "?"), or_else(options->year, "*"));

    if (options->day && options->week_day)
        schedule.error = "a schedule takes 'day' or 'week_day', not both";
    if (!options->minute)
        schedule.warning = "without 'minute' the schedule runs every minute; say \"*\" if that is wanted";
    schedule.expression = value_string(expression);
    return schedule;
}
