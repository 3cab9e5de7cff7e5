// SPDX-License-Identifier: MIT
#include "cdk/token.h"
#include "data/json.h"
#include "util/array.h"
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
    if (!strstr(err.message, message))
        fail_msg("'%s' is not in '%s'", message, err.message);
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

static void errors_say_where(void **state)
{
    static const char *const broken[] = { "\"\xc3\xa9\xc3\"", "\"a\\", "\"a\nb\"", "\"\\x\"", "\"\\u12\"",
        "\"\\ud83dx\"", "\"\\udc00\"", "{\"a\" 1}", "{a: 1}", "{\"a\": 1,}", "[1,]", "[1 2]", "-", "1.",
        "1e999", "nul" };

    (void)state;
    assert_refused("{\n  \"a\": x\n}", 12, "file.json:2:");
    assert_refused("[1, 2", 5, "file.json:1:5");
    assert_refused("[1] 2", 5, "file.json:1:");
    assert_refused("", 0, "file.json");
    assert_refused("007", 3, "file.json:1:");
    assert_refused("\"\xff\"", 3, "unable to decode byte 0xff");
    assert_refused("\"a\\u0000b\"", 10, "u0000");
    assert_refused("\"a\0b\"", 5, "file.json:1:");
    for (size_t i = 0; i < ARRAY_SIZE(broken); i++)
        assert_refused(broken[i], strlen(broken[i]), "file.json:1:");
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

static void a_key_that_stands_twice(void **state)
{
    static const char text[] = "{\n \"a\": {\"b\": 1,\n \"b\": 2}}";
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_null(json_parse_unique(text, strlen(text), "file.json", &err));
    assert_non_null(strstr(err.message, "file.json:3:"));
    assert_non_null(strstr(err.message, "duplicate object key"));
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
    assert_refused(text, 2 * (size_t)DEPTH, "file.json");
    assert_refused(text + DEPTH - 501, 1002, "more than 500 levels");
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
        cmocka_unit_test_setup_teardown(a_key_that_stands_twice, value_arena_setup, value_arena_teardown),
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
