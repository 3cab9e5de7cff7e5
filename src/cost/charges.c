// SPDX-License-Identifier: MIT
#include "cost/charges.h"

#include "data/value.h"
#include "template/references.h"
#include "template/template.h"
#include "util/arena.h"
#include "util/array.h"

#include <stdlib.h>
#include <string.h>

enum { MONTH_HOURS = 730, PROXY_LEAST_ACU = 8, UNITS_A_VCPU = 1024, MEGABYTES = 1024 };

const struct price prices[PRICE_COUNT] = {
#define PRICE(id, unit, dollars, per, page) [PRICE_##id] = { unit, dollars, per, page },
#include "cost/prices.def"
#undef PRICE
};

// Properties.

static const struct value *property(const struct cost_subject *subject, const char *name)
{
    return object_get(subject->properties, name);
}

static bool property_is(const struct cost_subject *subject, const char *name, const char *text)
{
    return strcmp(object_string_or_empty(subject->properties, name), text) == 0;
}

// Counts as nothing what only the deployment knows.
static double number_of(
    const struct cost_subject *subject, const struct value *value, const char *what, double otherwise)
{
    char *end;
    double number;

    if (!value)
        return otherwise;
    if (value_type(value) == VALUE_NUMBER)
        return value_number(value);
    number = strtod(value_string_or_empty(value), &end);
    if (value_string(value) && *value_string(value) && !*end)
        return number;
    string_list_add(&subject->cost->open, value_arena(),
        arena_printf(value_arena(), "%s/%s: %s", subject->template->name, subject->id, what));
    return 0;
}

struct type_search {
    const struct value *resources;
    const char *type;
    const struct value *found;
};

static void look(void *data, const struct template_reference *reference)
{
    struct type_search *search = data;
    const struct value *resource = reference->id ? object_get(search->resources, reference->id) : NULL;

    if (!search->found && resource && strcmp(object_string_or_empty(resource, "Type"), search->type) == 0)
        search->found = resource;
}

// The resource of this type that a value refers to; NULL: there is none in the template.
static const struct value *referenced(
    const struct cost_subject *subject, const struct value *value, const char *type)
{
    struct type_search search = { template_resources(subject->template->template), type, NULL };

    if (value)
        template_each_reference(value, look, &search);
    return search.found;
}

static bool refers_to(const struct cost_subject *subject, const struct value *value, const char *id)
{
    const struct value *resource = object_get(template_resources(subject->template->template), id);

    return referenced(subject, value, object_string_or_empty(resource, "Type")) == resource;
}

// Quantities.

static double one(const struct cost_subject *subject)
{
    (void)subject;
    return 1;
}

static double month(const struct cost_subject *subject)
{
    (void)subject;
    return MONTH_HOURS;
}

static double subnets(const struct cost_subject *subject, const char *name)
{
    const struct value *list = property(subject, name);

    return list && value_type(list) == VALUE_ARRAY ? (double)value_length(list) : 1;
}

static double interface_hours(const struct cost_subject *subject)
{
    return property_is(subject, "VpcEndpointType", "Interface") ? MONTH_HOURS * subnets(subject, "SubnetIds")
                                                                : 0;
}

static double is_interface(const struct cost_subject *subject)
{
    return property_is(subject, "VpcEndpointType", "Interface");
}

// An address a zone, unless the balancer is internal.
static double balancer_addresses(const struct cost_subject *subject)
{
    return property_is(subject, "Scheme", "internal") ? 0 : MONTH_HOURS * subnets(subject, "Subnets");
}

static const struct value *task_of(const struct cost_subject *subject)
{
    return object_get(
        referenced(subject, property(subject, "TaskDefinition"), "AWS::ECS::TaskDefinition"), "Properties");
}

// The fewest that scaling leaves, else what the service asks for.
static double task_count(const struct cost_subject *subject)
{
    const struct value *resources = template_resources(subject->template->template);

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = object_at(resources, i)->value;
        const struct value *properties = object_get(resource, "Properties");

        if (strcmp(object_string_or_empty(resource, "Type"), "AWS::ApplicationAutoScaling::ScalableTarget") ==
                0 &&
            refers_to(subject, object_get(properties, "ResourceId"), subject->id))
            return number_of(subject, object_get(properties, "MinCapacity"), "MinCapacity of its scaling", 1);
    }
    return number_of(subject, property(subject, "DesiredCount"), "DesiredCount", 1);
}

