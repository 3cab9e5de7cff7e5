// SPDX-License-Identifier: MIT
#include "template/returned_template.h"

#include "data/json.h"
#include "data/value.h"
#include "util/array.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct value *parse(const char *text)
{
    ERROR_AUTO err = ERROR_INIT;
    struct value *value = json_parse(text, strlen(text), "text", &err);

    if (!value)
        fail_msg("%s", err.message);
    return value;
}

static void tells_what_is_the_same(void **state)
{
    static const struct {
        const char *shown, *wanted;
        bool is_same;
    } cases[] = {
        { "\"caf?\"", "\"caf\xc3\xa9\"", true },
        { "\"? ?\"", "\"\xe2\x9c\x93 \xf0\x9f\x98\x80\"", true },
        { "\"really?\"", "\"really?\"", true },
        { "\"really?\"", "\"really!\"", false },
        { "\"caf??\"", "\"caf\xc3\xa9\"", false },
        { "\"caf\"", "\"caf\xc3\xa9\"", false },
        { "{\"a\":[1,\"?\"],\"b\":true}", "{\"b\":true,\"a\":[1,\"\xc3\xa9\"]}", true },
        { "{\"caf?\":1}", "{\"caf\xc3\xa9\":1}", true },
        { "{\"caf?\":1}", "{\"caf\xc3\xa9\":2}", false },
        { "{\"a\":1}", "{\"a\":1,\"b\":2}", false },
        { "{\"a\":1,\"c\":2}", "{\"a\":1,\"b\":2}", false },
        { "[1,2]", "[2,1]", false },
        { "[1]", "[1,2]", false },
        { "\"1\"", "1", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (returned_equals(parse(cases[i].shown), parse(cases[i].wanted)) != cases[i].is_same)
            fail_msg("%s and %s", cases[i].shown, cases[i].wanted);
    assert_true(returned_equals(NULL, NULL));
    assert_false(returned_equals(parse("1"), NULL));
}

static void restores_what_is_not_shown(void **state)
{
    const struct value *restored = returned_restore(
        parse("{\"same\":[\"a?\",2],\"other\":\"b?\",\"gone\":\"c?\",\"longer\":[\"?\"],\"type\":\"?\"}"),
        parse(
            "{\"new\":1,\"same\":[\"a\xc3\xa9\",3],\"other\":\"xx\",\"longer\":[\"\xc3\xa9\",1],\"type\":4}"));

    (void)state;
    assert_true(value_equal(restored,
        parse(
            "{\"same\":[\"a\xc3\xa9\",2],\"other\":\"b?\",\"gone\":\"c?\",\"longer\":[\"?\"],\"type\":\"?\"}")));
    assert_null(returned_restore(NULL, parse("{}")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_is_the_same),
        cmocka_unit_test(restores_what_is_not_shown),
    };

    return cmocka_run_group_tests(tests, value_arena_setup, value_arena_teardown);
}
