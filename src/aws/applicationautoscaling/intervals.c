// SPDX-License-Identifier: MIT
#include "aws/applicationautoscaling/intervals.h"

#include "cdk/construct.h"
#include "cdk/diag.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double sort_key(const struct scaling_interval *interval)
{
    return interval->lower.given ? interval->lower.number : interval->upper.number;
}

// Insertion keeps steps with the same bound in the order given.
static void insert_sorted(struct scaling_intervals *intervals, struct scaling_interval interval)
{
    size_t at = intervals->count++;

    for (; at > 0 && sort_key(&intervals->items[at - 1]) > sort_key(&interval); at--)
        intervals->items[at] = intervals->items[at - 1];
    intervals->items[at] = interval;
}

static void insert_at(struct scaling_intervals *intervals, size_t at, struct scaling_interval interval)
{
    memmove(&intervals->items[at + 1], &intervals->items[at],
        (intervals->count - at) * sizeof(*intervals->items));
    intervals->items[at] = interval;
    intervals->count++;
}

static void remove_at(struct scaling_intervals *intervals, size_t at)
{
    intervals->count--;
    memmove(&intervals->items[at], &intervals->items[at + 1],
        (intervals->count - at) * sizeof(*intervals->items));
}

// A bound that is missing is the neighbour's.
static bool propagate_bounds(struct scaling_intervals *intervals)
{
    bool changed = false;

    for (size_t i = 0; i + 1 < intervals->count; i++) {
        struct scaling_interval *here = &intervals->items[i], *next = here + 1;

        if (here->upper.given && !next->lower.given) {
            next->lower = here->upper;
            changed = true;
        }
    }
    for (size_t i = intervals->count - 1; i >= 1; i--) {
        struct scaling_interval *here = &intervals->items[i], *before = here - 1;

        if (here->lower.given && !before->upper.given) {
            before->upper = here->lower;
            changed = true;
        }
    }
    return changed;
}

static bool complete(struct construct *node, struct scaling_intervals *intervals)
{
    struct scaling_interval *first = intervals->items, *last = first + intervals->count - 1;

    while (propagate_bounds(intervals))
        ;
    if (!first->lower.given)
        first->lower = count(0);
    if (!last->upper.given)
        last->upper = count(INFINITY);
    for (size_t i = 0; i < intervals->count; i++)
        if (!intervals->items[i].lower.given || !intervals->items[i].upper.given) {
            diag_error(node, "the bounds of step %zu cannot be told from its neighbours; give both", i + 1);
            return false;
        }
    for (size_t i = 0; i + 1 < intervals->count; i++)
        if (intervals->items[i].upper.number > intervals->items[i + 1].lower.number) {
            diag_error(node, "steps overlap: one ends at %g, the next begins at %g",
                intervals->items[i].upper.number, intervals->items[i + 1].lower.number);
            return false;
        }
    return true;
}

static struct scaling_interval gap(double lower, double upper)
{
    return (struct scaling_interval){ .lower = count(lower), .upper = count(upper) };
}

static void fill_gaps(struct scaling_intervals *intervals)
{
    if (intervals->items[0].lower.number != 0)
        insert_at(intervals, 0, gap(0, intervals->items[0].lower.number));
    if (!isinf(intervals->items[intervals->count - 1].upper.number))
        insert_at(
            intervals, intervals->count, gap(intervals->items[intervals->count - 1].upper.number, INFINITY));
    for (size_t i = 1; i < intervals->count; i++) {
        double before = intervals->items[i - 1].upper.number, here = intervals->items[i].lower.number;

        if (before < here)
            insert_at(intervals, i, gap(before, here));
    }
}

static void forget_zeros(struct scaling_intervals *intervals)
{
    for (size_t i = 0; i < intervals->count; i++)
        if (intervals->items[i].change.number == 0)
            intervals->items[i].change.given = false;
}

static void combine_gaps(struct scaling_intervals *intervals)
{
    size_t i = 0;

    while (i + 1 < intervals->count) {
        struct scaling_interval *here = &intervals->items[i], *next = here + 1;

        if (here->change.given || next->change.given) {
            i++;
        } else {
            here->upper = next->upper;
            remove_at(intervals, i + 1);
        }
    }
}

static size_t count_gaps(const struct scaling_intervals *intervals)
{
    size_t gaps = 0;

    for (size_t i = 0; i < intervals->count; i++)
        gaps += !intervals->items[i].change.given;
    return gaps;
}

bool scaling_intervals_normalize(struct construct *node, const struct applicationautoscaling_step *steps,
    size_t step_count, bool changes_are_absolute, struct scaling_intervals *ret_intervals)
{
    // One gap before each step and one after the last, at most.
    size_t room = 2 * step_count + 1;
    struct scaling_intervals intervals = {
        .items = arena_alloc(construct_arena(node), room * sizeof(struct scaling_interval)),
    };

    for (size_t i = 0; i < step_count; i++) {
        if (!steps[i].lower.given && !steps[i].upper.given) {
            diag_error(node, "step %zu needs a 'lower' or an 'upper' bound", i + 1);
            return false;
        }
        insert_sorted(
            &intervals, (struct scaling_interval){ steps[i].lower, steps[i].upper, count(steps[i].change) });
    }
    if (!complete(node, &intervals))
        return false;
    fill_gaps(&intervals);
    if (!changes_are_absolute)
        forget_zeros(&intervals);
    combine_gaps(&intervals);
    if (count_gaps(&intervals) > 1) {
        diag_error(
            node, "only one range of the metric can be without a change; %zu are", count_gaps(&intervals));
        return false;
    }
    *ret_intervals = intervals;
    return true;
}

void scaling_intervals_find_alarms(const struct scaling_intervals *intervals, int *ret_lower, int *ret_upper)
{
    int last = (int)intervals->count - 1;

    for (int i = 0; i <= last; i++)
        if (!intervals->items[i].change.given) {
            *ret_lower = i - 1;
            *ret_upper = i < last ? i + 1 : -1;
            return;
        }
    *ret_upper = (last + 1) / 2;
    *ret_lower = *ret_upper - 1;
}
