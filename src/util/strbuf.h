// SPDX-License-Identifier: MIT
#ifndef UTIL_STRBUF_H
#define UTIL_STRBUF_H

// A growing byte string. `data` is always NUL-terminated and never NULL, so a strbuf can be handed to
// anything that takes a string. The holder owns it: release it, or declare it with STRBUF_AUTO.

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

struct strbuf {
    char *data;
    size_t length;
    size_t capacity; // 0: data is the shared empty string
};

extern char strbuf_empty[];
#define STRBUF_INIT                                                                                          \
    {                                                                                                        \
        strbuf_empty, 0, 0                                                                                   \
    }
#define STRBUF_AUTO __attribute__((cleanup(strbuf_release))) struct strbuf

void strbuf_release(struct strbuf *buffer);
// Forgets the content and keeps the memory.
void strbuf_reset(struct strbuf *buffer);
// Hands the content over to the caller, who frees it.
char *strbuf_detach(struct strbuf *buffer);

// Makes room for so many more bytes.
void strbuf_grow(struct strbuf *buffer, size_t extra);
void strbuf_truncate(struct strbuf *buffer, size_t length);
static inline void strbuf_add(struct strbuf *buffer, const void *data, size_t length)
{
    if (!length)
        return;
    if (buffer->length + length >= buffer->capacity)
        strbuf_grow(buffer, length);
    memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}
static inline void strbuf_add_string(struct strbuf *buffer, const char *text)
{
    strbuf_add(buffer, text, strlen(text));
}
static inline void strbuf_add_char(struct strbuf *buffer, char c)
{
    if (buffer->length + 1 >= buffer->capacity)
        strbuf_grow(buffer, 1);
    buffer->data[buffer->length++] = c;
    buffer->data[buffer->length] = '\0';
}
void strbuf_add_repeated(struct strbuf *buffer, char c, size_t count);
void strbuf_addf(struct strbuf *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

#endif
