// SPDX-License-Identifier: MIT
#include "data/json.h"

#include "data/value_private.h"
#include "util/die.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 500 };

static struct value *convert(const json_t *json, int depth);

static struct value *convert_array(const json_t *json, int depth)
{
    struct value *items = array();

    for (size_t i = 0; i < json_array_size(json); i++) {
        struct value *item = convert(json_array_get(json, i), depth + 1);

        if (!item)
            return NULL;
        array_append(items, item);
    }
    return items;
}

static struct value *convert_object(const json_t *json, int depth)
{
    struct value *fields = object((struct field[]){ END });
    const char *key;
    json_t *member;

    json_object_foreach((json_t *)json, key, member)
    {
        struct value *value = convert(member, depth + 1);

        if (!value)
            return NULL;
        object_append(fields, arena_strdup(value_arena(), key), value);
    }
    return fields;
}

// NULL: nested too deeply.
static struct value *convert(const json_t *json, int depth)
{
    if (depth > DEPTH_LIMIT)
        return NULL;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return convert_object(json, depth);
    case JSON_ARRAY:
        return convert_array(json, depth);
    case JSON_STRING:
        return string_n(json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
    case JSON_REAL:
        return number(json_number_value(json));
    case JSON_TRUE:
    case JSON_FALSE:
        return boolean(json_is_true(json));
    case JSON_NULL:
        return null();
    }
    BUG("JSON of type %d", json_typeof(json));
}

// What the library makes lives only until it is converted, so it goes all at once.
static _Thread_local struct arena *scratch;

static void *scratch_alloc(size_t size)
{
    return arena_allocate(scratch, size);
}

static void scratch_free(void *memory)
{
    (void)memory;
}

static void end_scratch(struct arena *arena)
{
    arena_release(arena);
    scratch = NULL;
    json_set_alloc_funcs(xmalloc, free);
}

static void report(const json_error_t *failure, const char *name, struct error *err)
{
    if (failure->line > 0)
        error_set(err, "%s:%d:%d: %s", name, failure->line, failure->column, failure->text);
    else
        error_set(err, "%s: %s", name, failure->text);
}

static struct value *parse(const char *text, size_t length, const char *name, size_t flags, struct error *err)
{
    json_error_t failure;
    struct value *value;
    __attribute__((cleanup(end_scratch))) struct arena arena = ARENA_INIT;
    json_t *json;

    scratch = &arena;
    json_set_alloc_funcs(scratch_alloc, scratch_free);
    json_object_seed(1); // no need to ask the system for randomness
    json = json_loadb(text, length, flags | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &failure);
    if (!json) {
        report(&failure, name, err);
        return NULL;
    }
    value = convert(json, 1);
    if (!value)
        error_set(err, "%s: nested more than %d levels deep", name, DEPTH_LIMIT);
    return value;
}

struct value *json_parse(const char *text, size_t length, const char *name, struct error *err)
{
    return parse(text, length, name, 0, err);
}

struct value *json_parse_unique(const char *text, size_t length, const char *name, struct error *err)
{
    return parse(text, length, name, JSON_REJECT_DUPLICATES, err);
}
