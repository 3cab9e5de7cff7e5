// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_OUTPUTS_H
#define CLI_STACKS_OUTPUTS_H

// The outputs of deployed stacks.

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct deployment;
struct stack_job;
struct value;

// What DescribeStacks says of each output of a stack (OutputKey, OutputValue, ExportName, Description), in
// the order of keys; in the current value arena.
const struct value **outputs_sorted(const struct value *description, size_t *ret_count);

// On standard output, of a stack that stands as it should: its ARN, and if it was changed "STACK.KEY = VALUE"
// lines, without the exports that the CDK makes of references between stacks; "****" for what is made of
// parameters that are marked NoEcho. Returns whether anything was printed.
bool outputs_print(const struct stack_job *job);
// { STACK: { KEY: VALUE } } of all of those; a file that only its owner can read.
int outputs_write(const struct deployment *deployment, const char *path, struct error *err);

#endif
