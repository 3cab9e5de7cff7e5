// SPDX-License-Identifier: MIT
#include "diff/compare/intrinsic.h"

#include "data/json.h"
#include "data/value.h"
#include "diff/compare/equal.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <string.h>

static bool is_no_value(const struct value *value)
{
    const struct value *argument;
    const char *function = diff_function(value, &argument);
    const char *name = function && strcmp(function, "Ref") == 0 ? value_string(argument) : NULL;

    return name && strcmp(name, "AWS::NoValue") == 0;
}

static struct value *render_attribute(const struct value *argument)
{
    if (value_type(argument) == VALUE_ARRAY)
        return stringf("${%s.%s}", diff_intrinsic_text(array_at(argument, 0)),
            diff_intrinsic_text(array_at(argument, 1)));
    return stringf("${%s}", diff_intrinsic_text(argument));
}

static struct value *render_json(const char *function, const struct value *argument)
{
    struct value *rendered = diff_render_intrinsics(argument);
    STRBUF_AUTO text = STRBUF_INIT;

    json_stringify(&text, object((struct field[]){ { function, rendered }, END }));
    return string(text.data);
}

static struct value *render_join(const struct value *argument)
{
    const struct value *parts = array_at(argument, 1);
    const char *delimiter = diff_scalar_text(array_at(argument, 0));
    STRBUF_AUTO text = STRBUF_INIT;
    bool first = true;

    if (value_type(parts) != VALUE_ARRAY || !delimiter)
        return render_json("Fn::Join", argument);
    for (size_t i = 0; i < value_length(parts); i++) {
        if (is_no_value(array_at(parts, i)))
            continue;
        strbuf_addf(&text, "%s%s", first ? "" : delimiter, diff_intrinsic_text(array_at(parts, i)));
        first = false;
    }
    return string(text.data);
}

static struct value *render_function(const char *function, const struct value *argument)
{
    if (strcmp(function, "Ref") == 0)
        return stringf("${%s}", diff_intrinsic_text(argument));
    if (strcmp(function, "Fn::GetAtt") == 0)
        return render_attribute(argument);
    if (strcmp(function, "Fn::Join") == 0)
        return render_join(argument);
    return render_json(function, argument);
}

static struct value *render_array(const struct value *value)
{
    struct value *rendered = array();

    for (size_t i = 0; i < value_length(value); i++)
        array_append(rendered, diff_render_intrinsics(array_at(value, i)));
    return rendered;
}

static struct value *render_object(const struct value *value)
{
    struct value *rendered = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(value); i++)
        object_set(rendered, object_at(value, i)->key, diff_render_intrinsics(object_at(value, i)->value));
    return rendered;
}

struct value *diff_render_intrinsics(const struct value *value)
{
    const struct value *argument;
    const char *function;

    if (!value || is_no_value(value))
        return NULL;
    function = diff_function(value, &argument);
    if (function)
        return render_function(function, argument);
    if (value_type(value) == VALUE_ARRAY)
        return render_array(value);
    if (value_type(value) == VALUE_OBJECT)
        return render_object(value);
    return (struct value *)value;
}

const char *diff_intrinsic_text(const struct value *value)
{
    const struct value *rendered = diff_render_intrinsics(value);
    const char *text = diff_scalar_text(rendered);
    STRBUF_AUTO json = STRBUF_INIT;

    if (text || !rendered)
        return text ? text : "";
    json_stringify(&json, rendered);
    return arena_strdup(value_arena(), json.data);
}
