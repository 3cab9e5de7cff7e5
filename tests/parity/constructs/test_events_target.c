// SPDX-License-Identifier: MIT
#include "aws/events.h"
#include "aws/lambda.h"
#include "aws/sns.h"
#include "aws/sqs.h"
#include "cdk/construct.h"
#include "parity/constructs/events_samples.h"
#include "parity/constructs/parity.h"

static void target_lambda(struct stack *stack)
{
    struct lambda_function *function = function_of(stack, "Function");
    struct sqs_queue *queue = queue_of(stack, "DeadLetters");
    const struct events_target_options patient = {
        .dead_letter_queue = queue,
        .retry_attempts = count(3),
        .max_event_age = hours(2),
    };
    const struct events_target_options once = { .retry_attempts = count(0) };
    const struct events_target_options young = { .max_event_age = minutes(1) };
    const struct events_target_options with_queue = { .dead_letter_queue = queue };
    struct events_rule *second;

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){ events_target_lambda_function(function, &patient), NULL });
    second = events_rule_new(stack->node, "Second",
        &(struct events_rule_props){
            .schedule = events_schedule_rate(days(1)),
            .targets = (struct events_target *[]){ events_target_lambda_function(function, &once), NULL },
        });
    events_rule_add_target(second, events_target_lambda_function(function, &young));
    events_rule_add_target(second, events_target_lambda_function(function_of(stack, "Other"), &with_queue));
}

static void target_lambda_alias(struct stack *stack)
{
    struct lambda_function *function = function_of(stack, "Function");
    struct lambda_alias *live = lambda_function_add_alias(function, "live", NULL);
    struct lambda_version *version = lambda_function_current_version(function);

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){
            events_target_lambda_function(live->qualified, NULL),
            events_target_lambda_function(version->qualified, NULL),
            NULL,
        });
}

static void target_lambda_imported(struct stack *stack)
{
    struct lambda_function *by_name = lambda_function_from_name(stack->node, "ByName", string("named"));
    struct lambda_function *by_arn = lambda_function_from_arn(
        stack->node, "ByArn", string("arn:aws:lambda:eu-west-1:123456789012:function:one"));

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){
            events_target_lambda_function(by_name, NULL),
            events_target_lambda_function(by_arn, NULL),
            NULL,
        });
}

static void target_sqs(struct stack *stack)
{
    struct sqs_queue *queue = queue_of(stack, "Queue");
    struct sqs_queue *fifo = sqs_queue_new(
        stack->node, "Fifo", &(struct sqs_queue_props){ .fifo = YES, .content_based_deduplication = true });
    const struct events_target_options grouped = {
        .message_group_id = "g",
        .dead_letter_queue = queue,
        .retry_attempts = count(1),
    };

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){
            events_target_sqs_queue(queue, NULL),
            events_target_sqs_queue(fifo, &grouped),
            NULL,
        });
}

static struct sqs_queue *encrypted_queue(struct stack *stack, const char *id, enum sqs_encryption encryption)
{
    return sqs_queue_new(stack->node, id, &(struct sqs_queue_props){ .encryption = encryption });
}

static void target_sqs_encrypted(struct stack *stack)
{
    struct sqs_queue *queue = encrypted_queue(stack, "Queue", SQS_ENCRYPTION_KMS);

    rule_of(stack, "Rule", "tango", (struct events_target *[]){ events_target_sqs_queue(queue, NULL), NULL });
}

static void target_sqs_same_account(struct stack *stack)
{
    struct sqs_queue *queue = encrypted_queue(stack, "Queue", SQS_ENCRYPTION_KMS);
    struct sqs_queue *managed = encrypted_queue(stack, "Managed", SQS_ENCRYPTION_SQS_MANAGED);

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){
            events_target_sqs_queue(queue, NULL),
            events_target_sqs_queue(managed, NULL),
            NULL,
        });
}

static void target_sns(struct stack *stack)
{
    struct sns_topic *topic = sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ 0 });
    const struct events_target_options by_role = { .authorize_using_role = YES };
    const struct events_target_options by_given_role = {
        .role = role_of(stack, "Role", "events.amazonaws.com"),
        .retry_attempts = count(2),
    };
    struct events_target_options dead_letters = { 0 };

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){
            events_target_sns_topic(topic, NULL),
            events_target_sns_topic(topic, &by_role),
            events_target_sns_topic(topic, &by_given_role),
            NULL,
        });
    dead_letters.dead_letter_queue = queue_of(stack, "DeadLetters");
    rule_of(stack, "Second", "other",
        (struct events_target *[]){ events_target_sns_topic(topic, &dead_letters), NULL });
}

static void target_bus(struct stack *stack)
{
    struct events_event_bus *central = events_event_bus_from_arn(
        stack->node, "Central", string("arn:aws:events:us-east-1:210987654321:event-bus/central"));
    struct events_event_bus *own = events_event_bus_new(stack->node, "Own", NULL);
    struct events_target_options given = { 0 };

    rule_of(stack, "Rule", "tango",
        (struct events_target *[]){
            events_target_event_bus(central, NULL),
            events_target_event_bus(own, NULL),
            NULL,
        });
    given.role = role_of(stack, "Role", "events.amazonaws.com");
    given.dead_letter_queue = queue_of(stack, "DeadLetters");
    rule_of(
        stack, "Second", "tango", (struct events_target *[]){ events_target_event_bus(own, &given), NULL });
}

