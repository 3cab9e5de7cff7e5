// SPDX-License-Identifier: MIT
// The table of what holds permissions, against the resource policies that AWS documents and the schema.
#include "data/value.h"
#include "diff/compare/access.h"
#include "schema/schema.h"
#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// Of the IAM User Guide's "AWS services that work with IAM": services with resource-based policies, by the
// types and properties that CloudFormation has for these. "": the type is a permission as a whole.
static const struct {
    const char *type, *path;
} resource_policies[] = {
    { "AWS::ACMPCA::Permission", "" },
    { "AWS::APS::ResourcePolicy", "PolicyDocument" },
    { "AWS::ApiGateway::RestApi", "Policy" },
    { "AWS::Backup::BackupVault", "AccessPolicy" },
    { "AWS::Bedrock::ResourcePolicy", "PolicyDocument" },
    { "AWS::CloudTrail::ResourcePolicy", "ResourcePolicy" },
    { "AWS::CodeArtifact::Domain", "PermissionsPolicyDocument" },
    { "AWS::CodeArtifact::Repository", "PermissionsPolicyDocument" },
    { "AWS::DSQL::Cluster", "PolicyDocument" },
    { "AWS::DynamoDB::Table", "ResourcePolicy" },
    { "AWS::EC2::VPCEndpoint", "PolicyDocument" },
    { "AWS::EC2::VerifiedAccessGroup", "PolicyDocument" },
    { "AWS::ECR::PublicRepository", "RepositoryPolicyText" },
    { "AWS::ECR::RegistryPolicy", "PolicyText" },
    { "AWS::ECR::Repository", "RepositoryPolicyText" },
    { "AWS::EFS::FileSystem", "FileSystemPolicy" },
    { "AWS::Elasticsearch::Domain", "AccessPolicies" },
    { "AWS::EventSchemas::RegistryPolicy", "Policy" },
    { "AWS::Events::EventBus", "Policy" },
    { "AWS::Events::EventBusPolicy", "" },
    { "AWS::IAM::Role", "AssumeRolePolicyDocument" },
    { "AWS::IoT::Policy", "PolicyDocument" },
    { "AWS::KMS::Key", "KeyPolicy" },
    { "AWS::KMS::ReplicaKey", "KeyPolicy" },
    { "AWS::Kinesis::ResourcePolicy", "ResourcePolicy" },
    { "AWS::Lambda::LayerVersionPermission", "" },
    { "AWS::Lambda::Permission", "" },
    { "AWS::Lex::ResourcePolicy", "Policy" },
    { "AWS::Logs::Destination", "DestinationPolicy" },
    { "AWS::Logs::ResourcePolicy", "PolicyDocument" },
    { "AWS::MSK::ClusterPolicy", "Policy" },
    { "AWS::MediaPackageV2::ChannelPolicy", "Policy" },
    { "AWS::MediaStore::Container", "Policy" },
    { "AWS::MediaTailor::ChannelPolicy", "Policy" },
    { "AWS::Oam::Sink", "Policy" },
    { "AWS::OpenSearchService::Domain", "AccessPolicies" },
    { "AWS::Organizations::ResourcePolicy", "Content" },
    { "AWS::PaymentCryptography::Key", "Policy" },
    { "AWS::RAM::ResourceShare", "" },
    { "AWS::RedshiftServerless::Namespace", "NamespaceResourcePolicy" },
    { "AWS::S3::AccessPoint", "Policy" },
    { "AWS::S3::BucketPolicy", "PolicyDocument" },
    { "AWS::S3::MultiRegionAccessPointPolicy", "Policy" },
    { "AWS::S3Express::BucketPolicy", "PolicyDocument" },
    { "AWS::S3ObjectLambda::AccessPointPolicy", "PolicyDocument" },
    { "AWS::S3Outposts::BucketPolicy", "PolicyDocument" },
    { "AWS::S3Tables::TableBucketPolicy", "ResourcePolicy" },
    { "AWS::S3Vectors::VectorBucketPolicy", "Policy" },
    { "AWS::SNS::TopicInlinePolicy", "PolicyDocument" },
    { "AWS::SNS::TopicPolicy", "PolicyDocument" },
    { "AWS::SQS::QueueInlinePolicy", "PolicyDocument" },
    { "AWS::SQS::QueuePolicy", "PolicyDocument" },
    { "AWS::SSM::ResourcePolicy", "Policy" },
    { "AWS::SecretsManager::ResourcePolicy", "ResourcePolicy" },
    { "AWS::Signer::ProfilePermission", "" },
    { "AWS::VpcLattice::AuthPolicy", "Policy" },
    { "AWS::VpcLattice::ResourcePolicy", "Policy" },
    { "AWS::XRay::ResourcePolicy", "PolicyDocument" },
};

