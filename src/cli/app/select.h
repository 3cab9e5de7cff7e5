// SPDX-License-Identifier: MIT
#ifndef CLI_APP_SELECT_H
#define CLI_APP_SELECT_H

// Stacks by the patterns that a user gives: globs on the display name, "!glob" to leave out, and what else
// belongs to them (aws-cdk: stack-assembly.ts).

#include "cdk/synth.h"
#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct string_list;

enum select_extend {
    SELECT_EXACTLY,
    SELECT_UPSTREAM,   // and what the selected ones depend on
    SELECT_DOWNSTREAM, // and what depends on the selected ones
};

// Anything that has a name and depends on others.
struct selectable {
    const char *name;
    const size_t *dependencies; // indexes
    size_t dependency_count;
};

enum stack_choice { NOT_CHOSEN, DRAWN_IN, NAMED };

// Marks what the patterns name, and what is drawn in by that. A pattern that matches nothing is an error, and
// so is an empty selection. `choices` is zeroed.
int names_select(const struct selectable *items, size_t count, const struct string_list *patterns,
    enum select_extend extend, enum stack_choice *choices, struct error *err);

struct selection {
    const struct assembly_stack **stacks; // in the assembly's order
    size_t count;
    // The stack that the patterns name, when it is just one: without what was added to it. Else NULL.
    const struct assembly_stack *single;
};

// No patterns select every stack.
int stacks_select(const struct assembly *assembly, const struct string_list *patterns,
    enum select_extend extend, struct arena *arena, struct selection *ret_selection, struct error *err);

bool selection_has(const struct selection *selection, const struct stack *stack);

#endif
