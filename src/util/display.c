// SPDX-License-Identifier: MIT
#include "util/display.h"

#include "util/arena.h"
#include "util/die.h"
#include "util/display_format.h"
#include "util/text/columns.h"
#include "util/text/visible.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

void display_release(struct display *display)
{
    strbuf_release(&display->shown);
}

void display_addf(struct display *display, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    display_vaddf(display, format, arguments);
    va_end(arguments);
}

void display_vaddf(struct display *display, const char *format, va_list arguments)
{
    display_format(&display->shown, format, arguments);
}

void display_add_string(struct display *display, const char *text)
{
    display_add_visible(&display->shown, text, strlen(text), "");
}

void display_add_repeated(struct display *display, char c, size_t count)
{
    strbuf_add_repeated(&display->shown, c, count);
}

void display_add(struct display *display, const struct display *more)
{
    strbuf_add(&display->shown, more->shown.data, more->shown.length);
}

// Line breaks and tabs stay.
static void add_lines(struct display *display, const char *text, size_t length)
{
    display_add_visible(&display->shown, text, length, "\n\t");
}

// The bytes of an escape sequence with one of these ends at the beginning of the text, 0 where there is none.
static size_t sequence_length(const char *text, size_t length, const char *ends)
{
    size_t at = 2;

    if (length < 3 || text[0] != '\033' || text[1] != '[')
        return 0;
    while (at < length && ((text[at] >= '0' && text[at] <= '9') || text[at] == ';'))
        at++;
    return at < length && text[at] && strchr(ends, text[at]) ? at + 1 : 0;
}

void display_style(struct display *display, const char *style)
{
    size_t length = style ? strlen(style) : 0;

    if (style && sequence_length(style, length, "m") != length)
        BUG("no style");
    strbuf_add(&display->shown, style, length);
}

void display_add_styled(struct display *display, const char *style, const char *text)
{
    display_style(display, style);
    display_add_string(display, text);
    display_style(display, style ? "\033[0m" : NULL);
}

void display_go_up(struct display *display, int rows)
{
    display_addf(display, "\033[%dA", rows);
}

void display_erase_line(struct display *display)
{
    display_addf(display, "\033[2K");
}

void display_erase_rest_of_line(struct display *display)
{
    display_addf(display, "\033[K");
}

void display_trim(struct display *display)
{
    size_t length = display->shown.length;

    while (length && display->shown.data[length - 1] == ' ')
        length--;
    strbuf_truncate(&display->shown, length);
}

size_t display_truncate(struct display *display, size_t columns)
{
    if (display->shown.length)
        text_truncate(display->shown.data, columns);
    strbuf_truncate(&display->shown, strlen(display->shown.data));
    return text_columns(display->shown.data);
}

char *display_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = display_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

char *display_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    STRBUF_AUTO text = STRBUF_INIT;

    display_format(&text, format, arguments);
    return arena_strndup(arena, text.data, text.length);
}

size_t display_width(const char *text)
{
    return display_columns(text, strlen(text));
}

static void write_all(FILE *stream, const char *data, size_t length)
{
    if (length)
        fwrite(data, 1, length, stream);
}

static void write_escaped(FILE *stream, const struct visible *character)
{
    char escape[VISIBLE_MAX];

    write_all(stream, escape, visible_escape(character, escape));
}

// Whether each stream is where a line has had nothing but blanks so far: standard output, and the other.
static bool is_at_start[] = { true, true };

// The bytes of what may pass as it is, 0 where something has to be spelt out.
static size_t passing(const char *at, size_t length, bool at_start, struct visible *character)
{
    if (*at == '\n')
        return 1;
    if (sequence_length(at, length, "mAK"))
        return sequence_length(at, length, "mAK");
    *character = visible_at(at, length);
    if (at_start && length > 1 && at[0] == ':' && at[1] == ':')
        return 0;
    return character->is_hidden ? 0 : character->length;
}

void display_print(const struct display *display, FILE *stream)
{
    const char *at = display->shown.data, *done = at, *end = at + display->shown.length;
    bool *at_start = &is_at_start[stream != stdout];

    while (at < end) {
        struct visible character = { .length = 0 };
        size_t length = passing(at, (size_t)(end - at), *at_start, &character);

        if (*at == '\n')
            *at_start = true;
        else if (*at != ' ' && *at != '\033' && *at != '\t')
            *at_start = false;
        if (!length && *at != '\t') {
            write_all(stream, done, (size_t)(at - done));
            write_escaped(stream, &character);
            done = at + character.length;
        }
        at += length ? length : character.length;
    }
    write_all(stream, done, (size_t)(end - done));
}

void print(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vprint_to(stdout, format, arguments);
    va_end(arguments);
}

void print_to(FILE *stream, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vprint_to(stream, format, arguments);
    va_end(arguments);
}

void vprint_to(FILE *stream, const char *format, va_list arguments)
{
    DISPLAY_AUTO text = DISPLAY_INIT;

    display_vaddf(&text, format, arguments);
    display_print(&text, stream);
}

void print_text_lines(FILE *stream, const char *text, size_t length)
{
    DISPLAY_AUTO lines = DISPLAY_INIT;

    add_lines(&lines, text, length);
    if (length && text[length - 1] != '\n')
        display_addf(&lines, "\n");
    display_print(&lines, stream);
}

void print_plainly(FILE *stream, const char *text)
{
    size_t left = text ? strlen(text) : 0;

    if (!text)
        write_all(stream, "\n", 1);
    while (left) {
        struct visible character = visible_at(text, left);

        if (character.is_hidden)
            write_escaped(stream, &character);
        else
            write_all(stream, text, character.length);
        text += character.length;
        left -= character.length;
    }
}

void print_data(const char *data, size_t length)
{
    write_all(stdout, data, length);
    is_at_start[0] = !length || data[length - 1] == '\n';
}

static void add_json_escape(struct strbuf *out, const struct visible *character)
{
    uint32_t code = character->is_valid ? character->code : 0xFFFD;

    if (code >= 0x10000)
        strbuf_addf(
            out, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF));
    else
        strbuf_addf(out, "\\u%04x", code);
}

// Outside of strings JSON has no character but blanks and line breaks that would be spelt out.
void print_data_json(const char *text, size_t length)
{
    STRBUF_AUTO out = STRBUF_INIT;

    for (size_t at = 0; at < length;) {
        struct visible character = visible_at(text + at, length - at);

        if (character.is_hidden && !(text[at] && strchr("\n\t\r", text[at])))
            add_json_escape(&out, &character);
        else
            strbuf_add(&out, text + at, character.length);
        at += character.length;
    }
    print_data(out.data, out.length);
}

void print_data_value(const char *text, size_t length)
{
    DISPLAY_AUTO lines = DISPLAY_INIT;

    if (!isatty(STDOUT_FILENO)) {
        print_data(text, length);
        return;
    }
    add_lines(&lines, text, length);
    display_print(&lines, stdout);
}
