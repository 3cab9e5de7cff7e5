// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_CHART_SCALE_H
#define DEPLOY_OPERATIONS_CHART_SCALE_H

// Where points in time are in a chart: to scale, but for stretches in which nothing happens. Those that are
// long beside all in which something does are folded to a narrow strip. Times are those of util/timestamp.h.

#include "deploy/operations/event_spans.h"

struct chart_fold {
    int64_t from, to;
};

struct chart_scale {
    int64_t from, to;
    struct chart_fold *folds; // in their order
    size_t fold_count;
    int64_t fold_length; // that each of them is drawn as
    int64_t length;      // of what is drawn
};

// Of the spans of all rows; in `arena`.
void chart_scale_make(
    struct chart_scale *scale, const struct event_rows *rows, size_t count, struct arena *arena);

// From 0 to 100.
double chart_percent(const struct chart_scale *scale, int64_t time);

#endif
