// SPDX-License-Identifier: MIT
#include "validate/render/format.h"

#include "util/display.h"

#include <string.h>

void findings_write_parseable(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options)
{
    DISPLAY_AUTO lines = DISPLAY_INIT;

    (void)options;
    for (size_t i = 0; i < findings->count; i++) {
        const struct template_finding *finding = &findings->items[i];
        const struct finding_range *range = &finding->range;

        display_addf(&lines, "%s:%zu:%zu:%zu:%zu:%s:%s\n", finding->file, range->line, range->column,
            range->end_line, range->end_column, finding->id, finding->message);
    }
    strbuf_add(out, lines.shown.data, lines.shown.length);
}

// GitHub's "Workflow commands": what separates them is written as a percentage.
static void add_escaped(struct strbuf *out, const char *text, const char *special)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_add_string(&visible, text);
    for (text = visible.shown.data; *text; text++) {
        if (*text == '%' || *text == '\r' || *text == '\n' || strchr(special, *text))
            strbuf_addf(out, "%%%02X", (unsigned char)*text);
        else
            strbuf_add_char(out, *text);
    }
}

void findings_write_github(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options)
{
    static const char *const commands[] = { "error", "warning", "notice" };

    (void)options;
    for (size_t i = 0; i < findings->count; i++) {
        const struct template_finding *finding = &findings->items[i];
        const struct finding_range *range = &finding->range;

        strbuf_addf(out, "::%s file=", commands[finding->severity]);
        add_escaped(out, finding->file, ":,");
        if (range->line)
            strbuf_addf(out, ",line=%zu,col=%zu,endLine=%zu,endColumn=%zu", range->line, range->column,
                range->end_line, range->end_column);
        strbuf_addf(out, ",title=%s::", finding->id);
        add_escaped(out, finding->message, "");
        strbuf_add_char(out, '\n');
    }
}
