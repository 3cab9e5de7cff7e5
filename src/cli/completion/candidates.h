// SPDX-License-Identifier: MIT
#ifndef CLI_COMPLETION_CANDIDATES_H
#define CLI_COMPLETION_CANDIDATES_H

// What may stand in one place of the command line, by the kind of what is wanted there. Those that do not
// begin as the word under the cursor does are left out, and so are names that no terminal should be shown.

#include "cli/core/command.h"
#include "util/strbuf.h"
#include "util/string_list.h"

struct cli;

// The place under the cursor.
struct completion {
    struct cli *cli; // its globals are those that are given before
    const struct command *command;
    struct string_list operands; // that are given before
    const char *word;            // what is completed
    const char *prefix;          // what stands before it in the same word: "--name=", or ""
    struct strbuf *out;
};

void completion_add(const struct completion *completion, const char *word, const char *description);

// The values of an option.
void completion_add_values(const struct completion *completion, const struct option *option);
void completion_add_operands(const struct completion *completion);

#endif
