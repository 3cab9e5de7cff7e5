// SPDX-License-Identifier: MIT
#include "util/text/glob.h"

#include "util/strbuf.h"

#include <fnmatch.h>
#include <string.h>

// Braces multiply, and nobody means this many alternatives.
enum { MAX_ALTERNATIVES = 1000 };

static bool matches_plain(const char *pattern, const char *text)
{
    return fnmatch(pattern, text, strstr(pattern, "**") ? 0 : FNM_PATHNAME) == 0;
}

static bool is_escaped(const char *pattern, const char *at)
{
    bool escaped = false;

    while (at > pattern && *--at == '\\')
        escaped = !escaped;
    return escaped;
}

// The brace that closes the one at `open`; *ret_comma is the first comma between them, or NULL.
static const char *closing_brace(const char *pattern, const char *open, const char **ret_comma)
{
    int depth = 0;

    *ret_comma = NULL;
    for (const char *at = open; *at; at++) {
        if (is_escaped(pattern, at))
            continue;
        if (*at == ',' && depth == 1 && !*ret_comma)
            *ret_comma = at;
        depth += (*at == '{') - (*at == '}');
        if (depth == 0)
            return at;
    }
    return NULL;
}

// The first pair of braces that has a comma in it: only such a pair means alternatives.
static const char *first_alternatives(const char *pattern, const char **ret_close)
{
    for (const char *at = strchr(pattern, '{'); at; at = strchr(at + 1, '{')) {
        const char *comma;

        *ret_close = closing_brace(pattern, at, &comma);
        if (*ret_close && comma && !is_escaped(pattern, at))
            return at;
    }
    return NULL;
}

// Where the alternative that begins at `start` ends: at its comma or at the closing brace.
static const char *alternative_end(const char *pattern, const char *start, const char *close)
{
    int depth = 0;

    for (const char *at = start; at < close; at++) {
        if (is_escaped(pattern, at))
            continue;
        depth += (*at == '{') - (*at == '}');
        if (*at == ',' && depth == 0)
            return at;
    }
    return close;
}

static bool matches(const char *pattern, const char *text, int *alternatives)
{
    const char *close;
    const char *open = first_alternatives(pattern, &close);
    bool matched = false;

    if (!open)
        return --*alternatives >= 0 && matches_plain(pattern, text);
    for (const char *start = open + 1; start <= close && !matched && *alternatives > 0;) {
        const char *end = alternative_end(pattern, start, close);
        STRBUF_AUTO expanded = STRBUF_INIT;

        strbuf_add(&expanded, pattern, (size_t)(open - pattern));
        strbuf_add(&expanded, start, (size_t)(end - start));
        strbuf_add_string(&expanded, close + 1);
        matched = matches(expanded.data, text, alternatives);
        start = end + 1;
    }
    return matched;
}

bool glob_match(const char *pattern, const char *text)
{
    int alternatives = MAX_ALTERNATIVES;

    return matches(pattern, text, &alternatives);
}
