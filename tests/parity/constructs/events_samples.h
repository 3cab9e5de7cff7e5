// SPDX-License-Identifier: MIT
#ifndef TESTS_EVENTS_SAMPLES_H
#define TESTS_EVENTS_SAMPLES_H

// What the cases of EventBridge have in common.

#include "aws/events.h"
#include "aws/lambda.h"
#include "aws/sqs.h"
#include "cdk/stack.h"

static inline struct value *one(const char *text)
{
    return strings((const char *[]){ text, NULL });
}

static inline struct lambda_function *function_of(struct stack *stack, const char *id)
{
    return lambda_function_new(stack->node, id,
        &(struct lambda_function_props){
            .runtime = LAMBDA_RUNTIME_NODEJS_22_X,
            .handler = "index.handler",
            .code = { .inline_code = "exports.handler = () => {};" },
        });
}

static inline struct iam_role *role_of(struct stack *stack, const char *id, const char *service)
{
    return iam_role_new(
        stack->node, id, &(struct iam_role_props){ .assumed_by = iam_service_principal(service) });
}

static inline struct sqs_queue *queue_of(struct stack *stack, const char *id)
{
    return sqs_queue_new(stack->node, id, &(struct sqs_queue_props){ 0 });
}

// A rule for all events of one source.
static inline struct events_rule *rule_of(
    struct stack *stack, const char *id, const char *source, struct events_target *const *targets)
{
    return events_rule_new(stack->node, id,
        &(struct events_rule_props){
            .event_pattern = &(struct events_event_pattern){ .source = one(source) },
            .targets = targets,
        });
}

#endif
