// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_ENVIRONMENTS_H
#define CLI_STACKS_ENVIRONMENTS_H

// Environments that a command works on: operands of the form aws://ACCOUNT/REGION, or those of the app's
// stacks.

#include "cli/stacks/target_stacks.h"
#include "deploy/bootstrap/bootstrap.h"

struct environment_list {
    struct bootstrap_environment *items;
    size_t count;
};

// These open a target that the caller releases in any case, and return 0, or the exit status after saying
// what is wrong.

// The operands alone: the app need not be one that can be synthesized.
int environments_open(struct cli *cli, const struct string_list *operands, struct target_stacks *target,
    struct environment_list *environments);
// With the app, whose environments they are where there are no operands.
int environments_open_app(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, struct target_stacks *target, struct environment_list *environments);

// Whether that is an account id: twelve digits.
bool account_is_valid(const char *text, size_t length);

#endif
