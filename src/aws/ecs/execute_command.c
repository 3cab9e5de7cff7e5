// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "aws/kms.h"
#include "aws/s3.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

static const char *const logging_names[] = {
    [ECS_EXECUTE_COMMAND_LOGGING_NONE] = "NONE",
    [ECS_EXECUTE_COMMAND_LOGGING_DEFAULT] = "DEFAULT",
    [ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE] = "OVERRIDE",
};

static void check(struct construct *node, const struct ecs_execute_command_configuration *configuration)
{
    const struct ecs_execute_command_log_configuration *logs = configuration->log_configuration;

    if ((configuration->logging == ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE) != (logs != NULL))
        diag_error(node,
            "the log configuration of 'execute command' needs ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE, and the "
            "other way round");
    if (logs && logs->s3_encryption_enabled == YES && !logs->s3_bucket)
        diag_error(node, "'s3_encryption_enabled' needs an 's3_bucket'");
    if (logs && logs->cloud_watch_encryption_enabled == YES && !logs->cloud_watch_log_group)
        diag_error(node, "'cloud_watch_encryption_enabled' needs a 'cloud_watch_log_group'");
}

static struct value *log_configuration(const struct ecs_execute_command_log_configuration *logs)
{
    if (!logs)
        return NULL;
    return object((struct field[]){
        { "CloudWatchEncryptionEnabled", toggle_value(logs->cloud_watch_encryption_enabled) },
        { "CloudWatchLogGroupName",
            logs->cloud_watch_log_group ? logs->cloud_watch_log_group->log_group_name : NULL },
        { "S3BucketName", logs->s3_bucket ? logs->s3_bucket->bucket_name : NULL },
        { "S3EncryptionEnabled", toggle_value(logs->s3_encryption_enabled) },
        { "S3KeyPrefix", string(logs->s3_key_prefix) },
        END,
    });
}

struct value *ecs_execute_command_value(
    struct ecs_cluster *cluster, const struct ecs_execute_command_configuration *configuration)
{
    const struct ecs_execute_command_log_configuration *logs = configuration->log_configuration;
    struct kms_key *key = configuration->kms_key;

    check(cluster->node, configuration);
    cluster->state->execute_command = (struct ecs_execute_command){
        .is_configured = true,
        .logging = configuration->logging,
        .kms_key = key,
        .log_group = logs ? logs->cloud_watch_log_group : NULL,
        .log_group_encryption = logs && logs->cloud_watch_encryption_enabled == YES,
        .bucket = logs ? logs->s3_bucket : NULL,
        .bucket_encryption = logs && logs->s3_encryption_enabled == YES,
    };
    return object((struct field[]){
        { "KmsKeyId", key ? key->key_arn : NULL },
        { "LogConfiguration", log_configuration(logs) },
        { "Logging", string(logging_names[configuration->logging]) },
        END,
    });
}

static void allow(struct ecs_service *service, const char *const *actions, struct value *resource)
{
    ecs_task_definition_add_to_task_role_policy(service->task_definition,
        iam_statement_new(&(struct iam_statement_props){
            .actions = actions,
            .resources = (struct value *[]){ resource, NULL },
        }));
}

static void allow_log_group(struct ecs_service *service, const struct logs_log_group *group)
{
    const struct stack *stack = construct_stack(service->node);
    struct value *arn = string("*");

    if (group)
        arn = concatf("arn:%v:logs:%v:%v:log-group:%v:*", stack->partition, stack->region, stack->account,
            group->log_group_name);
    allow(service, (const char *[]){ "logs:DescribeLogGroups", NULL }, string("*"));
    allow(service,
        (const char *[]){ "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents", NULL },
        arn);
}

static void allow_bucket(struct ecs_service *service, const struct ecs_execute_command *command)
{
    struct value *arn =
        concatf("arn:%v:s3:::%v", construct_stack(service->node)->partition, command->bucket->bucket_name);

    allow(service, (const char *[]){ "s3:GetBucketLocation", NULL }, string("*"));
    allow(service, (const char *[]){ "s3:PutObject", NULL }, concatf("%v/*", arn));
    if (command->bucket_encryption)
        allow(service, (const char *[]){ "s3:GetEncryptionConfiguration", NULL }, arn);
}

static void allow_in_key_policy(struct kms_key *key, const char *const *actions,
    struct iam_principal *principal, struct value *conditions)
{
    kms_key_add_to_resource_policy(key,
        iam_statement_new(&(struct iam_statement_props){
            .actions = actions,
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ principal, NULL },
            .conditions = conditions,
        }));
}

// The principal of CloudWatch Logs is one of the region.
static struct iam_principal *logs_principal(struct ecs_service *service)
{
    const char *region = value_string(construct_stack(service->node)->region);

    if (!region)
        diag_error(
            service->node, "'execute command' with a key and encrypted logs needs a stack with a region");
    return iam_service_principal(value_string(stringf("logs.%s.amazonaws.com", region ? region : "")));
}

static struct value *only_log_groups_of(const struct stack *stack)
{
    struct value *arn = concatf("arn:%v:logs:%v:%v:*", stack->partition, stack->region, stack->account);
    struct value *like = object((struct field[]){ { "kms:EncryptionContext:aws:logs:arn", arn }, END });

    return object((struct field[]){ { "ArnLike", like }, END });
}

static void allow_key(struct ecs_service *service, const struct ecs_execute_command *command)
{
    const struct stack *stack = construct_stack(service->node);
    bool logs_encrypted =
        command->logging <= ECS_EXECUTE_COMMAND_LOGGING_DEFAULT || command->log_group_encryption;

    allow(service, (const char *[]){ "kms:Decrypt", "kms:GenerateDataKey", NULL }, command->kms_key->key_arn);
    allow_in_key_policy(command->kms_key, (const char *[]){ "kms:*", NULL },
        iam_arn_principal(concatf("arn:%v:iam::%v:root", stack->partition, stack->account)), NULL);
    if (logs_encrypted)
        allow_in_key_policy(command->kms_key,
            (const char *[]){ "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*",
                "kms:Describe*", NULL },
            logs_principal(service), only_log_groups_of(stack));
}

void ecs_service_allow_execute_command(struct ecs_service *service)
{
    static const char narrow_flag[] = "@aws-cdk/aws-ecs:reduceEc2FargateCloudWatchPermissions";
    const struct ecs_execute_command *command = &service->cluster->state->execute_command;

    allow(service,
        (const char *[]){ "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel", NULL },
        string("*"));
    if (command->kms_key)
        allow_key(service, command);
    if (command->logging == ECS_EXECUTE_COMMAND_LOGGING_NONE)
        return;
    if (command->log_group || !construct_context_flag(service->node, narrow_flag))
        allow_log_group(service, command->log_group);
    if (command->bucket)
        allow_bucket(service, command);
}
