// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_C_LITERAL_H
#define UTIL_TEXT_C_LITERAL_H

// Text in generated C.

struct strbuf;

// Appends the text as it stands between the quotes of a string literal: printable ASCII that means the same
// in every dialect of C ("??/" is a backslash in C17) and whatever comes behind it.
void c_literal_add(struct strbuf *out, const char *text);

#endif
