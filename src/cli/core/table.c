// SPDX-License-Identifier: MIT
#include "cli/core/table.h"

#include "util/text/utf8.h"

enum { GAP = 2 };

void table_add(struct table *table, const char *const *cells)
{
    for (size_t i = 0; i < table->columns; i++)
        string_list_add(&table->cells, table->arena, arena_strdup(table->arena, cells[i]));
}

static size_t column_width(const struct table *table, size_t column)
{
    size_t widest = 0;

    for (size_t i = column; i < table->cells.count; i += table->columns) {
        size_t width = utf8_length(table->cells.items[i]);

        widest = width > widest ? width : widest;
    }
    return widest;
}

static void end_line(struct strbuf *out)
{
    size_t length = out->length;

    while (length && out->data[length - 1] == ' ')
        length--;
    strbuf_truncate(out, length);
    strbuf_add_char(out, '\n');
}

void table_write(const struct table *table, struct strbuf *out)
{
    size_t *widths = arena_alloc(table->arena, table->columns * sizeof(*widths));

    for (size_t column = 0; column < table->columns; column++)
        widths[column] = column_width(table, column);
    for (size_t i = 0; i < table->cells.count; i++) {
        size_t column = i % table->columns;

        strbuf_add_string(out, table->cells.items[i]);
        if (column + 1 == table->columns)
            end_line(out);
        else
            strbuf_add_repeated(out, ' ', widths[column] - utf8_length(table->cells.items[i]) + GAP);
    }
}

const char *printable(struct arena *arena, const char *text)
{
    STRBUF_AUTO result = STRBUF_INIT;

    for (; *text; text++)
        if (*text == '\n')
            strbuf_add_string(&result, "\\n");
        else if ((unsigned char)*text < ' ' || *text == 0x7f)
            strbuf_addf(&result, "\\x%02x", (unsigned char)*text);
        else
            strbuf_add_char(&result, *text);
    return arena_strdup(arena, result.data);
}
