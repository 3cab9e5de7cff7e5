// SPDX-License-Identifier: MIT
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void out_of_memory(void)
{
    static const char message[] = "{\"level\":\"FATAL\",\"message\":\"out of memory\"}\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);

    (void)written;
    _exit(1);
}

static void reserve(struct buffer *b, size_t more)
{
    size_t needed = b->length + more + 1;

    if (needed <= b->capacity)
        return;
    size_t capacity = b->capacity ? b->capacity : 256;
    while (capacity < needed)
        capacity *= 2;
    char *data = realloc(b->data, capacity);
    if (!data)
        out_of_memory();
    b->data = data;
    b->capacity = capacity;
}

void buffer_append(struct buffer *b, const void *bytes, size_t length)
{
    reserve(b, length);
    if (length)
        memcpy(b->data + b->length, bytes, length);
    b->length += length;
    b->data[b->length] = '\0';
}

void buffer_puts(struct buffer *b, const char *text)
{
    buffer_append(b, text, strlen(text));
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    reserve(b, (size_t)length);
    va_start(arguments, format);
    vsnprintf(b->data + b->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    b->length += (size_t)length;
}

void buffer_clear(struct buffer *b)
{
    b->length = 0;
    if (b->data)
        b->data[0] = '\0';
}

void buffer_release(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){ 0 };
}

const char *buffer_text(const struct buffer *b)
{
    return b->data ? b->data : "";
}

char *copy_text(const char *text)
{
    char *copy = strdup(text);

    if (!copy)
        out_of_memory();
    return copy;
}