static bool is_arm(const struct value *task)
{
    return strcmp(object_string_or_empty(object_get(task, "RuntimePlatform"), "CpuArchitecture"), "ARM64") ==
        0;
}

static double task_hours(const struct cost_subject *subject, bool arm, const char *size, double unit)
{
    const struct value *task = task_of(subject);

    if (!task || is_arm(task) != arm || property_is(subject, "LaunchType", "EC2"))
        return 0;
    return MONTH_HOURS * task_count(subject) * number_of(subject, object_get(task, size), size, 0) / unit;
}

static double vcpu_hours(const struct cost_subject *subject)
{
    return task_hours(subject, false, "Cpu", UNITS_A_VCPU);
}

static double memory_hours(const struct cost_subject *subject)
{
    return task_hours(subject, false, "Memory", MEGABYTES);
}

static double arm_vcpu_hours(const struct cost_subject *subject)
{
    return task_hours(subject, true, "Cpu", UNITS_A_VCPU);
}

static double arm_memory_hours(const struct cost_subject *subject)
{
    return task_hours(subject, true, "Memory", MEGABYTES);
}

static bool is_io_optimized(const struct value *cluster)
{
    return strcmp(object_string_or_empty(cluster, "StorageType"), "aurora-iopt1") == 0;
}

static double acu_hours(const struct cost_subject *subject, bool io_optimized)
{
    const struct value *cluster = object_get(
        referenced(subject, property(subject, "DBClusterIdentifier"), "AWS::RDS::DBCluster"), "Properties");

    if (!property_is(subject, "DBInstanceClass", "db.serverless") || is_io_optimized(cluster) != io_optimized)
        return 0;
    return MONTH_HOURS *
        number_of(subject, object_get(object_get(cluster, "ServerlessV2ScalingConfiguration"), "MinCapacity"),
            "MinCapacity of its cluster", 0);
}

static double standard_acu_hours(const struct cost_subject *subject)
{
    return acu_hours(subject, false);
}

static double optimized_acu_hours(const struct cost_subject *subject)
{
    return acu_hours(subject, true);
}

static double is_standard_storage(const struct cost_subject *subject)
{
    return !is_io_optimized(subject->properties);
}

static double is_optimized_storage(const struct cost_subject *subject)
{
    return is_io_optimized(subject->properties);
}

// What a small cluster costs; a larger one is charged for its ACUs.
static double proxy_hours(const struct cost_subject *subject)
{
    (void)subject;
    return MONTH_HOURS * PROXY_LEAST_ACU;
}

// An alarm on a band of anomalies has the metric and its two bounds.
static double alarm_metrics(const struct cost_subject *subject)
{
    const struct value *metrics = property(subject, "Metrics");
    double count = 0;

    for (size_t i = 0; metrics && value_type(metrics) == VALUE_ARRAY && i < value_length(metrics); i++)
        count += object_get(array_at(metrics, i), "MetricStat") ? 1 : 0;
    if (property(subject, "ThresholdMetricId"))
        return 3;
    return count > 0 ? count : 1;
}

static bool is_at_the_edge(const struct cost_subject *subject)
{
    const struct value *resources = template_resources(subject->template->template);

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct value *resource = object_at(resources, i)->value;
        const struct value *properties = object_get(resource, "Properties");
        const struct value *version;

        if (strcmp(object_string_or_empty(resource, "Type"), "AWS::CloudFront::Distribution") != 0)
            continue;
        version = object_get(referenced(subject, properties, "AWS::Lambda::Version"), "Properties");
        if (version && refers_to(subject, object_get(version, "FunctionName"), subject->id))
            return true;
    }
    return false;
}

static double is_in_region(const struct cost_subject *subject)
{
    return !is_at_the_edge(subject);
}

static double is_edge(const struct cost_subject *subject)
{
    return is_at_the_edge(subject);
}

