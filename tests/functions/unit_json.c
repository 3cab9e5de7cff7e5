// SPDX-License-Identifier: MIT
#include "json.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool parses(const char *text)
{
    struct json value;
    const size_t length = strlen(text);
    char *copy = malloc(length + !length); // without the NUL, so that reading beyond the end is found
    bool result;

    memcpy(copy, text, length);
    result = json_slice(copy, length, &value);
    free(copy);
    return result;
}

static struct json parsed(const char *text)
{
    struct json value;

    assert_true(json_slice(text, strlen(text), &value));
    return value;
}

static void test_accepts(void **state)
{
    static const char *const texts[] = { "null", "true", "false", "0", "-0", "1.5e+10", "1E5", "-12.25",
        "\"\"", "\"\\u00e9\\n\\\"\\/\"", "[]", "[ ]", "{}", " { \"a\" : [ 1 , 2 ] } \r\n\t",
        "\"\xc3\xa9\xf0\x9f\x98\x80\"", "\"\\ud800\"", "[[[[]]]]", "{\"a\":1,\"a\":2}", "\"\x7f\"" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (!parses(texts[i]))
            fail_msg("refused: %s", texts[i]);
}

static void test_refuses(void **state)
{
    static const char *const texts[] = { "", " ", "nul", "nulll", "True", "01", "+1", "1.", ".5", "1e", "1e+",
        "-", "--1", "0x1", "NaN", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\t\"",
        "[", "[1", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
        "{\"a\":1 \"b\":2}", "{1:2}", "1 2", "{}x", "\xef\xbb\xbf{}", "\"\xff\"", "\"\xc3\"", "\"\xc0\xaf\"",
        "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe0\x80\x80\"", "\"\x80\"", "'a'", "/**/1" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (parses(texts[i]))
            fail_msg("taken: %s", texts[i]);
}

static void test_depth(void **state)
{
    char text[2 * JSON_MAX_DEPTH + 3];

    (void)state;
    memset(text, '[', JSON_MAX_DEPTH);
    memset(text + JSON_MAX_DEPTH, ']', JSON_MAX_DEPTH);
    text[2 * JSON_MAX_DEPTH] = '\0';
    assert_true(parses(text));
    memset(text, '[', JSON_MAX_DEPTH + 1);
    memset(text + JSON_MAX_DEPTH + 1, ']', JSON_MAX_DEPTH + 1);
    text[2 * JSON_MAX_DEPTH + 2] = '\0';
    assert_false(parses(text));
}

static void test_members(void **state)
{
    struct json value =
        parsed("{\"a\":{\"b\":[10,{\"c\":\"x\"}]},\"\\u0061\":{\"b\":2},\"n\":null,\"a.b\":3}");
    long number;

    (void)state;
    assert_true(json_integer(json_path(value, "a.b"), &number));
    assert_int_equal(number, 2); // the last of equal names, however it is written
    assert_int_equal(json_member(value, "n").type, JSON_NULL);
    assert_int_equal(json_member(value, "x").type, JSON_NONE);
    assert_int_equal(json_path(value, "n.x").type, JSON_NONE);
    assert_int_equal(json_path(value, "a.b.c").type, JSON_NONE);
    assert_int_equal(json_member(parsed("[1]"), "a").type, JSON_NONE);
    assert_true(json_integer(json_member(value, "a.b"), &number));
    assert_int_equal(number, 3);
}

static void test_walk(void **state)
{
    struct json array = parsed(" [ 1 , \"two\" , [3] , {\"four\":4} ] "), item;
    enum json_type types[] = { JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };
    struct json_walk walk = { 0 };
    size_t count = 0;

    (void)state;
    while ((item = json_next(array, &walk, NULL)).type != JSON_NONE)
        assert_int_equal(item.type, types[count++]);
    assert_int_equal(count, 4);
    walk = (struct json_walk){ 0 };
    assert_int_equal(json_next(parsed("[]"), &walk, NULL).type, JSON_NONE);
    walk = (struct json_walk){ 0 };
    assert_int_equal(json_next(parsed("7"), &walk, NULL).type, JSON_NONE);
}

static void test_decode(void **state)
{
    static const struct {
        const char *json, *text; // NULL: cannot be decoded
    } cases[] = {
        { "\"\"", "" },
        { "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "a\"b\\c/d\b\f\n\r\t" },
        { "\"\\u00E9\\u20ac\\ud83d\\ude00\"", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80" },
        { "\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"", "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf" },
        { "\"\\u0000\"", NULL },
        { "\"\\ud800\"", NULL },
        { "\"\\ud800x\"", NULL },
        { "\"\\ud800\\u0041\"", NULL },
        { "\"\\udc00\"", NULL },
        { "5", NULL },
        { "null", NULL },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        STRBUF_AUTO text = STRBUF_INIT;

        assert_int_equal(json_decode(parsed(cases[i].json), &text), cases[i].text != NULL);
        if (cases[i].text)
            assert_string_equal(text.data, cases[i].text);
    }
}

static void test_equals(void **state)
{
    (void)state;
    assert_true(json_equals(parsed("\"abc\""), "abc"));
    assert_true(json_equals(parsed("\"a\\u0062c\""), "abc"));
    assert_true(json_equals(parsed("\"\""), ""));
    assert_false(json_equals(parsed("\"abc\""), "abcd"));
    assert_false(json_equals(parsed("\"abcd\""), "abc"));
    assert_false(json_equals(parsed("\"a\\u0000\""), "a"));
    assert_false(json_equals(parsed("1"), "1"));
}

static void test_integer(void **state)
{
    static const char *const others[] = { "1.0", "1e3", "99999999999999999999", "\"1\"", "true" };
    long number = 0;

    (void)state;
    assert_true(json_integer(parsed("-42"), &number));
    assert_int_equal(number, -42);
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        assert_false(json_integer(parsed(others[i]), &number));
}

static void test_quote_survives_the_way_back(void **state)
{
    char every[256];
    STRBUF_AUTO quoted = STRBUF_INIT;
    STRBUF_AUTO again = STRBUF_INIT;

    (void)state;
    for (int c = 1; c < 128; c++)
        every[c - 1] = (char)c;
    memcpy(every + 127, "\xc3\xa9\xe2\x80\xa8", 6);
    json_quote(&quoted, every, strlen(every));
    assert_true(json_decode(parsed(quoted.data), &again));
    assert_string_equal(again.data, every);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepts),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_equals),
        cmocka_unit_test(test_integer),
        cmocka_unit_test(test_quote_survives_the_way_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
