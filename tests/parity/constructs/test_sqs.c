// SPDX-License-Identifier: MIT
#include "aws/sqs.h"
#include "parity/constructs/parity.h"
#include "parity/constructs/samples.h"
#include "util/array.h"

static struct sqs_queue *plain_queue(struct construct *scope, const char *id)
{
    return sqs_queue_new(scope, id, &(struct sqs_queue_props){ 0 });
}

static void attributes(struct stack *stack, const struct sqs_queue *made, const char *id)
{
    output(stack, id,
        concatf("%v %v %v %s", made->queue_arn, made->queue_url, made->queue_name,
            made->fifo ? "true" : "false"));
}

static void grant_all(struct sqs_queue *queue, struct iam_principal *grantee)
{
    sqs_queue_grant_send_messages(queue, grantee);
    sqs_queue_grant_consume_messages(queue, grantee);
    sqs_queue_grant_purge(queue, grantee);
    sqs_queue_grant(queue, grantee, TEXTS("sqs:TagQueue"));
}

static struct value *name_parameter(struct stack *stack, const char *id)
{
    return parameter_new(stack->node, id, &(struct parameter_props){ 0 });
}

static void queue(struct stack *stack)
{
    attributes(stack, plain_queue(stack->node, "Plain"), "Attributes");
    sqs_queue_new(stack->node, "Full",
        &(struct sqs_queue_props){
            .queue_name = string("full"),
            .visibility_timeout = minutes(5),
            .retention_period = days(14),
            .delivery_delay = seconds(0),
            .receive_message_wait_time = seconds(20),
            .max_message_size_bytes = 262144,
            .removal_policy = REMOVAL_POLICY_RETAIN,
        });
    sqs_queue_new(
        stack->node, "TokenName", &(struct sqs_queue_props){ .queue_name = name_parameter(stack, "Name") });
}

static void allow_redrive(
    struct stack *stack, const char *id, enum sqs_redrive_permission permission, struct sqs_queue **sources)
{
    const struct sqs_redrive_allow_policy policy = { permission, sources };

    sqs_queue_new(stack->node, id, &(struct sqs_queue_props){ .redrive_allow_policy = &policy });
}

static void dead_letter_queue(struct stack *stack)
{
    struct sqs_queue *dead_letters =
        sqs_queue_new(stack->node, "DeadLetters", &(struct sqs_queue_props){ .retention_period = days(14) });
    struct sqs_queue *source = sqs_queue_new(
        stack->node, "Source", &(struct sqs_queue_props){ .dead_letter_queue = { dead_letters, 3 } });

    allow_redrive(stack, "ByQueue", SQS_REDRIVE_BY_QUEUE, (struct sqs_queue *[]){ source, NULL });
    allow_redrive(
        stack, "BySources", SQS_REDRIVE_DEFAULT, (struct sqs_queue *[]){ source, dead_letters, NULL });
    allow_redrive(stack, "All", SQS_REDRIVE_ALLOW_ALL, NULL);
    allow_redrive(stack, "None", SQS_REDRIVE_DENY_ALL, NULL);
    allow_redrive(stack, "Default", SQS_REDRIVE_DEFAULT, NULL);
}

static void fifo(struct stack *stack)
{
    attributes(
        stack, sqs_queue_new(stack->node, "Fifo", &(struct sqs_queue_props){ .fifo = YES }), "Attributes");
    sqs_queue_new(stack->node, "ByName", &(struct sqs_queue_props){ .queue_name = string("name.fifo") });
    sqs_queue_new(stack->node, "ByContent", &(struct sqs_queue_props){ .content_based_deduplication = true });
    sqs_queue_new(stack->node, "HighThroughput",
        &(struct sqs_queue_props){
            .deduplication_scope = SQS_DEDUPLICATION_SCOPE_MESSAGE_GROUP,
            .fifo_throughput_limit = SQS_FIFO_THROUGHPUT_LIMIT_PER_MESSAGE_GROUP_ID,
        });
    sqs_queue_new(stack->node, "PerQueue",
        &(struct sqs_queue_props){
            .fifo = YES,
            .deduplication_scope = SQS_DEDUPLICATION_SCOPE_QUEUE,
            .fifo_throughput_limit = SQS_FIFO_THROUGHPUT_LIMIT_PER_QUEUE,
        });
    sqs_queue_new(stack->node, "NotFifo", &(struct sqs_queue_props){ .fifo = NO });
}