// GB seconds of one millisecond.
static double millisecond(const struct cost_subject *subject)
{
    return number_of(subject, property(subject, "MemorySize"), "MemorySize", 128) / MEGABYTES / 1000;
}

static bool function_is_arm(const struct cost_subject *subject)
{
    return value_length(property(subject, "Architectures")) &&
        strcmp(value_string_or_empty(array_at(property(subject, "Architectures"), 0)), "arm64") == 0;
}

static double x86_millisecond(const struct cost_subject *subject)
{
    return is_at_the_edge(subject) || function_is_arm(subject) ? 0 : millisecond(subject);
}

static double arm_millisecond(const struct cost_subject *subject)
{
    return is_at_the_edge(subject) || !function_is_arm(subject) ? 0 : millisecond(subject);
}

static double edge_millisecond(const struct cost_subject *subject)
{
    return is_at_the_edge(subject) ? millisecond(subject) : 0;
}

static double rule_count(const struct cost_subject *subject)
{
    return (double)value_length(property(subject, "Rules"));
}

static const char requests[] = "requests";
static const char gigabytes[] = "gigabytes";
static const char stored[] = "gigabytes_stored";
static const char duration[] = "milliseconds";

const struct charge charges[] = {
    { "AWS::EC2::NatGateway", PRICE_NAT_HOUR, month, NULL, NULL },
    { "AWS::EC2::NatGateway", PRICE_NAT_GIGABYTE, one, gigabytes, NULL },
    { "AWS::EC2::EIP", PRICE_PUBLIC_IPV4_HOUR, month, NULL, NULL },
    { "AWS::EC2::VPCEndpoint", PRICE_ENDPOINT_HOUR, interface_hours, NULL, NULL },
    { "AWS::EC2::VPCEndpoint", PRICE_ENDPOINT_GIGABYTE, is_interface, gigabytes, NULL },
    { "AWS::EC2::FlowLog", PRICE_LOG_INGESTED, one, gigabytes, NULL },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", PRICE_LOAD_BALANCER_HOUR, month, NULL, NULL },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", PRICE_PUBLIC_IPV4_HOUR, balancer_addresses, NULL, NULL },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", PRICE_LOAD_BALANCER_UNIT_HOUR, one, "lcu_hours", NULL },
    { "AWS::ECS::Service", PRICE_FARGATE_VCPU_HOUR, vcpu_hours, NULL, NULL },
    { "AWS::ECS::Service", PRICE_FARGATE_GIGABYTE_HOUR, memory_hours, NULL, NULL },
    { "AWS::ECS::Service", PRICE_FARGATE_ARM_VCPU_HOUR, arm_vcpu_hours, NULL, NULL },
    { "AWS::ECS::Service", PRICE_FARGATE_ARM_GIGABYTE_HOUR, arm_memory_hours, NULL, NULL },
    { "AWS::RDS::DBInstance", PRICE_AURORA_ACU_HOUR, standard_acu_hours, NULL, NULL },
    { "AWS::RDS::DBInstance", PRICE_AURORA_ACU_HOUR_IO_OPTIMIZED, optimized_acu_hours, NULL, NULL },
    { "AWS::RDS::DBCluster", PRICE_AURORA_STORAGE, is_standard_storage, stored, NULL },
    { "AWS::RDS::DBCluster", PRICE_AURORA_STORAGE_IO_OPTIMIZED, is_optimized_storage, stored, NULL },
    { "AWS::RDS::DBCluster", PRICE_AURORA_IO, is_standard_storage, "io_requests", NULL },
    { "AWS::RDS::DBProxy", PRICE_PROXY_ACU_HOUR, proxy_hours, NULL, NULL },
    { "AWS::SecretsManager::Secret", PRICE_SECRET_MONTH, one, NULL, NULL },
    { "AWS::SecretsManager::Secret", PRICE_SECRET_CALL, one, requests, NULL },
    { "AWS::CloudWatch::Alarm", PRICE_ALARM_METRIC, alarm_metrics, NULL, NULL },
    { "AWS::CloudWatch::CompositeAlarm", PRICE_COMPOSITE_ALARM, one, NULL, NULL },
    { "AWS::CloudWatch::Dashboard", PRICE_DASHBOARD, one, NULL, NULL },
    { "AWS::Logs::LogGroup", PRICE_LOG_INGESTED, one, gigabytes, NULL },
    { "AWS::Logs::LogGroup", PRICE_LOG_STORED, one, stored, NULL },
    { "AWS::S3::Bucket", PRICE_S3_STORED, one, stored, NULL },
    { "AWS::S3::Bucket", PRICE_S3_WRITE, one, "writes", NULL },
    { "AWS::S3::Bucket", PRICE_S3_READ, one, "reads", NULL },
    { "AWS::CloudFront::Distribution", PRICE_CLOUDFRONT_REQUEST, one, requests, NULL },
    { "AWS::CloudFront::Distribution", PRICE_CLOUDFRONT_GIGABYTE, one, gigabytes, NULL },
    { "AWS::CloudFront::Function", PRICE_CLOUDFRONT_FUNCTION, one, requests, NULL },
    { "AWS::Lambda::Function", PRICE_LAMBDA_REQUEST, is_in_region, requests, NULL },
    { "AWS::Lambda::Function", PRICE_LAMBDA_GIGABYTE_SECOND, x86_millisecond, requests, duration },
    { "AWS::Lambda::Function", PRICE_LAMBDA_ARM_GIGABYTE_SECOND, arm_millisecond, requests, duration },
    { "AWS::Lambda::Function", PRICE_EDGE_REQUEST, is_edge, requests, NULL },
    { "AWS::Lambda::Function", PRICE_EDGE_GIGABYTE_SECOND, edge_millisecond, requests, duration },
    { "AWS::SQS::Queue", PRICE_SQS_REQUEST, one, requests, NULL },
    { "AWS::SNS::Topic", PRICE_SNS_REQUEST, one, requests, NULL },
    { "AWS::Events::EventBus", PRICE_EVENT, one, "events", NULL },
    { "AWS::Events::Archive", PRICE_EVENT_ARCHIVED, one, gigabytes, NULL },
    { "AWS::KMS::Key", PRICE_KEY_MONTH, one, NULL, NULL },
    { "AWS::KMS::Key", PRICE_KEY_REQUEST, one, requests, NULL },
    { "AWS::WAFv2::WebACL", PRICE_WEB_ACL_MONTH, one, NULL, NULL },
    { "AWS::WAFv2::WebACL", PRICE_WEB_ACL_RULE_MONTH, rule_count, NULL, NULL },
    { "AWS::WAFv2::WebACL", PRICE_WEB_ACL_REQUEST, one, requests, NULL },
    { 0 },
};

