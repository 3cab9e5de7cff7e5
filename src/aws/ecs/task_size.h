// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_TASK_SIZE_H
#define AWS_ECS_TASK_SIZE_H

// What Fargate offers: sizes of tasks, and operating systems.

#include "aws/ecs.h"

// Mistakes are errors on the task definition.
void task_size_check(struct ecs_task_definition *task, const struct ecs_fargate_task_definition_props *props);

#endif
