// SPDX-License-Identifier: MIT
#include "data/json_check.h"

#include "util/text/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scanner {
    const char *at;
    const char *end;
    const struct json_rules *rules;
    const char *failed_at;
    struct json_error *error; // NULL: nobody asks
};

static bool scan_value(struct scanner *s, int depth);

__attribute__((format(printf, 3, 4))) static bool fail(
    struct scanner *s, const char *at, const char *format, ...)
{
    va_list arguments;

    s->failed_at = at;
    if (!s->error)
        return false;
    va_start(arguments, format);
    vsnprintf(s->error->message, sizeof(s->error->message), format, arguments);
    va_end(arguments);
    return false;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// What is there instead: a word or a character.
static bool fail_expected(struct scanner *s, const char *expected)
{
    enum { LONGEST_WORD = 20 };
    const unsigned char *at = (const unsigned char *)s->at;
    size_t left = (size_t)(s->end - s->at), length = 0;

    if (!left)
        return fail(s, s->at, "expected %s, found the end of the text", expected);
    while (length < left && length < LONGEST_WORD && is_word_character(s->at[length]))
        length++;
    if (!length)
        length = utf8_sequence(s->at, left);
    if (!length)
        return fail(s, s->at, "invalid UTF-8: byte 0x%02x", *at);
    if (*at < 0x20 || *at == 0x7f)
        return fail(s, s->at, "expected %s, found the character U+%04X", expected, (unsigned)*at);
    if (left >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        return fail(s, s->at, "expected %s, found a byte order mark", expected);
    return fail(s, s->at, "expected %s, found '%.*s'", expected, (int)length, s->at);
}

static void skip_space(struct scanner *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r'))
        s->at++;
}

static bool take(struct scanner *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static bool scan_word(struct scanner *s, const char *word)
{
    size_t length = strlen(word), left = (size_t)(s->end - s->at);

    if (left < length || memcmp(s->at, word, length) != 0 ||
        (left > length && is_word_character(s->at[length])))
        return fail_expected(s, "a value");
    s->at += length;
    return true;
}

static bool is_digit(const struct scanner *s)
{
    return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

static bool scan_digits(struct scanner *s)
{
    if (!is_digit(s))
        return fail_expected(s, "a digit");
    while (is_digit(s))
        s->at++;
    return true;
}

static bool is_finite(const char *number, size_t length)
{
    char few[64];
    char *copy = length < sizeof(few) ? few : malloc(length + 1);
    bool finite = copy != NULL;

    if (copy) {
        memcpy(copy, number, length);
        copy[length] = '\0';
        finite = isfinite(strtod(copy, NULL));
    }
    if (copy != few)
        free(copy);
    return finite;
}

// Only an exponent or hundreds of digits make a number too large.
static bool check_size(struct scanner *s, const char *number, bool has_exponent)
{
    enum { SHOWN = 40, FEWEST_DIGITS = 309 };
    size_t length = (size_t)(s->at - number);

    if (!s->rules->readable || (!has_exponent && length < FEWEST_DIGITS) || is_finite(number, length))
        return true;
    return fail(s, number, "the number %.*s%s is too large", (int)(length > SHOWN ? SHOWN : length), number,
        length > SHOWN ? "..." : "");
}

static bool scan_number(struct scanner *s)
{
    const char *start = s->at;
    bool has_exponent;

    take(s, '-');
    if (take(s, '0')) {
        if (is_digit(s))
            return fail(s, s->at, "a number has a leading zero");
    } else if (!scan_digits(s)) {
        return false;
    }
    if (take(s, '.') && !scan_digits(s))
        return false;
    has_exponent = take(s, 'e') || take(s, 'E');
    if (has_exponent) {
        if (!take(s, '+'))
            take(s, '-');
        if (!scan_digits(s))
            return false;
    }
    return check_size(s, start, has_exponent);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int32_t json_unit(const char *digits)
{
    int32_t unit = 0;

    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(digits[i]);

        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

// Of "\uXXXX" at `at`; -1 when it is not there.
static int32_t escaped_unit(const struct scanner *s, const char *at)
{
    return s->end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? json_unit(at + 2) : -1;
}

static bool scan_unit(struct scanner *s)
{
    const char *start = s->at;
    int32_t unit = escaped_unit(s, start), low;

    if (unit < 0)
        return fail(s, start, "'\\u' must be followed by four hexadecimal digits");
    s->at += 6;
    if (!s->rules->readable)
        return true;
    if (unit == 0)
        return fail(s, start, "a string cannot hold the character U+0000 (\\u0000)");
    if (unit < 0xd800 || unit > 0xdfff)
        return true;
    low = escaped_unit(s, s->at);
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return fail(s, start, "%.6s is half of a surrogate pair", start);
    s->at += 6;
    return true;
}

// Two bytes at least are there.
static bool scan_escape(struct scanner *s)
{
    const char *start = s->at;
    size_t shown;

    if (start[1] == 'u')
        return scan_unit(s);
    if (start[1] && strchr("\"\\/bfnrt", start[1])) {
        s->at += 2;
        return true;
    }
    shown = (unsigned char)start[1] < 0x20 ? 0 : utf8_sequence(start + 1, (size_t)(s->end - start - 1));
    return fail(s, start, "unknown escape '\\%.*s' in a string", (int)shown, start + 1);
}

static bool is_plain(char c)
{
    return (signed char)c >= 0x20 && c != '"' && c != '\\';
}

static bool scan_character(struct scanner *s)
{
    unsigned char c = (unsigned char)*s->at;
    size_t length;

    if (c == '\\')
        return scan_escape(s);
    if (c < 0x20)
        return fail(s, s->at, "the control character U+%04X in a string must be escaped", (unsigned)c);
    length = utf8_sequence(s->at, (size_t)(s->end - s->at));
    if (!length)
        return fail(s, s->at, "invalid UTF-8: byte 0x%02x", (unsigned)c);
    s->at += length;
    return true;
}

static bool scan_string(struct scanner *s)
{
    const char *start = s->at++;

    for (;;) {
        while (s->at < s->end && is_plain(*s->at))
            s->at++;
        if (s->end - s->at < (s->at < s->end && *s->at == '\\' ? 2 : 1))
            return fail(s, start, "a string is not terminated");
        if (*s->at == '"')
            break;
        if (!scan_character(s))
            return false;
    }
    s->at++;
    return true;
}

static bool scan_key(struct scanner *s)
{
    skip_space(s);
    if (s->at == s->end || *s->at != '"')
        return fail_expected(s, "a key in double quotes");
    if (!scan_string(s))
        return false;
    skip_space(s);
    return take(s, ':') || fail_expected(s, "':'");
}

static bool scan_container(struct scanner *s, bool is_object, int depth)
{
    char close = is_object ? '}' : ']';

    if (depth >= s->rules->depth)
        return fail(s, s->at, "nested more than %d levels deep", s->rules->depth);
    s->at++;
    skip_space(s);
    if (take(s, close))
        return true;
    do {
        if ((is_object && !scan_key(s)) || !scan_value(s, depth + 1))
            return false;
        skip_space(s);
    } while (take(s, ','));
    return take(s, close) || fail_expected(s, is_object ? "',' or '}'" : "',' or ']'");
}

static bool scan_value(struct scanner *s, int depth)
{
    skip_space(s);
    switch (s->at < s->end ? *s->at : '\0') {
    case '{':
        return scan_container(s, true, depth);
    case '[':
        return scan_container(s, false, depth);
    case '"':
        return scan_string(s);
    case 'n':
        return scan_word(s, "null");
    case 't':
        return scan_word(s, "true");
    case 'f':
        return scan_word(s, "false");
    case '-':
        return scan_number(s);
    default:
        return is_digit(s) ? scan_number(s) : fail_expected(s, "a value");
    }
}

bool json_check(const char *text, size_t length, const struct json_rules *rules, struct json_error *ret_error)
{
    struct scanner s = { .at = text, .end = text + length, .rules = rules, .error = ret_error };

    if (scan_value(&s, 0)) {
        skip_space(&s);
        if (s.at == s.end)
            return true;
        fail_expected(&s, "the end of the text");
    }
    if (ret_error) {
        ret_error->line = ret_error->column = 1;
        json_position(text, s.failed_at, &ret_error->line, &ret_error->column);
    }
    return false;
}

void json_position(const char *text, const char *end, size_t *line, size_t *column)
{
    for (; text < end; text++) {
        if (*text == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)*text & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

const char *json_skip_string(const char *text)
{
    for (text++; *text != '"'; text++)
        text += *text == '\\';
    return text + 1;
}
