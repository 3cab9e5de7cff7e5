// SPDX-License-Identifier: MIT
#include "deploy/bootstrap/bootstrap_private.h"

// Who may take a role on: the account itself, and accounts that a parameter names.

struct trust {
    const char *accounts;  // a parameter or pseudo parameter
    const char *condition; // under which there are any; NULL: always
};

static const struct trust own_account = { "AWS::AccountId", NULL };
static const struct trust trusted = { "TrustedAccounts", "HasTrustedAccounts" };
static const struct trust trusted_for_lookup = { "TrustedAccountsForLookup", "HasTrustedAccountsForLookup" };

// Of one the action is a text, of the other a list, as in the CDK's: so neither sees a change in what the
// other made.
static struct value *trust_statement(const struct trust *trust, const char *action, struct value *condition)
{
    struct statement allowed = {
        .principal = one("AWS", named(trust->accounts)),
        .condition = condition,
    };

    if (!trust->condition) {
        allowed.action = action;
        return bootstrap_statement(&allowed);
    }
    allowed.actions = NAMES(action);
    return when(trust->condition, bootstrap_statement(&allowed), no_value());
}

// An external id tells that somebody else's service acts for its customers, which these roles are not for.
static struct value *without_external_id(void)
{
    return when("ShouldDenyExternalId", one("Null", one("sts:ExternalId", string("true"))), no_value());
}

static struct value *trust_document(const struct trust *const *trusts)
{
    struct value *statements = array();

    for (; *trusts; trusts++) {
        array_append(statements, trust_statement(*trusts, "sts:AssumeRole", without_external_id()));
        array_append(statements, trust_statement(*trusts, "sts:TagSession", NULL));
    }
    return one("Statement", statements);
}

static struct value *boundary_if(const char *condition)
{
    return when(condition,
        substituted("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${InputPermissionsBoundary}"),
        no_value());
}

struct role {
    const char *name; // what tells it apart from the others
    const struct trust *const *trusts;
    struct value *managed_policies;
    struct value *policies;
};

static struct value *role(const struct role *r)
{
    struct value *tag = object(
        (struct field[]){ { "Key", string("aws-cdk:bootstrap-role") }, { "Value", string(r->name) }, END });

    return object((struct field[]){
        { "Type", string("AWS::IAM::Role") },
        { "Properties",
            object((struct field[]){
                { "AssumeRolePolicyDocument", trust_document(r->trusts) },
                { "RoleName",
                    substituted(value_string(
                        stringf("cdk-${Qualifier}-%s-role-${AWS::AccountId}-${AWS::Region}", r->name))) },
                { "PermissionsBoundary", boundary_if("ShouldApplyPermissionsBoundaryToAllRoles") },
                { "ManagedPolicyArns", r->managed_policies },
                { "Policies", r->policies },
                { "Tags", array_of((struct value *[]){ tag, NULL }) },
                END,
            }) },
        END,
    });
}

static struct value *inline_policy(const char *name, struct value *const *statements)
{
    struct value *policy = object((struct field[]){
        { "PolicyName", string(name) }, { "PolicyDocument", bootstrap_document(statements) }, END });

    return array_of((struct value *[]){ policy, NULL });
}

static struct value *managed_policy(const char *name)
{
    return array_of((struct value *[]){
        substituted(value_string(stringf("arn:${AWS::Partition}:iam::aws:policy/%s", name))), NULL });
}

static struct value *role_policy(const char *role_id, const char *name, struct value *const *statements)
{
    const char *full_name = value_string(
        stringf("cdk-${Qualifier}-%s-role-default-policy-${AWS::AccountId}-${AWS::Region}", name));

    return object((struct field[]){
        { "Type", string("AWS::IAM::Policy") },
        { "Properties",
            object((struct field[]){
                { "PolicyDocument", bootstrap_document(statements) },
                { "Roles", array_of((struct value *[]){ named(role_id), NULL }) },
                { "PolicyName", substituted(full_name) },
                END,
            }) },
        END,
    });
}

// What uploads.

static struct value *file_publishing_policy(void)
{
    struct value *same_account = one("StringEquals",
        one("aws:ResourceAccount", array_of((struct value *[]){ substituted("${AWS::AccountId}"), NULL })));
    struct value *key = when("CreateNewKey", substituted("${FileAssetsBucketEncryptionKey.Arn}"),
        substituted(
            "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${FileAssetsBucketKmsKeyId}"));

