// SPDX-License-Identifier: MIT
#include "cdk/stack_private.h"

#include "cdk/names.h"
#include "cdk/token_private.h"
#include "data/json.h"
#include "util/strbuf.h"
#include "util/text/compare.h"

#include <string.h>

static const char list_delimiter[] = "||"; // between the items of an exported list
enum { EXPORT_NAME_LIMIT = 255 };

static struct value *within_stack(const struct value *reference)
{
    const char *id = element_logical_id((struct element *)token_reference(reference)->target);
    const char *attribute = token_reference(reference)->attribute;

    if (!attribute)
        return object((struct field[]){ { "Ref", string(id) }, END });
    return object((struct field[]){
        { "Fn::GetAtt", array_of((struct value *[]){ string(id), string(attribute), NULL }) }, END });
}

// Outputs for other stacks live in constructs of their own, under an id that says what they hold.
static const char *output_id(const struct value *reference)
{
    STRBUF_AUTO id = STRBUF_INIT;

    strbuf_add_string(&id, "Output");
    json_stringify(&id, within_stack(reference));
    return arena_strdup(value_arena(), id.data);
}

static const char *export_name(const struct stack *stack, const char *id)
{
    struct arena *arena = &stack->node->app->arena;
    const char *components[] = { "Exports", id };
    const char *local = names_make_unique_id(arena, components, 2);
    size_t prefix = strlen(stack->name) + 1, length = strlen(local);

    if (prefix + length > EXPORT_NAME_LIMIT)
        local += prefix + length - EXPORT_NAME_LIMIT;
    return arena_printf(arena, "%s:%s", stack->name, local);
}

static struct element *make_output(struct stack *stack, const char *scope_id, const char *id,
    const struct value *reference, const char *export_name)
{
    struct construct *scope = construct_child(stack->node, scope_id);
    struct value *value = within_stack(reference);

    if (!scope)
        scope = construct_new(stack->node, scope_id, "Construct");
    output_new(scope, id,
        &(struct output_props){
            .value = token_reference(reference)->is_list ? fn_join(list_delimiter, value) : value,
            .export_name = export_name,
        });
    return construct_child(scope, id)->element;
}

static const char *make_export(struct stack *stack, const struct value *reference)
{
    const char *id = output_id(reference);
    const char *name = export_name(stack, id);

    make_output(stack, "Exports", id, reference, name);
    return name;
}

// The name of the output.
static const char *make_publication(struct stack *stack, const struct value *reference)
{
    return element_logical_id(make_output(stack, "Publish", output_id(reference), reference, NULL));
}

// What tells one exported value of a stack from another; no logical id has a dot.
static const char *export_key(const struct value *reference)
{
    const char *id = element_logical_id((struct element *)token_reference(reference)->target);
    const char *attribute = token_reference(reference)->attribute;
    size_t length = strlen(id), attribute_size = attribute ? strlen(attribute) + 1 : 0;
    char *key;

    if (!attribute)
        return id;
    key = arena_alloc(value_arena(), length + 1 + attribute_size);
    memcpy(key, id, length);
    key[length] = '.';
    memcpy(key + length + 1, attribute, attribute_size);
    return key;
}

// The name under which the value is known in `made`, made where it is asked for first.
static const char *once(struct map *made, struct stack *stack, const struct value *reference,
    const char *(*make)(struct stack *stack, const struct value *reference))
{
    const char *key = export_key(reference);
    const char *name = map_get(made, key);

    if (!name) {
        name = make(stack, reference);
        map_set(made, key, (char *)name);
    }
    return name;
}

static const char *export_reference(struct stack *stack, const struct value *reference)
{
    return once(&stack->state->exports, stack, reference, make_export);
}

static struct value *as_list_if_one(const struct value *reference, struct value *value)
{
    return token_reference(reference)->is_list ? fn_split(list_delimiter, value) : value;
}

static struct value *import(const struct value *reference, const char *name)
{
    return as_list_if_one(reference, fn_import_value(string(name)));
}

// Reads the output when the consumer is deployed, and does not keep the producer from taking it away.
static struct value *get_stack_output(struct stack *producer, const struct value *reference)
{
    const char *name = once(&producer->state->publications, producer, reference, make_publication);
    struct value *arguments = object((struct field[]){
        { "StackName", string(producer->name) },
        { "Region", producer->region },
        { "OutputName", string(name) },
        END,
    });

    return as_list_if_one(reference, object((struct field[]){ { "Fn::GetStackOutput", arguments }, END }));
}

