// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "util/color.h"
#include "util/display.h"
#include "util/strbuf.h"
#include "util/text/utf8.h"
#include "validate/render/format.h"

#include <stdint.h>
#include <string.h>

static const char *severity_color(enum severity severity)
{
    static const char *const colors[] = { COLOR_RED, COLOR_YELLOW, COLOR_CYAN };

    return colors[severity];
}

static void add_colored(
    struct display *out, const struct findings_format_options *options, const char *color, const char *text)
{
    display_add_styled(out, options->color ? color : NULL, text);
}

static void write_place(struct display *out, const struct template_finding *finding)
{
    display_add_string(out, finding->file);
    if (finding->range.line)
        display_addf(out, ":%zu:%zu", finding->range.line, finding->range.column);
    display_addf(out, ": ");
}

// The line without tabs, which would take another width wherever they are.
static const char *expand_tabs(const char *line)
{
    enum { TAB = 4 };
    STRBUF_AUTO text = STRBUF_INIT;

    for (; *line; line++)
        if (*line == '\t')
            strbuf_add_repeated(&text, ' ', TAB - utf8_length(text.data) % TAB);
        else
            strbuf_add_char(&text, *line);
    return arena_strdup(value_arena(), text.data);
}

// The bytes of so many characters.
static size_t bytes_of(const char *line, size_t characters)
{
    size_t bytes = 0;

    for (; characters && line[bytes]; characters--) {
        size_t length = utf8_sequence(line + bytes, strlen(line + bytes));

        bytes += length ? length : 1;
    }
    return bytes;
}

// Columns that so many characters of the line take where it is shown.
static size_t shown_columns(const char *line, size_t characters)
{
    return display_width(expand_tabs(arena_strndup(value_arena(), line, bytes_of(line, characters))));
}

static void write_line(struct display *out, const struct template_finding *finding,
    const struct findings_format_options *options)
{
    const struct finding_range *range = &finding->range;
    size_t start, end;
    STRBUF_AUTO marks = STRBUF_INIT;

    if (!finding->line)
        return;
    start = shown_columns(finding->line, range->column - 1);
    end = shown_columns(finding->line, range->end_line == range->line ? range->end_column - 1 : SIZE_MAX);
    display_addf(out, "%6zu | %s\n       | ", range->line, expand_tabs(finding->line));
    display_add_repeated(out, ' ', start);
    strbuf_add_char(&marks, '^');
    if (end > start + 1)
        strbuf_add_repeated(&marks, '~', end - start - 1);
    add_colored(out, options, severity_color(finding->severity), marks.data);
    display_addf(out, "\n");
}

static void write_finding(struct display *out, const struct template_finding *finding,
    const struct findings_format_options *options)
{
    write_place(out, finding);
    add_colored(out, options, severity_color(finding->severity), severity_name(finding->severity));
    display_addf(out, ": %s [%s]\n", finding->message, finding->id);
    write_line(out, finding, options);
    if (*finding->pointer)
        display_addf(out, "         at %s\n", finding->pointer);
    if (finding->construct)
        display_addf(out, "         construct %s\n", finding->construct);
    if (finding->place)
        display_addf(out, "         made at %s\n", finding->place);
    display_addf(out, "         %s\n", finding->rule->fix);
}

static void add_count(struct strbuf *out, size_t count, const char *what)
{
    if (count)
        strbuf_addf(out, "%s%zu %s%s", out->length ? ", " : "", count, what, count == 1 ? "" : "s");
}

void findings_write_text(struct display *out, const struct template_findings *findings,
    const struct findings_format_options *options)
{
    STRBUF_AUTO counts = STRBUF_INIT;

    for (size_t i = 0; i < findings->count; i++)
        write_finding(out, &findings->items[i], options);
    add_count(&counts, findings->errors, "error");
    add_count(&counts, findings->warnings, "warning");
    add_count(&counts, findings->infos, "note");
    if (!counts.length)
        strbuf_add_string(&counts, "nothing found");
    display_addf(out, "%s in %zu template%s\n", counts.data, options->files, options->files == 1 ? "" : "s");
}
