// SPDX-License-Identifier: MIT
#include "diff/render/text_table.h"

#include "data/value.h"
#include "diff/compare/compare.h"
#include "util/color.h"
#include "util/text/utf8.h"

#include <string.h>

enum { WIDTH_LIMIT = 60 }; // of a column; longer lines break

const char *diff_with_paths(const struct diff_stack *stack, const char *text)
{
    STRBUF_AUTO out = STRBUF_INIT;
    const char *start;

    while ((start = strstr(text, "${"))) {
        size_t length = strcspn(start + 2, ".}");
        const char *path = diff_construct_path(stack, arena_strndup(value_arena(), start + 2, length));

        strbuf_add(&out, text, (size_t)(start + 2 - text));
        if (path)
            strbuf_add_string(&out, path);
        else
            strbuf_add(&out, start + 2, length);
        text = start + 2 + length;
    }
    strbuf_add_string(&out, text);
    return arena_strdup(value_arena(), out.data);
}

struct cell {
    const char **lines;
    size_t count, capacity;
};

struct layout {
    struct strbuf *out;
    const struct diff_table_shape *shape;
    size_t widths[DIFF_COLUMNS];
    bool color;
};

static size_t break_at(const char *text, size_t length)
{
    size_t end = 0, characters = 0;

    while (end < length && characters < WIDTH_LIMIT) {
        end++;
        while (end < length && ((unsigned char)text[end] & 0xC0) == 0x80)
            end++;
        characters++;
    }
    return end;
}

static void add_line(struct cell *cell, const char *text, size_t length)
{
    cell->lines = arena_grow(value_arena(), cell->lines, cell->count, &cell->capacity, sizeof(*cell->lines));
    cell->lines[cell->count++] = arena_strndup(value_arena(), text, length);
}

static struct cell split(const char *text)
{
    struct cell cell = { 0 };

    for (;;) {
        size_t length = strcspn(text, "\n");
        size_t end = break_at(text, length);

        add_line(&cell, text, end);
        text += end;
        if (!*text)
            return cell;
        text += *text == '\n';
    }
}

static void rule(const struct layout *layout, const char *left, const char *middle, const char *right)
{
    strbuf_add_string(layout->out, left);
    strbuf_add_string(layout->out, "───");
    for (size_t column = 0; column < layout->shape->columns; column++) {
        strbuf_add_string(layout->out, middle);
        for (size_t i = 0; i < layout->widths[column] + 2; i++)
            strbuf_add_string(layout->out, "─");
    }
    strbuf_addf(layout->out, "%s\n", right);
}

static void write_cell(const struct layout *layout, const char *text, size_t width, const char *style)
{
    bool colored = layout->color && style;

    strbuf_addf(layout->out, "│ %s%s%s", colored ? style : "", text, colored ? COLOR_RESET : "");
    strbuf_add_repeated(layout->out, ' ', width - utf8_length(text) + 1);
}

static void write_row(
    const struct layout *layout, const char *mark, const char *const *cells, const char *style)
{
    struct cell split_cells[DIFF_COLUMNS];
    size_t height = 1;

    for (size_t column = 0; column < layout->shape->columns; column++) {
        split_cells[column] = split(cells[column]);
        if (split_cells[column].count > height)
            height = split_cells[column].count;
    }
    for (size_t line = 0; line < height; line++) {
        write_cell(layout, line ? "" : mark, 1, style);
        for (size_t column = 0; column < layout->shape->columns; column++)
            write_cell(layout, line < split_cells[column].count ? split_cells[column].lines[line] : "",
                layout->widths[column], style);
        strbuf_add_string(layout->out, "│\n");
    }
}

static void widen(struct layout *layout, const char *const *cells)
{
    for (size_t column = 0; column < layout->shape->columns; column++) {
        struct cell cell = split(cells[column]);

        for (size_t i = 0; i < cell.count; i++)
            if (utf8_length(cell.lines[i]) > layout->widths[column])
                layout->widths[column] = utf8_length(cell.lines[i]);
    }
}

struct row {
    const char *cells[DIFF_COLUMNS];
};

void diff_text_table(struct strbuf *out, const struct diff_stack *stack, enum diff_table table, bool color)
{
    const struct diff_rows *rows = &stack->tables[table];
    struct layout layout = { .out = out, .shape = &diff_tables[table], .color = color };
    struct row *shown = arena_alloc(value_arena(), (rows->count + 1) * sizeof(*shown));

    widen(&layout, layout.shape->headings);
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t column = 0; column < layout.shape->columns; column++)
            shown[i].cells[column] = diff_with_paths(stack, rows->items[i].cells[column]);
        widen(&layout, shown[i].cells);
    }
    rule(&layout, "┌", "┬", "┐");
    write_row(&layout, " ", layout.shape->headings, NULL);
    for (size_t i = 0; i < rows->count; i++) {
        bool is_added = rows->items[i].kind == DIFF_ADDED;

        rule(&layout, "├", "┼", "┤");
        write_row(&layout, is_added ? "+" : "-", shown[i].cells, is_added ? COLOR_GREEN : COLOR_RED);
    }
    rule(&layout, "└", "┴", "┘");
}
