// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"
#include "aws/sqs.h"

#include <stdlib.h>
#include <string.h>

static const char counted_prefix[] = "TokenSubscription:";

// Limits of SNS ("Creating an HTTP/S delivery policy" in the developer guide).
enum { RETRY_LIMIT = 100 };

static void check_delay(struct construct *node, const char *what, struct duration delay)
{
    if (delay.given &&
        (delay.milliseconds % 1000 != 0 || delay.milliseconds < 1000 ||
            delay.milliseconds > hours(1).milliseconds))
        diag_error(node, "%s is %g seconds; it must be a whole number of seconds from 1 to 3600", what,
            (double)delay.milliseconds / 1000);
}

static bool is_whole(double number)
{
    return number == (double)(long)number;
}

static void check_retries(struct construct *node, const char *what, struct count retries)
{
    if (retries.given && (retries.number < 0 || !is_whole(retries.number)))
        diag_error(node, "%s is %g; it must be a whole number", what, retries.number);
}

static void check_delivery_policy(struct construct *node, const struct sns_delivery_policy *policy)
{
    struct count retries = policy->num_retries, receives = policy->max_receives_per_second;

    check_delay(node, "min_delay_target", policy->min_delay_target);
    check_delay(node, "max_delay_target", policy->max_delay_target);
    if (policy->min_delay_target.given && policy->max_delay_target.given &&
        policy->min_delay_target.milliseconds > policy->max_delay_target.milliseconds)
        diag_error(node, "min_delay_target must not be more than max_delay_target");
    if (retries.given && (retries.number < 0 || retries.number > RETRY_LIMIT))
        diag_error(node, "num_retries is %g; it must be 0 to %d", retries.number, RETRY_LIMIT);
    check_retries(node, "num_no_delay_retries", policy->num_no_delay_retries);
    check_retries(node, "num_min_delay_retries", policy->num_min_delay_retries);
    check_retries(node, "num_max_delay_retries", policy->num_max_delay_retries);
    if (receives.given && (receives.number < 1 || !is_whole(receives.number)))
        diag_error(node, "max_receives_per_second is %g; it must be a whole number from 1", receives.number);
}

static struct value *healthy_retry_policy(const struct sns_delivery_policy *p)
{
    if (!p->has_healthy_retry_policy)
        return NULL;
    return object((struct field[]){
        { "minDelayTarget", seconds_value(duration_or(p->min_delay_target, seconds(20))) },
        { "maxDelayTarget", seconds_value(duration_or(p->max_delay_target, seconds(20))) },
        { "numRetries", number(count_or(p->num_retries, 3)) },
        { "numNoDelayRetries", count_value(p->num_no_delay_retries) },
        { "numMinDelayRetries", count_value(p->num_min_delay_retries) },
        { "numMaxDelayRetries", count_value(p->num_max_delay_retries) },
        { "backoffFunction", string(p->backoff_function) },
        END,
    });
}

// An object of one field; NULL when that is not given.
static struct value *wrapped(const char *key, struct value *value)
{
    return value ? object((struct field[]){ { key, value }, END }) : NULL;
}

static struct value *delivery_policy(struct construct *node, const struct sns_delivery_policy *policy)
{
    if (!policy)
        return NULL;
    check_delivery_policy(node, policy);
    return object((struct field[]){
        { "healthyRetryPolicy", healthy_retry_policy(policy) },
        { "throttlePolicy", wrapped("maxReceivesPerSecond", count_value(policy->max_receives_per_second)) },
        { "requestPolicy", wrapped("headerContentType", string(policy->header_content_type)) },
        END,
    });
}

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
        { "DeliveryPolicy", delivery_policy(node, options->delivery_policy) },
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
