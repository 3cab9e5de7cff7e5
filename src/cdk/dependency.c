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
    struct stack_data *state = stack->state;
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

struct resources {
    struct arena *arena;
    const struct stack *stack; // only of this one
    LIST(struct resource *) list;
};

static void collect(struct construct *construct, void *data)
{
    struct resources *resources = data;
    struct resource *resource = element_resource(construct->element);

    if (resource && construct->stack == resources->stack)
        LIST_APPEND(resources->arena, &resources->list, resource);
}

static struct resources resources_below(struct construct *construct)
{
    struct resources resources = { .arena = &construct->app->arena, .stack = construct->stack };

    construct_walk(construct, collect, &resources);
    return resources;
}

static bool is_below(const struct construct *construct, const struct construct *ancestor)
{
    for (; construct; construct = construct->scope)
        if (construct == ancestor)
            return true;
    return false;
}

static void apply(struct construct *construct, struct construct *target)
{
    struct resources from, to;

    if (construct->stack != target->stack) {
        if (construct->stack && target->stack)
            stack_add_dependency(construct->stack, target->stack);
        return;
    }
    if (construct != target && is_below(construct, target) && target->stack &&
        target->stack->node == target) {
        diag_error(construct, "it cannot depend on its own stack '%s'", target->path);
        return;
    }
    from = resources_below(construct);
    to = resources_below(target);
    for (size_t i = 0; i < from.list.length; i++)
        for (size_t j = 0; j < to.list.length; j++)
            resource_add_dependency(from.list.items[i], to.list.items[j]);
}

static void apply_all(struct construct *construct, void *data)
{
    (void)data;
    for (size_t i = 0; i < construct->dependencies.length; i++) {
        bool again = false;

        for (size_t j = 0; j < i; j++)
            again |= construct->dependencies.items[j] == construct->dependencies.items[i];
        if (!again)
            apply(construct, construct->dependencies.items[i]);
    }
}

void dependencies_resolve(struct construct *root)
{
    construct_walk(root, apply_all, NULL);
}
