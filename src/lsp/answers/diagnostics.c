// SPDX-License-Identifier: MIT
#include "lsp/answers/inquiry.h"

#include "data/value.h"
#include "validate/validate.h"

#include <string.h>

// Findings come in the order of the text, so that going from one to the next passes the text once.
struct finding_cursors {
    struct text_cursor start, end;
};

static void go_to(struct text_cursor *cursor, size_t line, size_t column)
{
    text_cursor_to_column(cursor, line ? line - 1 : 0, column ? column - 1 : 0);
}

static struct value *finding_range_value(struct finding_cursors *cursors, const struct finding_range *range)
{
    go_to(&cursors->start, range->line, range->column);
    go_to(&cursors->end, range->end_line, range->end_column);
    return object((struct field[]){
        { "start", position_value(&cursors->start) },
        { "end", position_value(&cursors->end) },
        END,
    });
}

static struct value *diagnostic_of(struct finding_cursors *cursors, const struct template_finding *finding)
{
    static const int severities[] = { [SEVERITY_ERROR] = 1, [SEVERITY_WARNING] = 2, [SEVERITY_INFO] = 3 };
    const struct rule *rule = finding->rule;
    bool has_page = strncmp(rule->source, "https://", strlen("https://")) == 0;

    return object((struct field[]){
        { "range", finding_range_value(cursors, &finding->range) },
        { "severity", number(severities[finding->severity]) },
        { "code", string(finding->id) },
        { "codeDescription",
            has_page ? object((struct field[]){ { "href", string(rule->source) }, END }) : NULL },
        { "source", string("tango-infra") },
        { "message", stringf("%s\n%s", finding->message, rule->fix) },
        END,
    });
}

struct value *inquiry_diagnostics(const struct inquiry *inquiry, const struct template_findings *findings)
{
    const struct text_cursor start = text_cursor_at_start(&inquiry->lines, inquiry->client->units);
    struct finding_cursors cursors = { start, start };
    struct value *all = array();

    for (size_t i = 0; i < findings->count; i++)
        array_append(all, diagnostic_of(&cursors, &findings->items[i]));
    return all;
}
