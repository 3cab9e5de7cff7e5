// SPDX-License-Identifier: MIT
#include "diff/render/format.h"

#include "data/value.h"
#include "diff/render/text_table.h"
#include "diff/render/tree.h"
#include "report/html_page.h"
#include "util/display.h"
#include "util/text/markdown.h"

#include <string.h>

// GitHub Flavored Markdown. Parts are written one after the other as long as they fit; what does not is left
// out whole, so that nothing stays open, and a note at the end says so.

enum { NOTE_ROOM = 200 }; // bytes for that note

// Nobody sees it; it tells the comment from others, so that it can be updated.
static const char marker[] = "<!-- tango-infra diff -->\n";

struct markdown_writer {
    struct strbuf *out;
    const struct diff_format_options *options;
    size_t left_out; // parts
    bool shows_cost;
};

// What a template holds is shown as code, wherever it is: there neither Markdown nor what GitHub makes of the
// page afterwards (mentions, references to issues and commits, links, emoji) looks for anything. Before that
// it is made visible (util/display.h), so that it is in one line.
static const char *visible(const char *text)
{
    return display_printf(value_arena(), "%s", text);
}

// The lines of a cell, each as code.
static void add_lines(struct strbuf *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        markdown_add_code(out, arena_strndup(value_arena(), text, length));
        text += length;
        if (*text)
            strbuf_add_string(out, "<br>");
        text += *text == '\n';
    }
}

// Adds the part if there is room for it, and for `room` more bytes after it.
static bool add_part(struct markdown_writer *writer, const struct strbuf *part, size_t room)
{
    if (writer->out->length + part->length + room + NOTE_ROOM > DIFF_MARKDOWN_LIMIT) {
        writer->left_out++;
        return false;
    }
    strbuf_add(writer->out, part->data, part->length);
    return true;
}

static const char *sign(const struct diff_summary *summary)
{
    if (summary->destructive || summary->exports_at_stake)
        return "🔴";
    if (summary->broadening)
        return "🟠";
    return summary->differences ? "🟡" : "🟢";
}

static size_t count_of(const struct diff_summary *summary, enum diff_impact impact)
{
    return summary->impacts[impact];
}

static void add_summary_row(struct markdown_writer *writer, const struct diff_stack *stack)
{
    const struct diff_summary *summary = &stack->summary;
    STRBUF_AUTO row = STRBUF_INIT;

    strbuf_addf(&row, "| %s ", sign(summary));
    markdown_add_code(&row, stack->name);
    strbuf_add_string(&row, !stack->before ? " (new)" : !stack->after ? " (gone)" : "");
    strbuf_addf(&row, " | %zu | %zu | %zu | %zu | %zu | %s | %s |", count_of(summary, DIFF_CREATE),
        count_of(summary, DIFF_UPDATE), count_of(summary, DIFF_REPLACE) + count_of(summary, DIFF_MAY_REPLACE),
        count_of(summary, DIFF_DESTROY), count_of(summary, DIFF_ORPHAN),
        summary->broadening     ? "**broader**"
            : summary->security ? "changed"
                                : "",
        summary->data_at_stake ? "**at stake**" : "");
    if (writer->shows_cost)
        strbuf_addf(&row, " %+.2f |", summary->cost_after - summary->cost_before);
    strbuf_add_char(&row, '\n');
    add_part(writer, &row, 0);
}

static void add_summary(struct markdown_writer *writer, const struct diff *diff)
{
    size_t unchanged = diff->count - diff->different;

    strbuf_add_string(writer->out, marker);
    strbuf_addf(writer->out, "### Infrastructure: %zu stack%s with differences\n\n", diff->different,
        diff->different == 1 ? "" : "s");
    if (diff->different) {
        strbuf_addf(writer->out,
            "| Stack | Added | Updated | Replaced | Destroyed | Orphaned | Permissions | Data |%s\n"
            "| :--- | ---: | ---: | ---: | ---: | ---: | :--- | :--- |%s\n",
            writer->shows_cost ? " USD a month |" : "", writer->shows_cost ? " ---: |" : "");
        for (size_t i = 0; i < diff->count; i++)
            if (diff->stacks[i].summary.differences)
                add_summary_row(writer, &diff->stacks[i]);
        strbuf_add_char(writer->out, '\n');
    }
    if (writer->shows_cost)
        strbuf_addf(writer->out, "Cost of a month without use: %.2f USD, and %.2f after the change\n\n",
            diff->summary.cost_before, diff->summary.cost_after);
    if (unchanged && diff->count)
        strbuf_addf(
            writer->out, "🟢 %zu stack%s without differences\n\n", unchanged, unchanged == 1 ? "" : "s");
}

