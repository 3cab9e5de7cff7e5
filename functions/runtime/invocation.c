// SPDX-License-Identifier: MIT
#include "runtime.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_header(const char *line, size_t length, const char *name)
{
    size_t n = strlen(name);

    return length > n && line[n] == ':' && strncasecmp(line, name, n) == 0;
}

// The request id becomes part of a URL.
static bool is_request_id(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    return length > 0;
}

static void set_text(char *field, size_t size, const char *text, size_t length)
{
    if (length >= size)
        return;
    for (size_t i = 0; i < length; i++)
        if (iscntrl((unsigned char)text[i]))
            return;
    memcpy(field, text, length);
    field[length] = '\0';
}

static int64_t read_deadline(const char *text, size_t length)
{
    int64_t value = 0;

    if (length > 15)
        return 0;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)text[i]))
            return 0;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

void invocation_header(struct invocation *invocation, const char *line, size_t length)
{
    const char *value = memchr(line, ':', length), *end = line + length;
    size_t n;

    if (!value)
        return;
    value++;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && isspace((unsigned char)end[-1]))
        end--;
    n = (size_t)(end - value);
    if (is_header(line, length, "Lambda-Runtime-Aws-Request-Id") && is_request_id(value, n))
        set_text(invocation->request_id, sizeof(invocation->request_id), value, n);
    else if (is_header(line, length, "Lambda-Runtime-Deadline-Ms"))
        invocation->deadline_ms = read_deadline(value, n);
    else if (is_header(line, length, "Lambda-Runtime-Invoked-Function-Arn"))
        set_text(invocation->function_arn, sizeof(invocation->function_arn), value, n);
    else if (is_header(line, length, "Lambda-Runtime-Trace-Id"))
        set_text(invocation->trace_id, sizeof(invocation->trace_id), value, n);
}

bool invocation_complete(const struct invocation *invocation)
{
    return invocation->request_id[0] && invocation->deadline_ms > 0;
}
