// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "diff/compare/access.h"
#include "diff/compare/permissions.h"

#include <string.h>

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
    diff_sections(stack, input, comparison);
    diff_resources(stack, comparison);
    if (input->changes)
        diff_change_set(stack, input->changes, comparison);
    diff_drift(stack, input->drifts);
    diff_permissions(stack);
}

static bool is_destructive(const struct diff_resource *resource)
{
    if (resource->type && strcmp(resource->type, "AWS::CDK::Metadata") == 0)
        return false;
    return resource->impact >= DIFF_ORPHAN;
}

static void count_resources(struct diff_summary *summary, const struct diff_stack *stack)
{
    summary->differences += stack->resource_count;
    for (size_t i = 0; i < stack->resource_count; i++) {
        const struct diff_resource *resource = &stack->resources[i];

        summary->impacts[resource->impact]++;
        summary->destructive |= is_destructive(resource);
        summary->data_at_stake += resource->is_stateful && is_destructive(resource);
    }
}

// Whether the stack loses its protection against deletion.
static bool loses_protection(const struct diff_stack *stack)
{
    const struct diff_changes *settings = &stack->sections[DIFF_SETTINGS];

    for (size_t i = 0; i < settings->count; i++)
        if (strcmp(settings->items[i].name, "TerminationProtection") == 0)
            return value_boolean(settings->items[i].before);
    return false;
}

static void count_rows(struct diff_summary *summary, const struct diff_stack *stack)
{
    for (enum diff_table table = 0; table < DIFF_TABLES; table++)
        for (size_t i = 0; i < stack->tables[table].count; i++) {
            summary->security = true;
            summary->broadening |= stack->tables[table].items[i].broadens;
        }
}

static void summarize(struct diff_stack *stack)
{
    struct diff_summary *summary = &stack->summary;

    *summary = (struct diff_summary){ .hidden = summary->hidden };
    for (enum diff_section section = 0; section < DIFF_SECTIONS; section++)
        summary->differences += stack->sections[section].count;
    summary->destructive = loses_protection(stack);
    count_resources(summary, stack);
    count_rows(summary, stack);
    summary->drifted = stack->drifted_count;
    for (size_t i = 0; i < stack->export_count; i++)
        summary->exports_at_stake += stack->exports[i].importer_count > 0;
}

static void summary_add(struct diff_summary *total, const struct diff_summary *part)
{
    total->differences += part->differences;
    for (enum diff_impact impact = 0; impact < DIFF_IMPACTS; impact++)
        total->impacts[impact] += part->impacts[impact];
    total->data_at_stake += part->data_at_stake;
    total->exports_at_stake += part->exports_at_stake;
    total->drifted += part->drifted;
    total->cost_before += part->cost_before;
    total->cost_after += part->cost_after;
    total->hidden += part->hidden;
    total->security |= part->security;
    total->broadening |= part->broadening;
    total->destructive |= part->destructive;
}

static void summarize_all(struct diff *diff)
{
    diff->summary = (struct diff_summary){ 0 };
    diff->different = 0;
    for (size_t i = 0; i < diff->count; i++) {
        summarize(&diff->stacks[i]);
        summary_add(&diff->summary, &diff->stacks[i].summary);
        diff->different += diff->stacks[i].summary.differences > 0;
    }
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
    diff_access_settle(ret_diff);
    diff_find_moves(ret_diff);
    diff_find_exports(ret_diff, &comparison);
    summarize_all(ret_diff);
}

void diff_add(struct diff *diff, const struct diff *more)
{
    struct diff_stack *stacks = arena_alloc(value_arena(), (diff->count + more->count + 1) * sizeof(*stacks));

    if (diff->count)
        memcpy(stacks, diff->stacks, diff->count * sizeof(*stacks));
    if (more->count)
        memcpy(stacks + diff->count, more->stacks, more->count * sizeof(*stacks));
    diff->stacks = stacks;
    diff->count += more->count;
    diff->different += more->different;
    summary_add(&diff->summary, &more->summary);
}
