// SPDX-License-Identifier: MIT
#include "aws/sns.h"

#include "aws/lambda.h"
#include "aws/sqs.h"
#include "parity/constructs/parity.h"
#include "parity/constructs/samples.h"

static struct sns_topic *plain_topic(struct construct *scope, const char *id)
{
    return sns_topic_new(scope, id, &(struct sns_topic_props){ 0 });
}

static struct sqs_queue *plain_queue(struct construct *scope, const char *id)
{
    return sqs_queue_new(scope, id, &(struct sqs_queue_props){ 0 });
}

static struct sqs_queue *encrypted_queue(struct construct *scope, const char *id)
{
    return sqs_queue_new(scope, id, &(struct sqs_queue_props){ .encryption = SQS_ENCRYPTION_KMS });
}

static struct iam_role *named_role(struct construct *scope, const char *id, const char *name)
{
    return iam_role_new(
        scope, id, &(struct iam_role_props){ .assumed_by = lambda(), .role_name = string(name) });
}

static struct stack *other(struct stack *stack, const char *region)
{
    return stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = "111111111111", .region = region });
}

static void attributes(struct stack *stack, const struct sns_topic *made, const char *id)
{
    output(stack, id, concatf("%v %v %s", made->topic_arn, made->topic_name, made->fifo ? "true" : "false"));
}

static struct value *parameter(struct stack *stack, const char *id)
{
    return parameter_new(stack->node, id, &(struct parameter_props){ 0 });
}

static void topic_case(struct stack *stack)
{
    struct kms_key *key =
        kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:111111111111:key/1234"));
    const struct sns_logging_config logging[] = {
        {
            .protocol = "sqs",
            .failure_feedback_role = plain_role(stack->node, "Role"),
            .success_feedback_role = plain_role(stack->node, "Success"),
            .success_feedback_sample_rate = count(50),
        },
        { .protocol = "http/s", .failure_feedback_role = plain_role(stack->node, "Failure") },
        { .protocol = NULL },
    };

    attributes(stack, plain_topic(stack->node, "Plain"), "Attributes");
    sns_topic_new(stack->node, "Full",
        &(struct sns_topic_props){
            .topic_name = string("full"),
            .display_name = string("All of it"),
            .signature_version = "2",
            .tracing_config = SNS_TRACING_ACTIVE,
            .master_key = key,
            .logging_configs = logging,
        });
    sns_topic_new(stack->node, "PassThrough",
        &(struct sns_topic_props){
            .tracing_config = SNS_TRACING_PASS_THROUGH, .topic_name = parameter(stack, "Name") });
}

static void fifo(struct stack *stack)
{
    attributes(stack, sns_topic_new(stack->node, "Generated", &(struct sns_topic_props){ .fifo = true }),
        "Attributes");
    sns_topic_new(stack->node, "Named",
        &(struct sns_topic_props){
            .fifo = true,
            .topic_name = string("name"),
            .content_based_deduplication = true,
            .message_retention_period_in_days = 7,
        });
    sns_topic_new(stack->node, "Suffixed",
        &(struct sns_topic_props){
            .fifo = true,
            .topic_name = string("name.fifo"),
            .fifo_throughput_scope = SNS_FIFO_THROUGHPUT_SCOPE_MESSAGE_GROUP,
        });
    sns_topic_new(stack->node, "PerTopic",
        &(struct sns_topic_props){
            .fifo = true,
            .topic_name = parameter(stack, "Name"),
            .fifo_throughput_scope = SNS_FIFO_THROUGHPUT_SCOPE_TOPIC,
        });
}

static void let_publish(
    struct sns_topic *topic, const char *service, const char *sid, struct value *conditions)
{
    sns_topic_add_to_resource_policy(topic,
        iam_statement_new(&(struct iam_statement_props){
            .sid = sid,
            .actions = TEXTS("sns:Publish"),
            .resources = VALUES(topic->topic_arn),
            .principals = PRINCIPALS(iam_service_principal(service)),
            .conditions = conditions,
        }));
}

static void policy(struct stack *stack)
{
    struct sns_topic *made = sns_topic_new(stack->node, "Topic",
        &(struct sns_topic_props){
            .topic_name = string("alarms"), .display_name = string("Alarms"), .enforce_ssl = true });
    const struct field account_is[] = { { "aws:SourceAccount", stack->account }, END };

    let_publish(made, "cloudwatch.amazonaws.com", "Alarms",
        object((struct field[]){ { "StringEquals", object(account_is) }, END }));
    let_publish(made, "events.amazonaws.com", NULL, NULL);
    let_publish(made, "s3.amazonaws.com", NULL, NULL);
    let_publish(made, "ses.amazonaws.com", NULL, condition("Bool", "x", "y"));
}

