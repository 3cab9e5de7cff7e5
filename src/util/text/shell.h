// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_SHELL_H
#define UTIL_TEXT_SHELL_H

// Words for POSIX shells ("Shell Command Language", 2.2.2: in single quotes everything is itself but for the
// quote).

struct strbuf;

// In quotes, whatever it holds.
void shell_add_quoted(struct strbuf *out, const char *text);
// Without quotes where no character of it means anything to a shell.
void shell_add_word(struct strbuf *out, const char *text);

#endif
