// SPDX-License-Identifier: MIT
#include "diagram/structure.h"

#include "data/value.h"
#include "util/array.h"

#include <string.h>

// What properties connect, type by type. `from` and `to` are paths; NULL is the resource itself. At most one
// of them goes through lists. The label is `words`, or what is at `label` beside the far end.

struct connection {
    const char *type;
    const char *from, *to;
    enum diagram_relation relation;
    const char *words, *label;
};

static const char dead_letters[] = "dead letters";

static const struct connection connections[] = {
    { "AWS::ApiGateway::Method", "RestApiId", "Integration.Uri", DIAGRAM_TRAFFIC, NULL, NULL },
    { "AWS::ApiGatewayV2::Integration", "ApiId", "IntegrationUri", DIAGRAM_TRAFFIC, NULL, NULL },
    { "AWS::AppSync::DataSource", "ApiId", "LambdaConfig.LambdaFunctionArn", DIAGRAM_TRAFFIC, NULL, NULL },
    { "AWS::CloudFront::Distribution", NULL,
        "DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations[].LambdaFunctionARN",
        DIAGRAM_EVENT, NULL, "EventType" },
    { "AWS::CloudFront::Distribution", NULL,
        "DistributionConfig.CacheBehaviors[].LambdaFunctionAssociations[].LambdaFunctionARN", DIAGRAM_EVENT,
        NULL, "EventType" },
    { "AWS::CloudWatch::Alarm", NULL, "AlarmActions[]", DIAGRAM_EVENT, "alarm", NULL },
    { "AWS::CloudWatch::Alarm", NULL, "OKActions[]", DIAGRAM_EVENT, "OK", NULL },
    { "AWS::CloudWatch::Alarm", NULL, "InsufficientDataActions[]", DIAGRAM_EVENT, "no data", NULL },
    { "AWS::CloudWatch::CompositeAlarm", NULL, "AlarmActions[]", DIAGRAM_EVENT, "alarm", NULL },
    { "AWS::CloudWatch::CompositeAlarm", NULL, "OKActions[]", DIAGRAM_EVENT, "OK", NULL },
    { "AWS::CloudWatch::CompositeAlarm", NULL, "InsufficientDataActions[]", DIAGRAM_EVENT, "no data", NULL },
    { "AWS::Events::Rule", "EventBusName", NULL, DIAGRAM_EVENT, NULL, NULL },
    { "AWS::Events::Rule", NULL, "Targets[].Arn", DIAGRAM_EVENT, NULL, NULL },
    { "AWS::Events::Rule", NULL, "Targets[].DeadLetterConfig.Arn", DIAGRAM_EVENT, dead_letters, NULL },
    { "AWS::KinesisFirehose::DeliveryStream", "KinesisStreamSourceConfiguration.KinesisStreamARN", NULL,
        DIAGRAM_EVENT, NULL, NULL },
    { "AWS::KinesisFirehose::DeliveryStream", NULL, "S3DestinationConfiguration.BucketARN", DIAGRAM_EVENT,
        NULL, NULL },
    { "AWS::KinesisFirehose::DeliveryStream", NULL, "ExtendedS3DestinationConfiguration.BucketARN",
        DIAGRAM_EVENT, NULL, NULL },
    { "AWS::Lambda::EventInvokeConfig", "FunctionName", "DestinationConfig.OnFailure.Destination",
        DIAGRAM_EVENT, "on failure", NULL },
    { "AWS::Lambda::EventInvokeConfig", "FunctionName", "DestinationConfig.OnSuccess.Destination",
        DIAGRAM_EVENT, "on success", NULL },
    { "AWS::Lambda::EventSourceMapping", "EventSourceArn", "FunctionName", DIAGRAM_EVENT, NULL, NULL },
    { "AWS::Lambda::EventSourceMapping", "FunctionName", "DestinationConfig.OnFailure.Destination",
        DIAGRAM_EVENT, "on failure", NULL },
    { "AWS::Lambda::Function", NULL, "DeadLetterConfig.TargetArn", DIAGRAM_EVENT, dead_letters, NULL },
    { "AWS::Logs::SubscriptionFilter", "LogGroupName", "DestinationArn", DIAGRAM_EVENT, "logs", NULL },
    { "AWS::Pipes::Pipe", "Source", NULL, DIAGRAM_EVENT, NULL, NULL },
    { "AWS::Pipes::Pipe", NULL, "Enrichment", DIAGRAM_EVENT, "enrichment", NULL },
    { "AWS::Pipes::Pipe", NULL, "Target", DIAGRAM_EVENT, NULL, NULL },
    { "AWS::S3::Bucket", NULL, "NotificationConfiguration.LambdaConfigurations[].Function", DIAGRAM_EVENT,
        NULL, "Event" },
    { "AWS::S3::Bucket", NULL, "NotificationConfiguration.QueueConfigurations[].Queue", DIAGRAM_EVENT, NULL,
        "Event" },
    { "AWS::S3::Bucket", NULL, "NotificationConfiguration.TopicConfigurations[].Topic", DIAGRAM_EVENT, NULL,
        "Event" },
    { "AWS::S3::Bucket", NULL, "ReplicationConfiguration.Rules[].Destination.Bucket", DIAGRAM_EVENT,
        "replication", NULL },
    { "AWS::SNS::Subscription", "TopicArn", "Endpoint", DIAGRAM_EVENT, NULL, NULL },
    { "AWS::SNS::Subscription", "TopicArn", "RedrivePolicy.deadLetterTargetArn", DIAGRAM_EVENT, dead_letters,
        NULL },
    { "AWS::SNS::Topic", NULL, "Subscription[].Endpoint", DIAGRAM_EVENT, NULL, NULL },
    { "AWS::SQS::Queue", NULL, "RedrivePolicy.deadLetterTargetArn", DIAGRAM_EVENT, dead_letters, NULL },
    { "AWS::Scheduler::Schedule", NULL, "Target.Arn", DIAGRAM_EVENT, NULL, NULL },
    { "AWS::Scheduler::Schedule", NULL, "Target.DeadLetterConfig.Arn", DIAGRAM_EVENT, dead_letters, NULL },
    // The CDK's custom resource.
    { "Custom::S3BucketNotifications", "BucketName",
        "NotificationConfiguration.LambdaFunctionConfigurations[].LambdaFunctionArn", DIAGRAM_EVENT, NULL,
        "Events" },
    { "Custom::S3BucketNotifications", "BucketName",
        "NotificationConfiguration.QueueConfigurations[].QueueArn", DIAGRAM_EVENT, NULL, "Events" },
    { "Custom::S3BucketNotifications", "BucketName",
        "NotificationConfiguration.TopicConfigurations[].TopicArn", DIAGRAM_EVENT, NULL, "Events" },
};

