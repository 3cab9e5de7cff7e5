// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include <string.h>

struct impact_words {
    const char *name;   // in JSON
    const char *phrase; // behind a resource; empty where it goes without saying
};

static const struct impact_words impacts[DIFF_IMPACTS] = {
    [DIFF_NO_CHANGE] = { "none", "" },
    [DIFF_IMPORT] = { "import", "import" },
    [DIFF_UPDATE] = { "update", "" },
    [DIFF_CREATE] = { "create", "" },
    [DIFF_ORPHAN] = { "orphan", "orphan" },
    [DIFF_MAY_REPLACE] = { "mayReplace", "may be replaced" },
    [DIFF_REPLACE] = { "replace", "replace" },
    [DIFF_DESTROY] = { "destroy", "destroy" },
};

const char *diff_impact_name(enum diff_impact impact)
{
    return impacts[impact].name;
}

const char *diff_impact_phrase(enum diff_impact impact)
{
    return impacts[impact].phrase;
}

const char *diff_kind_name(enum diff_kind kind)
{
    static const char *const names[] = {
        [DIFF_CHANGED] = "changed", [DIFF_ADDED] = "added", [DIFF_REMOVED] = "removed"
    };

    return names[kind];
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
    count_resources(summary, stack);
    count_rows(summary, stack);
    summary->drifted = stack->drifted_count;
    for (size_t i = 0; i < stack->export_count; i++)
        summary->exports_at_stake += stack->exports[i].importer_count > 0;
}

static void add(struct diff_summary *total, const struct diff_summary *part)
{
    total->differences += part->differences;
    for (enum diff_impact impact = 0; impact < DIFF_IMPACTS; impact++)
        total->impacts[impact] += part->impacts[impact];
    total->data_at_stake += part->data_at_stake;
    total->exports_at_stake += part->exports_at_stake;
    total->drifted += part->drifted;
    total->hidden += part->hidden;
    total->security |= part->security;
    total->broadening |= part->broadening;
    total->destructive |= part->destructive;
}

void diff_summarize(struct diff *diff)
{
    diff->summary = (struct diff_summary){ 0 };
    diff->different = 0;
    for (size_t i = 0; i < diff->count; i++) {
        summarize(&diff->stacks[i]);
        add(&diff->summary, &diff->stacks[i].summary);
        diff->different += diff->stacks[i].summary.differences > 0;
    }
}
