// SPDX-License-Identifier: MIT
#include "log.h"

#include "json.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

static const char *const level_names[] = { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" };

static struct {
    bool json;
    enum log_level least;
    const char *request_id;
} state = { .least = LOG_INFO };

void log_open(void)
{
    const char *format = getenv("AWS_LAMBDA_LOG_FORMAT"), *level = getenv("AWS_LAMBDA_LOG_LEVEL");

    state.json = format && strcasecmp(format, "JSON") == 0;
    for (size_t i = 0; level && i < ARRAY_SIZE(level_names); i++)
        if (strcasecmp(level, level_names[i]) == 0)
            state.least = (enum log_level)i;
}

void log_request(const char *request_id)
{
    state.request_id = request_id;
}

static void append_timestamp(struct strbuf *line)
{
    char text[32];
    struct timespec now;
    struct tm utc;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &utc);
    strbuf_addf(line, "%s.%03ldZ", text, now.tv_nsec / 1000000);
}

static void append_json(struct strbuf *line, enum log_level level, const char *message)
{
    strbuf_add_string(line, "{\"timestamp\":\"");
    append_timestamp(line);
    strbuf_addf(line, "\",\"level\":\"%s\",\"message\":", level_names[level]);
    json_quote(line, message, strlen(message));
    if (state.request_id) {
        strbuf_add_string(line, ",\"requestId\":");
        json_quote(line, state.request_id, strlen(state.request_id));
    }
    strbuf_add_string(line, "}\n");
}

static void append_plain(struct strbuf *line, enum log_level level, const char *message)
{
    append_timestamp(line);
    strbuf_addf(line, " %s %s %s", state.request_id ? state.request_id : "-", level_names[level], message);
    for (char *c = line->data; *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    strbuf_add_string(line, "\n");
}

void log_write(enum log_level level, const char *format, ...)
{
    char message[1024];
    STRBUF_AUTO line = STRBUF_INIT;
    va_list arguments;
    ssize_t written;

    if (level < state.least)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    (state.json ? append_json : append_plain)(&line, level, message);
    written = write(STDERR_FILENO, line.data, line.length);
    (void)written;
}
