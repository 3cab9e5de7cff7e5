// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"
#include "aws/sqs.h"

#include <stdlib.h>
#include <string.h>

static const char counted_prefix[] = "TokenSubscription:";

static void find_last(struct construct *construct, void *data)
{
    const char *id = construct_id(construct);
    long *last = data;

    if (strncmp(id, counted_prefix, strlen(counted_prefix)) == 0) {
        long number = strtol(id + strlen(counted_prefix), NULL, 10);

        if (number > *last)
            *last = number;
    }
}

// The id of a subscription whose endpoint is known only at deployment.
static const char *counted_id(struct construct *scope)
{
    long last = 0;

    construct_walk(scope, find_last, &last);
    return arena_printf(value_arena(), "%s%ld", counted_prefix, last + 1);
}

// SNS may send to the queue what it cannot deliver.
static struct value *redrive_policy(struct sqs_queue *queue, const struct sns_topic *topic)
{
    if (!queue)
        return NULL;
    sqs_queue_add_to_resource_policy(queue,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "sqs:SendMessage", NULL },
            .resources = (struct value *[]){ queue->queue_arn, NULL },
            .principals = (struct iam_principal *[]){ iam_service_principal("sns.amazonaws.com"), NULL },
            .conditions = condition_from_topic(topic),
        }));
    return object((struct field[]){ { "deadLetterTargetArn", queue->queue_arn }, END });
}

static struct value *subscription_properties(struct construct *node, const struct sns_topic *topic,
    const struct binding *binding, const struct sns_subscription_options *options)
{
    bool by_body = !options->filter_policy && options->filter_policy_with_message_body;

    return object((struct field[]){
        { "DeliveryPolicy", delivery_policy_render(node, options->delivery_policy) },
        { "Endpoint", binding->endpoint },
        { "FilterPolicy", filter_policy_render(node, options) },
        { "FilterPolicyScope", by_body ? string("MessageBody") : NULL },
        { "Protocol", string(binding->protocol) },
        { "RawMessageDelivery", options->raw_message_delivery ? boolean(true) : NULL },
        { "RedrivePolicy", redrive_policy(options->dead_letter_queue, topic) },
        { "Region", binding->region },
        { "TopicArn", topic->topic_arn },
        END,
    });
}

// What is subscribed twice is an error, and gets another id so that this is the only one.
static const char *subscription_id(const struct sns_topic *topic, const struct binding *binding)
{
    if (binding->id && !construct_child(binding->scope, binding->id))
        return binding->id;
    if (binding->id)
        diag_error(
            topic->node, "'%s' has a subscription '%s' already", construct_path(binding->scope), binding->id);
    return counted_id(binding->scope);
}

struct sns_subscription *sns_topic_add_subscription(
    struct sns_topic *topic, const struct sns_subscriber *subscriber)
{
    struct binding binding = subscriber->bind(subscriber, topic);
    struct sns_subscription *subscription = arena_alloc(construct_arena(topic->node), sizeof(*subscription));
    const char *id = subscription_id(topic, &binding);

    subscription->node = construct_new(binding.scope, id, "sns.Subscription");
    subscription->resource = resource_new(subscription->node, "Resource", "AWS::SNS::Subscription",
        subscription_properties(subscription->node, topic, &binding, &subscriber->options));
    subscription->subscription_arn = ref(subscription->resource);
    if (binding.dependency)
        construct_add_dependency(subscription->node, binding.dependency);
    return subscription;
}
