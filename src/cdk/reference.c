// SPDX-License-Identifier: MIT
#include "cdk/stack_private.h"

#include "cdk/names.h"
#include "cdk/token_private.h"
#include "data/json.h"
#include "util/strbuf.h"

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

// The exports live in a construct of their own, under an id that says what is exported.
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

static const char *make_export(struct stack *stack, const struct value *reference)
{
    struct construct *scope = construct_child(stack->node, "Exports");
    struct value *value = within_stack(reference);
    const char *id = output_id(reference);
    const char *name = export_name(stack, id);

    if (!scope)
        scope = construct_new(stack->node, "Exports", "Construct");
    output_new(scope, id,
        &(struct output_props){
            .value = token_reference(reference)->is_list ? fn_join(list_delimiter, value) : value,
            .export_name = name,
        });
    return name;
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

static const char *export_reference(struct stack *stack, const struct value *reference)
{
    const char *key = export_key(reference);
    const char *name = map_get(&stack->state->exports, key);

    if (!name) {
        name = make_export(stack, reference);
        map_set(&stack->state->exports, key, (char *)name);
    }
    return name;
}

static struct value *import(const struct value *reference, const char *name)
{
    struct value *value = fn_import_value(string(name));

    return token_reference(reference)->is_list ? fn_split(list_delimiter, value) : value;
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
    const char *pairs[][2] = { { a->state->account, b->state->account },
        { a->state->region, b->state->region } };

    for (size_t i = 0; i < 2; i++)
        if (pairs[i][0] != pairs[i][1] &&
            (!pairs[i][0] || !pairs[i][1] || strcmp(pairs[i][0], pairs[i][1]) != 0))
            return false;
    return true;
}

// Runs in the app's arena: what it makes outlives the resolution that asked for it.
static struct value *across_stacks(struct stack *consumer, const struct value *reference)
{
    struct construct *target = token_reference(reference)->target->node;

    if (consumer == target->stack)
        return within_stack(reference);
    if (!same_environment(consumer, target->stack)) {
        if (token_reference(reference)->elsewhere)
            return stack_resolve(consumer, token_reference(reference)->elsewhere);
        diag_error(consumer->node, "it refers to '%s' in the stack '%s' of another account or region",
            target->path, target->stack->node->path);
        return within_stack(reference);
    }
    stack_add_dependency(consumer, target->stack);
    return import(reference, export_reference(target->stack, reference));
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
