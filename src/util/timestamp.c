// SPDX-License-Identifier: MIT
#include "util/timestamp.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

int64_t timestamp_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ".123456": the milliseconds of it; moves on.
static int read_fraction(const char **text)
{
    int milliseconds = 0;
    int weight = 100;

    if (**text != '.')
        return 0;
    for ((*text)++; isdigit((unsigned char)**text); (*text)++, weight /= 10)
        milliseconds += (**text - '0') * weight;
    return milliseconds;
}

// "", "Z" or "+01:00" up to the end of the text.
static bool read_offset(const char *text, int *ret_seconds)
{
    int hours, minutes, length = 0;
    char sign;

    *ret_seconds = 0;
    if (!*text || strcmp(text, "Z") == 0)
        return true;
    if (sscanf(text, "%c%2d:%2d%n", &sign, &hours, &minutes, &length) != 3 || text[length] ||
        (sign != '+' && sign != '-'))
        return false;
    *ret_seconds = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
    return true;
}

int64_t timestamp_parse(const char *text)
{
    struct tm time = { 0 };
    int length = 0, offset, milliseconds;

    if (!text ||
        sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &time.tm_year, &time.tm_mon, &time.tm_mday, &time.tm_hour,
            &time.tm_min, &time.tm_sec, &length) != 6)
        return -1;
    text += length;
    milliseconds = read_fraction(&text);
    if (!read_offset(text, &offset))
        return -1;
    time.tm_year -= 1900;
    time.tm_mon -= 1;
    return ((int64_t)timegm(&time) - offset) * 1000 + milliseconds;
}

const char *timestamp_text(char *text, size_t size, int64_t time)
{
    time_t seconds = (time_t)(time / 1000);
    struct tm parts;

    gmtime_r(&seconds, &parts);
    strftime(text, size, "%Y-%m-%d %H:%M:%S", &parts);
    return text;
}
