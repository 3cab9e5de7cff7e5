// SPDX-License-Identifier: MIT
#include "util/strbuf.h"

#include "util/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char strbuf_empty[1];

void strbuf_release(struct strbuf *buffer)
{
    if (buffer->capacity)
        free(buffer->data);
    *buffer = (struct strbuf)STRBUF_INIT;
}

void strbuf_reset(struct strbuf *buffer)
{
    strbuf_truncate(buffer, 0);
}

char *strbuf_detach(struct strbuf *buffer)
{
    char *data = buffer->capacity ? buffer->data : xstrdup("");

    *buffer = (struct strbuf)STRBUF_INIT;
    return data;
}

void strbuf_grow(struct strbuf *buffer, size_t extra)
{
    size_t needed = buffer->length + extra + 1;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;

    if (needed <= buffer->capacity)
        return;
    while (capacity < needed)
        capacity *= 2;
    buffer->data = xrealloc(buffer->capacity ? buffer->data : NULL, capacity);
    buffer->data[buffer->length] = '\0';
    buffer->capacity = capacity;
}

void strbuf_truncate(struct strbuf *buffer, size_t length)
{
    if (!buffer->capacity)
        return;
    buffer->length = length;
    buffer->data[length] = '\0';
}

void strbuf_add_repeated(struct strbuf *buffer, char c, size_t count)
{
    strbuf_grow(buffer, count);
    memset(buffer->data + buffer->length, c, count);
    strbuf_truncate(buffer, buffer->length + count);
}

void strbuf_addf(struct strbuf *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    strbuf_vaddf(buffer, format, arguments);
    va_end(arguments);
}

void strbuf_vaddf(struct strbuf *buffer, const char *format, va_list arguments)
{
    enum { DEFAULT_LENGTH = 100 };
    va_list copy;
    size_t room;
    int length;

    strbuf_grow(buffer, DEFAULT_LENGTH);
    room = buffer->capacity - buffer->length;
    va_copy(copy, arguments);
    length = vsnprintf(buffer->data + buffer->length, room, format, copy);
    va_end(copy);
    if (length < 0)
        BUG("cannot format '%s'", format);
    if ((size_t)length >= room) {
        strbuf_grow(buffer, (size_t)length);
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    }
    buffer->length += (size_t)length;
}
