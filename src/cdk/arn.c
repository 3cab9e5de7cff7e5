// SPDX-License-Identifier: MIT
#include "cdk/arn.h"

#include "cdk/diag.h"
#include "cdk/token_private.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

// Text in which a mark stands for each symbolic part, so that it can be searched and cut as a string.
struct marked_text {
    struct strbuf text;
    struct value *symbols; // array; a mark is MARK and the position in it as two letters
};

enum { MARK = '\1', MARK_LENGTH = 3, LETTERS = 26, COMPONENT_COUNT = 6 };

static void mark(struct marked_text *marked, struct value *value)
{
    size_t position = value_length(marked->symbols);

    array_append(marked->symbols, value);
    strbuf_add_char(&marked->text, MARK);
    strbuf_add_char(&marked->text, (char)('a' + position / LETTERS % LETTERS));
    strbuf_add_char(&marked->text, (char)('a' + position % LETTERS));
}

static void add_marked(struct marked_text *marked, struct value *value)
{
    bool is_text = token_kind(value) == TOKEN_JOIN && value_type(token_join(value)->list) == VALUE_ARRAY &&
        !*token_join(value)->delimiter;

    if (value_string(value))
        strbuf_add_string(&marked->text, value_string(value));
    else if (!is_text)
        mark(marked, value);
    else
        for (size_t i = 0; i < value_length(token_join(value)->list); i++)
            add_marked(marked, array_at(token_join(value)->list, i));
}

// A piece of the marked text as a value again.
static struct value *unmark(const struct marked_text *marked, const char *text, size_t length)
{
    const char *end = text + length;
    struct value *parts = array();

    while (text < end) {
        const char *next = memchr(text, MARK, (size_t)(end - text));

        if (next != text)
            array_append(parts, string_n(text, (size_t)((next ? next : end) - text)));
        if (!next)
            break;
        array_append(
            parts, array_at(marked->symbols, (size_t)(next[1] - 'a') * LETTERS + (size_t)(next[2] - 'a')));
        text = next + MARK_LENGTH;
    }
    if (value_length(parts) == 0)
        return string("");
    return value_length(parts) == 1 ? array_at(parts, 0) : fn_join("", parts);
}

static struct arn split_token(struct value *arn, enum arn_format format)
{
    struct value *components = fn_split(":", arn);
    struct value *last = fn_select(5, components);
    struct arn parts = {
        .partition = fn_select(1, components),
        .service = fn_select(2, components),
        .region = fn_select(3, components),
        .account = fn_select(4, components),
        .resource = last,
    };

    switch (format) {
    case ARN_NO_RESOURCE_NAME:
        break;
    case ARN_COLON_RESOURCE_NAME:
        parts.resource_name = fn_select(6, components);
        break;
    case ARN_SLASH_RESOURCE_NAME:
    case ARN_SLASH_RESOURCE_SLASH_NAME:
        last = fn_split("/", last);
        parts.resource = fn_select(format == ARN_SLASH_RESOURCE_NAME ? 0 : 1, last);
        parts.resource_name = fn_select(format == ARN_SLASH_RESOURCE_NAME ? 1 : 2, last);
        break;
    }
    return parts;
}

// The resource and its name: behind a slash, unless there is to be no name, or behind a colon.
static void split_resource(
    const struct marked_text *marked, const char *text, enum arn_format format, struct arn *parts)
{
    const char *colon = strchrnul(text, ':');
    const char *start = text + (*text == '/');
    const char *slash = memchr(start, '/', (size_t)(colon - start));

    if (slash && format != ARN_NO_RESOURCE_NAME) {
        parts->resource = unmark(marked, start, (size_t)(slash - start));
        parts->resource_name = unmark(marked, slash + 1, strlen(slash + 1));
        return;
    }
    parts->resource = unmark(marked, text, (size_t)(colon - text));
    if (*colon)
        parts->resource_name = unmark(marked, colon + 1, strlen(colon + 1));
}

// Where each component begins; false when the ARN has too few of them, or one is empty that must not be.
static bool find_components(const char *arn, const char *components[COMPONENT_COUNT])
{
    static const int required[] = { 1, 2, 5 };
    size_t found = 0;

    if (strncmp(arn, "arn:", 4) != 0)
        return false;
    while (arn && found < COMPONENT_COUNT) {
        components[found++] = arn;
        arn = strchr(arn, ':');
        if (arn)
            arn++;
    }
    if (found < COMPONENT_COUNT)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(required); i++)
        if (!*components[required[i]] || *components[required[i]] == ':')
            return false;
    return true;
}

static struct arn split_text(
    struct construct *scope, const struct marked_text *marked, enum arn_format format)
{
    const char *components[COMPONENT_COUNT];
    struct arn parts = { string(""), string(""), string(""), string(""), string(""), string("") };
    struct value **targets[] = { &parts.partition, &parts.service, &parts.region, &parts.account };

    if (!find_components(marked->text.data, components)) {
        diag_error(scope,
            "'%s' is not an ARN; it must look like 'arn:partition:service:region:account:resource'",
            marked->text.data);
        return parts;
    }
    parts.resource_name = NULL;
    for (size_t i = 0; i < ARRAY_SIZE(targets); i++)
        *targets[i] = unmark(marked, components[i + 1], (size_t)(components[i + 2] - components[i + 1]) - 1);
    split_resource(marked, components[COMPONENT_COUNT - 1], format, &parts);
    return parts;
}

struct arn arn_split(struct construct *scope, struct value *arn, enum arn_format format)
{
    struct marked_text marked = { STRBUF_INIT, array() };
    struct arn parts;

    add_marked(&marked, arn);
    if (!value_is_literal(arn) && strncmp(marked.text.data, "arn:", 4) != 0)
        parts = split_token(arn, format);
    else
        parts = split_text(scope, &marked, format);
    strbuf_release(&marked.text);
    return parts;
}

struct value *arn_last_segment(struct value *text)
{
    struct marked_text marked = { STRBUF_INIT, array() };
    struct value *segment;
    const char *slash;

    add_marked(&marked, text);
    slash = strrchr(marked.text.data, '/');
    segment = slash ? unmark(&marked, slash + 1, strlen(slash + 1)) : text;
    strbuf_release(&marked.text);
    return segment;
}

enum token_comparison token_compare(const struct value *a, const struct value *b)
{
    bool a_is_literal = value_is_literal(a), b_is_literal = value_is_literal(b);

    if (!a_is_literal && !b_is_literal)
        return TOKENS_BOTH_UNRESOLVED;
    if (!a_is_literal || !b_is_literal)
        return TOKENS_ONE_UNRESOLVED;
    return value_equal(a, b) ? TOKENS_SAME : TOKENS_DIFFERENT;
}
