// SPDX-License-Identifier: MIT
#include "template/location.h"

#include "data/json.h"
#include "data/json_check.h"
#include "data/value.h"
#include "template/location_private.h"
#include "template/template.h"
#include "util/error.h"
#include "util/map.h"

#include <stdlib.h>
#include <string.h>

struct location *location_new(enum location_kind kind)
{
    struct location *location = arena_alloc(value_arena(), sizeof(*location));

    location->kind = kind;
    return location;
}

void location_append(struct location *parent, struct location *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

// Children by key, or by position.
struct location_index {
    struct map keys;
    struct location **items;
};

void location_close(struct location *parent)
{
    enum { FEW = 16 };
    struct location_index *index;
    size_t count = 0;

    if (parent->count <= FEW)
        return;
    index = arena_alloc(value_arena(), sizeof(*index));
    map_init(&index->keys, value_arena());
    index->items = arena_alloc(value_arena(), parent->count * sizeof(struct location *));
    for (struct location *child = parent->first; child; child = child->next) {
        index->items[count++] = child;
        if (child->key)
            map_set(&index->keys, child->key, child);
    }
    parent->index = index;
}

// JSON that json_check() has passed, and how far it has been read.
struct json_cursor {
    const char *at;
    const char *end;
    const char *counted; // up to where line and column are counted
    size_t line, column;
};

static void count_to(struct json_cursor *cursor, uint32_t *ret_line, uint32_t *ret_column)
{
    json_position(cursor->counted, cursor->at, &cursor->line, &cursor->column);
    cursor->counted = cursor->at;
    *ret_line = (uint32_t)cursor->line;
    *ret_column = (uint32_t)cursor->column;
}

static void begin(struct json_cursor *cursor, struct text_range *range)
{
    count_to(cursor, &range->line, &range->column);
}

static void finish(struct json_cursor *cursor, struct text_range *range)
{
    count_to(cursor, &range->end_line, &range->end_column);
}

static void skip_blanks(struct json_cursor *cursor)
{
    while (cursor->at < cursor->end && strchr(" \t\r\n,:", *cursor->at))
        cursor->at++;
}

static const char *decode(const char *start, const char *end)
{
    ERROR_AUTO err = ERROR_INIT;
    size_t length = (size_t)(end - start);

    if (!memchr(start, '\\', length))
        return arena_strndup(value_arena(), start + 1, length - 2);
    return value_string_or_empty(json_parse(start, length, "", &err));
}

static void read_json_key(struct json_cursor *cursor, struct location *child)
{
    const char *start = cursor->at;

    begin(cursor, &child->key_range);
    cursor->at = json_skip_string(start);
    finish(cursor, &child->key_range);
    child->key = decode(start, cursor->at);
    skip_blanks(cursor);
}

static void read_json(struct json_cursor *cursor, struct location *location);

static void read_json_children(struct json_cursor *cursor, struct location *location, char close)
{
    cursor->at++;
    for (skip_blanks(cursor); *cursor->at != close; skip_blanks(cursor)) {
        struct location *child = location_new(LOCATION_SCALAR);

        if (close == '}')
            read_json_key(cursor, child);
        read_json(cursor, child);
        location_append(location, child);
    }
    location_close(location);
    cursor->at++;
}

static void read_json(struct json_cursor *cursor, struct location *location)
{
    begin(cursor, &location->range);
    if (*cursor->at == '{' || *cursor->at == '[') {
        location->kind = *cursor->at == '{' ? LOCATION_OBJECT : LOCATION_ARRAY;
        read_json_children(cursor, location, *cursor->at == '{' ? '}' : ']');
    } else if (*cursor->at == '"') {
        cursor->at = json_skip_string(cursor->at);
    } else {
        while (cursor->at < cursor->end && !strchr(" \t\r\n,:]}", *cursor->at))
            cursor->at++;
    }
    finish(cursor, &location->range);
}

static struct location *location_read_json(const char *text, size_t length)
{
    static const struct json_rules rules = { .depth = JSON_DEPTH_LIMIT, .readable = true };
    struct json_cursor cursor = { text, text + length, text, 1, 1 };
    struct location *root;

    if (!json_check(text, length, &rules, NULL))
        return NULL;
    root = location_new(LOCATION_SCALAR);
    skip_blanks(&cursor);
    read_json(&cursor, root);
    return root;
}

struct location *location_read(const char *text, size_t length, const char *name)
{
    return template_is_json(text, length, name) ? location_read_json(text, length)
                                                : location_read_yaml(text, length);
}

// The last of equal keys counts.
static const struct location *find_own(const struct location *parent, const char *key)
{
    const struct location *found = NULL;

    if (parent->index)
        return map_get(&parent->index->keys, key);
    for (const struct location *child = parent->first; child; child = child->next)
        if (child->key && strcmp(child->key, key) == 0)
            found = child;
    return found;
}

// What a merge key brings in comes after all of the mapping's own.
static const struct location *find_key(const struct location *parent, const char *key)
{
    const struct location *found = find_own(parent, key), *merged = found ? NULL : find_own(parent, "<<");

    if (merged)
        found = find_key(merged, key);
    for (const struct location *child = parent->kind == LOCATION_ARRAY ? parent->first : NULL;
         child && !found; child = child->next)
        found = child->kind == LOCATION_OBJECT ? find_key(child, key) : NULL;
    return found;
}

static const struct location *find_index(const struct location *parent, const char *digits)
{
    unsigned long index = strtoul(digits, NULL, 10);
    const struct location *child = parent->first;

    if (parent->index)
        return index < parent->count ? parent->index->items[index] : NULL;
    while (child && index--)
        child = child->next;
    return child;
}

// The segment at `pointer`, without its escapes; moves `pointer` behind it.
static const char *next_segment(const char **pointer)
{
    size_t length = strcspn(*pointer, "/"), used = 0;
    char *segment = arena_strndup(value_arena(), *pointer, length);

    for (const char *at = segment; *at; at++) {
        if (at[0] == '~' && (at[1] == '0' || at[1] == '1'))
            segment[used++] = *++at == '0' ? '~' : '/';
        else
            segment[used++] = *at;
    }
    segment[used] = '\0';
    *pointer += length;
    return segment;
}

const struct location *location_find(const struct location *root, const char *pointer, bool *ret_exact)
{
    const struct location *found = root;

    *ret_exact = true;
    while (*pointer == '/') {
        const struct location *child;
        const char *segment;

        pointer++;
        segment = next_segment(&pointer);
        child = found->kind == LOCATION_ARRAY ? find_index(found, segment)
            : found->kind == LOCATION_OBJECT  ? find_key(found, segment)
                                              : NULL;
        if (!child) {
            *ret_exact = false;
            break;
        }
        found = child;
    }
    return found;
}
