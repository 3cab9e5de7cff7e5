// SPDX-License-Identifier: MIT
#ifndef AWS_SQS_H
#define AWS_SQS_H

// Message queues, with their dead letter queues and policies.

#include "aws/iam.h"
#include "aws/kms.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct construct;

enum sqs_encryption {
    SQS_ENCRYPTION_DEFAULT, // the service's: keys that SQS owns; with a key given, KMS
    SQS_ENCRYPTION_UNENCRYPTED,
    SQS_ENCRYPTION_KMS_MANAGED, // the account's key alias/aws/sqs
    SQS_ENCRYPTION_KMS,         // the given key, or a new one
    SQS_ENCRYPTION_SQS_MANAGED,
};

enum sqs_deduplication_scope {
    SQS_DEDUPLICATION_SCOPE_DEFAULT,
    SQS_DEDUPLICATION_SCOPE_QUEUE,
    SQS_DEDUPLICATION_SCOPE_MESSAGE_GROUP,
};

enum sqs_fifo_throughput_limit {
    SQS_FIFO_THROUGHPUT_LIMIT_DEFAULT,
    SQS_FIFO_THROUGHPUT_LIMIT_PER_QUEUE,
    SQS_FIFO_THROUGHPUT_LIMIT_PER_MESSAGE_GROUP_ID,
};

struct sqs_queue {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *queue_arn;
    struct value *queue_url;
    struct value *queue_name;
    bool fifo;
    enum sqs_encryption encryption;
    struct kms_key *encryption_key; // NULL: none that is known
    struct sqs_queue_state *state;
};

// Messages that were received max_receive_count times go to `queue`.
struct sqs_dead_letter_queue {
    struct sqs_queue *queue; // NULL: none
    int max_receive_count;   // at least 1
};

// Which queues may use this one as their dead letter queue.
enum sqs_redrive_permission {
    SQS_REDRIVE_DEFAULT, // not restricted; by queue when source queues are given
    SQS_REDRIVE_ALLOW_ALL,
    SQS_REDRIVE_DENY_ALL,
    SQS_REDRIVE_BY_QUEUE,
};
struct sqs_redrive_allow_policy {
    enum sqs_redrive_permission permission;
    struct sqs_queue *const *source_queues; // end with NULL; up to 10, only with SQS_REDRIVE_BY_QUEUE
};

struct sqs_queue_props {
    struct value *queue_name;                                    // default: CloudFormation's choice
    struct duration visibility_timeout;                          // default 30 seconds; up to 12 hours
    struct duration retention_period;                            // default 4 days; 1 minute to 14 days
    struct duration delivery_delay;                              // default 0; up to 15 minutes
    struct duration receive_message_wait_time;                   // default 0; up to 20 seconds
    int max_message_size_bytes;                                  // default: SQS's; 1,024 to 1,048,576
    struct sqs_dead_letter_queue dead_letter_queue;              // default: none
    const struct sqs_redrive_allow_policy *redrive_allow_policy; // default: none
    enum sqs_encryption encryption;
    struct kms_key *encryption_key; // default: none
    struct duration data_key_reuse; // default 5 minutes
    bool enforce_ssl;               // requests without TLS are denied
    enum toggle fifo;               // default: by the name's ".fifo" and the props below
    bool content_based_deduplication;
    enum sqs_deduplication_scope deduplication_scope;
    enum sqs_fifo_throughput_limit fifo_throughput_limit;
    enum removal_policy removal_policy; // default: destroy
};
struct sqs_queue *sqs_queue_new(struct construct *scope, const char *id, const struct sqs_queue_props *props);

struct sqs_queue_import {
    struct value *queue_arn; // required
    struct value *queue_url; // default: from the ARN
    struct value *key_arn;   // of the key that it is encrypted with; default: none
    enum toggle fifo;        // default: by the name's ".fifo"
};
struct sqs_queue *sqs_queue_import(
    struct construct *scope, const char *id, const struct sqs_queue_import *attributes);
struct sqs_queue *sqs_queue_from_arn(struct construct *scope, const char *id, struct value *queue_arn);

// Returns the construct that has to exist before the statement counts, or NULL when the queue is imported and
// so keeps the policy that it has.
struct construct *sqs_queue_add_to_resource_policy(struct sqs_queue *queue, struct iam_statement *statement);
struct iam_grant sqs_queue_grant(
    struct sqs_queue *queue, struct iam_principal *grantee, const char *const *actions);
struct iam_grant sqs_queue_grant_send_messages(struct sqs_queue *queue, struct iam_principal *grantee);
struct iam_grant sqs_queue_grant_consume_messages(struct sqs_queue *queue, struct iam_principal *grantee);
struct iam_grant sqs_queue_grant_purge(struct sqs_queue *queue, struct iam_principal *grantee);

#endif
