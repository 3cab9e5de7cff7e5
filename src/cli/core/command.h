// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_COMMAND_H
#define CLI_CORE_COMMAND_H

// Commands: commands.def lists them, and each has a file commands/<name>.c that defines its struct
// command_body: options, operands, description and function. Usage, help, manual page and completion come
// from these.

#include "cli/core/options.h"
#include "util/strbuf.h"

#include <stddef.h>

struct cli;

enum { ANY_NUMBER = -1 };

// What completion offers for operands.
enum operand_kind {
    OPERAND_OTHER,
    OPERAND_STACK,
    OPERAND_STACK_OR_FILE,
    OPERAND_COMMAND,
    OPERAND_SHELL,
    OPERAND_FUNCTION,
    OPERAND_DEAD_LETTERS,
    OPERAND_TYPE, // of a resource, and one of its properties
    OPERAND_ENVIRONMENT,
};

struct operands {
    const char *name; // "STACK"; NULL: none are taken
    int minimum;
    int maximum; // or ANY_NUMBER
    enum operand_kind kind;
};

struct command_body {
    struct operands operands;
    const struct option *options; // ends with OPTION_END; may be NULL
    size_t options_size;          // of the struct that they fill, which starts zeroed
    const char *description;      // paragraphs, separated by an empty line
    bool takes_environments;      // several at once (cli->environments)
    // `options` is that struct. Returns the exit status.
    int (*run)(struct cli *cli, const void *options, const struct string_list *operands);
};

struct command {
    const char *name;
    const char *alias; // "": none
    const char *summary;
    const struct command_body *body;
};

extern const struct command commands[]; // ends with a name of NULL

// A command line that shows what a command is for (examples.def).
struct example {
    const char *command;
    const char *line;
    const char *summary;
};

extern const struct example examples[]; // ends with a command of NULL

// NULL when there is none of that name or alias.
const struct command *command_find(const char *name);
// Says that there is no such command, and which one may be meant; returns EXIT_STATUS_USAGE.
int command_unknown(const struct cli *cli, const char *name);

// The help of the whole program, of the options of every command, and of one command.
void help_options(struct strbuf *out, int width);
void help_program(struct strbuf *out, const struct cli *cli, int width);
void help_command(struct strbuf *out, const struct cli *cli, const struct command *command, int width);
// One line, "usage: ...".
void help_usage(struct strbuf *out, const struct cli *cli, const struct command *command);
// The manual page in roff, of the whole program where `command` is NULL.
void help_manual(struct strbuf *out, const struct cli *cli, const struct command *command);

// "-o, --output DIR" or "    --no-color".
void option_spell(struct strbuf *out, const struct option *option);
// "[STACK...]"
void operands_spell(struct strbuf *out, const struct operands *operands);

#endif
