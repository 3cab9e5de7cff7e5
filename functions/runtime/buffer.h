// SPDX-License-Identifier: MIT
#ifndef RUNTIME_BUFFER_H
#define RUNTIME_BUFFER_H

// A growing byte buffer. The caller owns it: start from {0}, end with buffer_release(). The bytes are always
// followed by a NUL that length does not count. Out of memory ends the process: Lambda starts another one.

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *data; // NULL until something is appended
    size_t length;
    size_t capacity;
};

#define BUFFER __attribute__((cleanup(buffer_release))) struct buffer

void buffer_append(struct buffer *b, const void *bytes, size_t length);
void buffer_puts(struct buffer *b, const char *text);
__attribute__((format(printf, 2, 3))) void buffer_printf(struct buffer *b, const char *format, ...);
void buffer_clear(struct buffer *b);   // empties it and keeps the memory
void buffer_release(struct buffer *b); // frees the memory; b is {0} again

// The text so far; "" when nothing was appended. Valid until the next change.
const char *buffer_text(const struct buffer *b);

// strdup() that ends the process when there is no memory.
char *copy_text(const char *text);

#endif
