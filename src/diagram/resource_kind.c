// SPDX-License-Identifier: MIT
#include "diagram/resource_kind.h"

#include "data/value.h"
#include "util/array.h"

#include <string.h>

#define NODE(type, words, group)                                                                             \
    {                                                                                                        \
        (type), (words), (group), KIND_NODE, .is_silent = false                                              \
    }
#define PART(type, words, group, owner_path)                                                                 \
    {                                                                                                        \
        (type), (words), (group), KIND_PART, .owner = (owner_path)                                           \
    }
// Not drawn alone:
#define PART_ASIDE(type, words, group, owner_path)                                                           \
    {                                                                                                        \
        (type), (words), (group), KIND_PART, .owner = (owner_path), .is_aside = true                         \
    }
#define USED(type, words, group)                                                                             \
    {                                                                                                        \
        (type), (words), (group), KIND_USED, .is_aside = false                                               \
    }
#define USED_ASIDE(type, words, group)                                                                       \
    {                                                                                                        \
        (type), (words), (group), KIND_USED, .is_aside = true                                                \
    }
// What a resource permits others to do with it.
#define RULE(type, owner_path)                                                                               \
    {                                                                                                        \
        (type), NULL, DIAGRAM_SECURITY, KIND_PART, .owner = (owner_path), .is_aside = true,                  \
                                                   .is_silent = true                                         \
    }
#define HIDDEN(type)                                                                                         \
    {                                                                                                        \
        (type), NULL, DIAGRAM_OTHER, KIND_HIDDEN, .is_silent = true                                          \
    }

