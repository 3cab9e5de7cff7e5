// SPDX-License-Identifier: MIT
// The table of what holds permissions, against the resource policies that AWS documents and the schema.
#include "diff/compare/access.h"
#include "schema/schema.h"
#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_resource_policies),
        cmocka_unit_test(rules_name_what_exists),
    };

    return cmocka_run_group_tests_name("diff/access_rules", tests, NULL, NULL);
}