struct value *stack_export_value(struct stack *stack, struct value *reference)
{
    if (token_kind(reference) != TOKEN_REFERENCE ||
        token_reference(reference)->target->node->stack != stack) {
        diag_error(stack->node, "only an attribute of one of the stack's own resources can be exported");
        return NULL;
    }
    return import(reference, export_reference(stack, reference));
}

static bool same_environment(const struct stack *a, const struct stack *b)
{
    return strings_equal(a->state->account, b->state->account) &&
        strings_equal(a->state->region, b->state->region);
}

// A weak reference needs a region to read from, and no role when the account is its own.
static bool can_read_output(const struct stack *consumer, const struct stack *producer)
{
    return strings_equal(consumer->state->account, producer->state->account) && consumer->state->region &&
        producer->state->region;
}

enum reference_strength { REFERENCE_STRONG, REFERENCE_WEAK, REFERENCE_BOTH };

// CDK's ReferenceStrength.
static enum reference_strength strength_of(struct stack *consumer)
{
    static const char key[] = "@aws-cdk/core:defaultCrossStackReferences";
    static const char *const names[] = { "strong", "weak", "both" };
    const struct value *given = construct_context(consumer->node, key);
    const char *name = value_string(given);

    for (enum reference_strength strength = REFERENCE_STRONG; name && strength <= REFERENCE_BOTH; strength++)
        if (strcmp(name, names[strength]) == 0)
            return strength;
    if (given && value_type(given) != VALUE_NULL && !consumer->node->app->strength_reported) {
        consumer->node->app->strength_reported = true;
        diag_error(
            construct_root(consumer->node), "context key '%s' must be \"strong\", \"weak\" or \"both\"", key);
    }
    return REFERENCE_STRONG;
}

// Runs in the app's arena: what it makes outlives the resolution that asked for it.
static struct value *across_stacks(struct stack *consumer, const struct value *reference)
{
    struct construct *target = token_reference(reference)->target->node;
    enum reference_strength strength = strength_of(consumer);
    const char *exported;

    if (consumer == target->stack)
        return within_stack(reference);
    if (!same_environment(consumer, target->stack)) {
        if (token_reference(reference)->elsewhere)
            return stack_resolve(consumer, token_reference(reference)->elsewhere);
        if (strength == REFERENCE_WEAK && can_read_output(consumer, target->stack)) {
            stack_add_dependency(consumer, target->stack);
            return get_stack_output(target->stack, reference);
        }
        diag_error(consumer->node, "it refers to '%s' in the stack '%s' of another account or region",
            target->path, target->stack->node->path);
        return within_stack(reference);
    }
    stack_add_dependency(consumer, target->stack);
    if (strength == REFERENCE_WEAK)
        return get_stack_output(target->stack, reference);
    exported = export_reference(target->stack, reference);
    return strength == REFERENCE_BOTH ? get_stack_output(target->stack, reference)
                                      : import(reference, exported);
}

struct value *reference_across_stacks(struct stack *consumer, const struct value *reference)
{
    struct arena *arena;
    struct value *value;

    if (consumer == token_reference(reference)->target->node->stack)
        return within_stack(reference);
    arena = value_arena_use(&consumer->node->app->arena);
    value = across_stacks(consumer, reference);
    value_arena_use(arena);
    return value;
}

static void scan(struct stack *consumer, struct value *value);

static void scan_token(struct stack *consumer, struct value *token)
{
    switch (token_kind(token)) {
    case TOKEN_REFERENCE:
        if (token_reference(token)->target->node->stack != consumer)
            reference_across_stacks(consumer, token);
        return;
    case TOKEN_JOIN:
        scan(consumer, token_join(token)->list);
        return;
    case TOKEN_JSON:
        scan(consumer, token_json(token));
        return;
    case TOKEN_LAZY:
        scan(consumer, token_force(token));
        return;
    case TOKEN_NONE:
        return;
    }
}

static void scan(struct stack *consumer, struct value *value)
{
    switch (value_type(value)) {
    case VALUE_TOKEN:
        scan_token(consumer, value);
        return;
    case VALUE_ARRAY:
        for (size_t i = 0; i < value->array.length; i++)
            scan(consumer, value->array.items[i]);
        return;
    case VALUE_OBJECT:
        for (size_t i = 0; i < value->object.length; i++)
            scan(consumer, value->object.fields[i].value);
        return;
    case VALUE_NULL:
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_STRING:
        return;
    }
}

static void scan_element(struct construct *construct, void *data)
{
    (void)data;
    if (construct->element && construct->stack && element_is_wanted(construct->element))
        scan(construct->stack, element_definition(construct->element));
}

void references_resolve(struct construct *root)
{
    construct_walk(root, scan_element, NULL);
}
