// SPDX-License-Identifier: MIT
#include "aws/sqs/sqs_private.h"
#include "cdk/arn.h"

#include <string.h>

static bool imported_is_fifo(
    struct construct *node, const struct sqs_queue_import *attributes, const char *name)
{
    const char *dot = name ? strrchr(name, '.') : NULL;
    bool by_name = dot && strcmp(dot, ".fifo") == 0;

    if (name && attributes->fifo != TOGGLE_DEFAULT && by_name != (attributes->fifo == YES))
        diag_error(node, "the name of the queue '%s' says that it is %sa FIFO queue; fifo says otherwise",
            name, by_name ? "" : "not ");
    return name ? by_name : attributes->fifo == YES;
}

struct sqs_queue *sqs_queue_import(
    struct construct *scope, const char *id, const struct sqs_queue_import *attributes)
{
    struct arn parts = arn_split(scope, attributes->queue_arn, ARN_NO_RESOURCE_NAME);
    struct construct *node = construct_new(scope, id, "sqs.QueueBase");
    struct sqs_queue *queue = queue_allocate(node, parts.account);

    queue->queue_arn = attributes->queue_arn;
    queue->queue_name = parts.resource;
    queue->queue_url = attributes->queue_url;
    if (!queue->queue_url)
        queue->queue_url =
            concatf("https://sqs.%v.%v/%v/%v", parts.region, aws_url_suffix(), parts.account, parts.resource);
    queue->fifo = imported_is_fifo(
        node, attributes, value_is_literal(attributes->queue_arn) ? value_string(queue->queue_name) : NULL);
    if (attributes->key_arn) {
        queue->encryption = SQS_ENCRYPTION_KMS;
        queue->encryption_key = kms_key_from_arn(node, "Key", attributes->key_arn);
    }
    return queue;
}

struct sqs_queue *sqs_queue_from_arn(struct construct *scope, const char *id, struct value *queue_arn)
{
    return sqs_queue_import(scope, id, &(struct sqs_queue_import){ .queue_arn = queue_arn });
}
