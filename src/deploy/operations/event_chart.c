// SPDX-License-Identifier: MIT
#include "deploy/operations/event_chart.h"

#include "deploy/operations/event_spans.h"
#include "report/html_page.h"
#include "util/array.h"
#include "util/text/human.h"
#include "util/timestamp.h"

#include <stdio.h>
#include <string.h>

enum { MAX_TICKS = 8 };

static const char style[] =
    "body { max-width: none; }\n"
    "table { width: 100%; border-collapse: collapse; table-layout: fixed; }\n"
    "th, td { padding: .15rem .6rem; }\n"
    "th { width: 26rem; font-weight: normal; overflow-wrap: anywhere; }\n"
    "tr.stack th { font-weight: 600; }\n"
    "td.time { width: 6rem; text-align: right; white-space: nowrap; }\n"
    "td.lane { padding: 0; }\n"
    ".track { position: relative; height: 1.5rem; margin: .15rem 6px .15rem 0; }\n"
    ".tick { position: absolute; border-left: 1px solid var(--line); padding-left: .25rem; color: "
    "var(--faint); white-space: nowrap; }\n"
    ".bar { position: absolute; top: .2rem; height: 1.1rem; min-width: 3px; border-radius: 3px; background: "
    "var(--faint); }\n"
    ".bar.create { background: var(--added); } .bar.update { background: var(--changed); }\n"
    ".bar.import { background: var(--added); } .bar.delete { background: var(--faint); }\n"
    ".bar.rollback { background: repeating-linear-gradient(45deg, var(--changed) 0 6px, var(--line) 6px "
    "12px); }\n"
    ".bar.failed { background: var(--removed); } .bar.cancelled { background: var(--line); }\n"
    ".bar.open { opacity: .6; border-right: 3px dotted; }\n"
    "tr.stack .bar { top: .5rem; height: .5rem; }\n"
    ".legend span { display: inline-block; position: static; width: 1.5rem; height: .8rem; margin: 0 .3rem 0 "
    "1rem; }\n";

struct scale {
    int64_t from, to;
};

static double percent(const struct scale *scale, int64_t time)
{
    int64_t length = scale->to - scale->from;

    return length > 0 ? 100.0 * (double)(time - scale->from) / (double)length : 0;
}

static const char *bar_class(const struct event_span *span)
{
    static const struct {
        const char *beginning, *class;
    } classes[] = { { "CREATE", "create" }, { "UPDATE", "update" }, { "DELETE", "delete" },
        { "IMPORT", "import" } };
    static const char *const ends[] = { [SPAN_FAILED] = "failed", [SPAN_CANCELLED] = "cancelled" };

    if (span->end == SPAN_FAILED || span->end == SPAN_CANCELLED)
        return ends[span->end];
    if (strstr(span->status, "ROLLBACK"))
        return "rollback";
    for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
        if (strncmp(span->status, classes[i].beginning, strlen(classes[i].beginning)) == 0)
            return classes[i].class;
    return "other";
}

static void add_bar(struct strbuf *out, const struct event_span *span, const struct scale *scale)
{
    double from = percent(scale, span->from);
    char length[32], begin[32], end[32];

    strbuf_addf(out, "<div class=\"bar %s%s\" style=\"left:%.3f%%;width:%.3f%%\" title=\"", bar_class(span),
        span->end == SPAN_OPEN ? " open" : "", from, percent(scale, span->to) - from);
    html_escape(out, span->result ? span->result : span->status);
    strbuf_addf(out, ": %s, from %s to %s%s",
        human_short_duration(length, sizeof(length), span->to - span->from),
        timestamp_text(begin, sizeof(begin), span->from) + strlen("0000-00-00 "),
        timestamp_text(end, sizeof(end), span->to) + strlen("0000-00-00 "), *span->reason ? "\n" : "");
    html_escape(out, span->reason);
    strbuf_add_string(out, "\"></div>");
}

static void add_failures(struct strbuf *out, const struct event_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->spans[i].end == SPAN_FAILED && *row->spans[i].reason) {
            strbuf_add_string(out, "<br><span class=\"danger\">");
            html_escape(out, row->spans[i].reason);
            strbuf_add_string(out, "</span>");
        }
}

static void add_row(
    struct strbuf *out, const char *stack, const struct event_row *row, const struct scale *scale)
{
    int64_t length = 0;
    char text[32];

