// SPDX-License-Identifier: MIT
#include "aws/iam/iam_private.h"

#include <string.h>

static bool set_has(const struct value *set, const struct value *item)
{
    for (size_t i = 0; i < value_length(set); i++)
        if (value_equal(array_at(set, i), item))
            return true;
    return false;
}

void set_add(struct value *set, struct value *item)
{
    if (item && !set_has(set, item))
        array_append(set, item);
}

bool set_equal(const struct value *a, const struct value *b)
{
    if (value_length(a) != value_length(b))
        return false;
    for (size_t i = 0; i < value_length(a); i++)
        if (!set_has(b, array_at(a, i)))
            return false;
    return true;
}

static bool same_object(const struct value *a, const struct value *b)
{
    for (size_t i = 0; i < value_length(a); i++) {
        const struct field *left = object_at(a, i), *right = object_at(b, i);

        if (strcmp(left->key, right->key) != 0 || !same_json(left->value, right->value))
            return false;
    }
    return true;
}

bool same_json(const struct value *a, const struct value *b)
{
    size_t length = value_length(a);

    if (value_type(a) != value_type(b) || length != value_length(b))
        return false;
    if (value_type(a) == VALUE_OBJECT)
        return same_object(a, b);
    if (value_type(a) != VALUE_ARRAY)
        return value_equal(a, b);
    for (size_t i = 0; i < length; i++)
        if (!same_json(array_at(a, i), array_at(b, i)))
            return false;
    return true;
}

static struct value *copy_object(const struct value *source)
{
    struct value *copy = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(source); i++)
        object_set(copy, object_at(source, i)->key, object_at(source, i)->value);
    return copy;
}

const struct value *conditions_merge(const struct value *conditions, const struct value *more)
{
    struct value *merged;

    if (!value_length(more))
        return conditions;
    merged = copy_object(conditions);
    for (size_t i = 0; i < value_length(more); i++) {
        const struct field *added = object_at(more, i);
        struct value *keys = copy_object(object_get(merged, added->key));

        for (size_t j = 0; j < value_length(added->value); j++)
            object_set(keys, object_at(added->value, j)->key, object_at(added->value, j)->value);
        object_set(merged, added->key, keys);
    }
    return merged;
}
