// SPDX-License-Identifier: MIT
#include "data/json.h"

#include "data/value_private.h"
#include "util/die.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The code point at *text, which is valid UTF-8, and moves *text behind it.
static uint32_t next_code_point(const unsigned char **text)
{
    const unsigned char *s = *text;
    int extra = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC0 ? 1 : 0;
    uint32_t code = extra == 3 ? s[0] & 0x07U : extra == 2 ? s[0] & 0x0FU : extra == 1 ? s[0] & 0x1FU : s[0];

    for (int i = 1; i <= extra; i++)
        code = code << 6 | (s[i] & 0x3FU);
    *text = s + extra + 1;
    return code;
}

static void write_escape(struct strbuf *out, uint32_t code)
{
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";

    for (const char *form = short_forms; *form; form += 2)
        if ((uint32_t)*form == code) {
            strbuf_add(out, (char[]){ '\\', form[1] }, 2);
            return;
        }
    if (code >= 0x10000)
        strbuf_addf(
            out, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF));
    else
        strbuf_addf(out, "\\u%04x", code);
}

// Which characters cannot stand for themselves: 1 never, 2 not in ASCII.
#define NEVER 1, 1, 1, 1, 1, 1, 1, 1
#define PLAIN 0, 0, 0, 0, 0, 0, 0, 0
#define BEYOND 2, 2, 2, 2, 2, 2, 2, 2
// clang-format off
static const unsigned char special[256] = {
    NEVER, NEVER, NEVER, NEVER,
    0, 0, 1 /* " */, 0, 0, 0, 0, 0,
    PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN,
    0, 0, 0, 0, 1 /* \\ */, 0, 0, 0,
    PLAIN, PLAIN, PLAIN,
    0, 0, 0, 0, 0, 0, 0, 2 /* DEL */,
    BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND,
    BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND,
};
// clang-format on

// A bit in each of the eight bytes that cannot stand for itself in ASCII, and perhaps in bytes after it.
static uint64_t special_bytes(uint64_t bytes)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t quote = bytes ^ each * '"', backslash = bytes ^ each * '\\', delete = bytes ^ each * 0x7F;

    return ((bytes - each * 0x20) | (quote - each) | (backslash - each) | (delete - each) | bytes) &
        each * 0x80;
}

// Room for so many more bytes, and a NUL after them.
static char *room(struct strbuf *out, size_t length)
{
    if (out->capacity - out->length <= length)
        strbuf_grow(out, length);
    return out->data + out->length;
}

static void advance(struct strbuf *out, size_t length)
{
    out->length += length;
    out->data[out->length] = '\0';
}

enum { STEP = 8 };

// Eight bytes, unless one of them is special.
static bool copy_step(char *to, const char *from)
{
    uint64_t bytes;

    memcpy(&bytes, from, sizeof(bytes));
    if (special_bytes(bytes))
        return false;
    memcpy(to, &bytes, sizeof(bytes));
    return true;
}

// Copies the bytes that stand for themselves, up to the first that does not, and returns how many. Eight at a
// time, the last eight perhaps a second time.
static size_t copy_plain(char *to, const char *from, size_t length, unsigned char unwanted)
{
    size_t at = 0;

    while (length - at >= STEP && copy_step(to + at, from + at))
        at += STEP;
    if (length >= STEP && length - at < STEP && copy_step(to + length - STEP, from + length - STEP))
        return length;
    for (; at < length && !(special[(unsigned char)from[at]] & unwanted); at++)
        to[at] = from[at];
    return at;
}

static void write_string(struct strbuf *out, const char *text, bool ascii)
{
    const unsigned char unwanted = ascii ? 3 : 1;
    size_t length = strlen(text);
    char *to = room(out, length + 2);

    *to = '"';
    for (size_t before = 1;; before = 0) {
        size_t plain = copy_plain(to + before, text, length, unwanted);
        const unsigned char *rest = (const unsigned char *)text + plain;

        advance(out, before + plain);
        if (plain == length)
            break;
        write_escape(out, next_code_point(&rest));
        length -= (size_t)((const char *)rest - text);
        text = (const char *)rest;
        to = room(out, length + 1);
    }
    strbuf_add_char(out, '"');
}

void json_write_string(struct strbuf *out, const char *text)
{
    write_string(out, text, true);
}

static void write_integer(struct strbuf *out, long long n)
{
    char digits[24];
    char *at = digits + sizeof(digits);
    unsigned long long rest = n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;

    for (; rest || at == digits + sizeof(digits); rest /= 10)
        *--at = (char)('0' + rest % 10);
    if (n < 0)
        *--at = '-';
    strbuf_add(out, at, (size_t)(digits + sizeof(digits) - at));
}

