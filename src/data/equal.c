// SPDX-License-Identifier: MIT
#include "data/value.h"

#include "data/value_private.h"

#include <string.h>

static bool arrays_equal(const struct value *a, const struct value *b)
{
    if (a->array.length != b->array.length)
        return false;
    for (size_t i = 0; i < a->array.length; i++)
        if (!value_equal(a->array.items[i], b->array.items[i]))
            return false;
    return true;
}

static bool objects_equal(const struct value *a, const struct value *b)
{
    if (a->object.length != b->object.length)
        return false;
    for (size_t i = 0; i < a->object.length; i++) {
        const struct field *field = &a->object.fields[i];
        const struct value *other = object_get(b, field->key);

        if (!other || !value_equal(field->value, other))
            return false;
    }
    return true;
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_NULL:
        return true;
    case VALUE_BOOLEAN:
        return a->boolean == b->boolean;
    case VALUE_NUMBER:
        return a->number == b->number;
    case VALUE_STRING:
        return strcmp(a->string, b->string) == 0;
    case VALUE_ARRAY:
        return arrays_equal(a, b);
    case VALUE_OBJECT:
        return objects_equal(a, b);
    case VALUE_TOKEN:
        return a->class == b->class && a->class->equal(a, b);
    }
    return false;
}
