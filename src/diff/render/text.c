// SPDX-License-Identifier: MIT
#include "diff/render/format.h"

#include "data/value.h"
#include "diff/render/text_table.h"
#include "diff/render/tree.h"
#include "util/array.h"
#include "util/color.h"
#include "util/display.h"

#include <string.h>

struct text_writer {
    struct display *out;
    const struct diff_format_options *options;
};

static void paint(const struct text_writer *writer, const char *style, const char *text)
{
    display_add_styled(writer->out, writer->options->color ? style : NULL, text);
}

static const char *kind_style(enum diff_kind kind)
{
    static const char *const styles[] = {
        [DIFF_CHANGED] = COLOR_YELLOW, [DIFF_ADDED] = COLOR_GREEN, [DIFF_REMOVED] = COLOR_RED
    };

    return styles[kind];
}

static const char *impact_style(enum diff_impact impact)
{
    if (impact == DIFF_REPLACE || impact == DIFF_DESTROY)
        return COLOR_DANGER;
    return impact == DIFF_IMPORT ? COLOR_IMPORT : COLOR_CAUTION;
}

struct mark_query {
    const char *tag; // NULL: none
    const char *style;
};

static const struct mark_query marks[] = {
    [DIFF_MARK_NONE] = { NULL, NULL },
    [DIFF_MARK_SAME] = { "[ ]", COLOR_GRAY },
    [DIFF_MARK_ADDED] = { "[+]", COLOR_GREEN },
    [DIFF_MARK_REMOVED] = { "[-]", COLOR_RED },
    [DIFF_MARK_CHANGED] = { "[~]", COLOR_YELLOW },
    [DIFF_MARK_HUNK] = { NULL, COLOR_MAGENTA },
};

static void write_tree(const struct text_writer *writer, const struct diff_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct diff_tree_line *line = &tree->items[i];
        const struct mark_query *look = &marks[line->mark];
        bool is_plain = line->mark == DIFF_MARK_CHANGED || line->mark == DIFF_MARK_SAME;

        display_add_string(writer->out, line->branches);
        if (look->tag) {
            paint(writer, look->style, look->tag);
            display_addf(writer->out, " ");
        }
        paint(writer, is_plain ? NULL : look->style, line->text);
        display_addf(writer->out, "\n");
    }
}

static void write_heading(const struct text_writer *writer, const char *title)
{
    paint(writer, COLOR_UNDERLINED, title);
    display_addf(writer->out, "\n");
}

static const char *one_line(const struct value *value)
{
    struct diff_tree tree = { 0 };

    diff_tree_values(&tree, NULL, value);
    return tree.count == 1 ? tree.items[0].text : NULL;
}

// One line where it fits, a tree below the name where it does not.
static void write_change(
    const struct text_writer *writer, const char *element, const struct diff_change *change)
{
    struct diff_tree tree = { .context = writer->options->context };
    const char *before = change->before ? one_line(change->before) : "";
    const char *after = change->after ? one_line(change->after) : "";
    bool fits = before && after;

    paint(writer, kind_style(change->kind), diff_kind_tag(change->kind));
    display_addf(writer->out, " ");
    paint(writer, COLOR_CYAN, element);
    display_addf(writer->out, " %s", change->name);
    if (fits) {
        display_add_string(writer->out, ": ");
        paint(writer, COLOR_RED, before);
        display_add_string(writer->out, change->kind == DIFF_CHANGED ? " to " : "");
        paint(writer, COLOR_GREEN, after);
    }
    display_addf(writer->out, "\n");
    if (fits)
        return;
    diff_tree_values(&tree, change->before, change->after);
    write_tree(writer, &tree);
}

static void write_section(
    const struct text_writer *writer, const struct diff_stack *stack, enum diff_section section)
{
    static const enum diff_kind order[] = { DIFF_REMOVED, DIFF_ADDED, DIFF_CHANGED };
    const struct diff_changes *changes = &stack->sections[section];

    if (!changes->count)
        return;
    write_heading(writer, diff_section_title(section));
    for (size_t k = 0; k < ARRAY_SIZE(order); k++)
        for (size_t i = 0; i < changes->count; i++)
            if (changes->items[i].kind == order[k])
                write_change(writer, diff_section_element(section), &changes->items[i]);
    display_addf(writer->out, "\n");
}

static void write_resource(const struct text_writer *writer, const struct diff_resource *resource)
{
    struct diff_tree tree = { .context = writer->options->context };
    STRBUF_AUTO remarks = STRBUF_INIT;

    paint(writer, kind_style(resource->kind), diff_kind_tag(resource->kind));
    display_addf(writer->out, " ");
    paint(writer, COLOR_CYAN, resource->type ? resource->type : "?");
    display_addf(writer->out, " ");
    if (resource->path)
        display_addf(writer->out, "%s ", resource->path);
    paint(writer, resource->path ? COLOR_GRAY : NULL, resource->id);
    diff_write_remarks(&remarks, resource);
    if (remarks.length) {
        display_addf(writer->out, " ");
        paint(writer, impact_style(resource->impact), remarks.data);
    }
    display_addf(writer->out, "\n");
    diff_tree_resource(&tree, resource);
    write_tree(writer, &tree);
}

