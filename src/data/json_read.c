// SPDX-License-Identifier: MIT
#include "data/json.h"

#include "data/json_check.h"
#include "data/value_private.h"
#include "util/die.h"
#include "util/string_list.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// cJSON takes much that is no JSON, so it only sees text that json_check() has passed. What it makes lives
// until it is converted, in an arena that goes all at once.
static _Thread_local struct arena *scratch;

static void *scratch_alloc(size_t size)
{
    return arena_allocate(scratch, size);
}

static void scratch_free(void *memory)
{
    (void)memory;
}

struct json_reader {
    const char *text;
    size_t length;
    const char *name;
    bool has_duplicates;
};

static struct value *convert(struct json_reader *reader, const cJSON *json);

static struct value *convert_array(struct json_reader *reader, const cJSON *json)
{
    struct value *items = array();

    for (const cJSON *item = json->child; item; item = item->next)
        array_append(items, convert(reader, item));
    return items;
}

static struct value *convert_object(struct json_reader *reader, const cJSON *json)
{
    struct value *fields = object((struct field[]){ END });
    size_t length = 0;

    for (const cJSON *member = json->child; member; member = member->next) {
        object_set(fields, member->string, convert(reader, member));
        if (value_length(fields) == length)
            reader->has_duplicates = true;
        length = value_length(fields);
    }
    return fields;
}

static struct value *convert(struct json_reader *reader, const cJSON *json)
{
    switch (json->type) {
    case cJSON_Object:
        return convert_object(reader, json);
    case cJSON_Array:
        return convert_array(reader, json);
    case cJSON_String:
        return string(json->valuestring);
    case cJSON_Number:
        return number(json->valuedouble);
    case cJSON_True:
    case cJSON_False:
        return boolean(json->type == cJSON_True);
    case cJSON_NULL:
        return null();
    }
    BUG("JSON of type %d", json->type);
}

// The same text with numbers of more than 63 characters, of which cJSON reads the first 63, written shorter.
static const char *shorten_numbers(const char *text, size_t length)
{
    enum { LONGEST = 63 };
    char *copy = arena_strndup(scratch, text, length), *at = copy;

    while (*at) {
        size_t digits = strspn(at, "+-.0123456789eE");

        if (*at == '"') {
            at += json_skip_string(at) - at;
        } else if (digits > LONGEST) {
            int written = snprintf(at, LONGEST, "%.17g", strtod(at, NULL));

            memset(at + written, ' ', digits - (size_t)written);
            at += digits;
        } else {
            at += digits ? digits : 1;
        }
    }
    return copy;
}

static bool is_space_until(const char *text, const char *end)
{
    while (text < end && strchr(" \t\r\n", *text))
        text++;
    return text == end;
}

static const cJSON *parse_checked(const char *text, size_t length)
{
    static cJSON_Hooks hooks = { scratch_alloc, scratch_free };
    const char *end = text;
    const cJSON *json;

    cJSON_InitHooks(&hooks); // always the same ones
    json = cJSON_ParseWithLengthOpts(text, length, &end, false);
    if (!json || !is_space_until(end, text + length))
        json = cJSON_ParseWithLength(shorten_numbers(text, length), length);
    if (!json)
        BUG("cJSON does not take '%.*s'", (int)(length > 100 ? 100 : length), text);
    return json;
}

struct place {
    size_t line, column;
};

// Where the keys stand, in the order of the text.
static struct place *find_keys(const struct json_reader *reader)
{
    const char *text = reader->text, *end = text + reader->length;
    struct place place = { 1, 1 }, *places = NULL;
    size_t count = 0, capacity = 0;

    for (const char *at = text, *next; at < end; at = next) {
        next = at + 1;
        if (*at != '"')
            continue;
        json_position(text, at, &place.line, &place.column);
        text = at;
        next = json_skip_string(at);
        while (next < end && strchr(" \t\r\n", *next))
            next++;
        if (next == end || *next != ':')
            continue;
        places = arena_grow(scratch, places, count, &capacity, sizeof(*places));
        places[count++] = place;
    }
    return places;
}

struct key_search {
    const char *name;
    struct place *next; // of the keys that are still to come
    struct string_list *found;
};

static void search_key(struct key_search *search, struct map *keys, const char *key)
{
    struct place *place = search->next++;
    const struct place *first = map_get(keys, key);

    if (!first)
        map_set(keys, key, place);
    else
        string_list_add(search->found, value_arena(),
            arena_printf(value_arena(), "%s:%zu:%zu: duplicate key '%s' (first in line %zu)", search->name,
                place->line, place->column, key, first->line));
}

// In the order of the text.
static void search_duplicates(struct key_search *search, const cJSON *json)
{
    struct map keys;

    map_init(&keys, scratch);
    for (const cJSON *item = json->child; item; item = item->next) {
        if (json->type == cJSON_Object)
            search_key(search, &keys, item->string);
        search_duplicates(search, item);
    }
}

static void find_duplicates(const struct json_reader *reader, const cJSON *json, struct string_list *found)
{
    struct key_search search = { reader->name, find_keys(reader), found };

    search_duplicates(&search, json);
}

static int check(const struct json_reader *reader, struct error *err)
{
    static const struct json_rules rules = { .depth = JSON_DEPTH_LIMIT, .readable = true };
    struct json_error error;

    if (json_check(reader->text, reader->length, &rules, &error))
        return 0;
    return error_set(err, "%s:%zu:%zu: %s", reader->name, error.line, error.column, error.message);
}

static void end_scratch(struct arena *arena)
{
    arena_release(arena);
    scratch = NULL;
}

static struct value *read_text(struct json_reader *reader, struct string_list *duplicates, struct error *err)
{
    __attribute__((cleanup(end_scratch))) struct arena arena = ARENA_INIT;
    const cJSON *json;
    struct value *value;

    if (check(reader, err) < 0)
        return NULL;
    scratch = &arena;
    json = parse_checked(reader->text, reader->length);
    value = convert(reader, json);
    if (reader->has_duplicates && duplicates)
        find_duplicates(reader, json, duplicates);
    return value;
}

struct value *json_parse(const char *text, size_t length, const char *name, struct error *err)
{
    return json_parse_noting(text, length, name, NULL, err);
}

struct value *json_parse_noting(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err)
{
    return read_text(&(struct json_reader){ text, length, name, false }, duplicates, err);
}

struct value *json_parse_unique(const char *text, size_t length, const char *name, struct error *err)
{
    struct string_list duplicates = { 0 };
    struct value *value = json_parse_noting(text, length, name, &duplicates, err);

    if (!duplicates.count)
        return value;
    error_set(err, "%s", duplicates.items[0]);
    return NULL;
}
