// SPDX-License-Identifier: MIT
// JSON, and YAML in brackets.
#include "lsp/document/outline_reader.h"

#include <string.h>

static char here(const struct outline_reader *reader)
{
    return reader->at < reader->length ? reader->text[reader->at] : '\0';
}

static bool at_end(const struct outline_reader *reader)
{
    return reader->at >= reader->length;
}

static bool is_one_of(char c, const char *characters)
{
    return c && strchr(characters, c);
}

static bool at_comment(const struct outline_reader *reader)
{
    return !reader->is_json && here(reader) == '#' &&
        (reader->at == 0 || is_one_of(reader->text[reader->at - 1], " \t\r\n"));
}

static void skip(struct outline_reader *reader, const char *characters)
{
    for (;;) {
        while (is_one_of(here(reader), characters))
            reader->at++;
        if (!at_comment(reader))
            return;
        while (!at_end(reader) && here(reader) != '\n')
            reader->at++;
    }
}

static bool ends_plain(const struct outline_reader *reader)
{
    char c = here(reader), next = reader->at + 1 < reader->length ? reader->text[reader->at + 1] : '\n';

    if (is_one_of(c, ",[]{}\n\r") || at_comment(reader))
        return true;
    if (reader->is_json)
        return is_one_of(c, " \t:\"");
    return c == ':' && is_one_of(next, " \t\r\n,[]{}");
}

static struct span read_plain(struct outline_reader *reader)
{
    struct span span = { reader->at, reader->at };

    while (!at_end(reader) && !ends_plain(reader)) {
        reader->at++;
        if (!is_one_of(reader->text[reader->at - 1], " \t"))
            span.end = reader->at;
    }
    return span;
}

static bool at_quote(const struct outline_reader *reader)
{
    return here(reader) == '"' || (here(reader) == '\'' && !reader->is_json);
}

static void read_key(struct outline_reader *reader, struct outline *member)
{
    if (at_quote(reader)) {
        member->key_quote = here(reader);
        member->key_span = outline_read_quoted(reader);
    } else {
        member->key_span = read_plain(reader);
    }
    member->key = outline_word(reader, member->key_span);
}

static void read_nothing(struct outline_reader *reader, struct outline *node, size_t place)
{
    outline_set_scalar(reader, node, (struct span){ place, place }, 0);
}

// Forgets what has been read of the value: the next key was taken for it.
static void take_back(struct outline_reader *reader, struct outline *member, size_t value, size_t place)
{
    reader->at = value;
    read_nothing(reader, member, place);
}

static void read_member_value(struct outline_reader *reader, struct outline *member)
{
    size_t place = reader->at, value;

    skip(reader, " \t\r\n");
    value = reader->at;
    if (at_end(reader) || is_one_of(here(reader), ",]}")) {
        read_nothing(reader, member, place);
        return;
    }
    outline_read_flow(reader, member);
    if (member->kind != OUTLINE_SCALAR || !memchr(reader->text + place, '\n', value - place))
        return;
    place += reader->text[place] == ' ';
    for (size_t at = reader->at; at < reader->length; at++) {
        if (reader->text[at] == ':')
            take_back(reader, member, value, place);
        if (!is_one_of(reader->text[at], " \t"))
            return;
    }
}

static void read_member(struct outline_reader *reader, struct outline *node)
{
    struct outline *member = outline_new(reader, node);

    read_key(reader, member);
    skip(reader, " \t\r\n");
    if (here(reader) == ':') {
        reader->at++;
        read_member_value(reader, member);
        return;
    }
    member->is_bare = true;
    read_nothing(reader, member, member->key_span.end);
}

static void read_members(struct outline_reader *reader, struct outline *node)
{
    for (;;) {
        skip(reader, " \t\r\n,:");
        if (at_end(reader) || (here(reader) == ']' && reader->open_arrays))
            return;
        if (here(reader) == '}') {
            reader->at++;
            return;
        }
        if (here(reader) == ']')
            reader->at++;
        else if (is_one_of(here(reader), "{["))
            outline_read_flow(reader, outline_new(reader, node)); // without a key
        else
            read_member(reader, node);
    }
}

static void read_items(struct outline_reader *reader, struct outline *node)
{
    for (;;) {
        skip(reader, " \t\r\n,:");
        if (at_end(reader) || (here(reader) == '}' && reader->open_objects))
            return;
        if (here(reader) == ']') {
            reader->at++;
            return;
        }
        if (here(reader) == '}')
            reader->at++;
        else
            outline_read_flow(reader, outline_new(reader, node));
    }
}

static void read_container(struct outline_reader *reader, struct outline *node)
{
    bool is_object = here(reader) == '{';
    size_t *open = is_object ? &reader->open_objects : &reader->open_arrays;

    node->kind = is_object ? OUTLINE_OBJECT : OUTLINE_ARRAY;
    node->span.start = reader->at++;
    if (reader->depth < OUTLINE_DEPTH_LIMIT) {
        reader->depth++;
        ++*open;
        (is_object ? read_members : read_items)(reader, node);
        --*open;
        reader->depth--;
    }
    node->span.end = reader->at;
}

static struct outline *read_properties(struct outline_reader *reader, struct outline *node)
{
    bool is_wrapped = false;

    while (!reader->is_json && is_one_of(here(reader), "!&")) {
        bool is_tag = here(reader) == '!';
        struct span span;
        const char *function = outline_read_tag(reader, &span);

        if (is_tag && !function && (at_end(reader) || ends_plain(reader))) {
            reader->at = span.start; // a tag that is being written
            return node;
        }
        if (is_tag && function && !is_wrapped) {
            node->span = span;
            node = outline_wrap(reader, node, function, span);
            is_wrapped = true;
        }
        skip(reader, " \t\r\n");
    }
    return node;
}

void outline_read_flow(struct outline_reader *reader, struct outline *node)
{
    node = read_properties(reader, node);
    if (is_one_of(here(reader), "{[")) {
        read_container(reader, node);
    } else if (at_quote(reader)) {
        char quote = here(reader);

        outline_set_scalar(reader, node, outline_read_quoted(reader), quote);
    } else {
        size_t start = reader->at;

        outline_set_scalar(reader, node, read_plain(reader), 0);
        // What is nothing at all must not be met again.
        if (reader->at == start && !at_end(reader) && !is_one_of(here(reader), ",]}"))
            reader->at++;
    }
}
