// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_OUTPUTS_H
#define CLI_STACKS_OUTPUTS_H

// The outputs of deployed stacks.

#include "util/error.h"

#include <stddef.h>

struct deployment;
struct stack_job;
struct value;

// What DescribeStacks says of each output of a stack (OutputKey, OutputValue, ExportName, Description), in
// the order of keys; in the current value arena.
const struct value **outputs_sorted(const struct value *description, size_t *ret_count);

// On standard output: "STACK.KEY = VALUE" lines and the stack's ARN, of a stack that stands as it should;
// "****" for what is made of parameters that are marked NoEcho.
void outputs_print(const struct stack_job *job);
// { STACK: { KEY: VALUE } } of all of those; a file that only its owner can read.
int outputs_write(const struct deployment *deployment, const char *path, struct error *err);

#endif