static void knows_resource_policies(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(resource_policies); i++) {
        const char *type = resource_policies[i].type, *path = resource_policies[i].path;
        const struct access_rule *rule = access_rule_find(type, path);
        const struct schema_resource *known = schema_resource_find(type);

        if (!known || (*path && !schema_object_find(schema_resource_properties(known), path)))
            print_message("%s %s: not in the schema\n", type, path);
        if ((!rule || rule->kind == ACCESS_NONE) && ++wrong)
            print_message("%s %s: no rule\n", type, path);
    }
    assert_int_equal(wrong, 0);
}

// Rules are for types and properties that exist.
static void rules_name_what_exists(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < access_rule_count; i++) {
        const struct access_rule *rule = &access_rules[i];
        const struct schema_resource *known = schema_resource_find(rule->type);

        // SAM has more than the schema.
        if (!rule->type || strncmp(rule->type, "AWS::Serverless::", 17) == 0 ||
            (known &&
                (!*rule->path ||
                    schema_path_find(schema_resource_properties(known), rule->path, NULL, NULL))))
            continue;
        print_message("%s %s: not in the schema\n", rule->type, rule->path);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

// What ends like this holds or names permissions, as far as it may hold a document, a name or an ARN.
static const char *const endings[] = { "Policy", "Policies", "PolicyDocument", "PolicyText", "PolicyTemplate",
    "PolicyArn", "PolicyArns", "Permission", "Permissions", "Principal", "Principals", "PermissionsBoundary",
    "PermissionBoundary", "Grantee", "Grants" };

// Properties that look as if they held permissions of AWS, and what they are.
static struct {
    const char *type, *name; // wherever it is in the type
    const char *reason;
    bool is_used;
} exceptions[] = {
    { "AWS::ApiGateway::DomainName", "SecurityPolicy", "versions of TLS", false },
    { "AWS::ApiGateway::DomainNameV2", "SecurityPolicy", "versions of TLS", false },
    { "AWS::ApiGateway::RestApi", "SecurityPolicy", "versions of TLS", false },
    { "AWS::ApiGatewayV2::DomainName", "SecurityPolicy", "versions of TLS", false },
    { "AWS::AppStream::Stack", "Permission", "clipboard, files and printers of a session", false },
    { "AWS::AutoScaling::AutoScalingGroup", "TerminationPolicies", "which instances end first", false },
    { "AWS::Batch::JobDefinition", "Permissions", "a device within a container", false },
    { "AWS::Batch::JobDefinition", "ImagePullPolicy", "when an image is pulled", false },
    { "AWS::Batch::JobDefinition", "DnsPolicy", "how a pod resolves names", false },
    { "AWS::Batch::JobQueue", "SchedulingPolicyArn", "order of jobs", false },
    { "AWS::Bedrock::AutomatedReasoningPolicyVersion", "PolicyArn", "rules for answers of a model", false },
    { "AWS::Bedrock::Guardrail", "Policies", "rules for answers of a model", false },
    { "AWS::CloudFront::Distribution", "ViewerProtocolPolicy", "HTTP or HTTPS", false },
    { "AWS::CloudFront::Distribution", "OriginProtocolPolicy", "HTTP or HTTPS", false },
    { "AWS::CloudFront::ResponseHeadersPolicy", "ContentSecurityPolicy", "a header for browsers", false },
    { "AWS::CloudFront::ResponseHeadersPolicy", "ReferrerPolicy", "a header for browsers", false },
    { "AWS::CloudFront::VpcOrigin", "OriginProtocolPolicy", "HTTP or HTTPS", false },
    { "AWS::Cognito::UserPoolDomain", "SecurityPolicy", "versions of TLS", false },
    { "AWS::Config::ConfigRule", "PolicyText", "a rule that looks for resources out of order", false },
    { "AWS::Config::OrganizationConfigRule", "PolicyText", "a rule that looks for resources out of order",
        false },
    { "AWS::DLM::LifecyclePolicy", "DefaultPolicy", "which resources get backups", false },
    { "AWS::DMS::Endpoint", "SafeguardPolicy", "how a database log is kept", false },
    { "AWS::DataSync::LocationHDFS", "KerberosPrincipal", "an account outside of AWS", false },
    { "AWS::DataSync::LocationSMB", "KerberosPrincipal", "an account outside of AWS", false },
    { "AWS::ECR::Repository", "LifecyclePolicyText", "when images are deleted", false },
    { "AWS::ECR::RepositoryCreationTemplate", "LifecyclePolicy", "when things are deleted", false },
    { "AWS::ECS::DaemonTaskDefinition", "Permissions", "a device within a container", false },
    { "AWS::ECS::TaskDefinition", "Permissions", "a device within a container", false },
    { "AWS::EFS::AccessPoint", "Permissions", "POSIX mode of a directory", false },
    { "AWS::ElasticLoadBalancingV2::Listener", "AlpnPolicy", "protocols of TLS", false },
    { "AWS::ElasticLoadBalancingV2::Listener", "SslPolicy", "versions of TLS", false },
    { "AWS::Elasticsearch::Domain", "TLSSecurityPolicy", "versions of TLS", false },
    { "AWS::FSx::FileSystem", "AutoImportPolicy", "which changes are imported", false },
    { "AWS::FSx::Volume", "SnapshotPolicy", "when snapshots are made", false },
    { "AWS::Greengrass::FunctionDefinition", "Permission", "rights of a process on a device", false },
    { "AWS::Greengrass::FunctionDefinitionVersion", "Permission", "rights of a process on a device", false },
    { "AWS::Greengrass::ResourceDefinition", "GroupPermission", "rights of a process on a device", false },
    { "AWS::Greengrass::ResourceDefinitionVersion", "GroupPermission", "rights of a process on a device",
        false },
    { "AWS::IoT::DomainConfiguration", "SecurityPolicy", "versions of TLS", false },
    { "AWS::IoTWireless::ServiceProfile", "DlRatePolicy", "a radio link", false },
    { "AWS::IoTWireless::ServiceProfile", "UlRatePolicy", "a radio link", false },
    { "AWS::Lightsail::Distribution", "ProtocolPolicy", "HTTP or HTTPS", false },
    { "AWS::Logs::LogGroup", "FieldIndexPolicies", "which fields are indexed", false },
    { "AWS::MediaLive::Channel", "LanguageSelectionPolicy", "choice of a sound track", false },
    { "AWS::MediaStore::Container", "LifecyclePolicy", "when things are deleted", false },
    { "AWS::NetworkFirewall::Firewall", "FirewallPolicyArn",
        "what a firewall filters, as security groups beside it allow", false },
    { "AWS::OpenSearchServerless::LifecyclePolicy", "Policy", "when indexes are deleted", false },
    { "AWS::OpenSearchService::Domain", "TLSSecurityPolicy", "versions of TLS", false },
    { "AWS::ResilienceHub::App", "ResiliencyPolicyArn", "targets of recovery", false },
    { "AWS::ResilienceHubV2::Service", "PolicyArn", "targets of recovery", false },
    { "AWS::ResilienceHubV2::UserJourney", "PolicyArn", "targets of recovery", false },
    { "AWS::S3Files::AccessPoint", "Permissions", "POSIX mode of a directory", false },
    { "AWS::SES::ConfigurationSet", "TlsPolicy", "versions of TLS", false },
    { "AWS::SES::ConfigurationSet", "HttpsPolicy", "whether links are HTTPS", false },
    { "AWS::SES::ReceiptFilter", "Policy", "whose mail is received", false },
    { "AWS::SES::ReceiptRule", "TlsPolicy", "versions of TLS", false },
    { "AWS::SNS::Subscription", "DeliveryPolicy", "when deliveries are tried again", false },
    { "AWS::SNS::Subscription", "FilterPolicy", "which messages a subscriber gets", false },
    { "AWS::SQS::Queue", "RedrivePolicy", "where dead letters go", false },
    { "AWS::SSM::Parameter", "Policies", "when a parameter expires", false },
    { "AWS::Serverless::Api", "SecurityPolicy", "versions of TLS", false },
    { "AWS::Serverless::HttpApi", "SecurityPolicy", "versions of TLS", false },
    { "AWS::Serverless::LayerVersion", "RetentionPolicy", "when versions are deleted", false },
    { "AWS::ServiceDiscovery::Service", "RoutingPolicy", "which records are answered", false },
    { "AWS::WorkSpacesWeb::BrowserSettings", "BrowserPolicy", "settings of a browser", false },
};

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), rest = strlen(ending);

    return length >= rest && strcmp(text + length - rest, ending) == 0;
}

