// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "aws/logs.h"
#include "aws/sns.h"
#include "aws/sqs.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

static const char *const logging_formats[] = {
    [LAMBDA_LOGGING_TEXT] = "Text",
    [LAMBDA_LOGGING_JSON] = "JSON",
};
static const char *const application_log_levels[] = {
    [LAMBDA_APPLICATION_LOG_TRACE] = "TRACE",
    [LAMBDA_APPLICATION_LOG_DEBUG] = "DEBUG",
    [LAMBDA_APPLICATION_LOG_INFO] = "INFO",
    [LAMBDA_APPLICATION_LOG_WARN] = "WARN",
    [LAMBDA_APPLICATION_LOG_ERROR] = "ERROR",
    [LAMBDA_APPLICATION_LOG_FATAL] = "FATAL",
};
static const char *const system_log_levels[] = {
    [LAMBDA_SYSTEM_LOG_DEBUG] = "DEBUG",
    [LAMBDA_SYSTEM_LOG_INFO] = "INFO",
    [LAMBDA_SYSTEM_LOG_WARN] = "WARN",
};

struct value *lambda_logging_config(
    struct lambda_function *function, const struct lambda_function_props *props)
{
    bool has_level = props->application_log_level || props->system_log_level;

    if (has_level && props->logging_format != LAMBDA_LOGGING_JSON)
        diag_error(function->node, "log levels need the logging format JSON; set 'logging_format'");
    if (!props->log_group && !props->logging_format)
        return NULL;
    return object((struct field[]){
        { "ApplicationLogLevel", string(application_log_levels[props->application_log_level]) },
        { "LogFormat", string(logging_formats[props->logging_format]) },
        { "LogGroup", props->log_group ? props->log_group->log_group_name : NULL },
        { "SystemLogLevel", string(system_log_levels[props->system_log_level]) },
        END,
    });
}

static struct value *dead_letter_target(
    struct lambda_function *function, const char *action, struct value *arn)
{
    lambda_function_add_to_role_policy(function,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ action, NULL },
            .resources = (struct value *[]){ arn, NULL },
        }));
    return object((struct field[]){ { "TargetArn", arn }, END });
}

static void check_dead_letters(struct lambda_function *function, const struct lambda_function_props *props)
{
    bool has_queue_props = props->dead_letter_queue || props->dead_letter_queue_enabled != TOGGLE_DEFAULT;

    if (props->dead_letter_queue && props->dead_letter_queue_enabled == NO)
        diag_error(function->node, "a 'dead_letter_queue' is given but 'dead_letter_queue_enabled' says no");
    if (props->dead_letter_topic && has_queue_props)
        diag_error(function->node, "dead letters go to a queue or to a topic, not to both");
}

struct value *lambda_dead_letter_config(
    struct lambda_function *function, const struct lambda_function_props *props)
{
    check_dead_letters(function, props);
    if (props->dead_letter_topic)
        return dead_letter_target(function, "sns:Publish", props->dead_letter_topic->topic_arn);
    if (!props->dead_letter_queue && props->dead_letter_queue_enabled != YES)
        return NULL;
    function->dead_letter_queue = props->dead_letter_queue;
    if (!function->dead_letter_queue)
        function->dead_letter_queue = sqs_queue_new(
            function->node, "DeadLetterQueue", &(struct sqs_queue_props){ .retention_period = days(14) });
    return dead_letter_target(function, "sqs:SendMessage", function->dead_letter_queue->queue_arn);
}
