// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "aws/secretsmanager.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

struct ecs_secret ecs_secret_from_secrets_manager(struct secretsmanager_secret *secret, const char *field)
{
    return (struct ecs_secret){ .secret = secret, .field = field };
}

struct ecs_secret ecs_secret_from_ssm_parameter(struct value *parameter_name)
{
    return (struct ecs_secret){ .ssm_parameter_name = parameter_name };
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

// ARN:FIELD:STAGE:VERSION, or the bare ARN for the whole of the current version.
static struct value *secret_reference(const struct ecs_secret *secret)
{
    if (!secret->field && !secret->version_stage && !secret->version_id)
        return secret->secret->secret_arn;
    return concatf("%v:%s:%s:%s", secret->secret->secret_arn, or_empty(secret->field),
        or_empty(secret->version_stage), or_empty(secret->version_id));
}

static struct value *parameter_arn(const struct construct *node, struct value *name)
{
    const char *text = value_string(name);

    return stack_format_arn(construct_stack(node),
        &(struct arn_parts){
            .service = "ssm",
            .resource = "parameter",
            .resource_name = text && *text == '/' ? string(text + 1) : name,
        });
}

static struct value *bind_parameter(struct ecs_container *container, struct value *name)
{
    struct value *arn = parameter_arn(container->node, name);

    iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = ecs_task_definition_obtain_execution_role(container->task_definition)->principal,
        .actions = (const char *[]){ "ssm:DescribeParameters", "ssm:GetParameters", "ssm:GetParameter",
            "ssm:GetParameterHistory", NULL },
        .resources = (struct value *[]){ arn, NULL },
        .scope = container->node,
    });
    return arn;
}

static struct value *bind_secret(struct ecs_container *container, const struct ecs_secret *secret)
{
    secretsmanager_secret_grant_read(
        secret->secret, ecs_task_definition_obtain_execution_role(container->task_definition)->principal);
    if (secret->field && !secret->version_stage && !secret->version_id)
        container->state->references_secret_json_field = true;
    return secret_reference(secret);
}

void ecs_container_add_secret(
    struct ecs_container *container, const char *name, const struct ecs_secret *secret)
{
    if (!secret->secret == !secret->ssm_parameter_name) {
        diag_error(container->node, "'%s' needs exactly one of a secret and a parameter", name);
        return;
    }
    array_append(container->state->secrets,
        object((struct field[]){
            { "Name", string(name) },
            { "ValueFrom",
                secret->secret ? bind_secret(container, secret)
                               : bind_parameter(container, secret->ssm_parameter_name) },
            END,
        }));
}
