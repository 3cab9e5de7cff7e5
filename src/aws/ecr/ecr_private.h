// SPDX-License-Identifier: MIT
#ifndef AWS_ECR_PRIVATE_H
#define AWS_ECR_PRIVATE_H

// Between the files of ECR.

#include "aws/ecr.h"

struct ecr_lifecycle_entry {
    int priority; // 0: by position
    enum ecr_tag_status tag_status;
    struct value *description;
    struct value *selection;
};

struct ecr_repository_state {
    struct iam_policy_document *policy; // NULL while it has no statements
    struct value *lifecycle_registry_id;
    struct ecr_lifecycle_entry *rules;
    size_t rule_count, rule_capacity;
};

// LifecyclePolicy as it will be at synthesis, and what is wrong with the order of its rules then.
struct value *ecr_lifecycle_policy(struct ecr_repository *repository);

#endif