    return role_policy("FilePublishingRole", "file-publishing",
        (struct value *[]){
            bootstrap_statement(&(struct statement){
                .actions = NAMES("s3:GetObject*", "s3:GetBucket*", "s3:GetEncryptionConfiguration",
                    "s3:List*", "s3:DeleteObject*", "s3:PutObject*", "s3:Abort*"),
                .resource = bootstrap_bucket_and_objects(),
                .condition = same_account,
            }),
            bootstrap_statement(&(struct statement){ .actions = bootstrap_key_use, .resource = key }),
            NULL,
        });
}

static struct value *image_publishing_policy(void)
{
    return role_policy("ImagePublishingRole", "image-publishing",
        (struct value *[]){
            bootstrap_statement(&(struct statement){
                .actions = NAMES("ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
                    "ecr:CompleteLayerUpload", "ecr:BatchCheckLayerAvailability", "ecr:DescribeRepositories",
                    "ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                .resource = substituted("${ContainerAssetsRepository.Arn}"),
            }),
            bootstrap_statement(&(struct statement){
                .actions = NAMES("ecr:GetAuthorizationToken"), .resource = string("*") }),
            NULL,
        });
}

// What looks up: everything but what is secret.
static struct value *lookup_policies(void)
{
    return inline_policy("LookupRolePolicy",
        (struct value *[]){
            bootstrap_statement(&(struct statement){ .sid = "DontReadSecrets",
                .effect = "Deny",
                .actions = NAMES("kms:Decrypt"),
                .resource = string("*") }),
            NULL,
        });
}

// What deploys. Pipelines keep their artifacts in buckets of another account.

static struct value *artifact_bucket(void)
{
    return bootstrap_statement(&(struct statement){
        .sid = "PipelineCrossAccountArtifactsBucket",
        .actions = NAMES(
            "s3:GetObject*", "s3:GetBucket*", "s3:List*", "s3:Abort*", "s3:DeleteObject*", "s3:PutObject*"),
        .resource = string("*"),
        .condition = one("StringNotEquals", one("s3:ResourceAccount", named("AWS::AccountId"))),
    });
}

static struct value *artifact_key(void)
{
    return bootstrap_statement(&(struct statement){
        .sid = "PipelineCrossAccountArtifactsKey",
        .actions = bootstrap_key_use,
        .resource = string("*"),
        .condition =
            one("StringEquals", one("kms:ViaService", substituted("s3.${AWS::Region}.amazonaws.com"))),
    });
}

static struct value *deploy_permissions(void)
{
    return bootstrap_statement(&(struct statement){
        .sid = "DeployPermissions",
        .actions = NAMES("cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet",
            "cloudformation:ExecuteChangeSet", "cloudformation:CreateStack", "cloudformation:UpdateStack",
            "cloudformation:RollbackStack", "cloudformation:ContinueUpdateRollback"),
        .resource = string("*"),
    });
}

static struct value *read_version(void)
{
    return bootstrap_statement(&(struct statement){
        .sid = "ReadVersion",
        .actions = NAMES("ssm:GetParameter", "ssm:GetParameters"),
        .resource = array_of((struct value *[]){
            substituted(
                "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${CdkBootstrapVersion}"),
            NULL }),
    });
}

static struct value *deploy_policies(void)
{
    return inline_policy("default",
        (struct value *[]){
            deploy_permissions(),
            artifact_bucket(),
            artifact_key(),
            bootstrap_statement(&(struct statement){
                .action = "iam:PassRole", .resource = substituted("${CloudFormationExecutionRole.Arn}") }),
            bootstrap_statement(&(struct statement){
                .sid = "CliPermissions",
                .actions = NAMES("cloudformation:DeleteStack", "cloudformation:UpdateTerminationProtection",
                    "sts:GetCallerIdentity"),
                .resource = string("*"),
            }),
            bootstrap_statement(&(struct statement){
                .sid = "CliStagingBucket",
                .actions = NAMES("s3:GetObject*", "s3:GetBucket*", "s3:List*"),
                .resource = bootstrap_bucket_and_objects(),
            }),
            read_version(),
            bootstrap_statement(&(struct statement){
                .sid = "Refactor",
                .actions = NAMES("cloudformation:CreateStackRefactor", "cloudformation:ExecuteStackRefactor"),
                .resource = string("*"),
            }),
            NULL,
        });
}

// With which CloudFormation makes everything else. Who trusts other accounts has to say with which policies.
static struct value *execution_role(void)
{
    struct value *cloudformation = bootstrap_statement(&(struct statement){
        .action = "sts:AssumeRole",
        .principal = one("Service", string("cloudformation.amazonaws.com")),
    });
    struct value *implied = when("HasTrustedAccounts", no_value(), managed_policy("AdministratorAccess"));

