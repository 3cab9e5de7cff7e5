// SPDX-License-Identifier: MIT
#ifndef TESTS_SAMPLES_H
#define TESTS_SAMPLES_H

// What several services' cases are made of.

#include "aws/iam.h"
#include "cdk/construct.h"
#include "cdk/stack.h"

// Arrays that end with NULL.
#define TEXTS(...) ((const char *[]){ __VA_ARGS__, NULL })
#define VALUES(...) ((struct value *[]){ __VA_ARGS__, NULL })
#define PRINCIPALS(...) ((struct iam_principal *[]){ __VA_ARGS__, NULL })
#define STATEMENTS(...) ((struct iam_statement *[]){ __VA_ARGS__, NULL })
#define ROLES(...) ((struct iam_role *[]){ __VA_ARGS__, NULL })

static inline struct resource *topic(struct construct *scope, const char *id)
{
    return resource_new(scope, id, "AWS::SNS::Topic", NULL);
}

static inline struct iam_principal *lambda(void)
{
    return iam_service_principal("lambda.amazonaws.com");
}

static inline struct iam_principal *account(const char *id)
{
    return iam_account_principal(string(id));
}

static inline struct value *condition(const char *op, const char *key, const char *value)
{
    const struct field field[] = { { key, string(value) }, END };

    return object((struct field[]){ { op, object(field) }, END });
}

static inline struct iam_statement *allow(const char *action, struct value *resource)
{
    return iam_statement_new(
        &(struct iam_statement_props){ .actions = TEXTS(action), .resources = VALUES(resource) });
}

static inline struct iam_statement *allow_all(const char *action)
{
    return allow(action, string("*"));
}

static inline struct iam_role *plain_role(struct construct *scope, const char *id)
{
    return iam_role_new(scope, id, &(struct iam_role_props){ .assumed_by = lambda() });
}

static inline void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

#endif