// The first row that matches counts.
static const struct resource_kind kinds[] = {
    NODE("AWS::ApiGateway::RestApi", "REST API", DIAGRAM_NETWORK),
    NODE("AWS::ApiGatewayV2::Api", "HTTP API", DIAGRAM_NETWORK),
    HIDDEN("AWS::ApiGateway::Account"),
    PART_ASIDE("AWS::ApiGateway::*", NULL, DIAGRAM_NETWORK, "RestApiId"),
    PART_ASIDE("AWS::ApiGatewayV2::*", NULL, DIAGRAM_NETWORK, "ApiId"),
    NODE("AWS::AppSync::GraphQLApi", "GraphQL API", DIAGRAM_NETWORK),
    PART_ASIDE("AWS::AppSync::*", NULL, DIAGRAM_NETWORK, "ApiId"),
    PART_ASIDE("AWS::ApplicationAutoScaling::ScalableTarget", NULL, DIAGRAM_COMPUTE, "ResourceId"),
    PART_ASIDE("AWS::ApplicationAutoScaling::ScalingPolicy", NULL, DIAGRAM_COMPUTE, "ScalingTargetId"),
    NODE("AWS::AutoScaling::AutoScalingGroup", "EC2 Auto Scaling group", DIAGRAM_COMPUTE),
    USED("AWS::AutoScaling::LaunchConfiguration", "EC2 launch configuration", DIAGRAM_COMPUTE),
    PART_ASIDE("AWS::AutoScaling::*", NULL, DIAGRAM_COMPUTE, "AutoScalingGroupName"),
    NODE("AWS::Budgets::Budget", "budget", DIAGRAM_MANAGEMENT),
    USED("AWS::CertificateManager::Certificate", "ACM certificate", DIAGRAM_SECURITY),
    HIDDEN("AWS::CDK::Metadata"),
    HIDDEN("AWS::CloudFormation::*"),
    NODE("AWS::CloudFront::Distribution", "CloudFront distribution", DIAGRAM_NETWORK),
    USED_ASIDE("AWS::CloudFront::*", NULL, DIAGRAM_NETWORK),
    { "AWS::CloudWatch::Alarm", "alarms", DIAGRAM_MANAGEMENT, KIND_NODE, .is_gathered = true },
    NODE("AWS::CloudWatch::CompositeAlarm", "composite alarm", DIAGRAM_MANAGEMENT),
    NODE("AWS::CloudWatch::Dashboard", "CloudWatch dashboard", DIAGRAM_MANAGEMENT),
    NODE("AWS::Cognito::UserPool", "Cognito user pool", DIAGRAM_SECURITY),
    PART_ASIDE("AWS::Cognito::UserPool*", NULL, DIAGRAM_SECURITY, "UserPoolId"),
    PART_ASIDE("AWS::Cognito::IdentityPoolRoleAttachment", NULL, DIAGRAM_SECURITY, "IdentityPoolId"),
    NODE("AWS::DynamoDB::*", "DynamoDB table", DIAGRAM_DATABASE),
    NODE("AWS::EC2::Instance", "EC2 instance", DIAGRAM_COMPUTE),
    USED("AWS::EC2::LaunchTemplate", "EC2 launch template", DIAGRAM_COMPUTE),
    { "AWS::EC2::VPC", "VPC", DIAGRAM_NETWORK, KIND_NODE, .surrounds = true },
    { "AWS::EC2::SecurityGroup", "Security group", DIAGRAM_SECURITY, KIND_USED, .is_aside = true,
        .is_silent = true },
    RULE("AWS::EC2::SecurityGroupIngress", "GroupId"),
    RULE("AWS::EC2::SecurityGroupEgress", "GroupId"),
    PART_ASIDE("AWS::EC2::SubnetRouteTableAssociation", NULL, DIAGRAM_NETWORK, "SubnetId"),
    PART_ASIDE("AWS::EC2::SubnetNetworkAclAssociation", NULL, DIAGRAM_NETWORK, "SubnetId"),
    PART_ASIDE("AWS::EC2::NatGateway", NULL, DIAGRAM_NETWORK, "SubnetId"),
    PART_ASIDE("AWS::EC2::Route", NULL, DIAGRAM_NETWORK, "RouteTableId"),
    PART_ASIDE("AWS::EC2::NetworkAclEntry", NULL, DIAGRAM_NETWORK, "NetworkAclId"),
    PART_ASIDE("AWS::EC2::FlowLog", NULL, DIAGRAM_NETWORK, "ResourceId"),
    PART("AWS::EC2::EIPAssociation", NULL, DIAGRAM_NETWORK, "InstanceId"),
    USED_ASIDE("AWS::EC2::EIP", NULL, DIAGRAM_NETWORK),
    USED_ASIDE("AWS::EC2::InternetGateway", NULL, DIAGRAM_NETWORK),
    USED_ASIDE("AWS::EC2::EgressOnlyInternetGateway", NULL, DIAGRAM_NETWORK),
    USED_ASIDE("AWS::EC2::KeyPair", NULL, DIAGRAM_SECURITY),
    USED_ASIDE("AWS::EC2::PrefixList", NULL, DIAGRAM_NETWORK),
    PART_ASIDE("AWS::EC2::Subnet", NULL, DIAGRAM_NETWORK, "VpcId"),
    PART_ASIDE("AWS::EC2::RouteTable", NULL, DIAGRAM_NETWORK, "VpcId"),
    PART_ASIDE("AWS::EC2::VPC*", NULL, DIAGRAM_NETWORK, "VpcId"),
    PART_ASIDE("AWS::EC2::NetworkAcl", NULL, DIAGRAM_NETWORK, "VpcId"),
    NODE("AWS::ECR::Repository", "ECR repository", DIAGRAM_STORAGE),
    USED("AWS::ECS::Cluster", "ECS cluster", DIAGRAM_COMPUTE),
    USED("AWS::ECS::TaskDefinition", "ECS task definition", DIAGRAM_COMPUTE),
    USED_ASIDE("AWS::ECS::CapacityProvider", NULL, DIAGRAM_COMPUTE),
    PART_ASIDE("AWS::ECS::ClusterCapacityProviderAssociations", NULL, DIAGRAM_COMPUTE, "Cluster"),
    NODE("AWS::ECS::Service", "ECS service", DIAGRAM_COMPUTE),
    NODE("AWS::EFS::FileSystem", "EFS file system", DIAGRAM_STORAGE),
    PART_ASIDE("AWS::EFS::*", NULL, DIAGRAM_STORAGE, "FileSystemId"),
    NODE("AWS::EKS::Cluster", "EKS cluster", DIAGRAM_COMPUTE),
    PART("AWS::EKS::*", NULL, DIAGRAM_COMPUTE, "ClusterName"),
    NODE("AWS::ElasticLoadBalancingV2::LoadBalancer", "Load balancer", DIAGRAM_NETWORK),
    PART_ASIDE("AWS::ElasticLoadBalancingV2::Listener", NULL, DIAGRAM_NETWORK, "LoadBalancerArn"),
    PART_ASIDE("AWS::ElasticLoadBalancingV2::ListenerRule", NULL, DIAGRAM_NETWORK, "ListenerArn"),
    PART_ASIDE("AWS::ElasticLoadBalancingV2::ListenerCertificate", NULL, DIAGRAM_NETWORK, "ListenerArn"),
    USED_ASIDE("AWS::ElasticLoadBalancingV2::TargetGroup", NULL, DIAGRAM_NETWORK),
    NODE("AWS::Events::EventBus", "EventBridge bus", DIAGRAM_INTEGRATION),
    NODE("AWS::Events::Rule", "EventBridge rule", DIAGRAM_INTEGRATION),
    NODE("AWS::Events::ApiDestination", "EventBridge API destination", DIAGRAM_INTEGRATION),
    RULE("AWS::Events::EventBusPolicy", "EventBusName"),
    PART_ASIDE("AWS::Events::Archive", NULL, DIAGRAM_INTEGRATION, "SourceArn"),
    USED_ASIDE("AWS::Events::Connection", NULL, DIAGRAM_INTEGRATION),
    USED("AWS::IAM::Role", "IAM role", DIAGRAM_SECURITY),
    PART_ASIDE("AWS::IAM::Policy", NULL, DIAGRAM_SECURITY, "Roles"),
    PART_ASIDE("AWS::IAM::RolePolicy", NULL, DIAGRAM_SECURITY, "RoleName"),
    USED_ASIDE("AWS::IAM::ManagedPolicy", NULL, DIAGRAM_SECURITY),
    USED_ASIDE("AWS::IAM::InstanceProfile", NULL, DIAGRAM_SECURITY),
    USED("AWS::KMS::Key", "KMS key", DIAGRAM_SECURITY),
    PART_ASIDE("AWS::KMS::Alias", NULL, DIAGRAM_SECURITY, "TargetKeyId"),
    NODE("AWS::Kinesis::Stream", "Kinesis stream", DIAGRAM_INTEGRATION),
    NODE("AWS::KinesisFirehose::DeliveryStream", "Firehose", DIAGRAM_INTEGRATION),
    NODE("AWS::Lambda::Function", "Lambda function", DIAGRAM_COMPUTE),
    RULE("AWS::Lambda::Permission", "FunctionName"),
    PART_ASIDE("AWS::Lambda::Url", NULL, DIAGRAM_COMPUTE, "TargetFunctionArn"),
    USED_ASIDE("AWS::Lambda::LayerVersion", NULL, DIAGRAM_COMPUTE),
    PART_ASIDE("AWS::Lambda::*", NULL, DIAGRAM_COMPUTE, "FunctionName"),
    USED_ASIDE("AWS::Logs::LogGroup", NULL, DIAGRAM_MANAGEMENT),
    PART_ASIDE("AWS::Logs::*", NULL, DIAGRAM_MANAGEMENT, "LogGroupName"),
    NODE("AWS::OpenSearchService::Domain", "OpenSearch domain", DIAGRAM_DATABASE),
    NODE("AWS::Pipes::Pipe", "EventBridge pipe", DIAGRAM_INTEGRATION),
    NODE("AWS::RDS::DBCluster", "RDS cluster", DIAGRAM_DATABASE),
    PART("AWS::RDS::DBInstance", "RDS instance", DIAGRAM_DATABASE, "DBClusterIdentifier"),
    NODE("AWS::RDS::DBProxy", "RDS Proxy", DIAGRAM_DATABASE),
    PART_ASIDE("AWS::RDS::DBProxyTargetGroup", NULL, DIAGRAM_DATABASE, "DBProxyName"),
    PART_ASIDE("AWS::RDS::DBProxyEndpoint", NULL, DIAGRAM_DATABASE, "DBProxyName"),
    NODE("AWS::Route53::HostedZone", "Route 53 zone", DIAGRAM_NETWORK),
    PART_ASIDE("AWS::Route53::RecordSet*", NULL, DIAGRAM_NETWORK, "HostedZoneId"),
    NODE("AWS::S3::Bucket", "S3 bucket", DIAGRAM_STORAGE),
    RULE("AWS::S3::BucketPolicy", "Bucket"),
    NODE("AWS::SNS::Topic", "SNS topic", DIAGRAM_INTEGRATION),
    PART_ASIDE("AWS::SNS::Subscription", NULL, DIAGRAM_INTEGRATION, "TopicArn"),
    RULE("AWS::SNS::TopicPolicy", "Topics"),
    RULE("AWS::SNS::TopicInlinePolicy", "TopicArn"),
    NODE("AWS::SQS::Queue", "SQS queue", DIAGRAM_INTEGRATION),
    RULE("AWS::SQS::QueuePolicy", "Queues"),
    RULE("AWS::SQS::QueueInlinePolicy", "Queue"),
    USED_ASIDE("AWS::SSM::Parameter", NULL, DIAGRAM_MANAGEMENT),
    NODE("AWS::Scheduler::Schedule", "EventBridge schedule", DIAGRAM_INTEGRATION),
    USED_ASIDE("AWS::Scheduler::ScheduleGroup", NULL, DIAGRAM_INTEGRATION),
    NODE("AWS::SecretsManager::Secret", "Secret", DIAGRAM_SECURITY),
    PART_ASIDE("AWS::SecretsManager::SecretTargetAttachment", NULL, DIAGRAM_SECURITY, "TargetId"),
    PART_ASIDE("AWS::SecretsManager::RotationSchedule", NULL, DIAGRAM_SECURITY, "SecretId"),
    RULE("AWS::SecretsManager::ResourcePolicy", "SecretId"),
    USED_ASIDE("AWS::ServiceDiscovery::*", NULL, DIAGRAM_NETWORK),
    NODE("AWS::StepFunctions::StateMachine", "Step Functions state machine", DIAGRAM_INTEGRATION),
    NODE("AWS::WAFv2::WebACL", "WAF web ACL", DIAGRAM_SECURITY),
    PART_ASIDE("AWS::WAFv2::LoggingConfiguration", NULL, DIAGRAM_SECURITY, "ResourceArn"),
    PART_ASIDE("AWS::WAFv2::WebACLAssociation", NULL, DIAGRAM_SECURITY, "ResourceArn"),
    NODE("AWS::ElastiCache::*Cluster", "ElastiCache", DIAGRAM_DATABASE),
    HIDDEN("Custom::*"),
    USED_ASIDE("*SubnetGroup", NULL, DIAGRAM_NETWORK),
    USED_ASIDE("*ParameterGroup", NULL, DIAGRAM_DATABASE),
    USED_ASIDE("*OptionGroup", NULL, DIAGRAM_DATABASE),
    NODE("*", NULL, DIAGRAM_OTHER),
};

