// SPDX-License-Identifier: MIT
#include "lsp/answers/inquiry.h"

#include "data/value.h"

#include <string.h>

struct inquiry inquiry_new(
    const struct lsp_host *host, const struct client *client, const struct document *document)
{
    struct arena *arena = value_arena();

    return (struct inquiry){
        .host = host,
        .client = client,
        .document = document,
        .lines = text_lines_of(document->text.data, document->text.length, arena),
        .root = outline_read(document->text.data, document->text.length, document_is_json(document), arena),
        .arena = arena,
    };
}

struct value *position_value(struct text_cursor *cursor)
{
    return object((struct field[]){
        { "line", number((double)cursor->line) },
        { "character", number((double)cursor->character) },
        END,
    });
}

struct value *range_value(const struct inquiry *inquiry, struct span span)
{
    struct text_cursor cursor = text_cursor_at_start(&inquiry->lines, inquiry->client->units);
    struct value *start;

    text_cursor_to_offset(&cursor, span.start);
    start = position_value(&cursor);
    text_cursor_to_offset(&cursor, span.end);
    return object((struct field[]){ { "start", start }, { "end", position_value(&cursor) }, END });
}

struct value *location_value(const struct inquiry *inquiry, struct span span)
{
    return object((struct field[]){
        { "uri", string(inquiry->document->uri) },
        { "range", range_value(inquiry, span) },
        END,
    });
}

static size_t count_of(const struct value *number)
{
    double count = value_number(number);

    return count > 0 && count < 4e9 ? (size_t)count : 0;
}

size_t offset_of(const struct text_lines *lines, enum text_units units, const struct value *position)
{
    struct text_position place = { count_of(object_get(position, "line")),
        count_of(object_get(position, "character")) };

    return text_offset(lines, units, place);
}

struct span span_of(const struct text_lines *lines, enum text_units units, const struct value *range)
{
    return (struct span){ offset_of(lines, units, object_get(range, "start")),
        offset_of(lines, units, object_get(range, "end")) };
}
