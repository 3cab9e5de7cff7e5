// SPDX-License-Identifier: MIT
#include "aws/secretsmanager/secretsmanager_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/token.h"

// A secret has one policy, but without the flag an attachment writes its own, which replaces the secret's.
#define ONE_POLICY "@aws-cdk/aws-secretsmanager:useAttachedSecretResourcePolicyForSecretTargetAttachments"

static struct construct *policy_node(struct secretsmanager_secret *secret)
{
    struct secretsmanager_secret_state *state = secret->state;

    if (!state->policy_node) {
        state->policy_node = construct_new(secret->node, "Policy", "secretsmanager.ResourcePolicy");
        state->policy = iam_policy_document_new(state->policy_node);
        iam_policy_document_validate_as(state->policy, IAM_RESOURCE_POLICY, secret->node);
        resource_new(state->policy_node, "Resource", "AWS::SecretsManager::ResourcePolicy",
            object((struct field[]){
                { "ResourcePolicy", iam_policy_document_value(state->policy) },
                { "SecretId", secret->secret_arn },
                END,
            }));
    }
    return state->policy_node;
}

static struct construct *add_to_policy(void *data, struct iam_statement *statement)
{
    struct secretsmanager_secret *secret = data;
    struct construct *node;

    if (secret->state->attached && construct_context_flag(secret->node, ONE_POLICY))
        secret = secret->state->attached;
    if (secret->state->kind == SECRET_IMPORTED)
        return NULL;
    node = policy_node(secret);
    iam_policy_document_add(secret->state->policy, statement);
    return node;
}

bool secretsmanager_secret_add_to_resource_policy(
    struct secretsmanager_secret *secret, struct iam_statement *statement)
{
    return add_to_policy(secret, statement) != NULL;
}

void secretsmanager_secret_deny_account_root_delete(struct secretsmanager_secret *secret)
{
    secretsmanager_secret_add_to_resource_policy(secret,
        iam_statement_new(&(struct iam_statement_props){
            .effect = IAM_DENY,
            .actions = (const char *[]){ "secretsmanager:DeleteSecret", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ iam_account_root_principal(), NULL },
        }));
}

static struct iam_grant grant(
    struct secretsmanager_secret *secret, struct iam_principal *grantee, const char *const *actions)
{
    return iam_grant_add_to_principal_or_resource(
        &(struct iam_grant_props){
            .grantee = grantee,
            .actions = actions,
            .resources = (struct value *[]){ secret->state->arn_for_policies, NULL },
            .scope = secret->node,
            .resource_account = secret->state->account,
        },
        add_to_policy, secret);
}

static bool is_of_other_account(const struct secretsmanager_secret *secret, struct iam_principal *grantee)
{
    struct value *account = iam_principal_account(grantee);

    return token_compare(construct_stack(secret->node)->account, account ? account : string("")) ==
        TOKENS_DIFFERENT;
}

static void require_key(struct secretsmanager_secret *secret, const struct iam_grant *made)
{
    if (made->resource_statement && !secret->encryption_key && secret->state->kind == SECRET_OWNED)
        diag_error(secret->node,
            "others than roles of the account can use the secret only with a key of its own: give an "
            "'encryption_key'");
}

struct iam_grant secretsmanager_secret_grant_read_versions(
    struct secretsmanager_secret *secret, struct iam_principal *grantee, const char *const *version_stages)
{
    const char *const actions[] = {
        "secretsmanager:GetSecretValue",
        "secretsmanager:DescribeSecret",
        NULL,
    };
    struct iam_grant made = grant(secret, grantee, actions);
    struct iam_statement *statement =
        made.principal_statement ? made.principal_statement : made.resource_statement;

    if (version_stages && statement)
        iam_statement_add_condition(statement, "ForAnyValue:StringEquals",
            object((struct field[]){ { "secretsmanager:VersionStage", strings(version_stages) }, END }));
    if (secret->encryption_key)
        kms_key_grant_decrypt(secret->encryption_key, secret_via_service(secret, grantee));
    if (is_of_other_account(secret, grantee))
        require_key(secret, &made);
    return made;
}

struct iam_grant secretsmanager_secret_grant_read(
    struct secretsmanager_secret *secret, struct iam_principal *grantee)
{
    return secretsmanager_secret_grant_read_versions(secret, grantee, NULL);
}

struct iam_grant secretsmanager_secret_grant_write(
    struct secretsmanager_secret *secret, struct iam_principal *grantee)
{
    const char *const actions[] = {
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecret",
        "secretsmanager:UpdateSecretVersionStage",
        NULL,
    };
    struct iam_grant made = grant(secret, grantee, actions);

    if (secret->encryption_key)
        kms_key_grant_encrypt(secret->encryption_key, secret_via_service(secret, grantee));
    require_key(secret, &made);
    return made;
}
