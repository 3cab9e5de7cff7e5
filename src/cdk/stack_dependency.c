// SPDX-License-Identifier: MIT
#include "cdk/stack_private.h"

#include "util/strbuf.h"

// Whether `from` depends on `to`, directly or not; if so, *path gets the names from `from` on. `search` tells
// this search from earlier ones, so that each stack is looked at once.
static bool reaches(const struct stack *from, const struct stack *to, unsigned search, struct strbuf *path)
{
    size_t length = path->length;

    strbuf_addf(path, "%s -> ", from->node->path);
    if (from == to)
        return true;
    from->state->last_search = search;
    for (size_t i = 0; i < from->state->dependencies.length; i++) {
        const struct stack *next = from->state->dependencies.items[i];

        if (next->state->last_search != search && reaches(next, to, search, path))
            return true;
    }
    strbuf_truncate(path, length);
    return false;
}

void stack_add_dependency(struct stack *stack, struct stack *target)
{
    struct stack_state *state = stack->state;
    STRBUF_AUTO path = STRBUF_INIT;

    if (stack == target)
        return;
    for (size_t i = 0; i < state->dependencies.length; i++)
        if (state->dependencies.items[i] == target)
            return;
    if (reaches(target, stack, ++stack->node->app->dependency_searches, &path)) {
        diag_error(stack->node, "stacks depend on each other in a cycle: %s -> %s%s", stack->node->path,
            path.data, target->node->path);
        return;
    }
    LIST_APPEND(&stack->node->app->arena, &state->dependencies, target);
}
