// SPDX-License-Identifier: MIT
#include "json.h"

#include "data/json_check.h"
#include "util/strbuf.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const char *at;
    const char *end;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool take(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool take_word(struct reader *r, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0)
        return false;
    r->at += length;
    return true;
}

static int32_t read_unit(struct reader *r)
{
    int32_t unit = json_unit(r->at);

    r->at += 4;
    return unit;
}

static enum json_type type_of(char first)
{
    switch (first) {
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case '"':
        return JSON_STRING;
    case 'n':
        return JSON_NULL;
    case 't':
        return JSON_TRUE;
    case 'f':
        return JSON_FALSE;
    default:
        return JSON_NUMBER;
    }
}

// Behind the value at `at`, which is checked and in a container.
static const char *skip_value(const char *at)
{
    int depth = 0;

    do {
        if (*at == '"') {
            at = json_skip_string(at);
            continue;
        }
        depth += (*at == '[' || *at == '{') - (*at == ']' || *at == '}');
        at++;
    } while (depth || !strchr(",]} \t\n\r", *at));
    return at;
}

bool json_slice(const char *text, size_t length, struct json *ret)
{
    static const struct json_rules rules = { .depth = JSON_MAX_DEPTH };

    if (!json_check(text, length, &rules, NULL))
        return false;
    for (; is_space(*text); text++)
        length--;
    while (is_space(text[length - 1]))
        length--;
    *ret = (struct json){ type_of(*text), text, length };
    return true;
}

static const char *skip_space(const char *at)
{
    while (is_space(*at))
        at++;
    return at;
}

struct json json_next(struct json container, struct json_walk *walk, struct json *ret_name)
{
    struct json value = { 0 };
    const char *at;

    if (container.type != JSON_ARRAY && container.type != JSON_OBJECT)
        return value;
    at = skip_space(walk->at ? walk->at : container.text + 1);
    if (walk->at && *at == ',')
        at = skip_space(at + 1);
    if (at == container.text + container.length - 1)
        return value;
    if (container.type == JSON_OBJECT) {
        struct json name = { JSON_STRING, at, 0 };

        at = json_skip_string(at);
        name.length = (size_t)(at - name.text);
        if (ret_name)
            *ret_name = name;
        at = skip_space(skip_space(at) + 1); // the colon
    }
    walk->at = skip_value(at);
    return (struct json){ type_of(*at), at, (size_t)(walk->at - at) };
}

struct json json_member(struct json object, const char *name)
{
    struct json found = { 0 }, key, value;
    struct json_walk walk = { 0 };

    if (object.type != JSON_OBJECT)
        return found;
    while ((value = json_next(object, &walk, &key)).type != JSON_NONE)
        if (json_equals(key, name))
            found = value;
    return found;
}

struct json json_path(struct json object, const char *path)
{
    char name[128];

    for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
        size_t length = (size_t)(dot - path);

        if (length >= sizeof(name))
            return (struct json){ 0 };
        memcpy(name, path, length);
        name[length] = '\0';
        object = json_member(object, name);
    }
    return json_member(object, path);
}

static void append_utf8(struct strbuf *out, uint32_t c)
{
    char bytes[4];
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

    for (size_t i = length; i > 1; i--, c >>= 6)
        bytes[i - 1] = (char)(0x80 | (c & 0x3f));
    bytes[0] = (char)(lead[length] | c);
    strbuf_add(out, bytes, length);
}

static bool decode_unit(struct reader *r, struct strbuf *out)
{
    int32_t unit = read_unit(r), low;

    if (unit >= 0xd800 && unit < 0xdc00) {
        if (!take_word(r, "\\u"))
            return false;
        low = read_unit(r);
        if (low < 0xdc00 || low > 0xdfff)
            return false;
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    } else if (unit <= 0 || (unit >= 0xdc00 && unit < 0xe000)) {
        return false;
    }
    append_utf8(out, (uint32_t)unit);
    return true;
}

static bool decode_escape(struct reader *r, struct strbuf *out)
{
    static const char escapes[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    char c = *r->at++;

    if (c == 'u')
        return decode_unit(r, out);
    strbuf_add(out, &characters[strchr(escapes, c) - escapes], 1);
    return true;
}

bool json_decode(struct json string, struct strbuf *out)
{
    struct reader r;

    if (string.type != JSON_STRING)
        return false;
    r = (struct reader){ string.text + 1, string.text + string.length - 1 };
    while (r.at < r.end) {
        const char *start = r.at;

        while (r.at < r.end && *r.at != '\\')
            r.at++;
        strbuf_add(out, start, (size_t)(r.at - start));
        if (take(&r, '\\') && !decode_escape(&r, out))
            return false;
    }
    return true;
}

bool json_equals(struct json string, const char *text)
{
    STRBUF_AUTO decoded = STRBUF_INIT;
    const size_t length = strlen(text);

    if (string.type != JSON_STRING)
        return false;
    if (!memchr(string.text, '\\', string.length))
        return string.length == length + 2 && memcmp(string.text + 1, text, length) == 0;
    return json_decode(string, &decoded) && decoded.length == length &&
        memcmp(decoded.data, text, length) == 0;
}

bool json_integer(struct json number, long *ret)
{
    char digits[24], *end;
    long value;

    if (number.type != JSON_NUMBER || number.length >= sizeof(digits))
        return false;
    memcpy(digits, number.text, number.length);
    digits[number.length] = '\0';
    errno = 0;
    value = strtol(digits, &end, 10);
    if (errno || *end)
        return false;
    *ret = value;
    return true;
}

void json_quote(struct strbuf *out, const char *text, size_t length)
{
    const char *end = text + length, *start = text;

    strbuf_add_string(out, "\"");
    for (const char *at = text; at < end; at++) {
        unsigned char c = (unsigned char)*at;

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        strbuf_add(out, start, (size_t)(at - start));
        if (c < 0x20)
            strbuf_addf(out, "\\u%04x", c);
        else
            strbuf_addf(out, "\\%c", c);
        start = at + 1;
    }
    strbuf_add(out, start, (size_t)(end - start));
    strbuf_add_string(out, "\"");
}
