// SPDX-License-Identifier: MIT
#include "data/value.h"

#include "data/value_private.h"
#include "util/die.h"

#include <string.h>

static _Thread_local struct arena *current;

struct arena *value_arena_use(struct arena *arena)
{
    struct arena *previous = current;

    current = arena;
    return previous;
}

void value_arena_restore(struct arena *const *before)
{
    value_arena_use(*before);
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

struct value *number_as_written(double n, const char *digits)
{
    struct value *value = number(n);

    value->digits = arena_strdup(value_arena(), digits);
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
