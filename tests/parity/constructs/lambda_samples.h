// SPDX-License-Identifier: MIT
#ifndef TESTS_LAMBDA_SAMPLES_H
#define TESTS_LAMBDA_SAMPLES_H

// What the cases of Lambda have in common.

#include "aws/lambda.h"
#include "cdk/stack.h"

// A function with inline code, for Node.js unless the props say otherwise.
static inline struct lambda_function *inline_function(
    struct stack *stack, const char *id, struct lambda_function_props props)
{
    props.handler = "index.handler";
    props.code.inline_code = "exports.handler = async () => \"é\";";
    if (props.runtime == LAMBDA_RUNTIME_NONE)
        props.runtime = LAMBDA_RUNTIME_NODEJS_22_X;
    return lambda_function_new(stack->node, id, &props);
}

static inline struct lambda_function *plain_function(struct stack *stack, const char *id)
{
    return inline_function(stack, id, (struct lambda_function_props){ 0 });
}

static inline struct iam_role *role_for(struct stack *stack, const char *id, const char *service)
{
    return iam_role_new(
        stack->node, id, &(struct iam_role_props){ .assumed_by = iam_service_principal(service) });
}

// Allows one action.
static inline struct iam_statement *allow(const char *action, const char *resource)
{
    return iam_statement_new(&(struct iam_statement_props){
        .actions = (const char *[]){ action, NULL },
        .resources = (struct value *[]){ string(resource), NULL },
    });
}

#endif
