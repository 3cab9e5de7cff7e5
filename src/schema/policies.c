// SPDX-License-Identifier: MIT
// Source: IAM User Guide, "AWS services that work with IAM" (resource-based policies); AWS CloudFormation
// Template Reference for the properties. Limits: IAM User Guide, "IAM and AWS STS quotas"; Amazon S3 User
// Guide, "Bucket policies"; AWS KMS Developer Guide, "Quotas"; AWS PrivateLink Guide, "Quotas".
#include "schema/policies.h"

#include "util/array.h"

#include <string.h>

#define ANY(path_)                                                                                           \
    {                                                                                                        \
        .path = path_                                                                                        \
    }
#define OF(type_, path_, kind_, ...)                                                                         \
    {                                                                                                        \
        .type = type_, .path = path_, .kind = SCHEMA_POLICY_##kind_, __VA_ARGS__                             \
    }

const struct schema_policy schema_policies[] = {
    ANY("AccessPolicies"),
    ANY("AccessPolicy"),
    ANY("AssumeRolePolicyDocument"),
    ANY("DeliveryDestinationPolicy"),
    ANY("DestinationPolicy"),
    ANY("FileSystemPolicy"),
    ANY("KeyPolicy"),
    ANY("KmsPolicyDocument"),
    ANY("NamespaceResourcePolicy"),
    ANY("PermissionsPolicyDocument"),
    ANY("PolicyDocument"),
    ANY("RepositoryPolicyText"),
    ANY("ResourcePolicy"),
    ANY("ResourcePolicyDocument"),
    ANY("S3AccessPolicy"),
    ANY("S3PolicyDocument"),
    ANY("StsPolicyDocument"),

    OF("AWS::AIOps::InvestigationGroup", "InvestigationGroupPolicy", RESOURCE, .services = "aiops"),
    OF("AWS::APS::ResourcePolicy", "PolicyDocument", RESOURCE, .services = "aps"),
    OF("AWS::ApiGateway::DomainNameV2", "Policy", RESOURCE, .services = "execute-api", .is_open = true),
    OF("AWS::ApiGateway::RestApi", "Policy", RESOURCE, .services = "execute-api", .is_open = true),
    OF("AWS::Backup::BackupVault", "AccessPolicy", RESOURCE, .services = "backup"),
    OF("AWS::Backup::LogicallyAirGappedBackupVault", "AccessPolicy", RESOURCE, .services = "backup"),
    OF("AWS::Bedrock::ResourcePolicy", "PolicyDocument", RESOURCE, .services = "bedrock"),
    OF("AWS::BedrockAgentCore::ResourcePolicy", "Policy", ANY, .services = NULL),
    OF("AWS::CloudTrail::ResourcePolicy", "ResourcePolicy", RESOURCE,
        .services = "cloudtrail cloudtrail-data"),
    OF("AWS::CodeArtifact::Domain", "PermissionsPolicyDocument", RESOURCE, .services = "codeartifact"),
    OF("AWS::CodeArtifact::Repository", "PermissionsPolicyDocument", RESOURCE, .services = "codeartifact"),
    OF("AWS::Comprehend::DocumentClassifier", "ModelPolicy", RESOURCE, .services = "comprehend"),
    OF("AWS::Comprehend::EntityRecognizer", "ModelPolicy", RESOURCE, .services = "comprehend"),
    OF("AWS::DSQL::Cluster", "PolicyDocument", RESOURCE, .services = "dsql"),
    OF("AWS::DynamoDB::GlobalTable", "Replicas.ResourcePolicy.PolicyDocument", RESOURCE,
        .services = "dynamodb"),
    OF("AWS::DynamoDB::Table", "ResourcePolicy.PolicyDocument", RESOURCE, .services = "dynamodb"),
    OF("AWS::EC2::VPCEndpoint", "PolicyDocument", RESOURCE, .limit = 20480, .blanks_count = true,
        .names_resources = true, .is_open = true),
    OF("AWS::ECR::PublicRepository", "RepositoryPolicyText", REPOSITORY, .services = "ecr-public"),
    OF("AWS::ECR::RegistryPolicy", "PolicyText", RESOURCE, .services = "ecr"),
    OF("AWS::ECR::Repository", "RepositoryPolicyText", REPOSITORY, .services = "ecr"),
    OF("AWS::ECR::RepositoryCreationTemplate", "RepositoryPolicy", REPOSITORY, .services = "ecr"),
    OF("AWS::EFS::FileSystem", "FileSystemPolicy", RESOURCE, .services = "elasticfilesystem"),
    OF("AWS::Elasticsearch::Domain", "AccessPolicies", RESOURCE, .services = "es"),
    OF("AWS::EventSchemas::RegistryPolicy", "Policy", RESOURCE, .services = "schemas"),
    OF("AWS::Events::EventBus", "Policy", RESOURCE, .services = "events"),
    OF("AWS::FSx::S3AccessPointAttachment", "S3AccessPoint.Policy", RESOURCE, .services = "s3"),
    OF("AWS::IAM::Group", "Policies", HOLDER, .services = NULL),
    OF("AWS::IAM::Group", "Policies.PolicyDocument", IDENTITY, .limit = 5120),
    OF("AWS::IAM::GroupPolicy", "PolicyDocument", IDENTITY, .limit = 5120),
    OF("AWS::IAM::ManagedPolicy", "PolicyDocument", IDENTITY, .limit = 6144),
    OF("AWS::IAM::Policy", "PolicyDocument", IDENTITY, .limit = 10240),
    OF("AWS::IAM::Role", "AssumeRolePolicyDocument", TRUST, .services = "sts"),
    OF("AWS::IAM::Role", "Policies", HOLDER, .services = NULL),
    OF("AWS::IAM::Role", "Policies.PolicyDocument", IDENTITY, .limit = 10240),
    OF("AWS::IAM::RolePolicy", "PolicyDocument", IDENTITY, .limit = 10240),
    OF("AWS::IAM::User", "Policies", HOLDER, .services = NULL),
    OF("AWS::IAM::User", "Policies.PolicyDocument", IDENTITY, .limit = 2048),
    OF("AWS::IAM::UserPolicy", "PolicyDocument", IDENTITY, .limit = 2048),
    OF("AWS::IoT::Policy", "PolicyDocument", IDENTITY, .services = "iot"),
    OF("AWS::KMS::Key", "KeyPolicy", RESOURCE, .services = "kms", .limit = 32768, .blanks_count = true,
        .names_resources = true),
    OF("AWS::KMS::ReplicaKey", "KeyPolicy", RESOURCE, .services = "kms", .limit = 32768, .blanks_count = true,
        .names_resources = true),
    OF("AWS::Kinesis::ResourcePolicy", "ResourcePolicy", RESOURCE, .services = "kinesis"),
    OF("AWS::Lambda::ResourcePolicy", "PolicyDocument", RESOURCE, .services = "lambda"),
    OF("AWS::Lex::ResourcePolicy", "Policy", RESOURCE, .services = "lex"),
    OF("AWS::Logs::Destination", "DestinationPolicy", RESOURCE, .services = "logs"),
    OF("AWS::Logs::LogGroup", "ResourcePolicyDocument", RESOURCE, .services = "logs"),
    OF("AWS::Logs::ResourcePolicy", "PolicyDocument", RESOURCE, .services = "logs"),
    OF("AWS::MSK::ClusterPolicy", "Policy", RESOURCE, .services = "kafka kafka-cluster"),
    OF("AWS::MediaPackageV2::ChannelPolicy", "Policy", RESOURCE, .services = "mediapackagev2"),
    OF("AWS::MediaPackageV2::OriginEndpointPolicy", "Policy", RESOURCE, .services = "mediapackagev2"),
    OF("AWS::MediaStore::Container", "Policy", RESOURCE, .services = "mediastore"),
    OF("AWS::MediaTailor::ChannelPolicy", "Policy", RESOURCE, .services = "mediatailor"),
    OF("AWS::Oam::Sink", "Policy", RESOURCE, .services = "oam"),
    OF("AWS::OpenSearchService::Domain", "AccessPolicies", RESOURCE, .services = "es",
        .names_resources = true),
    OF("AWS::Organizations::ResourcePolicy", "Content", RESOURCE, .services = "organizations"),
    OF("AWS::PaymentCryptography::Key", "Policy", RESOURCE, .services = "payment-cryptography"),
    OF("AWS::S3::AccessPoint", "Policy", RESOURCE, .services = "s3"),
    OF("AWS::S3::BucketPolicy", "PolicyDocument", RESOURCE, .services = "s3", .limit = 20480,
        .blanks_count = true, .names_resources = true),
    OF("AWS::S3::MultiRegionAccessPointPolicy", "Policy", RESOURCE, .services = "s3"),
    OF("AWS::S3Express::AccessPoint", "Policy", RESOURCE, .services = "s3express s3"),
    OF("AWS::S3Express::BucketPolicy", "PolicyDocument", RESOURCE, .services = "s3express s3"),
    OF("AWS::S3Files::FileSystemPolicy", "Policy", RESOURCE, .services = NULL),
    OF("AWS::S3Outposts::AccessPoint", "Policy", RESOURCE, .services = "s3-outposts s3"),
    OF("AWS::S3Vectors::VectorBucketPolicy", "Policy", RESOURCE, .services = "s3vectors"),
    OF("AWS::SNS::TopicInlinePolicy", "PolicyDocument", RESOURCE, .services = "sns"),
    OF("AWS::SNS::TopicPolicy", "PolicyDocument", RESOURCE, .services = "sns", .names_resources = true),
    OF("AWS::SQS::QueueInlinePolicy", "PolicyDocument", RESOURCE, .services = "sqs"),
    OF("AWS::SQS::QueuePolicy", "PolicyDocument", RESOURCE, .services = "sqs", .names_resources = true),
    OF("AWS::SSM::ResourcePolicy", "Policy", RESOURCE, .services = "ssm"),
    OF("AWS::SSO::PermissionSet", "InlinePolicy", IDENTITY, .services = NULL),
    OF("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", RESOURCE, .services = "secretsmanager",
        .limit = 20480, .blanks_count = true),
    OF("AWS::Serverless::Function", "AssumeRolePolicyDocument", TRUST, .services = "sts"),
    OF("AWS::Serverless::Function", "Policies", ANY, .services = NULL),
    OF("AWS::Serverless::StateMachine", "Policies", ANY, .services = NULL),
    OF("AWS::VpcLattice::AuthPolicy", "Policy", RESOURCE, .services = "vpc-lattice-svcs"),
    OF("AWS::VpcLattice::ResourcePolicy", "Policy", RESOURCE, .services = NULL),
    OF("AWS::XRay::ResourcePolicy", "PolicyDocument", RESOURCE, .services = "xray"),
};

const size_t schema_policy_count = ARRAY_SIZE(schema_policies);

const struct schema_policy *schema_policy_find(const char *type, const char *path)
{
    const char *dot = strrchr(path, '.'), *name = dot ? dot + 1 : path;
    const struct schema_policy *any = NULL;

    for (size_t i = 0; i < schema_policy_count; i++) {
        const struct schema_policy *policy = &schema_policies[i];

        if (policy->type && strcmp(policy->path, path) == 0 && strcmp(policy->type, type) == 0)
            return policy;
        if (!policy->type && strcmp(policy->path, name) == 0)
            any = policy;
    }
    return any;
}