struct connecting {
    struct structure *structure;
    const struct diagram_resource *resource;
    const struct connection *connection;
    struct index_list from;
};

static struct index_list ends_at(
    struct structure *structure, const struct diagram_resource *resource, const struct value *value)
{
    return resources_in(structure, resource->stack, value);
}

static struct index_list self(const struct structure *structure, const struct diagram_resource *resource)
{
    struct index_list list = { 0 };

    index_list_add(&list, (size_t)(resource - structure->resources));
    return list;
}

// Also the first of several: S3's "Events".
static const char *label_of(const struct connection *connection, const struct value *parent)
{
    const struct value *value;

    if (connection->words || !connection->label)
        return connection->words ? connection->words : "";
    value = object_get(parent, connection->label);
    return value_string_or_empty(value_type(value) == VALUE_ARRAY ? array_at(value, 0) : value);
}

static void connect_lists(const struct connecting *connecting, const struct index_list *to, const char *label)
{
    struct structure *structure = connecting->structure;

    for (size_t i = 0; i < connecting->from.count; i++)
        for (size_t j = 0; j < to->count; j++)
            connect_resources(structure, &structure->resources[connecting->from.items[i]],
                &structure->resources[to->items[j]], connecting->connection->relation, label);
}

static void found_far_end(void *data, const struct value *value, const struct value *parent)
{
    const struct connecting *connecting = data;
    struct index_list to = ends_at(connecting->structure, connecting->resource, value);

    connect_lists(connecting, &to, label_of(connecting->connection, parent));
}

static void connect_by(
    struct structure *structure, const struct diagram_resource *resource, const struct connection *row)
{
    struct connecting connecting = { .structure = structure, .resource = resource, .connection = row };
    struct index_list own = self(structure, resource);

