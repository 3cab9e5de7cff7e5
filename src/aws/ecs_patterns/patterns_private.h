// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_PATTERNS_PRIVATE_H
#define AWS_ECS_PATTERNS_PRIVATE_H

// Between the files of the patterns.

#include "aws/ecs_patterns.h"

// The given task definition, or the one that the image options ask for.
struct ecs_task_definition *ecs_patterns_task_definition(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *props);

#endif
