// SPDX-License-Identifier: MIT
#include "cdk/stack.h"

#include "cdk/stack_private.h"
#include "cdk/token_private.h"
#include "data/json.h"
#include "util/strbuf.h"

#include <string.h>

static struct value *resolve_array(struct stack *stack, struct value *value)
{
    struct value *resolved = NULL; // made only when something differs

    for (size_t i = 0; i < value->array.length; i++) {
        struct value *item = stack_resolve(stack, value->array.items[i]);

        if (!resolved && item == value->array.items[i])
            continue;
        if (!resolved)
            resolved = array_n(value->array.items, i);
        array_append(resolved, item);
    }
    if (!resolved)
        resolved = value;
    return value->omit_empty && !resolved->array.length ? NULL : resolved;
}

static struct value *resolve_object(struct stack *stack, struct value *value)
{
    struct value *resolved = NULL;

    for (size_t i = 0; i < value->object.length; i++) {
        const struct field *field = &value->object.fields[i];
        struct value *member = stack_resolve(stack, field->value);

        if (!resolved && member == field->value)
            continue;
        if (!resolved) {
            resolved = object((struct field[]){ END });
            for (size_t j = 0; j < i; j++)
                object_append(resolved, value->object.fields[j].key, value->object.fields[j].value);
        }
        if (member)
            object_append(resolved, field->key, member);
    }
    if (!resolved)
        resolved = value;
    return value->omit_empty && !resolved->object.length ? NULL : resolved;
}

static bool is_concatenable(const struct value *value)
{
    return value_type(value) == VALUE_STRING || value_type(value) == VALUE_NUMBER;
}

// The list of an Fn::Join with this delimiter; NULL for anything else.
static const struct value *spliceable(const struct value *value, const char *delimiter)
{
    const struct value *join = value_is_intrinsic(value) ? object_get(value, "Fn::Join") : NULL;
    const struct value *list = array_at(join, 1);
    const char *other = value_string(array_at(join, 0));

    return other && strcmp(other, delimiter) == 0 && value_type(list) == VALUE_ARRAY ? list : NULL;
}

static void add_text(struct strbuf *text, const struct value *value)
{
    if (value_type(value) == VALUE_STRING)
        strbuf_add_string(text, value_string(value));
    else
        json_stringify(text, value);
}

// Literal parts side by side become one; joins with the same delimiter are taken apart
// (minimalCloudFormationJoin).
struct joiner {
    const char *delimiter;
    struct value *parts;
    struct strbuf text; // of the literal run that is being collected
    bool has_text;
};

static void flush(struct joiner *joiner)
{
    if (joiner->has_text)
        array_append(joiner->parts, string(joiner->text.data));
    joiner->has_text = false;
    strbuf_reset(&joiner->text);
}

static void join_part(struct joiner *joiner, struct value *part)
{
    const struct value *inner = spliceable(part, joiner->delimiter);

    if (inner) {
        for (size_t i = 0; i < value_length(inner); i++)
            join_part(joiner, array_at(inner, i));
    } else if (is_concatenable(part)) {
        if (joiner->has_text)
            strbuf_add_string(&joiner->text, joiner->delimiter);
        add_text(&joiner->text, part);
        joiner->has_text = true;
    } else {
        flush(joiner);
        array_append(joiner->parts, part);
    }
}

static struct value *fn_join_object(const char *delimiter, struct value *list)
{
    return object((struct field[]){
        { "Fn::Join", array_of((struct value *[]){ string(delimiter), list, NULL }) },
        END,
    });
}

static struct value *join(const char *delimiter, const struct value *list)
{
    struct joiner joiner = { delimiter, array(), STRBUF_INIT, false };

    for (size_t i = 0; i < value_length(list); i++)
        join_part(&joiner, array_at(list, i));
    flush(&joiner);
    strbuf_release(&joiner.text);
    if (value_length(joiner.parts) == 0)
        return string("");
    if (value_length(joiner.parts) == 1)
        return array_at(joiner.parts, 0);
    return fn_join_object(delimiter, joiner.parts);
}

