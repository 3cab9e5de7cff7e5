// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_PROMPT_H
#define CLI_CORE_PROMPT_H

// Questions to a person at a terminal.

#include <stdbool.h>

// Whether there is one to be asked.
bool prompt_is_possible(void);
// Asks until the answer is yes or no; the end of input, and an interrupt, are no.
bool prompt_yes(const char *format, ...) __attribute__((format(printf, 1, 2)));
// Asks for a line of text, without white space around it; "" when there is none, or at the end of input. In
// the current value arena.
const char *prompt_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