// Most fractions are thousandths: written without asking the C library, whose code for it is large. The
// division rounds to the nearest number, as reading the text would.
static bool write_thousandths(struct strbuf *out, double n)
{
    double thousandths = round(n * 1000);
    long long rest;
    int decimals = 3;

    if (fabs(n) >= 1e9 || thousandths / 1000 != n)
        return false;
    rest = llabs((long long)thousandths);
    if (n < 0)
        strbuf_add_char(out, '-');
    write_integer(out, rest / 1000);
    strbuf_add_char(out, '.');
    for (rest %= 1000; rest % 10 == 0; rest /= 10)
        decimals--;
    for (int digit = decimals == 3 ? 100 : decimals == 2 ? 10 : 1; digit; digit /= 10)
        strbuf_add_char(out, (char)('0' + rest / digit % 10));
    return true;
}

// ECMAScript's Number::toString puts the exponent of 1e-7 without a leading zero, and writes plain digits
// below 1e21.
static void write_fraction(struct strbuf *out, double n)
{
    char text[32];
    char *exponent;
    int power;

    for (int precision = 1; precision <= 17; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision - 1, n);
        if (strtod(text, NULL) == n)
            break;
    }
    exponent = strchr(text, 'e');
    power = atoi(exponent + 1);
    if (power < -6 || power >= 21) {
        char *end = exponent;

        while (end[-1] == '0')
            end--;
        if (end[-1] == '.')
            end--;
        strbuf_addf(out, "%.*se%+d", (int)(end - text), text, power);
        return;
    }
    for (int decimals = 0; decimals <= 25; decimals++) {
        char plain[64];

        snprintf(plain, sizeof(plain), "%.*f", decimals, n);
        if (strtod(plain, NULL) == n) {
            strbuf_add_string(out, plain);
            return;
        }
    }
    BUG("no text for the number %g", n);
}

void json_write_number(struct strbuf *out, double n)
{
    if (!isfinite(n))
        strbuf_add_string(out, "null");
    else if (fabs(n) < 1e15 && n == floor(n))
        write_integer(out, (long long)n);
    else if (!write_thousandths(out, n))
        write_fraction(out, n);
}

struct json_writer {
    struct strbuf *out;
    int indent;
    bool ascii;
};

static void line_break(const struct json_writer *writer, int depth)
{
    static const char line[] = "\n                                                               ";
    enum { MAX_SPACES = sizeof(line) - 2 };
    size_t width = (size_t)(writer->indent * depth);
    size_t first = width < MAX_SPACES ? width : MAX_SPACES;

    if (!writer->indent)
        return;
    memcpy(room(writer->out, sizeof(line)), line, sizeof(line)); // of a fixed size: a few instructions
    advance(writer->out, 1 + first);
    if (width > first)
        strbuf_add_repeated(writer->out, ' ', width - first);
}

static void write_value(const struct json_writer *writer, const struct value *value, int depth);

static void write_array(const struct json_writer *writer, const struct value *array, int depth)
{
    strbuf_add_char(writer->out, '[');
    for (size_t i = 0; i < array->array.length; i++) {
        if (i)
            strbuf_add_char(writer->out, ',');
        line_break(writer, depth + 1);
        write_value(writer, array->array.items[i], depth + 1);
    }
    if (array->array.length)
        line_break(writer, depth);
    strbuf_add_char(writer->out, ']');
}

static void write_object(const struct json_writer *writer, const struct value *object, int depth)
{
    strbuf_add_char(writer->out, '{');
    for (size_t i = 0; i < object->object.length; i++) {
        const struct field *field = &object->object.fields[i];

        if (i)
            strbuf_add_char(writer->out, ',');
        line_break(writer, depth + 1);
        write_string(writer->out, field->key, writer->ascii);
        strbuf_add_string(writer->out, writer->indent ? ": " : ":");
        write_value(writer, field->value, depth + 1);
    }
    if (object->object.length)
        line_break(writer, depth);
    strbuf_add_char(writer->out, '}');
}

static void write_value(const struct json_writer *writer, const struct value *value, int depth)
{
    switch (value ? value->type : VALUE_NULL) {
    case VALUE_NULL:
        strbuf_add_string(writer->out, "null");
        return;
    case VALUE_BOOLEAN:
        strbuf_add_string(writer->out, value->boolean ? "true" : "false");
        return;
    case VALUE_NUMBER:
        if (value->digits)
            strbuf_add_string(writer->out, value->digits);
        else
            json_write_number(writer->out, value->number);
        return;
    case VALUE_STRING:
        write_string(writer->out, value->string, writer->ascii);
        return;
    case VALUE_ARRAY:
        write_array(writer, value, depth);
        return;
    case VALUE_OBJECT:
        write_object(writer, value, depth);
        return;
    case VALUE_TOKEN:
        BUG("a token in JSON");
    }
}

void json_write(struct strbuf *out, const struct value *value, int indent)
{
    write_value(&(struct json_writer){ out, indent, true }, value, 0);
}

void json_write_unicode(struct strbuf *out, const struct value *value, int indent)
{
    write_value(&(struct json_writer){ out, indent, false }, value, 0);
}

void json_stringify(struct strbuf *out, const struct value *value)
{
    json_write_unicode(out, value, 0);
}
