// SPDX-License-Identifier: MIT
#ifndef LOGS_LOG_GROUP_PRIVATE_H
#define LOGS_LOG_GROUP_PRIVATE_H

// The inside of a log group, for this service only.

struct iam_policy_document;
struct construct;

struct logs_log_group_state {
    struct construct *policy;             // of the resource; NULL until there is a statement for it
    struct iam_policy_document *document; // likewise
};

#endif
