// SPDX-License-Identifier: MIT
#include "deploy/bootstrap/bootstrap_template.h"

#include "data/bootstrap.h"
#include "deploy/bootstrap/bootstrap_private.h"
#include "util/array.h"

#include <stdbool.h>

enum parameter_kind { TEXT, LIST, SWITCH };

struct parameter {
    const char *name;
    enum parameter_kind kind;
    const char *initially;
    const char *description;
};

static const struct parameter parameters[] = {
    { "TrustedAccounts", LIST, "", "Accounts that may publish assets and deploy stacks here" },
    { "TrustedAccountsForLookup", LIST, "", "Accounts that may look values up here" },
    { "CloudFormationExecutionPolicies", LIST, "",
        "ARNs of the managed policies with which CloudFormation deploys" },
    { "FileAssetsBucketName", TEXT, "", "Name of the staging bucket; empty: one with the qualifier" },
    { "FileAssetsBucketKmsKeyId", TEXT, "",
        "Empty: a new key; AWS_MANAGED_KEY: that of S3; else the id or ARN of a key" },
    { "ContainerAssetsRepositoryName", TEXT, "", "Name of the repository; empty: one with the qualifier" },
    { "Qualifier", TEXT, BOOTSTRAP_DEFAULT_QUALIFIER,
        "Tells several bootstrap stacks of one environment apart" },
    { "PublicAccessBlockConfiguration", SWITCH, "true", "Whether the staging bucket blocks public access" },
    { "InputPermissionsBoundary", TEXT, "", "Name of a permissions boundary for the role of CloudFormation" },
    { "UseExamplePermissionsBoundary", SWITCH, "false", "Whether to make an example of such a boundary" },
    { "ApplyPermissionsBoundaryToAllRoles", SWITCH, "false", "Whether every role gets the boundary" },
    { "BootstrapVariant", TEXT, BOOTSTRAP_VARIANT,
        "Where the resources come from: a bootstrap of another variant is not overwritten" },
    { "DenyExternalId", SWITCH, "true", "Whether requests with an external id are turned away" },
};

static struct value *template_parameters(void)
{
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < ARRAY_SIZE(parameters); i++) {
        const struct parameter *p = &parameters[i];

        object_set(all, p->name,
            object((struct field[]){
                { "Description", string(p->description) },
                { "Type", string(p->kind == LIST ? "CommaDelimitedList" : "String") },
                { "Default", string(p->initially) },
                { "AllowedValues",
                    p->kind == SWITCH ? strings((const char *[]){ "true", "false", NULL }) : NULL },
                END,
            }));
    }
    // A role's name has at most 64 characters.
    object_set(object_get(all, "Qualifier"), "AllowedPattern", string("[A-Za-z0-9_-]{1,10}"));
    object_set(object_get(all, "Qualifier"), "ConstraintDescription",
        string("Qualifier must be 1 to 10 letters, digits, '_' or '-'"));
    return all;
}

static struct value *equals(const char *text, struct value *other)
{
    return object(
        (struct field[]){ { "Fn::Equals", array_of((struct value *[]){ string(text), other, NULL }) }, END });
}

static struct value *negated(struct value *condition)
{
    return object((struct field[]){ { "Fn::Not", array_of((struct value *[]){ condition, NULL }) }, END });
}

static struct value *has_items(const char *list)
{
    struct value *joined = object((struct field[]){
        { "Fn::Join", array_of((struct value *[]){ string(""), named(list), NULL }) }, END });

    return negated(equals("", joined));
}

static struct value *has_text(const char *parameter)
{
    return negated(equals("", named(parameter)));
}

static struct value *is_true(const char *parameter)
{
    return equals("true", named(parameter));
}

static struct value *conditions(void)
{
    struct value *boundary =
        object((struct field[]){ { "Condition", string("PermissionsBoundarySet") }, END });

    return object((struct field[]){
        { "HasTrustedAccounts", has_items("TrustedAccounts") },
        { "HasTrustedAccountsForLookup", has_items("TrustedAccountsForLookup") },
        { "HasCloudFormationExecutionPolicies", has_items("CloudFormationExecutionPolicies") },
        { "HasCustomFileAssetsBucketName", has_text("FileAssetsBucketName") },
        { "CreateNewKey", equals("", named("FileAssetsBucketKmsKeyId")) },
        { "UseAwsManagedKey", equals("AWS_MANAGED_KEY", named("FileAssetsBucketKmsKeyId")) },
        { "ShouldCreatePermissionsBoundary", is_true("UseExamplePermissionsBoundary") },
        { "PermissionsBoundarySet", has_text("InputPermissionsBoundary") },
        { "ShouldApplyPermissionsBoundaryToAllRoles",
            object((struct field[]){ { "Fn::And",
                                         array_of((struct value *[]){ boundary,
                                             is_true("ApplyPermissionsBoundaryToAllRoles"), NULL }) },
                END }) },
        { "HasCustomContainerAssetsRepositoryName", has_text("ContainerAssetsRepositoryName") },
        { "UsePublicAccessBlockConfiguration", is_true("PublicAccessBlockConfiguration") },
        { "ShouldDenyExternalId", is_true("DenyExternalId") },
        END,
    });
}

static struct value *version_parameter(void)
{
    return object((struct field[]){
        { "Type", string("AWS::SSM::Parameter") },
        { "Properties",
            object((struct field[]){
                { "Type", string("String") },
                { "Name", substituted("/cdk-bootstrap/${Qualifier}/version") },
                { "Value", stringf("%d", BOOTSTRAP_VERSION) },
                END,
            }) },
        END,
    });
}

static struct value *resources(void)
{
    const struct value *parts[] = { bootstrap_storage(), bootstrap_roles() };
    struct value *all = one("CdkBootstrapVersion", version_parameter());

    for (size_t part = 0; part < 2; part++)
        for (size_t i = 0; i < value_length(parts[part]); i++)
            object_set(all, object_at(parts[part], i)->key, object_at(parts[part], i)->value);
    return all;
}

static struct value *output(const char *description, struct value *value)
{
    return object((struct field[]){ { "Description", string(description) }, { "Value", value }, END });
}

static struct value *outputs(void)
{
    struct value *key = output("ARN of the key that encrypts the staging bucket",
        when("CreateNewKey", substituted("${FileAssetsBucketEncryptionKey.Arn}"),
            substituted("${FileAssetsBucketKmsKeyId}")));

    // Nobody uses it any more, but where somebody does the stack could not be updated without it.
    object_set(key, "Export",
        object(
            (struct field[]){ { "Name", substituted("CdkBootstrap-${Qualifier}-FileAssetKeyArn") }, END }));
    return object((struct field[]){
        { "BucketName", output("Name of the staging bucket", substituted("${StagingBucket}")) },
        { "BucketDomainName",
            output("Domain of the staging bucket", substituted("${StagingBucket.RegionalDomainName}")) },
        { "FileAssetKeyArn", key },
        { "ImageRepositoryName",
            output("Name of the repository", substituted("${ContainerAssetsRepository}")) },
        { "BootstrapVersion", output("Version of these resources", stringf("%d", BOOTSTRAP_VERSION)) },
        END,
    });
}

struct value *bootstrap_template(void)
{
    return object((struct field[]){
        { "Description", string("What CDK apps need to be deployed to this environment") },
        { "Parameters", template_parameters() },
        { "Conditions", conditions() },
        { "Resources", resources() },
        { "Outputs", outputs() },
        END,
    });
}
