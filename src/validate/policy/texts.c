// SPDX-License-Identifier: MIT
// What JavaScript, and cdk-nag, write of a template's values.
#include "data/json.h"
#include "data/value.h"
#include "util/arena.h"
#include "util/array.h"
#include "util/display.h"
#include "validate/policy/policy.h"
#include "validate/properties/regex.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

static const char *kept(const struct strbuf *text)
{
    return arena_strndup(value_arena(), text->data, text->length);
}

const char *policy_json(const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (!value)
        return "undefined";
    json_stringify(&text, value);
    return kept(&text);
}

static void add_interpolated(struct strbuf *out, const struct value *value)
{
    if (!value)
        strbuf_add_string(out, "undefined");
    else if (value_string(value))
        strbuf_add_string(out, value_string(value));
    else if (value_type(value) == VALUE_OBJECT)
        strbuf_add_string(out, "[object Object]");
    else if (value_type(value) != VALUE_ARRAY)
        json_stringify(out, value);
    for (size_t i = 0; value && value_type(value) == VALUE_ARRAY && i < value_length(value); i++) {
        strbuf_add_string(out, i ? "," : "");
        add_interpolated(out, array_at(value, i));
    }
}

const char *policy_interpolated(const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (value_string(value))
        return value_string(value);
    add_interpolated(&text, value);
    return kept(&text);
}

static void flatten(struct policy_case *policy, struct strbuf *out, const struct value *value);

// What Fn::Sub has in "${...}" stands in round brackets, which are easier to write in suppressions.
static void flatten_text(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        bool opens = text[0] == '$' && text[1] == '{';

        strbuf_add_char(out, opens ? '<' : *text == '}' ? '>' : *text);
        text += opens;
    }
}

static void flatten_join(struct policy_case *policy, struct strbuf *out, const struct value *arguments)
{
    const struct value *items = array_at(arguments, 1);

    for (size_t i = 0, count = policy_items(policy, items); i < count; i++) {
        strbuf_add_string(out, i ? policy_interpolated(array_at(arguments, 0)) : "");
        flatten(policy, out, array_at(items, i));
    }
}

// JavaScript takes a text for the list of its characters.
static void flatten_get_att(struct policy_case *policy, struct strbuf *out, const struct value *target)
{
    const char *text = value_string(target);

    strbuf_add_char(out, '<');
    if (text) {
        strbuf_addf(out, "%.1s.%.1s", text, *text ? text + 1 : "");
    } else {
        flatten(policy, out, array_at(target, 0));
        strbuf_add_char(out, '.');
        flatten(policy, out, array_at(target, 1));
    }
    strbuf_add_char(out, '>');
}

static void flatten_ref(struct policy_case *policy, struct strbuf *out, const struct value *target)
{
    strbuf_add_char(out, '<');
    flatten(policy, out, target);
    strbuf_add_char(out, '>');
}

static void flatten(struct policy_case *policy, struct strbuf *out, const struct value *value)
{
    static const struct {
        const char *function;
        void (*flatten)(struct policy_case *policy, struct strbuf *out, const struct value *argument);
    } functions[] = {
        { "Fn::Join", flatten_join },
        { "Fn::Sub", flatten },
        { "Fn::GetAtt", flatten_get_att },
        { "Fn::ImportValue", flatten },
        { "Ref", flatten_ref },
    };

    if (!value)
        return;
    if (value_string(value)) {
        flatten_text(out, value_string(value));
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
        const struct value *argument = object_get(value, functions[i].function);

        if (argument) {
            functions[i].flatten(policy, out, argument);
            return;
        }
    }
    json_stringify(out, value);
}

const char *policy_flattened(struct policy_case *policy, const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    flatten(policy, &text, value);
    return kept(&text);
}

// Whether the text lacks the name that the pattern begins with, so that it need not be compiled: of patterns
// that are a name which nothing of a name may follow.
static bool lacks_name(const char *text, const char *pattern)
{
    size_t length = pattern[0] == ':';

    while (isalnum((unsigned char)pattern[length]))
        length++;
    return strncmp(pattern + length, "(?![", 4) == 0 && !strchr(pattern, '|') &&
        !memmem(text, strlen(text), pattern, length);
}

bool policy_matches(struct policy_case *policy, const char *text, const char *pattern_format, ...)
{
    enum regex_result result;
    va_list arguments;
    STRBUF_AUTO pattern = STRBUF_INIT;

    va_start(arguments, pattern_format);
    strbuf_vaddf(&pattern, pattern_format, arguments);
    va_end(arguments);
    if (lacks_name(text, pattern.data))
        return false;
    result = regex_search_once(pattern.data, text);
    if (result == REGEX_UNDECIDED)
        policy_set_undecided(policy, NULL);
    return result == REGEX_MATCH;
}
