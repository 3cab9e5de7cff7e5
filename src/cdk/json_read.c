// SPDX-License-Identifier: MIT
#include "cdk/json.h"

#include "cdk/value_private.h"
#include "util/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// RFC 8259, straight into values: templates are long, and most of the time of a comparison would go into a
// tree between the text and them.

enum { DEPTH_LIMIT = 500, EXACT_DIGITS = 15 };

struct reader {
    const char *text, *at, *end;
    const char *name;
    bool unique; // keys
    struct error *err;
};

static bool fail(const struct reader *reader, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Columns are characters. Returns false.
static bool fail(const struct reader *reader, const char *at, const char *format, ...)
{
    size_t line = 1, column = 1;
    STRBUF_AUTO text = STRBUF_INIT;
    va_list arguments;

    for (const char *c = reader->text; c < at; c++) {
        column += ((unsigned char)*c & 0xC0) != 0x80;
        if (*c == '\n') {
            line++;
            column = 1;
        }
    }
    va_start(arguments, format);
    strbuf_vaddf(&text, format, arguments);
    va_end(arguments);
    error_set(reader->err, "%s:%zu:%zu: %s", reader->name, line, column, text.data);
    return false;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end &&
        (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
        reader->at++;
}

static char next(const struct reader *reader)
{
    return reader->at < reader->end ? *reader->at : '\0';
}

static bool expect(struct reader *reader, const char *what)
{
    if (reader->at == reader->end)
        return fail(reader, reader->at, "the text ends where %s is expected", what);
    return fail(reader, reader->at, "%s is expected", what);
}

// Strings.

// The place of the quote at the end of the string that begins here; sets *ret_is_plain when it holds nothing
// but itself.
static const char *find_end(const struct reader *reader, bool *ret_is_plain)
{
    bool is_plain = true;

    for (const char *at = reader->at; at < reader->end; at++) {
        unsigned char c = (unsigned char)*at;

        if (c == '"') {
            *ret_is_plain = is_plain;
            return at;
        }
        if (c < 0x20) {
            fail(reader, at, "a string holds the control character 0x%02x", c);
            return NULL;
        }
        if (c == '\\' && at + 1 < reader->end)
            at++;
        is_plain = is_plain && c != '\\' && c < 0x80;
    }
    fail(reader, reader->at - 1, "a string does not end");
    return NULL;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The four digits of "\uXXXX" at `at`, before `end`; -1 when there are none.
static int32_t read_unit(const char *at, const char *end)
{
    int32_t unit = 0;

    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);

        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static char *add_character(char *out, int32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
        return out;
    }
    if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            *out++ = (char)(0xE0 | c >> 12);
        } else {
            *out++ = (char)(0xF0 | c >> 18);
            *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        }
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *out++ = (char)(0x80 | (c & 0x3F));
    return out;
}

// "\uXXXX", or two of them that are one character. Both move on; false on error.
static bool read_unicode_escape(const struct reader *reader, const char **at, const char *end, char **out)
{
    int32_t unit = read_unit(*at, end);
    int32_t low = 0;

    if (unit < 0)
        return fail(reader, *at, "four hexadecimal digits are expected behind '\\u'");
    if (unit == 0)
        return fail(reader, *at, "'\\u0000' cannot be part of a string here");
    if (unit >= 0xD800 && unit <= 0xDFFF) {
        low = read_unit(*at + 6, end);
        if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
            return fail(reader, *at, "'%.6s' is half a character", *at);
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    *out = add_character(*out, unit);
    *at += low ? 12 : 6;
    return true;
}

static bool read_escape(const struct reader *reader, const char **at, const char *end, char **out)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if ((*at)[1] == 'u')
        return read_unicode_escape(reader, at, end, out);
    found = strchr(names, (*at)[1]);
    if (!found || !*found)
        return fail(reader, *at, "a backslash stands before what JSON does not escape");
    *(*out)++ = meanings[found - names];
    *at += 2;
    return true;
}

// A closing quote stands behind it, so that no sequence reaches beyond.
static bool copy_sequence(const struct reader *reader, const char **at, char **out)
{
    size_t length = utf8_sequence_length(*at);

    if (!length)
        return fail(reader, *at, "unable to decode byte 0x%02x", (unsigned char)**at);
    memcpy(*out, *at, length);
    *at += length;
    *out += length;
    return true;
}

static char *decode(const struct reader *reader, const char *at, const char *end)
{
    char *text = arena_allocate(value_arena(), (size_t)(end - at) + 1);
    char *out = text;

    while (at < end) {
        bool is_read = true;

        if (*at == '\\')
            is_read = read_escape(reader, &at, end, &out);
        else if ((unsigned char)*at >= 0x80)
            is_read = copy_sequence(reader, &at, &out);
        else
            *out++ = *at++;
        if (!is_read)
            return NULL;
    }
    *out = '\0';
    return text;
}

// In the arena; NULL on error.
static const char *read_text(struct reader *reader)
{
    const char *start = ++reader->at;
    bool is_plain;
    const char *end = find_end(reader, &is_plain);

    if (!end)
        return NULL;
    reader->at = end + 1;
    return is_plain ? arena_strndup(value_arena(), start, (size_t)(end - start)) : decode(reader, start, end);
}

static struct value *read_string(struct reader *reader)
{
    const char *text = read_text(reader);
    struct value *value;

    if (!text)
        return NULL;
    value = value_make(VALUE_STRING);
    value->string = text;
    return value;
}

// Numbers and words.

static bool skip_digits(struct reader *reader)
{
    const char *start = reader->at;

    while (next(reader) >= '0' && next(reader) <= '9')
        reader->at++;
    return reader->at > start || expect(reader, "a digit");
}

static bool skip_fraction(struct reader *reader)
{
    if (next(reader) == '.') {
        reader->at++;
        if (!skip_digits(reader))
            return false;
    }
    if (next(reader) == 'e' || next(reader) == 'E') {
        reader->at++;
        if (next(reader) == '+' || next(reader) == '-')
            reader->at++;
        return skip_digits(reader);
    }
    return true;
}

static double exact(const char *digits, const char *end)
{
    double n = 0;

    for (; digits < end; digits++)
        n = n * 10 + (*digits - '0');
    return n;
}

static struct value *read_number(struct reader *reader)
{
    const char *start = reader->at;
    bool is_negative = *start == '-';
    const char *digits, *end;
    double n;

    reader->at += is_negative;
    digits = reader->at;
    if (!skip_digits(reader))
        return NULL;
    end = reader->at;
    if (*digits == '0' && end - digits > 1) {
        fail(reader, start, "a number begins with 0");
        return NULL;
    }
    if (!skip_fraction(reader))
        return NULL;
    if (reader->at == end && end - digits <= EXACT_DIGITS)
        return number(is_negative ? -exact(digits, end) : exact(digits, end));
    n = strtod(arena_strndup(value_arena(), start, (size_t)(reader->at - start)), NULL);
    if (isinf(n)) {
        fail(reader, start, "a number is too large");
        return NULL;
    }
    return number(n);
}

static bool skip_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static struct value *read_word(struct reader *reader)
{
    if (skip_word(reader, "true"))
        return boolean(true);
    if (skip_word(reader, "false"))
        return boolean(false);
    if (skip_word(reader, "null"))
        return null();
    expect(reader, "a value");
    return NULL;
}

// Arrays and objects.

static struct value *read_value(struct reader *reader, int depth);

// Behind an item: true when there is another one.
static bool has_more(struct reader *reader, char close, bool *ret_failed)
{
    skip_blanks(reader);
    if (next(reader) == ',') {
        reader->at++;
        skip_blanks(reader);
        return true;
    }
    if (next(reader) == close)
        reader->at++;
    else
        *ret_failed = !expect(reader, close == ']' ? "',' or ']'" : "',' or '}'");
    return false;
}

// Behind the bracket that opens: true when nothing is in it.
static bool is_empty(struct reader *reader, char close)
{
    reader->at++;
    skip_blanks(reader);
    if (next(reader) != close)
        return false;
    reader->at++;
    return true;
}

static struct value *read_array(struct reader *reader, int depth)
{
    struct value *items = array();
    bool failed = false;

    if (is_empty(reader, ']'))
        return items;
    do {
        struct value *item = read_value(reader, depth + 1);

        if (!item)
            return NULL;
        array_append(items, item);
    } while (has_more(reader, ']', &failed));
    return failed ? NULL : items;
}

static const char *read_key(struct reader *reader)
{
    const char *key = NULL;

    if (next(reader) != '"')
        expect(reader, "a key in quotes");
    else
        key = read_text(reader);
    if (!key)
        return NULL;
    skip_blanks(reader);
    if (next(reader) != ':') {
        expect(reader, "':'");
        return NULL;
    }
    reader->at++;
    skip_blanks(reader);
    return key;
}

static bool read_field(struct reader *reader, struct value *fields, int depth)
{
    const char *start = reader->at;
    const char *key = read_key(reader);
    bool is_known = key && object_get(fields, key);
    struct value *value;

    if (is_known && reader->unique)
        return fail(reader, start, "the key '%s' stands twice", key);
    value = key ? read_value(reader, depth + 1) : NULL;
    if (!value)
        return false;
    if (is_known)
        object_set(fields, key, value);
    else
        object_append(fields, key, value);
    return true;
}

static struct value *read_object(struct reader *reader, int depth)
{
    struct value *fields = object((struct field[]){ END });
    bool failed = false;

    if (is_empty(reader, '}'))
        return fields;
    do {
        if (!read_field(reader, fields, depth))
            return NULL;
    } while (has_more(reader, '}', &failed));
    return failed ? NULL : fields;
}

static struct value *read_value(struct reader *reader, int depth)
{
    char c = next(reader);

    if (depth > DEPTH_LIMIT && (c == '[' || c == '{')) {
        fail(reader, reader->at, "nested more than %d levels deep", DEPTH_LIMIT);
        return NULL;
    }
    if (c == '{')
        return read_object(reader, depth);
    if (c == '[')
        return read_array(reader, depth);
    if (c == '"')
        return read_string(reader);
    return c == '-' || (c >= '0' && c <= '9') ? read_number(reader) : read_word(reader);
}

static struct value *parse(const char *text, size_t length, const char *name, bool unique, struct error *err)
{
    struct reader reader = { text, text, text + length, name, unique, err };
    struct value *value;

    skip_blanks(&reader);
    value = read_value(&reader, 1);
    skip_blanks(&reader);
    if (value && reader.at < reader.end) {
        fail(&reader, reader.at, "there is more text behind the value");
        return NULL;
    }
    return value;
}

struct value *json_parse(const char *text, size_t length, const char *name, struct error *err)
{
    return parse(text, length, name, false, err);
}

struct value *json_parse_unique(const char *text, size_t length, const char *name, struct error *err)
{
    return parse(text, length, name, true, err);
}
