// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_PARAGRAPH_H
#define CLI_CORE_PARAGRAPH_H

// Lines on standard output that fit the terminal (terminal_line_width): broken between words only, so that
// names can be copied; what goes on in the next line is indented.

#include "util/display.h"

#include <stddef.h>

// The lines have no styles; `indent`: columns.
void paragraph_print(size_t indent, const struct display *text);
void paragraph_printf(size_t indent, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
