// SPDX-License-Identifier: MIT
#include "util/text/markdown.h"

#include "util/display.h"

#include <stdbool.h>
#include <string.h>

static size_t longest_run(const char *text, size_t length, char c)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < length; i++) {
        run = text[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

size_t markdown_fence_length(const char *text)
{
    size_t run = longest_run(text, strlen(text), '`');

    return run < 3 ? 3 : run + 1;
}

static bool is_blank(const char *text, size_t length)
{
    return strspn(text, " ") >= length;
}

// A code span of text without '|' (GitHub Flavored Markdown, "Code spans"): its delimiters are longer than
// any backticks in it, and a blank at both ends is taken away.
static void add_span(struct strbuf *out, const char *text, size_t length)
{
    size_t ticks = longest_run(text, length, '`') + 1;
    bool has_tick = length && (text[0] == '`' || text[length - 1] == '`');
    bool has_blanks = length && text[0] == ' ' && text[length - 1] == ' ';
    const char *pad = has_tick || has_blanks ? " " : "";

    if (!length)
        return;
    if (is_blank(text, length)) {
        strbuf_addf(out, "<code>%.*s</code>", (int)length, text);
        return;
    }
    strbuf_add_repeated(out, '`', ticks);
    strbuf_addf(out, "%s%.*s%s", pad, (int)length, text, pad);
    strbuf_add_repeated(out, '`', ticks);
}

// In a table '|' would end the cell.
void markdown_add_code(struct strbuf *out, const char *text)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_add_string(&visible, text);
    text = visible.shown.data;
    while (text) {
        size_t length = strcspn(text, "|"), bars = strspn(text + length, "|");

        add_span(out, text, length);
        text = bars ? text + length + bars : NULL;
        if (!bars)
            continue;
        strbuf_add_string(out, "<code>");
        while (bars--)
            strbuf_add_string(out, "&#124;");
        strbuf_add_string(out, "</code>");
    }
}
