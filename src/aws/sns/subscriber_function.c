// SPDX-License-Identifier: MIT
#include "aws/lambda.h"
#include "aws/sns/sns_private.h"

static struct binding bind_function(const struct sns_subscriber *given, struct sns_topic *topic)
{
    struct lambda_function *function = given->function;
    const char *id = arena_printf(value_arena(), "AllowInvoke:%s", names_unique_id(topic->node));

    lambda_function_add_permission(function, id,
        &(struct lambda_permission_props){
            .source_arn = topic->topic_arn,
            .principal = iam_service_principal("sns.amazonaws.com"),
        });
    subscriber_depend_on_topic(function->node, topic);
    return (struct binding){
        .scope = function->node,
        .id = construct_id(topic->node),
        .endpoint = function->function_arn,
        .protocol = "lambda",
        .region = subscriber_topic_region(topic, function->node, function->resource, function->function_arn),
    };
}

struct sns_subscriber *sns_lambda_subscription(
    struct lambda_function *function, const struct sns_subscription_options *options)
{
    struct sns_subscriber *subscriber = subscriber_new(bind_function, options);

    subscriber->function = function;
    subscriber->options.raw_message_delivery = false;
    subscriber->options.delivery_policy = NULL;
    return subscriber;
}
