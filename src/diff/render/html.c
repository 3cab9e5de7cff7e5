// SPDX-License-Identifier: MIT
#include "diff/render/format.h"

#include "data/value.h"
#include "diff/render/text_table.h"
#include "diff/render/tree.h"
#include "report/html_page.h"
#include "util/text/human.h"

#include <string.h>

// One page: no script, no font, no image, nothing that is fetched. Stacks and resources are <details>, which
// open and close by themselves and are found by the browser's search.

static const char diff_style[] =
    "body { max-width: 95rem; }\n"
    "td.cell { white-space: pre-line; }\n"
    "table.summary td:first-child { white-space: nowrap; }\n"
    "tr.added td:first-child { color: var(--added); } tr.removed td:first-child { color: var(--removed); }\n"
    "details.stack { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; padding: .5rem 1rem; "
    "}\n"
    "summary { cursor: pointer; } details.resource { margin: .25rem 0; }\n"
    "pre { background: var(--soft); padding: .5rem; overflow-x: auto; margin: .25rem 0 .75rem; font-size: "
    "13px; }\n"
    ".added { color: var(--added); } .removed { color: var(--removed); } .changed { color: var(--changed); "
    "}\n"
    ".hunk { color: var(--faint); }\n"
    // On a phone the cells of a row stand below each other, each with its heading.
    "@media (max-width: 45rem) {\n"
    "  details.stack { padding: .5rem; }\n"
    "  pre { font-size: 12px; }\n"
    "  table, tbody, tr, td { display: block; }\n"
    "  tr { border: 1px solid var(--line); margin: .5rem 0; padding: .25rem .5rem; }\n"
    "  tr.headings, td.empty { display: none; }\n"
    "  td { border: 0; padding: .1rem 0; overflow-wrap: anywhere; }\n"
    "  td:first-child:not(:only-child) { float: right; } table.summary td:first-child { float: none; }\n"
    "  td[data-heading]::before { content: attr(data-heading); display: block; color: var(--faint); "
    "font-size: 13px; }\n"
    "  table.summary td:first-child { white-space: normal; font-weight: 600; }\n"
    "}\n";

static const char *mark_class(enum diff_mark mark)
{
    static const char *const classes[] = {
        [DIFF_MARK_NONE] = "",
        [DIFF_MARK_SAME] = "faint",
        [DIFF_MARK_ADDED] = "added",
        [DIFF_MARK_REMOVED] = "removed",
        [DIFF_MARK_CHANGED] = "changed",
        [DIFF_MARK_HUNK] = "hunk",
    };

    return classes[mark];
}

static void open_tag(struct strbuf *out, const char *element, const char *class)
{
    strbuf_add_char(out, '<');
    strbuf_add_string(out, element);
    strbuf_add_string(out, " class=\"");
    strbuf_add_string(out, class);
    strbuf_add_string(out, "\">");
}

static void add_tag(struct strbuf *out, const char *element, const char *class, const char *text)
{
    open_tag(out, element, class);
    html_escape_breakable(out, text);
    strbuf_add_string(out, "</");
    strbuf_add_string(out, element);
    strbuf_add_char(out, '>');
}

static void add_tree(struct strbuf *out, const struct diff_tree *tree)
{
    static const char *const signs[] = {
        [DIFF_MARK_NONE] = "",
        [DIFF_MARK_SAME] = "  ",
        [DIFF_MARK_ADDED] = "+ ",
        [DIFF_MARK_REMOVED] = "- ",
        [DIFF_MARK_CHANGED] = "~ ",
        [DIFF_MARK_HUNK] = "",
    };

    if (!tree->count)
        return;
    strbuf_add_string(out, "<pre>");
    for (size_t i = 0; i < tree->count; i++) {
        const struct diff_tree_line *line = &tree->items[i];

        add_tag(out, "span", "faint", line->branches);
        open_tag(out, "span", mark_class(line->mark));
        strbuf_add_string(out, signs[line->mark]);
        html_escape(out, line->text);
        strbuf_add_string(out, "</span>\n");
    }
    strbuf_add_string(out, "</pre>\n");
}

