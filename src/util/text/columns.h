// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_COLUMNS_H
#define UTIL_TEXT_COLUMNS_H

// How many columns of a terminal text takes, and where it can be broken. Characters of East Asian scripts and
// emoji take two columns, combining and invisible ones none, all others one (Unicode 14, East_Asian_Width and
// General_Category). Text is UTF-8 without control characters; a byte that is none of UTF-8 takes one column.

#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

size_t text_columns(const char *text);
// Of the first `length` bytes.
size_t text_columns_of(const char *text, size_t length);

// Cuts the text off after so many columns.
void text_truncate(char *text, size_t columns);

// The bytes of the first line when the first `length` bytes are broken into lines of at most so many columns:
// behind a blank, else behind what joins the parts of names (/ : , - . _ = |), else between any two
// characters. At least one character, even where that is too wide. A line that ends with a blank need not
// show it.
size_t text_line(const char *text, size_t length, size_t columns);

// The same, broken behind blanks alone: a word that is too wide is a line of its own. Blanks at the beginning
// are part of the first word.
size_t text_words(const char *text, size_t length, size_t columns);

// The columns of the widest word, which blanks separate, and of the widest piece between places where
// text_line can break well: a line of so many columns breaks nothing else.
size_t text_widest_word(const char *text);
size_t text_widest_piece(const char *text);

// A column of a table: how wide it has to be, how wide it can be used, and how wide it is to be.
struct text_column {
    size_t least, most;
    size_t width;
};

// Shares `available` columns of a terminal among those of a table; the narrow ones get what they can use
// first. Returns false when not even the least of each fits.
bool text_share_width(struct text_column *columns, size_t count, size_t available);

#endif
