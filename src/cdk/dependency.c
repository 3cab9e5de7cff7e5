// SPDX-License-Identifier: MIT
#include "cdk/stack_private.h"

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