static void add_resource(
    struct strbuf *out, const struct diff_resource *resource, const struct diff_format_options *options)
{
    struct diff_tree tree = { .context = options->context };
    STRBUF_AUTO remarks = STRBUF_INIT;
    bool open = resource->kind == DIFF_CHANGED;

    strbuf_addf(out, "<details class=\"resource\"%s>\n<summary>", open ? " open" : "");
    add_tag(out, "span", diff_kind_name(resource->kind), diff_kind_tag(resource->kind));
    strbuf_add_char(out, ' ');
    add_tag(out, "code", "type", resource->type ? resource->type : "?");
    strbuf_add_char(out, ' ');
    if (resource->path)
        html_escape_breakable(out, resource->path);
    strbuf_add_char(out, ' ');
    open_tag(out, "span", resource->path ? "faint" : "id");
    html_escape_id(out, resource->id);
    strbuf_add_string(out, "</span>");
    strbuf_add_char(out, ' ');
    diff_write_remarks(&remarks, resource);
    if (remarks.length)
        add_tag(out, "span", "danger", remarks.data);
    strbuf_add_string(out, "</summary>\n");
    diff_tree_resource(&tree, resource);
    add_tree(out, &tree);
    strbuf_add_string(out, "</details>\n");
}

static void add_section(struct strbuf *out, const struct diff_stack *stack, enum diff_section section,
    const struct diff_format_options *options)
{
    const struct diff_changes *changes = &stack->sections[section];

    if (!changes->count)
        return;
    strbuf_addf(out, "<h3>%s</h3>\n", diff_section_title(section));
    for (size_t i = 0; i < changes->count; i++) {
        const struct diff_change *change = &changes->items[i];
        struct diff_tree tree = { .context = options->context };

        strbuf_add_string(out, "<p>");
        add_tag(out, "span", diff_kind_name(change->kind), diff_kind_tag(change->kind));
        strbuf_addf(out, " %s ", diff_section_element(section));
        html_escape_breakable(out, change->name);
        strbuf_add_string(out, "</p>\n");
        diff_tree_values(&tree, change->before, change->after);
        add_tree(out, &tree);
    }
}

static void add_cell(struct strbuf *out, const char *heading, const char *text)
{
    strbuf_addf(out, "<td class=\"%s\" data-heading=\"%s\">", *text ? "cell" : "cell empty", heading);
    html_escape_id(out, text);
    strbuf_add_string(out, "</td>");
}

static void add_table(struct strbuf *out, const struct diff_stack *stack, enum diff_table table)
{
    const struct diff_table_shape *shape = &diff_tables[table];

    if (!stack->tables[table].count)
        return;
    strbuf_addf(out, "<h3>%s</h3>\n<table class=\"%s\">\n<tr class=\"headings\"><th></th>", shape->title,
        shape->name);
    for (size_t column = 0; column < shape->columns; column++)
        strbuf_addf(out, "<th>%s</th>", shape->headings[column]);
    strbuf_add_string(out, "</tr>\n");
    for (size_t i = 0; i < stack->tables[table].count; i++) {
        const struct diff_row *row = &stack->tables[table].items[i];

        strbuf_addf(out, "<tr class=\"%s\"><td>%s</td>", diff_kind_name(row->kind),
            row->kind == DIFF_ADDED ? "+" : "-");
        for (size_t column = 0; column < shape->columns; column++)
            add_cell(out, shape->headings[column], diff_with_paths(stack, row->cells[column]));
        strbuf_add_string(out, "</tr>\n");
    }
    strbuf_add_string(out, "</table>\n");
}

static void add_exports(struct strbuf *out, const struct diff_stack *stack)
{
    if (!stack->export_count)
        return;
    strbuf_add_string(out, "<h3>Exports</h3>\n<ul>\n");
    for (size_t i = 0; i < stack->export_count; i++) {
        STRBUF_AUTO text = STRBUF_INIT;

        diff_write_export(&text, &stack->exports[i]);
        add_tag(out, "li", stack->exports[i].importer_count ? "danger" : "", text.data);
        strbuf_add_char(out, '\n');
    }
    strbuf_add_string(out, "</ul>\n");
}

