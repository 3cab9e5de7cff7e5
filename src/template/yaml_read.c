// SPDX-License-Identifier: MIT
#include "template/template.h"

#include "data/value.h"
#include "template/yaml_tag.h"
#include "util/array.h"
#include "util/die.h"
#include "util/map.h"
#include "util/strbuf.h"
#include "util/string_list.h"

#include <stdarg.h>
#include <string.h>
#include <yaml.h>

enum { VALUE_LIMIT = 2 * 1000 * 1000 }; // values in one template, aliases counted as all they stand for

struct anchor {
    struct value *value; // NULL: still being read
    size_t values;
    int height; // levels below its own
};

struct yaml_reader {
    yaml_parser_t parser;
    const char *text;
    const char *name;
    struct map anchors;
    size_t values;
    int deepest;                    // level met so far
    struct string_list *duplicates; // NULL: nobody asks
    struct error *err;
};

#define EVENT_AUTO __attribute__((cleanup(yaml_event_delete))) yaml_event_t

__attribute__((format(printf, 3, 4))) static struct value *fail(
    struct yaml_reader *reader, yaml_mark_t mark, const char *format, ...)
{
    STRBUF_AUTO message = STRBUF_INIT;
    va_list arguments;

    va_start(arguments, format);
    strbuf_vaddf(&message, format, arguments);
    va_end(arguments);
    error_set(reader->err, "%s:%zu:%zu: %s", reader->name, mark.line + 1, mark.column + 1, message.data);
    return NULL;
}

// What is not text at all has no mark, only an offset.
static yaml_mark_t mark_at_offset(const char *text, size_t offset)
{
    yaml_mark_t mark = { .index = offset };

    for (size_t i = 0; i < offset; i++) {
        mark.column++;
        if (text[i] == '\n') {
            mark.line++;
            mark.column = 0;
        }
    }
    return mark;
}

static void fail_parser(struct yaml_reader *reader)
{
    yaml_parser_t *parser = &reader->parser;

    if (parser->error == YAML_MEMORY_ERROR)
        die("out of memory");
    if (parser->error == YAML_READER_ERROR)
        fail(reader, mark_at_offset(reader->text, parser->problem_offset), "%s", parser->problem);
    else if (parser->context)
        fail(reader, parser->problem_mark, "%s, %s", parser->context, parser->problem);
    else
        fail(reader, parser->problem_mark, "%s", parser->problem);
}

static bool next(struct yaml_reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    fail_parser(reader);
    return false;
}

static struct value *read_value(struct yaml_reader *reader, const yaml_event_t *event, int depth);

static const char *event_tag(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return (const char *)event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return (const char *)event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return (const char *)event->data.mapping_start.tag;
    default:
        return NULL;
    }
}

static const char *event_anchor(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return (const char *)event->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT:
        return (const char *)event->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT:
        return (const char *)event->data.mapping_start.anchor;
    default:
        return NULL;
    }
}

static void reach(struct yaml_reader *reader, int depth)
{
    if (depth > reader->deepest)
        reader->deepest = depth;
}

static struct value *fail_depth(struct yaml_reader *reader, const yaml_event_t *event)
{
    return fail(reader, event->start_mark, "nested more than %d levels deep", TEMPLATE_DEPTH_LIMIT);
}

static struct value *read_alias(struct yaml_reader *reader, const yaml_event_t *event, int depth)
{
    const char *name = (const char *)event->data.alias.anchor;
    const struct anchor *anchor = map_get(&reader->anchors, name);

    if (!anchor)
        return fail(reader, event->start_mark, "there is no anchor '&%s' before this alias", name);
    if (!anchor->value)
        return fail(reader, event->start_mark, "alias '*%s' refers to a value that contains it", name);
    reader->values += anchor->values;
    if (reader->values > VALUE_LIMIT)
        return fail(reader, event->start_mark, "aliases expand to more than %d values", VALUE_LIMIT);
    if (depth + anchor->height > TEMPLATE_DEPTH_LIMIT)
        return fail_depth(reader, event);
    reach(reader, depth + anchor->height);
    return anchor->value;
}

static struct value *read_sequence(struct yaml_reader *reader, int depth)
{
    struct value *items = array();

    for (;;) {
        EVENT_AUTO event = { 0 };
        struct value *item;

        if (!next(reader, &event))
            return NULL;
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return items;
        item = read_value(reader, &event, depth + 1);
        if (!item)
            return NULL;
        array_append(items, item);
    }
}

