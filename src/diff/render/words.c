// SPDX-License-Identifier: MIT
#include "diff/render/format.h"

#include "data/value.h"
#include "util/array.h"

#include <math.h>
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

static const char *impact_phrase(enum diff_impact impact)
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

static void add_separator(struct strbuf *out, size_t start, const char *separator)
{
    if (out->length > start)
        strbuf_add_string(out, separator);
}

static void add_counts(struct strbuf *out, const struct diff_summary *summary)
{
    static const struct {
        enum diff_impact impact;
        const char *word;
    } words[] = {
        { DIFF_DESTROY, "destroyed" },
        { DIFF_REPLACE, "replaced" },
        { DIFF_MAY_REPLACE, "may be replaced" },
        { DIFF_ORPHAN, "orphaned" },
        { DIFF_IMPORT, "imported" },
        { DIFF_UPDATE, "updated" },
        { DIFF_CREATE, "added" },
        { DIFF_NO_CHANGE, "left alone" },
    };
    size_t start = out->length, resources = 0;

    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        size_t count = summary->impacts[words[i].impact];

        resources += count;
        if (!count)
            continue;
        add_separator(out, start, ", ");
        strbuf_addf(out, "%zu %s", count, words[i].word);
    }
    if (summary->differences > resources) {
        add_separator(out, start, ", ");
        strbuf_addf(out, "%zu outside of resources", summary->differences - resources);
    }
}

static void add_warnings(struct strbuf *out, const struct diff_summary *summary)
{
    if (summary->broadening)
        strbuf_add_string(out, "; broadens permissions");
    else if (summary->security)
        strbuf_add_string(out, "; changes permissions");
    if (summary->data_at_stake)
        strbuf_addf(out, "; data at stake in %zu", summary->data_at_stake);
    if (summary->exports_at_stake)
        strbuf_addf(out, "; exports in use: %zu", summary->exports_at_stake);
    if (summary->drifted)
        strbuf_addf(out, "; %zu drifted", summary->drifted);
    if (diff_changes_cost(summary))
        strbuf_addf(out, "; %+.2f USD a month", summary->cost_after - summary->cost_before);
}

bool diff_changes_cost(const struct diff_summary *summary)
{
    return fabs(summary->cost_after - summary->cost_before) >= 0.005;
}

void diff_write_summary(struct strbuf *out, const struct diff_summary *summary)
{
    if (summary->differences)
        add_counts(out, summary);
    else
        strbuf_add_string(out, "no differences");
    add_warnings(out, summary);
}

static void add_data(struct strbuf *out, const struct diff_resource *resource)
{
    if (!resource->policy)
        return;
    if (strncmp(resource->policy, "Retain", 6) == 0)
        strbuf_add_string(out, "data is retained");
    else if (strcmp(resource->policy, "Snapshot") == 0)
        strbuf_add_string(out, "data at stake: only a snapshot stays");
    else
        strbuf_add_string(out, "data at stake: it is deleted");
}

static void add_move(struct strbuf *out, const struct diff_resource *resource)
{
    const struct diff_resource *other = resource->moved;
    const char *direction = resource->kind == DIFF_REMOVED ? "to" : "from";

    if (!other)
        return;
    if (other->stack != resource->stack)
        strbuf_addf(out, "moved %s %s in %s", direction, other->id, other->stack->name);
    else
        strbuf_addf(out, "renamed %s %s", direction, other->id);
    strbuf_add_string(out, ": a stack refactor would keep it");
}

static const char *overruled(const struct diff_resource *resource)
{
    if (resource->impact == DIFF_NO_CHANGE)
        return "CloudFormation's change set leaves it alone";
    if (resource->template_impact == DIFF_NO_CHANGE)
        return "only CloudFormation's change set knows";
    return "by CloudFormation's change set";
}

void diff_write_remarks(struct strbuf *out, const struct diff_resource *resource)
{
    STRBUF_AUTO data = STRBUF_INIT;
    STRBUF_AUTO move = STRBUF_INIT;
    size_t start = out->length;

    strbuf_add_string(out, impact_phrase(resource->impact));
    if (resource->kind == DIFF_CHANGED && resource->old_type && resource->type &&
        strcmp(resource->old_type, resource->type) != 0) {
        add_separator(out, start, " ");
        strbuf_addf(out, "(was %s)", resource->old_type);
    }
    add_data(&data, resource);
    add_move(&move, resource);
    if (data.length) {
        add_separator(out, start, " ");
        strbuf_addf(out, "(%s)", data.data);
    }
    if (move.length) {
        add_separator(out, start, " ");
        strbuf_addf(out, "(%s)", move.data);
    }
    if (resource->is_overruled) {
        add_separator(out, start, " ");
        strbuf_addf(out, "(%s)", overruled(resource));
    }
    if (resource->drift) {
        add_separator(out, start, " ");
        strbuf_addf(out, "(drifted: %s)", resource->drift);
    }
}

const char *diff_kind_tag(enum diff_kind kind)
{
    static const char *const tags[] = {
        [DIFF_CHANGED] = "[~]", [DIFF_ADDED] = "[+]", [DIFF_REMOVED] = "[-]"
    };

    return tags[kind];
}

const char *diff_resource_title(const struct diff_resource *resource)
{
    if (!resource->path)
        return resource->id;
    return arena_printf(value_arena(), "%s %s", resource->path, resource->id);
}

void diff_write_export(struct strbuf *out, const struct diff_export *export)
{
    strbuf_addf(out, "Export %s (output %s)", export->name, export->output);
    if (!export->importer_count)
        return;
    strbuf_addf(out, " %s while imported by ", export->kind == DIFF_REMOVED ? "is removed" : "changes");
    for (size_t i = 0; i < export->importer_count; i++)
        strbuf_addf(out, "%s%s", i ? ", " : "", export->importers[i]);
    strbuf_add_string(out, ": CloudFormation refuses that");
}

bool diff_stack_has_differences(const struct diff_stack *stack, const struct diff_format_options *options)
{
    return options->security_only ? stack->summary.security : stack->summary.differences > 0;
}

bool diff_stack_is_shown(const struct diff_stack *stack, const struct diff_format_options *options)
{
    return diff_stack_has_differences(stack, options) || (stack->drifted_count && !options->security_only);
}