    for (size_t i = 0; i < row->count; i++)
        length += row->spans[i].to - row->spans[i].from;
    strbuf_addf(out, "<tr class=\"%s\"><th>", *row->path ? "resource" : "stack");
    html_escape(out, *row->path ? row->path : stack);
    if (*row->path) {
        strbuf_add_string(out, " <span class=\"faint\">");
        html_escape(out, row->type);
        strbuf_add_string(out, "</span>");
    }
    add_failures(out, row);
    strbuf_addf(out, "</th><td class=\"time\">%s</td><td class=\"lane\"><div class=\"track\">",
        human_short_duration(text, sizeof(text), length));
    for (size_t i = 0; i < row->count; i++)
        add_bar(out, &row->spans[i], scale);
    strbuf_add_string(out, "</div></td></tr>\n");
}

// The shortest step that needs few enough ticks.
static int64_t tick_step(int64_t length)
{
    static const int seconds[] = { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 4 * 3600 };
    size_t i = 0;

    while (i + 1 < ARRAY_SIZE(seconds) && length / ((int64_t)seconds[i] * 1000) >= MAX_TICKS)
        i++;
    return (int64_t)seconds[i] * 1000;
}

static void add_axis(struct strbuf *out, const struct scale *scale)
{
    int64_t length = scale->to - scale->from;
    int64_t step = tick_step(length);

    // Days of it: as many ticks as there are room for.
    if (length / step >= MAX_TICKS)
        step = length / MAX_TICKS;
    strbuf_add_string(
        out, "<tr class=\"axis\"><th></th><td class=\"time\"></td><td class=\"lane\"><div class=\"track\">");
    for (int64_t at = 0; at <= length; at += step) {
        char text[32];

        strbuf_addf(out, "<div class=\"tick\" style=\"left:%.3f%%\">%s</div>",
            percent(scale, scale->from + at), at ? human_short_duration(text, sizeof(text), at) : "0");
    }
    strbuf_add_string(out, "</div></td></tr>\n");
}

static void add_legend(struct strbuf *out)
{
    static const char *const kinds[] = { "create", "update", "delete", "rollback", "failed", "cancelled" };

    strbuf_add_string(out, "<p class=\"legend faint\">");
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        strbuf_addf(out, "<span class=\"bar %s\"></span>%s\n", kinds[i], kinds[i]);
    strbuf_add_string(out, "</p>\n");
}

static void add_summary(struct strbuf *out, const struct scale *scale, size_t failures)
{
    char begin[32], length[32];

    strbuf_addf(out, "<p>%s UTC, %s", timestamp_text(begin, sizeof(begin), scale->from),
        human_short_duration(length, sizeof(length), scale->to - scale->from));
    if (failures)
        strbuf_addf(out, ", <span class=\"danger\">%zu failed</span>", failures);
    strbuf_add_string(out, "</p>\n");
}

static size_t count_failures(const struct event_rows *rows)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < rows->items[i].count; j++)
            count += *rows->items[i].path && rows->items[i].spans[j].end == SPAN_FAILED;
    return count;
}

static void widen(struct scale *scale, const struct event_rows *rows)
{
    if (!rows->count)
        return;
    if (!scale->to || rows->from < scale->from)
        scale->from = rows->from;
    if (rows->to > scale->to)
        scale->to = rows->to;
}

void event_chart_write(struct strbuf *out, const struct chart_stack *stacks, size_t count, int64_t now)
{
    struct arena arena = ARENA_INIT;
    struct event_rows *rows = arena_alloc(&arena, count * sizeof(*rows));
    struct scale scale = { 0 };
    size_t failures = 0;

    for (size_t i = 0; i < count; i++) {
        event_rows_read(&rows[i], stacks[i].history, now, &arena);
        widen(&scale, &rows[i]);
        failures += count_failures(&rows[i]);
    }
    html_page_begin(out, "Stack operations", style);
    strbuf_add_string(out, "<h1>Stack operations</h1>\n");
    add_summary(out, &scale, failures);
    add_legend(out);
    strbuf_add_string(out, "<table>\n");
    add_axis(out, &scale);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < rows[i].count; j++)
            add_row(out, stacks[i].name, &rows[i].items[j], &scale);
    strbuf_add_string(out, "</table>\n");
    html_page_end(out);
    arena_release(&arena);
}
