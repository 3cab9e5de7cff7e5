// SPDX-License-Identifier: MIT
#include "deploy/operations/event_chart.h"

#include "deploy/operations/chart_scale.h"
#include "report/html_page.h"
#include "util/array.h"
#include "util/text/human.h"
#include "util/timestamp.h"

#include <stdio.h>
#include <string.h>

enum { MAX_TICKS = 8, LABEL_WIDTH = 7 }; // percent of the chart

static const char style[] =
    "body { max-width: none; }\n"
    "table { width: 100%; border-collapse: collapse; table-layout: fixed; }\n"
    "th, td { padding: .15rem .6rem; }\n"
    "th { width: 26rem; font-weight: normal; }\n"
    "tr.stack th { font-weight: 600; }\n"
    "td.time { width: 6rem; text-align: right; white-space: nowrap; }\n"
    "td.lane { padding: 0; }\n"
    ".track { position: relative; height: 1.5rem; margin: .15rem 6px .15rem 0; }\n"
    "tr.axis .track { height: 2.7rem; overflow: hidden; font-size: 13px; }\n"
    ".tick, .idle { position: absolute; border-left: 1px solid var(--line); padding-left: .25rem; color: "
    "var(--faint); white-space: nowrap; }\n"
    ".tick { top: 0; height: 1.35rem; } .idle { top: 1.35rem; height: 1.35rem; font-style: italic; }\n"
    ".fold { position: absolute; top: -.2rem; bottom: -.2rem; background: repeating-linear-gradient(45deg, "
    "var(--line) 0 2px, transparent 2px 6px); }\n"
    "tr.axis .fold { display: none; }\n"
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
    "1rem; }\n"
    ".legend b { font-weight: normal; white-space: nowrap; }\n"
    // On a phone the bars of a row are below its name.
    "@media (max-width: 45rem) {\n"
    "  table, tbody { display: block; }\n"
    "  tr { display: grid; grid-template-columns: 1fr auto; border: 1px solid var(--line); border-top: 0; }\n"
    "  tr.axis { border-top: 1px solid var(--line); }\n"
    "  tr.axis th, tr.axis td.time { display: none; }\n"
    "  th, td { border: 0; } td.time { width: auto; } td.lane { grid-column: 1 / 3; padding: 0 .6rem; }\n"
    "  th { width: auto; min-width: 0; overflow-wrap: anywhere; }\n"
    "  .tick:nth-child(even) { display: none; }\n"
    "  .legend span { margin-left: 0; } .legend b { margin-right: .6rem; }\n"
    "}\n";

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

static void add_bar(struct strbuf *out, const struct event_span *span, const struct chart_scale *scale)
{
    double from = chart_percent(scale, span->from);
    char length[32], begin[32], end[32];

    strbuf_addf(out, "<div class=\"bar %s%s\" style=\"left:%.3f%%;width:%.3f%%\" title=\"", bar_class(span),
        span->end == SPAN_OPEN ? " open" : "", from, chart_percent(scale, span->to) - from);
    html_escape(out, span->result ? span->result : span->status);
    strbuf_addf(out, ": %s, from %s to %s%s",
        human_short_duration(length, sizeof(length), span->to - span->from),
        timestamp_text(begin, sizeof(begin), span->from) + strlen("0000-00-00 "),
        timestamp_text(end, sizeof(end), span->to) + strlen("0000-00-00 "), *span->reason ? "\n" : "");
    html_escape(out, span->reason);
    strbuf_add_string(out, "\"></div>");
}

static void add_folds(struct strbuf *out, const struct chart_scale *scale)
{
    for (size_t i = 0; i < scale->fold_count; i++) {
        double from = chart_percent(scale, scale->folds[i].from);

        strbuf_addf(out, "<div class=\"fold\" style=\"left:%.3f%%;width:%.3f%%\"></div>", from,
            chart_percent(scale, scale->folds[i].to) - from);
    }
}

static void add_failures(struct strbuf *out, const struct event_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->spans[i].end == SPAN_FAILED && *row->spans[i].reason) {
            strbuf_add_string(out, "<br><span class=\"danger\">");
            html_escape_breakable(out, row->spans[i].reason);
            strbuf_add_string(out, "</span>");
        }
}

static void add_row(
    struct strbuf *out, const char *stack, const struct event_row *row, const struct chart_scale *scale)
{
    int64_t length = 0;
    char text[32];

