// SPDX-License-Identifier: MIT
#include "cdk/token.h"
#include "data/json.h"
#include "util/array.h"
#include "util/string_list.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct value *parse(const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    struct value *value = json_parse(text, strlen(text), "file.json", &err);

    if (!value)
        fail_msg("%s", err.message);
    return value;
}

static void assert_refused(const char *text, size_t length, const char *message)
{
    ERROR_AUTO err = ERROR_INIT;

    assert_null(json_parse(text, length, "file.json", &err));
    assert_non_null(err.message);
    if (strncmp(err.message, "file.json:", 10) != 0 || strcmp(err.message + 10, message) != 0)
        fail_msg("'%s' instead of 'file.json:%s'", err.message, message);
}

static void assert_round_trip(const char *text)
{
    STRBUF_AUTO out = STRBUF_INIT;

    json_write(&out, parse(text), 0);
    assert_string_equal(out.data, text);
}

// Strings of every length with a character that is written otherwise at every place.
static void escapes_wherever_they_are(void **state)
{
    static const char *const escapes[][2] = { { "\"", "\\\"" }, { "\\", "\\\\" }, { "\x1f", "\\u001f" },
        { "\x7f", "\\u007f" }, { "\xc3\xa9", "\\u00e9" }, { "\xf0\x9f\x98\x80", "\\ud83d\\ude00" },
        { " ", " " }, { "~", "~" } };
    static const char plain[] = "abcdefghijklmnopqrstuvwx";

    (void)state;
    for (size_t length = 0; length < sizeof(plain); length++)
        for (size_t at = 0; at <= length; at++)
            for (size_t i = 0; i < ARRAY_SIZE(escapes); i++) {
                STRBUF_AUTO text = STRBUF_INIT;
                STRBUF_AUTO expected = STRBUF_INIT;
                STRBUF_AUTO out = STRBUF_INIT;

                strbuf_addf(&text, "%.*s%s%.*s", (int)at, plain, escapes[i][0], (int)(length - at), plain);
                strbuf_addf(
                    &expected, "\"%.*s%s%.*s\"", (int)at, plain, escapes[i][1], (int)(length - at), plain);
                json_write(&out, string(text.data), 0);
                assert_string_equal(out.data, expected.data);
            }
}

