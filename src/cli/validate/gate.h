// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_GATE_H
#define CLI_VALIDATE_GATE_H

// What commands do that are about to use templates: they check them first, unless --no-validation is given.

#include "cli/core/options.h"

#include <stdbool.h>
#include <stddef.h>

struct cli;
struct target_stacks;
struct template_findings;

// The row for a command's table, whose options have it in the field `validation`.
#define VALIDATION_OPTION(type)                                                                              \
    {                                                                                                        \
        "validation", 0, OPTION_TOGGLE(type, validation),                                                    \
            .shown_negated = true, .help = "do not check the templates, as 'validate' does"                  \
    }

// Whether templates are to be checked: unless the app says no, or whoever runs the command.
bool validation_is_on(const struct cli *cli, enum toggle given);

// Prints what is found, each like what the app says of its constructs. Returns the number of errors.
size_t validation_print(const struct cli *cli, const struct template_findings *findings);

// Checks the chosen stacks, also by the policy of cdk.json, and prints what it finds. Returns 0, or the exit
// status after saying that it cannot.
int validation_check_target(struct cli *cli, const struct target_stacks *target, size_t *ret_errors);

#endif
