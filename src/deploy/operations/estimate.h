// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_ESTIMATE_H
#define DEPLOY_OPERATIONS_ESTIMATE_H

// About how long CloudFormation takes to change a stack: from what each type of resource usually takes, and
// from which resources have to wait for which. A guess, made offline.

#include <stdint.h>

struct diff_stack;

struct stack_estimate {
    int64_t seconds;
    const char *longest; // type of the resource that takes the most of it; NULL: none stands out
};

// In the current value arena.
struct stack_estimate estimate_change(const struct diff_stack *stack);

#endif
