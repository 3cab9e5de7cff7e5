// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "diff/compare/permissions.h"

static void compare_stack(
    struct diff_stack *stack, const struct diff_input *input, const struct comparison *comparison)
{
    *stack = (struct diff_stack){
        .name = input->name,
        .before = input->before,
        .after = input->after,
        .paths = input->paths,
        .importers = input->importers,
        .note = input->note,
    };
    diff_sections(stack, comparison);
    diff_resources(stack, comparison);
    if (input->changes)
        diff_change_set(stack, input->changes, comparison);
    diff_drift(stack, input->drifts);
    diff_permissions(stack);
}

void diff_compare(
    const struct diff_input *inputs, size_t count, const struct diff_options *options, struct diff *ret_diff)
{
    struct comparison comparison = {
        .options = options,
        .equality = { .strict = options->strict, .lossy = options->deployed && !options->strict },
    };

    *ret_diff = (struct diff){ .count = count };
    ret_diff->stacks = arena_alloc(value_arena(), (count + 1) * sizeof(*ret_diff->stacks));
    for (size_t i = 0; i < count; i++)
        compare_stack(&ret_diff->stacks[i], &inputs[i], &comparison);
    diff_find_moves(ret_diff);
    diff_find_exports(ret_diff, &comparison);
    diff_summarize(ret_diff);
}
