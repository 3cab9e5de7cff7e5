// SPDX-License-Identifier: MIT
#include "aws/region.h"
#include "aws/sns/sns_private.h"
#include "aws/sqs.h"
#include "cdk/arn.h"

#include <string.h>

// SNS delivers across regions under a name of the region that has to be opted in to.
static struct iam_principal *sns_principal(struct sns_topic *topic, const struct stack *stack)
{
    struct value *region = construct_stack(topic->node)->region;
    const char *from, *to = value_string(stack->region);

    if (!topic->resource)
        region = arn_split(topic->node, topic->topic_arn, ARN_SLASH_RESOURCE_NAME).region;
    from = value_string(region);
    if (from && to && strcmp(from, to) != 0) {
        const char *opt_in = region_is_opt_in(to) ? to : region_is_opt_in(from) ? from : NULL;

        if (opt_in)
            return iam_service_principal(value_string(stringf("sns.%s.amazonaws.com", opt_in)));
    }
    return iam_service_principal("sns.amazonaws.com");
}

static void let_decrypt(struct sqs_queue *queue, struct sns_topic *topic, struct iam_principal *sns)
{
    bool only_topic =
        construct_context_flag(topic->node, "@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption");

    kms_key_add_to_resource_policy(queue->encryption_key,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "kms:Decrypt", "kms:GenerateDataKey", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ sns, NULL },
            .conditions = only_topic ? condition_from_topic(topic) : NULL,
        }));
}

static void check_queues(const struct sns_subscriber *given, struct construct *node)
{
    const struct sqs_queue *dead_letters = given->options.dead_letter_queue;

    if (given->queue->encryption == SQS_ENCRYPTION_KMS_MANAGED)
        diag_error(node,
            "SNS cannot send to the queue '%s', which is encrypted by AWS's own key; use SQS_ENCRYPTION_KMS",
            construct_path(given->queue->node));
    if (dead_letters && dead_letters->encryption == SQS_ENCRYPTION_KMS_MANAGED)
        diag_error(node,
            "SNS cannot send to the dead letter queue '%s', which is encrypted by AWS's own key; use "
            "SQS_ENCRYPTION_KMS",
            construct_path(dead_letters->node));
}

static struct binding bind_queue(const struct sns_subscriber *given, struct sns_topic *topic)
{
    struct sqs_queue *queue = given->queue;
    struct iam_principal *sns = sns_principal(topic, construct_stack(queue->node));
    struct binding binding = {
        .scope = queue->node,
        .id = names_unique_id(topic->node),
        .endpoint = queue->queue_arn,
        .protocol = "sqs",
        .region = subscriber_topic_region(topic, queue->node, queue->resource, queue->queue_arn),
    };

    check_queues(given, topic->node);
    binding.dependency = sqs_queue_add_to_resource_policy(queue,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "sqs:SendMessage", NULL },
            .resources = (struct value *[]){ queue->queue_arn, NULL },
            .principals = (struct iam_principal *[]){ sns, NULL },
            .conditions = condition_from_topic(topic),
        }));
    if (queue->encryption_key)
        let_decrypt(queue, topic, sns);
    subscriber_depend_on_topic(queue->node, topic);
    return binding;
}

struct sns_subscriber *sns_sqs_subscription(
    struct sqs_queue *queue, const struct sns_subscription_options *options)
{
    struct sns_subscriber *subscriber = subscriber_new(bind_queue, options);

    subscriber->queue = queue;
    subscriber->options.delivery_policy = NULL;
    return subscriber;
}
