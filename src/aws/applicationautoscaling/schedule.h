// SPDX-License-Identifier: MIT
#ifndef AWS_APPLICATIONAUTOSCALING_SCHEDULE_H
#define AWS_APPLICATIONAUTOSCALING_SCHEDULE_H

// When a scheduled action happens.

#include "aws/applicationautoscaling.h"

// "cron(...)", "rate(...)" or "at(...)". Mistakes are errors on `node`.
struct value *schedule_expression(
    struct construct *node, const struct applicationautoscaling_schedule *schedule);

#endif
