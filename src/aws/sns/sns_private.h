// SPDX-License-Identifier: MIT
#ifndef AWS_SNS_PRIVATE_H
#define AWS_SNS_PRIVATE_H

// Between the parts of SNS.

#include "aws/resource_policy.h"
#include "aws/sns.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

struct sns_topic_state {
    struct resource_policy policy;
    struct value *account; // where the topic is
};

struct sns_subscriber;

// What a subscriber and a topic make of each other (CDK's TopicSubscriptionConfig).
struct binding {
    struct construct *scope; // of the subscription
    const char *id;          // NULL: to be counted
    struct value *endpoint;
    const char *protocol;
    struct value *region;         // of the topic, where it has to be said
    struct construct *dependency; // has to exist before the subscription; NULL: nothing
};
typedef struct binding subscriber_bind(const struct sns_subscriber *subscriber, struct sns_topic *topic);

struct sns_subscriber {
    subscriber_bind *bind;
    const char *protocol;   // NULL: of the URL
    struct value *endpoint; // address, number or URL; NULL: the queue's or function's ARN
    struct sqs_queue *queue;
    struct lambda_function *function;
    struct sns_subscription_options options;
};

// `options` (may be NULL) are kept beyond the call.
struct sns_subscriber *subscriber_new(subscriber_bind *bind, const struct sns_subscription_options *options);
// The topic's region where a subscription of `node` has to say it (CDK's regionFromArn). `resource` is NULL
// when the subscriber is imported; its ARN tells then where it is.
struct value *subscriber_topic_region(
    struct sns_topic *topic, struct construct *node, const struct resource *resource, struct value *arn);
// The subscriber's stack is deployed after the topic's.
void subscriber_depend_on_topic(struct construct *node, const struct sns_topic *topic);
// {"ArnEquals": {"aws:SourceArn": the topic}}
struct value *condition_from_topic(const struct sns_topic *topic);

// Filters as they stand in a subscription; mistakes are reported on `node`.
struct value *filter_policy_render(struct construct *node, const struct sns_subscription_options *options);

#endif