static char diff_sign(enum diff_mark mark)
{
    static const char signs[] = {
        [DIFF_MARK_NONE] = ' ',
        [DIFF_MARK_SAME] = ' ',
        [DIFF_MARK_ADDED] = '+',
        [DIFF_MARK_REMOVED] = '-',
        [DIFF_MARK_CHANGED] = '!',
        [DIFF_MARK_HUNK] = ' ',
    };

    return signs[mark];
}

static char kind_sign(enum diff_kind kind)
{
    return kind == DIFF_ADDED ? '+' : kind == DIFF_REMOVED ? '-' : '!';
}

static void add_tree(struct strbuf *out, const struct diff_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++)
        strbuf_addf(out, "%c %s%s\n", diff_sign(tree->items[i].mark), tree->items[i].branches,
            visible(tree->items[i].text));
}

static void resource_part(
    const struct markdown_writer *writer, const struct diff_resource *resource, struct strbuf *part)
{
    struct diff_tree tree = { .context = writer->options->context };
    STRBUF_AUTO remarks = STRBUF_INIT;

    diff_write_remarks(&remarks, resource);
    strbuf_addf(part, "%c %s %s%s%s\n", kind_sign(resource->kind),
        visible(resource->type ? resource->type : "?"), visible(diff_resource_title(resource)),
        remarks.length ? " " : "", visible(remarks.data));
    diff_tree_resource(&tree, resource);
    add_tree(part, &tree);
}

static void change_part(const struct markdown_writer *writer, enum diff_section section,
    const struct diff_change *change, struct strbuf *part)
{
    struct diff_tree tree = { .context = writer->options->context };

    strbuf_addf(
        part, "%c %s %s\n", kind_sign(change->kind), diff_section_element(section), visible(change->name));
    diff_tree_values(&tree, change->before, change->after);
    add_tree(part, &tree);
}

static bool add_fenced(struct markdown_writer *writer, const char *title, const struct strbuf *content)
{
    size_t ticks = markdown_fence_length(content->data);
    STRBUF_AUTO part = STRBUF_INIT;

    if (!content->length)
        return true;
    strbuf_addf(&part, "**%s**\n\n", title);
    strbuf_add_repeated(&part, '`', ticks);
    strbuf_addf(&part, "diff\n%s", content->data);
    strbuf_add_repeated(&part, '`', ticks);
    strbuf_add_string(&part, "\n\n");
    return add_part(writer, &part, 0);
}

// As many entries as have room, and a line for those that have none.
struct block {
    struct strbuf text;
    size_t limit;
    size_t left_out;
};

static void add_entry(struct block *block, const struct strbuf *part)
{
    if (block->left_out || block->text.length + part->length > block->limit)
        block->left_out++;
    else
        strbuf_add(&block->text, part->data, part->length);
}

static size_t room(const struct markdown_writer *writer)
{
    size_t taken = writer->out->length + 2 * NOTE_ROOM + 100;

    return taken < DIFF_MARKDOWN_LIMIT ? DIFF_MARKDOWN_LIMIT - taken : 0;
}

static void finish_block(struct markdown_writer *writer, const char *title, struct block *block)
{
    writer->left_out += block->left_out;
    add_fenced(writer, title, &block->text);
    strbuf_release(&block->text);
}

static void add_section(
    struct markdown_writer *writer, const struct diff_stack *stack, enum diff_section section)
{
    const struct diff_changes *changes = &stack->sections[section];
    struct block block = { STRBUF_INIT, room(writer), 0 };

    for (size_t i = 0; i < changes->count; i++) {
        STRBUF_AUTO part = STRBUF_INIT;

        change_part(writer, section, &changes->items[i], &part);
        add_entry(&block, &part);
    }
    finish_block(writer, diff_section_title(section), &block);
}

// The worst first, so that it is what stays where room is short.
static void add_resources(
    struct markdown_writer *writer, const char *title, const struct diff_resource *resources, size_t count)
{
    struct block block = { STRBUF_INIT, room(writer), 0 };

    for (int impact = DIFF_IMPACTS - 1; impact >= 0; impact--) {
        for (size_t i = 0; i < count; i++) {
            STRBUF_AUTO part = STRBUF_INIT;

            if ((int)resources[i].impact != impact)
                continue;
            resource_part(writer, &resources[i], &part);
            add_entry(&block, &part);
        }
    }
    finish_block(writer, title, &block);
}

