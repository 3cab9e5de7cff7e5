// SPDX-License-Identifier: MIT
#ifndef CLI_DIFF_EFFECT_H
#define CLI_DIFF_EFFECT_H

// What values of context would change, in the environments of the command line: `context --effect`.

#include "cli/core/options.h"
#include "cli/core/result_format.h"

struct cli;

// Prints what `changes`, each KEY=VALUE, do to the stacks of the app as its context is now; nobody is asked,
// and nothing is written. Returns the exit status.
int context_effect_print(
    struct cli *cli, const struct string_list *changes, bool json, const struct string_list *tables);

#endif