static bool may_hold_permissions(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
        if (ends_with(name, endings[i]))
            return true;
    return false;
}

// A string that is not one of a list, or any value.
static bool is_free(const struct schema_type *type)
{
    switch (schema_type_kind(type)) {
    case SCHEMA_JSON:
        return true;
    case SCHEMA_STRING:
        return !schema_type_allowed(type).count;
    case SCHEMA_ARRAY:
    case SCHEMA_MAP:
        return is_free(schema_type_element(type));
    case SCHEMA_UNION:
        for (size_t i = 0; i < schema_type_member_count(type); i++)
            if (is_free(schema_type_member_at(type, i)))
                return true;
        return false;
    default:
        return false;
    }
}

static bool is_excepted(const char *type, const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(exceptions); i++) {
        if (strcmp(type, exceptions[i].type) != 0 || strcmp(name, exceptions[i].name) != 0)
            continue;
        exceptions[i].is_used = *exceptions[i].reason;
        return true;
    }
    return false;
}

// Whether the property, or what it is within, has a rule.
static bool has_rule(const char *type, const char *path)
{
    char *part = arena_strdup(value_arena(), path);

    for (;;) {
        const struct access_rule *rule = access_rule_find(type, part);
        char *dot = strrchr(part, '.');

        if (rule && rule->kind != ACCESS_NONE)
            return true;
        if (!*part)
            return false;
        *(dot ? dot : part) = '\0';
    }
}

