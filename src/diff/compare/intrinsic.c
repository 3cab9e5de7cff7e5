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

struct name_search {
    void (*found)(void *data, const char *id);
    void *data;
};

// The name before the first dot.
static void found_name(const struct name_search *search, const char *text, size_t length)
{
    const char *dot = memchr(text, '.', length);

    search->found(search->data, arena_strndup(value_arena(), text, dot ? (size_t)(dot - text) : length));
}

// "${Name}" and "${Name.Attribute}", but not "${!Literal}" and not what the map gives.
static void search_text(const struct name_search *search, const char *text, const struct value *map)
{
    const char *end;

    while ((text = strstr(text, "${")) && (end = strchr(text, '}'))) {
        const char *name = arena_strndup(value_arena(), text + 2, (size_t)(end - text - 2));

        if (*name != '!' && !object_get(map, name))
            found_name(search, name, strlen(name));
        text = end;
    }
}

static void search_value(const struct name_search *search, const struct value *value);

static void search_sub(const struct name_search *search, const struct value *argument)
{
    const struct value *map = array_at(argument, 1);
    const char *text = value_string(argument);

    if (!text)
        text = value_string(array_at(argument, 0));
    if (text)
        search_text(search, text, map);
    search_value(search, map);
}

static bool search_function(
    const struct name_search *search, const char *function, const struct value *argument)
{
    const char *text = value_string(argument);

    if (strcmp(function, "Fn::Sub") == 0) {
        search_sub(search, argument);
        return true;
    }
    if (strcmp(function, "Fn::GetAtt") == 0 && !text)
        text = value_string(array_at(argument, 0));
    else if (strcmp(function, "Ref") != 0 && strcmp(function, "Fn::GetAtt") != 0)
        return false;
    if (text)
        found_name(search, text, strlen(text));
    return text != NULL;
}

static void search_value(const struct name_search *search, const struct value *value)
{
    const struct value *argument;
    const char *function = diff_function(value, &argument);

    if (function && search_function(search, function, argument))
        return;
    for (size_t i = 0; i < value_length(value); i++)
        search_value(
            search, value_type(value) == VALUE_ARRAY ? array_at(value, i) : object_at(value, i)->value);
}

void diff_each_reference(const struct value *value, void (*found)(void *data, const char *id), void *data)
{
    search_value(&(struct name_search){ found, data }, value);
}
