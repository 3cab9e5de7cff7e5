// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_UTF8_H
#define UTIL_TEXT_UTF8_H

// Text in UTF-8: whether it is well-formed, and how long it is, counted as others count.

#include <stdbool.h>
#include <stddef.h>

// The bytes of the character at `text`, of which `length` bytes are there; 0 when they are no well-formed
// UTF-8.
size_t utf8_sequence(const char *text, size_t length);
// Whether the text is well-formed UTF-8 (Unicode, table 3-7): no overlong forms, no surrogates.
bool utf8_is_valid(const char *text);
// Characters, not bytes; the text is valid.
size_t utf8_length(const char *text);
// Cuts off the sequence at the end that lacks bytes, as cutting a text to the size of its place leaves it.
void utf8_trim(char *text);
// UTF-16 code units, as JavaScript counts: what the CDK compares with a limit. The text is valid.
size_t utf16_length(const char *text);

#endif
