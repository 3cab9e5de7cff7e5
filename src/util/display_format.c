// SPDX-License-Identifier: MIT
#include "util/display_format.h"

#include "util/die.h"
#include "util/display.h"
#include "util/text/columns.h"
#include "util/text/visible.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// One conversion of a format, from its '%' on.
struct conversion {
    char text[24]; // without width and precision where those come as arguments
    bool is_left;  // '-'
    bool has_width;
    int width;
    int precision; // -1: none
    char size;     // 'l', 'L' for ll, 'z', 'j', 't'; 0 for what is an int
    char type;
};

void display_add_visible(struct strbuf *out, const char *text, size_t length, const char *kept)
{
    const char *end = text + length, *done = text;

    while (text < end) {
        struct visible character = visible_at(text, (size_t)(end - text));

        if (character.is_hidden && !(*text && strchr(kept, *text))) {
            char escape[VISIBLE_MAX];

            strbuf_add(out, done, (size_t)(text - done));
            strbuf_add(out, escape, visible_escape(&character, escape));
            done = text + character.length;
        }
        text += character.length;
    }
    strbuf_add(out, done, (size_t)(end - done));
}

size_t display_columns(const char *text, size_t length)
{
    size_t columns = 0;

    for (size_t at = 0; at < length;) {
        struct visible character = visible_at(text + at, length - at);
        char escape[VISIBLE_MAX];

        columns += character.is_hidden ? visible_escape(&character, escape)
                                       : text_columns_of(text + at, character.length);
        at += character.length;
    }
    return columns;
}

static void add_padded(struct strbuf *out, const struct conversion *conversion, const char *text)
{
    size_t length = conversion->precision < 0 ? strlen(text) : strnlen(text, (size_t)conversion->precision);
    size_t columns = conversion->width ? display_columns(text, length) : 0;
    size_t missing = columns < (size_t)conversion->width ? (size_t)conversion->width - columns : 0;

    if (!conversion->is_left)
        strbuf_add_repeated(out, ' ', missing);
    display_add_visible(out, text, length, conversion->is_left && !conversion->has_width ? "\n" : "");
    if (conversion->is_left)
        strbuf_add_repeated(out, ' ', missing);
}

// A number in decimal digits, or '*': an argument.
static const char *read_number(const char *at, va_list *arguments, int *ret_number)
{
    *ret_number = 0;
    if (*at == '*') {
        *ret_number = va_arg(*arguments, int);
        return at + 1;
    }
    for (; *at >= '0' && *at <= '9'; at++)
        *ret_number = *ret_number * 10 + (*at - '0');
    return at;
}

static const char *read_size(const char *at, struct conversion *conversion)
{
    if (at[0] == 'l' && at[1] == 'l') {
        conversion->size = 'L';
        return at + 2;
    }
    while (*at == 'h')
        at++;
    if (*at && strchr("lzjt", *at))
        conversion->size = *at++;
    return at;
}

// Reads a conversion behind its '%', with the widths that come as arguments, and returns what follows it.
static const char *read_conversion(const char *at, va_list *arguments, struct conversion *conversion)
{
    size_t flags = strspn(at, "-+ #0");
    const char *start;

    *conversion = (struct conversion){ .precision = -1 };
    snprintf(conversion->text, sizeof(conversion->text), "%%%.*s*.*", (int)flags, at);
    conversion->is_left = memchr(at, '-', flags);
    at = start = at + flags;
    at = read_number(at, arguments, &conversion->width);
    conversion->has_width = at > start;
    if (conversion->width < 0) {
        conversion->is_left = true;
        conversion->width = -conversion->width;
    }
    if (*at == '.')
        at = read_number(at + 1, arguments, &conversion->precision);
    at = read_size(at, conversion);
    conversion->type = *at;
    return at + 1;
}

#define ADD_NUMBER(out, conversion, modifier, value)                                                         \
    do {                                                                                                     \
        size_t end = strlen((conversion)->text);                                                             \
                                                                                                             \
        snprintf((conversion)->text + end, sizeof((conversion)->text) - end, "%s%c", modifier,               \
            (conversion)->type);                                                                             \
        strbuf_addf(out, (conversion)->text, width, (conversion)->precision, value);                         \
    } while (0)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" // the pieces of a format that is one
static void add_integer(struct strbuf *out, struct conversion *conversion, va_list *arguments)
{
    int width = conversion->is_left ? -conversion->width : conversion->width;

    switch (conversion->size) {
    case 0:
        ADD_NUMBER(out, conversion, "", va_arg(*arguments, int));
        return;
    case 'l':
        ADD_NUMBER(out, conversion, "l", va_arg(*arguments, long));
        return;
    case 'L':
        ADD_NUMBER(out, conversion, "ll", va_arg(*arguments, long long));
        return;
    case 'z':
        ADD_NUMBER(out, conversion, "z", va_arg(*arguments, size_t));
        return;
    case 'j':
        ADD_NUMBER(out, conversion, "j", va_arg(*arguments, intmax_t));
        return;
    default:
        ADD_NUMBER(out, conversion, "t", va_arg(*arguments, ptrdiff_t));
        return;
    }
}

static void add_fraction(struct strbuf *out, struct conversion *conversion, va_list *arguments)
{
    int width = conversion->is_left ? -conversion->width : conversion->width;

    ADD_NUMBER(out, conversion, "", va_arg(*arguments, double));
}
#pragma GCC diagnostic pop

static void add_string(struct strbuf *out, const struct conversion *conversion, va_list *arguments)
{
    const char *text = va_arg(*arguments, const char *);

    add_padded(out, conversion, text ? text : "(null)");
}

static void add_character(struct strbuf *out, const struct conversion *conversion, va_list *arguments)
{
    const char text[] = { (char)va_arg(*arguments, int), '\0' };

    add_padded(out, conversion, text);
}

static void add_conversion(struct strbuf *out, struct conversion *conversion, va_list *arguments)
{
    switch (conversion->type) {
    case '%':
        strbuf_add_char(out, '%');
        return;
    case 's':
        add_string(out, conversion, arguments);
        return;
    case 'c':
        add_character(out, conversion, arguments);
        return;
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
        add_integer(out, conversion, arguments);
        return;
    case 'e':
    case 'f':
    case 'g':
        add_fraction(out, conversion, arguments);
        return;
    default:
        BUG("cannot show %%%c", conversion->type);
    }
}

void display_format(struct strbuf *out, const char *format, va_list arguments)
{
    va_list rest;

    va_copy(rest, arguments);
    while (*format) {
        size_t length = strcspn(format, "%");
        struct conversion conversion;

        strbuf_add(out, format, length);
        format += length;
        if (!*format)
            break;
        format = read_conversion(format + 1, &rest, &conversion);
        add_conversion(out, &conversion, &rest);
    }
    va_end(rest);
}
