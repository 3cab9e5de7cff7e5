// SPDX-License-Identifier: MIT
#include "settings.h"

#include "failure.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool made_of(const char *text, const char *punctuation, size_t longest)
{
    size_t length = strlen(text);

    if (!length || length > longest)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && !strchr(punctuation, text[i]))
            return false;
    return true;
}

static bool is_secret_arn(const char *text)
{
    return strncmp(text, "arn:", 4) == 0 && strstr(text, ":secretsmanager:") && strstr(text, ":secret:") &&
        made_of(text, ":/_+=.@-!", 2048);
}

static bool is_host(const char *text)
{
    return made_of(text, ".-:", 255);
}

static bool is_bus(const char *text)
{
    return made_of(text, "/.-_:", 1600);
}

static bool is_region(const char *text)
{
    return made_of(text, "-", 64);
}

static bool is_queue(const char *text)
{
    return (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0) &&
        made_of(text, ":/._-", 1024);
}

// A source of events, or the value of a CloudWatch dimension.
static bool is_name(const char *text)
{
    return made_of(text, "._-/#: ", 255);
}

// What a string must be, by type.
static const struct {
    bool (*holds)(const char *);
    const char *expected;
} checks[] = {
    [SETTING_SECRET] = { is_secret_arn, "the ARN of a Secrets Manager secret" },
    [SETTING_HOST] = { is_host, "a host name" },
    [SETTING_BUS] = { is_bus, "the name or ARN of an event bus" },
    [SETTING_REGION] = { is_region, "an AWS region" },
    [SETTING_QUEUE] = { is_queue, "the URL of an SQS queue" },
    [SETTING_NAME] = { is_name, "letters, digits, spaces and any of ._-/#:" },
};

static int set_number(const struct setting *s, const char *text, long *field, struct failure *f)
{
    char *end;
    long value;

    errno = 0;
    value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < s->minimum || value > s->maximum)
        return fail(f, "Configuration.Invalid", "%s must be a whole number from %ld to %ld, not \"%s\"",
            s->name, s->minimum, s->maximum, text);
    *field = value;
    return 0;
}

static int read_setting(const struct setting *s, void *target, struct failure *f)
{
    void *field = (char *)target + s->offset;
    const char *text = getenv(s->name);

    if (!text || !*text)
        text = s->fallback;
    if (!text)
        return fail(f, "Configuration.Missing", "the environment variable %s is not set", s->name);
    if (s->type == SETTING_NUMBER)
        return set_number(s, text, field, f);
    if (*text && !checks[s->type].holds(text))
        return fail(
            f, "Configuration.Invalid", "%s must be %s, not \"%s\"", s->name, checks[s->type].expected, text);
    *(const char **)field = *text ? text : NULL;
    return 0;
}

int settings_read(const struct setting *settings, size_t count, void *target, struct failure *f)
{
    for (size_t i = 0; i < count; i++)
        if (read_setting(&settings[i], target, f) < 0)
            return -1;
    return 0;
}
