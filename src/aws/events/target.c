// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "aws/lambda.h"
#include "aws/sns.h"
#include "aws/sqs.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <string.h>

static const char events_service[] = "events.amazonaws.com";

// One kind of target: gives EventBridge the permissions that it needs, and says what the rule writes down.
typedef void target_bind_function(
    const struct events_target *target, struct events_rule *rule, struct target_binding *binding);

struct events_target {
    target_bind_function *bind;
    union {
        struct lambda_function *function;
        struct sqs_queue *queue;
        struct sns_topic *topic;
        struct events_event_bus *bus;
    };
    struct events_target_options options;
};

static struct events_target *target_new(
    target_bind_function *bind, const struct events_target_options *options)
{
    struct events_target *target = arena_alloc(value_arena(), sizeof(*target));

    target->bind = bind;
    if (options)
        target->options = *options;
    if (target->options.message_group_id)
        target->options.message_group_id = arena_strdup(value_arena(), target->options.message_group_id);
    return target;
}

struct iam_role *rule_events_role(struct events_rule *rule)
{
    struct events_rule_state *state = rule->state;

    if (!state->events_role)
        state->events_role = iam_role_new(rule->node, "EventsRole",
            &(struct iam_role_props){ .assumed_by = iam_service_principal(events_service) });
    return state->events_role;
}

static void bind_lambda_function(
    const struct events_target *target, struct events_rule *rule, struct target_binding *binding)
{
    struct lambda_function *function = target->function;
    struct value *id = stringf("AllowEventRule%s", names_unique_id(function->node));

    if (!construct_child(rule->node, value_string(id)))
        lambda_function_add_permission(function, value_string(id),
            &(struct lambda_permission_props){
                .scope = rule->node,
                .principal = iam_service_principal(events_service),
                .source_arn = rule->rule_arn,
            });
    binding->arn = function->function_arn;
    binding->resource = function->node;
    binding->imported = !function->resource;
}

static struct value *queue_conditions(const struct sqs_queue *queue, const struct events_rule *rule)
{
    struct value *account = construct_stack(rule->node)->account;

    if (!queue->encryption_key)
        return object((struct field[]){
            { "ArnEquals", object((struct field[]){ { "aws:SourceArn", rule->rule_arn }, END }) },
            END,
        });
    // The rule's ARN would make a circle of dependencies through the key's policy.
    if (!construct_context_flag(rule->node, "@aws-cdk/aws-events:eventsTargetQueueSameAccount"))
        return NULL;
    return object((struct field[]){
        { "StringEquals", object((struct field[]){ { "aws:SourceAccount", account }, END }) },
        END,
    });
}

static void bind_sqs_queue(
    const struct events_target *target, struct events_rule *rule, struct target_binding *binding)
{
    struct sqs_queue *queue = target->queue;
    const char *group = target->options.message_group_id;
    struct iam_principal *service = iam_service_principal(events_service);
    struct value *conditions = queue_conditions(queue, rule);

    sqs_queue_grant_send_messages(
        queue, conditions ? iam_principal_with_conditions(service, conditions) : service);
    binding->arn = queue->queue_arn;
    binding->resource = queue->node;
    binding->imported = !queue->resource;
    if (group)
        binding->sqs_parameters = object((struct field[]){ { "MessageGroupId", string(group) }, END });
}

static void bind_sns_topic(
    const struct events_target *target, struct events_rule *rule, struct target_binding *binding)
{
    struct sns_topic *topic = target->topic;
    struct iam_role *role = target->options.role;

    if (toggle_or(target->options.authorize_using_role, role)) {
        binding->role = role ? role : rule_events_role(rule);
        sns_topic_grant_publish(topic, binding->role->principal);
    } else {
        if (role)
            diag_error(rule->node, "a 'role' is given for a topic although 'authorize_using_role' says no");
        sns_topic_grant_publish(topic, iam_service_principal(events_service));
    }
    binding->arn = topic->topic_arn;
    binding->resource = topic->node;
    binding->imported = !topic->resource;
}

