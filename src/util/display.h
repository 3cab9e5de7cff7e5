// SPDX-License-Identifier: MIT
#ifndef UTIL_DISPLAY_H
#define UTIL_DISPLAY_H

// What people see: the only way to standard output and standard error.
//
// Names, paths, values, reasons, answers of AWS are written by others, and may hold what erases a line of the
// terminal, turns text around, or begins a line that a CI runner takes for a command. So text for people is a
// `struct display`, which nothing but these functions fill, and only what a format says literally gets there
// as it is: line breaks, blanks, words. Every string that a format inserts (%s, %.*s, %c) shows what it holds
// (util/text/visible.h): a line break in it is shown as \n and begins no line. Widths (%-20s, %*s) count
// columns of what is shown; a precision counts bytes of the string.
//
// What has been made this way before and has lines of its own is inserted with %-s, without a width:
// messages (error_set and job_fail make them by these rules too) and what display_printf returned. Of it,
// too, nothing but line breaks gets through.
//
// Styles come from util/color.h, by display_style alone. The last step out also refuses a line that starts
// with "::" (commands of GitHub Actions): it shows \x3a: there.
//
// Results for other programs are no text for people: print_data, print_data_json, print_data_value.

#include "util/strbuf.h"

#include <stdarg.h>
#include <stdio.h>

struct arena;

struct display {
    struct strbuf shown; // to be read; nobody but display.c writes it
};

#define DISPLAY_INIT                                                                                         \
    {                                                                                                        \
        STRBUF_INIT                                                                                          \
    }
#define DISPLAY_AUTO __attribute__((cleanup(display_release))) struct display

void display_release(struct display *display);

void display_addf(struct display *display, const char *format, ...) __attribute__((format(printf, 2, 3)));
void display_vaddf(struct display *display, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
// One string, as %s inserts it.
void display_add_string(struct display *display, const char *text);
void display_add_repeated(struct display *display, char c, size_t count);
void display_add(struct display *display, const struct display *more);
// COLOR_... of util/color.h; NULL: nothing.
void display_style(struct display *display, const char *style);
// The string in this style; NULL: in none.
void display_add_styled(struct display *display, const char *style, const char *text);
// Where a terminal goes on: so many rows higher; on a line that is erased, as a whole or from here on.
void display_go_up(struct display *display, int rows);
void display_erase_line(struct display *display);
void display_erase_rest_of_line(struct display *display);
// Takes blanks off the end.
void display_trim(struct display *display);
// Cuts a line without styles off after so many columns, and returns how many it has.
size_t display_truncate(struct display *display, size_t columns);

// As display_addf, in the arena.
char *display_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *display_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

// Columns that the string takes where it is shown; or so many bytes of it.
size_t display_width(const char *text);
size_t display_columns(const char *text, size_t length);

void display_print(const struct display *display, FILE *stream);
// To standard output.
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void print_to(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));
void vprint_to(FILE *stream, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
// What has lines of its own, such as a log: its line breaks and tabs stay. A line break is added where there
// is none at the end.
void print_text_lines(FILE *stream, const char *text, size_t length);
// As %s, and without any memory; NULL: a line break.
void print_plainly(FILE *stream, const char *text);

// A result in a form that another program reads, to standard output, byte for byte.
void print_data(const char *data, size_t length);
// JSON, with \uXXXX for every character that does not show itself: the same for those who parse it.
void print_data_json(const char *text, size_t length);
// A single value, for a program or a person: byte for byte to a file or a pipe, its lines to a terminal.
void print_data_value(const char *text, size_t length);

#endif
