// SPDX-License-Identifier: MIT
#include "util/color.h"
#include "util/text/utf8.h"
#include "validate/render/format.h"

#include <string.h>

static const char *severity_color(enum severity severity)
{
    static const char *const colors[] = { COLOR_RED, COLOR_YELLOW, COLOR_CYAN };

    return colors[severity];
}

static void add_colored(
    struct strbuf *out, const struct findings_format_options *options, const char *color, const char *text)
{
    if (options->color)
        strbuf_add_string(out, color);
    strbuf_add_string(out, text);
    if (options->color)
        strbuf_add_string(out, COLOR_RESET);
}

static void write_place(struct strbuf *out, const struct template_finding *finding)
{
    strbuf_add_string(out, finding->file);
    if (finding->range.line)
        strbuf_addf(out, ":%zu:%zu", finding->range.line, finding->range.column);
    strbuf_add_string(out, ": ");
}

// The blanks in front of the caret; tabs stay, so that it is below its character.
static const char *add_indent(struct strbuf *out, const char *line, size_t columns)
{
    while (columns && *line) {
        size_t length = utf8_sequence(line, strlen(line));

        strbuf_add_char(out, *line == '\t' ? '\t' : ' ');
        line += length ? length : 1;
        columns--;
    }
    return line;
}

static void write_line(
    struct strbuf *out, const struct template_finding *finding, const struct findings_format_options *options)
{
    const struct finding_range *range = &finding->range;
    const char *at;
    size_t width;
    STRBUF_AUTO marks = STRBUF_INIT;

    if (!finding->line)
        return;
    strbuf_addf(out, "%6zu | %s\n       | ", range->line, finding->line);
    at = add_indent(out, finding->line, range->column - 1);
    width = range->end_line == range->line ? range->end_column - range->column : strlen(at);
    strbuf_add_char(&marks, '^');
    if (width > 1)
        strbuf_add_repeated(&marks, '~', width - 1);
    add_colored(out, options, severity_color(finding->rule->severity), marks.data);
    strbuf_add_char(out, '\n');
}

static void write_finding(
    struct strbuf *out, const struct template_finding *finding, const struct findings_format_options *options)
{
    write_place(out, finding);
    add_colored(
        out, options, severity_color(finding->rule->severity), severity_name(finding->rule->severity));
    strbuf_addf(out, ": %s [%s]\n", finding->message, finding->rule->id);
    write_line(out, finding, options);
    if (*finding->pointer)
        strbuf_addf(out, "         at %s\n", finding->pointer);
    if (finding->construct)
        strbuf_addf(out, "         construct %s\n", finding->construct);
    strbuf_addf(out, "         %s\n", finding->rule->fix);
}

static void add_count(struct strbuf *out, size_t count, const char *what)
{
    if (count)
        strbuf_addf(out, "%s%zu %s%s", out->length ? ", " : "", count, what, count == 1 ? "" : "s");
}

void findings_write_text(struct strbuf *out, const struct template_findings *findings,
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
    strbuf_addf(out, "%s in %zu template%s\n", counts.data, options->files, options->files == 1 ? "" : "s");
}
