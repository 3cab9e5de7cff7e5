// SPDX-License-Identifier: MIT
// What CloudFormation takes and nothing ever happens with: alarms on metrics that there are not, dead letters
// that go nowhere, log groups that nobody writes to.
#include "util/arena.h"
#include "util/array.h"
#include "util/text/suggest.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/rules/functions.h"

#include <string.h>

#define METRICS_DAY "2026-05-20"

// The metrics and dimensions of services, as of METRICS_DAY: "Available CloudWatch metrics for Amazon SQS",
// "Types of metrics for Lambda functions", "Monitoring Amazon SNS topics using CloudWatch", "Amazon ECS
// service utilization metrics" and "Service Connect metrics". Services that are not here are not judged.
static const struct namespace
{
    const char *name;
    const char *const *metrics;    // ends with NULL
    const char *const *dimensions; // ends with NULL
}
namespaces[] = {
    { "AWS/ECS",
        (const char *const[]){ "ActiveConnectionCount", "CPUReservation", "CPUUtilization",
            "ClientTLSNegotiationErrorCount", "EBSFilesystemUtilization", "GPUReservation",
            "GrpcRequestCount", "HTTPCode_Target_2XX_Count", "HTTPCode_Target_3XX_Count",
            "HTTPCode_Target_4XX_Count", "HTTPCode_Target_5XX_Count", "MemoryReservation",
            "MemoryUtilization", "NewConnectionCount", "ProcessedBytes", "RequestCount",
            "RequestCountPerTarget", "TargetProcessedBytes", "TargetResponseTime",
            "TargetTLSNegotiationErrorCount", NULL },
        (const char *const[]){ "ClusterName", "DiscoveryName", "ServiceName", "TargetDiscoveryName", NULL } },
    { "AWS/Lambda",
        (const char *const[]){ "AsyncEventAge", "AsyncEventsDropped", "AsyncEventsReceived",
            "ClaimedAccountConcurrency", "CommittedEventCount", "ConcurrentExecutions", "DeadLetterErrors",
            "DeletedEventCount", "DestinationDeliveryFailures", "DroppedEventCount", "Duration", "Errors",
            "EventPollerThroughputInKBps", "EventPollerUnit", "FailedInvokeEventCount",
            "FilteredOutEventCount", "Invocations", "InvokedEventCount", "IteratorAge", "OffsetLag",
            "OnFailureDestinationDeliveredEventCount", "OversizedRecordCount", "PolledEventCount",
            "PostRuntimeExtensionsDuration", "ProvisionedConcurrencyInvocations",
            "ProvisionedConcurrencySpilloverInvocations", "ProvisionedConcurrencyUtilization",
            "ProvisionedConcurrentExecutions", "ProvisionedPollers", "RecursiveInvocationsDropped",
            "SignatureValidationErrors", "Throttles", "UnreservedConcurrentExecutions", "Url4xxCount",
            "Url5xxCount", "UrlRequestCount", "UrlRequestLatency", NULL },
        (const char *const[]){
            "EventSourceMappingUUID", "ExecutedVersion", "FunctionName", "Resource", NULL } },
    { "AWS/SNS",
        (const char *const[]){ "NumberOfMessagesPublished", "NumberOfNotificationsDelivered",
            "NumberOfNotificationsFailed", "NumberOfNotificationsFailedToRedriveToDlq",
            "NumberOfNotificationsFilteredOut", "NumberOfNotificationsFilteredOut-InvalidAttributes",
            "NumberOfNotificationsFilteredOut-InvalidMessageBody",
            "NumberOfNotificationsFilteredOut-MessageAttributes",
            "NumberOfNotificationsFilteredOut-MessageBody",
            "NumberOfNotificationsFilteredOut-NoMessageAttributes", "NumberOfNotificationsRedrivenToDlq",
            "PublishSize", "SMSMonthToDateSpentUSD", "SMSSuccessRate", NULL },
        (const char *const[]){
            "Application", "Country", "PhoneNumber", "Platform", "SMSType", "TopicName", NULL } },
    { "AWS/SQS",
        (const char *const[]){ "ApproximateAgeOfOldestMessage", "ApproximateAgeOfOldestMessageInQuietGroups",
            "ApproximateNumberOfGroupsWithInflightMessages", "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesDelayedInQuietGroups", "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesNotVisibleInQuietGroups", "ApproximateNumberOfMessagesVisible",
            "ApproximateNumberOfMessagesVisibleInQuietGroups", "ApproximateNumberOfNoisyGroups",
            "NumberOfDeduplicatedSentMessages", "NumberOfEmptyReceives", "NumberOfMessagesDeleted",
            "NumberOfMessagesReceived", "NumberOfMessagesSent", "SentMessageSize", NULL },
        (const char *const[]){ "QueueName", NULL } },
};

