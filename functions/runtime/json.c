// SPDX-License-Identifier: MIT
#include "json.h"

#include "buffer.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const char *at;
    const char *end;
};

static bool read_value(struct reader *r, struct json *ret, int depth);

static void skip_space(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
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

static bool take_digits(struct reader *r)
{
    const char *start = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        r->at++;
    return r->at > start;
}

static bool read_number(struct reader *r)
{
    take(r, '-');
    if (!take(r, '0') && !take_digits(r))
        return false;
    if (take(r, '.') && !take_digits(r))
        return false;
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        return take_digits(r);
    }
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The four digits after "\u"; -1 when they are not there.
static int32_t read_unit(struct reader *r)
{
    if (r->end - r->at < 4)
        return -1;
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(r->at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    r->at += 4;
    return unit;
}

// The least code point for a sequence of 2, 3, 4 bytes: anything below could have been written shorter.
static const uint32_t least_code_point[] = { 0, 0, 0x80, 0x800, 0x10000 };

static bool skip_utf8(struct reader *r)
{
    unsigned char first = (unsigned char)*r->at;
    int length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    if (!length || r->end - r->at < length)
        return false;
    uint32_t code_point = length == 1 ? first : first & (0x7fu >> length);
    for (int i = 1; i < length; i++) {
        unsigned char next = (unsigned char)r->at[i];
        if (next >> 6 != 2)
            return false;
        code_point = code_point << 6 | (next & 0x3f);
    }
    r->at += length;
    return code_point >= least_code_point[length] && code_point <= 0x10ffff && code_point >> 11 != 0x1b;
}

static bool skip_escape(struct reader *r)
{
    if (take(r, 'u'))
        return read_unit(r) >= 0;
    if (r->at == r->end || *r->at == '\0' || !strchr("\"\\/bfnrt", *r->at))
        return false;
    r->at++;
    return true;
}

static bool read_string(struct reader *r)
{
    if (!take(r, '"'))
        return false;
    while (r->at < r->end && *r->at != '"') {
        if ((unsigned char)*r->at < 0x20)
            return false;
        if (take(r, '\\') ? !skip_escape(r) : !skip_utf8(r))
            return false;
    }
    return take(r, '"');
}

static bool read_item(struct reader *r, bool named, int depth)
{
    struct json value;
    if (named) {
        skip_space(r);
        if (!read_string(r))
            return false;
        skip_space(r);
        if (!take(r, ':'))
            return false;
    }
    if (!read_value(r, &value, depth))
        return false;
    skip_space(r);
    return true;
}

static bool read_container(struct reader *r, bool named, int depth)
{
    char close = named ? '}' : ']';
    r->at++;
    skip_space(r);
    if (take(r, close))
        return true;
    do {
        if (!read_item(r, named, depth + 1))
            return false;
    } while (take(r, ','));
    return take(r, close);
}

static bool read_content(struct reader *r, struct json *ret, int depth)
{
    switch (*r->at) {
    case '{':
        ret->type = JSON_OBJECT;
        return depth < JSON_MAX_DEPTH && read_container(r, true, depth);
    case '[':
        ret->type = JSON_ARRAY;
        return depth < JSON_MAX_DEPTH && read_container(r, false, depth);
    case '"':
        ret->type = JSON_STRING;
        return read_string(r);
    case 'n':
        ret->type = JSON_NULL;
        return take_word(r, "null");
    case 't':
        ret->type = JSON_TRUE;
        return take_word(r, "true");
    case 'f':
        ret->type = JSON_FALSE;
        return take_word(r, "false");
    default:
        ret->type = JSON_NUMBER;
        return read_number(r);
    }
}

static bool read_value(struct reader *r, struct json *ret, int depth)
{
    skip_space(r);
    if (r->at == r->end)
        return false;
    ret->text = r->at;
    if (!read_content(r, ret, depth))
        return false;
    ret->length = (size_t)(r->at - ret->text);
    return true;
}

bool json_parse(const char *text, size_t length, struct json *ret)
{
    struct json value = { 0 };
    struct reader r = { text, text + length };
    if (!length || !read_value(&r, &value, 0))
        return false;
    skip_space(&r);
    if (r.at != r.end)
        return false;
    *ret = value;
    return true;
}

struct json json_next(struct json container, struct json_walk *walk, struct json *ret_name)
{
    struct json value = { 0 };
    if (container.type != JSON_ARRAY && container.type != JSON_OBJECT)
        return value;
    struct reader r = { walk->at ? walk->at : container.text + 1, container.text + container.length - 1 };
    skip_space(&r);
    take(&r, ',');
    skip_space(&r);
    if (r.at == r.end)
        return value;
    if (container.type == JSON_OBJECT) {
        struct json name = { JSON_STRING, r.at, 0 };
        read_string(&r);
        name.length = (size_t)(r.at - name.text);
        if (ret_name)
            *ret_name = name;
        skip_space(&r);
        take(&r, ':');
    }
    read_value(&r, &value, 0);
    walk->at = r.at;
    return value;
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
        if (length >= sizeof name)
            return (struct json){ 0 };
        memcpy(name, path, length);
        name[length] = '\0';
        object = json_member(object, name);
    }
    return json_member(object, path);
}

static void append_utf8(struct buffer *out, uint32_t c)
{
    char bytes[4];
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    for (size_t i = length; i > 1; i--, c >>= 6)
        bytes[i - 1] = (char)(0x80 | (c & 0x3f));
    bytes[0] = (char)(lead[length] | c);
    buffer_append(out, bytes, length);
}

static bool decode_unit(struct reader *r, struct buffer *out)
{
    int32_t unit = read_unit(r);
    if (unit >= 0xd800 && unit < 0xdc00) {
        if (!take_word(r, "\\u"))
            return false;
        int32_t low = read_unit(r);
        if (low < 0xdc00 || low > 0xdfff)
            return false;
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    } else if (unit <= 0 || (unit >= 0xdc00 && unit < 0xe000)) {
        return false;
    }
    append_utf8(out, (uint32_t)unit);
    return true;
}

static bool decode_escape(struct reader *r, struct buffer *out)
{
    static const char escapes[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
    char c = *r->at++;
    if (c == 'u')
        return decode_unit(r, out);
    buffer_append(out, &characters[strchr(escapes, c) - escapes], 1);
    return true;
}

bool json_decode(struct json string, struct buffer *out)
{
    if (string.type != JSON_STRING)
        return false;
    struct reader r = { string.text + 1, string.text + string.length - 1 };
    while (r.at < r.end) {
        const char *start = r.at;
        while (r.at < r.end && *r.at != '\\')
            r.at++;
        buffer_append(out, start, (size_t)(r.at - start));
        if (take(&r, '\\') && !decode_escape(&r, out))
            return false;
    }
    return true;
}

bool json_equals(struct json string, const char *text)
{
    size_t length = strlen(text);
    if (string.type != JSON_STRING)
        return false;
    if (!memchr(string.text, '\\', string.length))
        return string.length == length + 2 && memcmp(string.text + 1, text, length) == 0;
    BUFFER decoded = { 0 };
    return json_decode(string, &decoded) && decoded.length == length &&
        memcmp(buffer_text(&decoded), text, length) == 0;
}

bool json_integer(struct json number, long *ret)
{
    char digits[24], *end;
    if (number.type != JSON_NUMBER || number.length >= sizeof digits)
        return false;
    memcpy(digits, number.text, number.length);
    digits[number.length] = '\0';
    errno = 0;
    long value = strtol(digits, &end, 10);
    if (errno || *end)
        return false;
    *ret = value;
    return true;
}

void json_quote(struct buffer *out, const char *text, size_t length)
{
    const char *end = text + length, *start = text;
    buffer_puts(out, "\"");
    for (const char *at = text; at < end; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buffer_append(out, start, (size_t)(at - start));
        if (c < 0x20)
            buffer_printf(out, "\\u%04x", c);
        else
            buffer_printf(out, "\\%c", c);
        start = at + 1;
    }
    buffer_append(out, start, (size_t)(end - start));
    buffer_puts(out, "\"");
}
