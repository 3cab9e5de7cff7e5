// SPDX-License-Identifier: MIT
#include "diff/render/text_table.h"

#include "data/value.h"
#include "diff/compare/compare.h"
#include "diff/render/format.h"
#include "util/color.h"
#include "util/display.h"
#include "util/text/columns.h"

#include <string.h>

enum {
    COLUMN_LIMIT = 60, // of a cell where no terminal says how wide the table may be
    MARK_WIDTH = 4,    // "│ + " in front of a row
    CELL_EDGES = 3,    // "│ " and " " around a cell
};

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

// The rows as they are shown, and how wide.
struct layout {
    struct display *out;
    const struct diff_table_shape *shape;
    const struct diff_rows *rows;
    const char *const **cells; // of each row
    struct text_column columns[DIFF_COLUMNS];
    bool color;
};

static void rule(const struct layout *layout, const char *left, const char *middle, const char *right)
{
    display_add_string(layout->out, left);
    display_add_string(layout->out, "───");
    for (size_t column = 0; column < layout->shape->columns; column++) {
        display_add_string(layout->out, middle);
        for (size_t i = 0; i < layout->columns[column].width + 2; i++)
            display_add_string(layout->out, "─");
    }
    display_addf(layout->out, "%s\n", right);
}

static void paint(const struct layout *layout, const char *style, const char *text, size_t length)
{
    bool colored = layout->color && style && length;

    display_style(layout->out, colored ? style : NULL);
    display_addf(layout->out, "%.*s", (int)length, text);
    display_style(layout->out, colored ? COLOR_RESET : NULL);
}

static void write_cell(
    const struct layout *layout, const char *text, size_t length, size_t width, const char *style)
{
    display_add_string(layout->out, "│ ");
    paint(layout, style, text, length);
    display_add_repeated(layout->out, ' ', width - text_columns_of(text, length) + 1);
}

// The next line of a cell; goes on to the one after it.
static const char *next_line(const char **at, size_t width, size_t *ret_length)
{
    const char *line = *at;
    size_t end = strcspn(line, "\n"), length = text_line(line, end, width);

    *at = line + length + (length == end && line[end] == '\n');
    while (length && line[length - 1] == ' ')
        length--;
    *ret_length = length;
    return line;
}

static void write_row(
    const struct layout *layout, const char *mark, const char *const *cells, const char *style)
{
    const char *left[DIFF_COLUMNS];
    bool goes_on = true;

    memcpy(left, cells, sizeof(left));
    for (; goes_on; mark = "") {
        goes_on = false;
        write_cell(layout, mark, strlen(mark), 1, style);
        for (size_t column = 0; column < layout->shape->columns; column++) {
            size_t length, width = layout->columns[column].width;
            const char *line = next_line(&left[column], width, &length);

            write_cell(layout, line, length, width, style);
            goes_on |= *left[column] != '\0';
        }
        display_addf(layout->out, "│\n");
    }
}

static const char *mark_of(const struct diff_row *row)
{
    return row->kind == DIFF_ADDED ? "+" : "-";
}

static const char *style_of(const struct diff_row *row)
{
    return row->kind == DIFF_ADDED ? COLOR_GREEN : COLOR_RED;
}

static void write_frame(const struct layout *layout)
{
    rule(layout, "┌", "┬", "┐");
    write_row(layout, " ", layout->shape->headings, NULL);
    for (size_t i = 0; i < layout->rows->count; i++) {
        rule(layout, "├", "┼", "┤");
        write_row(
            layout, mark_of(&layout->rows->items[i]), layout->cells[i], style_of(&layout->rows->items[i]));
    }
    rule(layout, "└", "┴", "┘");
}

static size_t widest_heading(const struct diff_table_shape *shape)
{
    size_t widest = 0;

    for (size_t column = 0; column < shape->columns; column++) {
        size_t width = text_columns(shape->headings[column]);

        widest = width > widest ? width : widest;
    }
    return widest;
}

// "+ Heading  first line of the cell", and the others below it.
static void write_labelled(
    const struct layout *layout, const char *mark, const char *heading, const char *cell, const char *style)
{
    size_t label = widest_heading(layout->shape) + 4, width = layout->columns[0].width;

    paint(layout, style, mark, strlen(mark));
    display_addf(layout->out, " %s", heading);
    display_add_repeated(layout->out, ' ', label - 2 - text_columns(heading));
    for (bool is_first = true; *cell || is_first; is_first = false) {
        size_t length;
        const char *line = next_line(&cell, width, &length);

        display_add_repeated(layout->out, ' ', is_first ? 0 : label);
        paint(layout, style, line, length);
        display_addf(layout->out, "\n");
    }
}

// Without a frame: the cells of a row below each other, each with its heading.
static void write_stacked(struct layout *layout, size_t width)
{
    size_t label = widest_heading(layout->shape) + 4;

    layout->columns[0].width = width > label ? width - label : 1;
    for (size_t i = 0; i < layout->rows->count; i++) {
        const struct diff_row *row = &layout->rows->items[i];

        display_addf(layout->out, i ? "\n" : "%s", "");
        for (size_t column = 0; column < layout->shape->columns; column++)
            if (*layout->cells[i][column])
                write_labelled(layout, column ? " " : mark_of(row), layout->shape->headings[column],
                    layout->cells[i][column], style_of(row));
    }
}

static void measure_cell(struct text_column *column, const char *cell)
{
    while (*cell) {
        size_t length = strcspn(cell, "\n");
        const char *line = arena_strndup(value_arena(), cell, length);
        size_t width = text_columns(line), piece = text_widest_piece(line);

        column->most = width > column->most ? width : column->most;
        column->least = piece > column->least ? piece : column->least;
        cell += length + (cell[length] == '\n');
    }
}

static void measure(struct layout *layout, const struct diff_stack *stack)
{
    for (size_t column = 0; column < layout->shape->columns; column++)
        measure_cell(&layout->columns[column], layout->shape->headings[column]);
    for (size_t i = 0; i < layout->rows->count; i++) {
        const char **cells = arena_alloc(value_arena(), DIFF_COLUMNS * sizeof(*cells));

        for (size_t column = 0; column < layout->shape->columns; column++) {
            cells[column] = display_printf(
                value_arena(), "%-s", diff_with_paths(stack, layout->rows->items[i].cells[column]));
            measure_cell(&layout->columns[column], cells[column]);
        }
        layout->cells[i] = cells;
    }
}

// Whether the table fits with no name broken but between its parts.
static bool fits(struct layout *layout, size_t width)
{
    size_t edges = MARK_WIDTH + layout->shape->columns * CELL_EDGES + 1;

    if (width)
        return width > edges && text_share_width(layout->columns, layout->shape->columns, width - edges);
    for (size_t column = 0; column < layout->shape->columns; column++) {
        struct text_column *one = &layout->columns[column];

        one->width = one->most < COLUMN_LIMIT ? one->most : COLUMN_LIMIT;
    }
    return true;
}

void diff_text_table(struct display *out, const struct diff_stack *stack, enum diff_table table,
    const struct diff_format_options *options)
{
    struct layout layout = {
        .out = out, .shape = &diff_tables[table], .rows = &stack->tables[table], .color = options->color
    };

    layout.cells = arena_alloc(value_arena(), (layout.rows->count + 1) * sizeof(*layout.cells));
    measure(&layout, stack);
    if (fits(&layout, options->width))
        write_frame(&layout);
    else
        write_stacked(&layout, options->width);
}