static void add_resources(struct strbuf *out, const char *title, const struct diff_resource *resources,
    size_t count, const struct diff_format_options *options)
{
    if (count)
        strbuf_addf(out, "<h3>%s</h3>\n", title);
    for (size_t i = 0; i < count; i++)
        add_resource(out, &resources[i], options);
}

static void add_stack(
    struct strbuf *out, const struct diff_stack *stack, const struct diff_format_options *options)
{
    STRBUF_AUTO summary = STRBUF_INIT;

    diff_write_summary(&summary, &stack->summary);
    strbuf_add_string(out, "<details class=\"stack\" open>\n<summary>");
    add_tag(out, "b", "name", stack->name);
    strbuf_add_string(out, ": ");
    html_escape(out, summary.data);
    strbuf_add_string(out, "</summary>\n");
    for (enum diff_table table = 0; table < DIFF_TABLES; table++)
        add_table(out, stack, table);
    if (!options->security_only) {
        for (enum diff_section section = 0; section < DIFF_OUTPUTS; section++)
            add_section(out, stack, section, options);
        add_resources(out, "Resources", stack->resources, stack->resource_count, options);
        add_resources(out, "Drift", stack->drifted, stack->drifted_count, options);
        add_section(out, stack, DIFF_OUTPUTS, options);
        add_exports(out, stack);
        add_section(out, stack, DIFF_OTHER, options);
    }
    strbuf_add_string(out, "</details>\n");
}

static void add_summary_row(struct strbuf *out, const struct diff_stack *stack)
{
    STRBUF_AUTO text = STRBUF_INIT;
    const struct diff_summary *summary = &stack->summary;
    bool danger = summary->destructive || summary->broadening || summary->exports_at_stake;

    diff_write_summary(&text, summary);
    strbuf_add_string(out, "<tr><td>");
    html_escape_breakable(out, stack->name);
    strbuf_add_string(out, !stack->before ? " (new)" : !stack->after ? " (gone)" : "");
    strbuf_add_string(out, "</td>");
    if (stack->note)
        strbuf_addf(&text, " (%s)", stack->note);
    add_tag(out, "td", danger ? "danger" : summary->differences ? "changed" : "added", text.data);
    strbuf_add_string(out, "</tr>\n");
}

static void add_picture(struct strbuf *out, const struct diff_picture *picture)
{
    if (picture->html) {
        strbuf_add_string(out, "<h2>Architecture</h2>\n");
        strbuf_add_string(out, picture->html);
    }
    if (picture->note) {
        strbuf_add_string(out, "<p class=\"faint note\">");
        html_escape(out, picture->note);
        strbuf_add_string(out, "</p>\n");
    }
}

static void begin_page(struct strbuf *out, const struct diff_picture *picture)
{
    STRBUF_AUTO style = STRBUF_INIT;

    strbuf_add_string(&style, diff_style);
    if (picture->style)
        strbuf_add_string(&style, picture->style);
    html_page_begin(out, "Infrastructure differences", style.data);
}

void diff_write_html(struct strbuf *out, const struct diff *diff, const struct diff_format_options *options)
{
    begin_page(out, &options->picture);
    strbuf_addf(out, "<h1>Stacks with differences: %zu</h1>\n<table class=\"summary\">\n", diff->different);
    for (size_t i = 0; i < diff->count; i++)
        add_summary_row(out, &diff->stacks[i]);
    strbuf_add_string(out, "</table>\n");
    if (diff_changes_cost(&diff->summary))
        strbuf_addf(out, "<p>Cost of a month without use: %.2f USD, and %.2f after the change</p>\n",
            diff->summary.cost_before, diff->summary.cost_after);
    add_picture(out, &options->picture);
    for (size_t i = 0; i < diff->count && !options->summary; i++)
        if (diff_stack_is_shown(&diff->stacks[i], options))
            add_stack(out, &diff->stacks[i], options);
    if (diff->summary.hidden)
        strbuf_addf(out, "<p class=\"faint\">Not shown: %zu change%s of metadata</p>\n", diff->summary.hidden,
            plural(diff->summary.hidden));
    html_page_end(out);
}
