// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"
#include "aws/region.h"
#include "util/array.h"
#include "util/text/compare.h"

#include <string.h>

static const char domain[] = ".amazonaws.com";

// The service's own part of a name such as "sqs", "sqs.amazonaws.com" or "sqs.amazonaws.com.cn"; NULL for any
// other name.
static const char *short_name(const char *service)
{
    static const char *const suffixes[] = { "", domain, ".amazonaws.com.cn", ".c2s.ic.gov",
        ".sc2s.sgov.gov" };
    size_t length = strcspn(service, ".");

    for (size_t i = 0; length && i < ARRAY_SIZE(suffixes); i++)
        if (strcmp(service + length, suffixes[i]) == 0)
            return arena_strndup(value_arena(), service, length);
    return NULL;
}

// CDK's ServicePrincipalToken.
static struct value *service_name(const struct iam_principal *principal, const struct stack *stack)
{
    const char *name = short_name(principal->service);
    const char *region = principal->region;
    const char *stack_region = value_string(stack->region);
    bool is_elsewhere = region && (!stack_region || strcmp(region, stack_region) != 0);

    if (!name)
        return string(principal->service);
    if (is_elsewhere && region_is_opt_in(region))
        return stringf("%s.%s%s", name, region, domain);
    return stringf("%s%s", name, domain);
}

static struct value *account_root(const struct iam_principal *principal, const struct stack *stack)
{
    return concatf("arn:%v:iam::%v:root", stack->partition, principal->id ? principal->id : stack->account);
}

static void append(struct value *element, const char *key, struct value *id)
{
    if (!object_get(element, key))
        object_set(element, key, array());
    array_append(object_get(element, key), id);
}

static void render(const struct iam_principal *principal, const struct stack *stack, struct value *element)
{
    switch (principal->kind) {
    case PRINCIPAL_SERVICE:
        append(element, "Service", service_name(principal, stack));
        return;
    case PRINCIPAL_NAMED:
        append(element, principal->key, principal->id);
        return;
    case PRINCIPAL_ACCOUNT:
        append(element, "AWS", account_root(principal, stack));
        return;
    case PRINCIPAL_STAR:
        return;
    case PRINCIPAL_COMPOSITE:
    case PRINCIPAL_WITH_CONDITIONS:
    case PRINCIPAL_WITH_SESSION_TAGS:
        for (size_t i = 0; i < principal->parts.length; i++)
            render(principal->parts.items[i], stack, element);
        return;
    }
}

struct value *principals_render(const struct principal_list *principals, const struct stack *stack)
{
    struct value *element = object((struct field[]){ END });

    if (principals->length && principal_is_star(principals->items[0]))
        return string("*");
    for (size_t i = 0; i < principals->length; i++)
        render(principals->items[i], stack, element);
    return value_length(element) ? element : NULL;
}

bool principal_equal(const struct iam_principal *a, const struct iam_principal *b)
{
    if (a == b)
        return true;
    if (a->is_unique || b->is_unique || a->kind != b->kind || a->parts.length != b->parts.length)
        return false;
    if (!strings_equal(a->service, b->service) || !strings_equal(a->region, b->region) ||
        !strings_equal(a->key, b->key) || !strings_equal(a->class, b->class) ||
        !strings_equal(a->assume_role_action, b->assume_role_action))
        return false;
    if (!value_equal(a->id, b->id) || !same_json(a->conditions, b->conditions))
        return false;
    for (size_t i = 0; i < a->parts.length; i++)
        if (!principal_equal(a->parts.items[i], b->parts.items[i]))
            return false;
    return true;
}
