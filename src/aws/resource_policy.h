// SPDX-License-Identifier: MIT
#ifndef AWS_RESOURCE_POLICY_H
#define AWS_RESOURCE_POLICY_H

// A policy that is a resource of its own beside what it is for: AWS::S3::BucketPolicy, AWS::SNS::TopicPolicy,
// AWS::SQS::QueuePolicy. It is made when its first statement comes.

#include "aws/iam.h"

#include <stdbool.h>

struct resource_policy {
    struct construct *node; // NULL while there is none
    struct iam_policy_document *document;
};

struct resource_policy_props {
    const char *construct_type; // "sqs.QueuePolicy"
    const char *type;           // "AWS::SQS::QueuePolicy"
    const char *target_key;     // the property that says what the policy is for: "Queues"
    struct value *target;
    bool assign_sids;
};

// Adds to the policy of `owner`, as "Policy" below it. Returns the policy.
struct construct *resource_policy_add(struct resource_policy *policy, struct construct *owner,
    const struct resource_policy_props *props, struct iam_statement *statement);

#endif
