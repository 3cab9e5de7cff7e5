// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <string.h>

// ARNs of services hold the name of the cluster only in newer accounts.
static bool arns_have_cluster(const struct construct *node)
{
    return construct_context_flag(node, "@aws-cdk/aws-ecs:arnFormatIncludesClusterName");
}

static struct value *name_from_arn(struct construct *node, struct value *service_arn)
{
    struct value *name = arn_split(node, service_arn, ARN_SLASH_RESOURCE_NAME).resource_name;
    const char *text = value_string(name);
    const char *slash = text ? strchr(text, '/') : NULL;

    if (slash)
        return string_n(slash + 1, strcspn(slash + 1, "/"));
    if (!text && arns_have_cluster(node))
        return fn_select(2, fn_split("/", fn_select(5, fn_split(":", service_arn))));
    return name;
}

static struct value *arn_from_name(struct construct *node, const struct ecs_service_attributes *attributes)
{
    struct value *name = attributes->service_name;

    if (arns_have_cluster(node))
        name = concatf("%v/%v", attributes->cluster->cluster_name, name);
    return stack_format_arn(construct_stack(node),
        &(struct arn_parts){ .service = "ecs", .resource = "service", .resource_name = name });
}

static struct ecs_service *service_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct ecs_service *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_ecs.FargateService");
    self->state = arena_alloc(arena, sizeof(*self->state));
    return self;
}

struct ecs_service *ecs_fargate_service_from_arn(
    struct construct *scope, const char *id, struct value *service_arn)
{
    struct ecs_service *self = service_make(scope, id);

    self->service_arn = service_arn;
    self->service_name = name_from_arn(self->node, service_arn);
    return self;
}

struct ecs_service *ecs_fargate_service_from_attributes(
    struct construct *scope, const char *id, const struct ecs_service_attributes *attributes)
{
    struct ecs_service *self = service_make(scope, id);

    self->cluster = attributes->cluster;
    if (!attributes->service_arn == !attributes->service_name) {
        diag_error(self->node, "an imported service needs exactly one of 'service_arn' and 'service_name'");
        return self;
    }
    self->service_arn = attributes->service_arn;
    self->service_name = attributes->service_name;
    if (self->service_name)
        self->service_arn = arn_from_name(self->node, attributes);
    else
        self->service_name = name_from_arn(self->node, self->service_arn);
    return self;
}
