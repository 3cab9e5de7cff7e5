// SPDX-License-Identifier: MIT
#include "aws/lambda.h"
#include "aws/sqs.h"
#include "cdk/tags.h"
#include "parity/constructs/lambda_samples.h"
#include "parity/constructs/parity.h"

static void text_output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static struct lambda_layer_version *layer(struct stack *stack, const char *id, const char *name)
{
    return lambda_layer_version_from_arn(
        stack->node, id, stringf("arn:aws:lambda:eu-west-1:123456789012:layer:%s:1", name));
}

static void layers(struct stack *stack)
{
    struct lambda_layer_version *zed = layer(stack, "Zed", "first"), *alpha = layer(stack, "Alpha", "second");
    struct lambda_function *function = inline_function(stack, "Function",
        (struct lambda_function_props){ .layers = (struct lambda_layer_version *[]){ zed, alpha, NULL } });

    lambda_function_add_layer(function,
        lambda_layer_version_from_arn(
            stack->node, "Regional", concatf("arn:aws:lambda:%v:123456789012:layer:third:2", stack->region)));
    text_output(stack, "Version", lambda_function_current_version(function)->version);
}

static void current(struct stack *stack)
{
    struct value *environment =
        object((struct field[]){ { "ZED", string("z") }, { "ALPHA", string("a") }, END });
    struct lambda_function *function = inline_function(stack, "Function",
        (struct lambda_function_props){
            .environment = environment,
            .description = "ümlaut",
            .current_version_options = {
                .removal_policy = REMOVAL_POLICY_RETAIN,
                .description = "of now",
                .provisioned_concurrent_executions = 2,
                .code_sha256 = "abc=",
                .async_invoke = { .retry_attempts = count(1) },
            },
        });
    struct lambda_version *version;

    lambda_function_add_environment(function, "MIDDLE", string(stack->name));
    version = lambda_function_current_version(function);
    text_output(stack, "Arn", version->function_arn);
    text_output(stack, "Number", version->version);
    text_output(stack, "Name", version->function_name);
    lambda_function_add_environment(function, "LATE", string("late"));
}

static void current_tags(struct stack *stack)
{
    struct lambda_function *function = inline_function(stack, "Function",
        (struct lambda_function_props){
            .reserved_concurrent_executions = count(3),
            .timeout = seconds(5),
            .logging_format = LAMBDA_LOGGING_JSON,
        });
    struct sqs_queue *queue = sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });

    text_output(stack, "Arn", lambda_function_current_version(function)->function_arn);
    sqs_queue_grant_send_messages(queue, function->grant_principal);
    lambda_function_invalidate_version_based_on(function, "salt");
    lambda_function_invalidate_version_based_on(function, "pepper");
    tags_add(stack->node, "Team", "core", NULL);
}

static void layers_as_given(struct stack *stack)
{
    struct lambda_layer_version *zed = layer(stack, "Zed", "Zed"), *alpha = layer(stack, "Alpha", "Alpha");
    struct lambda_function *function = inline_function(stack, "Function",
        (struct lambda_function_props){
            .reserved_concurrent_executions = count(3),
            .memory_size = 256,
            .layers = (struct lambda_layer_version *[]){ zed, alpha, NULL },
        });

    tags_add(function->node, "Team", "core", NULL);
    text_output(stack, "Arn", lambda_function_current_version(function)->function_arn);
}

static void explicit(struct stack *stack)
{
    struct lambda_function *function = plain_function(stack, "Function");
    struct lambda_version *version = lambda_version_new(stack->node, "One", function,
        &(struct lambda_version_options){
            .description = "one",
            .async_invoke = { .max_event_age = minutes(5) },
            .min_execution_environments = count(0),
            .max_execution_environments = count(10),
        });
    struct iam_principal *balancer = iam_service_principal("elasticloadbalancing.amazonaws.com");

    lambda_function_grant_invoke(version->qualified, balancer);
    lambda_function_add_permission(version->qualified, "Other",
        &(struct lambda_permission_props){
            .principal = iam_account_principal(string("210987654321")),
        });
    lambda_function_grant_invoke(
        version->qualified, role_for(stack, "Caller", "ec2.amazonaws.com")->principal);
}

static void aliases(struct stack *stack)
{
    struct lambda_function *function = plain_function(stack, "Function");
    struct lambda_alias *live = lambda_function_add_alias(function, "live",
        &(struct lambda_alias_options){
            .description = "what users see",
            .async_invoke = { .retry_attempts = count(0) },
        });
    struct lambda_version *old = lambda_version_new(stack->node, "Old", function, NULL);
    const struct lambda_version_weight weights[] = { { old, 0.25 }, { NULL, 0 } };
    struct lambda_alias *canary =
        lambda_alias_new(stack->node, "Canary", "canary", lambda_function_current_version(function),
            &(struct lambda_alias_options){
                .additional_versions = weights,
                .provisioned_concurrent_executions = 1,
            });

    lambda_function_grant_invoke(live->qualified, role_for(stack, "Caller", "ec2.amazonaws.com")->principal);
    lambda_function_add_permission(canary->qualified, "Service",
        &(struct lambda_permission_props){
            .principal = iam_service_principal("sns.amazonaws.com"),
            .source_account = string("123456789012"),
        });
    text_output(stack, "Name", live->function_name);
    text_output(stack, "Arn", live->function_arn);
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "lambda-version-layers", layers },
        { "lambda-version-current", current },
        { "lambda-version-current-tags", current_tags },
        { "lambda-version-layers-as-given", layers_as_given },
        { "lambda-version-explicit", explicit },
        { "lambda-version-aliases", aliases },
        { NULL, NULL },
    };

    return parity_main("lambda-version", cases, argc, argv);
}
