// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_APPROVAL_H
#define CLI_STACKS_APPROVAL_H

// Whether a person has to agree to a change, and does.

#include <stdbool.h>

struct cli;
struct stack_job;

enum approval { APPROVAL_NEVER, APPROVAL_ANY_CHANGE, APPROVAL_BROADENING, APPROVAL_DESTRUCTIVE };

extern const char *const approval_names[]; // of --require-approval; ends with NULL
// NULL is the default.
enum approval approval_from_name(const char *name);

// `job` has its changes. Without a terminal, approval that is needed is not given; `ret_problem` says so.
bool approval_given(
    const struct cli *cli, enum approval wanted, const struct stack_job *job, const char **ret_problem);

#endif
