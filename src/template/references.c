// SPDX-License-Identifier: MIT
#include "template/references.h"

#include "data/value.h"

#include <stdbool.h>
#include <string.h>

struct reference_search {
    template_reference_found *found;
    void *data;
};

// "Name" or "Name.Attribute".
static void found_name(const struct reference_search *search, const char *name)
{
    const char *dot = strchr(name, '.');
    struct template_reference reference = { .id = name };

    if (dot) {
        reference.id = arena_strndup(value_arena(), name, (size_t)(dot - name));
        reference.attribute = dot + 1;
    }
    search->found(search->data, &reference);
}

// "${Name}" and "${Name.Attribute}", but not "${!Literal}" and not what the map gives.
static void search_text(const struct reference_search *search, const char *text, const struct value *map)
{
    const char *end;

    while ((text = strstr(text, "${")) && (end = strchr(text, '}'))) {
        const char *name = arena_strndup(value_arena(), text + 2, (size_t)(end - text - 2));

        if (*name != '!' && !object_get(map, name))
            found_name(search, name);
        text = end;
    }
}

static void search_value(const struct reference_search *search, const struct value *value);

static void search_sub(const struct reference_search *search, const struct value *argument)
{
    const struct value *map = array_at(argument, 1);
    const char *text = value_string(argument);

    if (!text)
        text = value_string(array_at(argument, 0));
    if (text)
        search_text(search, text, map);
    search_value(search, map);
}

static bool search_attribute(const struct reference_search *search, const struct value *argument)
{
    struct template_reference reference = { .id = value_string(array_at(argument, 0)),
        .attribute = value_string(array_at(argument, 1)) };

    if (value_string(argument))
        found_name(search, value_string(argument));
    else if (reference.id)
        search->found(search->data, &reference);
    return value_string(argument) || reference.id;
}

// Whether the function is a reference and nothing else.
static bool search_function(
    const struct reference_search *search, const char *function, const struct value *argument)
{
    if (strcmp(function, "Fn::Sub") == 0) {
        search_sub(search, argument);
        return true;
    }
    if (strcmp(function, "Fn::GetAtt") == 0)
        return search_attribute(search, argument);
    if (strcmp(function, "Ref") == 0 && value_string(argument)) {
        found_name(search, value_string(argument));
        return true;
    }
    if (strcmp(function, "Fn::ImportValue") == 0)
        search->found(search->data, &(struct template_reference){ .imports = argument });
    return false;
}

static void search_value(const struct reference_search *search, const struct value *value)
{
    bool is_array = value_type(value) == VALUE_ARRAY;

    if (value_is_intrinsic(value) &&
        search_function(search, object_at(value, 0)->key, object_at(value, 0)->value))
        return;
    for (size_t i = 0; i < value_length(value); i++)
        search_value(search, is_array ? array_at(value, i) : object_at(value, i)->value);
}

void template_each_reference(const struct value *value, template_reference_found *found, void *data)
{
    search_value(&(struct reference_search){ found, data }, value);
}
