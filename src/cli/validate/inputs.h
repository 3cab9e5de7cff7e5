// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_INPUTS_H
#define CLI_VALIDATE_INPUTS_H

// What `validate` checks: files, those in directories, and the app's own stacks. Everything lives in the
// current value arena.

#include "util/error.h"
#include "util/string_list.h"

#include <stdbool.h>
#include <stddef.h>

struct cloud_stack;

struct validate_input {
    const char *path;        // of the file, as in messages
    const char *environment; // that it is of, where there are several; NULL: none
    const char *text;        // NULL: still in the file
    size_t length;
    bool is_certain;                 // to be a template: else it is only checked when it looks like one
    const struct cloud_stack *stack; // whose template it is; NULL: not known
    bool policy;                     // it is to be checked for good practice, whatever the options say
};

struct validate_inputs {
    struct validate_input *items;
    size_t count, capacity;
};

void validate_inputs_add(struct validate_inputs *inputs, const struct validate_input *input);

// A file, or every template in a directory and those below it: whatever ends with .json, .yaml, .yml or
// .template and has a section "Resources". In a cloud assembly only the templates count.
int validate_inputs_find(struct validate_inputs *inputs, const char *path, struct error *err);

#endif
