// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "data/value.h"
#include "template/template.h"

#include <string.h>

enum { RDS_EVENTS = 8, RDS_MINUTES = 24 * 60 };

static const char *physical_id_of(struct failure_inquiry *inquiry, const char *logical_id)
{
    const struct value *answer =
        inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "list-stack-resources", NULL },
            object((struct field[]){ { "StackName", string(job_stack_id(inquiry->job)) }, END }),
            "the stack's resources");

    return summary_physical_id(object_get(answer, "StackResourceSummaries"), logical_id);
}

// The name in "arn:aws:lambda:REGION:ACCOUNT:function:NAME", or what is a name already.
static const char *function_name(const char *text)
{
    const char *name = text ? strstr(text, ":function:") : NULL;

    return name ? name + strlen(":function:") : text;
}

// The function that the custom resource's ServiceToken names: by its ARN, or as a resource of the stack. A
// topic has none.
static const char *function_behind(struct failure_inquiry *inquiry)
{
    const struct value *resource =
        object_get(template_resources(inquiry->job->stack->template), inquiry->explanation->logical_id);
    const struct value *token = object_get(object_get(resource, "Properties"), "ServiceToken");
    const char *logical_id = value_string(array_at(object_get(token, "Fn::GetAtt"), 0));

    return function_name(logical_id ? physical_id_of(inquiry, logical_id) : value_string(token));
}

static const struct value *configuration(struct failure_inquiry *inquiry, const char *function)
{
    return inquiry_ask(inquiry, (const char *const[]){ "lambda", "get-function-configuration", NULL },
        object((struct field[]){ { "FunctionName", string(function) }, END }), "the function");
}

static const char *log_group(const struct value *found, const char *function)
{
    const char *group = object_string(object_get(found, "LoggingConfig"), "LogGroup");

    return group ? group : arena_printf(value_arena(), "/aws/lambda/%s", function);
}

// The message of the function often ends with the stream (cfn-response: "See the details in CloudWatch Log
// Stream: ...").
static const char *stream_in(const char *reason)
{
    static const char words[] = "CloudWatch Log Stream: ";
    const char *stream = strstr(reason, words);

    if (!stream)
        return NULL;
    stream += strlen(words);
    return arena_strndup(value_arena(), stream, strcspn(stream, " )\"\n"));
}

void look_function_log(struct failure_inquiry *inquiry)
{
    const char *function = function_behind(inquiry);

    if (function)
        inquiry_log(inquiry, log_group(configuration(inquiry, function), function),
            stream_in(inquiry->explanation->reason),
            arena_printf(value_arena(), "last lines of the function '%s'", function));
}

// Lambda API reference, "GetFunctionConfiguration".
void look_function_state(struct failure_inquiry *inquiry)
{
    const char *function = function_name(inquiry->explanation->physical_id);
    const struct value *found = *function ? configuration(inquiry, function) : NULL;
    struct value *lines;

    if (!object_get(found, "StateReason") && !object_get(found, "LastUpdateStatusReason"))
        return;
    lines = inquiry_detail(inquiry, "state of the function");
    if (object_get(found, "StateReason"))
        detail_addf(lines, "%s (%s): %s", object_string_or_empty(found, "State"),
            object_string_or_empty(found, "StateReasonCode"), object_string_or_empty(found, "StateReason"));
    if (object_get(found, "LastUpdateStatusReason"))
        detail_addf(lines, "last update: %s (%s): %s", object_string_or_empty(found, "LastUpdateStatus"),
            object_string_or_empty(found, "LastUpdateStatusReasonCode"),
            object_string_or_empty(found, "LastUpdateStatusReason"));
    if (!object_get(inquiry->captures, "problem"))
        object_set(inquiry->captures, "problem",
            string(object_string_or_empty(
                found, object_get(found, "StateReason") ? "StateReason" : "LastUpdateStatusReason")));
}

static const struct rds_source {
    const char *type;   // of the resource
    const char *source; // of its events (RDS API reference: "DescribeEvents")
} sources[] = {
    { "AWS::RDS::DBCluster", "db-cluster" },
    { "AWS::RDS::DBInstance", "db-instance" },
    { "AWS::RDS::DBProxy", "db-proxy" },
    { "AWS::RDS::DBClusterParameterGroup", "db-parameter-group" },
    { "AWS::RDS::DBParameterGroup", "db-parameter-group" },
    { 0 },
};

void look_rds_events(struct failure_inquiry *inquiry)
{
    const struct rds_source *source = sources;
    const struct value *answer, *events;
    struct value *lines;
    size_t first;

    while (source->type && strcmp(source->type, inquiry->explanation->type) != 0)
        source++;
    if (!source->type || !*inquiry->explanation->physical_id)
        return;
    answer = inquiry_ask(inquiry, (const char *const[]){ "rds", "describe-events", NULL },
        object((struct field[]){ { "SourceIdentifier", string(inquiry->explanation->physical_id) },
            { "SourceType", string(source->source) }, { "Duration", number(RDS_MINUTES) }, END }),
        "what RDS has noted");
    events = object_get(answer, "Events");
    if (!value_length(events))
        return;
    lines = inquiry_detail(inquiry, "events of RDS");
    first = value_length(events) > RDS_EVENTS ? value_length(events) - RDS_EVENTS : 0;
    for (size_t i = first; i < value_length(events); i++)
        detail_addf(lines, "%s  %s", object_string_or_empty(array_at(events, i), "Date"),
            object_string_or_empty(array_at(events, i), "Message"));
}