static void grant_both(struct sns_topic *topic, struct iam_principal *grantee)
{
    sns_topic_grant_publish(topic, grantee);
    sns_topic_grant_subscribe(topic, grantee);
}

static void grants(struct stack *stack)
{
    struct sns_topic *plain = plain_topic(stack->node, "Plain");
    struct sns_topic *encrypted = sns_topic_new(stack->node, "Encrypted",
        &(struct sns_topic_props){
            .master_key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }) });

    grant_both(plain, plain_role(stack->node, "PlainRole")->principal);
    grant_both(plain, iam_service_principal("events"));
    grant_both(encrypted, plain_role(stack->node, "EncryptedRole")->principal);
    grant_both(encrypted, iam_service_principal("events"));
}

static void add_email(
    struct sns_topic *topic, struct value *address, const struct sns_subscription_options *options)
{
    sns_topic_add_subscription(topic, sns_email_subscription(address, options));
}

static struct sns_subscription *add_url(
    struct sns_topic *topic, struct value *url, const struct sns_subscription_options *options)
{
    return sns_topic_add_subscription(topic, sns_url_subscription(url, options));
}

static void add_queue(
    struct sns_topic *topic, struct sqs_queue *queue, const struct sns_subscription_options *options)
{
    sns_topic_add_subscription(topic, sns_sqs_subscription(queue, options));
}

static void subscriptions(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");
    struct sns_subscription *url;
    const struct sns_subscription_options as_json = {
        .json = true,
        .dead_letter_queue = plain_queue(stack->node, "DeadLetters"),
    };

    add_email(made, string("ops@example.com"), NULL);
    add_email(made, string("json@example.com"), &as_json);
    add_email(made, parameter(stack, "Address"), NULL);
    add_email(made, parameter(stack, "SecondAddress"), NULL);
    sns_topic_add_subscription(made, sns_sms_subscription(string("+15551234"), NULL));
    add_url(made, string("https://example.com/hook?a=b"),
        &(struct sns_subscription_options){ .raw_message_delivery = true });
    add_url(made, string("http://example.com/"), NULL);
    url = add_url(made, parameter(stack, "Url"), &(struct sns_subscription_options){ .protocol = "https" });
    output(stack, "Path", string(construct_path(url->node)));
}

static void delivery_policy(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");
    const struct sns_delivery_policy defaults = { .has_healthy_retry_policy = true };
    const struct sns_delivery_policy full = {
        .has_healthy_retry_policy = true,
        .min_delay_target = seconds(5),
        .max_delay_target = minutes(1),
        .num_retries = count(50),
        .num_no_delay_retries = count(0),
        .num_min_delay_retries = count(2),
        .num_max_delay_retries = count(3),
        .backoff_function = "EXPONENTIAL",
        .max_receives_per_second = count(10),
        .header_content_type = "application/json",
    };

    add_url(made, string("https://example.com/1"),
        &(struct sns_subscription_options){ .delivery_policy = &defaults });
    add_url(made, string("https://example.com/2"),
        &(struct sns_subscription_options){ .delivery_policy = &full });
}

static struct value *color_filter(void)
{
    return sns_string_filter(&(struct sns_string_conditions){
        .allow_list = TEXTS("red", "green"),
        .deny_list = TEXTS("blue"),
        .match_prefixes = TEXTS("bl", "ye"),
        .match_suffixes = TEXTS("ue"),
    });
}

static struct value *price_filter(void)
{
    return sns_numeric_filter(&(struct sns_numeric_conditions){
        .allow_list = (double[]){ 100, 200.5 },
        .allow_list_length = 2,
        .greater_than = count(500),
        .greater_than_or_equal_to = count(600),
        .less_than = count(50),
        .less_than_or_equal_to = count(0),
        .between_start = count(300),
        .between_stop = count(350),
        .between_strict_start = count(400),
        .between_strict_stop = count(450),
    });
}

static void filters(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");
    const struct field attributes_policy[] = {
        { "color", color_filter() },
        { "price", price_filter() },
        { "is", sns_exists_filter() },
        { "is-not", sns_not_exists_filter() },
        END,
    };
    const struct field more[] = { { "x", sns_not_exists_filter() }, END };
    const struct field deep[] = { { "Nested", sns_exists_filter() }, { "more", object(more) }, END };
    const struct field body[] = { { "color", color_filter() }, { "deep", object(deep) }, END };

    add_email(made, string("a@example.com"),
        &(struct sns_subscription_options){ .filter_policy = object(attributes_policy) });
    add_url(made, string("https://example.com"),
        &(struct sns_subscription_options){ .filter_policy_with_message_body = object(body) });
}

