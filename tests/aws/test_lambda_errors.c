// SPDX-License-Identifier: MIT
#include "aws/lambda.h"
#include "aws/sns.h"
#include "aws/sqs.h"

#include "aws/diag_case.h"

#define SIXTY "123456789012345678901234567890123456789012345678901234567890"
#define CODE                                                                                                 \
    {                                                                                                        \
        .inline_code = "exports.handler = () => {};"                                                         \
    }

// A function that is right but for what the props say.
static struct lambda_function *function(struct stack *stack, struct lambda_function_props props)
{
    if (props.runtime == LAMBDA_RUNTIME_NONE)
        props.runtime = LAMBDA_RUNTIME_NODEJS_22_X;
    if (!props.handler)
        props.handler = "index.handler";
    if (!props.code.asset && !props.code.inline_code && !props.code.s3_bucket)
        props.code.inline_code = "exports.handler = () => {};";
    return lambda_function_new(stack->node, "Function", &props);
}

static struct lambda_function *right(struct stack *stack)
{
    return function(stack, (struct lambda_function_props){ 0 });
}

static void no_handler(struct stack *stack)
{
    lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){ .runtime = LAMBDA_RUNTIME_NODEJS_22_X, .code = CODE });
}

static void no_runtime(struct stack *stack)
{
    lambda_function_new(
        stack->node, "Function", &(struct lambda_function_props){ .handler = "index.handler", .code = CODE });
}

static void long_name(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .function_name = string(SIXTY "12345") });
}

static void odd_name(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .function_name = string("a.b") });
}

static void long_description(struct stack *stack)
{
    function(
        stack, (struct lambda_function_props){ .description = SIXTY SIXTY SIXTY SIXTY "12345678901234567" });
}

static void little_storage(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .ephemeral_storage_size = 511 });
}

static void snap_start(struct stack *stack)
{
    function(
        stack, (struct lambda_function_props){ .runtime = LAMBDA_RUNTIME_PYTHON_3_13, .snap_start = true });
}

static void snap_start_of_nodejs(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .snap_start = true });
}

static void large_snap_start(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_JAVA_21,
            .code = { .s3_bucket = string("packages"), .s3_key = string("a.zip") },
            .snap_start = true,
            .ephemeral_storage_size = 513,
        });
}

static void manual_runtime(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .runtime_update = LAMBDA_RUNTIME_UPDATE_MANUAL });
}

static void no_code(struct stack *stack)
{
    lambda_function_new(stack->node, "Function",
        &(struct lambda_function_props){ .runtime = LAMBDA_RUNTIME_NODEJS_22_X, .handler = "h" });
}

static void two_codes(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){ .code = { .asset = TEST_DIRECTORY "/aws", .inline_code = "x" } });
}

static void empty_code(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .code = { .inline_code = "" } });
}

static void inline_code_of_program(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .runtime = LAMBDA_RUNTIME_PROVIDED_AL2023 });
}

static void text_file_as_code(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .code = { .asset = TEST_DIRECTORY "/CMakeLists.txt" } });
}

static void bucket_without_key(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .code = { .s3_bucket = string("packages") } });
}

static void reserved_variable(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){
            .environment = object((struct field[]){ { "AWS_REGION", string("eu-west-1") }, END }),
        });
}

static void many_layers(struct stack *stack)
{
    struct lambda_function *self = right(stack);

    for (int i = 0; i < 6; i++)
        lambda_function_add_layer(self,
            lambda_layer_version_from_arn(stack->node, value_string(stringf("Layer%d", i)), string("arn")));
}

static void groups_without_vpc(struct stack *stack)
{
    struct ec2_security_group *group =
        ec2_security_group_from_id(stack->node, "Group", string("sg-12345678"), NULL);

    function(stack,
        (struct lambda_function_props){ .security_groups = (struct ec2_security_group *[]){ group, NULL } });
}

static void outbound_without_vpc(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .allow_all_outbound = YES });
}

static void subnets_without_vpc(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){
            .vpc_subnets = &(struct ec2_subnet_selection){ .one_per_az = true } });
}

static struct ec2_vpc *vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 1 });
}

static void outbound_of_given_group(struct stack *stack)
{
    struct ec2_security_group *group =
        ec2_security_group_from_id(stack->node, "Group", string("sg-12345678"), NULL);

    function(stack,
        (struct lambda_function_props){
            .vpc = vpc(stack),
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .allow_all_outbound = NO,
        });
}

static void public_subnets(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){
            .vpc = vpc(stack),
            .vpc_subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC },
        });
}

static struct sqs_queue *queue(struct stack *stack)
{
    return sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });
}

static void disabled_dead_letters(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){ .dead_letter_queue = queue(stack), .dead_letter_queue_enabled = NO });
}

static void two_dead_letters(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){
            .dead_letter_queue = queue(stack),
            .dead_letter_topic = sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ 0 }),
        });
}

static void level_without_format(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .system_log_level = LAMBDA_SYSTEM_LOG_INFO });
}

