// SPDX-License-Identifier: MIT
#include "diff/compare/embedded.h"

#include "data/json.h"
#include "data/value.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"

#include <string.h>

static bool begins_like_json(const char *text)
{
    while (*text && strchr(" \t\r\n", *text))
        text++;
    return *text == '{' || *text == '[';
}

// The parts of an Fn::Join of "" with a list; NULL for anything else.
static const struct value *joined_parts(const struct value *value)
{
    const struct value *argument;
    const char *function = diff_function(value, &argument);
    const char *delimiter;

    if (!function || strcmp(function, "Fn::Join") != 0 || value_length(argument) != 2)
        return NULL;
    delimiter = value_string(array_at(argument, 0));
    if (!delimiter || *delimiter || value_type(array_at(argument, 1)) != VALUE_ARRAY)
        return NULL;
    return array_at(argument, 1);
}

bool diff_may_be_json(const struct value *value)
{
    const struct value *parts;

    if (value_type(value) == VALUE_STRING)
        return begins_like_json(value_string(value));
    parts = joined_parts(value);
    return parts && value_string(array_at(parts, 0)) && begins_like_json(value_string(array_at(parts, 0)));
}

// Between the quotes of a JSON string.
static void add_escaped(struct strbuf *out, const char *text)
{
    STRBUF_AUTO quoted = STRBUF_INIT;

    json_write_string(&quoted, text);
    strbuf_add(out, quoted.data + 1, quoted.length - 2);
}

static void add_part(struct strbuf *out, const struct value *part)
{
    const char *text = value_string(part);

    if (text)
        strbuf_add_string(out, text);
    else
        add_escaped(out, diff_intrinsic_text(part));
}

struct value *diff_embedded_json(const struct value *value)
{
    const struct value *parts = joined_parts(value);
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;

    if (!diff_may_be_json(value))
        return NULL;
    if (!parts)
        return json_parse_unique(value_string(value), strlen(value_string(value)), "text", &err);
    for (size_t i = 0; i < value_length(parts); i++)
        add_part(&text, array_at(parts, i));
    return json_parse_unique(text.data, text.length, "text", &err);
}
