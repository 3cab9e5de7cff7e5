// SPDX-License-Identifier: MIT
#include "template/returned_template.h"

#include "data/value.h"

#include <stddef.h>

static bool text_is(const char *shown, const char *text)
{
    for (; *shown && *text; shown++) {
        bool is_ascii = (unsigned char)*text < 0x80;

        if (*shown != (is_ascii ? *text : '?'))
            return false;
        text++;
        while (!is_ascii && ((unsigned char)*text & 0xc0) == 0x80)
            text++;
    }
    return *shown == *text;
}

static bool array_is(const struct value *shown, const struct value *wanted)
{
    for (size_t i = 0; i < value_length(shown); i++)
        if (!shown_is(array_at(shown, i), array_at(wanted, i)))
            return false;
    return true;
}

static bool object_is(const struct value *shown, const struct value *wanted)
{
    for (size_t i = 0; i < value_length(shown); i++)
        if (!shown_is(object_at(shown, i)->value, object_get(wanted, object_at(shown, i)->key)))
            return false;
    return true;
}

bool shown_is(const struct value *shown, const struct value *wanted)
{
    if (!shown || !wanted)
        return shown == wanted;
    if (value_type(shown) != value_type(wanted) || value_length(shown) != value_length(wanted))
        return false;
    switch (value_type(shown)) {
    case VALUE_STRING:
        return value_equal(shown, wanted) || text_is(value_string(shown), value_string(wanted));
    case VALUE_ARRAY:
        return array_is(shown, wanted);
    case VALUE_OBJECT:
        return object_is(shown, wanted);
    default:
        return value_equal(shown, wanted);
    }
}

static struct value *restore_array(const struct value *shown, const struct value *wanted)
{
    bool is_parallel = value_length(shown) == value_length(wanted);
    struct value *restored = array();

    for (size_t i = 0; i < value_length(shown); i++)
        array_append(restored, shown_restore(array_at(shown, i), is_parallel ? array_at(wanted, i) : NULL));
    return restored;
}

static struct value *restore_object(const struct value *shown, const struct value *wanted)
{
    struct value *restored = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(shown); i++) {
        const struct field *field = object_at(shown, i);

        object_set(restored, field->key, shown_restore(field->value, object_get(wanted, field->key)));
    }
    return restored;
}

struct value *shown_restore(const struct value *shown, const struct value *wanted)
{
    if (!wanted || value_type(shown) != value_type(wanted))
        return (struct value *)shown;
    switch (value_type(shown)) {
    case VALUE_STRING:
        return (struct value *)(shown_is(shown, wanted) ? wanted : shown);
    case VALUE_ARRAY:
        return restore_array(shown, wanted);
    case VALUE_OBJECT:
        return restore_object(shown, wanted);
    default:
        return (struct value *)shown;
    }
}
