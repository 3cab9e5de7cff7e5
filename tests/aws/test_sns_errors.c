// SPDX-License-Identifier: MIT
#include "aws/sns.h"
#include "aws/sqs.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

static struct sns_topic *topic(struct stack *stack, struct sns_topic_props props)
{
    return sns_topic_new(stack->node, "Topic", &props);
}

static struct sns_topic *plain(struct stack *stack)
{
    return topic(stack, (struct sns_topic_props){ 0 });
}

static void deduplication_without_fifo(struct stack *stack)
{
    topic(stack, (struct sns_topic_props){ .content_based_deduplication = true });
}

static void retention_without_fifo(struct stack *stack)
{
    topic(stack, (struct sns_topic_props){ .message_retention_period_in_days = 7 });
}

static void throughput_without_fifo(struct stack *stack)
{
    topic(stack, (struct sns_topic_props){ .fifo_throughput_scope = SNS_FIFO_THROUGHPUT_SCOPE_TOPIC });
}

static void long_retention(struct stack *stack)
{
    topic(stack, (struct sns_topic_props){ .fifo = true, .message_retention_period_in_days = 366 });
}

static void odd_signature(struct stack *stack)
{
    topic(stack, (struct sns_topic_props){ .signature_version = "3" });
}

static void long_display_name(struct stack *stack)
{
    topic(stack, (struct sns_topic_props){ .display_name = stringf("%0101d", 0) });
}

static void odd_sample_rate(struct stack *stack)
{
    const struct sns_logging_config logging[] = {
        { .protocol = "sqs", .success_feedback_sample_rate = count(100.5) },
        { .protocol = NULL },
    };

    topic(stack, (struct sns_topic_props){ .logging_configs = logging });
}

static void imported_deduplication(struct stack *stack)
{
    sns_topic_import(stack->node, "Topic",
        &(struct sns_topic_import){
            .topic_arn = string("arn:aws:sns:eu-west-1:111111111111:orders"),
            .content_based_deduplication = true,
        });
}

static const struct diag_case topic_cases[] = {
    { deduplication_without_fifo, DIAG_ERROR,
        "Case/Topic: only a FIFO topic can have content based deduplication" },
    { retention_without_fifo, DIAG_ERROR, "Case/Topic: only a FIFO topic can keep its messages" },
    { throughput_without_fifo, DIAG_ERROR, "Case/Topic: only a FIFO topic can have a FIFO throughput scope" },
    { long_retention, DIAG_ERROR,
        "Case/Topic: the topic keeps its messages for 366 days; it must be 1 to 365" },
    { odd_signature, DIAG_ERROR, "Case/Topic: the topic's signature version is '3'; it must be '1' or '2'" },
    { long_display_name, DIAG_ERROR,
        "Case/Topic: the topic's display name "
        "'00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' is longer than 100 characters" },
    { odd_sample_rate, DIAG_ERROR,
        "Case/Topic: the topic's success feedback sample rate is 100.5; it must be a whole number from 0 to "
        "100" },
    { imported_deduplication, DIAG_ERROR,
        "Case/Topic: only a FIFO topic can have content based deduplication" },
    { 0 },
};

// Subscriptions.

static void subscribe_url(struct stack *stack, struct value *url, struct sns_subscription_options options)
{
    sns_topic_add_subscription(plain(stack), sns_url_subscription(url, &options));
}

static void filter(struct stack *stack, struct value *policy)
{
    subscribe_url(
        stack, string("https://example.com"), (struct sns_subscription_options){ .filter_policy = policy });
}

static void many_attributes(struct stack *stack)
{
    struct value *policy = object((struct field[]){ END });

    for (int i = 0; i < 6; i++)
        object_set(policy, value_string(stringf("a%d", i)), sns_exists_filter());
    filter(stack, policy);
}

static struct value *many_values(int length)
{
    struct value *values = array();

    for (int i = 0; i < length; i++)
        array_append(values, number(i));
    return values;
}

static void many_combinations(struct stack *stack)
{
    filter(stack, object((struct field[]){ { "a", many_values(16) }, { "b", many_values(10) }, END }));
}

static void many_deep_combinations(struct stack *stack)
{
    struct value *deep = object((struct field[]){ { "a", many_values(76) }, END });

    subscribe_url(stack, string("https://example.com"),
        (struct sns_subscription_options){
            .filter_policy_with_message_body = object((struct field[]){ { "deep", deep }, END }) });
}

static void url_of_file(struct stack *stack)
{
    subscribe_url(stack, string("ftp://example.com"), (struct sns_subscription_options){ 0 });
}

static void url_without_protocol(struct stack *stack)
{
    struct value *url = parameter_new(stack->node, "Url", &(struct parameter_props){ 0 });

    subscribe_url(stack, url, (struct sns_subscription_options){ 0 });
}

static void deliver(struct stack *stack, struct sns_delivery_policy policy)
{
    subscribe_url(stack, string("https://example.com"),
        (struct sns_subscription_options){ .delivery_policy = &policy });
}

