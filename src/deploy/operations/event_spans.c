// SPDX-License-Identifier: MIT
#include "deploy/operations/event_spans.h"

#include "awscli/stack_state.h"

#include <string.h>

static struct event_row *row_of(
    struct event_rows *rows, const struct history_event *event, struct arena *arena)
{
    struct event_row *row;

    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->items[i].path, event->path) == 0)
            return &rows->items[i];
    rows->items = arena_grow(arena, rows->items, rows->count, &rows->capacity, sizeof(*rows->items));
    row = &rows->items[rows->count++];
    *row = (struct event_row){ .path = event->path, .type = event->event.type };
    return row;
}

static struct event_span *open_span(const struct event_row *row)
{
    struct event_span *last = row->count ? &row->spans[row->count - 1] : NULL;

    return last && last->end == SPAN_OPEN ? last : NULL;
}

static void begin_span(struct event_row *row, const struct history_event *event, struct arena *arena)
{
    row->spans = arena_grow(arena, row->spans, row->count, &row->capacity, sizeof(*row->spans));
    row->spans[row->count++] = (struct event_span){
        .status = event->event.status,
        .reason = "",
        .from = event->time,
        .to = event->time,
        .end = SPAN_OPEN,
    };
}

static void end_span(struct event_span *span, const struct history_event *event, enum span_end end)
{
    span->to = event->time;
    span->end = end;
    span->result = event->event.status;
    span->reason = event->event.reason;
}

static enum span_end end_of(const struct history_event *event)
{
    if (!status_is_failed(event->event.status))
        return SPAN_DONE;
    return event->is_consequence ? SPAN_CANCELLED : SPAN_FAILED;
}

// CloudFormation says twice that a resource is being created: when it begins, and when it knows its id. A
// stack goes from one thing in progress to the next without an end in between; the first one failed if the
// next undoes it.
static void add_event(struct event_row *row, const struct history_event *event, struct arena *arena)
{
    struct event_span *span = open_span(row);
    const char *status = event->event.status;

    if (!status_is_in_progress(status)) {
        if (!span)
            begin_span(row, event, arena);
        end_span(&row->spans[row->count - 1], event, end_of(event));
        return;
    }
    if (span && strcmp(span->status, status) == 0)
        return;
    if (span)
        end_span(span, event, strstr(status, "ROLLBACK_IN_PROGRESS") ? SPAN_FAILED : SPAN_DONE);
    begin_span(row, event, arena);
}

void event_rows_read(struct event_rows *rows, const struct history *history, int64_t now, struct arena *arena)
{
    *rows = (struct event_rows){ 0 };
    for (size_t i = 0; i < history->count; i++)
        add_event(row_of(rows, &history->events[i], arena), &history->events[i], arena);
    if (!history->count)
        return;
    rows->from = history->events[0].time;
    rows->to = history->events[history->count - 1].time;
    for (size_t i = 0; i < rows->count; i++) {
        struct event_span *span = open_span(&rows->items[i]);

        if (span)
            rows->to = span->to = now > rows->to ? now : rows->to;
    }
}