static void queue_subscription(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");
    struct sqs_queue *queue = plain_queue(stack->node, "Queue");
    struct sqs_queue *encrypted = encrypted_queue(stack->node, "Encrypted");
    const struct sns_subscription_options raw = {
        .raw_message_delivery = true,
        .dead_letter_queue = plain_queue(stack->node, "DeadLetters"),
    };

    add_queue(made, queue, &raw);
    add_queue(made, encrypted, NULL);
    add_queue(made,
        sqs_queue_from_arn(stack->node, "Imported", string("arn:aws:sqs:us-east-1:222222222222:there")),
        NULL);
    add_queue(plain_topic(stack->node, "Second"), queue, NULL);
}

static void queue_subscription_restricted(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");

    add_queue(made, encrypted_queue(stack->node, "Queue"), NULL);
}

static struct lambda_function *function_in(struct stack *stack)
{
    return lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_NODEJS_22_X,
            .handler = "index.handler",
            .code = { .inline_code = "x" },
        });
}

static void function_subscription(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");
    const struct field red[] = {
        { "color", sns_string_filter(&(struct sns_string_conditions){ .allow_list = TEXTS("red") }) },
        END,
    };
    struct lambda_function *function = function_in(stack);
    const struct sns_subscription_options options = {
        .dead_letter_queue = plain_queue(stack->node, "DeadLetters"),
        .filter_policy = object(red),
    };
    struct lambda_function *there = lambda_function_from_arn(
        stack->node, "Imported", string("arn:aws:lambda:eu-west-1:111111111111:function:there"));

    sns_topic_add_subscription(made, sns_lambda_subscription(function, &options));
    sns_topic_add_subscription(made, sns_lambda_subscription(there, NULL));
}

static void function_subscription_across_regions(struct stack *stack)
{
    struct sns_topic *made =
        sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ .topic_name = string("known") });

    sns_topic_add_subscription(made, sns_lambda_subscription(function_in(other(stack, "us-east-1")), NULL));
}

static void subscription_across_stacks(struct stack *stack)
{
    struct sns_topic *made = plain_topic(stack->node, "Topic");

    add_queue(made, plain_queue(other(stack, "eu-west-1")->node, "Queue"), NULL);
}

static void subscription_across_regions(struct stack *stack)
{
    struct stack *there = other(stack, "ap-east-1");
    struct sns_topic *made =
        sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ .topic_name = string("known") });

    add_queue(made, plain_queue(there->node, "Queue"), NULL);
    sns_topic_grant_publish(made, named_role(there->node, "Role", "publisher")->principal);
    output(there, "Name", made->topic_name);
}

static void subscription_from_opt_in_region(struct stack *stack)
{
    struct sns_topic *made = sns_topic_new(
        other(stack, "ap-east-1")->node, "Topic", &(struct sns_topic_props){ .topic_name = string("known") });

    add_queue(made, plain_queue(stack->node, "Queue"), NULL);
}

static void imported(struct stack *stack)
{
    const struct sns_topic_import full = {
        .topic_arn = string("arn:aws:sns:eu-west-1:111111111111:here.fifo"),
        .content_based_deduplication = true,
        .key_arn = string("arn:aws:kms:eu-west-1:111111111111:key/1234"),
    };
    struct sns_topic *topics[] = {
        sns_topic_from_arn(stack->node, "Plain", string("arn:aws:sns:us-east-1:222222222222:there")),
        sns_topic_import(stack->node, "Fifo", &full),
        sns_topic_from_arn(stack->node, "Token", parameter(stack, "Arn")),
    };

    for (int i = 0; i < 3; i++) {
        const char *role_id = value_string(stringf("Role%d", i));

        attributes(stack, topics[i], value_string(stringf("Attributes%d", i)));
        sns_topic_grant_publish(topics[i], plain_role(stack->node, role_id)->principal);
        add_email(topics[i], string("a@example.com"), NULL);
        add_queue(topics[i], plain_queue(stack->node, value_string(stringf("Queue%d", i))), NULL);
    }
}

static const struct parity_case cases[] = {
    { "sns-topic", topic_case },
    { "sns-fifo", fifo },
    { "sns-policy", policy },
    { "sns-grants", grants },
    { "sns-subscriptions", subscriptions },
    { "sns-delivery-policy", delivery_policy },
    { "sns-filters", filters },
    { "sns-queue-subscription", queue_subscription },
    { "sns-queue-subscription-restricted", queue_subscription_restricted },
    { "sns-function-subscription", function_subscription },
    { "sns-function-subscription-across-regions", function_subscription_across_regions },
    { "sns-subscription-across-stacks", subscription_across_stacks },
    { "sns-subscription-across-regions", subscription_across_regions },
    { "sns-subscription-from-opt-in-region", subscription_from_opt_in_region },
    { "sns-imported", imported },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("sns", cases, argc, argv);
}
