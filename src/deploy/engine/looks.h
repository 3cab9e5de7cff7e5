// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_LOOKS_H
#define DEPLOY_ENGINE_LOOKS_H

// Looking at stacks together: who wants to see a stack says so, and one call of DescribeStacks answers all
// who do, since starting the AWS CLI costs more than its answer. Whoever asks owns the struct look, which
// stays where it is until it is answered.

#include "awscli/cloudformation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// `description` is NULL where there is none; `reply` says why. Both are gone when the function returns.
typedef void look_seen_fn(void *data, const struct value *description, const struct aws_reply *reply);

struct looks;

struct look {
    const char *stack; // its id
    look_seen_fn *seen;
    void *data;
    // The looks' own:
    struct looks *looks;
    struct look *next;
    int64_t due; // on clock_ms
};

// The first group is given, the rest is zero.
struct looks {
    struct cloudformation cf;
    size_t stack_count; // that DescribeStacks lists, as far as that is known

    struct look *waiting;
    struct look *asked; // by the call that is under way
    bool is_alone;      // all of them may not be listed, or they are too many
};

// Asks in `delay_ms`, or earlier when somebody else does. stack, seen and data are set in `look`.
void looks_add(struct looks *looks, struct look *look, int64_t delay_ms);

#endif