static void encryption(struct stack *stack)
{
    static const struct {
        const char *id;
        enum sqs_encryption encryption;
    } kinds[] = {
        { "NONE", SQS_ENCRYPTION_UNENCRYPTED },
        { "KMS_MANAGED", SQS_ENCRYPTION_KMS_MANAGED },
        { "KMS", SQS_ENCRYPTION_KMS },
        { "SQS_MANAGED", SQS_ENCRYPTION_SQS_MANAGED },
    };
    struct kms_key *key =
        kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:111111111111:key/1234"));

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        sqs_queue_new(stack->node, kinds[i].id,
            &(struct sqs_queue_props){ .encryption = kinds[i].encryption, .data_key_reuse = hours(1) });
    sqs_queue_new(stack->node, "GivenKey", &(struct sqs_queue_props){ .encryption_key = key });
    sqs_queue_new(stack->node, "GivenKeyKms",
        &(struct sqs_queue_props){
            .encryption = SQS_ENCRYPTION_KMS, .encryption_key = key, .data_key_reuse = minutes(1) });
    sqs_queue_new(stack->node, "Changed",
        &(struct sqs_queue_props){ .encryption = SQS_ENCRYPTION_KMS_MANAGED, .encryption_key = key });
}

static void enforce_ssl(struct stack *stack)
{
    struct sqs_queue *made =
        sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ .enforce_ssl = true });

    sqs_queue_add_to_resource_policy(made,
        iam_statement_new(&(struct iam_statement_props){
            .actions = TEXTS("sqs:SendMessage"),
            .resources = VALUES(made->queue_arn),
            .principals = PRINCIPALS(iam_service_principal("events.amazonaws.com")),
            .conditions =
                condition("ArnEquals", "aws:SourceArn", "arn:aws:events:eu-west-1:111111111111:rule/x"),
        }));
}

static void grants(struct stack *stack)
{
    struct sqs_queue *made = plain_queue(stack->node, "Queue");

    grant_all(made, plain_role(stack->node, "Role")->principal);
    grant_all(made, iam_service_principal("events"));
}

static void grants_encrypted(struct stack *stack)
{
    struct sqs_queue *made =
        sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ .encryption = SQS_ENCRYPTION_KMS });

    grant_all(made, plain_role(stack->node, "Role")->principal);
    grant_all(made, iam_service_principal("events"));
}

static void imported(struct stack *stack)
{
    const struct sqs_queue_import full = {
        .queue_arn = string("arn:aws:sqs:eu-west-1:111111111111:full"),
        .queue_url = string("https://queue/"),
        .key_arn = string("arn:aws:kms:eu-west-1:111111111111:key/1234"),
        .fifo = NO,
    };
    struct sqs_queue *queues[] = {
        sqs_queue_from_arn(stack->node, "Plain", string("arn:aws:sqs:us-east-1:222222222222:there")),
        sqs_queue_from_arn(stack->node, "Fifo", string("arn:aws:sqs:eu-west-1:111111111111:here.fifo")),
        sqs_queue_import(stack->node, "Full", &full),
        sqs_queue_from_arn(stack->node, "Token", name_parameter(stack, "Arn")),
    };
    struct iam_principal *grantee = plain_role(stack->node, "Role")->principal;

    for (int i = 0; i < 4; i++) {
        attributes(stack, queues[i], value_string(stringf("Attributes%d", i)));
        grant_all(queues[i], grantee);
        sqs_queue_add_to_resource_policy(queues[i], iam_statement_new(&(struct iam_statement_props){ 0 }));
    }
}

static struct stack *other(struct stack *stack, const char *account_id, const char *region)
{
    return stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = account_id, .region = region });
}

static void named_elsewhere(struct stack *stack)
{
    struct sqs_queue *made = sqs_queue_new(other(stack, "222222222222", "us-east-1")->node, "Queue",
        &(struct sqs_queue_props){ .queue_name = string("known"), .enforce_ssl = true });
    struct iam_role *sender = iam_role_new(stack->node, "Role",
        &(struct iam_role_props){ .assumed_by = lambda(), .role_name = string("sender") });

    sqs_queue_grant_send_messages(made, sender->principal);
    output(stack, "Name", concatf("%v %v", made->queue_name, made->queue_arn));
}

static void across_stacks(struct stack *stack)
{
    struct sqs_queue *dead_letters =
        plain_queue(other(stack, "111111111111", "eu-west-1")->node, "DeadLetters");
    struct sqs_queue *made = sqs_queue_new(
        stack->node, "Queue", &(struct sqs_queue_props){ .dead_letter_queue = { dead_letters, 1 } });

    sqs_queue_grant_consume_messages(made, plain_role(stack->node, "Role")->principal);
    sqs_queue_grant_send_messages(dead_letters, plain_role(stack->node, "Sender")->principal);
}

static const struct parity_case cases[] = {
    { "sqs-queue", queue },
    { "sqs-dead-letter-queue", dead_letter_queue },
    { "sqs-fifo", fifo },
    { "sqs-encryption", encryption },
    { "sqs-enforce-ssl", enforce_ssl },
    { "sqs-grants", grants },
    { "sqs-grants-encrypted", grants_encrypted },
    { "sqs-imported", imported },
    { "sqs-across-environments", named_elsewhere },
    { "sqs-across-stacks", across_stacks },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("sqs", cases, argc, argv);
}
