// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"
#include "cdk/arn.h"

#include <string.h>

struct sns_subscriber *subscriber_new(subscriber_bind *bind, const struct sns_subscription_options *options)
{
    struct sns_subscriber *subscriber = arena_alloc(value_arena(), sizeof(*subscriber));
    const struct sns_delivery_policy *policy;

    subscriber->bind = bind;
    if (!options)
        return subscriber;
    subscriber->options = *options;
    policy = options->delivery_policy;
    if (policy)
        subscriber->options.delivery_policy = arena_memdup(value_arena(), policy, sizeof(*policy));
    return subscriber;
}

static const char *url_protocol(const struct sns_subscriber *given, struct construct *node)
{
    const char *url = value_string(given->endpoint);

    if (!url && !given->options.protocol)
        diag_error(
            node, "the URL of the subscription is known only at deployment, so its protocol is needed");
    if (!url)
        return given->options.protocol;
    if (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0)
        diag_error(node, "the URL '%s' of the subscription must begin with 'http://' or 'https://'", url);
    return strncmp(url, "https:", 6) == 0 ? "https" : "http";
}

static struct binding bind_endpoint(const struct sns_subscriber *given, struct sns_topic *topic)
{
    return (struct binding){
        .scope = topic->node,
        .id = value_string(given->endpoint),
        .endpoint = given->endpoint,
        .protocol = given->protocol ? given->protocol : url_protocol(given, topic->node),
    };
}

static struct sns_subscriber *at_endpoint(
    const char *protocol, struct value *endpoint, const struct sns_subscription_options *options)
{
    struct sns_subscriber *subscriber = subscriber_new(bind_endpoint, options);

    subscriber->protocol = protocol;
    subscriber->endpoint = endpoint;
    if (!protocol)
        return subscriber;
    subscriber->options.raw_message_delivery = false;
    subscriber->options.delivery_policy = NULL;
    return subscriber;
}

struct sns_subscriber *sns_email_subscription(
    struct value *address, const struct sns_subscription_options *options)
{
    return at_endpoint(options && options->json ? "email-json" : "email", address, options);
}

struct sns_subscriber *sns_sms_subscription(
    struct value *phone_number, const struct sns_subscription_options *options)
{
    struct sns_subscriber *subscriber = at_endpoint("sms", phone_number, options);

    subscriber->options.dead_letter_queue = NULL;
    return subscriber;
}

struct sns_subscriber *sns_url_subscription(struct value *url, const struct sns_subscription_options *options)
{
    return at_endpoint(NULL, url, options);
}

struct value *subscriber_topic_region(
    struct sns_topic *topic, struct construct *node, const struct resource *resource, struct value *arn)
{
    struct stack *topic_stack = construct_stack(topic->node), *stack = construct_stack(node);
    struct value *region = stack->region;

    if (!topic->resource)
        return arn_split(topic->node, topic->topic_arn, ARN_SLASH_RESOURCE_NAME).region;
    if (!resource)
        region = arn_split(node, arn, ARN_SLASH_RESOURCE_NAME).region;
    if (topic_stack == stack || !value_is_literal(topic_stack->region) ||
        value_equal(topic_stack->region, region))
        return NULL;
    return topic_stack->region;
}

void subscriber_depend_on_topic(struct construct *node, const struct sns_topic *topic)
{
    struct stack *stack = construct_stack(node), *topic_stack = construct_stack(topic->node);

    if (topic->resource && topic_stack != stack)
        stack_add_dependency(stack, topic_stack);
}

struct value *condition_from_topic(const struct sns_topic *topic)
{
    const struct field source[] = { { "aws:SourceArn", topic->topic_arn }, END };

    return object((struct field[]){ { "ArnEquals", object(source) }, END });
}
