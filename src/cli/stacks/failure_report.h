// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_FAILURE_REPORT_H
#define CLI_STACKS_FAILURE_REPORT_H

// What has failed and why, a block for each stack: at the end of every command that changes stacks, and by
// itself (diagnose).

#include "cli/core/result_format.h"
#include "util/string_list.h"

#include <stdbool.h>

struct cli;
struct deployment;
struct explanation;
struct progress;

// What --format takes of commands that change stacks; ends with NULL.
extern const char *const failure_formats[];

// A row for such a command, whose struct has the option in the field `formats`.
#define FAILURE_FORMAT_OPTION(type)                                                                          \
    {                                                                                                        \
        "format", 0, OPTION_LIST(type, formats),                                                             \
            .argument = "FORMAT[=FILE]", .choices = failure_formats, .completes = COMPLETES_FORMAT_AND_FILE, \
            .help = "report what became of the stacks so, or write it so into FILE; may be given again"      \
    }

struct failure_report {
    struct deployment *deployment;
    const struct explanation **explanations; // one for each job; NULL: there is nothing to explain
    size_t count;                            // of those that there are
};

// Asks AWS about what has failed.
void failure_report_make(struct failure_report *report, struct deployment *deployment);
// Each block as text, on standard error.
void failure_report_show(const struct failure_report *report, const struct cli *cli);
// In every format that was asked for but text, which failure_report_show is for.
int failure_report_write(
    const struct failure_report *report, const struct result_formats *formats, struct error *err);

// For commands that change stacks, at their end: explains and shows what has failed, says once more what has
// failed without an explanation, and writes what --format asks for. Returns the exit status, `status` unless
// that could not be written.
int failure_report_end(struct progress *progress, const struct result_formats *formats, int status);

#endif
