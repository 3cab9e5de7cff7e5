// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_COMPLETION_H
#define CLI_CORE_COMPLETION_H

// Completion scripts, made from the tables of commands and options.

#include "util/strbuf.h"

void completion_bash(struct strbuf *out, const char *program);
void completion_zsh(struct strbuf *out, const char *program);
void completion_fish(struct strbuf *out, const char *program);

// The program's name as a shell function's: "tango-infra" is "tango_infra".
void completion_function_name(struct strbuf *out, const char *program);
// `text` inside single quotes, with `special` characters after a backslash.
void completion_quote(struct strbuf *out, const char *text, const char *special);

extern const char *const completion_shells[]; // ends with NULL

#endif
