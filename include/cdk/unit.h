// SPDX-License-Identifier: MIT
#ifndef CDK_UNIT_H
#define CDK_UNIT_H

// Small tagged types for props in which 0 is a legal value or the default is not false: {0} always means "not
// given".

#include "data/value.h"
#include "util/toggle.h"

#include <stdbool.h>
#include <stdint.h>

// NULL when not given.
static inline struct value *toggle_value(enum toggle given)
{
    return given == TOGGLE_DEFAULT ? NULL : boolean(given == YES);
}

// A number for which 0 is meaningful.
struct count {
    bool given;
    double number;
};

static inline struct count count(double number)
{
    return (struct count){ true, number };
}

static inline double count_or(struct count given, double fallback)
{
    return given.given ? given.number : fallback;
}

// NULL when not given.
static inline struct value *count_value(struct count given)
{
    return given.given ? number(given.number) : NULL;
}

struct duration {
    bool given;
    int64_t milliseconds;
};

static inline struct duration milliseconds(int64_t n)
{
    return (struct duration){ true, n };
}

static inline struct duration seconds(int64_t n)
{
    return milliseconds(n * 1000);
}

static inline struct duration minutes(int64_t n)
{
    return seconds(n * 60);
}

static inline struct duration hours(int64_t n)
{
    return minutes(n * 60);
}

static inline struct duration days(int64_t n)
{
    return hours(n * 24);
}

static inline struct duration duration_or(struct duration given, struct duration fallback)
{
    return given.given ? given : fallback;
}

static inline int64_t duration_to_seconds(struct duration duration)
{
    return duration.milliseconds / 1000;
}

// A number of seconds, minutes or days; NULL when not given.
static inline struct value *seconds_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 1000) : NULL;
}

static inline struct value *minutes_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 60000) : NULL;
}

static inline struct value *days_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 86400000) : NULL;
}

#endif
