// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "aws/secretsmanager.h"
#include "cdk/diag.h"
#include "util/text/pattern.h"

struct ecs_container_image ecs_image_from_ecr_repository(
    struct ecr_repository *repository, const char *tag_or_digest)
{
    return (struct ecs_container_image){ .repository = repository, .tag_or_digest = tag_or_digest };
}

struct ecs_container_image ecs_image_from_registry(const char *name)
{
    return (struct ecs_container_image){ .name = string(name) };
}

static bool is_in_ecr(const char *name)
{
    return text_matches(name,
        "^[a-zA-Z0-9][a-zA-Z0-9_-]*\\.dkr\\.ecr\\.[a-zA-Z0-9][a-zA-Z0-9_-]*\\.amazonaws\\.com(\\.cn)?/");
}

static void bind_registry_image(struct ecs_container *container, const struct ecs_container_image *image)
{
    const char *name = value_string(image->name);

    if (!image->name)
        diag_error(container->node, "the container needs an image");
    if (name && is_in_ecr(name))
        diag_warning(container->node,
            "image '%s' is in ECR: the execution role needs permission to pull it, which "
            "ecs_image_from_ecr_repository gives",
            name);
    if (image->credentials)
        secretsmanager_secret_grant_read(image->credentials,
            ecs_task_definition_obtain_execution_role(container->task_definition)->principal);
}

struct value *ecs_image_bind(struct ecs_container *container, const struct ecs_container_image *image)
{
    const char *tag = image->tag_or_digest ? image->tag_or_digest : "latest";

    if (!image->repository) {
        bind_registry_image(container, image);
        return image->name;
    }
    ecr_repository_grant_pull(
        image->repository, ecs_task_definition_obtain_execution_role(container->task_definition)->principal);
    return ecr_repository_uri_for_tag_or_digest(image->repository, tag);
}

struct value *ecs_image_credentials(const struct ecs_container_image *image)
{
    if (!image->credentials)
        return NULL;
    return object((struct field[]){ { "CredentialsParameter", image->credentials->secret_arn }, END });
}
