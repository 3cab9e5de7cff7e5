// SPDX-License-Identifier: MIT
#include "deploy/operations/chart_scale.h"

#include <stdlib.h>

enum {
    LEAST_FOLD_MS = 60000,
    FOLD_SHARE = 5,  // what is idle for longer than such a part of all that is busy is folded
    FOLD_WIDTH = 25, // and drawn as wide as this part of it
};

struct intervals {
    struct chart_fold *items;
    size_t count, capacity;
};

static int compare_intervals(const void *a, const void *b)
{
    const struct chart_fold *left = a, *right = b;

    return (left->from > right->from) - (left->from < right->from);
}

static void add_spans(struct intervals *busy, const struct event_rows *rows, struct arena *arena)
{
    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < rows->items[i].count; j++) {
            const struct event_span *span = &rows->items[i].spans[j];

            busy->items = arena_grow(arena, busy->items, busy->count, &busy->capacity, sizeof(*busy->items));
            busy->items[busy->count++] = (struct chart_fold){ span->from, span->to };
        }
}

// Joins what overlaps; returns how long all of it is.
static int64_t merge(struct intervals *busy)
{
    int64_t length = 0;
    size_t kept = 0;

    qsort(busy->items, busy->count, sizeof(*busy->items), compare_intervals);
    for (size_t i = 0; i < busy->count; i++) {
        struct chart_fold *last = kept ? &busy->items[kept - 1] : NULL;

        if (!last || busy->items[i].from > last->to)
            busy->items[kept++] = busy->items[i];
        else if (busy->items[i].to > last->to)
            last->to = busy->items[i].to;
    }
    busy->count = kept;
    for (size_t i = 0; i < kept; i++)
        length += busy->items[i].to - busy->items[i].from;
    return length;
}

static void fold(struct chart_scale *scale, const struct intervals *busy, int64_t busy_length)
{
    int64_t least = busy_length / FOLD_SHARE > LEAST_FOLD_MS ? busy_length / FOLD_SHARE : LEAST_FOLD_MS;

    scale->fold_length = busy_length >= FOLD_WIDTH ? busy_length / FOLD_WIDTH : 1;
    for (size_t i = 1; i < busy->count; i++) {
        struct chart_fold idle = { busy->items[i - 1].to, busy->items[i].from };

        if (idle.to - idle.from < least)
            continue;
        scale->folds[scale->fold_count++] = idle;
        scale->length -= idle.to - idle.from - scale->fold_length;
    }
}

void chart_scale_make(
    struct chart_scale *scale, const struct event_rows *rows, size_t count, struct arena *arena)
{
    struct intervals busy = { 0 };
    int64_t busy_length;

    *scale = (struct chart_scale){ 0 };
    for (size_t i = 0; i < count; i++)
        add_spans(&busy, &rows[i], arena);
    if (!busy.count)
        return;
    busy_length = merge(&busy);
    scale->from = busy.items[0].from;
    scale->to = busy.items[busy.count - 1].to;
    scale->length = scale->to - scale->from;
    scale->folds = arena_alloc(arena, busy.count * sizeof(*scale->folds));
    fold(scale, &busy, busy_length);
}

double chart_percent(const struct chart_scale *scale, int64_t time)
{
    int64_t drawn = time - scale->from;

    for (size_t i = 0; i < scale->fold_count; i++) {
        const struct chart_fold *one = &scale->folds[i];
        int64_t idle = one->to - one->from, passed = time - one->from;

        if (passed > 0)
            drawn -= passed < idle ? passed - scale->fold_length * passed / idle : idle - scale->fold_length;
    }
    return scale->length > 0 ? 100.0 * (double)drawn / (double)scale->length : 0;
}
