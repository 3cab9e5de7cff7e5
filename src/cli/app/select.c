// SPDX-License-Identifier: MIT
#include "cli/app/select.h"

#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cli/core/options.h"
#include "util/strbuf.h"
#include "util/text/glob.h"
#include "util/text/suggest.h"

struct candidates {
    const struct selectable *items;
    size_t count;
    enum stack_choice *choices;
};

static bool is_exclusion(const char *pattern)
{
    return pattern[0] == '!';
}

static int fail_no_match(const struct candidates *all, const char *pattern, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(pattern);
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < all->count; i++) {
        suggestion_consider(&suggestion, all->items[i].name);
        strbuf_addf(&names, "%s%s", i ? ", " : "", all->items[i].name);
    }
    if (suggestion.best)
        return error_set(err, "no stack matches '%s'; did you mean '%s'?", pattern, suggestion.best);
    return error_set(err, "no stack matches '%s'; there are %s", pattern, names.data);
}

static int include(const struct candidates *all, const char *pattern, struct error *err)
{
    bool matched = false;

    for (size_t i = 0; i < all->count; i++) {
        if (!glob_match(pattern, all->items[i].name))
            continue;
        all->choices[i] = NAMED;
        matched = true;
    }
    return matched ? 0 : fail_no_match(all, pattern, err);
}

static void exclude(const struct candidates *all, const char *pattern)
{
    for (size_t i = 0; i < all->count; i++)
        if (glob_match(pattern, all->items[i].name))
            all->choices[i] = NOT_CHOSEN;
}

// Exclusions apply after everything that is included, in whatever order they are given. Exclusions alone
// leave out from all.
static int match(const struct candidates *all, const struct string_list *patterns, struct error *err)
{
    bool any_inclusion = false;

    for (size_t i = 0; i < patterns->count; i++) {
        if (is_exclusion(patterns->items[i]))
            continue;
        any_inclusion = true;
        if (include(all, patterns->items[i], err) < 0)
            return -1;
    }
    for (size_t i = 0; !any_inclusion && i < all->count; i++)
        all->choices[i] = NAMED;
    for (size_t i = 0; i < patterns->count; i++)
        if (is_exclusion(patterns->items[i]))
            exclude(all, patterns->items[i] + 1);
    return 0;
}

static bool depends_on(const struct selectable *item, size_t target)
{
    for (size_t i = 0; i < item->dependency_count; i++)
        if (item->dependencies[i] == target)
            return true;
    return false;
}

// Whether item `i` belongs to a selection that has item `j`.
static bool is_drawn_in(const struct candidates *all, enum select_extend extend, size_t i, size_t j)
{
    return extend == SELECT_UPSTREAM ? depends_on(&all->items[j], i) : depends_on(&all->items[i], j);
}

static bool extend_once(const struct candidates *all, enum select_extend extend)
{
    bool grown = false;

    for (size_t j = 0; j < all->count; j++) {
        if (!all->choices[j])
            continue;
        for (size_t i = 0; i < all->count; i++) {
            if (all->choices[i] || !is_drawn_in(all, extend, i, j))
                continue;
            all->choices[i] = DRAWN_IN;
            grown = true;
        }
    }
    return grown;
}

int names_select(const struct selectable *items, size_t count, const struct string_list *patterns,
    enum select_extend extend, enum stack_choice *choices, struct error *err)
{
    const struct candidates all = { items, count, choices };

    if (!count)
        return error_set(err, "this app has no stacks");
    if (match(&all, patterns, err) < 0)
        return -1;
    while (extend != SELECT_EXACTLY && extend_once(&all, extend))
        ;
    for (size_t i = 0; i < count; i++)
        if (choices[i])
            return 0;
    return error_set(err, "every stack is excluded");
}

static size_t index_of(const struct assembly *assembly, const struct stack *stack)
{
    size_t i = 0;

    while (assembly->stacks[i].stack != stack)
        i++;
    return i;
}

static struct selectable *assembly_selectables(const struct assembly *assembly, struct arena *arena)
{
    struct selectable *items = arena_alloc(arena, assembly->stack_count * sizeof(*items));

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct stack *stack = assembly->stacks[i].stack;
        size_t count = stack_dependency_count(stack);
        size_t *dependencies = arena_alloc(arena, count * sizeof(*dependencies));

        for (size_t j = 0; j < count; j++)
            dependencies[j] = index_of(assembly, stack_dependency_at(stack, j));
        items[i] = (struct selectable){ construct_path(stack->node), dependencies, count };
    }
    return items;
}

int stacks_select(const struct assembly *assembly, const struct string_list *patterns,
    enum select_extend extend, struct arena *arena, struct selection *ret_selection, struct error *err)
{
    enum stack_choice *choices = arena_alloc(arena, assembly->stack_count * sizeof(*choices));
    const struct assembly_stack **stacks = arena_alloc(arena, assembly->stack_count * sizeof(*stacks));
    struct selection selection = { stacks, 0, NULL };
    size_t named = 0;

    if (names_select(
            assembly_selectables(assembly, arena), assembly->stack_count, patterns, extend, choices, err) < 0)
        return -1;
    for (size_t i = 0; i < assembly->stack_count; i++) {
        if (!choices[i])
            continue;
        stacks[selection.count++] = &assembly->stacks[i];
        if (choices[i] == NAMED && ++named == 1)
            selection.single = &assembly->stacks[i];
    }
    if (named > 1)
        selection.single = NULL;
    *ret_selection = selection;
    return 0;
}

bool selection_has(const struct selection *selection, const struct stack *stack)
{
    for (size_t i = 0; i < selection->count; i++)
        if (selection->stacks[i]->stack == stack)
            return true;
    return false;
}
