// SPDX-License-Identifier: MIT
#include "aws/ec2.h"
#include "aws/events.h"
#include "aws/kms.h"
#include "aws/lambda.h"
#include "aws/logs.h"
#include "aws/sns.h"
#include "aws/sqs.h"
#include "cdk/construct.h"
#include "parity/constructs/lambda_samples.h"
#include "parity/constructs/parity.h"

#define ASSETS TEST_DIRECTORY "/parity/constructs/assets/"

static void minimal(struct stack *stack)
{
    plain_function(stack, "Function");
}

static struct lambda_function *program(
    struct stack *stack, const char *id, struct lambda_code code, struct lambda_function_props props)
{
    props.runtime = LAMBDA_RUNTIME_PROVIDED_AL2023;
    props.handler = "bootstrap";
    props.code = code;
    return lambda_function_new(stack->node, id, &props);
}

static void asset(struct stack *stack)
{
    const struct lambda_function_props none = { 0 };

    program(stack, "Folder", (struct lambda_code){ .asset = ASSETS "function" }, none);
    program(stack, "Package", (struct lambda_code){ .asset = ASSETS "function.zip" }, none);
    program(stack, "InBucket",
        (struct lambda_code){
            .s3_bucket = string("packages"),
            .s3_key = string("a/b.zip"),
            .s3_object_version = "v1",
        },
        none);
}

static void options(struct stack *stack)
{
    struct kms_key *key =
        kms_key_from_arn(stack->node, "Key", string("arn:aws:kms:eu-west-1:123456789012:key/k"));

    inline_function(stack, "Function",
        (struct lambda_function_props){
            .function_name = string("tango-worker"),
            .description = "Does \"things\" – quickly",
            .memory_size = 512,
            .timeout = minutes(2),
            .architecture = LAMBDA_ARM_64,
            .ephemeral_storage_size = 1024,
            .reserved_concurrent_executions = count(0),
            .environment = object((struct field[]){
                { "ZED", string("z") },
                { "ALPHA", string("a") },
                { "ROLE", concatf("x-%v", stack->region) },
                END,
            }),
            .tracing = LAMBDA_TRACING_ACTIVE,
            .recursive_loop = LAMBDA_RECURSIVE_LOOP_TERMINATE,
            .runtime_update = LAMBDA_RUNTIME_UPDATE_WITH_FUNCTION,
            .environment_encryption = key,
        });
    inline_function(stack, "Pinned",
        (struct lambda_function_props){
            .tracing = LAMBDA_TRACING_DISABLED,
            .architecture = LAMBDA_X86_64,
            .runtime_update = LAMBDA_RUNTIME_UPDATE_MANUAL,
            .runtime_version_arn = "arn:aws:lambda:eu-west-1::runtime:abc",
        });
    inline_function(stack, "Snapped",
        (struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_PYTHON_3_13,
            .snap_start = true,
            .tracing = LAMBDA_TRACING_PASS_THROUGH,
        });
}

static void environment_late(struct stack *stack)
{
    struct value *environment =
        object((struct field[]){ { "FIRST", string("1") }, { "SECOND", string("2") }, END });
    struct lambda_function *function =
        inline_function(stack, "Function", (struct lambda_function_props){ .environment = environment });
    struct sqs_queue *queue = sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });

    lambda_function_add_environment(function, "QUEUE_URL", queue->queue_url);
    lambda_function_add_environment(function, "FIRST", string("again"));
    sqs_queue_grant_send_messages(queue, function->grant_principal);
}

static void logging(struct stack *stack)
{
    inline_function(stack, "Json",
        (struct lambda_function_props){
            .log_group = logs_log_group_new(
                stack->node, "Logs", &(struct logs_log_group_props){ .retention = LOGS_RETENTION_ONE_MONTH }),
            .logging_format = LAMBDA_LOGGING_JSON,
            .application_log_level = LAMBDA_APPLICATION_LOG_WARN,
            .system_log_level = LAMBDA_SYSTEM_LOG_DEBUG,
        });
    inline_function(stack, "Text", (struct lambda_function_props){ .logging_format = LAMBDA_LOGGING_TEXT });
    inline_function(stack, "Group",
        (struct lambda_function_props){
            .log_group = logs_log_group_from_name(stack->node, "Given", string("/given")),
        });
}

