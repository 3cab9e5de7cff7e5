// SPDX-License-Identifier: MIT
#ifndef CLI_DIFF_COMPARISON_H
#define CLI_DIFF_COMPARISON_H

// The comparison that `diff` and `context --effect` make and print, of one environment or of several.
// Everything lives in the current value arena.

#include "cli/core/result_format.h"
#include "cli/diff/source.h"
#include "diff/diff.h"

struct cli;
struct environment_table;

struct diff_sides {
    struct diff_templates before, after;
    bool deployed;
    bool is_refused; // CloudFormation would not make the change
};

struct diff_look {
    bool security_only;
    bool summary;
    bool strict;
    int context_lines; // 0: three
};

// `environment` begins the names of its stacks: "ENVIRONMENT/NAME"; NULL: they have none. Says what is left
// out. Returns EXIT_STATUS_FAILURE where anything is left out or refused: what is left is compared all the
// same.
int diff_sides_compare(const struct cli *cli, struct diff_sides *sides, const char *environment, bool strict,
    struct diff *ret_diff);
// Fills the rows of an environment table with what changes in each stack.
void diff_fill_table(struct environment_table *table, const struct diff *diff);
int diff_print(const struct cli *cli, const struct diff *diff, const struct diff_look *look,
    const struct result_formats *formats, struct error *err);

#endif