static void short_delay(struct stack *stack)
{
    deliver(stack,
        (struct sns_delivery_policy){
            .has_healthy_retry_policy = true, .min_delay_target = milliseconds(500) });
}

static void least_above_most(struct stack *stack)
{
    deliver(stack,
        (struct sns_delivery_policy){
            .has_healthy_retry_policy = true,
            .min_delay_target = seconds(30),
            .max_delay_target = seconds(20),
        });
}

static void many_retries(struct stack *stack)
{
    deliver(
        stack, (struct sns_delivery_policy){ .has_healthy_retry_policy = true, .num_retries = count(101) });
}

static void half_a_retry(struct stack *stack)
{
    deliver(stack,
        (struct sns_delivery_policy){
            .has_healthy_retry_policy = true, .num_min_delay_retries = count(0.5) });
}

static void no_receives(struct stack *stack)
{
    deliver(stack, (struct sns_delivery_policy){ .max_receives_per_second = count(0) });
}

static void subscribed_twice(struct stack *stack)
{
    struct sns_topic *made = plain(stack);

    sns_topic_add_subscription(made, sns_email_subscription(string("a@example.com"), NULL));
    sns_topic_add_subscription(made, sns_email_subscription(string("a@example.com"), NULL));
}

static void url_subscribed_twice(struct stack *stack)
{
    struct sns_topic *made = plain(stack);

    sns_topic_add_subscription(made, sns_url_subscription(string("http://example.com"), NULL));
    sns_topic_add_subscription(made, sns_url_subscription(string("http://example.com"), NULL));
}

static struct sqs_queue *queue(struct stack *stack, enum sqs_encryption encryption)
{
    return sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ .encryption = encryption });
}

static void queue_with_aws_key(struct stack *stack)
{
    sns_topic_add_subscription(
        plain(stack), sns_sqs_subscription(queue(stack, SQS_ENCRYPTION_KMS_MANAGED), NULL));
}

static void dead_letters_with_aws_key(struct stack *stack)
{
    struct sqs_queue *target = sqs_queue_new(stack->node, "Target", &(struct sqs_queue_props){ 0 });
    const struct sns_subscription_options options = {
        .dead_letter_queue = queue(stack, SQS_ENCRYPTION_KMS_MANAGED),
    };

    sns_topic_add_subscription(plain(stack), sns_sqs_subscription(target, &options));
}

static const struct diag_case subscription_cases[] = {
    { many_attributes, DIAG_ERROR,
        "Case/Topic/https:----example.com: the filter policy has 6 attributes; it can have 5" },
    { many_combinations, DIAG_ERROR,
        "Case/Topic/https:----example.com: the filter policy has 160 combinations of values; it can have "
        "150" },
    { many_deep_combinations, DIAG_ERROR,
        "Case/Topic/https:----example.com: the filter policy has 152 combinations of values; it can have "
        "150" },
    { url_of_file, DIAG_ERROR,
        "Case/Topic: the URL 'ftp://example.com' of the subscription must begin with 'http://' or "
        "'https://'" },
    { url_without_protocol, DIAG_ERROR,
        "Case/Topic: the URL of the subscription is known only at deployment, so its protocol is needed" },
    { short_delay, DIAG_ERROR,
        "Case/Topic/https:----example.com: min_delay_target is 0.5 seconds; it must be a whole number of "
        "seconds from 1 to 3600" },
    { least_above_most, DIAG_ERROR,
        "Case/Topic/https:----example.com: min_delay_target must not be more than max_delay_target" },
    { many_retries, DIAG_ERROR, "Case/Topic/https:----example.com: num_retries is 101; it must be 0 to 100" },
    { half_a_retry, DIAG_ERROR,
        "Case/Topic/https:----example.com: num_min_delay_retries is 0.5; it must be a whole number" },
    { no_receives, DIAG_ERROR,
        "Case/Topic/https:----example.com: max_receives_per_second is 0; it must be a whole number from 1" },
    { subscribed_twice, DIAG_ERROR, "Case/Topic: 'Case/Topic' has a subscription 'a@example.com' already" },
    { url_subscribed_twice, DIAG_ERROR,
        "Case/Topic: 'Case/Topic' has a subscription 'http://example.com' already" },
    { queue_with_aws_key, DIAG_ERROR,
        "Case/Topic: SNS cannot send to the queue 'Case/Queue', which is encrypted by AWS's own key; use "
        "SQS_ENCRYPTION_KMS" },
    { dead_letters_with_aws_key, DIAG_ERROR,
        "Case/Topic: SNS cannot send to the dead letter queue 'Case/Queue', which is encrypted by AWS's own "
        "key; use SQS_ENCRYPTION_KMS" },
    { 0 },
};

static void topics_are_checked(void **state)
{
    (void)state;
    check_diag_cases(topic_cases, &(struct stack_props){ 0 });
}

static void subscriptions_are_checked(void **state)
{
    (void)state;
    check_diag_cases(subscription_cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_are_checked),
        cmocka_unit_test(subscriptions_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
