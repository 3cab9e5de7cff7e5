// SPDX-License-Identifier: MIT
#include "cdk/stack.h"

#include "cdk/construct_private.h"
#include "cdk/names.h"
#include "cdk/stack_private.h"
#include "cdk/tags_private.h"
#include "data/bootstrap.h"
#include "util/die.h"
#include "util/strbuf.h"

#include <ctype.h>
#include <string.h>

// Limits of CloudFormation ("Understand CloudFormation quotas", CreateStack in the API reference).
enum { DESCRIPTION_LIMIT = 1024, NAME_LIMIT = 128 };

// [A-Za-z][A-Za-z0-9-]*
static bool is_stack_name(const char *name)
{
    if (!isalpha((unsigned char)*name))
        return false;
    for (; *name; name++)
        if (!isalnum((unsigned char)*name) && *name != '-')
            return false;
    return true;
}

static const char *make_name(struct construct *node)
{
    size_t count;
    const char *const *components = names_components(node, NULL, &count);
    struct unique_resource_name_options options = { .max_length = NAME_LIMIT };

    if (count == 1 && strlen(components[0]) <= NAME_LIMIT)
        return components[0];
    return names_unique_resource_name(node, &options);
}

static void check_name(struct stack *stack)
{
    if (strlen(stack->name) > NAME_LIMIT)
        diag_error(stack->node, "the stack name '%s' is longer than %d characters", stack->name, NAME_LIMIT);
    else if (!is_stack_name(stack->name))
        diag_error(stack->node,
            "the stack name '%s' must begin with a letter and hold only letters, digits and hyphens",
            stack->name);
}