bool cost_is_free(const char *type)
{
    static const char *const services[] = { "AWS::IAM::", "AWS::ApplicationAutoScaling::", "AWS::CDK::" };
    static const char *const types[] = { "AWS::Budgets::Budget", "AWS::CloudFront::CachePolicy",
        "AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::EC2::InternetGateway", "AWS::EC2::Route", "AWS::EC2::RouteTable", "AWS::EC2::SecurityGroup",
        "AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::Subnet",
        "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPC", "AWS::EC2::VPCGatewayAttachment",
        "AWS::ECS::Cluster", "AWS::ECS::TaskDefinition", "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::Events::EventBusPolicy", "AWS::Events::Rule", "AWS::KMS::Alias",
        "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Permission",
        "AWS::Lambda::Version", "AWS::Logs::ResourcePolicy", "AWS::RDS::DBClusterParameterGroup",
        "AWS::RDS::DBProxyTargetGroup", "AWS::RDS::DBSubnetGroup", "AWS::S3::BucketPolicy",
        "AWS::SNS::Subscription", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy",
        "AWS::SecretsManager::ResourcePolicy", "AWS::SecretsManager::SecretTargetAttachment",
        "AWS::WAFv2::LoggingConfiguration", "AWS::WAFv2::WebACLAssociation" };

    for (size_t i = 0; i < ARRAY_SIZE(services); i++)
        if (strncmp(type, services[i], strlen(services[i])) == 0)
            return true;
    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}
