// SPDX-License-Identifier: MIT
#ifndef CLI_COMPLETION_COMPLETION_H
#define CLI_COMPLETION_COMPLETION_H

// Completion of the command line. A shell's script knows nothing but how to ask the program, with the words
// before the cursor, what may stand there; the program answers from the tables of commands and options and
// from the project. Neither evaluates anything of what it is told, and nothing is asked of AWS.

#include "util/strbuf.h"
#include "util/string_list.h"

#include <stddef.h>

struct cli;

extern const char *const completion_shells[]; // ends with NULL

// Adds the script of one of these shells.
void completion_script(struct strbuf *out, const char *shell, const char *program);

// Adds what may stand in the place of the last of `words`, which are those behind the program's name up to
// the cursor: a line for each, "WORD" or "WORD\tDESCRIPTION". The line ":files" or ":directories" leaves the
// place (after the last '=' in it) to the shell. A word that ends with '=', ':' or '/' is not complete.
void completion_answer(struct cli *cli, const struct string_list *words, struct strbuf *out);

#endif