static void input(struct stack *stack)
{
    struct lambda_function *function = function_of(stack, "Function");
    struct sqs_queue *queue = queue_of(stack, "Queue");
    struct events_rule *rule = rule_of(stack, "Rule", "tango", NULL);
    struct value *list = array_of((struct value *[]){ number(1), boolean(true), string("x"), null(), NULL });
    struct value *object_input = object((struct field[]){
        { "kind", string("sweep") },
        { "limit", number(10) },
        { "deep", object((struct field[]){ { "list", list }, END }) },
        { "queue", queue->queue_url },
        END,
    });
    struct events_input *inputs[] = {
        events_input_from_text(string("Hello \"world\" – é")),
        events_input_from_object(object_input),
        events_input_from_event_path("$.detail"),
        events_input_from_multiline_text(string("one\ntwo \"2\"")),
        events_input_from_text(concatf("queue %v in %v", queue->queue_name, aws_region())),
        NULL,
    };

    for (struct events_input **at = inputs; *at; at++)
        events_rule_add_target(
            rule, events_target_lambda_function(function, &(struct events_target_options){ .input = *at }));
}

static struct value *object_with_fields(const struct sqs_queue *queue)
{
    struct value *list[] = { events_field("$.id"), number(1), string("x"), NULL };
    struct value *text[] = {
        string("\""),
        events_field("$.region"),
        string("\" and "),
        events_field("$.account"),
        NULL,
    };
    struct value *mixed[] = { queue->queue_name, string(": "), events_field("$.detail-type"), NULL };

    return object((struct field[]){
        { "who", events_field("$.detail.user-name") },
        { "at", events_field("$.time") },
        { "text", events_text(text) },
        { "list", array_of(list) },
        { "queue", queue->queue_url },
        { "mixed", events_text(mixed) },
        { "quoted", string("say \"hi\"") },
        END,
    });
}

static struct value *text_with_fields(void)
{
    return events_text((struct value *[]){
        events_field("$.source"),
        string(" sent "),
        events_field("$.detail.user.id"),
        string(" from "),
        events_field("$.source"),
        NULL,
    });
}

static struct value *lines_with_fields(const struct sqs_queue *queue)
{
    return events_text((struct value *[]){
        string("one "),
        events_field("$.detail-type"),
        string("\n"),
        queue->queue_name,
        string("\n\nlast \""),
        events_field("$.detail"),
        string("\""),
        NULL,
    });
}

static void input_fields(struct stack *stack)
{
    struct sqs_queue *queue = queue_of(stack, "Queue");
    struct events_rule *rule = rule_of(stack, "Rule", "tango", NULL);
    struct value *list = array_of((struct value *[]){ events_field("$.a_b"), NULL });
    struct events_input *inputs[] = {
        events_input_from_text(text_with_fields()),
        events_input_from_object(object_with_fields(queue)),
        events_input_from_multiline_text(lines_with_fields(queue)),
        events_input_from_object(
            object((struct field[]){ { "whole", events_field("$") }, { "list", list }, END })),
        events_input_from_object(events_field("$.detail")),
        NULL,
    };

    for (struct events_input **at = inputs; *at; at++)
        events_rule_add_target(
            rule, events_target_sqs_queue(queue, &(struct events_target_options){ .input = *at }));
}

static struct lambda_function *named_function(struct stack *stack, const char *name)
{
    return lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){
            .function_name = string(name),
            .runtime = LAMBDA_RUNTIME_NODEJS_22_X,
            .handler = "index.handler",
            .code = { .inline_code = "exports.handler = () => {};" },
        });
}

static struct events_target *named_queue_target(struct stack *stack, const char *id, const char *name)
{
    struct sqs_queue *queue =
        sqs_queue_new(stack->node, id, &(struct sqs_queue_props){ .queue_name = string(name) });

    return events_target_sqs_queue(queue, NULL);
}

static void target_elsewhere(struct stack *stack)
{
    struct construct *app = construct_scope(stack->node);
    struct stack *region =
        stack_new(app, "Region", &(struct stack_props){ .account = "123456789012", .region = "us-east-1" });
    struct stack *account =
        stack_new(app, "Account", &(struct stack_props){ .account = "210987654321", .region = "eu-west-1" });
    struct events_target *first = events_target_lambda_function(named_function(region, "one"), NULL);
    struct events_rule *rule = events_rule_new(stack->node, "Rule",
        &(struct events_rule_props){
            .rule_name = string("far"),
            .description = "far",
            .event_pattern = &(struct events_event_pattern){ .source = one("tango") },
            .targets = (struct events_target *[]){ first, NULL },
        });
    const struct events_target_options once = { .retry_attempts = count(1) };

    events_rule_add_target(rule, events_target_lambda_function(named_function(account, "two"), &once));
    events_rule_add_target(rule, named_queue_target(account, "Queue", "three"));
    events_rule_add_event_pattern(rule, &(struct events_event_pattern){ .detail_type = one("late") });
    events_rule_new(stack->node, "Second",
        &(struct events_rule_props){
            .rule_name = string("second"),
            .schedule = events_schedule_rate(days(1)),
            .targets = (struct events_target *[]){ named_queue_target(account, "Other", "four"), NULL },
        });
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "events-target-lambda", target_lambda },
        { "events-target-lambda-alias", target_lambda_alias },
        { "events-target-lambda-imported", target_lambda_imported },
        { "events-target-sqs", target_sqs },
        { "events-target-sqs-encrypted", target_sqs_encrypted },
        { "events-target-sqs-same-account", target_sqs_same_account },
        { "events-target-sns", target_sns },
        { "events-target-bus", target_bus },
        { "events-target-input", input },
        { "events-target-input-fields", input_fields },
        { "events-target-elsewhere", target_elsewhere },
        { NULL, NULL },
    };

    return parity_main("events-target", cases, argc, argv);
}