// NULL: not a key, which has been reported.
static const char *read_key(struct yaml_reader *reader, const yaml_event_t *event)
{
    const struct value *key = NULL;

    if (event->type == YAML_SCALAR_EVENT && !yaml_tag_function(event_tag(event) ? event_tag(event) : "")) {
        if (memchr(event->data.scalar.value, '\0', event->data.scalar.length))
            return (const char *)fail(reader, event->start_mark, "a key has a NUL character in it");
        key = string_n((const char *)event->data.scalar.value, event->data.scalar.length);
    } else if (event->type == YAML_ALIAS_EVENT) {
        key = read_alias(reader, event, 0);
        if (!key)
            return NULL;
    }
    if (!value_string(key))
        fail(reader, event->start_mark, "a key is not a string");
    return value_string(key);
}

static bool is_plain(const yaml_event_t *event)
{
    return event->type == YAML_SCALAR_EVENT && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static bool is_merge_key(const yaml_event_t *event)
{
    return is_plain(event) && event->data.scalar.length == 2 &&
        memcmp(event->data.scalar.value, "<<", 2) == 0;
}

// Keys that are there already win, so of several mappings the first one does.
static bool merge_mapping(
    struct yaml_reader *reader, yaml_mark_t mark, struct value *target, const struct value *source)
{
    if (value_type(source) != VALUE_OBJECT) {
        fail(reader, mark, "'<<' takes a mapping or a list of mappings");
        return false;
    }
    for (size_t i = 0; i < value_length(source); i++) {
        const struct field *field = object_at(source, i);

        if (!object_get(target, field->key))
            object_set(target, field->key, field->value);
    }
    return true;
}

static bool merge(
    struct yaml_reader *reader, yaml_mark_t mark, struct value *target, const struct value *source)
{
    if (value_type(source) != VALUE_ARRAY)
        return merge_mapping(reader, mark, target, source);
    for (size_t i = 0; i < value_length(source); i++)
        if (!merge_mapping(reader, mark, target, array_at(source, i)))
            return false;
    return true;
}

// A mapping while it is read.
struct mapping {
    struct value *fields;
    size_t *lines; // where the keys of the fields are, counted from 1
    size_t capacity;
    const struct value *merged; // the value of a merge key; NULL: there is none
    yaml_mark_t merge_mark;
};

// The first place of such a key is found by looking at all of them.
static void note_duplicate(
    struct yaml_reader *reader, const struct mapping *mapping, const char *key, yaml_mark_t mark)
{
    enum { DUPLICATES_LIMIT = 100 };
    size_t first = 0;

    if (!reader->duplicates || reader->duplicates->count >= DUPLICATES_LIMIT)
        return;
    while (strcmp(object_at(mapping->fields, first)->key, key) != 0)
        first++;
    string_list_add(reader->duplicates, value_arena(),
        arena_printf(value_arena(), "%s:%zu:%zu: duplicate key '%s' (first in line %zu)", reader->name,
            mark.line + 1, mark.column + 1, key, mapping->lines[first]));
}

// As CloudFormation does: the last of equal keys counts.
static void set_field(struct yaml_reader *reader, struct mapping *mapping, const char *key, yaml_mark_t mark,
    struct value *value)
{
    size_t length = value_length(mapping->fields);

    object_set(mapping->fields, key, value);
    if (value_length(mapping->fields) == length) {
        note_duplicate(reader, mapping, key, mark);
        return;
    }
    mapping->lines =
        arena_grow(value_arena(), mapping->lines, length, &mapping->capacity, sizeof(*mapping->lines));
    mapping->lines[length] = mark.line + 1;
}

static bool read_field(
    struct yaml_reader *reader, const yaml_event_t *key_event, struct mapping *mapping, int depth)
{
    bool merges = is_merge_key(key_event);
    const char *key = read_key(reader, key_event);
    EVENT_AUTO event = { 0 };
    struct value *value;

    if (!key)
        return false;
    if (merges && mapping->merged) {
        fail(reader, key_event->start_mark, "a second merge key '<<' in one mapping");
        return false;
    }
    if (!next(reader, &event))
        return false;
    value = read_value(reader, &event, depth + 1);
    if (merges) {
        mapping->merged = value;
        mapping->merge_mark = event.start_mark;
    } else if (value) {
        set_field(reader, mapping, key, key_event->start_mark, value);
    }
    return value != NULL;
}

static struct value *read_mapping(struct yaml_reader *reader, int depth)
{
    struct mapping mapping = { .fields = object((struct field[]){ END }) };

    for (;;) {
        EVENT_AUTO event = { 0 };

        if (!next(reader, &event))
            return NULL;
        if (event.type == YAML_MAPPING_END_EVENT)
            break;
        if (!read_field(reader, &event, &mapping, depth))
            return NULL;
    }
    if (mapping.merged && !merge(reader, mapping.merge_mark, mapping.fields, mapping.merged))
        return NULL;
    return mapping.fields;
}

static struct value *read_scalar(struct yaml_reader *reader, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;

    if (memchr(text, '\0', event->data.scalar.length))
        return fail(reader, event->start_mark, "a string has a NUL character in it");
    return event->data.scalar.plain_implicit && is_plain(event) ? yaml_plain_scalar(text) : string(text);
}

// YAML's own tags, which say what the notation says already; only "!!str" changes a plain scalar, and libyaml
// has told so in plain_implicit.
static bool is_known_tag(const char *tag)
{
    static const char *const names[] = { "str", "int", "float", "bool", "null", "seq", "map", "timestamp" };
    static const char prefix[] = "tag:yaml.org,2002:";

    if (strcmp(tag, "!") == 0)
        return true;
    if (strncmp(tag, prefix, strlen(prefix)) != 0)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (strcmp(tag + strlen(prefix), names[i]) == 0)
            return true;
    return false;
}

static struct value *fail_tag(struct yaml_reader *reader, const yaml_event_t *event, const char *tag)
{
    const char *best = yaml_tag_suggestion(tag);

    if (best)
        return fail(reader, event->start_mark, "unknown tag '%s'; did you mean '!%s'?", tag, best);
    return fail(reader, event->start_mark, "unknown tag '%s'", tag);
}

static struct value *read_content(struct yaml_reader *reader, const yaml_event_t *event, int depth)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(reader, depth);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(reader, depth);
    default:
        BUG("YAML event %d where a value begins", event->type);
    }
}

