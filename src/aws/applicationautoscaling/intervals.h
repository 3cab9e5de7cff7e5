// SPDX-License-Identifier: MIT
#ifndef AWS_APPLICATIONAUTOSCALING_INTERVALS_H
#define AWS_APPLICATIONAUTOSCALING_INTERVALS_H

// The steps of a policy as intervals that cover every value of the metric (the CDK's interval-utils.ts).

#include "aws/applicationautoscaling.h"

struct scaling_interval {
    struct count lower, upper; // both given once normalized; the last upper one is infinite
    struct count change;       // not given: nothing changes there
};

struct scaling_intervals {
    struct scaling_interval *items; // ascending
    size_t count;
};

// Sorted, with the bounds and gaps filled in. `changes_are_absolute`: a change of 0 is one, too. False when
// the steps are impossible, which is an error on `node`.
bool scaling_intervals_normalize(struct construct *node, const struct applicationautoscaling_step *steps,
    size_t count, bool changes_are_absolute, struct scaling_intervals *ret_intervals);

// The interval that ends where the lower alarm goes off, and the one that begins where the upper one does;
// -1: no such alarm.
void scaling_intervals_find_alarms(const struct scaling_intervals *intervals, int *ret_lower, int *ret_upper);

#endif
