// SPDX-License-Identifier: MIT
// Resources with what loops make (AWS CloudFormation: AWS::LanguageExtensions transform, Fn::ForEach).
#include "data/value.h"
#include "diff/compare/branches.h"
#include "diff/compare/equal.h"
#include "util/strbuf.h"

#include <string.h>

enum { MOST_TURNS = 2000 }; // of all loops: a template has 500 resources at most

struct loop_turn {
    const char *identifier, *item;
};

struct loop_expansion {
    struct value *resources;
    size_t turns;
};

// "${Name}" and "&{Name}".
static const char *replace(const char *text, const struct loop_turn *loop)
{
    const char *name = arena_printf(value_arena(), "{%s}", loop->identifier);
    STRBUF_AUTO out = STRBUF_INIT;
    const char *found;

    while ((found = strstr(text, name))) {
        bool is_reference = found > text && (found[-1] == '$' || found[-1] == '&');

        strbuf_add(&out, text, (size_t)(found - text) - is_reference);
        strbuf_add_string(&out, is_reference ? loop->item : name);
        text = found + strlen(name);
    }
    strbuf_add_string(&out, text);
    return arena_strdup(value_arena(), out.data);
}

static struct value *instance(const struct value *value, const struct loop_turn *loop)
{
    const struct value *argument;
    const char *function = diff_function(value, &argument);
    struct value *made;

    if (function && strcmp(function, "Ref") == 0 && value_string(argument) &&
        strcmp(value_string(argument), loop->identifier) == 0)
        return string(loop->item);
    if (value_string(value))
        return string(replace(value_string(value), loop));
    if (value_type(value) == VALUE_ARRAY) {
        made = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(made, instance(array_at(value, i), loop));
        return made;
    }
    if (value_type(value) != VALUE_OBJECT)
        return (struct value *)value;
    made = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++)
        object_set(made, replace(object_at(value, i)->key, loop), instance(object_at(value, i)->value, loop));
    return made;
}

static bool is_known(const struct value *collection)
{
    if (value_type(collection) != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < value_length(collection); i++)
        if (!value_string(array_at(collection, i)))
            return false;
    return true;
}

static void add_all(struct loop_expansion *out, const struct value *resources);

// [identifier, collection, { logical id: resource, ... }]
static void add_loop(struct loop_expansion *out, const struct value *loop)
{
    const char *identifier = value_string(array_at(loop, 0));
    const struct value *collection = array_at(loop, 1), *body = array_at(loop, 2);

    if (identifier && is_known(collection) && out->turns + value_length(collection) <= MOST_TURNS) {
        out->turns += value_length(collection);
        for (size_t i = 0; i < value_length(collection); i++)
            add_all(out,
                instance(body, &(struct loop_turn){ identifier, value_string(array_at(collection, i)) }));
        return;
    }
    for (size_t i = 0; i < value_length(body) && value_type(body) == VALUE_OBJECT; i++) {
        struct value *copy = object((struct field[]){ END });
        const struct value *resource = object_at(body, i)->value;

        if (value_type(resource) != VALUE_OBJECT) {
            add_loop(out, resource);
            continue;
        }
        for (size_t k = 0; k < value_length(resource); k++)
            object_set(copy, object_at(resource, k)->key, object_at(resource, k)->value);
        object_set(copy, "Fn::ForEach", (struct value *)collection);
        object_set(out->resources, object_at(body, i)->key, copy);
    }
}

static void add_all(struct loop_expansion *out, const struct value *resources)
{
    for (size_t i = 0; i < value_length(resources) && value_type(resources) == VALUE_OBJECT; i++) {
        const struct field *field = object_at(resources, i);

        if (value_type(field->value) == VALUE_ARRAY)
            add_loop(out, field->value);
        else
            object_set(out->resources, field->key, field->value);
    }
}

struct value *branches_resources(const struct value *template)
{
    struct loop_expansion out = { .resources = object((struct field[]){ END }) };

    add_all(&out, object_get(template, "Resources"));
    return out.resources;
}