// A number of !!int or !!float is what a plain scalar would be.
static bool retags_number(const yaml_event_t *event, const char *tag)
{
    return is_plain(event) && strncmp(tag, "tag:", 4) == 0 && strcmp(tag, YAML_STR_TAG) != 0;
}

static struct value *read_tagged(struct yaml_reader *reader, const yaml_event_t *event, int depth)
{
    const char *tag = event_tag(event);
    const char *function = tag ? yaml_tag_function(tag) : NULL;
    struct value *value;

    if (tag && !function && !is_known_tag(tag))
        return fail_tag(reader, event, tag);
    if (tag && !function && retags_number(event, tag))
        return yaml_plain_scalar((const char *)event->data.scalar.value);
    value = read_content(reader, event, depth);
    return value && function ? yaml_function(function, value) : value;
}

static struct anchor *announce(struct yaml_reader *reader, const yaml_event_t *event)
{
    const char *name = event_anchor(event);
    struct anchor *anchor;

    if (!name)
        return NULL;
    anchor = arena_alloc(value_arena(), sizeof(*anchor));
    map_set(&reader->anchors, arena_strdup(value_arena(), name), anchor);
    return anchor;
}

static struct value *read_value(struct yaml_reader *reader, const yaml_event_t *event, int depth)
{
    size_t values_before = reader->values++;
    int deepest_before = reader->deepest;
    struct anchor *anchor;
    struct value *value;

    if (depth > TEMPLATE_DEPTH_LIMIT)
        return fail_depth(reader, event);
    if (event->type == YAML_ALIAS_EVENT)
        return read_alias(reader, event, depth);
    anchor = announce(reader, event);
    reader->deepest = depth;
    value = read_tagged(reader, event, depth);
    if (anchor)
        *anchor = (struct anchor){ value, reader->values - values_before, reader->deepest - depth };
    reach(reader, deepest_before);
    return value;
}

static struct value *read_document(struct yaml_reader *reader)
{
    EVENT_AUTO stream = { 0 };
    EVENT_AUTO document = { 0 };
    EVENT_AUTO root = { 0 };
    EVENT_AUTO end = { 0 };
    EVENT_AUTO after = { 0 };
    struct value *value;

    if (!next(reader, &stream) || !next(reader, &document))
        return NULL;
    if (document.type == YAML_STREAM_END_EVENT)
        return fail(reader, document.start_mark, "there is nothing in it");
    if (!next(reader, &root))
        return NULL;
    value = read_value(reader, &root, 1);
    if (!value || !next(reader, &end) || !next(reader, &after))
        return NULL;
    if (after.type != YAML_STREAM_END_EVENT)
        return fail(reader, after.start_mark, "a second document begins; a template is one");
    return value;
}

struct value *template_parse_yaml(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err)
{
    struct yaml_reader reader = { .text = text, .name = name, .duplicates = duplicates, .err = err };
    struct value *value;

    if (!yaml_parser_initialize(&reader.parser))
        die("out of memory");
    map_init(&reader.anchors, value_arena());
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
    value = read_document(&reader);
    yaml_parser_delete(&reader.parser);
    return value;
}
