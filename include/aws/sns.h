// SPDX-License-Identifier: MIT
#ifndef AWS_SNS_H
#define AWS_SNS_H

// Topics and their subscriptions (CDK's aws-sns and aws-sns-subscriptions).

#include "aws/iam.h"
#include "aws/kms.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>

struct construct;
struct lambda_function;
struct sqs_queue;

struct sns_topic {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *topic_arn;
    struct value *topic_name;
    bool fifo;
    struct kms_key *master_key; // NULL: none that is known
    struct sns_topic_state *state;
};

enum sns_fifo_throughput_scope {
    SNS_FIFO_THROUGHPUT_SCOPE_DEFAULT,
    SNS_FIFO_THROUGHPUT_SCOPE_TOPIC,
    SNS_FIFO_THROUGHPUT_SCOPE_MESSAGE_GROUP,
};
enum sns_tracing_config { SNS_TRACING_DEFAULT, SNS_TRACING_PASS_THROUGH, SNS_TRACING_ACTIVE };

// How deliveries by one protocol are logged.
struct sns_logging_config {
    const char *protocol;                      // "http/s", "sqs", "lambda", "firehose", "application"
    struct iam_role *failure_feedback_role;    // default: none
    struct iam_role *success_feedback_role;    // default: none
    struct count success_feedback_sample_rate; // percent; default: none
};

struct sns_topic_props {
    struct value *topic_name;                             // default: CloudFormation's choice
    struct value *display_name;                           // default: none; at most 100 characters
    struct kms_key *master_key;                           // default: not encrypted
    bool enforce_ssl;                                     // publishing without TLS is denied
    bool fifo;                                            // ".fifo" is put behind the name if it is not there
    bool content_based_deduplication;                     // only with fifo
    int message_retention_period_in_days;                 // 1 to 365, only with fifo; default: not archived
    enum sns_fifo_throughput_scope fifo_throughput_scope; // only with fifo
    const char *signature_version;                        // "1" or "2"; default "1"
    enum sns_tracing_config tracing_config;
    const struct sns_logging_config *logging_configs; // end with a NULL protocol; default: none
};
struct sns_topic *sns_topic_new(struct construct *scope, const char *id, const struct sns_topic_props *props);

struct sns_topic_import {
    struct value *topic_arn; // required
    struct value *key_arn;   // of the key that it is encrypted with; default: none
    bool content_based_deduplication;
};
struct sns_topic *sns_topic_import(
    struct construct *scope, const char *id, const struct sns_topic_import *attributes);
struct sns_topic *sns_topic_from_arn(struct construct *scope, const char *id, struct value *topic_arn);

// Returns the construct that has to exist before the statement counts, or NULL when the topic is imported.
struct construct *sns_topic_add_to_resource_policy(struct sns_topic *topic, struct iam_statement *statement);
struct iam_grant sns_topic_grant_publish(struct sns_topic *topic, struct iam_principal *grantee);
struct iam_grant sns_topic_grant_subscribe(struct sns_topic *topic, struct iam_principal *grantee);

// Filters: what one attribute of a message must be, as an array of conditions.

struct sns_string_conditions {
    const char *const *allow_list;     // end with NULL
    const char *const *deny_list;      // end with NULL
    const char *const *match_prefixes; // end with NULL
    const char *const *match_suffixes; // end with NULL
};
struct value *sns_string_filter(const struct sns_string_conditions *conditions);
struct sns_numeric_conditions {
    const double *allow_list;
    size_t allow_list_length;
    struct count greater_than;
    struct count greater_than_or_equal_to;
    struct count less_than;
    struct count less_than_or_equal_to;
    struct count between_start, between_stop;               // both or neither
    struct count between_strict_start, between_strict_stop; // both or neither
};
struct value *sns_numeric_filter(const struct sns_numeric_conditions *conditions);
struct value *sns_exists_filter(void);
struct value *sns_not_exists_filter(void);

// How HTTP(S) endpoints are retried (the SNS developer guide's "Amazon SNS message delivery retries").
struct sns_delivery_policy {
    bool has_healthy_retry_policy;
    struct duration min_delay_target; // default 20 seconds; 1 second to 1 hour
    struct duration max_delay_target; // default 20 seconds; 1 second to 1 hour
    struct count num_retries;         // default 3; at most 100
    struct count num_no_delay_retries;
    struct count num_min_delay_retries;
    struct count num_max_delay_retries;
    const char *backoff_function; // "ARITHMETIC", "EXPONENTIAL", "GEOMETRIC", "LINEAR"; default: linear
    struct count max_receives_per_second; // default: not throttled
    const char *header_content_type;      // default "text/plain; charset=UTF-8"
};

struct sns_subscription_options {
    // At most 5 attributes and 150 combinations. An object from names to sns_..._filter.
    struct value *filter_policy;
    // Likewise for the message itself; names may also have objects of the same kind.
    struct value *filter_policy_with_message_body;
    struct sqs_queue *dead_letter_queue; // default: none
    bool raw_message_delivery;           // only to HTTP(S) and SQS
    bool json;                           // e-mail: the notification as JSON
    const char *protocol;                // "http" or "https": of a URL that is known only at deployment
    const struct sns_delivery_policy *delivery_policy; // only to HTTP(S)
};

// Who gets a topic's messages. `options` may be NULL; those that do not fit the kind are not looked at.
struct sns_subscriber;
struct sns_subscriber *sns_email_subscription(
    struct value *address, const struct sns_subscription_options *options);
struct sns_subscriber *sns_sms_subscription(
    struct value *phone_number, const struct sns_subscription_options *options);
struct sns_subscriber *sns_url_subscription(
    struct value *url, const struct sns_subscription_options *options);
struct sns_subscriber *sns_sqs_subscription(
    struct sqs_queue *queue, const struct sns_subscription_options *options);
struct sns_subscriber *sns_lambda_subscription(
    struct lambda_function *function, const struct sns_subscription_options *options);

struct sns_subscription {
    struct construct *node;
    struct resource *resource;
    struct value *subscription_arn;
};
struct sns_subscription *sns_topic_add_subscription(
    struct sns_topic *topic, const struct sns_subscriber *subscriber);

#endif