    return object((struct field[]){
        { "Type", string("AWS::IAM::Role") },
        { "Properties",
            object((struct field[]){
                { "AssumeRolePolicyDocument",
                    bootstrap_document((struct value *[]){ cloudformation, NULL }) },
                { "ManagedPolicyArns",
                    when("HasCloudFormationExecutionPolicies", named("CloudFormationExecutionPolicies"),
                        implied) },
                { "RoleName",
                    substituted("cdk-${Qualifier}-cfn-exec-role-${AWS::AccountId}-${AWS::Region}") },
                { "PermissionsBoundary", boundary_if("PermissionsBoundarySet") },
                END,
            }) },
        END,
    });
}

// An example of a permissions boundary: everything is allowed, but whoever is within it can neither make
// anybody who is not, nor change it or take it off.

#define BOUNDARY "policy/cdk-${Qualifier}-permissions-boundary-${AWS::AccountId}-${AWS::Region}"

static struct value *boundary_arn(void)
{
    return substituted("arn:${AWS::Partition}:iam::${AWS::AccountId}:" BOUNDARY);
}

static struct value *boundary_document(void)
{
    return bootstrap_document((struct value *[]){
        bootstrap_statement(
            &(struct statement){ .sid = "ExplicitAllowAll", .actions = NAMES("*"), .resource = string("*") }),
        bootstrap_statement(&(struct statement){
            .sid = "DenyAccessIfRequiredPermBoundaryIsNotBeingApplied",
            .effect = "Deny",
            .actions = NAMES("iam:CreateUser", "iam:CreateRole", "iam:PutRolePermissionsBoundary",
                "iam:PutUserPermissionsBoundary"),
            .resource = string("*"),
            .condition = one("StringNotEquals", one("iam:PermissionsBoundary", boundary_arn())),
        }),
        bootstrap_statement(&(struct statement){
            .sid = "DenyPermBoundaryIAMPolicyAlteration",
            .effect = "Deny",
            .actions = NAMES("iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion",
                "iam:SetDefaultPolicyVersion"),
            .resource = boundary_arn(),
        }),
        bootstrap_statement(&(struct statement){
            .sid = "DenyRemovalOfPermBoundaryFromAnyUserOrRole",
            .effect = "Deny",
            .actions = NAMES("iam:DeleteUserPermissionsBoundary", "iam:DeleteRolePermissionsBoundary"),
            .resource = string("*"),
        }),
        NULL,
    });
}

static struct value *boundary_policy(void)
{
    return object((struct field[]){
        { "Type", string("AWS::IAM::ManagedPolicy") },
        { "Condition", string("ShouldCreatePermissionsBoundary") },
        { "Properties",
            object((struct field[]){
                { "PolicyDocument", boundary_document() },
                { "Description", string("Bootstrap Permission Boundary") },
                { "ManagedPolicyName",
                    substituted("cdk-${Qualifier}-permissions-boundary-${AWS::AccountId}-${AWS::Region}") },
                { "Path", string("/") },
                END,
            }) },
        END,
    });
}

struct value *bootstrap_roles(void)
{
    static const struct trust *const deployers[] = { &own_account, &trusted, NULL };
    static const struct trust *const readers[] = { &own_account, &trusted_for_lookup, &trusted, NULL };

    return object((struct field[]){
        { "FilePublishingRole", role(&(struct role){ .name = "file-publishing", .trusts = deployers }) },
        { "ImagePublishingRole", role(&(struct role){ .name = "image-publishing", .trusts = deployers }) },
        { "LookupRole",
            role(&(struct role){ .name = "lookup",
                .trusts = readers,
                .managed_policies = managed_policy("ReadOnlyAccess"),
                .policies = lookup_policies() }) },
        { "FilePublishingRoleDefaultPolicy", file_publishing_policy() },
        { "ImagePublishingRoleDefaultPolicy", image_publishing_policy() },
        { "DeploymentActionRole",
            role(&(struct role){ .name = "deploy",
                .trusts = deployers,
                .managed_policies = managed_policy("AWSCloudFormationReadOnlyAccess"),
                .policies = deploy_policies() }) },
        { "CloudFormationExecutionRole", execution_role() },
        { "CdkBoostrapPermissionsBoundaryPolicy", boundary_policy() },
        END,
    });
}
