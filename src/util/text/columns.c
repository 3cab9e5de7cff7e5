// SPDX-License-Identifier: MIT
#include "util/text/columns.h"

#include "util/array.h"
#include "util/text/utf8.h"

#include <stdint.h>
#include <string.h>

// Characters that do not take one column, in order. Made of Python's unicodedata; tests/util/text compares
// them.
static const struct {
    uint32_t first, last;
    uint8_t columns;
} ranges[] = {
#include "util/text/columns.def"
};

static uint32_t decode(const char *text, size_t length)
{
    static const unsigned char first_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    const unsigned char *at = (const unsigned char *)text;
    uint32_t character = at[0] & first_bits[length];

    for (size_t i = 1; i < length; i++)
        character = character << 6 | (at[i] & 0x3FU);
    return character;
}

static size_t columns_of_character(uint32_t character)
{
    size_t low = 0, high = ARRAY_SIZE(ranges);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (character > ranges[middle].last)
            low = middle + 1;
        else if (character < ranges[middle].first)
            high = middle;
        else
            return ranges[middle].columns;
    }
    return 1;
}

// The bytes of the character at `text`, and its columns.
static size_t next_character(const char *text, size_t length, size_t *ret_columns)
{
    size_t bytes = utf8_sequence(text, length);

    *ret_columns = bytes > 1 ? columns_of_character(decode(text, bytes)) : 1;
    return bytes ? bytes : 1;
}

size_t text_columns_of(const char *text, size_t length)
{
    size_t columns = 0, width;

    for (size_t at = 0; at < length;) {
        at += next_character(text + at, length - at, &width);
        columns += width;
    }
    return columns;
}

size_t text_columns(const char *text)
{
    return text_columns_of(text, strlen(text));
}

// The bytes of the longest beginning that takes at most so many columns.
static size_t fitting_bytes(const char *text, size_t length, size_t columns)
{
    size_t at = 0, width;

    while (at < length) {
        size_t bytes = next_character(text + at, length - at, &width);

        if (width > columns)
            break;
        columns -= width;
        at += bytes;
    }
    return at;
}

void text_truncate(char *text, size_t columns)
{
    text[fitting_bytes(text, strlen(text), columns)] = '\0';
}

static bool is_joint(char character)
{
    return strchr("/:,-._=|", character);
}

// Behind several joints in a row, as those of "https://".
static bool can_break_behind(const char *text, size_t at, size_t length)
{
    if (text[at] == ' ')
        return true;
    return is_joint(text[at]) && (at + 1 == length || !(is_joint(text[at + 1]) || text[at + 1] == ' '));
}

// The last place at which a beginning of `fitting` bytes can be broken well; 0 when there is none.
static size_t best_break(const char *text, size_t fitting, size_t length)
{
    size_t start = strspn(text, " "), at = fitting; // what is indented does not break there

    while (at > start && text[at - 1] != ' ')
        at--;
    if (at > start)
        return at;
    for (at = fitting; at > start && !can_break_behind(text, at - 1, length); at--)
        continue;
    return at > start ? at : 0;
}

size_t text_line(const char *text, size_t length, size_t columns)
{
    size_t fitting = fitting_bytes(text, length, columns), width, at;

    if (fitting == length)
        return length;
    if (text[fitting] == ' ')
        return fitting + 1;
    at = best_break(text, fitting, length);
    if (at)
        return at;
    return fitting ? fitting : next_character(text, length, &width);
}

size_t text_words(const char *text, size_t length, size_t columns)
{
    size_t start = strspn(text, " "), fitting = fitting_bytes(text, length, columns), at = fitting;

    if (fitting == length)
        return length;
    if (text[fitting] == ' ' && fitting > start)
        return fitting + 1;
    while (at > start && text[at - 1] != ' ')
        at--;
    if (at > start)
        return at;
    for (at = start; at < length && text[at] != ' '; at++)
        continue;
    return at < length ? at + 1 : length;
}

static size_t widest(const char *text, bool (*is_end)(const char *text, size_t at, size_t length))
{
    size_t length = strlen(text), start = 0, result = 0;

    for (size_t at = 0; at < length; at++) {
        size_t width;

        if (at + 1 < length && !is_end(text, at, length))
            continue;
        width = text_columns_of(text + start, at + (text[at] != ' ') - start);
        result = width > result ? width : result;
        start = at + 1;
    }
    return result;
}

static bool is_blank(const char *text, size_t at, size_t length)
{
    (void)length;
    return text[at] == ' ';
}

size_t text_widest_word(const char *text)
{
    return widest(text, is_blank);
}

size_t text_widest_piece(const char *text)
{
    return widest(text, can_break_behind);
}

// The narrowest column that can use more.
static struct text_column *neediest(struct text_column *columns, size_t count)
{
    struct text_column *found = NULL;

    for (size_t i = 0; i < count; i++)
        if (columns[i].width < columns[i].most && (!found || columns[i].width < found->width))
            found = &columns[i];
    return found;
}

bool text_share_width(struct text_column *columns, size_t count, size_t available)
{
    struct text_column *next;

    for (size_t i = 0; i < count; i++) {
        if (columns[i].least > available)
            return false;
        columns[i].width = columns[i].least;
        available -= columns[i].least;
    }
    while (available && (next = neediest(columns, count))) {
        next->width++;
        available--;
    }
    return true;
}