static void write_resources(
    const struct text_writer *writer, const char *title, const struct diff_resource *resources, size_t count)
{
    if (!count)
        return;
    write_heading(writer, title);
    for (size_t i = 0; i < count; i++)
        write_resource(writer, &resources[i]);
    display_addf(writer->out, "\n");
}

static void write_tables(const struct text_writer *writer, const struct diff_stack *stack)
{
    for (enum diff_table table = 0; table < DIFF_TABLES; table++) {
        if (!stack->tables[table].count)
            continue;
        write_heading(writer, diff_tables[table].title);
        diff_text_table(writer->out, stack, table, writer->options);
        display_addf(writer->out, "\n");
    }
}

static void write_exports(const struct text_writer *writer, const struct diff_stack *stack)
{
    if (!stack->export_count)
        return;
    write_heading(writer, "Exports");
    for (size_t i = 0; i < stack->export_count; i++) {
        STRBUF_AUTO text = STRBUF_INIT;

        diff_write_export(&text, &stack->exports[i]);
        paint(writer, kind_style(stack->exports[i].kind), diff_kind_tag(stack->exports[i].kind));
        display_addf(writer->out, " ");
        paint(writer, stack->exports[i].importer_count ? COLOR_RED : NULL, text.data);
        display_addf(writer->out, "\n");
    }
    display_addf(writer->out, "\n");
}

static void write_stack(const struct text_writer *writer, const struct diff_stack *stack)
{
    display_add_string(writer->out, "Stack ");
    paint(writer, COLOR_BOLD, stack->name);
    display_addf(writer->out, "\n");
    if (!writer->options->security_only)
        write_section(writer, stack, DIFF_TEMPLATE);
    write_tables(writer, stack);
    if (writer->options->security_only)
        return;
    for (enum diff_section section = DIFF_SETTINGS; section < DIFF_OUTPUTS; section++)
        write_section(writer, stack, section);
    write_resources(writer, "Resources", stack->resources, stack->resource_count);
    write_resources(writer, "Drift", stack->drifted, stack->drifted_count);
    write_section(writer, stack, DIFF_OUTPUTS);
    write_exports(writer, stack);
    write_section(writer, stack, DIFF_OTHER);
}

static const char *summary_style(const struct diff_summary *summary)
{
    if (summary->destructive || summary->exports_at_stake)
        return COLOR_RED;
    return summary->differences ? COLOR_YELLOW : COLOR_GREEN;
}

static void write_summary_line(const struct text_writer *writer, const struct diff_stack *stack)
{
    STRBUF_AUTO summary = STRBUF_INIT;

    diff_write_summary(&summary, &stack->summary);
    paint(writer, COLOR_BOLD, stack->name);
    display_add_string(writer->out, !stack->before ? " (new): " : !stack->after ? " (gone): " : ": ");
    paint(writer, summary_style(&stack->summary), summary.data);
    if (stack->note)
        display_addf(writer->out, " (%s)", stack->note);
    display_addf(writer->out, "\n");
}

static void write_end(const struct text_writer *writer, const struct diff *diff)
{
    size_t different = 0;

    for (size_t i = 0; i < diff->count; i++)
        different += diff_stack_has_differences(&diff->stacks[i], writer->options);
    display_addf(writer->out, "Number of stacks with %sdifferences: %zu\n",
        writer->options->security_only ? "security-related " : "", different);
    if (diff_changes_cost(&diff->summary))
        display_addf(writer->out, "Cost of a month without use: %.2f USD, and %.2f after the change\n",
            diff->summary.cost_before, diff->summary.cost_after);
    if (diff->summary.hidden)
        display_addf(writer->out, "Not shown: %zu change%s of metadata (--strict shows %s)\n",
            diff->summary.hidden, diff->summary.hidden == 1 ? "" : "s",
            diff->summary.hidden == 1 ? "it" : "them");
}

void diff_write_text(struct display *out, const struct diff *diff, const struct diff_format_options *options)
{
    const struct text_writer writer = { out, options };

    for (size_t i = 0; i < diff->count; i++)
        write_summary_line(&writer, &diff->stacks[i]);
    display_addf(out, "\n");
    for (size_t i = 0; i < diff->count && !options->summary; i++)
        if (diff_stack_is_shown(&diff->stacks[i], options))
            write_stack(&writer, &diff->stacks[i]);
    write_end(&writer, diff);
}
