// SPDX-License-Identifier: MIT
#ifndef CLI_APP_ENVIRONMENT_TABLE_H
#define CLI_APP_ENVIRONMENT_TABLE_H

// What a command says of several environments side by side: a row for each, a column for each stack. The
// columns are the stacks' names without the environment's stack_prefix, so that a stack is in one column
// wherever it is. In the current value arena.

#include "cli/core/options.h"
#include "cli/core/result_format.h"

struct cli;
struct context;
struct value;

// A row for a command's table of options.
#define ENVIRONMENT_TABLE_OPTION(type)                                                                       \
    {                                                                                                        \
        "table", 0, OPTION_LIST(type, tables),                                                               \
            .argument = "FORMAT[=FILE]", .choices = environment_table_formats,                               \
            .completes = COMPLETES_FORMAT_AND_FILE,                                                          \
            .help = "of several environments: print the table of them so, or write it so into FILE"          \
    }

extern const char *const environment_table_formats[]; // text, markdown, json

struct environment_row {
    const char *environment;
    const char *prefix;   // of its stacks' names; NULL: none
    struct value *stacks; // an object of columns; NULL: it cannot be had
};

struct environment_table {
    struct environment_row *rows;
    size_t count;
    struct string_list columns;
};

// What a command does with the environment that is at work (cli->environment). Sets the prefix of its row.
// Returns -1 where it fails, having said why.
typedef int environment_worker(struct cli *cli, struct environment_row *row, void *data);

// Makes a row of each environment of the command line. Returns EXIT_STATUS_OK, or EXIT_STATUS_FAILURE when
// any worker failed: its row says so.
int environment_table_make(
    struct cli *cli, environment_worker *work, void *data, struct environment_table *ret_table);
// The stack_prefix of the app that has this context.
const char *environment_prefix(const struct cli *cli, const struct context *context);
// `detail`, an object, is for JSON. NULL: there is none.
void environment_table_set(struct environment_table *table, const char *environment, const char *stack,
    const char *text, const struct value *detail);
// Writes the table where it is shown. Returns `status`, or EXIT_STATUS_FAILURE after saying what is wrong.
int environment_table_finish(const struct cli *cli, const struct environment_table *table,
    const struct result_formats *formats, bool is_shown, int status);

// Parses --table; says what is wrong and returns EXIT_STATUS_USAGE where there are not several environments.
int environment_table_formats_parse(
    const struct cli *cli, const struct string_list *given, struct result_formats *ret_formats);

#endif
