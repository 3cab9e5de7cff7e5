// SPDX-License-Identifier: MIT
#ifndef UTIL_DISPLAY_FORMAT_H
#define UTIL_DISPLAY_FORMAT_H

// printf for people: how util/display.h fills what is shown. Nobody else needs it but error.c.

#include "util/strbuf.h"

#include <stdarg.h>

// Formats as util/display.h says.
void display_format(struct strbuf *out, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
// Appends the text with what does not show itself spelt out, but for the characters in `kept`.
void display_add_visible(struct strbuf *out, const char *text, size_t length, const char *kept);

#endif
