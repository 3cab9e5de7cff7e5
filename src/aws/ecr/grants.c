// SPDX-License-Identifier: MIT
#include "aws/ecr/ecr_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static struct construct *add_to_policy(void *data, struct iam_statement *statement)
{
    struct ecr_repository *repository = data;
    struct ecr_repository_state *state = repository->state;

    if (!repository->resource)
        return NULL;
    if (!state->policy) {
        state->policy = iam_policy_document_new(repository->node);
        iam_policy_document_validate_as(state->policy, IAM_OWN_RESOURCE_POLICY, repository->node);
    }
    iam_policy_document_add(state->policy, statement);
    return repository->node;
}

bool ecr_repository_add_to_resource_policy(struct ecr_repository *repository, struct iam_statement *statement)
{
    return add_to_policy(repository, statement) != NULL;
}

struct iam_grant ecr_repository_grant(
    struct ecr_repository *repository, struct iam_principal *grantee, const char *const *actions)
{
    // A statement in the repository's own policy names no resource.
    return iam_grant_add_to_principal_or_resource(
        &(struct iam_grant_props){
            .grantee = grantee,
            .actions = actions,
            .resources = (struct value *[]){ repository->repository_arn, NULL },
            .resource_self_arns = (struct value *[]){ NULL },
            .scope = repository->node,
        },
        add_to_policy, repository);
}

// The login token is the registry's, not the repository's.
static struct iam_grant grant_with_login(
    struct ecr_repository *repository, struct iam_principal *grantee, const char *const *actions)
{
    struct iam_grant grant = ecr_repository_grant(repository, grantee, actions);

    iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = (const char *[]){ "ecr:GetAuthorizationToken", NULL },
        .resources = (struct value *[]){ string("*"), NULL },
        .scope = repository->node,
    });
    return grant;
}

#define PULL_ACTIONS "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"
#define PUSH_ACTIONS                                                                                         \
    "ecr:CompleteLayerUpload", "ecr:UploadLayerPart", "ecr:InitiateLayerUpload",                             \
        "ecr:BatchCheckLayerAvailability", "ecr:PutImage"

struct iam_grant ecr_repository_grant_read(struct ecr_repository *repository, struct iam_principal *grantee)
{
    return ecr_repository_grant(
        repository, grantee, (const char *[]){ "ecr:DescribeRepositories", "ecr:DescribeImages", NULL });
}

struct iam_grant ecr_repository_grant_pull(struct ecr_repository *repository, struct iam_principal *grantee)
{
    return grant_with_login(repository, grantee, (const char *[]){ PULL_ACTIONS, NULL });
}

struct iam_grant ecr_repository_grant_push(struct ecr_repository *repository, struct iam_principal *grantee)
{
    return grant_with_login(repository, grantee, (const char *[]){ PUSH_ACTIONS, NULL });
}

struct iam_grant ecr_repository_grant_pull_push(
    struct ecr_repository *repository, struct iam_principal *grantee)
{
    return grant_with_login(repository, grantee, (const char *[]){ PULL_ACTIONS, PUSH_ACTIONS, NULL });
}
