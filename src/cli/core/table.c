// SPDX-License-Identifier: MIT
#include "cli/core/table.h"

#include "util/color.h"
#include "util/display.h"
#include "util/terminal.h"
#include "util/text/columns.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { GAP = 2, INDENT = 4 };

struct table_layout {
    const struct table *table;
    struct text_column *columns;
    size_t beside;     // columns that stand side by side; the others are stacked
    const char *style; // of the row
    struct display *out;
};

void table_add_styled(struct table *table, const char *const *cells, const char *style)
{
    for (size_t i = 0; i < table->columns; i++)
        string_list_add(&table->cells, table->arena, display_printf(table->arena, "%s", cells[i]));
    string_list_add(&table->styles, table->arena, style);
}

void table_add(struct table *table, const char *const *cells)
{
    table_add_styled(table, cells, "");
}

static void consider(struct text_column *column, const char *cell)
{
    size_t width = text_columns(cell), word = text_widest_word(cell);

    column->most = width > column->most ? width : column->most;
    column->least = word > column->least ? word : column->least;
}

static void measure(struct table_layout *layout)
{
    const struct table *table = layout->table;

    for (size_t i = 0; table->headings && i < table->columns; i++)
        consider(&layout->columns[i], table->headings[i]);
    for (size_t i = 0; i < table->cells.count; i++)
        consider(&layout->columns[i % table->columns], table->cells.items[i]);
}

static void begin_line(const struct table_layout *layout)
{
    display_style(layout->out, *layout->style ? layout->style : NULL);
}

static void end_line(const struct table_layout *layout)
{
    display_trim(layout->out);
    display_style(layout->out, *layout->style ? COLOR_RESET : NULL);
    display_addf(layout->out, "\n");
}

static void add_cell(struct display *out, const char *text, size_t length, size_t width)
{
    size_t used = text_columns_of(text, length);

    display_addf(out, "%.*s", (int)length, text);
    display_add_repeated(out, ' ', width > used ? width - used : 0);
}

// The first columns of a row, side by side, in as many lines as the highest cell has.
static void write_beside(const struct table_layout *layout, const char *const *cells)
{
    const char **left = arena_alloc(layout->table->arena, layout->beside * sizeof(*left));
    bool goes_on = true;

    memcpy(left, cells, layout->beside * sizeof(*left));
    while (goes_on) {
        goes_on = false;
        begin_line(layout);
        for (size_t i = 0; i < layout->beside; i++) {
            size_t width = layout->columns[i].width;
            size_t length = text_line(left[i], strlen(left[i]), width);

            add_cell(layout->out, left[i], length, width + GAP);
            left[i] += length;
            goes_on |= *left[i] != '\0';
        }
        end_line(layout);
    }
}

// Lines of whole words below each other, the first behind what stands there already.
static void write_words(const struct table_layout *layout, const char *text, size_t indent)
{
    size_t columns = layout->table->width > indent + 1 ? layout->table->width - indent : 1;

    for (bool is_first = true; *text; is_first = false) {
        size_t length = text_words(text, strlen(text), columns);

        if (!is_first) {
            begin_line(layout);
            display_add_repeated(layout->out, ' ', indent);
        }
        display_addf(layout->out, "%.*s", (int)length, text);
        end_line(layout);
        text += length;
    }
}

static size_t label_width(const struct table *table)
{
    size_t widest = 0;

    for (size_t i = 0; i < table->columns; i++) {
        size_t width = text_columns(table->headings[i]);

        widest = width > widest ? width : widest;
    }
    return widest;
}

// "Heading:  cell", one below the other.
static void write_labelled(const struct table_layout *layout, const char *const *cells)
{
    size_t width = label_width(layout->table) + 1 + GAP;

    for (size_t i = 0; i < layout->table->columns; i++) {
        size_t used = text_columns(layout->table->headings[i]) + 1;

        if (!*cells[i])
            continue;
        begin_line(layout);
        display_addf(layout->out, "%s:", layout->table->headings[i]);
        display_add_repeated(layout->out, ' ', width - used);
        write_words(layout, cells[i], width);
    }
}

static void write_stacked(const struct table_layout *layout, const char *const *cells)
{
    if (layout->beside)
        write_beside(layout, cells);
    for (size_t i = layout->beside; i < layout->table->columns; i++) {
        if (!*cells[i])
            continue;
        begin_line(layout);
        display_add_repeated(layout->out, ' ', INDENT);
        write_words(layout, cells[i], INDENT);
    }
}

static void write_rows(struct table_layout *layout)
{
    const struct table *table = layout->table;
    bool is_stacked = layout->beside < table->columns;

    if (table->headings && !is_stacked)
        write_beside(layout, table->headings);
    for (size_t i = 0; i < table->cells.count; i += table->columns) {
        const char *const *cells = table->cells.items + i;

        layout->style = table->styles.items[i / table->columns];
        if (is_stacked && table->headings) {
            if (i)
                display_addf(layout->out, "\n");
            write_labelled(layout, cells);
        } else {
            write_stacked(layout, cells);
        }
    }
}

// All columns if they fit, broken between words where they must; else as many of the first as fit unbroken.
static void lay_out(struct table_layout *layout)
{
    const struct table *table = layout->table;
    size_t gaps = (table->columns - 1) * GAP, used = 0;

    layout->beside = table->columns;
    if (!table->width ||
        (table->width > gaps && text_share_width(layout->columns, table->columns, table->width - gaps))) {
        for (size_t i = 0; !table->width && i < table->columns; i++)
            layout->columns[i].width = layout->columns[i].most;
        return;
    }
    for (layout->beside = 0; layout->beside < table->columns; layout->beside++) {
        struct text_column *column = &layout->columns[layout->beside];

        used += column->most + (layout->beside ? GAP : 0);
        if (used > table->width)
            return;
        column->width = column->most;
    }
}

void table_write(const struct table *table, struct display *out)
{
    struct table_layout layout = { .table = table, .style = "", .out = out };

    layout.columns = arena_alloc(table->arena, table->columns * sizeof(*layout.columns));
    measure(&layout);
    lay_out(&layout);
    write_rows(&layout);
}

void table_print(struct table *table)
{
    DISPLAY_AUTO text = DISPLAY_INIT;

    table->width = (size_t)terminal_line_width(STDOUT_FILENO);
    table_write(table, &text);
    display_print(&text, stdout);
}
