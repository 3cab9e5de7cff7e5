// SPDX-License-Identifier: MIT
#include "cdk/value.h"

#include "cdk/value_private.h"
#include "util/usage.h"

#include <string.h>

static _Thread_local struct arena *current;

struct arena *value_arena_use(struct arena *arena)
{
    struct arena *previous = current;

    current = arena;
    return previous;
}

struct arena *value_arena(void)
{
    if (!current)
        BUG("no arena to make values in");
    return current;
}

struct value *value_make(enum value_type type)
{
    struct value *value = arena_alloc(value_arena(), sizeof(*value));

    value->type = type;
    return value;
}

struct value *null(void)
{
    return value_make(VALUE_NULL);
}

struct value *boolean(bool truth)
{
    struct value *value = value_make(VALUE_BOOLEAN);

    value->boolean = truth;
    return value;
}

struct value *number(double n)
{
    struct value *value = value_make(VALUE_NUMBER);

    value->number = n;
    return value;
}

// Takes text that lives in the arena already.
static struct value *string_in_arena(const char *text)
{
    struct value *value = value_make(VALUE_STRING);

    value->string = text;
    return value;
}

struct value *string(const char *text)
{
    return text ? string_in_arena(arena_strdup(value_arena(), text)) : NULL;
}

struct value *string_n(const char *text, size_t length)
{
    return string_in_arena(arena_strndup(value_arena(), text, length));
}

struct value *stringf(const char *format, ...)
{
    va_list arguments;
    struct value *value;

    va_start(arguments, format);
    value = string_in_arena(arena_vprintf(value_arena(), format, arguments));
    va_end(arguments);
    return value;
}

struct value *concat(struct value *const *parts)
{
    return fn_join("", array_of(parts));
}

static void append_text(struct value *parts, const char *text, size_t length)
{
    if (length)
        array_append(parts, string_n(text, length));
}

// Empty text leaves no trace, as in JavaScript's templates.
static void append_part(struct value *parts, struct value *part)
{
    const char *text = value_string(part);

    if (!text || *text)
        array_append(parts, part);
}

struct value *concatf(const char *format, ...)
{
    struct value *parts = array();
    va_list arguments;
    const char *percent;

    va_start(arguments, format);
    for (; (percent = strchr(format, '%')); format = percent + 2) {
        append_text(parts, format, (size_t)(percent - format));
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
            append_text(parts, "%", 1);
            break;
        default:
            BUG("'%%%c' in a concatf format", percent[1]);
        }
    }
    append_text(parts, format, strlen(format));
    va_end(arguments);
    return fn_join("", parts);
}

struct value *json_text(struct value *content)
{
    struct value *value = value_make(VALUE_JSON);

    value->json = content;
    return value;
}

struct value *lazy(struct value *(*produce)(void *data), void *data)
{
    struct value *value = value_make(VALUE_LAZY);

    value->lazy = arena_alloc(value_arena(), sizeof(*value->lazy));
    *value->lazy = (struct lazy_value){ .produce = produce, .data = data, .arena = value_arena() };
    return value;
}

struct value *value_force(struct value *value)
{
    if (!value->lazy->is_made) {
        struct arena *previous = value_arena_use(value->lazy->arena);

        value->lazy->is_made = true;
        value->lazy->made = value->lazy->produce(value->lazy->data);
        value_arena_use(previous);
    }
    return value->lazy->made;
}

struct value *element_reference(const struct element *element)
{
    struct value *value = value_make(VALUE_REFERENCE);

    value->reference.target = element;
    return value;
}

// A resource begins with its element.
struct value *get_att(const struct resource *resource, const char *attribute)
{
    struct value *value = element_reference((const struct element *)resource);

    value->reference.attribute = attribute ? arena_strdup(value_arena(), attribute) : NULL;
    return value;
}

struct value *ref(const struct resource *resource)
{
    return get_att(resource, NULL);
}

struct value *get_att_list(const struct resource *resource, const char *attribute)
{
    struct value *value = get_att(resource, attribute);

    value->is_list = true;
    return value;
}

struct value *across_environments(struct value *reference, struct value *elsewhere)
{
    reference->reference.elsewhere = elsewhere;
    return reference;
}
