// SPDX-License-Identifier: MIT
// Properties that hold or point to permissions, and how each of them is judged. Those that hold policy
// documents are in schema/policies.c, and what the schema marks for the CDK is found too, by
// access_rule_find; policy documents in any other property are found by their form.
//
// Source: IAM User Guide, "AWS services that work with IAM" (resource-based policies); AWS CloudFormation
// Template Reference for the properties and their defaults.
#include "diff/compare/access.h"

#include "schema/policies.h"
#include "schema/schema.h"
#include "util/array.h"

#include <string.h>

#define ANY(path_, kind_)                                                                                    \
    {                                                                                                        \
        .path = path_, .kind = kind_                                                                         \
    }
#define OF(type_, path_, kind_)                                                                              \
    {                                                                                                        \
        .type = type_, .path = path_, .kind = kind_                                                          \
    }
#define SETTING(type_, path_, values_, is_open_)                                                             \
    {                                                                                                        \
        .type = type_, .path = path_, .kind = ACCESS_SETTING, .values = values_, .is_open = is_open_         \
    }
#define AUTHORIZATION "AWS_IAM CUSTOM COGNITO_USER_POOLS JWT NONE"
#define APPSYNC "AWS_IAM AMAZON_COGNITO_USER_POOLS OPENID_CONNECT AWS_LAMBDA API_KEY"
#define ACL                                                                                                  \
    "Private BucketOwnerRead BucketOwnerFullControl LogDeliveryWrite AwsExecRead AuthenticatedRead "         \
    "PublicRead PublicReadWrite"