// What a property makes of a type.
static const struct {
    const char *type, *property, *value, *words;
} variants[] = {
    { "AWS::ECS::Service", "LaunchType", "FARGATE", "ECS Fargate service" },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", "Type", "network", "Network Load Balancer" },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", "Type", "gateway", "Gateway Load Balancer" },
    { "AWS::ElasticLoadBalancingV2::LoadBalancer", "Type", NULL, "Application Load Balancer" },
    { "AWS::RDS::DBCluster", "Engine", "aurora-postgresql", "Aurora PostgreSQL" },
    { "AWS::RDS::DBCluster", "Engine", "aurora-mysql", "Aurora MySQL" },
    { "AWS::RDS::DBInstance", "Engine", "postgres", "RDS for PostgreSQL" },
    { "AWS::RDS::DBInstance", "Engine", "mysql", "RDS for MySQL" },
    { "AWS::RDS::DBInstance", "Engine", "mariadb", "RDS for MariaDB" },
    { "AWS::ApiGatewayV2::Api", "ProtocolType", "WEBSOCKET", "WebSocket API" },
};

// Properties that are worth showing behind the words.
static const struct {
    const char *type, *property, *words;
} details[] = {
    { "AWS::EC2::VPC", "CidrBlock", "VPC" },
    { "AWS::Events::Rule", "ScheduleExpression", "Schedule:" },
    { "AWS::Scheduler::Schedule", "ScheduleExpression", "Schedule:" },
};