enum { DEPTH_MAX = 8 };

static size_t check_object(const char *type, const char *path, const struct schema_object *object, int depth)
{
    size_t missing = 0;

    for (size_t i = 0; depth < DEPTH_MAX && i < schema_object_count(object); i++) {
        const struct schema_property *property = schema_object_at(object, i);
        const struct schema_type *of = schema_property_type(property);
        const char *name = schema_property_name(property);
        const char *below = arena_printf(value_arena(), "%s%s%s", path, *path ? "." : "", name);

        if (is_free(of) && may_hold_permissions(name) && !has_rule(type, below) && !is_excepted(type, name)) {
            print_message("%s %s: neither a rule nor an exception\n", type, below);
            missing++;
        }
        missing += check_object(type, below, schema_type_inner_object(of), depth + 1);
    }
    return missing;
}

// Types that are called after rights.
static const char *const type_endings[] = { "Permission", "Permissions", "Grant", "Assignment", "Membership",
    "Authorization", "PrincipalAssociation", "PrincipalAttachment", "PolicyStatement", "AccessPolicy" };

static bool is_called_after_rights(const char *type)
{
    for (size_t i = 0; i < ARRAY_SIZE(type_endings); i++)
        if (ends_with(type, type_endings[i]))
            return true;
    return false;
}

static bool type_has_rule(const char *type)
{
    const struct schema_object *properties = schema_resource_properties(schema_resource_find(type));

    for (size_t i = 0; i < schema_object_count(properties); i++)
        if (has_rule(type, schema_property_name(schema_object_at(properties, i))))
            return true;
    return has_rule(type, "");
}

static void every_type_called_after_rights_is_judged(void **state)
{
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    size_t missing = 0;

    (void)state;
    for (size_t i = 0; i < schema_resource_count(); i++) {
        const char *type = schema_resource_type(schema_resource_at(i));

        // Who joins a collaboration of Clean Rooms gets no rights by that alone.
        if (!is_called_after_rights(type) || strcmp(type, "AWS::CleanRooms::Membership") == 0 ||
            type_has_rule(type))
            continue;
        print_message("%s: no rule\n", type);
        missing++;
    }
    value_arena_use(before);
    arena_release(&arena);
    assert_int_equal(missing, 0);
}

// A property that is new in the schema is either judged, or somebody has said why it need not be.
static void every_property_of_the_schema_is_judged(void **state)
{
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    size_t missing = 0;

    (void)state;
    for (size_t i = 0; i < schema_resource_count(); i++) {
        const struct schema_resource *resource = schema_resource_at(i);

        missing += check_object(schema_resource_type(resource), "", schema_resource_properties(resource), 0);
    }
    for (size_t i = 0; i < ARRAY_SIZE(exceptions); i++)
        if (!exceptions[i].is_used && ++missing)
            print_message("exception %s %s: of no use\n", exceptions[i].type, exceptions[i].name);
    value_arena_use(before);
    arena_release(&arena);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_property_of_the_schema_is_judged),
        cmocka_unit_test(every_type_called_after_rights_is_judged),
        cmocka_unit_test(knows_resource_policies),
        cmocka_unit_test(rules_name_what_exists),
    };

    return cmocka_run_group_tests_name("diff/access_rules", tests, NULL, NULL);
}
