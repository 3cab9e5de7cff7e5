// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"
#include "cdk/arn.h"

#include <string.h>

// Limits of SNS (CreateTopic in the API reference).
enum { DISPLAY_NAME_LIMIT = 100, RETENTION_LIMIT = 365, GENERATED_NAME_LIMIT = 251, SAMPLE_LIMIT = 100 };

static const char *const throughput_scopes[] = { NULL, "Topic", "MessageGroup" };
static const char *const tracing_configs[] = { NULL, "PassThrough", "Active" };
static const char fifo_suffix[] = ".fifo";

static bool has_fifo_suffix(const char *name)
{
    size_t length;

    if (!name)
        return false;
    length = strlen(name);
    return length >= strlen(fifo_suffix) && strcmp(name + length - strlen(fifo_suffix), fifo_suffix) == 0;
}

static void check_fifo(struct construct *node, const struct sns_topic_props *props)
{
    int retention = props->message_retention_period_in_days;

    if (props->content_based_deduplication && !props->fifo)
        diag_error(node, "only a FIFO topic can have content based deduplication");
    if (retention && !props->fifo)
        diag_error(node, "only a FIFO topic can keep its messages");
    if (props->fifo_throughput_scope && !props->fifo)
        diag_error(node, "only a FIFO topic can have a FIFO throughput scope");
    if (retention < 0 || retention > RETENTION_LIMIT)
        diag_error(
            node, "the topic keeps its messages for %d days; it must be 1 to %d", retention, RETENTION_LIMIT);
}

static void check(struct construct *node, const struct sns_topic_props *props)
{
    const char *display_name = value_string(props->display_name);
    const char *version = props->signature_version;

    check_fifo(node, props);
    if (version && strcmp(version, "1") != 0 && strcmp(version, "2") != 0)
        diag_error(node, "the topic's signature version is '%s'; it must be '1' or '2'", version);
    if (display_name && strlen(display_name) > DISPLAY_NAME_LIMIT)
        diag_error(node, "the topic's display name '%s' is longer than %d characters", display_name,
            DISPLAY_NAME_LIMIT);
}

static struct value *topic_name(struct construct *node, const struct sns_topic_props *props)
{
    const struct unique_resource_name_options options = {
        .max_length = GENERATED_NAME_LIMIT,
        .separator = "-",
    };

    if (!props->fifo || has_fifo_suffix(value_string(props->topic_name)))
        return props->topic_name;
    if (!props->topic_name)
        return stringf("%s%s", names_unique_resource_name(node, &options), fifo_suffix);
    return concatf("%v%s", props->topic_name, fifo_suffix);
}

static struct value *archive_policy(const struct sns_topic_props *props)
{
    if (!props->message_retention_period_in_days)
        return NULL;
    return object((struct field[]){
        { "MessageRetentionPeriod", number(props->message_retention_period_in_days) },
        END,
    });
}

static struct value *sample_rate(struct construct *node, struct count rate)
{
    if (!rate.given)
        return NULL;
    if (rate.number < 0 || rate.number > SAMPLE_LIMIT || rate.number != (int)rate.number)
        diag_error(node,
            "the topic's success feedback sample rate is %g; it must be a whole number from 0 to %d",
            rate.number, SAMPLE_LIMIT);
    return stringf("%g", rate.number);
}

static struct value *role_arn(const struct iam_role *role)
{
    return role ? role->role_arn : NULL;
}

static struct value *delivery_status_logging(struct construct *node, const struct sns_logging_config *config)
{
    struct value *list = array();

    for (; config && config->protocol; config++)
        array_append(list,
            object((struct field[]){
                { "FailureFeedbackRoleArn", role_arn(config->failure_feedback_role) },
                { "Protocol", string(config->protocol) },
                { "SuccessFeedbackRoleArn", role_arn(config->success_feedback_role) },
                { "SuccessFeedbackSampleRate", sample_rate(node, config->success_feedback_sample_rate) },
                END,
            }));
    return omit_empty(list);
}