    for (size_t i = 0; i < row->count; i++)
        length += row->spans[i].to - row->spans[i].from;
    strbuf_addf(out, "<tr class=\"%s\"><th>", *row->path ? "resource" : "stack");
    html_escape_breakable(out, *row->path ? row->path : stack);
    if (*row->path) {
        strbuf_add_string(out, " <span class=\"faint\">");
        html_escape_breakable(out, row->type);
        strbuf_add_string(out, "</span>");
    }
    add_failures(out, row);
    strbuf_addf(out, "</th><td class=\"time\">%s</td><td class=\"lane\"><div class=\"track\">",
        human_short_duration(text, sizeof(text), length));
    add_folds(out, scale);
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

// Whether there is room for a label before the next fold and the end of the chart.
static bool has_room(const struct chart_scale *scale, int64_t at)
{
    double left = chart_percent(scale, at);

    for (size_t i = 0; i < scale->fold_count; i++)
        if (at <= scale->folds[i].from && chart_percent(scale, scale->folds[i].from) < left + LABEL_WIDTH)
            return false;
    return left + LABEL_WIDTH <= 100;
}

// Time since the beginning; of what is folded the time of day, since hours and seconds do not go into one
// label.
static void add_tick(struct strbuf *out, const struct chart_scale *scale, int64_t at)
{
    char text[HUMAN_SIZE];

    strbuf_addf(out, "<div class=\"tick\" style=\"left:%.3f%%\">", chart_percent(scale, at));
    if (has_room(scale, at) && scale->fold_count)
        strbuf_add_string(out, timestamp_text(text, sizeof(text), at) + strlen("0000-00-00 "));
    else if (has_room(scale, at))
        strbuf_add_string(
            out, at > scale->from ? human_short_duration(text, sizeof(text), at - scale->from) : "0");
    strbuf_add_string(out, "</div>");
}

// Of the stretches between folds; each begins with a tick.
static void add_ticks(struct strbuf *out, const struct chart_scale *scale, int64_t from, int64_t to)
{
    int64_t step = tick_step(scale->length);

    // Days of it: as many ticks as there is room for.
    if (scale->length / step >= MAX_TICKS)
        step = scale->length / MAX_TICKS;
    for (int64_t at = from; at <= to; at += step)
        add_tick(out, scale, at);
}

static void add_idle(struct strbuf *out, const struct chart_scale *scale, const struct chart_fold *fold)
{
    char text[HUMAN_SIZE];

    strbuf_addf(out, "<div class=\"idle\" style=\"left:%.3f%%\">%s idle</div>",
        chart_percent(scale, fold->from), human_short_duration(text, sizeof(text), fold->to - fold->from));
}

static void add_axis(struct strbuf *out, const struct chart_scale *scale)
{
    int64_t from = scale->from;

    strbuf_add_string(
        out, "<tr class=\"axis\"><th></th><td class=\"time\"></td><td class=\"lane\"><div class=\"track\">");
    for (size_t i = 0; i < scale->fold_count; i++) {
        add_ticks(out, scale, from, scale->folds[i].from);
        from = scale->folds[i].to;
    }
    add_ticks(out, scale, from, scale->to);
    add_folds(out, scale);
    for (size_t i = 0; i < scale->fold_count; i++)
        add_idle(out, scale, &scale->folds[i]);
    strbuf_add_string(out, "</div></td></tr>\n");
}

static void add_legend(struct strbuf *out)
{
    static const char *const kinds[] = { "create", "update", "delete", "rollback", "failed", "cancelled" };

    strbuf_add_string(out, "<p class=\"legend faint\">");
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        strbuf_addf(out, "<b><span class=\"bar %s\"></span>%s</b>\n", kinds[i], kinds[i]);
    strbuf_add_string(out, "</p>\n");
}

static bool is_first_of_environment(const struct chart_stack *stacks, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(stacks[i].account, stacks[index].account) == 0 &&
            strcmp(stacks[i].region, stacks[index].region) == 0)
            return false;
    return true;
}

// Where, when, how long.
static void add_summary(struct strbuf *out, const struct chart_stack *stacks, size_t count,
    const struct chart_scale *scale, size_t failures)
{
    char begin[32], end[32], length[HUMAN_SIZE];

    strbuf_add_string(out, "<p>");
    for (size_t i = 0; i < count; i++)
        if (is_first_of_environment(stacks, i)) {
            strbuf_add_string(out, i ? "; account " : "account ");
            html_escape(out, stacks[i].account);
            strbuf_add_string(out, ", ");
            html_escape(out, stacks[i].region);
        }
    strbuf_addf(out, "<br>%s to %s UTC, %s", timestamp_text(begin, sizeof(begin), scale->from),
        timestamp_text(end, sizeof(end), scale->to),
        human_short_duration(length, sizeof(length), scale->to - scale->from));
    if (failures)
        strbuf_addf(out, ", <span class=\"danger\">%zu failed</span>", failures);
    strbuf_add_string(out, "</p>\n");
}

// "Operations of A, B"
static void add_title(struct strbuf *title, const struct chart_stack *stacks, size_t count)
{
    strbuf_add_string(title, "Operations of ");
    for (size_t i = 0; i < count; i++)
        strbuf_addf(title, "%s%s", i ? ", " : "", stacks[i].name);
}

static size_t count_failures(const struct event_rows *rows)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < rows->items[i].count; j++)
            count += *rows->items[i].path && rows->items[i].spans[j].end == SPAN_FAILED;
    return count;
}

void event_chart_write(struct strbuf *out, const struct chart_stack *stacks, size_t count, int64_t now)
{
    struct arena arena = ARENA_INIT;
    struct event_rows *rows = arena_alloc(&arena, count * sizeof(*rows));
    STRBUF_AUTO title = STRBUF_INIT;
    struct chart_scale scale;
    size_t failures = 0;

    for (size_t i = 0; i < count; i++) {
        event_rows_read(&rows[i], stacks[i].history, now, &arena);
        failures += count_failures(&rows[i]);
    }
    chart_scale_make(&scale, rows, count, &arena);
    add_title(&title, stacks, count);
    html_page_begin(out, title.data, style);
    strbuf_add_string(out, "<h1>");
    html_escape_breakable(out, title.data);
    strbuf_add_string(out, "</h1>\n");
    add_summary(out, stacks, count, &scale, failures);
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
