// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_EVENT_SPANS_H
#define DEPLOY_OPERATIONS_EVENT_SPANS_H

// Events turned into what took how long: a row for each resource, and in it a span for each thing that was
// done with it.

#include "deploy/engine/history.h"

enum span_end { SPAN_DONE, SPAN_FAILED, SPAN_CANCELLED, SPAN_OPEN };

struct event_span {
    const char *status; // of its beginning: "UPDATE_IN_PROGRESS"
    const char *result; // of its end; NULL while it is open
    const char *reason; // of its end
    int64_t from, to;
    enum span_end end;
};

struct event_row {
    const char *path; // "" of the stack itself
    const char *type;
    struct event_span *spans;
    size_t count, capacity;
};

struct event_rows {
    struct event_row *items; // in the order in which they began
    size_t count, capacity;
    int64_t from, to; // of all of them
};

// In `arena`; strings are borrowed from the history. What is open lasts until `now`.
void event_rows_read(
    struct event_rows *rows, const struct history *history, int64_t now, struct arena *arena);

#endif
