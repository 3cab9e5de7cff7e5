// SPDX-License-Identifier: MIT
#include "cli/select.h"

#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cli/options.h"
#include "util/glob.h"
#include "util/strbuf.h"
#include "util/suggest.h"

#include <string.h>

static const char *display_name(const struct assembly_stack *rendered)
{
    return construct_path(rendered->stack->node);
}

static bool is_exclusion(const char *pattern)
{
    return pattern[0] == '!';
}

static int fail_no_match(const struct assembly *assembly, const char *pattern, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(pattern);
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < assembly->stack_count; i++) {
        suggestion_consider(&suggestion, display_name(&assembly->stacks[i]));
        strbuf_addf(&names, "%s%s", i ? ", " : "", display_name(&assembly->stacks[i]));
    }
    if (suggestion.best)
        return error_set(err, "no stack matches '%s'; did you mean '%s'?", pattern, suggestion.best);
    return error_set(err, "no stack matches '%s'; there are %s", pattern, names.data);
}

static int include(const struct assembly *assembly, const char *pattern, bool *chosen, struct error *err)
{
    bool matched = false;

    for (size_t i = 0; i < assembly->stack_count; i++) {
        if (!glob_match(pattern, display_name(&assembly->stacks[i])))
            continue;
        chosen[i] = true;
        matched = true;
    }
    return matched ? 0 : fail_no_match(assembly, pattern, err);
}

static void exclude(const struct assembly *assembly, const char *pattern, bool *chosen)
{
    for (size_t i = 0; i < assembly->stack_count; i++)
        if (glob_match(pattern, display_name(&assembly->stacks[i])))
            chosen[i] = false;
}

// Exclusions apply after everything that is included, in whatever order they are given. Exclusions alone
// leave out from all.
static int match(
    const struct assembly *assembly, const struct text_list *patterns, bool *chosen, struct error *err)
{
    bool any_inclusion = false;

    for (size_t i = 0; i < patterns->count; i++) {
        if (is_exclusion(patterns->items[i]))
            continue;
        any_inclusion = true;
        if (include(assembly, patterns->items[i], chosen, err) < 0)
            return -1;
    }
    if (!any_inclusion)
        memset(chosen, true, assembly->stack_count * sizeof(*chosen));
    for (size_t i = 0; i < patterns->count; i++)
        if (is_exclusion(patterns->items[i]))
            exclude(assembly, patterns->items[i] + 1, chosen);
    return 0;
}

static bool depends_on(const struct stack *stack, const struct stack *target)
{
    for (size_t i = 0; i < stack_dependency_count(stack); i++)
        if (stack_dependency_at(stack, i) == target)
            return true;
    return false;
}

// Whether stack `i` belongs to a selection that has stack `j`.
static bool is_drawn_in(const struct assembly *assembly, enum select_extend extend, size_t i, size_t j)
{
    const struct stack *stack = assembly->stacks[i].stack;
    const struct stack *chosen = assembly->stacks[j].stack;

    return extend == SELECT_UPSTREAM ? depends_on(chosen, stack) : depends_on(stack, chosen);
}

static bool extend_once(const struct assembly *assembly, enum select_extend extend, bool *chosen)
{
    bool grown = false;

    for (size_t j = 0; j < assembly->stack_count; j++) {
        if (!chosen[j])
            continue;
        for (size_t i = 0; i < assembly->stack_count; i++) {
            if (chosen[i] || !is_drawn_in(assembly, extend, i, j))
                continue;
            chosen[i] = true;
            grown = true;
        }
    }
    return grown;
}

static size_t collect(
    const struct assembly *assembly, const bool *chosen, const struct assembly_stack **stacks)
{
    size_t count = 0;

    for (size_t i = 0; i < assembly->stack_count; i++)
        if (chosen[i])
            stacks[count++] = &assembly->stacks[i];
    return count;
}

int stacks_select(const struct assembly *assembly, const struct text_list *patterns,
    enum select_extend extend, struct arena *arena, struct selection *ret_selection, struct error *err)
{
    bool *chosen = arena_alloc(arena, assembly->stack_count * sizeof(*chosen));
    const struct assembly_stack **stacks = arena_alloc(arena, assembly->stack_count * sizeof(*stacks));
    const struct assembly_stack *single;

    if (!assembly->stack_count)
        return error_set(err, "this app has no stacks");
    if (match(assembly, patterns, chosen, err) < 0)
        return -1;
    single = collect(assembly, chosen, stacks) == 1 ? stacks[0] : NULL;
    while (extend != SELECT_EXACTLY && extend_once(assembly, extend, chosen))
        ;
    *ret_selection = (struct selection){ stacks, collect(assembly, chosen, stacks), single };
    return ret_selection->count ? 0 : error_set(err, "every stack is excluded");
}

bool selection_has(const struct selection *selection, const struct stack *stack)
{
    for (size_t i = 0; i < selection->count; i++)
        if (selection->stacks[i]->stack == stack)
            return true;
    return false;
}
