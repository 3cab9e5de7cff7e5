// SPDX-License-Identifier: MIT
#include "aws/sqs/sqs_private.h"
#include "cdk/arn.h"

static const char *const deduplication_scopes[] = { NULL, "queue", "messageGroup" };
static const char *const throughput_limits[] = { NULL, "perQueue", "perMessageGroupId" };
static const char *const redrive_permissions[] = { NULL, "allowAll", "denyAll", "byQueue" };

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

    queue_check(node, props);
    set_encryption(queue, props);
    queue->fifo = queue_is_fifo(node, props);
    queue->resource = resource_new(node, "Resource", "AWS::SQS::Queue", queue_properties(queue, props));
    resource_apply_removal_policy(
        queue->resource, removal == REMOVAL_POLICY_DEFAULT ? REMOVAL_POLICY_DESTROY : removal);
    set_attributes(queue, props->queue_name);
    if (props->enforce_ssl)
        deny_without_tls(queue);
    return queue;
}
