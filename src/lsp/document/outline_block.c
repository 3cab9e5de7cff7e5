// SPDX-License-Identifier: MIT
// YAML by indentation. A value belongs to what it is indented more than; lines that fit nowhere are left out.
#include "lsp/document/outline_reader.h"

#include <string.h>

enum { NO_MORE = -1 };

static char here(const struct outline_reader *reader)
{
    return reader->at < reader->length ? reader->text[reader->at] : '\n';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_line(const struct outline_reader *reader, size_t at)
{
    return at >= reader->length || reader->text[at] == '\n';
}

static void skip_blanks(struct outline_reader *reader)
{
    while (is_blank(here(reader)))
        reader->at++;
}

static void next_line(struct outline_reader *reader)
{
    const char *line = reader->at < reader->length
        ? memchr(reader->text + reader->at, '\n', reader->length - reader->at)
        : NULL;

    reader->at = line ? (size_t)(line - reader->text) + 1 : reader->length;
    reader->line_start = reader->at;
}

// "---", "...", "%YAML 1.1"
static bool at_marker(const struct outline_reader *reader)
{
    const char *text = reader->text + reader->at;

    if (reader->at != reader->line_start || reader->at == reader->length)
        return false;
    return *text == '%' ||
        (reader->length - reader->at >= 3 && (memcmp(text, "---", 3) == 0 || memcmp(text, "...", 3) == 0));
}

// Goes to what comes next, on this line or a later one; returns its column.
static long next_content(struct outline_reader *reader)
{
    for (;;) {
        if (at_marker(reader)) {
            next_line(reader);
            continue;
        }
        skip_blanks(reader);
        if (reader->at >= reader->length)
            return NO_MORE;
        if (here(reader) != '\n' && here(reader) != '#')
            return (long)(reader->at - reader->line_start);
        next_line(reader);
    }
}

static bool at_dash(const struct outline_reader *reader)
{
    size_t next = reader->at + 1;

    return here(reader) == '-' && (ends_line(reader, next) || is_blank(reader->text[next]));
}

// Whether a comment begins, or the line ends.
static bool ends_plain(const struct outline_reader *reader, size_t at)
{
    return ends_line(reader, at) || (reader->text[at] == '#' && at > 0 && is_blank(reader->text[at - 1]));
}

static struct span read_plain(struct outline_reader *reader, size_t stop)
{
    struct span span = { reader->at, reader->at };

    while (reader->at < stop && !ends_plain(reader, reader->at)) {
        reader->at++;
        if (!is_blank(reader->text[reader->at - 1]))
            span.end = reader->at;
    }
    return span;
}

// Behind a key in quotes.
static size_t skip_quoted(const struct outline_reader *reader)
{
    char quote = here(reader);

    for (size_t at = reader->at + 1; !ends_line(reader, at); at++) {
        if (reader->text[at] == '\\' && quote == '"')
            at++;
        else if (reader->text[at] == quote)
            return at + 1;
    }
    return reader->length;
}

static bool is_colon(const struct outline_reader *reader, size_t at)
{
    return reader->text[at] == ':' && (ends_line(reader, at + 1) || is_blank(reader->text[at + 1]));
}

// The colon of the key at the place; false when the line has none.
static bool find_colon(const struct outline_reader *reader, size_t *ret_colon)
{
    size_t at = reader->at;
    bool is_quoted = here(reader) == '"' || here(reader) == '\'';

    if (strchr("[{|>!&*%@`", here(reader)))
        return false;
    if (is_quoted)
        at = skip_quoted(reader);
    for (; !ends_plain(reader, at); at++) {
        if (is_colon(reader, at)) {
            *ret_colon = at;
            return true;
        }
        if (is_quoted && !is_blank(reader->text[at]))
            return false;
    }
    return false;
}

// Where the lines begin that are not indented more than `limit`: brackets and quotes that are still open end
// there.
static size_t find_extent(const struct outline_reader *reader, long limit)
{
    struct outline_reader line = *reader;

    for (next_line(&line); line.at < line.length; next_line(&line)) {
        skip_blanks(&line);
        if (here(&line) != '\n' && (long)(line.at - line.line_start) <= limit && !strchr("]},", here(&line)))
            return line.line_start;
    }
    return reader->length;
}

static void read_value(struct outline_reader *reader, struct outline *node, long limit, bool in_sequence);

// Lines that go on with a plain scalar.
static void read_plain_lines(struct outline_reader *reader, struct outline *node, long limit)
{
    struct span span = read_plain(reader, reader->length);
    size_t colon;

    for (next_line(reader); next_content(reader) > limit; next_line(reader)) {
        if (at_dash(reader) || find_colon(reader, &colon))
            break;
        span.end = read_plain(reader, reader->length).end;
    }
    outline_set_scalar(reader, node, span, 0);
}

static void read_literal(struct outline_reader *reader, struct outline *node, long limit)
{
    struct span span = { reader->at, reader->at };

    for (next_line(reader); reader->at < reader->length; next_line(reader)) {
        size_t end = reader->at;

        skip_blanks(reader);
        if (here(reader) == '\n')
            continue;
        if ((long)(reader->at - reader->line_start) <= limit)
            break;
        while (!ends_line(reader, end))
            end++;
        span.end = end;
    }
    outline_set_scalar(reader, node, span, '|');
}

static void read_bounded(struct outline_reader *reader, struct outline *node, long limit)
{
    size_t length = reader->length;

    reader->length = find_extent(reader, limit);
    outline_read_flow(reader, node);
    reader->length = length;
    next_line(reader);
}

static void read_inline(struct outline_reader *reader, struct outline *node, long limit)
{
    if (strchr("|>", here(reader)))
        read_literal(reader, node, limit);
    else if (strchr("[{\"'", here(reader)))
        read_bounded(reader, node, limit);
    else
        read_plain_lines(reader, node, limit);
}

// A key and what is behind it, or a word alone.
static void read_member(struct outline_reader *reader, struct outline *node, long column)
{
    struct outline *member = outline_new(reader, node);
    size_t colon = reader->length;
    bool has_colon = find_colon(reader, &colon);

    if (has_colon && strchr("\"'", here(reader))) {
        member->key_quote = here(reader);
        member->key_span = outline_read_quoted(reader);
    } else {
        member->key_span = read_plain(reader, colon);
    }
    member->key = outline_word(reader, member->key_span);
    if (has_colon) {
        reader->at = colon + 1;
        read_value(reader, member, column, false);
        return;
    }
    member->is_bare = true;
    outline_set_scalar(reader, member, (struct span){ member->key_span.end, member->key_span.end }, 0);
    next_line(reader);
}

static void read_mapping(struct outline_reader *reader, struct outline *node)
{
    long column = (long)(reader->at - reader->line_start), next;

    node->kind = OUTLINE_OBJECT;
    node->span.start = reader->at;
    while ((next = next_content(reader)) >= column) {
        if (next > column || at_dash(reader))
            next_line(reader);
        else
            read_member(reader, node, column);
    }
}

static void read_sequence(struct outline_reader *reader, struct outline *node)
{
    long column = (long)(reader->at - reader->line_start), next;

    node->kind = OUTLINE_ARRAY;
    node->span = (struct span){ reader->at, reader->at + 1 };
    while ((next = next_content(reader)) >= column) {
        if (next > column) {
            next_line(reader);
            continue;
        }
        if (!at_dash(reader))
            return;
        reader->at++;
        read_value(reader, outline_new(reader, node), column, true);
    }
}

// Whether a word without a colon is the beginning of the first key: the next line has a key at its column.
static bool begins_mapping(const struct outline_reader *reader)
{
    struct outline_reader line = *reader;
    long column = (long)(reader->at - reader->line_start);
    size_t colon;

    if (find_colon(reader, &colon))
        return true;
    if (strchr("[{|>!&*%@`\"'", here(reader)))
        return false;
    next_line(&line);
    return next_content(&line) == column && find_colon(&line, &colon);
}

// What begins at the place, which is indented more than `limit`.
static void read_content(struct outline_reader *reader, struct outline *node, long limit)
{
    if (reader->depth >= OUTLINE_DEPTH_LIMIT) {
        outline_set_scalar(reader, node, (struct span){ reader->at, reader->at }, 0);
        next_line(reader);
        return;
    }
    reader->depth++;
    if (at_dash(reader))
        read_sequence(reader, node);
    else if (begins_mapping(reader))
        read_mapping(reader, node);
    else
        read_value(reader, node, limit, false);
    reader->depth--;
}

static void read_later(struct outline_reader *reader, struct outline *node, long limit, bool in_sequence)
{
    size_t place = reader->at;
    long column = next_content(reader);

    if (column > limit || (column == limit && !in_sequence && at_dash(reader)))
        read_content(reader, node, limit);
    else
        outline_set_scalar(reader, node, (struct span){ place, place }, 0);
}

// Tags and anchors; the value that they are of.
static struct outline *read_properties(struct outline_reader *reader, struct outline *node)
{
    bool is_wrapped = false;

    for (skip_blanks(reader); here(reader) == '!' || here(reader) == '&'; skip_blanks(reader)) {
        bool is_tag = here(reader) == '!';
        struct span span;
        const char *function = outline_read_tag(reader, &span);

        if (is_tag && !function && ends_plain(reader, reader->at)) {
            reader->at = span.start; // a tag that is being written
            return node;
        }
        if (!is_tag || !function || is_wrapped)
            continue;
        node->span = span;
        node = outline_wrap(reader, node, function, span);
        is_wrapped = true;
    }
    return node;
}

// What is behind a colon, a dash or a tag.
static void read_value(struct outline_reader *reader, struct outline *node, long limit, bool in_sequence)
{
    struct outline *value = read_properties(reader, node);
    size_t colon;

    if (ends_plain(reader, reader->at))
        read_later(reader, value, limit, in_sequence);
    else if (in_sequence && value == node && (at_dash(reader) || find_colon(reader, &colon)))
        read_content(reader, value, limit);
    else
        read_inline(reader, value, limit);
}

void outline_read_block(struct outline_reader *reader, struct outline *root)
{
    while (next_content(reader) != NO_MORE && root->kind == OUTLINE_SCALAR)
        read_content(reader, root, NO_MORE);
}