static void managed_log_group(struct stack *stack)
{
    inline_function(stack, "Function", (struct lambda_function_props){ .function_name = string("named") });
    plain_function(stack, "Unnamed");
}

static void vpc(struct stack *stack)
{
    struct ec2_vpc *network =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
    const struct ec2_subnet_selection private_subnets = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };
    const struct ec2_subnet_selection public_subnets = { .type = EC2_SUBNET_PUBLIC };
    struct ec2_security_group *group;
    struct lambda_function *given;

    inline_function(stack, "Own", (struct lambda_function_props){ .vpc = network });
    inline_function(stack, "Closed",
        (struct lambda_function_props){
            .vpc = network,
            .allow_all_outbound = NO,
            .ipv6_allowed_for_dual_stack = NO,
        });
    inline_function(
        stack, "Open", (struct lambda_function_props){ .vpc = network, .allow_all_ipv6_outbound = YES });
    group =
        ec2_security_group_new(stack->node, "Group", &(struct ec2_security_group_props){ .vpc = network });
    given = inline_function(stack, "Given",
        (struct lambda_function_props){
            .vpc = network,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .vpc_subnets = &private_subnets,
        });
    inline_function(stack, "Public",
        (struct lambda_function_props){
            .vpc = network,
            .vpc_subnets = &public_subnets,
            .allow_public_subnet = true,
        });
    ec2_connections_allow_from_any_ipv4(given->connections, ec2_port_tcp(443), NULL);
}

static void vpc_cross_stack(struct stack *stack)
{
    struct ec2_vpc *network =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct ec2_security_group *group = ec2_security_group_new(
        other->node, "Group", &(struct ec2_security_group_props){ .vpc = network, .description = "Worker" });

    program(other, "Function", (struct lambda_code){ .asset = ASSETS "function" },
        (struct lambda_function_props){
            .vpc = network,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .vpc_subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PRIVATE_WITH_EGRESS },
        });
}

static void role_given(struct stack *stack)
{
    struct iam_role *role = role_for(stack, "Role", "lambda.amazonaws.com"), *imported;
    struct lambda_function *function = inline_function(
        stack, "Function", (struct lambda_function_props){ .role = role, .tracing = LAMBDA_TRACING_ACTIVE });

    lambda_function_add_to_role_policy(function, allow("ses:SendEmail", "*"));
    imported =
        iam_role_from_arn(stack->node, "Imported", string("arn:aws:iam::123456789012:role/given"), NULL);
    inline_function(stack, "WithImported",
        (struct lambda_function_props){
            .role = imported,
            .initial_policy = (struct iam_statement *[]){ allow("s3:ListAllMyBuckets", "*"), NULL },
        });
}

static void initial_policy(struct stack *stack)
{
    static const char table[] = "arn:aws:dynamodb:eu-west-1:123456789012:table/t";

    inline_function(stack, "Function",
        (struct lambda_function_props){
            .initial_policy =
                (struct iam_statement *[]){
                    allow("dynamodb:GetItem", table),
                    allow("dynamodb:PutItem", table),
                    NULL,
                },
            .dead_letter_queue_enabled = YES,
        });
}

static void separate_policies(struct stack *stack)
{
    struct lambda_function *function = inline_function(
        stack, "Function", (struct lambda_function_props){ .dead_letter_queue_enabled = YES });

    lambda_function_add_to_role_policy(function, allow("ses:SendEmail", "*"));
    lambda_function_add_to_role_policy(function, allow("ses:SendRawEmail", "*"));
}

