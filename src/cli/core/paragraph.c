// SPDX-License-Identifier: MIT
#include "cli/core/paragraph.h"

#include "util/terminal.h"
#include "util/text/columns.h"

#include <string.h>
#include <unistd.h>

static void add_line(struct display *out, const char *line, size_t length, size_t indent, size_t width)
{
    size_t room = width > indent ? width - indent : 1;

    for (size_t at = 0; at < length;) {
        size_t end = at + (width ? text_words(line + at, length - at, at ? room : width) : length);

        if (at)
            display_add_repeated(out, ' ', indent);
        display_addf(out, "%.*s", (int)(end - at), line + at);
        if (end < length) {
            display_trim(out);
            display_addf(out, "\n");
        }
        at = end;
    }
}

void paragraph_print(size_t indent, const struct display *text)
{
    DISPLAY_AUTO out = DISPLAY_INIT;
    size_t width = (size_t)terminal_line_width(STDOUT_FILENO);

    for (const char *at = text->shown.data; *at;) {
        size_t length = strcspn(at, "\n");

        add_line(&out, at, length, indent, width);
        at += length;
        if (*at) {
            display_addf(&out, "\n");
            at++;
        }
    }
    display_print(&out, stdout);
}

void paragraph_printf(size_t indent, const char *format, ...)
{
    DISPLAY_AUTO text = DISPLAY_INIT;
    va_list arguments;

    va_start(arguments, format);
    display_vaddf(&text, format, arguments);
    va_end(arguments);
    paragraph_print(indent, &text);
}
