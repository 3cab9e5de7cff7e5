// SPDX-License-Identifier: MIT
#include "lsp/document/text.h"

#include <stdbool.h>
#include <string.h>

struct text_lines text_lines_of(const char *text, size_t length, struct arena *arena)
{
    struct text_lines lines = { .text = text, .length = length };
    size_t capacity = 0;

    for (size_t at = 0; at <= length; at++) {
        bool begins =
            at == 0 || text[at - 1] == '\n' || (text[at - 1] == '\r' && (at == length || text[at] != '\n'));

        if (!begins)
            continue;
        lines.starts = arena_grow(arena, lines.starts, lines.count, &capacity, sizeof(*lines.starts));
        lines.starts[lines.count++] = at;
    }
    return lines;
}

// Without the line break.
static size_t line_end(const struct text_lines *lines, size_t line)
{
    size_t end = line + 1 < lines->count ? lines->starts[line + 1] : lines->length;

    while (end > lines->starts[line] && (lines->text[end - 1] == '\n' || lines->text[end - 1] == '\r'))
        end--;
    return end;
}

static bool is_first_byte(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

// Of the character that begins with this byte.
static size_t units_of(char first, enum text_units units)
{
    unsigned char c = (unsigned char)first;

    switch (units) {
    case UNITS_UTF8:
        return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    case UNITS_UTF16:
        return c < 0xF0 ? 1 : 2;
    default:
        return 1;
    }
}

static void step_forward(struct text_cursor *cursor)
{
    const char *text = cursor->lines->text;

    cursor->character += units_of(text[cursor->offset], cursor->units);
    cursor->column++;
    do
        cursor->offset++;
    while (cursor->offset < cursor->lines->length && !is_first_byte(text[cursor->offset]));
}

static void step_back(struct text_cursor *cursor)
{
    const char *text = cursor->lines->text;

    do
        cursor->offset--;
    while (!is_first_byte(text[cursor->offset]));
    cursor->column--;
    cursor->character -= units_of(text[cursor->offset], cursor->units);
}

struct text_cursor text_cursor_at_start(const struct text_lines *lines, enum text_units units)
{
    return (struct text_cursor){ .lines = lines, .units = units };
}

static void go_to_line(struct text_cursor *cursor, size_t line)
{
    if (line == cursor->line)
        return;
    cursor->line = line;
    cursor->offset = cursor->lines->starts[line];
    cursor->column = cursor->character = 0;
}

static size_t line_of(const struct text_lines *lines, size_t offset)
{
    size_t low = 0, high = lines->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (lines->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void text_cursor_to_offset(struct text_cursor *cursor, size_t offset)
{
    size_t end;

    if (offset > cursor->lines->length)
        offset = cursor->lines->length;
    go_to_line(cursor, line_of(cursor->lines, offset));
    end = line_end(cursor->lines, cursor->line);
    offset = offset > end ? end : offset;
    while (cursor->offset < offset)
        step_forward(cursor);
    while (cursor->offset > offset)
        step_back(cursor);
}

void text_cursor_to_column(struct text_cursor *cursor, size_t line, size_t column)
{
    size_t end;

    go_to_line(cursor, line < cursor->lines->count ? line : cursor->lines->count - 1);
    end = line_end(cursor->lines, cursor->line);
    while (cursor->column < column && cursor->offset < end)
        step_forward(cursor);
    while (cursor->column > column)
        step_back(cursor);
}

size_t text_offset(const struct text_lines *lines, enum text_units units, struct text_position position)
{
    struct text_cursor cursor = text_cursor_at_start(lines, units);
    size_t end;

    if (position.line >= lines->count)
        return lines->length;
    go_to_line(&cursor, position.line);
    end = line_end(lines, position.line);
    while (cursor.character < position.character && cursor.offset < end)
        step_forward(&cursor);
    if (cursor.character > position.character)
        step_back(&cursor); // within a character
    return cursor.offset;
}
