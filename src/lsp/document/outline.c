// SPDX-License-Identifier: MIT
#include "lsp/document/outline.h"

#include "lsp/document/outline_reader.h"
#include "template/yaml_tag.h"

#include <stdint.h>
#include <string.h>

struct outline *outline_new(struct outline_reader *reader, struct outline *parent)
{
    struct outline *node = arena_alloc(reader->arena, sizeof(*node));

    node->parent = parent;
    if (!parent)
        return node;
    node->index = parent->last ? parent->last->index + 1 : 0;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

const char *outline_word(const struct outline_reader *reader, struct span span)
{
    return arena_strndup(reader->arena, reader->text + span.start, span.end - span.start);
}

void outline_set_scalar(
    const struct outline_reader *reader, struct outline *node, struct span span, char quote)
{
    node->kind = OUTLINE_SCALAR;
    node->span = span;
    node->quote = quote;
    node->text = outline_word(reader, span);
}

// The end of the quoted text that begins at `start`, which is behind the quote; SIZE_MAX: there is none.
static size_t find_quote(const struct outline_reader *reader, size_t start, char quote)
{
    for (size_t at = start; at < reader->length; at++) {
        char c = reader->text[at];

        if (c == '\\' && quote == '"')
            at++;
        else if (c == quote && quote == '\'' && at + 1 < reader->length && reader->text[at + 1] == quote)
            at++;
        else if (c == quote)
            return at;
        else if (c == '\n' && reader->is_json)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

struct span outline_read_quoted(struct outline_reader *reader)
{
    struct span span = { reader->at + 1, find_quote(reader, reader->at + 1, reader->text[reader->at]) };
    const char *line;

    if (span.end != SIZE_MAX) {
        reader->at = span.end + 1;
        return span;
    }
    line = memchr(reader->text + span.start, '\n', reader->length - span.start);
    span.end = line ? (size_t)(line - reader->text) : reader->length;
    while (span.end > span.start && strchr(" \t\r,]}", reader->text[span.end - 1]))
        span.end--;
    reader->at = span.end;
    return span;
}

const char *outline_read_tag(struct outline_reader *reader, struct span *ret_span)
{
    size_t end = reader->at;

    while (end < reader->length && !strchr(" \t\r\n,[]{}", reader->text[end]))
        end++;
    *ret_span = (struct span){ reader->at, end };
    reader->at = end;
    return yaml_tag_function(outline_word(reader, *ret_span));
}

struct outline *outline_wrap(
    struct outline_reader *reader, struct outline *node, const char *function, struct span tag)
{
    struct outline *argument = outline_new(reader, node);

    node->kind = OUTLINE_OBJECT;
    argument->key = function;
    argument->key_span = tag;
    argument->is_tag = true;
    return argument;
}

// What is wrapped around a value ends where that does.
static void close_spans(struct outline *node)
{
    for (struct outline *child = node->first; child; child = child->next)
        close_spans(child);
    if (!node->last)
        return;
    if (node->last->span.end > node->span.end)
        node->span.end = node->last->span.end;
    if (node->last->key_span.end > node->span.end)
        node->span.end = node->last->key_span.end;
}

const struct outline *outline_read(const char *text, size_t length, bool is_json, struct arena *arena)
{
    struct outline_reader reader = { .text = text, .length = length, .is_json = is_json, .arena = arena };
    struct outline *root = outline_new(&reader, NULL);

    if (length > OUTLINE_SIZE_LIMIT)
        return root;
    if (is_json) {
        while (reader.at < length && text[reader.at] && strchr(" \t\r\n", text[reader.at]))
            reader.at++;
        if (reader.at < length)
            outline_read_flow(&reader, root);
    } else {
        outline_read_block(&reader, root);
    }
    close_spans(root);
    return root;
}

static bool holds(struct span span, size_t offset)
{
    return offset >= span.start && offset <= span.end;
}

const struct outline *outline_at(const struct outline *root, size_t offset, bool *ret_at_key)
{
    const struct outline *found = root, *next = root;

    *ret_at_key = false;
    while (next) {
        found = next;
        next = NULL;
        for (const struct outline *child = found->first; child; child = child->next) {
            if (child->key && holds(child->key_span, offset)) {
                *ret_at_key = true;
                return child;
            }
            if (!child->is_bare && holds(child->span, offset))
                next = child;
        }
    }
    return found;
}

const struct outline *outline_get(const struct outline *object, const char *key)
{
    const struct outline *found = NULL;

    for (const struct outline *child = object ? object->first : NULL; child; child = child->next)
        if (child->key && strcmp(child->key, key) == 0)
            found = child;
    return found;
}

const struct outline *outline_item(const struct outline *array, size_t index)
{
    const struct outline *child = array && array->kind == OUTLINE_ARRAY ? array->first : NULL;

    while (child && child->index < index)
        child = child->next;
    return child;
}

const char *outline_get_text(const struct outline *object, const char *key)
{
    const struct outline *child = outline_get(object, key);

    return child ? child->text : NULL;
}