static void round_trips(void **state)
{
    static const char *const texts[] = {
        "null",
        "true",
        "\"\"",
        "[]",
        "{}",
        "[1,[2,[3]],{\"a\":{\"b\":[]}}]",
        "{\"z\":1,\"a\":2}",
        "\"\\u00e9\\ud83d\\ude00\\n\\t\\\"\\\\\\u0001\"",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        assert_round_trip(texts[i]);
}

// What JavaScript's String(n) gives.
static void numbers_look_as_in_javascript(void **state)
{
    static const struct {
        double number;
        const char *text;
    } rows[] = {
        { 0, "0" },
        { -0.0, "0" },
        { 1, "1" },
        { -1.5, "-1.5" },
        { 0.1, "0.1" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 1e21, "1e+21" },
        { 1e20, "100000000000000000000" },
        { 123456789012.0, "123456789012" },
        { 9007199254740993.0, "9007199254740992" },
        { 1e-6, "0.000001" },
        { 1e-7, "1e-7" },
        { 1.25e-9, "1.25e-9" },
        { 1.7976931348623157e308, "1.7976931348623157e+308" },
        { 5e-324, "5e-324" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        STRBUF_AUTO out = STRBUF_INIT;

        json_write_number(&out, rows[i].number);
        assert_string_equal(out.data, rows[i].text);
    }
}

static void fractions_have_no_idle_digits(void **state)
{
    (void)state;
    for (int i = -3000; i <= 3000; i++) {
        STRBUF_AUTO out = STRBUF_INIT;
        STRBUF_AUTO expected = STRBUF_INIT;

        strbuf_addf(&expected, "%.3f", i / 1000.0);
        while (expected.data[expected.length - 1] == '0')
            strbuf_truncate(&expected, expected.length - 1);
        if (expected.data[expected.length - 1] == '.')
            strbuf_truncate(&expected, expected.length - 1);
        json_write_number(&out, i / 1000.0);
        assert_string_equal(out.data, expected.data);
    }
}

static void indents(void **state)
{
    STRBUF_AUTO out = STRBUF_INIT;

    (void)state;
    json_write(&out, parse("{\"a\":[1,{}],\"b\":[]}"), 2);
    assert_string_equal(out.data, "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

static void stringify_keeps_characters(void **state)
{
    STRBUF_AUTO out = STRBUF_INIT;

    (void)state;
    json_stringify(&out, string("é\x7f\n"));
    assert_string_equal(out.data, "\"é\x7f\\n\"");
}

// By RFC 8259, and by what a C string and a double can hold. Each is the whole message.
static const struct {
    const char *text, *message;
} refused[] = {
    { "", "1:1: expected a value, found the end of the text" },
    { " \n\t", "2:2: expected a value, found the end of the text" },
    { "\xef\xbb\xbf{}", "1:1: expected a value, found a byte order mark" },
    { "{\n  \"a\": x\n}", "2:8: expected a value, found 'x'" },
    { "[1, 2", "1:6: expected ',' or ']', found the end of the text" },
    { "[1, 2\n", "2:1: expected ',' or ']', found the end of the text" },
    { "[1 2]", "1:4: expected ',' or ']', found '2'" },
    { "[1,]", "1:4: expected a value, found ']'" },
    { "[,1]", "1:2: expected a value, found ','" },
    { "[1}", "1:3: expected ',' or ']', found '}'" },
    { "[1] 2", "1:5: expected the end of the text, found '2'" },
    { "{} {}", "1:4: expected the end of the text, found '{'" },
    { "]", "1:1: expected a value, found ']'" },
    { "{\"a\": 1,}", "1:9: expected a key in double quotes, found '}'" },
    { "{\"a\": 1 \"b\": 2}", "1:9: expected ',' or '}', found '\"'" },
    { "{\"a\" 1}", "1:6: expected ':', found '1'" },
    { "{\"a\"}", "1:5: expected ':', found '}'" },
    { "{\"a\":}", "1:6: expected a value, found '}'" },
    { "{a: 1}", "1:2: expected a key in double quotes, found 'a'" },
    { "{'a': 1}", "1:2: expected a key in double quotes, found '''" },
    { "{1: 2}", "1:2: expected a key in double quotes, found '1'" },
    { "{", "1:2: expected a key in double quotes, found the end of the text" },
    { "'a'", "1:1: expected a value, found '''" },
    { "\xc3\xa9", "1:1: expected a value, found '\xc3\xa9'" },
    { "[1 \xff]", "1:4: invalid UTF-8: byte 0xff" },
    { "[1\x01]", "1:3: expected ',' or ']', found the character U+0001" },
    { "[1,\v2]", "1:4: expected a value, found the character U+000B" },
    { "[1]\f", "1:4: expected the end of the text, found the character U+000C" },
    { "[\xc2\xa0 1]", "1:2: expected a value, found '\\u00a0'" },
    { "/* a */ 1", "1:1: expected a value, found '/'" },
    { "[1, // a\n2]", "1:5: expected a value, found '/'" },
    { "nul", "1:1: expected a value, found 'nul'" },
    { "nulll", "1:1: expected a value, found 'nulll'" },
    { "[true1]", "1:2: expected a value, found 'true1'" },
    { "True", "1:1: expected a value, found 'True'" },
    { "NaN", "1:1: expected a value, found 'NaN'" },
    { "-Infinity", "1:2: expected a digit, found 'Infinity'" },
    { "007", "1:2: a number has a leading zero" },
    { "-01", "1:3: a number has a leading zero" },
    { "+1", "1:1: expected a value, found '+'" },
    { "-", "1:2: expected a digit, found the end of the text" },
    { "--1", "1:2: expected a digit, found '-'" },
    { ".5", "1:1: expected a value, found '.'" },
    { "1.", "1:3: expected a digit, found the end of the text" },
    { "[1.]", "1:4: expected a digit, found ']'" },
    { "1e", "1:3: expected a digit, found the end of the text" },
    { "1e+", "1:4: expected a digit, found the end of the text" },
    { "0x1F", "1:2: expected the end of the text, found 'x1F'" },
    { "[0,\n 1e999]", "2:2: the number 1e999 is too large" },
    { "-1E+400", "1:1: the number -1E+400 is too large" },
    { "\"a", "1:1: a string is not terminated" },
    { "[\"a\\", "1:2: a string is not terminated" },
    { "\"a\\\"", "1:1: a string is not terminated" },
    { "{\"a", "1:2: a string is not terminated" },
    { "\"a\nb\"", "1:3: the control character U+000A in a string must be escaped" },
    { "\"\t\"", "1:2: the control character U+0009 in a string must be escaped" },
    { "\"\\x\"", "1:2: unknown escape '\\x' in a string" },
    { "\"\\\xc3\xa9\"", "1:2: unknown escape '\\\xc3\xa9' in a string" },
    { "\"\\u12\"", "1:2: '\\u' must be followed by four hexadecimal digits" },
    { "\"\\u12g4\"", "1:2: '\\u' must be followed by four hexadecimal digits" },
    { "\"\\U0041\"", "1:2: unknown escape '\\U' in a string" },
    { "\"a\\u0000b\"", "1:3: a string cannot hold the character U+0000 (\\u0000)" },
    { "{\"\\u0000\": 1}", "1:3: a string cannot hold the character U+0000 (\\u0000)" },
    { "\"\\ud83dx\"", "1:2: \\ud83d is half of a surrogate pair" },
    { "\"\\ud83d\\u0041\"", "1:2: \\ud83d is half of a surrogate pair" },
    { "\"\\udc00\"", "1:2: \\udc00 is half of a surrogate pair" },
    { "\"\\ud83d", "1:2: \\ud83d is half of a surrogate pair" },
    { "\"\xff\"", "1:2: invalid UTF-8: byte 0xff" },
    { "\"\xc3\xa9\xc3\"", "1:3: invalid UTF-8: byte 0xc3" },
    { "\"\xc3", "1:2: invalid UTF-8: byte 0xc3" },
    { "\"\xc0\xaf\"", "1:2: invalid UTF-8: byte 0xc0" },
    { "\"\xed\xa0\x80\"", "1:2: invalid UTF-8: byte 0xed" },
    { "\"\xf4\x90\x80\x80\"", "1:2: invalid UTF-8: byte 0xf4" },
    { "\"\xe0\x80\x80\"", "1:2: invalid UTF-8: byte 0xe0" },
    { "{\"\x80\": 1}", "1:3: invalid UTF-8: byte 0x80" },
};

static void errors_say_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
        assert_refused(refused[i].text, strlen(refused[i].text), refused[i].message);
    assert_refused("\"a\0b\"", 5, "1:3: the control character U+0000 in a string must be escaped");
    assert_refused("[1\0]", 4, "1:3: expected ',' or ']', found the character U+0000");
    assert_refused("[1]\0", 4, "1:4: expected the end of the text, found the character U+0000");
}

// cJSON reads the first 63 characters of a number in some versions.
static void numbers_of_any_length(void **state)
{
    STRBUF_AUTO text = STRBUF_INIT;
    const struct value *items;

    (void)state;
    strbuf_add_string(&text, "[1.");
    strbuf_add_repeated(&text, '0', 1000);
    strbuf_add_string(&text, "1, \"1");
    strbuf_add_repeated(&text, '0', 100);
    strbuf_add_string(&text, "\", -0.");
    strbuf_add_repeated(&text, '0', 400);
    strbuf_add_string(&text, "25e400 ,1");
    strbuf_add_repeated(&text, '0', 308);
    strbuf_add_string(&text, "]");
    items = parse(text.data);
    assert_true(value_number(array_at(items, 0)) == 1);
    assert_int_equal(strlen(value_string(array_at(items, 1))), 101);
    assert_true(value_number(array_at(items, 2)) == -0.25);
    assert_true(value_number(array_at(items, 3)) == 1e308);
    strbuf_reset(&text);
    strbuf_add_string(&text, " 1");
    strbuf_add_repeated(&text, '0', 300);
    assert_true(value_number(parse(text.data)) == 1e300);
    strbuf_add_repeated(&text, '0', 9);
    assert_refused(
        text.data, text.length, "1:2: the number 1000000000000000000000000000000000000000... is too large");
}

// Nothing behind the text is looked at.
static void text_without_an_end(void **state)
{
    static const char *const texts[] = { "12", "\"a\"", "[]", "{\"a\":1}", "true", "1e5", " [ 0 ] ",
        "\"\\u0041\"" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        size_t length = strlen(texts[i]);
        char *copy = malloc(length);
        ERROR_AUTO err = ERROR_INIT;

        assert_non_null(copy);
        memcpy(copy, texts[i], length);
        assert_true(value_equal(json_parse(copy, length, "", &err), parse(texts[i])));
        free(copy);
    }
}

static void keys_differ_by_case(void **state)
{
    const struct value *value = parse("{\"a\":1,\"A\":2,\"\":3,\"constructor\":4,\"__proto__\":5}");

    (void)state;
    assert_int_equal(value_length(value), 5);
    assert_int_equal((int)value_number(object_get(value, "a")), 1);
    assert_int_equal((int)value_number(object_get(value, "A")), 2);
    assert_int_equal((int)value_number(object_get(value, "")), 3);
}

static void numbers_are_read_exactly(void **state)
{
    static const struct {
        const char *text;
        double number;
    } rows[] = { { "0", 0 }, { "-7", -7 }, { "123456789012345", 123456789012345.0 },
        { "12345678901234567890", 12345678901234567890.0 }, { "0.1", 0.1 }, { "-1.5e-3", -0.0015 },
        { "2E+2", 200 }, { "4.9406564584124654e-324", 5e-324 }, { "1e-999", 0 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        assert_true(value_number(parse(rows[i].text)) == rows[i].number);
    assert_true(1 / value_number(parse("-0")) < 0);
}

static void characters_of_every_length(void **state)
{
    (void)state;
    assert_string_equal(
        value_string(parse("\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00 \xc3\xa9\xf0\x9f\x98\x80\"")),
        "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 \xc3\xa9\xf0\x9f\x98\x80");
    assert_string_equal(value_string(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"")), "\"\\/\b\f\n\r\t");
}

static void a_duplicate_key(void **state)
{
    static const char text[] = "{\n \"a\": {\"b\": \"\\\"b\\\":\",\n \"\\u0062\" : 2}, \"b\":\n3}";
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_null(json_parse_unique(text, strlen(text), "file.json", &err));
    assert_string_equal(err.message, "file.json:3:2: duplicate key 'b' (first in line 2)");
}

static void all_duplicate_keys(void **state)
{
    static const char text[] = "{\"a\": 1,\n\"b\": [{\"c\": 1,\n\"d\": {}, \"c\": 2}],\n\"a\": 2, \"a\": 3}";
    struct string_list found = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    const struct value *value = json_parse_noting(text, strlen(text), "f", &found, &err);

    (void)state;
    assert_int_equal((int)value_number(object_get(value, "a")), 3);
    assert_int_equal(found.count, 3);
    assert_string_equal(found.items[0], "f:3:10: duplicate key 'c' (first in line 2)");
    assert_string_equal(found.items[1], "f:4:1: duplicate key 'a' (first in line 1)");
    assert_string_equal(found.items[2], "f:4:9: duplicate key 'a' (first in line 1)");
}

static void the_last_of_equal_keys_counts(void **state)
{
    (void)state;
    assert_round_trip("{\"a\":2}");
    assert_int_equal((int)value_number(object_get(parse("{\"a\":1,\"a\":2}"), "a")), 2);
}

static void refuses_what_is_too_deep(void **state)
{
    enum { DEPTH = 100000 };
    char *text = malloc(2 * DEPTH);

    (void)state;
    assert_non_null(text);
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    assert_refused(text, 2 * (size_t)DEPTH, "1:501: nested more than 500 levels deep");
    assert_refused(text + DEPTH - 501, 1002, "1:501: nested more than 500 levels deep");
    assert_non_null(json_parse(text + DEPTH - 500, 1000, "", &(struct error)ERROR_INIT));
    free(text);
}

static void finds_keys_of_large_objects(void **state)
{
    struct value *large = object((struct field[]){ END });

    (void)state;
    for (int i = 0; i < 1000; i++)
        object_set(large, arena_printf(value_arena(), "key%d", i), number(i));
    object_remove(large, "key500");
    object_set(large, "key7", number(-7));
    assert_int_equal(value_length(large), 999);
    assert_null(object_get(large, "key500"));
    assert_int_equal((int)value_number(object_get(large, "key7")), -7);
    assert_int_equal((int)value_number(object_get(large, "key999")), 999);
    assert_string_equal(object_at(large, 500)->key, "key501");
}

static void equality_ignores_the_order_of_keys(void **state)
{
    (void)state;
    assert_true(
        value_equal(parse("{\"a\":[1,true,null],\"b\":\"x\"}"), parse("{\"b\":\"x\",\"a\":[1,true,null]}")));
    assert_false(value_equal(parse("[1,2]"), parse("[2,1]")));
    assert_false(value_equal(parse("{\"a\":1}"), parse("{\"a\":\"1\"}")));
    assert_false(value_equal(parse("{\"a\":1}"), parse("{\"a\":1,\"b\":2}")));
}

static void drops_what_is_not_there(void **state)
{
    const struct value *value = object((struct field[]){ { "a", NULL }, { "b", string(NULL) }, END });

    (void)state;
    assert_int_equal(value_length(value), 0);
    assert_int_equal(value_length(array_n((struct value *[]){ NULL, number(1), NULL }, 3)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(escapes_wherever_they_are, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(round_trips, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            numbers_look_as_in_javascript, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            fractions_have_no_idle_digits, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(indents, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(stringify_keeps_characters, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(errors_say_where, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(numbers_are_read_exactly, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(characters_of_every_length, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(numbers_of_any_length, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(text_without_an_end, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(keys_differ_by_case, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(a_duplicate_key, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(all_duplicate_keys, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            the_last_of_equal_keys_counts, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(refuses_what_is_too_deep, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(finds_keys_of_large_objects, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            equality_ignores_the_order_of_keys, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(drops_what_is_not_there, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
