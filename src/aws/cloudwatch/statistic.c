// SPDX-License-Identifier: MIT
#include "aws/cloudwatch/statistic.h"

#include "cdk/token.h"
#include "util/arena.h"
#include "util/array.h"
#include "util/text/pattern.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *spelling;
    struct statistic statistic;
} named[] = {
    { "average", { STATISTIC_SIMPLE, "Average" } },
    { "avg", { STATISTIC_SIMPLE, "Average" } },
    { "minimum", { STATISTIC_SIMPLE, "Minimum" } },
    { "min", { STATISTIC_SIMPLE, "Minimum" } },
    { "maximum", { STATISTIC_SIMPLE, "Maximum" } },
    { "max", { STATISTIC_SIMPLE, "Maximum" } },
    { "samplecount", { STATISTIC_SIMPLE, "SampleCount" } },
    { "n", { STATISTIC_SIMPLE, "SampleCount" } },
    { "sum", { STATISTIC_SIMPLE, "Sum" } },
    { "iqm", { STATISTIC_EXTENDED, "IQM" } },
};

// "p99.9": one percentile.
static bool is_single(const char *text)
{
    if (!text_matches_ignoring_case(text, "^(p|tm|wm|tc|ts)[0-9]+(\\.[0-9]+)?$"))
        return false;
    return strtod(text + strcspn(text, "0123456789"), NULL) <= 100;
}

struct boundary {
    bool valid;
    bool given;
    bool is_percent;
};

static struct boundary boundary_parse(const char *text, size_t length)
{
    while (length > 0 && isspace((unsigned char)*text)) {
        text++;
        length--;
    }
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    if (length == 0)
        return (struct boundary){ .valid = true };
    bool is_percent = text[length - 1] == '%';
    char *end;
    double value = strtod(text, &end);
    bool in_range = end > text && value >= 0 && !(is_percent && value > 100);
    return (struct boundary){ .valid = in_range, .given = true, .is_percent = is_percent };
}

// "TM(10%:90%)", "PR(:300)": a range, one end of which may be open.
static bool is_range(const char *text)
{
    if (!text_matches_ignoring_case(text, "^(PR|TM|WM|TC|TS)\\([^)]+\\)$"))
        return false;
    const char *lower = strchr(text, '(') + 1;
    const char *colon = strchr(lower, ':');
    if (!colon)
        return false;
    struct boundary from = boundary_parse(lower, (size_t)(colon - lower));
    struct boundary to = boundary_parse(colon + 1, strcspn(colon + 1, ":)"));
    if (!from.valid || !to.valid || (!from.given && !to.given))
        return false;
    return !from.given || !to.given || from.is_percent == to.is_percent;
}

static const char *in_case(const char *text, int (*convert)(int))
{
    char *copy = arena_strdup(value_arena(), text);
    for (char *c = copy; *c; c++)
        *c = (char)convert((unsigned char)*c);
    return copy;
}

struct statistic statistic_parse(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(named); i++) {
        if (strcasecmp(text, named[i].spelling) == 0)
            return named[i].statistic;
    }
    if (is_single(text))
        return (struct statistic){ STATISTIC_EXTENDED, in_case(text, tolower) };
    if (is_range(text))
        return (struct statistic){ STATISTIC_EXTENDED, in_case(text, toupper) };
    return (struct statistic){ STATISTIC_UNKNOWN, text };
}
