// SPDX-License-Identifier: MIT
#include "deploy/explain/failure_kind.h"

#include "data/value.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "util/text/glob.h"

#include <stdbool.h>
#include <string.h>

static const struct failure_kind kinds[] = {
#define FAILURE(code, type, look, patterns, meaning, advice, source)                                         \
    { #code, type, LOOK_##look, patterns, meaning, advice, source },
#include "deploy/explain/failure_kinds.def"
#undef FAILURE
};

const struct failure_kind *failure_kind_at(size_t index)
{
    return index < ARRAY_SIZE(kinds) ? &kinds[index] : NULL;
}

const struct failure_kind *failure_kind_find(const char *code)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (strcasecmp(kinds[i].code, code) == 0)
            return &kinds[i];
    return NULL;
}

// A pattern is literal text and names in braces, in turns.
struct pattern_piece {
    const char *start;
    size_t length;
    bool is_name;
};

static bool next_piece(const char **pattern, const char *end, struct pattern_piece *ret_piece)
{
    const char *at = *pattern;

    if (at == end)
        return false;
    *ret_piece = (struct pattern_piece){ .start = at, .is_name = *at == '{' };
    if (ret_piece->is_name) {
        ret_piece->start++;
        ret_piece->length = strcspn(ret_piece->start, "}");
        *pattern = ret_piece->start + ret_piece->length + 1;
    } else {
        while (at < end && *at != '{')
            at++;
        ret_piece->length = (size_t)(at - ret_piece->start);
        *pattern = at;
    }
    return true;
}

static const char *find_literal(const char *text, const struct pattern_piece *literal)
{
    const char *wanted = arena_strndup(value_arena(), literal->start, literal->length);

    return strcasestr(text, wanted);
}

static void keep(struct value *captures, const struct pattern_piece *name, const char *start, const char *end)
{
    while (start < end && strchr(" '\"[", *start))
        start++;
    while (end > start && strchr(" .,;'\"]", end[-1]))
        end--;
    if (end > start)
        object_set(captures, arena_strndup(value_arena(), name->start, name->length),
            string(arena_strndup(value_arena(), start, (size_t)(end - start))));
}

// A name that ends a pattern ends where the sentence of AWS does.
static const char *end_of_words(const char *text)
{
    const char *end = text + strcspn(text, "\"\n");
    const char *note = strstr(text, " (");

    return note && note < end ? note : end;
}

// A name that begins a pattern is the word before what follows it.
static const char *start_of_word(const char *text, const char *end)
{
    const char *start = end;

    while (start > text && !strchr(" \"'[(:", start[-1]))
        start--;
    if (start == end && start > text) // a quote ends it
        for (start--; start > text && !strchr(" \"'[(", start[-1]);)
            start--;
    return start;
}

static bool matches(const char *pattern, const char *pattern_end, const char *text, struct value *captures)
{
    struct pattern_piece piece, name = { 0 };
    const char *at = text;

    while (next_piece(&pattern, pattern_end, &piece)) {
        const char *found;

        if (piece.is_name) {
            name = piece;
            continue;
        }
        found = find_literal(at, &piece);
        if (!found)
            return false;
        if (name.length)
            keep(captures, &name, at == text ? start_of_word(text, found) : at, found);
        name.length = 0;
        at = found + piece.length;
    }
    if (name.length)
        keep(captures, &name, at, end_of_words(at));
    return true;
}

static bool kind_matches(const struct failure_kind *kind, const char *reason, struct value *captures)
{
    for (const char *pattern = kind->patterns; *pattern;) {
        const char *end = strchrnul(pattern, '\n');
        struct value *found = object((struct field[]){ END });

        if (matches(pattern, end, reason, found)) {
            for (size_t i = 0; i < value_length(found); i++)
                object_set(captures, object_at(found, i)->key, object_at(found, i)->value);
            return true;
        }
        pattern = end + (*end == '\n');
    }
    return false;
}

const struct failure_kind *failure_kind_of(const char *type, const char *reason, struct value *captures)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if ((!*kinds[i].type || glob_match(kinds[i].type, type)) && kind_matches(&kinds[i], reason, captures))
            return &kinds[i];
    return NULL;
}

const char *failure_text(const char *text, const struct value *captures)
{
    STRBUF_AUTO out = STRBUF_INIT;

    while (*text) {
        size_t length = strcspn(text, "{");
        const char *name, *value;

        strbuf_add(&out, text, length);
        text += length;
        if (!*text)
            break;
        length = strcspn(text + 1, "}");
        name = arena_strndup(value_arena(), text + 1, length);
        value = object_string(captures, name);
        strbuf_add_string(&out, value ? value : "...");
        text += length + 2;
    }
    return arena_strdup(value_arena(), out.data);
}