static void add_table(struct markdown_writer *writer, const struct diff_stack *stack, enum diff_table table)
{
    const struct diff_table_shape *shape = &diff_tables[table];
    STRBUF_AUTO part = STRBUF_INIT;

    if (!stack->tables[table].count)
        return;
    strbuf_addf(&part, "**%s**\n\n|  |", shape->title);
    for (size_t column = 0; column < shape->columns; column++)
        strbuf_addf(&part, " %s |", shape->headings[column]);
    strbuf_add_string(&part, "\n| --- |");
    for (size_t column = 0; column < shape->columns; column++)
        strbuf_add_string(&part, " --- |");
    strbuf_add_char(&part, '\n');
    for (size_t i = 0; i < stack->tables[table].count && part.length < DIFF_MARKDOWN_LIMIT; i++) {
        const struct diff_row *row = &stack->tables[table].items[i];

        strbuf_addf(&part, "| %s |", row->kind == DIFF_ADDED ? "➕" : "➖");
        for (size_t column = 0; column < shape->columns; column++) {
            strbuf_add_char(&part, ' ');
            add_lines(&part, diff_with_paths(stack, row->cells[column]));
            strbuf_add_string(&part, " |");
        }
        strbuf_add_char(&part, '\n');
    }
    strbuf_add_char(&part, '\n');
    add_part(writer, &part, 0);
}

static void add_exports(struct markdown_writer *writer, const struct diff_stack *stack)
{
    STRBUF_AUTO content = STRBUF_INIT;

    for (size_t i = 0; i < stack->export_count; i++) {
        STRBUF_AUTO text = STRBUF_INIT;

        diff_write_export(&text, &stack->exports[i]);
        strbuf_addf(&content, "%c %s\n", kind_sign(stack->exports[i].kind), visible(text.data));
    }
    add_fenced(writer, "Exports", &content);
}

static void add_stack(struct markdown_writer *writer, const struct diff_stack *stack)
{
    static const char end[] = "</details>\n\n";
    STRBUF_AUTO start = STRBUF_INIT;
    STRBUF_AUTO summary = STRBUF_INIT;

    diff_write_summary(&summary, &stack->summary);
    strbuf_addf(&start, "<details>\n<summary>%s <b><code>", sign(&stack->summary));
    html_escape(&start, visible(stack->name));
    strbuf_addf(&start, "</code></b>: %s</summary>\n\n", summary.data);
    if (stack->note) {
        markdown_add_code(&start, stack->note);
        strbuf_add_string(&start, "\n\n");
    }
    if (!add_part(writer, &start, strlen(end)))
        return;
    for (enum diff_table table = 0; table < DIFF_TABLES; table++)
        add_table(writer, stack, table);
    if (!writer->options->security_only) {
        add_exports(writer, stack);
        add_resources(writer, "Resources", stack->resources, stack->resource_count);
        add_resources(writer, "Drift", stack->drifted, stack->drifted_count);
        for (enum diff_section section = 0; section < DIFF_SECTIONS; section++)
            add_section(writer, stack, section);
    }
    strbuf_add_string(writer->out, end);
}

static void add_flowchart(struct markdown_writer *writer, const char *mermaid)
{
    STRBUF_AUTO part = STRBUF_INIT;

    if (!mermaid)
        return;
    strbuf_addf(
        &part, "<details>\n<summary>Architecture</summary>\n\n```mermaid\n%s```\n\n</details>\n\n", mermaid);
    add_part(writer, &part, 0);
}

void diff_write_markdown(
    struct strbuf *out, const struct diff *diff, const struct diff_format_options *options)
{
    struct markdown_writer writer = { out, options, 0, diff_changes_cost(&diff->summary) };

    add_summary(&writer, diff);
    add_flowchart(&writer, options->picture.mermaid);
    for (size_t i = 0; i < diff->count && !options->summary; i++)
        if (diff_stack_is_shown(&diff->stacks[i], options))
            add_stack(&writer, &diff->stacks[i]);
    if (writer.left_out)
        strbuf_addf(out, "_Cut at %d bytes: %zu part%s left out. `tango-infra diff` shows everything._\n",
            DIFF_MARKDOWN_LIMIT, writer.left_out, writer.left_out == 1 ? " is" : "s are");
}
