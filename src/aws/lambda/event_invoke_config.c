// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "aws/events.h"
#include "aws/sns.h"
#include "aws/sqs.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

// "Configuring error handling settings for asynchronous invocations".
enum { MIN_EVENT_AGE = 60, MAX_EVENT_AGE = 6 * 60 * 60, MAX_RETRY_ATTEMPTS = 2 };

static bool destination_given(const struct lambda_destination *destination)
{
    return destination->queue || destination->topic || destination->event_bus || destination->function;
}

bool lambda_event_invoke_options_given(const struct lambda_event_invoke_options *options)
{
    return options->retry_attempts.given || options->max_event_age.given ||
        destination_given(&options->on_failure) || destination_given(&options->on_success);
}

// Lets the function send there, and names it.
static struct value *bind_destination(
    struct lambda_function *function, const struct lambda_destination *destination)
{
    struct iam_principal *grantee = function->grant_principal;
    struct value *arn = NULL;

    if (destination->queue) {
        sqs_queue_grant_send_messages(destination->queue, grantee);
        arn = destination->queue->queue_arn;
    } else if (destination->topic) {
        sns_topic_grant_publish(destination->topic, grantee);
        arn = destination->topic->topic_arn;
    } else if (destination->event_bus) {
        events_event_bus_grant_put_events_to(destination->event_bus, grantee, NULL);
        arn = destination->event_bus->event_bus_arn;
    } else if (destination->function) {
        lambda_function_grant_invoke(destination->function, grantee);
        arn = destination->function->function_arn;
    }
    return arn ? object((struct field[]){ { "Destination", arn }, END }) : NULL;
}

static struct value *destination_config(
    struct lambda_function *function, const struct lambda_event_invoke_options *options)
{
    struct value *on_failure = bind_destination(function, &options->on_failure);
    struct value *on_success = bind_destination(function, &options->on_success);

    if (!on_failure && !on_success)
        return NULL;
    return object((struct field[]){ { "OnFailure", on_failure }, { "OnSuccess", on_success }, END });
}

static void check(struct construct *node, const struct lambda_event_invoke_options *options)
{
    int64_t age = duration_to_seconds(options->max_event_age);
    double attempts = count_or(options->retry_attempts, 0);

    if (options->max_event_age.given && (age < MIN_EVENT_AGE || age > MAX_EVENT_AGE))
        diag_error(node, "'max_event_age' must be between %d and %d seconds, got %lld", MIN_EVENT_AGE,
            MAX_EVENT_AGE, (long long)age);
    if (attempts < 0 || attempts > MAX_RETRY_ATTEMPTS)
        diag_error(node, "'retry_attempts' must be between 0 and %d, got %g", MAX_RETRY_ATTEMPTS, attempts);
}

void lambda_function_configure_async_invoke(
    struct lambda_function *function, const struct lambda_event_invoke_options *options)
{
    struct lambda_function_state *state = function->state;
    struct lambda_function *base = state->base ? state->base : function;
    struct construct *node;

    if (construct_child(function->node, "EventInvokeConfig")) {
        diag_error(function->node, "asynchronous invocation is configured already; configure it once");
        return;
    }
    node = construct_new(function->node, "EventInvokeConfig", "lambda.EventInvokeConfig");
    check(node, options);
    resource_new(node, "Resource", "AWS::Lambda::EventInvokeConfig",
        object((struct field[]){
            { "DestinationConfig", destination_config(base, options) },
            { "FunctionName", base->function_name },
            { "MaximumEventAgeInSeconds", seconds_value(options->max_event_age) },
            { "MaximumRetryAttempts", count_value(options->retry_attempts) },
            { "Qualifier", state->qualifier ? state->qualifier : string("$LATEST") },
            END,
        }));
}
