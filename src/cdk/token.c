// SPDX-License-Identifier: MIT
#include "cdk/token.h"

#include "cdk/element_private.h"
#include "cdk/token_private.h"
#include "data/json.h"
#include "util/die.h"
#include "util/strbuf.h"
#include "util/text/compare.h"

#include <string.h>

struct lazy {
    struct value *(*produce)(void *context);
    void *context;
    struct arena *arena; // what it makes lives as long as itself
    struct value *made;
    bool is_made;
};

struct token {
    struct value value;
    enum token_kind kind;
    union {
        struct reference reference;
        struct join join;
        struct value *json;
        struct lazy *lazy;
    };
};

static const struct token *token_of(const struct value *value)
{
    return (const struct token *)value;
}

enum token_kind token_kind(const struct value *value)
{
    return value_type(value) == VALUE_TOKEN ? token_of(value)->kind : TOKEN_NONE;
}

const struct reference *token_reference(const struct value *token)
{
    return &token_of(token)->reference;
}

const struct join *token_join(const struct value *token)
{
    return &token_of(token)->join;
}

struct value *token_json(const struct value *token)
{
    return token_of(token)->json;
}

static bool token_equal(const struct value *value, const struct value *other)
{
    const struct token *a = token_of(value), *b = token_of(other);

    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case TOKEN_REFERENCE:
        return a->reference.target == b->reference.target &&
            strings_equal(a->reference.attribute, b->reference.attribute);
    case TOKEN_JOIN:
        return strings_equal(a->join.delimiter, b->join.delimiter) && value_equal(a->join.list, b->join.list);
    case TOKEN_JSON:
        return value_equal(a->json, b->json);
    case TOKEN_LAZY:
        return a->lazy->produce == b->lazy->produce && a->lazy->context == b->lazy->context;
    case TOKEN_NONE:
        break;
    }
    return false;
}

// A join of literals is a literal: concatf is handy for those as well.
static bool join_is_literal(const struct value *value)
{
    const struct value *list = token_kind(value) == TOKEN_JOIN ? token_join(value)->list : NULL;

    if (value_type(list) != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < value_length(list); i++)
        if (!value_is_literal(array_at(list, i)))
            return false;
    return true;
}

static const char *token_string(const struct value *value)
{
    const struct join *join = token_join(value);
    STRBUF_AUTO joined = STRBUF_INIT;

    if (!join_is_literal(value))
        return NULL;
    for (size_t i = 0; i < value_length(join->list); i++) {
        const char *part = value_string(array_at(join->list, i));

        if (i)
            strbuf_add_string(&joined, join->delimiter);
        if (part)
            strbuf_add_string(&joined, part);
        else
            json_write(&joined, array_at(join->list, i), 0);
    }
    return arena_strdup(value_arena(), joined.data);
}

static struct token *token_make(enum token_kind kind)
{
    static const struct token_class class = { .equal = token_equal, .string = token_string };
    struct token *token = arena_alloc(value_arena(), sizeof(*token));

    token->value.type = VALUE_TOKEN;
    token->value.class = &class;
    token->kind = kind;
    return token;
}

bool value_is_literal(const struct value *value)
{
    if (value_type(value) != VALUE_TOKEN)
        return !value_is_intrinsic(value);
    return join_is_literal(value);
}

struct value *value_if_literal(struct value *value)
{
    return value_is_literal(value) ? value : NULL;
}

struct value *fn_join(const char *delimiter, struct value *list)
{
    struct token *token = token_make(TOKEN_JOIN);

    if (!list)
        BUG("Fn::Join of nothing");
    token->join = (struct join){ arena_strdup(value_arena(), delimiter), list };
    return &token->value;
}

struct value *concat(struct value *const *parts)
{
    return fn_join("", array_of(parts));
}

static void append_literal(struct value *parts, const char *literal, size_t length)
{
    if (length)
        array_append(parts, string_n(literal, length));
}

// An empty string leaves no trace, as in JavaScript's templates.
static void append_part(struct value *parts, struct value *part)
{
    const char *literal = value_string(part);

    if (!literal || *literal)
        array_append(parts, part);
}

struct value *concatf(const char *format, ...)
{
    struct value *parts = array();
    va_list arguments;
    const char *percent;

    va_start(arguments, format);
    for (; (percent = strchr(format, '%')); format = percent + 2) {
        append_literal(parts, format, (size_t)(percent - format));
        switch (percent[1]) {
        case 's':
            append_part(parts, string(va_arg(arguments, const char *)));
            break;
        case 'v':
            append_part(parts, va_arg(arguments, struct value *));
            break;
        case 'd':
            array_append(parts, stringf("%d", va_arg(arguments, int)));
            break;
        case '%':
            append_literal(parts, "%", 1);
            break;
        default:
            BUG("'%%%c' in a concatf format", percent[1]);
        }
    }
    append_literal(parts, format, strlen(format));
    va_end(arguments);
    return fn_join("", parts);
}

struct value *json_text(struct value *content)
{
    struct token *token = token_make(TOKEN_JSON);

    token->json = content;
    return &token->value;
}

struct value *lazy(struct value *(*produce)(void *context), void *context)
{
    struct token *token = token_make(TOKEN_LAZY);

    token->lazy = arena_alloc(value_arena(), sizeof(*token->lazy));
    *token->lazy = (struct lazy){ .produce = produce, .context = context, .arena = value_arena() };
    return &token->value;
}

struct value *token_force(struct value *value)
{
    struct lazy *lazy = token_of(value)->lazy;

    if (!lazy->is_made) {
        struct arena *previous = value_arena_use(lazy->arena);

        lazy->is_made = true;
        lazy->made = lazy->produce(lazy->context);
        value_arena_use(previous);
    }
    return lazy->made;
}

static struct token *reference_make(const struct element *target, const char *attribute)
{
    struct token *token = token_make(TOKEN_REFERENCE);

    token->reference.target = target;
    token->reference.attribute = attribute ? arena_strdup(value_arena(), attribute) : NULL;
    return token;
}

struct value *element_reference(const struct element *element)
{
    return &reference_make(element, NULL)->value;
}

// A resource begins with its element.
struct value *get_att(const struct resource *resource, const char *attribute)
{
    return &reference_make((const struct element *)resource, attribute)->value;
}

struct value *ref(const struct resource *resource)
{
    return get_att(resource, NULL);
}

struct value *get_att_list(const struct resource *resource, const char *attribute)
{
    struct token *token = reference_make((const struct element *)resource, attribute);

    token->reference.is_list = true;
    return &token->value;
}

struct value *across_environments(struct value *reference, struct value *elsewhere)
{
    ((struct token *)reference)->reference.elsewhere = elsewhere;
    return reference;
}

const struct resource *reference_target(const struct value *reference)
{
    if (token_kind(reference) != TOKEN_REFERENCE)
        return NULL;
    return element_resource((struct element *)token_reference(reference)->target);
}

const char *reference_attribute(const struct value *reference)
{
    return token_kind(reference) == TOKEN_REFERENCE ? token_reference(reference)->attribute : NULL;
}
