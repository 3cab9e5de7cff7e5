// SPDX-License-Identifier: MIT
#include "template/location_private.h"

#include "data/value.h"
#include "template/template.h"
#include "template/yaml_tag.h"
#include "util/die.h"
#include "util/map.h"

#include <string.h>
#include <yaml.h>

// The text has been read as a template before: what is left here is what that takes.
struct yaml_cursor {
    yaml_parser_t parser;
    struct map anchors;
    int depth;
};

#define EVENT_AUTO __attribute__((cleanup(yaml_event_delete))) yaml_event_t

static struct text_range range_of(const yaml_mark_t *start, const yaml_mark_t *end)
{
    return (struct text_range){ (uint32_t)start->line + 1, (uint32_t)start->column + 1,
        (uint32_t)end->line + 1, (uint32_t)end->column + 1 };
}

static bool read_yaml(struct yaml_cursor *cursor, const yaml_event_t *event, struct location *location);

static bool read_yaml_key(struct location *child, const yaml_event_t *event)
{
    const char *text = event->type == YAML_SCALAR_EVENT ? (const char *)event->data.scalar.value : "";

    if (event->type != YAML_SCALAR_EVENT && event->type != YAML_ALIAS_EVENT)
        return false;
    child->key = arena_strdup(value_arena(), text);
    child->key_range = range_of(&event->start_mark, &event->end_mark);
    return true;
}

static bool read_yaml_children(
    struct yaml_cursor *cursor, struct location *location, yaml_event_type_t end_type)
{
    for (;;) {
        struct location *child = location_new(LOCATION_SCALAR);
        EVENT_AUTO event = { 0 };
        EVENT_AUTO value = { 0 };

        if (!yaml_parser_parse(&cursor->parser, &event))
            return false;
        if (event.type == end_type) {
            location_close(location);
            location->range.end_line = (uint32_t)event.end_mark.line + 1;
            location->range.end_column = (uint32_t)event.end_mark.column + 1;
            return true;
        }
        if (end_type == YAML_MAPPING_END_EVENT &&
            (!read_yaml_key(child, &event) || !yaml_parser_parse(&cursor->parser, &value)))
            return false;
        if (!read_yaml(cursor, end_type == YAML_MAPPING_END_EVENT ? &value : &event, child))
            return false;
        location_append(location, child);
    }
}

// The children are those of what the alias stands for.
static void read_alias(struct yaml_cursor *cursor, const yaml_event_t *event, struct location *location)
{
    const struct location *anchor = map_get(&cursor->anchors, (const char *)event->data.alias.anchor);

    if (!anchor)
        return;
    location->kind = anchor->kind;
    location->first = anchor->first;
    location->last = anchor->last;
    location->count = anchor->count;
    location->index = anchor->index;
}

static const char *tag_of(const yaml_event_t *event)
{
    const yaml_char_t *tag = event->type == YAML_SCALAR_EVENT ? event->data.scalar.tag
        : event->type == YAML_SEQUENCE_START_EVENT            ? event->data.sequence_start.tag
        : event->type == YAML_MAPPING_START_EVENT             ? event->data.mapping_start.tag
                                                              : NULL;

    return tag ? (const char *)tag : "";
}

static const char *anchor_of(const yaml_event_t *event)
{
    return (const char *)(event->type == YAML_SCALAR_EVENT ? event->data.scalar.anchor
            : event->type == YAML_SEQUENCE_START_EVENT     ? event->data.sequence_start.anchor
            : event->type == YAML_MAPPING_START_EVENT      ? event->data.mapping_start.anchor
                                                           : NULL);
}

// The object that a short form stands for: its only key is the tag.
static struct location *wrap_function(struct location *location, const char *function, const char *tag)
{
    struct location *argument = location_new(location->kind);

    argument->range = location->range;
    argument->key = arena_strdup(value_arena(), function);
    argument->key_range = location->range;
    argument->key_range.end_line = location->range.line;
    argument->key_range.end_column = location->range.column + (uint32_t)strlen(tag);
    location->kind = LOCATION_OBJECT;
    location_append(location, argument);
    return argument;
}

// Text that is nested too deeply is no template, so that it has no places either.
static bool read_collection(struct yaml_cursor *cursor, const yaml_event_t *event, struct location *location)
{
    bool is_sequence = event->type == YAML_SEQUENCE_START_EVENT, is_read;

    if (cursor->depth >= TEMPLATE_DEPTH_LIMIT)
        return false;
    location->kind = is_sequence ? LOCATION_ARRAY : LOCATION_OBJECT;
    cursor->depth++;
    is_read =
        read_yaml_children(cursor, location, is_sequence ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT);
    cursor->depth--;
    return is_read;
}

static bool read_yaml(struct yaml_cursor *cursor, const yaml_event_t *event, struct location *location)
{
    const char *function = yaml_tag_function(tag_of(event)), *anchor = anchor_of(event);
    struct location *content = location;
    bool is_read = true;

    location->range = range_of(&event->start_mark, &event->end_mark);
    if (function)
        content = wrap_function(location, function, tag_of(event));
    if (event->type == YAML_ALIAS_EVENT)
        read_alias(cursor, event, location);
    else if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT)
        is_read = read_collection(cursor, event, content);
    location->range.end_line = content->range.end_line;
    location->range.end_column = content->range.end_column;
    if (anchor)
        map_set(&cursor->anchors, arena_strdup(value_arena(), anchor), location);
    return is_read;
}

struct location *location_read_yaml(const char *text, size_t length)
{
    struct yaml_cursor cursor = { 0 };
    struct location *root = location_new(LOCATION_SCALAR);
    EVENT_AUTO stream = { 0 };
    EVENT_AUTO document = { 0 };
    EVENT_AUTO event = { 0 };
    bool is_read;

    if (!yaml_parser_initialize(&cursor.parser))
        die("out of memory");
    map_init(&cursor.anchors, value_arena());
    yaml_parser_set_input_string(&cursor.parser, (const unsigned char *)text, length);
    is_read = yaml_parser_parse(&cursor.parser, &stream) && yaml_parser_parse(&cursor.parser, &document) &&
        document.type == YAML_DOCUMENT_START_EVENT && yaml_parser_parse(&cursor.parser, &event) &&
        read_yaml(&cursor, &event, root);
    yaml_parser_delete(&cursor.parser);
    return is_read ? root : NULL;
}
