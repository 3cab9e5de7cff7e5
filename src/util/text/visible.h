// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_VISIBLE_H
#define UTIL_TEXT_VISIBLE_H

// Which characters show themselves, and how the others are spelt out. Others are what moves the cursor or
// commands the terminal (C0, DEL, C1), what turns the direction of text, what takes no room or cannot be told
// from a blank, and bytes that are no UTF-8. They are shown as \n, \r, \t, \x1b (a byte), \u202e or
// \U000e0041 (a character). A backslash stays as it is: what has been made visible once does not change
// again.
//
// Runners of CI take some lines for commands: "##[error]", "##vso[...", "##teamcity[..." wherever they are in
// a line; the first '#' of those is spelt out as well. ("::error::" is one only at the start of a line, which
// util/display.h looks at.)

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VISIBLE_MAX = 12 }; // bytes of a character as shown, with a NUL

// Of the character at `text` (`length` bytes are there, at least one): the bytes that it has.
struct visible {
    size_t length;  // bytes of the text
    uint32_t code;  // the character; of bytes that are no UTF-8, the first byte
    bool is_valid;  // UTF-8
    bool is_hidden; // has to be spelt out
};

struct visible visible_at(const char *text, size_t length);

// Writes how the character is spelt out, and returns its bytes.
size_t visible_escape(const struct visible *character, char out[VISIBLE_MAX]);

#endif
