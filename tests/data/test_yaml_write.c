// SPDX-License-Identifier: MIT
#include "data/yaml.h"

#include "cdk/token.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static void assert_yaml(struct value *value, const char *expected)
{
    STRBUF_AUTO text = STRBUF_INIT;

    yaml_write(&text, value);
    assert_string_equal(text.data, expected);
}

static void writes_every_type(void **state)
{
    (void)state;
    assert_yaml(object((struct field[]){
                    { "Text", string("plain words") },
                    { "Number", number(-2.5) },
                    { "Yes", boolean(true) },
                    { "No", boolean(false) },
                    { "Nothing", null() },
                    { "List", array_of((struct value *[]){ number(1), string("two"), NULL }) },
                    { "EmptyList", array() },
                    { "EmptyObject", object((struct field[]){ END }) },
                    END,
                }),
        "Text: plain words\nNumber: -2.5\n\"Yes\": true\n\"No\": false\nNothing: null\n"
        "List:\n- 1\n- two\nEmptyList: []\nEmptyObject: {}\n");
}

static void keeps_lines_of_text(void **state)
{
    (void)state;
    assert_yaml(object((struct field[]){ { "Code", string("one\n  two\n\nthree\n") }, END }),
        "Code: |\n  one\n    two\n\n  three\n");
}

// What readers of YAML 1.1 or 1.2 take for something else than text when it is not quoted (YAML 1.1 types:
// null, bool, int, float, timestamp, merge, value; PyYAML's and the npm package yaml's resolvers).
static void quotes_what_would_not_be_text(void **state)
{
    static const char *const texts[] = { "", "~", "null", "Null", "NULL", "true", "True", "FALSE", "yes",
        "No", "on", "OFF", "y", "N", "0", "-1", "+12", "0123", "0o17", "0x1F", "0b101", "1_000", "190:20:30",
        "1.5", "-.5", "1e3", "e0", "1.0e+3", ".inf", "-.INF", ".nan", "2012-10-17",
        "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43", "<<", "=", "-", "." };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        STRBUF_AUTO expected = STRBUF_INIT;

        strbuf_addf(&expected, "K: \"%s\"\n", texts[i]);
        assert_yaml(object((struct field[]){ { "K", string(texts[i]) }, END }), expected.data);
    }
}

static void leaves_other_text_plain(void **state)
{
    static const char *const texts[] = { "AWS::S3::Bucket", "10.0.0.0/16", "arn:aws:iam::123456789012:role/x",
        "us-east-1a", "1 hour", "true story", "3.11-slim", "sha256", "b" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        STRBUF_AUTO expected = STRBUF_INIT;

        strbuf_addf(&expected, "K: %s\n", texts[i]);
        assert_yaml(object((struct field[]){ { "K", string(texts[i]) }, END }), expected.data);
    }
}

static void numbers_stay_numbers(void **state)
{
    (void)state;
    assert_yaml(array_of((struct value *[]){ number(0), number(1e15), number(1e21), number(1.5e-9),
                    number(0.1), number(-123456789012), NULL }),
        "- 0\n- 1000000000000000\n- 1.0e+21\n- 1.5e-9\n- 0.1\n- -123456789012\n");
}

// Reads the text back with libyaml and compares each scalar with what was written.
static void assert_read_back(const char *yaml, size_t length, const char *const *texts, size_t count)
{
    yaml_parser_t parser;
    yaml_event_t event;
    size_t seen = 0;
    bool end = false;

    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml, length);
    while (!end) {
        if (!yaml_parser_parse(&parser, &event))
            fail_msg("%s in: %s", parser.problem, yaml);
        if (event.type == YAML_SCALAR_EVENT) {
            assert_true(seen < count);
            assert_string_equal((const char *)event.data.scalar.value, texts[seen]);
            seen++;
        }
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    assert_int_equal(seen, count);
}

static void any_text_comes_back(void **state)
{
    static const char *const pieces[] = { "a", " ", "  ", "\n", "\n\n", "\t", ":", ": ", "#", " #", "'", "\"",
        "\\", "-", "- ", "?", "!", "&", "*", "%", "@", "`", "{", "}", "[", "]", ",", "|", ">", "0", "ü",
        "\xE2\x80\xA8", "\xF0\x9F\x98\x80", "\x01", "\x7F", "\r", "\xC2\x85", "\xEF\xBB\xBF", "..." };
    enum { PIECES = ARRAY_SIZE(pieces), ROUNDS = 20000, MOST = 8 };
    unsigned seed = 1;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        STRBUF_AUTO text = STRBUF_INIT;
        STRBUF_AUTO yaml = STRBUF_INIT;
        const char *texts[2];

        for (int i = rand_r(&seed) % MOST; i > 0; i--)
            strbuf_add_string(&text, pieces[rand_r(&seed) % PIECES]);
        texts[0] = round % 2 ? "Key" : text.data;
        texts[1] = text.data;
        yaml_write(&yaml, object((struct field[]){ { texts[0], string(texts[1]) }, END }));
        assert_read_back(yaml.data, yaml.length, texts, 2);
        if (round % 1000 == 0) {
            value_arena_teardown(NULL);
            value_arena_setup(NULL);
        }
    }
}

static void long_and_deep_values_come_back(void **state)
{
    enum { DEPTH = 400, LENGTH = 100000 };
    char *text = malloc(LENGTH + 1);
    STRBUF_AUTO yaml = STRBUF_INIT;
    struct value *value;

    (void)state;
    memset(text, 'x', LENGTH);
    for (size_t i = 10; i < LENGTH; i += 11)
        text[i] = ' ';
    text[LENGTH - 1] = 'x';
    text[LENGTH] = '\0';
    value = string(text);
    for (int i = 0; i < DEPTH; i++)
        value = array_of((struct value *[]){ value, NULL });
    yaml_write(&yaml, value);
    assert_read_back(yaml.data, yaml.length, (const char *const[]){ text }, 1);
    free(text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, value_arena_setup, value_arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(writes_every_type),
        TEST(keeps_lines_of_text),
        TEST(quotes_what_would_not_be_text),
        TEST(leaves_other_text_plain),
        TEST(numbers_stay_numbers),
        TEST(any_text_comes_back),
        TEST(long_and_deep_values_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
