// SPDX-License-Identifier: MIT
#include "util/text/human.h"

#include <stdio.h>

const char *human_duration(char *text, size_t size, int64_t ms)
{
    long long seconds = (ms + 500) / 1000;

    if (seconds < 60)
        snprintf(text, size, "%lld s", seconds);
    else if (seconds < 3600)
        snprintf(text, size, "%lld min %02lld s", seconds / 60, seconds % 60);
    else
        snprintf(text, size, "%lld h %02lld min", seconds / 3600, seconds / 60 % 60);
    return text;
}

const char *human_short_duration(char *text, size_t size, int64_t ms)
{
    if (ms >= 60 * 1000)
        return human_duration(text, size, ms);
    if (ms < 1000)
        snprintf(text, size, "%lld ms", (long long)ms);
    else
        snprintf(text, size, "%.1f s", (double)ms / 1000);
    return text;
}

const char *human_age(char *text, size_t size, int64_t ms)
{
    // From which age on a unit is taken, so that there are always at least two of it.
    static const struct {
        long long from, seconds;
        const char *name;
    } units[] = { { 2 * 86400, 86400, "days" }, { 2 * 3600, 3600, "h" }, { 120, 60, "min" }, { 0, 1, "s" } };
    long long seconds = ms > 0 ? ms / 1000 : 0;
    size_t i = 0;

    while (seconds < units[i].from)
        i++;
    snprintf(text, size, "%lld %s", seconds / units[i].seconds, units[i].name);
    return text;
}

const char *human_bytes(char *text, size_t size, double bytes)
{
    static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB", NULL };
    size_t unit = 0;

    for (; bytes >= 1024 && units[unit + 1]; unit++)
        bytes /= 1024;
    snprintf(text, size, unit ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
    return text;
}

const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}
