// SPDX-License-Identifier: MIT
#include "aws/sqs.h"
#include "cdk/token.h"

#include "aws/diag_case.h"

static struct sqs_queue *queue(struct stack *stack, struct sqs_queue_props props)
{
    return sqs_queue_new(stack->node, "Queue", &props);
}

static struct sqs_queue *another(struct stack *stack)
{
    return sqs_queue_new(stack->node, "Another", &(struct sqs_queue_props){ 0 });
}

static struct kms_key *key(struct stack *stack)
{
    return kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:111111111111:key/1234"));
}

static void long_delay(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .delivery_delay = seconds(901) });
}

static void short_retention(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .retention_period = seconds(59) });
}

static void long_wait(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .receive_message_wait_time = seconds(21) });
}

static void long_visibility(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .visibility_timeout = hours(13) });
}

static void small_messages(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .max_message_size_bytes = 1023 });
}

static void large_messages(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .max_message_size_bytes = 1048577 });
}

static void no_receives(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .dead_letter_queue = { .queue = another(stack) } });
}

static void redrive(
    struct stack *stack, enum sqs_redrive_permission permission, struct sqs_queue *const *sources)
{
    const struct sqs_redrive_allow_policy policy = { permission, sources };

    queue(stack, (struct sqs_queue_props){ .redrive_allow_policy = &policy });
}

static void no_sources(struct stack *stack)
{
    redrive(stack, SQS_REDRIVE_BY_QUEUE, NULL);
}

static void many_sources(struct stack *stack)
{
    struct sqs_queue *sources[12] = { NULL };

    sources[0] = another(stack);
    for (int i = 1; i < 11; i++)
        sources[i] = sources[0];
    redrive(stack, SQS_REDRIVE_BY_QUEUE, sources);
}

static void sources_for_all(struct stack *stack)
{
    redrive(stack, SQS_REDRIVE_ALLOW_ALL, (struct sqs_queue *[]){ another(stack), NULL });
}

static void fifo_without_suffix(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .fifo = YES, .queue_name = string("orders") });
}

static void suffix_without_fifo(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .fifo = NO, .queue_name = string("orders.fifo") });
}

static void deduplication_without_fifo(struct stack *stack)
{
    queue(stack, (struct sqs_queue_props){ .fifo = NO, .content_based_deduplication = true });
}

static void scope_without_fifo(struct stack *stack)
{
    queue(
        stack, (struct sqs_queue_props){ .fifo = NO, .deduplication_scope = SQS_DEDUPLICATION_SCOPE_QUEUE });
}

static void limit_without_fifo(struct stack *stack)
{
    queue(stack,
        (struct sqs_queue_props){ .fifo = NO, .fifo_throughput_limit = SQS_FIFO_THROUGHPUT_LIMIT_PER_QUEUE });
}

static void two_encryptions(struct stack *stack)
{
    queue(stack,
        (struct sqs_queue_props){ .encryption = SQS_ENCRYPTION_SQS_MANAGED, .encryption_key = key(stack) });
}

static void changed_encryption(struct stack *stack)
{
    queue(stack,
        (struct sqs_queue_props){ .encryption = SQS_ENCRYPTION_KMS_MANAGED, .encryption_key = key(stack) });
}

static void imported_fifo_without_suffix(struct stack *stack)
{
    sqs_queue_import(stack->node, "Queue",
        &(struct sqs_queue_import){
            .queue_arn = string("arn:aws:sqs:eu-west-1:111111111111:orders"), .fifo = YES });
}

static void policy_without_principal(struct stack *stack)
{
    struct sqs_queue *made = queue(stack, (struct sqs_queue_props){ 0 });

    sqs_queue_add_to_resource_policy(made,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "sqs:SendMessage", NULL },
            .resources = (struct value *[]){ made->queue_arn, NULL },
        }));
}

static const struct diag_case cases[] = {
    { long_delay, DIAG_ERROR, "Case/Queue: the queue's delivery delay is 901 seconds; it must be 0 to 900" },
    { short_retention, DIAG_ERROR,
        "Case/Queue: the queue's message retention period is 59 seconds; it must be 60 to 1209600" },
    { long_wait, DIAG_ERROR, "Case/Queue: the queue's receive wait time is 21 seconds; it must be 0 to 20" },
    { long_visibility, DIAG_ERROR,
        "Case/Queue: the queue's visibility timeout is 46800 seconds; it must be 0 to 43200" },
    { small_messages, DIAG_ERROR,
        "Case/Queue: the queue's maximum message size is 1023 bytes; it must be 1024 to 1048576" },
    { large_messages, DIAG_ERROR,
        "Case/Queue: the queue's maximum message size is 1048577 bytes; it must be 1024 to 1048576" },
    { no_receives, DIAG_ERROR,
        "Case/Queue: the dead letter queue's max_receive_count is 0; it must be 1 or more" },
    { no_sources, DIAG_ERROR,
        "Case/Queue: the redrive permission is by queue, so there must be source queues" },
    { many_sources, DIAG_ERROR,
        "Case/Queue: there are 11 source queues, and at most 10 can be named; use SQS_REDRIVE_ALLOW_ALL for "
        "more" },
    { sources_for_all, DIAG_ERROR, "Case/Queue: source queues can be named only with SQS_REDRIVE_BY_QUEUE" },
    { fifo_without_suffix, DIAG_ERROR,
        "Case/Queue: the name of the FIFO queue 'orders' must end with '.fifo'" },
    { suffix_without_fifo, DIAG_ERROR,
        "Case/Queue: the queue 'orders.fifo' is not a FIFO queue, so its name must not end with '.fifo'" },
    { deduplication_without_fifo, DIAG_ERROR,
        "Case/Queue: only a FIFO queue can have content based deduplication" },
    { scope_without_fifo, DIAG_ERROR, "Case/Queue: only a FIFO queue can have a deduplication scope" },
    { limit_without_fifo, DIAG_ERROR, "Case/Queue: only a FIFO queue can have a FIFO throughput limit" },
    { two_encryptions, DIAG_ERROR,
        "Case/Queue: the queue is encrypted by SQS's own keys, so it cannot have an encryption key" },
    { changed_encryption, DIAG_WARNING,
        "Case/Queue: the queue has an encryption key and is encrypted by it; set encryption to "
        "SQS_ENCRYPTION_KMS" },
    { imported_fifo_without_suffix, DIAG_ERROR,
        "Case/Queue: the name of the queue 'orders' says that it is not a FIFO queue; fifo says otherwise" },
    { policy_without_principal, DIAG_ERROR,
        "Case/Queue: a statement of a resource's policy must have a principal" },
    { 0 },
};

static void queues_are_checked(void **state)
{
    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(queues_are_checked) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
