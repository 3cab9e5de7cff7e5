// SPDX-License-Identifier: MIT
#include "aws/attribute.h"

#include "cdk/construct.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "cdk/token.h"

struct value *attribute_arn(struct resource *resource, const char *attribute, const struct arn_parts *parts)
{
    struct value *reference = get_att(resource, attribute);
    struct stack *stack = construct_stack(resource_node(resource));

    if (!parts->resource_name || !value_is_literal(parts->resource_name) || !stack)
        return reference;
    return across_environments(reference, stack_format_arn(stack, parts));
}

struct value *attribute_name(struct resource *resource, struct value *given_name)
{
    return across_environments(ref(resource), value_if_literal(given_name));
}