static const char *qualifier_of(struct construct *node)
{
    const struct value *given = construct_context(node, "@aws-cdk/core:bootstrapQualifier");
    const char *qualifier = value_string(given);

    if (!given)
        return BOOTSTRAP_DEFAULT_QUALIFIER;
    if (!qualifier || !*qualifier || strlen(qualifier) > 10 ||
        strspn(qualifier, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") !=
            strlen(qualifier)) {
        diag_error(node, "@aws-cdk/core:bootstrapQualifier must be 1 to 10 letters, digits, '-' or '_'");
        return BOOTSTRAP_DEFAULT_QUALIFIER;
    }
    return qualifier;
}

static const char *copy(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static struct stack_data *new_state(struct stack *stack, const struct stack_props *props)
{
    struct arena *arena = &stack->node->app->arena;
    struct stack_data *state = arena_alloc(arena, sizeof(*state));

    state->account = copy(arena, props->account);
    state->region = copy(arena, props->region);
    state->description = copy(arena, props->description);
    state->termination_protection = props->termination_protection;
    state->notification_arns = props->notification_arns;
    state->qualifier = qualifier_of(stack->node);
    map_init(&state->exports, arena);
    map_init(&state->publications, arena);
    map_init(&state->logical_ids, arena);
    return state;
}

void stack_init(struct stack *stack, struct construct *scope, const char *id, const struct stack_props *props)
{
    struct construct *node = construct_new(scope, id, "Stack");
    struct app *app = node->app;

    stack->node = node;
    node->stack = stack;
    stack->name = props->stack_name ? arena_strdup(&app->arena, props->stack_name) : make_name(node);
    stack->artifact_id = stack->name;
    stack->state = new_state(stack, props);
    stack->account = props->account ? string(props->account) : aws_account_id();
    stack->region = props->region ? string(props->region) : aws_region();
    stack->partition = aws_partition();
    tags_init_for_stack(node, props->tags);
    check_name(stack);
    if (props->description && strlen(props->description) > DESCRIPTION_LIMIT)
        diag_error(node, "the description is longer than %d bytes", DESCRIPTION_LIMIT);
    LIST_APPEND(&app->arena, &app->stacks, stack);
}

struct stack *stack_new(struct construct *scope, const char *id, const struct stack_props *props)
{
    struct stack *stack = arena_alloc(&scope->app->arena, sizeof(*stack));

    stack_init(stack, scope, id, props);
    return stack;
}

size_t stack_dependency_count(const struct stack *stack)
{
    return stack->state->dependencies.length;
}

struct stack *stack_dependency_at(const struct stack *stack, size_t index)
{
    return stack->state->dependencies.items[index];
}

const char lookup_role_arn[] = "arn:%p:iam::%a:role/cdk-%q-lookup-role-%a-%r";

const char *stack_specialize(const struct stack *stack, const char *format)
{
    const struct stack_data *state = stack->state;
    STRBUF_AUTO text = STRBUF_INIT;

    for (; *format; format++) {
        if (*format != '%') {
            strbuf_add_char(&text, *format);
            continue;
        }
        switch (*++format) {
        case 'q':
            strbuf_add_string(&text, state->qualifier);
            break;
        case 'a':
            strbuf_add_string(&text, state->account ? state->account : "${AWS::AccountId}");
            break;
        case 'r':
            strbuf_add_string(&text, state->region ? state->region : "${AWS::Region}");
            break;
        case 'p':
            strbuf_add_string(&text, "${AWS::Partition}");
            break;
        default:
            BUG("'%%%c' in a format of stack_specialize", *format);
        }
    }
    return arena_strdup(&stack->node->app->arena, text.data);
}

static void add_missing_zones(struct stack *stack, const char *key, const struct value *dummy)
{
    struct app *app = stack->node->app;

    for (size_t i = 0; i < value_length(app->missing); i++)
        if (strcmp(object_string_or_empty(array_at(app->missing, i), "key"), key) == 0)
            return;
    array_append(app->missing,
        object((struct field[]){
            { "key", string(key) },
            { "provider", string("availability-zones") },
            { "props",
                object((struct field[]){
                    { "account", stack->account },
                    { "region", stack->region },
                    { "dummyValue", (struct value *)dummy },
                    { "lookupRoleArn", string(stack_specialize(stack, lookup_role_arn)) },
                    END,
                }) },
            END,
        }));
}

// NULL when the environment is not known at synthesis.
static const char *zones_key(const struct stack *stack)
{
    const struct stack_data *state = stack->state;

    if (!state->account || !state->region)
        return NULL;
    return arena_printf(
        &stack->node->app->arena, "availability-zones:account=%s:region=%s", state->account, state->region);
}

struct value *stack_known_availability_zones(struct stack *stack)
{
    const char *key = zones_key(stack);
    struct value *zones = construct_context(stack->node, key ? key : "aws:cdk:availability-zones:fallback");
    const char *failure = object_string(zones, "$providerError"); // why the CDK could not look it up

    if (!zones || value_type(zones) == VALUE_ARRAY)
        return zones;
    if (failure)
        diag_error(stack->node, "%s", failure);
    else
        diag_error(stack->node, "the context value of '%s' must be a list of zone names", key);
    return array();
}

struct value *stack_availability_zones(struct stack *stack)
{
    const char *key = zones_key(stack);
    struct value *zones = stack_known_availability_zones(stack);

    if (zones)
        return zones;
    if (!key)
        return array_of(
            (struct value *[]){ fn_select(0, fn_get_azs("")), fn_select(1, fn_get_azs("")), NULL });
    zones = strings((const char *[]){ "dummy1a", "dummy1b", "dummy1c", NULL });
    add_missing_zones(stack, key, zones);
    return zones;
}

struct value *stack_format_arn(struct stack *stack, const struct arn_parts *parts)
{
    struct value *region = parts->region ? parts->region : stack->region;
    struct value *account = parts->account ? parts->account : stack->account;
    struct value *start = concatf("arn:%v:%s:%v:%v:", stack->partition, parts->service, region, account);

    switch (parts->format) {
    case ARN_NO_RESOURCE_NAME:
        return concatf("%v%s", start, parts->resource);
    case ARN_COLON_RESOURCE_NAME:
        return concatf("%v%s:%v", start, parts->resource, parts->resource_name);
    case ARN_SLASH_RESOURCE_SLASH_NAME:
        return concatf("%v/%s/%v", start, parts->resource, parts->resource_name);
    case ARN_SLASH_RESOURCE_NAME:
        break;
    }
    return concatf("%v%s/%v", start, parts->resource, parts->resource_name);
}