static bool matches(const char *pattern, const char *type)
{
    const char *star = strchr(pattern, '*');
    size_t before, after;

    if (!star)
        return strcmp(pattern, type) == 0;
    before = (size_t)(star - pattern);
    after = strlen(star + 1);
    return strlen(type) >= before + after && memcmp(pattern, type, before) == 0 &&
        strcmp(type + strlen(type) - after, star + 1) == 0;
}

const struct resource_kind *resource_kind_of(const char *type)
{
    size_t i = 0;

    while (!matches(kinds[i].type, type))
        i++;
    return &kinds[i];
}

// "AWS::Backup::BackupVault" is "Backup BackupVault".
static const char *words_of_name(const char *type)
{
    const char *start = strncmp(type, "AWS::", 5) == 0 ? type + 5 : type;
    const char *colons = strstr(start, "::");

    return colons ? arena_printf(value_arena(), "%.*s %s", (int)(colons - start), start, colons + 2) : start;
}

const char *resource_type_words(
    const struct resource_kind *kind, const char *type, const struct value *properties)
{
    for (size_t i = 0; i < ARRAY_SIZE(details); i++) {
        const char *detail = object_string(properties, details[i].property);

        if (strcmp(details[i].type, type) == 0 && detail)
            return arena_printf(value_arena(), "%s %s", details[i].words, detail);
    }
    for (size_t i = 0; i < ARRAY_SIZE(variants); i++) {
        const char *given = object_string_or_empty(properties, variants[i].property);

        if (strcmp(variants[i].type, type) == 0 &&
            (!variants[i].value || strcmp(variants[i].value, given) == 0))
            return variants[i].words;
    }
    return kind->words && !kind->is_gathered ? kind->words : words_of_name(type);
}
