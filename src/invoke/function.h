// SPDX-License-Identifier: MIT
#ifndef INVOKE_FUNCTION_H
#define INVOKE_FUNCTION_H

// A Lambda function as the stacks configure it, read from their synthesized templates.

#include "cdk/synth.h"
#include "util/string_list.h"

#include <stdbool.h>

struct value;

struct function {
    const char *region; // of its stack; "us-east-1" where that is known only when deployed
    bool is_nodejs;     // else a custom runtime
    int timeout_s;
    int memory_mb;
    struct string_list environment; // "NAME=VALUE"
    struct string_list unknown;     // names of variables whose values are known only when deployed
    const struct value *template;   // the stack's
    const char *logical_id;
};

// The function whose name ends with "-NAME", or whose handler is the export `handler` (for functions that
// CloudFormation names; may be NULL). False when no stack has one. Values live in the current value arena.
bool function_find(const struct assembly *assembly, const char *name, const char *handler,
    struct arena *arena, struct function *ret_function);

// The detail types that the rules of its stack let through to it, sorted.
struct string_list function_detail_types(const struct function *function, struct arena *arena);

#endif
