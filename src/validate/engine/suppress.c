// SPDX-License-Identifier: MIT
#include "validate/engine/suppress.h"

#include "data/value.h"
#include "util/array.h"

#include <string.h>

bool metadata_suppresses(const struct value *owner, const char *id)
{
    static const char *const path[] = { "Metadata", "cfn-lint", "config", "ignore_checks", NULL };
    const struct value *ignored = object_get_path(owner, path);

    for (size_t i = 0; i < value_length(ignored); i++) {
        const char *prefix = value_string(array_at(ignored, i));

        if (prefix && *prefix && strncmp(id, prefix, strlen(prefix)) == 0)
            return true;
    }
    return false;
}

// Behind the words that begin such a comment, in the `length` bytes of a line; NULL when there is none.
static const char *find_comment(const char *line, size_t length)
{
    static const char *const markers[] = { "# cfn-lint: ignore ", "# tango-infra: ignore " };

    for (size_t i = 0; i < ARRAY_SIZE(markers); i++) {
        const char *found = memmem(line, length, markers[i], strlen(markers[i]));

        if (found)
            return found + strlen(markers[i]);
    }
    return NULL;
}

// Ids up to "--" or the end of the line.
static bool names(const char *ids, const char *end, const char *id)
{
    while (ids < end) {
        size_t length = 0;

        while (ids + length < end && !strchr(" ,\t\r", ids[length]))
            length++;
        if (length == 2 && memcmp(ids, "--", 2) == 0)
            return false;
        if (length && strncmp(id, ids, length) == 0)
            return true;
        ids += length + 1;
    }
    return false;
}

struct suppressing_comment {
    size_t line; // from 1
    const char *ids, *end;
    bool is_alone; // on its line: it is about the next one too
};

struct suppressing_comments {
    struct suppressing_comment *items; // in the order of the text
    size_t count, capacity;
};

static size_t line_length(const char *const *lines, size_t line_count, const char *end, size_t line)
{
    const char *stop = line < line_count ? lines[line] - 1 : end;

    return stop > lines[line - 1] ? (size_t)(stop - lines[line - 1]) : 0;
}

const struct suppressing_comments *suppressing_comments_find(
    struct arena *arena, const char *const *lines, size_t line_count, const char *end)
{
    struct suppressing_comments *comments = arena_alloc(arena, sizeof(*comments));

    for (size_t line = 1; line <= line_count; line++) {
        const char *text = lines[line - 1];
        size_t length = line_length(lines, line_count, end, line);
        const char *ids = find_comment(text, length);

        if (!ids)
            continue;
        comments->items = arena_grow(
            arena, comments->items, comments->count, &comments->capacity, sizeof(*comments->items));
        comments->items[comments->count++] =
            (struct suppressing_comment){ line, ids, text + length, text[strspn(text, " \t")] == '#' };
    }
    return comments;
}

// The comment of the line; NULL: it has none.
static const struct suppressing_comment *comment_of(const struct suppressing_comments *comments, size_t line)
{
    size_t low = 0, high = comments->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (comments->items[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < comments->count && comments->items[low].line == line ? &comments->items[low] : NULL;
}

bool suppressing_comments_have(const struct suppressing_comments *comments, size_t line, const char *id)
{
    const struct suppressing_comment *own = comment_of(comments, line);
    const struct suppressing_comment *above = line > 1 ? comment_of(comments, line - 1) : NULL;

    return (own && names(own->ids, own->end, id)) ||
        (above && above->is_alone && names(above->ids, above->end, id));
}
