// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_RESULT_FORMAT_H
#define CLI_CORE_RESULT_FORMAT_H

// The option --format (and others like it) of commands that can say the same in several ways, several of them
// at once: "--format FORMAT" to standard output, "--format FORMAT=FILE" to a file.

#include "util/error.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

struct display;
struct string_list;

struct result_format {
    size_t format;    // its place among the names
    const char *file; // NULL: standard output
};

struct result_formats {
    struct result_format *items;
    size_t count;
};

// Without any, the first of `names`, which end with NULL, on standard output. An unknown format, and two
// results on standard output, are errors; `option` is named in them.
int result_formats_parse(const char *option, const struct string_list *given, const char *const *names,
    struct result_formats *ret_formats, struct error *err);
// Whether nothing but the first of the names, which is text for people, goes to standard output.
bool result_formats_are_text(const struct result_formats *formats);

// Byte for byte, for other programs; JSON; text for people.
int result_write(const struct result_format *format, const struct strbuf *text, struct error *err);
int result_write_json(const struct result_format *format, const struct strbuf *text, struct error *err);
int result_write_display(const struct result_format *format, const struct display *text, struct error *err);

#endif