    connecting.from =
        row->from ? ends_at(structure, resource, value_at(resource->properties, row->from)) : own;
    if (row->to)
        each_value_at(resource->properties, row->to, found_far_end, &connecting);
    else
        connect_lists(&connecting, &own, label_of(row, NULL));
}

// Origins of a distribution, by the paths that go to them.

struct origin_search {
    struct structure *structure;
    const struct diagram_resource *distribution;
    const char *id; // of the origin
    struct index_list resources;
};

static void found_behavior(void *data, const struct value *target, const struct value *behavior)
{
    const struct origin_search *search = data;
    const char *path = object_string(behavior, "PathPattern");

    if (strcmp(value_string_or_empty(target), search->id) != 0)
        return;
    for (size_t i = 0; i < search->resources.count; i++)
        connect_resources(search->structure, search->distribution,
            &search->structure->resources[search->resources.items[i]], DIAGRAM_TRAFFIC, path ? path : "");
}

static void found_origin(void *data, const struct value *domain, const struct value *origin)
{
    struct origin_search search = *(const struct origin_search *)data;

    search.id = object_string_or_empty(origin, "Id");
    search.resources = ends_at(search.structure, search.distribution, domain);
    for (size_t i = 0; i < search.resources.count; i++)
        connect_resources(search.structure, search.distribution,
            &search.structure->resources[search.resources.items[i]], DIAGRAM_TRAFFIC, "");
    each_value_at(search.distribution->properties, "DistributionConfig.DefaultCacheBehavior.TargetOriginId",
        found_behavior, &search);
    each_value_at(search.distribution->properties, "DistributionConfig.CacheBehaviors[].TargetOriginId",
        found_behavior, &search);
}

static void connect_origins(struct structure *structure, const struct diagram_resource *distribution)
{
    struct origin_search search = { .structure = structure, .distribution = distribution };

    each_value_at(distribution->properties, "DistributionConfig.Origins[].DomainName", found_origin, &search);
}

// What everybody can call, by what it is.
static void connect_internet(struct structure *structure, const struct diagram_resource *resource)
{
    static const char *const types[] = { "AWS::CloudFront::Distribution", "AWS::ApiGateway::RestApi",
        "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi", "AWS::Lambda::Url" };
    const char *endpoint =
        value_string(array_at(value_at(resource->properties, "EndpointConfiguration.Types"), 0));

    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        if (strcmp(resource->type, types[i]) == 0 && (!endpoint || strcmp(endpoint, "PRIVATE") != 0))
            connect_outside(structure, "Internet", "", resource, true, DIAGRAM_TRAFFIC, "443");
}

// Those of a topic that are no resources: addresses stay out of the picture.
static void connect_subscriber(
    struct structure *structure, const struct diagram_resource *resource, const struct value *subscription)
{
    const char *protocol = object_string(subscription, "Protocol");
    struct index_list endpoint = ends_at(structure, resource, object_get(subscription, "Endpoint"));

    if (protocol && !endpoint.count)
        connect_outside(structure, protocol, "subscribers", resource, false, DIAGRAM_EVENT, "");
}

static void connect_subscribers(struct structure *structure, const struct diagram_resource *resource)
{
    const struct value *inside = object_get(resource->properties, "Subscription");

    if (strcmp(resource->type, "AWS::SNS::Subscription") == 0)
        connect_subscriber(structure, resource, resource->properties);
    if (strcmp(resource->type, "AWS::SNS::Topic") == 0 && value_type(inside) == VALUE_ARRAY)
        for (size_t i = 0; i < value_length(inside); i++)
            connect_subscriber(structure, resource, array_at(inside, i));
}

void find_connections(struct structure *structure)
{
    for (size_t i = 0; i < structure->resource_count; i++) {
        const struct diagram_resource *resource = &structure->resources[i];

        for (size_t row = 0; row < ARRAY_SIZE(connections); row++)
            if (strcmp(connections[row].type, resource->type) == 0)
                connect_by(structure, resource, &connections[row]);
        if (strcmp(resource->type, "AWS::CloudFront::Distribution") == 0)
            connect_origins(structure, resource);
        connect_internet(structure, resource);
        connect_subscribers(structure, resource);
    }
}
