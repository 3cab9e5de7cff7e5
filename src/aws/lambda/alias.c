// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

static void check_weights(struct construct *node, const struct lambda_version_weight *weights)
{
    double total = 0;

    for (; weights->version; weights++) {
        if (weights->weight < 0 || weights->weight > 1)
            diag_error(node, "the weight of a version must be between 0 and 1, got %g", weights->weight);
        total += weights->weight;
    }
    if (total > 1)
        diag_error(node, "the weights of additional versions add up to %g, at most 1 is possible", total);
}

static struct value *routing_config(struct construct *node, const struct lambda_version_weight *weights)
{
    struct value *rendered = array();

    if (!weights || !weights->version)
        return NULL;
    check_weights(node, weights);
    for (; weights->version; weights++)
        array_append(rendered,
            object((struct field[]){
                { "FunctionVersion", weights->version->version },
                { "FunctionWeight", number(weights->weight) },
                END,
            }));
    return object((struct field[]){ { "AdditionalVersionWeights", rendered }, END });
}

static struct resource *alias_resource(struct construct *node, const char *name,
    const struct lambda_version *version, const struct lambda_alias_options *options)
{
    return resource_new(node, "Resource", "AWS::Lambda::Alias",
        object((struct field[]){
            { "Description", string(options->description) },
            { "FunctionName", version->function->function_name },
            { "FunctionVersion", version->version },
            { "Name", string(name) },
            { "ProvisionedConcurrencyConfig",
                lambda_provisioned_concurrency(node, options->provisioned_concurrent_executions) },
            { "RoutingConfig", routing_config(node, options->additional_versions) },
            END,
        }));
}

// The function's name may be one that stacks elsewhere can use.
static struct value *alias_arn(
    const struct resource *resource, const char *name, const struct lambda_function *function)
{
    return across_environments(ref(resource),
        stack_format_arn(construct_stack(function->node),
            &(struct arn_parts){
                .service = "lambda",
                .resource = "function",
                .resource_name = concatf("%v:%s", function->function_name, name),
                .format = ARN_COLON_RESOURCE_NAME,
            }));
}

struct lambda_alias *lambda_alias_new(struct construct *scope, const char *id, const char *alias_name,
    struct lambda_version *version, const struct lambda_alias_options *options)
{
    static const struct lambda_alias_options none;
    struct arena *arena = construct_arena(scope);
    struct lambda_alias *self = arena_alloc(arena, sizeof(*self));
    struct value *parts;

    if (!options)
        options = &none;
    self->node = construct_new(scope, id, "lambda.Alias");
    self->alias_name = arena_strdup(arena, alias_name);
    self->version = version;
    self->resource = alias_resource(self->node, alias_name, version, options);
    self->function_arn = alias_arn(self->resource, alias_name, version->function);
    parts = fn_split(":", self->function_arn);
    self->function_name = concatf("%v:%s", fn_select(6, parts), alias_name);
    self->qualified = lambda_qualified_function(
        self->node, version->function, self->function_arn, self->function_name, fn_select(7, parts));
    if (lambda_event_invoke_options_given(&options->async_invoke))
        lambda_function_configure_async_invoke(self->qualified, &options->async_invoke);
    return self;
}

struct lambda_alias *lambda_function_add_alias(
    struct lambda_function *function, const char *alias_name, const struct lambda_alias_options *options)
{
    struct value *id = stringf("Alias%s", alias_name);

    return lambda_alias_new(
        function->node, value_string(id), alias_name, lambda_function_current_version(function), options);
}