static const struct namespace *find_namespace(const char *name)
{
    for (size_t i = 0; name && i < ARRAY_SIZE(namespaces); i++)
        if (strcmp(namespaces[i].name, name) == 0)
            return &namespaces[i];
    return NULL;
}

static void check_name(
    struct validator *validator, const struct node *node, const struct namespace *namespace, bool is_metric)
{
    const char *const *names = is_metric ? namespace->metrics : namespace->dimensions;
    const char *what = is_metric ? "metric" : "dimension", *name = node_string(node);
    struct suggestion suggestion = SUGGESTION_FOR(name ? name : "");

    for (size_t i = 0; name && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return;
    for (size_t i = 0; name && names[i]; i++)
        suggestion_consider(&suggestion, names[i]);
    if (name && suggestion.best)
        report(validator, "T3012", node, "%s has no %s '%s' (as of " METRICS_DAY "); did you mean '%s'?",
            namespace->name, what, name, suggestion.best);
    else if (name)
        report(validator, "T3012", node, "%s has no %s '%s' (as of " METRICS_DAY ")", namespace->name, what,
            name);
}

static void check_dimension(struct judge *judge, const struct node *node, void *data)
{
    check_name(judge->validator, node, data, false);
}

// An object with Namespace, MetricName and Dimensions.
static void check_metric(struct judge *judge, const struct node *metric, void *data)
{
    const struct namespace *namespace = find_namespace(object_string(metric->value, "Namespace"));
    struct node name = node_get(metric, "MetricName");

    (void)data;
    if (!namespace)
        return;
    check_name(judge->validator, &name, namespace, true);
    judge_each_at(judge, metric, "Dimensions/*/Name", check_dimension, (void *)namespace);
}

static void check_alarm(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties", check_metric, NULL);
    validator_each_at(validator, node, "Properties/Metrics/*/MetricStat/Metric", check_metric, NULL);
}

// Dead letters.

static const struct {
    const char *type, *place;
    bool takes_topics, refuses_fifo;
} dead_letters[] = {
    { "AWS::SQS::Queue", "RedrivePolicy/deadLetterTargetArn", false, false },
    { "AWS::SNS::Subscription", "RedrivePolicy/deadLetterTargetArn", false, false },
    { "AWS::Lambda::Function", "DeadLetterConfig/TargetArn", true, true },
    { "AWS::Events::Rule", "Targets/*/DeadLetterConfig/Arn", false, true },
    { "AWS::Scheduler::Schedule", "Target/DeadLetterConfig/Arn", false, true },
};

static bool is_fifo(const struct template_resource *queue)
{
    return value_boolean(object_get(queue->properties.value, "FifoQueue"));
}

static void check_target(struct judge *judge, const struct node *node, void *data)
{
    const struct template_resource *target = referred_resource(judge->validator, node);
    size_t row = *(const size_t *)data;
    bool is_queue;

    // What a stack or a resource of one's own gives is only known later.
    if (!target || strncmp(target->type, "AWS::", 5) != 0 ||
        strncmp(target->type, "AWS::CloudFormation::", 21) == 0 ||
        strncmp(target->type, "AWS::Serverless::", 17) == 0)
        return;
    is_queue = strcmp(target->type, "AWS::SQS::Queue") == 0;
    if (!is_queue && !(dead_letters[row].takes_topics && strcmp(target->type, "AWS::SNS::Topic") == 0))
        report(judge->validator, "T3014", node, "'%s' is a %s and takes no dead letters", target->id,
            target->type);
    else if (is_queue && dead_letters[row].refuses_fifo && is_fifo(target))
        report(judge->validator, "T3014", node, "'%s' is a FIFO queue, which takes no dead letters here",
            target->id);
}

static void check_dead_letters(struct validator *validator, const struct node *node)
{
    const struct template_resource *resource = node_resource(validator, node);

    for (size_t i = 0; i < ARRAY_SIZE(dead_letters); i++)
        if (strcmp(dead_letters[i].type, resource->type) == 0)
            validator_each_at(validator, &resource->properties, dead_letters[i].place, check_target, &i);
}

// Log groups.

static const char group_start[] = "/aws/lambda/";

// A name that is nearly that of a function, when all functions have names that are known.
static void check_literal_group(struct validator *validator, const struct node *node, const char *name)
{
    struct suggestion suggestion = SUGGESTION_STRICT(name);

    for (size_t i = 0; i < validator_resource_count(validator); i++) {
        const struct template_resource *resource = validator_resource_at(validator, i);
        const char *other = object_string(resource->properties.value, "FunctionName");

        if (strcmp(resource->type, "AWS::Lambda::Function") != 0)
            continue;
        if (!other || strcmp(other, name) == 0)
            return;
        suggestion_consider(&suggestion, other);
    }
    if (suggestion.best)
        report(validator, "T3013", node, "no function writes to '%s%s': there is one named '%s'", group_start,
            name, suggestion.best);
}

static void check_group_of(struct validator *validator, const struct node *node, const char *id)
{
    const struct template_resource *resource = id ? validator_resource(validator, id) : NULL;

    if (resource && strncmp(resource->type, "AWS::", 5) == 0 &&
        strcmp(resource->type, "AWS::Lambda::Function") != 0 &&
        strcmp(resource->type, "AWS::Serverless::Function") != 0 &&
        strcmp(resource->type, "AWS::CloudFormation::CustomResource") != 0)
        report(validator, "T3013", node, "'%s' is a %s and no function, so that none writes to the log group",
            id, resource->type);
}

static void check_group_name(struct judge *judge, const struct node *node, void *data)
{
    struct node argument = node_argument(node), first = node_at(&argument, 0), parts = node_at(&argument, 1),
                start = node_at(&parts, 0), second = node_at(&parts, 1), reference = node_argument(&second);
    const char *text = node_string(node), *rest;

    (void)data;
    if (text && strncmp(text, group_start, strlen(group_start)) == 0)
        check_literal_group(judge->validator, node, text + strlen(group_start));
    text = node_string(&argument);
    if (node_is_function(node, "Fn::Sub") && text && strncmp(text, "/aws/lambda/${", 14) == 0)
        check_group_of(judge->validator, &argument, sub_next_variable(text, &rest));
    if (node_is_function(node, "Fn::Join") && node_string(&first) && !*node_string(&first) &&
        node_string(&start) && strcmp(node_string(&start), group_start) == 0 &&
        node_is_function(&second, "Ref"))
        check_group_of(judge->validator, &second, node_string(&reference));
}

static void check_log_group(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties/LogGroupName", check_group_name, NULL);
}

const struct rule metric_rules[] = {
    { "T3012", SEVERITY_WARNING, "an alarm watches a metric or dimension that the service does not have",
        "The alarm has no data, and never sounds.", "Name a metric of the namespace.",
        "Metrics of Amazon SQS, Lambda, Amazon SNS and Amazon ECS in their guides, as of the day in the message",
        .scope = RULE_RESOURCE, .subject = "AWS::CloudWatch::Alarm", .check = check_alarm },
    { "T3013", SEVERITY_WARNING, "a log group is that of no function",
        "The function makes a group of its own, without retention and encryption.",
        "Name it /aws/lambda/ and the name of the function.",
        "Lambda Developer Guide: sending function logs to CloudWatch Logs", .scope = RULE_RESOURCE,
        .subject = "AWS::Logs::LogGroup", .check = check_log_group },
    { "T3014", SEVERITY_ERROR, "dead letters go to something that does not take them",
        "AWS refuses it, so the stack is rolled back.",
        "Name a queue, and a standard one unless the source is FIFO.",
        "Amazon SQS, Amazon SNS, Lambda, EventBridge and Scheduler guides: dead-letter queues",
        .scope = RULE_RESOURCE, .check = check_dead_letters },
    RULES_END,
};
