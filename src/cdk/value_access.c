// SPDX-License-Identifier: MIT
#include "cdk/value.h"

#include "cdk/element_private.h"
#include "cdk/json.h"
#include "cdk/value_private.h"
#include "util/strbuf.h"

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

// A join of literals is a literal: concatf is handy for those as well.
static bool join_is_literal(const struct value *value)
{
    const struct value *list = value->join.list;

    if (list->type != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < list->array.length; i++)
        if (!value_is_literal(list->array.items[i]))
            return false;
    return true;
}

bool value_is_literal(const struct value *value)
{
    if (!value || value->type < VALUE_REFERENCE)
        return !value_is_intrinsic(value);
    return value->type == VALUE_JOIN && join_is_literal(value);
}

struct value *value_if_literal(struct value *value)
{
    return value_is_literal(value) ? value : NULL;
}

// The text of a join whose parts are all literal.
static const char *joined_text(const struct value *value)
{
    const struct value *list = value->join.list;
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < list->array.length; i++) {
        const char *part = value_string(list->array.items[i]);

        if (i)
            strbuf_add_string(&text, value->join.delimiter);
        if (part)
            strbuf_add_string(&text, part);
        else
            json_write(&text, list->array.items[i], 0);
    }
    return arena_strdup(value_arena(), text.data);
}

const char *value_string(const struct value *value)
{
    if (value && value->type == VALUE_STRING)
        return value->string;
    if (value && value->type == VALUE_JOIN && join_is_literal(value))
        return joined_text(value);
    return NULL;
}

double value_number(const struct value *value)
{
    return value && value->type == VALUE_NUMBER ? value->number : 0;
}

bool value_boolean(const struct value *value)
{
    return value && value->type == VALUE_BOOLEAN && value->boolean;
}

const struct resource *reference_target(const struct value *reference)
{
    if (value_type(reference) != VALUE_REFERENCE)
        return NULL;
    return element_resource((struct element *)reference->reference.target);
}

const char *reference_attribute(const struct value *reference)
{
    return value_type(reference) == VALUE_REFERENCE ? reference->reference.attribute : NULL;
}
