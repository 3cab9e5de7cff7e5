// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/stack.h"

#include <string.h>

static bool is_of_stack_account(struct construct *node, struct value *arn)
{
    const char *stack_account = value_string(construct_stack(node)->account);
    const char *account;

    if (!stack_account || !value_is_literal(arn))
        return false;
    account = value_string(arn_split(node, arn, ARN_COLON_RESOURCE_NAME).account);
    return account && strcmp(account, stack_account) == 0;
}

struct lambda_function *lambda_function_from_attributes(
    struct construct *scope, const char *id, const struct lambda_function_import *attributes)
{
    struct arena *arena = construct_arena(scope);
    struct lambda_function *self = arena_alloc(arena, sizeof(*self));
    struct iam_role *role = attributes->role;
    struct ec2_security_group *group = attributes->security_group;

    self->node = construct_new(scope, id, "lambda.Function");
    self->function_arn = attributes->function_arn;
    self->function_name = fn_select(6, fn_split(":", attributes->function_arn));
    self->role = role;
    self->grant_principal = role ? role->principal : iam_unknown_principal(self->node);
    self->architecture = attributes->architecture ? attributes->architecture : LAMBDA_X86_64;
    if (group)
        self->connections = ec2_connections_new(self->node, (struct ec2_security_group *[]){ group, NULL });
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->version_salt = "";
    self->state->skip_permissions = attributes->skip_permissions;
    self->state->can_create_permissions =
        toggle_or(attributes->same_environment, is_of_stack_account(self->node, self->function_arn));
    return self;
}

struct lambda_function *lambda_function_from_arn(
    struct construct *scope, const char *id, struct value *function_arn)
{
    return lambda_function_from_attributes(
        scope, id, &(struct lambda_function_import){ .function_arn = function_arn });
}

struct lambda_function *lambda_function_from_name(
    struct construct *scope, const char *id, struct value *function_name)
{
    return lambda_function_from_attributes(scope, id,
        &(struct lambda_function_import){
            .function_arn = stack_format_arn(construct_stack(scope),
                &(struct arn_parts){
                    .service = "lambda",
                    .resource = "function",
                    .resource_name = function_name,
                    .format = ARN_COLON_RESOURCE_NAME,
                }),
            .same_environment = YES,
        });
}
