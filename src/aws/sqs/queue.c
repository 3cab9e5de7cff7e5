// SPDX-License-Identifier: MIT
#include "aws/sqs/sqs_private.h"
#include "cdk/arn.h"
#include "util/array.h"

#include <string.h>

static const char *const deduplication_scopes[] = { NULL, "queue", "messageGroup" };
static const char *const throughput_limits[] = { NULL, "perQueue", "perMessageGroupId" };
static const char *const redrive_permissions[] = { NULL, "allowAll", "denyAll", "byQueue" };

// Limits of SQS (SetQueueAttributes in the API reference).
struct range {
    const char *what;
    struct duration value;
    struct duration least, most;
};

static void check_durations(struct construct *node, const struct sqs_queue_props *props)
{
    const struct range ranges[] = {
        { "delivery delay", props->delivery_delay, seconds(0), minutes(15) },
        { "message retention period", props->retention_period, minutes(1), days(14) },
        { "receive wait time", props->receive_message_wait_time, seconds(0), seconds(20) },
        { "visibility timeout", props->visibility_timeout, seconds(0), hours(12) },
    };

    for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
        const struct range *range = &ranges[i];
        int64_t value = range->value.milliseconds;

        if (range->value.given && (value < range->least.milliseconds || value > range->most.milliseconds))
            diag_error(node, "the queue's %s is %lld seconds; it must be %lld to %lld", range->what,
                (long long)duration_to_seconds(range->value), (long long)duration_to_seconds(range->least),
                (long long)duration_to_seconds(range->most));
    }
}

static void check_redrive_allow_policy(struct construct *node, const struct sqs_redrive_allow_policy *policy)
{
    enum { SOURCE_LIMIT = 10 };
    bool by_queue = policy->permission == SQS_REDRIVE_BY_QUEUE;
    size_t count = 0;

    while (policy->source_queues && policy->source_queues[count])
        count++;
    if (by_queue && count == 0)
        diag_error(node, "the redrive permission is by queue, so there must be source queues");
    if (by_queue && count > SOURCE_LIMIT)
        diag_error(node,
            "there are %zu source queues, and at most %d can be named; use SQS_REDRIVE_ALLOW_ALL for more",
            count, SOURCE_LIMIT);
    if (policy->permission != SQS_REDRIVE_DEFAULT && !by_queue && policy->source_queues)
        diag_error(node, "source queues can be named only with SQS_REDRIVE_BY_QUEUE");
}

// What the CDK refuses about a queue's numbers and its redrive allow policy.
static void check_queue(struct construct *node, const struct sqs_queue_props *props)
{
    enum { MIN_SIZE = 1024, MAX_SIZE = 1048576 };
    int size = props->max_message_size_bytes;
    int receives = props->dead_letter_queue.max_receive_count;

    check_durations(node, props);
    if (size && (size < MIN_SIZE || size > MAX_SIZE))
        diag_error(node, "the queue's maximum message size is %d bytes; it must be %d to %d", size, MIN_SIZE,
            MAX_SIZE);
    if (props->dead_letter_queue.queue && receives < 1)
        diag_error(node, "the dead letter queue's max_receive_count is %d; it must be 1 or more", receives);
    if (props->redrive_allow_policy)
        check_redrive_allow_policy(node, props->redrive_allow_policy);
}

static bool has_fifo_suffix(const char *name)
{
    static const char suffix[] = ".fifo";
    size_t length = strlen(name);

    return length >= strlen(suffix) && strcmp(name + length - strlen(suffix), suffix) == 0;
}

static bool is_fifo(struct construct *node, const struct sqs_queue_props *props)
{
    const char *name = value_string(props->queue_name);
    bool by_props =
        props->content_based_deduplication || props->deduplication_scope || props->fifo_throughput_limit;
    bool fifo = toggle_or(props->fifo, by_props || (name && has_fifo_suffix(name)));

    if (name && fifo && !has_fifo_suffix(name))
        diag_error(node, "the name of the FIFO queue '%s' must end with '.fifo'", name);
    if (name && !fifo && has_fifo_suffix(name))
        diag_error(node, "the queue '%s' is not a FIFO queue, so its name must not end with '.fifo'", name);
    if (!fifo && props->content_based_deduplication)
        diag_error(node, "only a FIFO queue can have content based deduplication");
    if (!fifo && props->deduplication_scope)
        diag_error(node, "only a FIFO queue can have a deduplication scope");
    if (!fifo && props->fifo_throughput_limit)
        diag_error(node, "only a FIFO queue can have a FIFO throughput limit");
    return fifo;
}

static struct value *redrive_policy(const struct sqs_dead_letter_queue *target)
{
    if (!target->queue)
        return NULL;
    return object((struct field[]){
        { "deadLetterTargetArn", target->queue->queue_arn },
        { "maxReceiveCount", number(target->max_receive_count) },
        END,
    });
}

static struct value *redrive_allow_policy(const struct sqs_redrive_allow_policy *policy)
{
    enum sqs_redrive_permission permission;
    struct value *sources = NULL;

    if (!policy)
        return NULL;
    if (policy->source_queues)
        sources = array();
    for (struct sqs_queue *const *at = policy->source_queues; at && *at; at++)
        array_append(sources, (*at)->queue_arn);
    permission = policy->permission;
    if (permission == SQS_REDRIVE_DEFAULT)
        permission = sources ? SQS_REDRIVE_BY_QUEUE : SQS_REDRIVE_ALLOW_ALL;
    return object((struct field[]){
        { "redrivePermission", string(redrive_permissions[permission]) },
        { "sourceQueueArns", sources },
        END,
    });
}

