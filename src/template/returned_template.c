// SPDX-License-Identifier: MIT
#include "template/returned_template.h"

#include "data/value.h"

#include <string.h>

size_t returned_lost_bytes(const char *returned, const char *string)
{
    size_t length = 1;

    if (*returned != '?' || (unsigned char)*string < 0x80)
        return 0;
    while (((unsigned char)string[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static bool string_equals(const char *returned, const char *string)
{
    while (*returned && *string) {
        size_t lost = returned_lost_bytes(returned, string);

        if (!lost && *returned != *string)
            return false;
        returned++;
        string += lost ? lost : 1;
    }
    return *returned == *string;
}

static bool array_equals(const struct value *returned, const struct value *template)
{
    for (size_t i = 0; i < value_length(returned); i++)
        if (!returned_equals(array_at(returned, i), array_at(template, i)))
            return false;
    return true;
}

// Keys lose characters too.
static const struct value *find(const struct value *template, const char *returned_key)
{
    const struct value *found = object_get(template, returned_key);

    if (!strchr(returned_key, '?'))
        return found;
    for (size_t i = 0; !found && i < value_length(template); i++)
        if (string_equals(returned_key, object_at(template, i)->key))
            found = object_at(template, i)->value;
    return found;
}

static bool object_equals(const struct value *returned, const struct value *template)
{
    for (size_t i = 0; i < value_length(returned); i++)
        if (!returned_equals(object_at(returned, i)->value, find(template, object_at(returned, i)->key)))
            return false;
    return true;
}

bool returned_equals(const struct value *returned, const struct value *template)
{
    if (!returned || !template)
        return returned == template;
    if (value_type(returned) != value_type(template) || value_length(returned) != value_length(template))
        return false;
    switch (value_type(returned)) {
    case VALUE_STRING:
        return string_equals(value_string(returned), value_string(template));
    case VALUE_ARRAY:
        return array_equals(returned, template);
    case VALUE_OBJECT:
        return object_equals(returned, template);
    default:
        return value_equal(returned, template);
    }
}

static struct value *restore_array(const struct value *returned, const struct value *template)
{
    bool is_parallel = value_length(returned) == value_length(template);
    struct value *restored = array();

    for (size_t i = 0; i < value_length(returned); i++)
        array_append(
            restored, returned_restore(array_at(returned, i), is_parallel ? array_at(template, i) : NULL));
    return restored;
}

static struct value *restore_object(const struct value *returned, const struct value *template)
{
    struct value *restored = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(returned); i++) {
        const struct field *field = object_at(returned, i);

        object_set(restored, field->key, returned_restore(field->value, object_get(template, field->key)));
    }
    return restored;
}

struct value *returned_restore(const struct value *returned, const struct value *template)
{
    if (!template || value_type(returned) != value_type(template))
        return (struct value *)returned;
    switch (value_type(returned)) {
    case VALUE_STRING:
        return (struct value *)(returned_equals(returned, template) ? template : returned);
    case VALUE_ARRAY:
        return restore_array(returned, template);
    case VALUE_OBJECT:
        return restore_object(returned, template);
    default:
        return (struct value *)returned;
    }
}
