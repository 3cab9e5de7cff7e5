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

static bool line_suppresses(const char *line, size_t length, const char *id)
{
    const char *ids = find_comment(line, length);

    return ids && names(ids, line + length, id);
}

static size_t line_length(const char *const *lines, size_t line_count, const char *end, size_t line)
{
    const char *stop = line < line_count ? lines[line] - 1 : end;

    return stop > lines[line - 1] ? (size_t)(stop - lines[line - 1]) : 0;
}

bool comment_suppresses(
    const char *const *lines, size_t line_count, const char *end, size_t line, const char *id)
{
    const char *above;

    if (!line || line > line_count)
        return false;
    if (line_suppresses(lines[line - 1], line_length(lines, line_count, end, line), id))
        return true;
    if (line == 1)
        return false;
    above = lines[line - 2];
    return above[strspn(above, " \t")] == '#' &&
        line_suppresses(above, line_length(lines, line_count, end, line - 1), id);
}
