// SPDX-License-Identifier: MIT
#ifndef UTIL_TERMINAL_H
#define UTIL_TERMINAL_H

// What a terminal can show.

#include <stdbool.h>

// Whether `fd` is to get colours: a terminal does, unless NO_COLOR is set (to anything but "") or TERM is
// "dumb".
bool terminal_has_color(int fd);

// Columns of the terminal on `fd`; else of COLUMNS; else 80.
int terminal_width(int fd);

// Columns that lines of text are broken at: those of the terminal on `fd`; else of COLUMNS; else 0, for lines
// of any length, as other programs read them.
int terminal_line_width(int fd);

// Rows of the terminal on `fd`; else of LINES; else 24.
int terminal_height(int fd);

// Whether `fd` is a terminal on which the cursor can be moved.
bool terminal_can_redraw(int fd);

#endif