// The CDK takes no retries and no input for a bus, and looks at neither account nor region.
static void bind_event_bus(
    const struct events_target *target, struct events_rule *rule, struct target_binding *binding)
{
    const struct events_target_options *options = &target->options;

    if (options->input || options->retry_attempts.given || options->max_event_age.given)
        diag_error(rule->node, "an event bus as target takes no input and no retries; leave them out");
    binding->role = options->role ? options->role : rule_events_role(rule);
    iam_role_add_to_policy(binding->role,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "events:PutEvents", NULL },
            .resources = (struct value *[]){ target->bus->event_bus_arn, NULL },
        }));
    binding->arn = target->bus->event_bus_arn;
}

struct events_target *events_target_lambda_function(
    struct lambda_function *function, const struct events_target_options *options)
{
    struct events_target *target = target_new(bind_lambda_function, options);

    target->function = function;
    return target;
}

struct events_target *events_target_sqs_queue(
    struct sqs_queue *queue, const struct events_target_options *options)
{
    struct events_target *target = target_new(bind_sqs_queue, options);

    target->queue = queue;
    return target;
}

struct events_target *events_target_sns_topic(
    struct sns_topic *topic, const struct events_target_options *options)
{
    struct events_target *target = target_new(bind_sns_topic, options);

    target->topic = topic;
    return target;
}

struct events_target *events_target_event_bus(
    struct events_event_bus *bus, const struct events_target_options *options)
{
    struct events_target *target = target_new(bind_event_bus, options);

    target->bus = bus;
    return target;
}

static void allow_dead_letters(struct events_rule *rule, struct sqs_queue *queue)
{
    const struct stack *here = construct_stack(rule->node), *there = construct_stack(queue->node);
    struct value *sid = stringf("AllowEventRule%s", names_unique_id(rule->node));
    struct value *equal = object((struct field[]){ { "aws:SourceArn", rule->rule_arn }, END });

    if (token_compare(here->region, there->region) == TOKENS_DIFFERENT) {
        diag_error(
            rule->node, "dead letter queue '%s' must be in the rule's region", construct_path(queue->node));
        return;
    }
    if (token_compare(here->account, there->account) == TOKENS_DIFFERENT) {
        diag_warning(rule->node,
            "dead letter queue '%s' is in another account: allow the rule to send to it there",
            construct_path(queue->node));
        return;
    }
    sqs_queue_add_to_resource_policy(queue,
        iam_statement_new(&(struct iam_statement_props){
            .sid = value_string(sid),
            .principals = (struct iam_principal *[]){ iam_service_principal(events_service), NULL },
            .actions = (const char *[]){ "sqs:SendMessage", NULL },
            .resources = (struct value *[]){ queue->queue_arn, NULL },
            .conditions = object((struct field[]){ { "ArnEquals", equal }, END }),
        }));
}

static struct value *retry_policy(const struct events_target_options *options)
{
    bool has_attempts = options->retry_attempts.given && options->retry_attempts.number >= 0;

    if (!has_attempts && !options->max_event_age.given)
        return NULL;
    return object((struct field[]){
        { "MaximumEventAgeInSeconds", seconds_value(options->max_event_age) },
        { "MaximumRetryAttempts", count_value(options->retry_attempts) },
        END,
    });
}

struct target_binding target_bind(struct events_target *target, struct events_rule *rule)
{
    struct sqs_queue *queue = target->options.dead_letter_queue;
    struct target_binding binding = {
        .input = target->options.input,
        .retry_policy = retry_policy(&target->options),
    };

    target->bind(target, rule, &binding);
    if (queue) {
        allow_dead_letters(rule, queue);
        binding.dead_letter_config = object((struct field[]){ { "Arn", queue->queue_arn }, END });
    }
    return binding;
}