static void level_of_text(struct stack *stack)
{
    function(stack,
        (struct lambda_function_props){
            .application_log_level = LAMBDA_APPLICATION_LOG_INFO,
            .logging_format = LAMBDA_LOGGING_TEXT,
        });
}

static void many_retries(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .async_invoke = { .retry_attempts = count(3) } });
}

static void young_events(struct stack *stack)
{
    function(stack, (struct lambda_function_props){ .async_invoke = { .max_event_age = seconds(59) } });
}

static void configured_twice(struct stack *stack)
{
    struct lambda_function *self =
        function(stack, (struct lambda_function_props){ .async_invoke = { .retry_attempts = count(0) } });

    lambda_function_configure_async_invoke(
        self, &(struct lambda_event_invoke_options){ .retry_attempts = count(1) });
}

static const struct diag_case function_cases[] = {
    { no_handler, DIAG_ERROR, "Case/Function: the function has no 'handler'" },
    { no_runtime, DIAG_ERROR, "Case/Function: the function has no 'runtime'" },
    { long_name, DIAG_ERROR, "Case/Function: function name '" SIXTY "12345' is longer than 64 characters" },
    { odd_name, DIAG_ERROR, "Case/Function: function name 'a.b' may have only letters, digits, '-' and '_'" },
    { long_description, DIAG_ERROR,
        "Case/Function: the description is 257 characters long, at most 256 are possible" },
    { little_storage, DIAG_ERROR,
        "Case/Function: 'ephemeral_storage_size' must be between 512 and 10240 MiB, got 511" },
    { snap_start, DIAG_WARNING, "Case/Function: SnapStart works for published versions only" },
    { snap_start_of_nodejs, DIAG_ERROR, "Case/Function: runtime 'nodejs22.x' has no SnapStart" },
    { large_snap_start, DIAG_ERROR,
        "Case/Function: SnapStart is not possible with more than 512 MiB of ephemeral storage" },
    { manual_runtime, DIAG_ERROR, "Case/Function: manual updates of the runtime need 'runtime_version_arn'" },
    { no_code, DIAG_ERROR,
        "Case/Function: 'code' must be exactly one of asset, inline code, and object in a bucket" },
    { two_codes, DIAG_ERROR,
        "Case/Function: 'code' must be exactly one of asset, inline code, and object in a bucket" },
    { empty_code, DIAG_ERROR, "Case/Function: inline code must not be empty" },
    { inline_code_of_program, DIAG_ERROR,
        "Case/Function: runtime 'provided.al2023' takes no inline code; give a directory as asset" },
    { text_file_as_code, DIAG_ERROR,
        "Case/Function: code asset '" TEST_DIRECTORY
        "/CMakeLists.txt' must be a directory, a .zip file, or a .jar file" },
    { bucket_without_key, DIAG_ERROR, "Case/Function: 'code' names a bucket but no 's3_key'" },
    { reserved_variable, DIAG_ERROR,
        "Case/Function: environment variable 'AWS_REGION' is reserved by Lambda; choose another name" },
    { many_layers, DIAG_ERROR, "Case/Function: the function has 5 layers already, and no more are possible" },
    { groups_without_vpc, DIAG_ERROR, "Case/Function: 'security_groups' needs a 'vpc'" },
    { outbound_without_vpc, DIAG_ERROR, "Case/Function: 'allow_all_outbound' needs a 'vpc'" },
    { subnets_without_vpc, DIAG_ERROR, "Case/Function: 'vpc_subnets' needs a 'vpc'" },
    { outbound_of_given_group, DIAG_ERROR,
        "Case/Function: set 'allow_all_outbound' on the given security groups instead" },
    { public_subnets, DIAG_ERROR,
        "Case/Function: a function in a public subnet cannot reach the internet; select private subnets, or "
        "set 'allow_public_subnet'" },
    { disabled_dead_letters, DIAG_ERROR,
        "Case/Function: a 'dead_letter_queue' is given but 'dead_letter_queue_enabled' says no" },
    { two_dead_letters, DIAG_ERROR, "Case/Function: dead letters go to a queue or to a topic, not to both" },
    { level_without_format, DIAG_ERROR,
        "Case/Function: log levels need the logging format JSON; set 'logging_format'" },
    { level_of_text, DIAG_ERROR,
        "Case/Function: log levels need the logging format JSON; set 'logging_format'" },
    { many_retries, DIAG_ERROR,
        "Case/Function/EventInvokeConfig: 'retry_attempts' must be between 0 and 2, got 3" },
    { young_events, DIAG_ERROR,
        "Case/Function/EventInvokeConfig: 'max_event_age' must be between 60 and 21600 seconds, got 59" },
    { configured_twice, DIAG_ERROR,
        "Case/Function: asynchronous invocation is configured already; configure it once" },
    { 0 },
};

static void functions_are_checked(void **state)
{
    (void)state;
    check_diag_cases(function_cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(functions_are_checked) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
