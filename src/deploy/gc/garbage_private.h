// SPDX-License-Identifier: MIT
#ifndef DEPLOY_GC_GARBAGE_PRIVATE_H
#define DEPLOY_GC_GARBAGE_PRIVATE_H

// The two halves of garbage collection: garbage.c looks, garbage_sweep.c decides and does.

#include "deploy/gc/garbage.h"

// The first problem is the one that is told.
void garbage_fail(struct garbage *garbage, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Opens a question; whoever gets the reply settles it.
void garbage_ask(
    struct garbage *garbage, const char *const *arguments, struct value *input, struct aws_callback then);
void garbage_settle(struct garbage *garbage);

// Once everything is known.
void garbage_decide(struct garbage *garbage);

#endif