static void dead_letters(struct stack *stack)
{
    struct sqs_queue *queue = sqs_queue_new(
        stack->node, "Queue", &(struct sqs_queue_props){ .retention_period = days(14), .enforce_ssl = true });

    inline_function(stack, "Given", (struct lambda_function_props){ .dead_letter_queue = queue });
    inline_function(stack, "Made", (struct lambda_function_props){ .dead_letter_queue_enabled = YES });
    inline_function(stack, "Topic",
        (struct lambda_function_props){
            .dead_letter_topic = sns_topic_new(stack->node, "DeadLetters", &(struct sns_topic_props){ 0 }),
        });
}

static void async_invoke(struct stack *stack)
{
    struct sqs_queue *queue = sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });
    struct sns_topic *topic = sns_topic_new(stack->node, "Topic", &(struct sns_topic_props){ 0 });
    struct events_event_bus *bus = events_event_bus_new(stack->node, "Bus", NULL);
    struct lambda_function *next = inline_function(
        stack, "Next", (struct lambda_function_props){ .async_invoke = { .retry_attempts = count(0) } });
    struct lambda_function *second;

    inline_function(stack, "First",
        (struct lambda_function_props){
            .async_invoke = {
                .retry_attempts = count(1),
                .max_event_age = hours(1),
                .on_failure = { .queue = queue },
                .on_success = { .function = next },
            },
        });
    second = plain_function(stack, "Second");
    lambda_function_configure_async_invoke(second,
        &(struct lambda_event_invoke_options){
            .on_failure = { .topic = topic },
            .on_success = { .event_bus = bus },
        });
}

static void cross_stack(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct sqs_queue *queue = sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });
    struct lambda_layer_version *layer = lambda_layer_version_from_arn(
        stack->node, "Layer", string("arn:aws:lambda:eu-west-1:123456789012:layer:l:1"));
    struct lambda_function *caller = inline_function(stack, "Caller",
        (struct lambda_function_props){ .layers = (struct lambda_layer_version *[]){ layer, NULL } });
    struct lambda_function *function = inline_function(other, "Function",
        (struct lambda_function_props){
            .dead_letter_queue = queue,
            .log_group = logs_log_group_new(stack->node, "Logs", NULL),
            .environment = object((struct field[]){ { "CALLER", caller->function_name }, END }),
            .role = role_for(stack, "Role", "lambda.amazonaws.com"),
        });
    struct value *version;

    lambda_function_grant_invoke(caller, plain_function(other, "Invoker")->grant_principal);
    version = lambda_function_current_version(function)->function_arn;
    output_new(other->node, "Version", &(struct output_props){ .value = version });
}

static void edge(struct stack *stack)
{
    struct sqs_queue *queue = sqs_queue_new(stack->node, "Queue", &(struct sqs_queue_props){ 0 });
    struct lambda_function *function = inline_function(stack, "Edge",
        (struct lambda_function_props){
            .current_version_options = { .removal_policy = REMOVAL_POLICY_RETAIN },
        });
    struct value *arn;

    lambda_function_add_environment_except_at_edge(function, "ONLY_ELSEWHERE", string("x"));
    sqs_queue_grant_send_messages(queue, function->grant_principal);
    arn = lambda_version_edge_arn(lambda_function_current_version(function));
    output_new(stack->node, "EdgeArn", &(struct output_props){ .value = arn });
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "lambda-function-minimal", minimal },
        { "lambda-function-asset", asset },
        { "lambda-function-options", options },
        { "lambda-function-environment-late", environment_late },
        { "lambda-function-logging", logging },
        { "lambda-function-managed-log-group", managed_log_group },
        { "lambda-function-vpc", vpc },
        { "lambda-function-vpc-cross-stack", vpc_cross_stack },
        { "lambda-function-role-given", role_given },
        { "lambda-function-initial-policy", initial_policy },
        { "lambda-function-separate-policies", separate_policies },
        { "lambda-function-dead-letters", dead_letters },
        { "lambda-function-async-invoke", async_invoke },
        { "lambda-function-cross-stack", cross_stack },
        { "lambda-function-edge", edge },
        { NULL, NULL },
    };

    return parity_main("lambda-function", cases, argc, argv);
}
