// SPDX-License-Identifier: MIT
#include "cdk/stack_private.h"

#include "util/strbuf.h"

// Whether `from` depends on `to`, directly or not; if so, *path gets the names from `from` on.
static bool reaches(const struct stack *from, const struct stack *to, struct strbuf *path)
{
    size_t length = path->length;

    strbuf_addf(path, "%s -> ", from->node->path);
    if (from == to)
        return true;
    for (size_t i = 0; i < from->state->dependencies.length; i++)
        if (reaches(from->state->dependencies.items[i], to, path))
            return true;
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
    if (reaches(target, stack, &path)) {
        diag_error(stack->node, "stacks depend on each other in a cycle: %s -> %s%s", stack->node->path,
            path.data, target->node->path);
        return;
    }
    LIST_APPEND(&stack->node->app->arena, &state->dependencies, target);
}