static struct value *topic_properties(struct construct *node, const struct sns_topic_props *p)
{
    return object((struct field[]){
        { "ArchivePolicy", archive_policy(p) },
        { "ContentBasedDeduplication", p->content_based_deduplication ? boolean(true) : NULL },
        { "DeliveryStatusLogging", delivery_status_logging(node, p->logging_configs) },
        { "DisplayName", p->display_name },
        { "FifoThroughputScope", string(throughput_scopes[p->fifo_throughput_scope]) },
        { "FifoTopic", p->fifo ? boolean(true) : NULL },
        { "KmsMasterKeyId", p->master_key ? p->master_key->key_arn : NULL },
        { "SignatureVersion", string(p->signature_version) },
        { "TopicName", topic_name(node, p) },
        { "TracingConfig", string(tracing_configs[p->tracing_config]) },
        END,
    });
}

static struct sns_topic *allocate(struct construct *node, struct value *account)
{
    struct sns_topic *topic = arena_alloc(construct_arena(node), sizeof(*topic));

    topic->node = node;
    topic->state = arena_alloc(construct_arena(node), sizeof(*topic->state));
    topic->state->account = account;
    return topic;
}

static void set_attributes(struct sns_topic *topic, struct value *name)
{
    const char *known = value_string(name);
    const struct arn_parts parts = { .service = "sns", .resource = known, .format = ARN_NO_RESOURCE_NAME };
    struct value *arn = known ? stack_format_arn(construct_stack(topic->node), &parts) : NULL;

    topic->topic_arn = across_environments(ref(topic->resource), arn);
    topic->topic_name = across_environments(get_att(topic->resource, "TopicName"), value_if_literal(name));
}

static void deny_without_tls(struct sns_topic *topic)
{
    const struct field insecure[] = { { "aws:SecureTransport", string("false") }, END };

    sns_topic_add_to_resource_policy(topic,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "AllowPublishThroughSSLOnly",
            .effect = IAM_DENY,
            .actions = (const char *[]){ "sns:Publish", NULL },
            .resources = (struct value *[]){ topic->topic_arn, NULL },
            .principals = (struct iam_principal *[]){ iam_star_principal(), NULL },
            .conditions = object((struct field[]){ { "Bool", object(insecure) }, END }),
        }));
}

struct sns_topic *sns_topic_new(struct construct *scope, const char *id, const struct sns_topic_props *props)
{
    struct construct *node = construct_new(scope, id, "sns.Topic");
    struct sns_topic *topic = allocate(node, construct_stack(node)->account);

    check(node, props);
    topic->fifo = props->fifo;
    topic->master_key = props->master_key;
    topic->resource = resource_new(node, "Resource", "AWS::SNS::Topic", topic_properties(node, props));
    set_attributes(topic, props->topic_name);
    if (props->enforce_ssl)
        deny_without_tls(topic);
    return topic;
}

struct sns_topic *sns_topic_import(
    struct construct *scope, const char *id, const struct sns_topic_import *attributes)
{
    struct arn parts = arn_split(scope, attributes->topic_arn, ARN_NO_RESOURCE_NAME);
    struct construct *node = construct_new(scope, id, "sns.TopicBase");
    struct sns_topic *topic = allocate(node, parts.account);

    topic->topic_arn = attributes->topic_arn;
    topic->topic_name = parts.resource;
    topic->fifo = has_fifo_suffix(value_string(parts.resource));
    if (attributes->content_based_deduplication && !topic->fifo)
        diag_error(node, "only a FIFO topic can have content based deduplication");
    if (attributes->key_arn)
        topic->master_key = kms_key_from_arn(node, "Key", attributes->key_arn);
    return topic;
}

struct sns_topic *sns_topic_from_arn(struct construct *scope, const char *id, struct value *topic_arn)
{
    return sns_topic_import(scope, id, &(struct sns_topic_import){ .topic_arn = topic_arn });
}
