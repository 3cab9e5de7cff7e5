// SPDX-License-Identifier: MIT
#ifndef LSP_DOCUMENT_TEXT_H
#define LSP_DOCUMENT_TEXT_H

// Places in a text as the protocol counts them: lines and characters from 0, a character being a unit of the
// encoding that client and server have agreed on. Inside of the server a place is an offset in bytes. The
// text is well-formed UTF-8.

#include "util/arena.h"

#include <stddef.h>

enum text_units { UNITS_UTF16, UNITS_UTF8, UNITS_UTF32, UNITS_COUNT };

// Bytes of a text; the end is behind the last one.
struct span {
    size_t start, end;
};

struct text_position {
    size_t line, character;
};

struct text_lines {
    const char *text;
    size_t length;
    size_t *starts; // of lines, which end with \n, \r\n or \r
    size_t count;   // at least 1
};

struct text_lines text_lines_of(const char *text, size_t length, struct arena *arena);
// What is behind the end of a line or of the text counts as that end.
size_t text_offset(const struct text_lines *lines, enum text_units units, struct text_position position);

// A place that moves through a text; a step costs what it passes, however long the line is.
struct text_cursor {
    const struct text_lines *lines;
    enum text_units units;
    size_t offset, line;
    size_t column;    // in characters, as other parts of the program count
    size_t character; // in units
};

struct text_cursor text_cursor_at_start(const struct text_lines *lines, enum text_units units);
void text_cursor_to_offset(struct text_cursor *cursor, size_t offset);
// Both from 0; no further than to the end of the line.
void text_cursor_to_column(struct text_cursor *cursor, size_t line, size_t column);

#endif