static struct value *resolve_join(struct stack *stack, const struct value *value)
{
    struct value *list = stack_resolve(stack, token_join(value)->list);

    return value_type(list) == VALUE_ARRAY ? join(token_join(value)->delimiter, list)
                                           : fn_join_object(token_join(value)->delimiter, list);
}

// Pieces of JSON text: literal runs and, between them, what CloudFormation fills in.
struct json_pieces {
    struct value *parts;
    struct strbuf text;
};

static void json_flush(struct json_pieces *pieces)
{
    if (pieces->text.length)
        array_append(pieces->parts, string(pieces->text.data));
    strbuf_reset(&pieces->text);
}

// The literal strings inside an intrinsic function stand inside JSON quotes, so they are escaped for that.
static struct value *quote_strings(const struct value *value)
{
    STRBUF_AUTO quoted = STRBUF_INIT;
    struct value *copy;

    switch (value_type(value)) {
    case VALUE_STRING:
        json_stringify(&quoted, value);
        return string_n(quoted.data + 1, quoted.length - 2);
    case VALUE_ARRAY:
        copy = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(copy, quote_strings(array_at(value, i)));
        return copy;
    case VALUE_OBJECT:
        copy = object((struct field[]){ END });
        for (size_t i = 0; i < value_length(value); i++)
            object_set(copy, object_at(value, i)->key, quote_strings(object_at(value, i)->value));
        return copy;
    default:
        return (struct value *)value;
    }
}

static void add_json(struct json_pieces *pieces, const struct value *value)
{
    if (value_is_intrinsic(value)) {
        strbuf_add_char(&pieces->text, '"');
        json_flush(pieces);
        array_append(pieces->parts, quote_strings(value));
        strbuf_add_char(&pieces->text, '"');
    } else if (value_type(value) == VALUE_ARRAY) {
        for (size_t i = 0; i < value_length(value); i++) {
            strbuf_add_char(&pieces->text, i ? ',' : '[');
            add_json(pieces, array_at(value, i));
        }
        strbuf_add_string(&pieces->text, value_length(value) ? "]" : "[]");
    } else if (value_type(value) == VALUE_OBJECT) {
        for (size_t i = 0; i < value_length(value); i++) {
            strbuf_add_char(&pieces->text, i ? ',' : '{');
            json_stringify(&pieces->text, string(object_at(value, i)->key));
            strbuf_add_char(&pieces->text, ':');
            add_json(pieces, object_at(value, i)->value);
        }
        strbuf_add_string(&pieces->text, value_length(value) ? "}" : "{}");
    } else {
        json_stringify(&pieces->text, value);
    }
}

static struct value *resolve_json(struct stack *stack, const struct value *value)
{
    struct json_pieces pieces = { array(), STRBUF_INIT };
    struct value *content = stack_resolve(stack, token_json(value));

    if (!content)
        return NULL;
    add_json(&pieces, content);
    json_flush(&pieces);
    strbuf_release(&pieces.text);
    return join("", pieces.parts);
}

static struct value *resolve_token(struct stack *stack, struct value *token)
{
    switch (token_kind(token)) {
    case TOKEN_REFERENCE:
        return reference_across_stacks(stack, token);
    case TOKEN_JOIN:
        return resolve_join(stack, token);
    case TOKEN_JSON:
        return resolve_json(stack, token);
    case TOKEN_LAZY:
        return stack_resolve(stack, token_force(token));
    case TOKEN_NONE:
        break;
    }
    return NULL;
}

struct value *stack_resolve(struct stack *stack, struct value *value)
{
    switch (value_type(value)) {
    case VALUE_NULL:
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_STRING:
        return value;
    case VALUE_ARRAY:
        return resolve_array(stack, value);
    case VALUE_OBJECT:
        return resolve_object(stack, value);
    case VALUE_TOKEN:
        return resolve_token(stack, value);
    }
    return NULL;
}
