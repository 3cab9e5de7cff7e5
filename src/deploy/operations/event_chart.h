// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_EVENT_CHART_H
#define DEPLOY_OPERATIONS_EVENT_CHART_H

// What happened on stacks as a Gantt chart: a page in one file that needs no network and no script.

#include "deploy/engine/history.h"
#include "util/strbuf.h"

struct chart_stack {
    const char *name;
    const char *account, *region;
    const struct history *history;
};

// Stretches in which nothing happens, between operations, are folded. `now`: where what is still in progress
// ends, as in util/timestamp.h.
void event_chart_write(struct strbuf *out, const struct chart_stack *stacks, size_t count, int64_t now);

#endif
