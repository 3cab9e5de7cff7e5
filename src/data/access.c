// SPDX-License-Identifier: MIT
#include "data/value.h"

#include "data/value_private.h"

#include <string.h>

enum value_type value_type(const struct value *value)
{
    return value ? value->type : VALUE_NULL;
}

bool value_is_intrinsic(const struct value *value)
{
    const char *key;

    if (!value || value->type != VALUE_OBJECT || value->object.length != 1)
        return false;
    key = value->object.fields[0].key;
    return strcmp(key, "Ref") == 0 || strncmp(key, "Fn::", 4) == 0;
}

const char *value_string(const struct value *value)
{
    if (value && value->type == VALUE_STRING)
        return value->string;
    return value && value->type == VALUE_TOKEN ? value->class->string(value) : NULL;
}

const char *value_string_or_empty(const struct value *value)
{
    const char *text = value_string(value);

    return text ? text : "";
}

double value_number(const struct value *value)
{
    return value && value->type == VALUE_NUMBER ? value->number : 0;
}

const char *value_digits(const struct value *value)
{
    return value && value->type == VALUE_NUMBER ? value->digits : NULL;
}

bool value_boolean(const struct value *value)
{
    return value && value->type == VALUE_BOOLEAN && value->boolean;
}
