// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/aspect.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

struct lambda_version_options lambda_version_options_copy(
    struct construct *scope, const struct lambda_version_options *options)
{
    struct arena *arena = construct_arena(scope);
    struct lambda_version_options copy = *options;

    if (copy.description)
        copy.description = arena_strdup(arena, copy.description);
    if (copy.code_sha256)
        copy.code_sha256 = arena_strdup(arena, copy.code_sha256);
    return copy;
}

struct lambda_function *lambda_qualified_function(struct construct *node, struct lambda_function *base,
    struct value *arn, struct value *name, struct value *qualifier)
{
    struct arena *arena = construct_arena(node);
    struct lambda_function *self = arena_memdup(arena, base, sizeof(*base));

    self->node = node;
    self->function_arn = arn;
    self->function_name = name;
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->base = base;
    self->state->qualifier = qualifier;
    self->state->runtime = base->state->runtime;
    self->state->can_create_permissions = true;
    return self;
}

struct value *lambda_provisioned_concurrency(struct construct *construct, int executions)
{
    if (!executions)
        return NULL;
    if (executions < 0)
        diag_error(construct, "'provisioned_concurrent_executions' must be at least 1, got %d", executions);
    return object((struct field[]){ { "ProvisionedConcurrentExecutions", number(executions) }, END });
}

static struct value *scaling_config(struct construct *node, const struct lambda_version_options *options)
{
    struct count lowest = options->min_execution_environments, highest = options->max_execution_environments;

    if (!lowest.given && !highest.given)
        return NULL;
    if (lowest.given && lowest.number < 0)
        diag_error(node, "'min_execution_environments' must not be negative, got %g", lowest.number);
    if (highest.given && highest.number < 0)
        diag_error(node, "'max_execution_environments' must not be negative, got %g", highest.number);
    if (lowest.given && highest.given && lowest.number > highest.number)
        diag_error(node, "'min_execution_environments' must not be above 'max_execution_environments'");
    return object((struct field[]){
        { "MaxExecutionEnvironments", count_value(highest) },
        { "MinExecutionEnvironments", count_value(lowest) },
        END,
    });
}

static struct resource *version_resource(
    struct construct *node, struct lambda_function *function, const struct lambda_version_options *options)
{
    struct resource *resource = resource_new(node, "Resource", "AWS::Lambda::Version",
        object((struct field[]){
            { "CodeSha256", string(options->code_sha256) },
            { "Description", string(options->description) },
            { "FunctionName", function->function_name },
            { "FunctionScalingConfig", scaling_config(node, options) },
            { "ProvisionedConcurrencyConfig",
                lambda_provisioned_concurrency(node, options->provisioned_concurrent_executions) },
            END,
        }));

    resource_add_metadata(resource, "aws:cdk:do-not-refactor", boolean(true));
    resource_apply_removal_policy(resource, options->removal_policy);
    return resource;
}

struct lambda_version *lambda_version_new(struct construct *scope, const char *id,
    struct lambda_function *function, const struct lambda_version_options *options)
{
    static const struct lambda_version_options none;
    struct lambda_version *self = arena_alloc(construct_arena(scope), sizeof(*self));

    if (!options)
        options = &none;
    self->node = construct_new(scope, id, "lambda.Version");
    self->function = function;
    self->resource = version_resource(self->node, function, options);
    self->version = get_att(self->resource, "Version");
    self->function_arn = ref(self->resource);
    self->function_name = concatf("%v:%v", function->function_name, self->version);
    self->qualified = lambda_qualified_function(
        self->node, function, self->function_arn, self->function_name, self->version);
    if (lambda_event_invoke_options_given(&options->async_invoke))
        lambda_function_configure_async_invoke(self->qualified, &options->async_invoke);
    return self;
}

enum { MAX_ID_WITHOUT_HASH = 223 }; // of the 255 that CloudFormation takes

static const char *make_version_id(const char *path_id, void *function)
{
    size_t length = strlen(path_id);
    size_t skip = length > MAX_ID_WITHOUT_HASH ? length - MAX_ID_WITHOUT_HASH : 0;

    return value_string(stringf("%s%s", path_id + skip, lambda_function_hash(function)));
}

struct lambda_version *lambda_function_current_version(struct lambda_function *function)
{
    struct lambda_function_state *state = function->state;

    if (state->current_version)
        return state->current_version;
    if (state->has_invoke_permissions)
        lambda_function_warn_of_unqualified_permissions(function->node);
    state->current_version =
        lambda_version_new(function->node, "CurrentVersion", function, &state->current_version_options);
    resource_late_logical_id(state->current_version->resource, make_version_id, function);
    return state->current_version;
}

void lambda_function_invalidate_version_based_on(struct lambda_function *function, const char *text)
{
    struct arena *arena = construct_arena(function->node);

    function->state->version_salt = arena_printf(arena, "%s%s", function->state->version_salt, text);
}

// As an aspect, the last of them: then the environment is final, and not yet looked at.
static void check_edge(struct construct *construct, void *data)
{
    const struct lambda_version *version = data;

    if (construct == version->node)
        lambda_function_check_edge(version->function);
}

struct value *lambda_version_edge_arn(struct lambda_version *version)
{
    struct lambda_function *function = version->function;

    if (function->role && function->role->assume_role_policy)
        iam_role_add_to_assume_role_policy(function->role,
            iam_statement_new(&(struct iam_statement_props){
                .actions = (const char *[]){ "sts:AssumeRole", NULL },
                .principals =
                    (struct iam_principal *[]){ iam_service_principal("edgelambda.amazonaws.com"), NULL },
            }));
    aspect_add(version->node, check_edge, version, ASPECT_READONLY);
    return version->function_arn;
}
