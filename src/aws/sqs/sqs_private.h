// SPDX-License-Identifier: MIT
#ifndef AWS_SQS_PRIVATE_H
#define AWS_SQS_PRIVATE_H

// Between the parts of SQS.

#include "aws/resource_policy.h"
#include "aws/sqs.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

struct sqs_queue_state {
    struct resource_policy policy;
    struct value *account; // where the queue is
};

struct sqs_queue *queue_allocate(struct construct *node, struct value *account);

#endif