const struct access_rule access_rules[] = {
    // Of every type.
    ANY("PermissionsBoundary", ACCESS_LIMITS),
    ANY("PermissionsBoundaries", ACCESS_LIMITS),
    ANY("PublicAccessBlockConfiguration", ACCESS_LIMITS),
    { .path = "PubliclyAccessible", .kind = ACCESS_SETTING, .values = "false true" },
    { .path = "IsPubliclyAccessible", .kind = ACCESS_SETTING, .values = "false true" },
    ANY("TrustedKeyGroups", ACCESS_LIMITS),
    ANY("TrustedSigners", ACCESS_LIMITS),
    ANY("ManagedPolicyArns", ACCESS_GRANTS),
    ANY("AllowedPrincipals", ACCESS_GRANTS),
    ANY("PermissionArns", ACCESS_GRANTS),
    ANY("Role", ACCESS_POINTER),
    ANY("RoleArn", ACCESS_POINTER),
    ANY("RoleARN", ACCESS_POINTER),
    ANY("ExecutionRoleArn", ACCESS_POINTER),
    ANY("TaskRoleArn", ACCESS_POINTER),
    ANY("ServiceRole", ACCESS_POINTER),
    ANY("ServiceRoleArn", ACCESS_POINTER),
    ANY("InstanceRoleArn", ACCESS_POINTER),
    ANY("AccessRoleArn", ACCESS_POINTER),
    ANY("NodeRole", ACCESS_POINTER),
    ANY("JobRoleArn", ACCESS_POINTER),
    ANY("IamInstanceProfile", ACCESS_POINTER),

    OF("AWS::ACMPCA::Permission", "", ACCESS_RESOURCE),
    OF("AWS::ApiGateway::Authorizer", "", ACCESS_POINTER),
    SETTING("AWS::ApiGateway::Method", "AuthorizationType", AUTHORIZATION, true),
    SETTING("AWS::ApiGateway::Method", "ApiKeyRequired", "true false", true),
    OF("AWS::ApiGatewayV2::Authorizer", "", ACCESS_POINTER),
    SETTING("AWS::ApiGatewayV2::Route", "AuthorizationType", AUTHORIZATION, true),
    OF("AWS::AppIntegrations::Application", "Permissions", ACCESS_GRANTS),
    OF("AWS::AppSync::GraphQLApi", "AdditionalAuthenticationProviders", ACCESS_GRANTS),
    SETTING("AWS::AppSync::GraphQLApi", "AuthenticationType", APPSYNC, false),
    OF("AWS::BedrockAgentCore::Policy", "", ACCESS_RESOURCE),
    OF("AWS::Budgets::BudgetsAction", "Definition.IamActionDefinition", ACCESS_GRANTS),
    OF("AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "GuardrailPolicies", ACCESS_LIMITS),
    OF("AWS::Chatbot::SlackChannelConfiguration", "GuardrailPolicies", ACCESS_LIMITS),
    OF("AWS::CloudFormation::Stack", "Parameters", ACCESS_POINTER),
    OF("AWS::CloudFormation::Stack", "TemplateURL", ACCESS_GRANTS),
    OF("AWS::CloudFormation::StackSet", "TemplateURL", ACCESS_GRANTS),
    OF("AWS::CloudFormation::StackSet", "TemplateBody", ACCESS_GRANTS),
    OF("AWS::CodeBuild::Project", "ResourceAccessRole", ACCESS_POINTER),
    OF("AWS::CodeGuruProfiler::ProfilingGroup", "AgentPermissions", ACCESS_GRANTS),
    SETTING("AWS::Cognito::IdentityPool", "AllowUnauthenticatedIdentities", "false true", false),
    SETTING("AWS::Cognito::UserPool", "AdminCreateUserConfig.AllowAdminCreateUserOnly", "true false", true),
    OF("AWS::Cognito::IdentityPoolRoleAttachment", "", ACCESS_RESOURCE),
    OF("AWS::Cognito::UserPoolUserToGroupAttachment", "", ACCESS_RESOURCE),
    OF("AWS::Config::AggregationAuthorization", "", ACCESS_RESOURCE),
    OF("AWS::Connect::SecurityProfile", "Applications", ACCESS_GRANTS),
    OF("AWS::Connect::SecurityProfile", "Permissions", ACCESS_GRANTS),
    OF("AWS::DataZone::EnvironmentBlueprintConfiguration", "EnvironmentRolePermissionBoundary",
        ACCESS_LIMITS),
    OF("AWS::DataZone::PolicyGrant", "", ACCESS_RESOURCE),
    OF("AWS::DataZone::ProjectMembership", "", ACCESS_RESOURCE),
    OF("AWS::DataZone::SubscriptionTarget", "AuthorizedPrincipals", ACCESS_GRANTS),
    OF("AWS::EC2::LaunchTemplate", "LaunchTemplateData.IamInstanceProfile", ACCESS_POINTER),
    OF("AWS::EC2::NetworkAclEntry", "", ACCESS_RESOURCE),
    OF("AWS::EC2::NetworkInterfacePermission", "", ACCESS_RESOURCE),
    OF("AWS::EC2::PrefixList", "Entries", ACCESS_GRANTS),
    OF("AWS::EC2::SecurityGroup", "SecurityGroupEgress", ACCESS_GRANTS_OPEN),
    OF("AWS::EC2::SnapshotBlockPublicAccess", "", ACCESS_RESOURCE_LIMIT),
    OF("AWS::EC2::VPCBlockPublicAccessExclusion", "", ACCESS_RESOURCE),
    OF("AWS::EC2::VPCBlockPublicAccessOptions", "", ACCESS_RESOURCE_LIMIT),
    OF("AWS::EKS::AccessEntry", "", ACCESS_RESOURCE),
    SETTING("AWS::EKS::Cluster", "ResourcesVpcConfig.EndpointPublicAccess", "false true", true),
    OF("AWS::EKS::Cluster", "ResourcesVpcConfig.PublicAccessCidrs", ACCESS_GRANTS),
    OF("AWS::EKS::PodIdentityAssociation", "", ACCESS_RESOURCE),
    OF("AWS::EMR::StudioSessionMapping", "", ACCESS_RESOURCE),
    OF("AWS::ElasticLoadBalancingV2::Listener", "DefaultActions.AuthenticateCognitoConfig", ACCESS_LIMITS),
    OF("AWS::ElasticLoadBalancingV2::Listener", "DefaultActions.AuthenticateOidcConfig", ACCESS_LIMITS),
    OF("AWS::ElasticLoadBalancingV2::Listener", "DefaultActions.JwtValidationConfig", ACCESS_LIMITS),
    OF("AWS::ElasticLoadBalancingV2::Listener", "MutualAuthentication", ACCESS_LIMITS),
    OF("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions.AuthenticateCognitoConfig", ACCESS_LIMITS),
    OF("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions.AuthenticateOidcConfig", ACCESS_LIMITS),
    OF("AWS::ElasticLoadBalancingV2::ListenerRule", "Actions.JwtValidationConfig", ACCESS_LIMITS),
    SETTING("AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme", "internal internet-facing", true),
    OF("AWS::EntityResolution::PolicyStatement", "", ACCESS_RESOURCE),
    OF("AWS::Events::EventBusPolicy", "", ACCESS_STATEMENT),
    OF("AWS::GameLift::Fleet", "EC2InboundPermissions", ACCESS_GRANTS),
    OF("AWS::GlobalAccelerator::CrossAccountAttachment", "Principals", ACCESS_GRANTS),
    OF("AWS::Glue::Database", "DatabaseInput.CreateTableDefaultPermissions", ACCESS_GRANTS),
    OF("AWS::IAM::AccessKey", "", ACCESS_RESOURCE),
    OF("AWS::IAM::GroupPolicy", "GroupName", ACCESS_TARGETS),
    OF("AWS::IAM::InstanceProfile", "Roles", ACCESS_POINTER),
    OF("AWS::IAM::ManagedPolicy", "Groups", ACCESS_TARGETS),
    OF("AWS::IAM::ManagedPolicy", "Roles", ACCESS_TARGETS),
    OF("AWS::IAM::ManagedPolicy", "Users", ACCESS_TARGETS),
    OF("AWS::IAM::OIDCProvider", "", ACCESS_RESOURCE),
    OF("AWS::IAM::Policy", "Groups", ACCESS_TARGETS),
    OF("AWS::IAM::Policy", "Roles", ACCESS_TARGETS),
    OF("AWS::IAM::Policy", "Users", ACCESS_TARGETS),
    OF("AWS::IAM::RolePolicy", "RoleName", ACCESS_TARGETS),
    OF("AWS::IAM::SAMLProvider", "", ACCESS_RESOURCE),
    OF("AWS::IAM::User", "Groups", ACCESS_GRANTS),
    OF("AWS::IAM::User", "LoginProfile", ACCESS_GRANTS),
    OF("AWS::IAM::UserPolicy", "UserName", ACCESS_TARGETS),
    OF("AWS::IAM::UserToGroupAddition", "Users", ACCESS_GRANTS),
    OF("AWS::IAM::UserToGroupAddition", "GroupName", ACCESS_POINTER),
    OF("AWS::IdentityStore::GroupMembership", "", ACCESS_RESOURCE),
    OF("AWS::IoT::PolicyPrincipalAttachment", "", ACCESS_RESOURCE),
    OF("AWS::IoT::ThingPrincipalAttachment", "", ACCESS_RESOURCE),
    OF("AWS::IoTSiteWise::AccessPolicy", "", ACCESS_RESOURCE),
    OF("AWS::LakeFormation::DataLakeSettings", "", ACCESS_RESOURCE),
    OF("AWS::LakeFormation::Permissions", "", ACCESS_RESOURCE),
    OF("AWS::LakeFormation::PrincipalPermissions", "", ACCESS_RESOURCE),
    OF("AWS::Lambda::LayerVersionPermission", "", ACCESS_RESOURCE),
    OF("AWS::Lambda::Permission", "", ACCESS_RESOURCE),
    SETTING("AWS::Lambda::Url", "AuthType", "AWS_IAM NONE", false),
    OF("AWS::LicenseManager::Grant", "Principals", ACCESS_GRANTS),
    SETTING("AWS::Lightsail::Bucket", "AccessRules.AllowPublicOverrides", "false true", false),
    SETTING("AWS::Lightsail::Bucket", "AccessRules.GetObject", "private public", false),
    OF("AWS::Lightsail::Bucket", "ReadOnlyAccessAccounts", ACCESS_GRANTS),
    OF("AWS::Lightsail::Bucket", "ResourcesReceivingAccess", ACCESS_GRANTS),
    OF("AWS::Logs::Integration", "ResourceConfig.OpenSearchResourceConfig.DashboardViewerPrincipals",
        ACCESS_GRANTS),
    SETTING("AWS::MSK::Cluster", "BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type",
        "DISABLED SERVICE_PROVIDED_EIPS", false),
    OF("AWS::OpenSearchServerless::AccessPolicy", "Policy", ACCESS_GRANTS),
    OF("AWS::OpenSearchServerless::SecurityPolicy", "Policy", ACCESS_GRANTS),
    OF("AWS::Organizations::Policy", "", ACCESS_RESOURCE_LIMIT),
    OF("AWS::QBusiness::DataAccessor", "", ACCESS_RESOURCE),
    OF("AWS::QBusiness::Permission", "", ACCESS_RESOURCE),
    OF("AWS::QuickSight::ActionConnector", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::Analysis", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::CustomPermissions", "", ACCESS_RESOURCE_LIMIT),
    OF("AWS::QuickSight::Dashboard", "LinkSharingConfiguration", ACCESS_GRANTS),
    OF("AWS::QuickSight::Dashboard", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::DataSet", "ColumnLevelPermissionRules", ACCESS_LIMITS),
    OF("AWS::QuickSight::DataSet", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::DataSet", "RowLevelPermissionDataSet", ACCESS_LIMITS),
    OF("AWS::QuickSight::DataSource", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::Flow", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::Folder", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::KnowledgeBase", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::Space", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::Template", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::Theme", "Permissions", ACCESS_GRANTS),
    OF("AWS::QuickSight::TopicV2", "Permissions", ACCESS_GRANTS),
    OF("AWS::RAM::Permission", "", ACCESS_RESOURCE),
    OF("AWS::RAM::ResourceShare", "", ACCESS_RESOURCE),
    OF("AWS::RDS::DBSecurityGroup", "DBSecurityGroupIngress", ACCESS_GRANTS),
    OF("AWS::RDS::DBSecurityGroupIngress", "", ACCESS_RESOURCE),
    OF("AWS::Redshift::EndpointAuthorization", "", ACCESS_RESOURCE),
    OF("AWS::Redshift::SnapshotCopyGrant", "", ACCESS_RESOURCE),
    SETTING("AWS::RedshiftServerless::Workgroup", "PubliclyAccessible", "false true", false),
    OF("AWS::RolesAnywhere::Profile", "", ACCESS_RESOURCE),
    OF("AWS::RolesAnywhere::TrustAnchor", "", ACCESS_RESOURCE),
    OF("AWS::S3::AccessGrant", "", ACCESS_RESOURCE),
    SETTING("AWS::S3::Bucket", "AccessControl", ACL, false),
    OF("AWS::S3::Bucket", "OwnershipControls", ACCESS_LIMITS),
    OF("AWS::S3::BucketPolicy", "Bucket", ACCESS_TARGETS),
    OF("AWS::SNS::TopicPolicy", "Topics", ACCESS_TARGETS),
    OF("AWS::SQS::QueuePolicy", "Queues", ACCESS_TARGETS),
    OF("AWS::SSO::ApplicationAssignment", "", ACCESS_RESOURCE),
    OF("AWS::SSO::PermissionSet", "CustomerManagedPolicyReferences", ACCESS_GRANTS),
    OF("AWS::SecretsManager::ResourcePolicy", "BlockPublicPolicy", ACCESS_LIMITS),
    OF("AWS::SecurityLake::Subscriber", "", ACCESS_RESOURCE),
    OF("AWS::Serverless::Api", "Auth", ACCESS_POINTER),
    OF("AWS::Serverless::Application", "Location", ACCESS_GRANTS),
    OF("AWS::Serverless::Connector", "", ACCESS_RESOURCE),
    OF("AWS::Serverless::Function", "Connectors", ACCESS_GRANTS),
    SETTING("AWS::Serverless::Function", "FunctionUrlConfig.AuthType", "AWS_IAM NONE", false),
    OF("AWS::Serverless::Function", "Policies", ACCESS_GRANTS),
    OF("AWS::Serverless::HttpApi", "Auth", ACCESS_POINTER),
    OF("AWS::Serverless::StateMachine", "Policies", ACCESS_GRANTS),
    OF("AWS::ServiceCatalog::PortfolioPrincipalAssociation", "", ACCESS_RESOURCE),
    OF("AWS::ServiceCatalog::PortfolioShare", "", ACCESS_RESOURCE),
    OF("AWS::Signer::ProfilePermission", "", ACCESS_RESOURCE),
    OF("AWS::Transfer::User", "Policy", ACCESS_LIMITS),
    OF("AWS::VerifiedPermissions::Policy", "", ACCESS_RESOURCE),
    OF("AWS::VerifiedPermissions::PolicyTemplate", "", ACCESS_RESOURCE),
    SETTING("AWS::VpcLattice::Service", "AuthType", "AWS_IAM NONE", true),
    SETTING("AWS::VpcLattice::ServiceNetwork", "AuthType", "AWS_IAM NONE", true),
};

const size_t access_rule_count = ARRAY_SIZE(access_rules);

static const struct access_rule policy_rule = { .kind = ACCESS_POLICY };
static const struct access_rule open_policy_rule = { .kind = ACCESS_POLICY_OPEN };

static const struct access_rule *by_policy(const char *type, const char *path)
{
    const struct schema_policy *policy = schema_policy_find(type, path);

    if (!policy)
        return NULL;
    return policy->is_open ? &open_policy_rule : &policy_rule;
}

static const struct access_rule *by_schema(const char *type, const char *path)
{
    static const struct access_rule grants = { .kind = ACCESS_GRANTS };
    static const struct access_rule resource = { .kind = ACCESS_RESOURCE };
    const struct schema_resource *known = schema_resource_find(type);

    if (!*path) {
        switch (schema_resource_scrutiny(known)) {
        case SCHEMA_SCRUTINY_LAMBDA_PERMISSION:
        case SCHEMA_SCRUTINY_INGRESS_RULE_RESOURCE:
        case SCHEMA_SCRUTINY_EGRESS_RULE_RESOURCE:
        case SCHEMA_SCRUTINY_SSO_ASSIGNMENT_RESOURCE:
        case SCHEMA_SCRUTINY_SSO_INSTANCE_ACA_CONFIG_RESOURCE:
            return &resource;
        default:
            return NULL;
        }
    }
    switch (schema_property_scrutiny(schema_object_find(schema_resource_properties(known), path))) {
    case SCHEMA_SCRUTINY_INLINE_RESOURCE_POLICY:
    case SCHEMA_SCRUTINY_INLINE_IDENTITY_POLICIES:
        return &policy_rule;
    case SCHEMA_SCRUTINY_MANAGED_POLICIES:
    case SCHEMA_SCRUTINY_INGRESS_RULES:
    case SCHEMA_SCRUTINY_EGRESS_RULES:
        return &grants;
    default:
        return NULL;
    }
}

static const struct access_rule *by_name(const char *path)
{
    const char *dot = strrchr(path, '.'), *name = dot ? dot + 1 : path;

    for (size_t i = 0; i < access_rule_count; i++)
        if (!access_rules[i].type && strcmp(access_rules[i].path, name) == 0)
            return &access_rules[i];
    return NULL;
}

const struct access_rule *access_rule_find(const char *type, const char *path)
{
    const struct access_rule *rule;
    static const struct access_rule module = { .kind = ACCESS_RESOURCE };
    const char *module_ending = strstr(type, "::MODULE");

    // A module of the registry holds any resources.
    if (!*path && module_ending && !module_ending[strlen("::MODULE")])
        return &module;
    for (size_t i = 0; i < access_rule_count; i++)
        if (access_rules[i].type && strcmp(access_rules[i].path, path) == 0 &&
            strcmp(access_rules[i].type, type) == 0)
            return &access_rules[i];
    rule = by_policy(type, path);
    rule = rule ? rule : by_name(path);
    return rule ? rule : by_schema(type, path);
}