// A key that is given decides; a new one is made where one is asked for and none is given.
static void set_encryption(struct sqs_queue *queue, const struct sqs_queue_props *props)
{
    queue->encryption = props->encryption;
    queue->encryption_key = props->encryption_key;
    if (queue->encryption_key && queue->encryption == SQS_ENCRYPTION_SQS_MANAGED)
        diag_error(
            queue->node, "the queue is encrypted by SQS's own keys, so it cannot have an encryption key");
    else if (queue->encryption_key && queue->encryption != SQS_ENCRYPTION_KMS) {
        if (queue->encryption != SQS_ENCRYPTION_DEFAULT)
            diag_warning(queue->node,
                "the queue has an encryption key and is encrypted by it; set encryption to "
                "SQS_ENCRYPTION_KMS");
        queue->encryption = SQS_ENCRYPTION_KMS;
    }
    if (queue->encryption == SQS_ENCRYPTION_KMS && !queue->encryption_key) {
        const char *description = arena_printf(value_arena(), "Created by %s", construct_path(queue->node));

        queue->encryption_key =
            kms_key_new(queue->node, "Key", &(struct kms_key_props){ .description = description });
    }
}

static struct value *kms_key_id(const struct sqs_queue *queue)
{
    if (queue->encryption == SQS_ENCRYPTION_KMS_MANAGED)
        return string("alias/aws/sqs");
    return queue->encryption == SQS_ENCRYPTION_KMS ? queue->encryption_key->key_arn : NULL;
}

static struct value *sqs_managed(enum sqs_encryption encryption)
{
    if (encryption != SQS_ENCRYPTION_UNENCRYPTED && encryption != SQS_ENCRYPTION_SQS_MANAGED)
        return NULL;
    return boolean(encryption == SQS_ENCRYPTION_SQS_MANAGED);
}

static struct value *queue_properties(const struct sqs_queue *queue, const struct sqs_queue_props *p)
{
    struct value *key_id = kms_key_id(queue);

    return object((struct field[]){
        { "ContentBasedDeduplication", p->content_based_deduplication ? boolean(true) : NULL },
        { "DeduplicationScope", string(deduplication_scopes[p->deduplication_scope]) },
        { "DelaySeconds", seconds_value(p->delivery_delay) },
        { "FifoQueue", queue->fifo ? boolean(true) : NULL },
        { "FifoThroughputLimit", string(throughput_limits[p->fifo_throughput_limit]) },
        { "KmsDataKeyReusePeriodSeconds", key_id ? seconds_value(p->data_key_reuse) : NULL },
        { "KmsMasterKeyId", key_id },
        { "MaximumMessageSize", p->max_message_size_bytes ? number(p->max_message_size_bytes) : NULL },
        { "MessageRetentionPeriod", seconds_value(p->retention_period) },
        { "QueueName", p->queue_name },
        { "ReceiveMessageWaitTimeSeconds", seconds_value(p->receive_message_wait_time) },
        { "RedriveAllowPolicy", redrive_allow_policy(p->redrive_allow_policy) },
        { "RedrivePolicy", redrive_policy(&p->dead_letter_queue) },
        { "SqsManagedSseEnabled", sqs_managed(queue->encryption) },
        { "VisibilityTimeout", seconds_value(p->visibility_timeout) },
        END,
    });
}

struct sqs_queue *queue_allocate(struct construct *node, struct value *account)
{
    struct sqs_queue *queue = arena_alloc(construct_arena(node), sizeof(*queue));

    queue->node = node;
    queue->state = arena_alloc(construct_arena(node), sizeof(*queue->state));
    queue->state->account = account;
    return queue;
}

static void set_attributes(struct sqs_queue *queue, struct value *name)
{
    const char *known = value_string(name);
    const struct arn_parts parts = { .service = "sqs", .resource = known, .format = ARN_NO_RESOURCE_NAME };
    struct value *arn = known ? stack_format_arn(construct_stack(queue->node), &parts) : NULL;

    queue->queue_arn = across_environments(get_att(queue->resource, "Arn"), arn);
    queue->queue_name = across_environments(get_att(queue->resource, "QueueName"), value_if_literal(name));
    queue->queue_url = ref(queue->resource);
}

static void deny_without_tls(struct sqs_queue *queue)
{
    const struct field insecure[] = { { "aws:SecureTransport", string("false") }, END };

    sqs_queue_add_to_resource_policy(queue,
        iam_statement_new(&(struct iam_statement_props){
            .effect = IAM_DENY,
            .actions = (const char *[]){ "sqs:*", NULL },
            .resources = (struct value *[]){ queue->queue_arn, NULL },
            .principals = (struct iam_principal *[]){ iam_any_principal(), NULL },
            .conditions = object((struct field[]){ { "Bool", object(insecure) }, END }),
        }));
}

struct sqs_queue *sqs_queue_new(struct construct *scope, const char *id, const struct sqs_queue_props *props)
{
    struct construct *node = construct_new(scope, id, "sqs.Queue");
    struct sqs_queue *queue = queue_allocate(node, construct_stack(node)->account);
    enum removal_policy removal = props->removal_policy;

    check_queue(node, props);
    set_encryption(queue, props);
    queue->fifo = is_fifo(node, props);
    queue->resource = resource_new(node, "Resource", "AWS::SQS::Queue", queue_properties(queue, props));
    resource_apply_removal_policy(
        queue->resource, removal == REMOVAL_POLICY_DEFAULT ? REMOVAL_POLICY_DESTROY : removal);
    set_attributes(queue, props->queue_name);
    if (props->enforce_ssl)
        deny_without_tls(queue);
    return queue;
}
