// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_STACK_OPERATION_H
#define CLI_STACKS_STACK_OPERATION_H

// Commands that do one thing with stacks that are deployed already, and follow it: watch, cancel, rollback.

#include "cli/core/options.h"
#include "cli/stacks/target_stacks.h"

struct cli;
struct deploy_options;
struct deployment;
struct job_operation;
struct progress;

struct stack_operation {
    const struct target_options *target;
    const struct string_list *operands;
    const struct job_operation *operation;
    const char *progress;              // as --progress says; NULL: default
    const struct string_list *formats; // as --format says
    struct deploy_options *given;      // what to fill profile and region into
    // Whether to begin; NULL: yes.
    bool (*begin)(const struct cli *cli, const struct deployment *deployment, const void *values);
    const void *values; // for `begin`
};

// Returns the exit status: of an operation that ended well, 0; and where nothing was to be done, whether the
// stack is in a state that an operation is meant to end in.
int stack_operation_run(struct cli *cli, const struct stack_operation *operation);

#endif
