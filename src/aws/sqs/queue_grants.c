// SPDX-License-Identifier: MIT
#include "aws/sqs/sqs_private.h"

struct construct *sqs_queue_add_to_resource_policy(struct sqs_queue *queue, struct iam_statement *statement)
{
    if (!queue->resource)
        return NULL;
    return resource_policy_add(&queue->state->policy, queue->node,
        &(struct resource_policy_props){
            .construct_type = "sqs.QueuePolicy",
            .type = "AWS::SQS::QueuePolicy",
            .target_key = "Queues",
            .target = array_of((struct value *[]){ queue->queue_url, NULL }),
        },
        statement);
}

static struct construct *add_to_policy(void *resource, struct iam_statement *statement)
{
    return sqs_queue_add_to_resource_policy(resource, statement);
}

struct iam_grant sqs_queue_grant(
    struct sqs_queue *queue, struct iam_principal *grantee, const char *const *actions)
{
    const struct iam_grant_props props = {
        .grantee = grantee,
        .actions = actions,
        .resources = (struct value *[]){ queue->queue_arn, NULL },
        .scope = queue->node,
        .resource_account = queue->state->account,
    };

    return iam_grant_add_to_principal_or_resource(&props, add_to_policy, queue);
}

struct iam_grant sqs_queue_grant_send_messages(struct sqs_queue *queue, struct iam_principal *grantee)
{
    static const char *const actions[] = { "sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
        NULL };
    static const char *const key_actions[] = { "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*",
        "kms:GenerateDataKey*", NULL };
    struct iam_grant grant = sqs_queue_grant(queue, grantee, actions);

    if (queue->encryption_key)
        kms_key_grant(queue->encryption_key, grantee, key_actions);
    return grant;
}

struct iam_grant sqs_queue_grant_consume_messages(struct sqs_queue *queue, struct iam_principal *grantee)
{
    static const char *const actions[] = { "sqs:ReceiveMessage", "sqs:ChangeMessageVisibility",
        "sqs:GetQueueUrl", "sqs:DeleteMessage", "sqs:GetQueueAttributes", NULL };
    struct iam_grant grant = sqs_queue_grant(queue, grantee, actions);

    if (queue->encryption_key)
        kms_key_grant_decrypt(queue->encryption_key, grantee);
    return grant;
}

struct iam_grant sqs_queue_grant_purge(struct sqs_queue *queue, struct iam_principal *grantee)
{
    static const char *const actions[] = { "sqs:PurgeQueue", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
        NULL };

    return sqs_queue_grant(queue, grantee, actions);
}
