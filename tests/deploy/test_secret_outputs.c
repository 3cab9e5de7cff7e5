// SPDX-License-Identifier: MIT
#include "deploy/operations/secret_outputs.h"

#include "data/json.h"
#include "data/value.h"
#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char text[] =
    "{ \"Parameters\": { \"Password\": { \"Type\": \"String\", \"NoEcho\": true }, \"Quoted\": { \"Type\": "
    "\"String\", \"NoEcho\": \"true\" }, \"Shown\": { \"Type\": \"String\", \"NoEcho\": false }, \"Pass\": { "
    "\"Type\": \"String\" } }, \"Outputs\": { \"Ref\": { \"Value\": { \"Ref\": \"Password\" } }, "
    "\"QuotedRef\": { \"Value\": { \"Ref\": \"Quoted\" } }, \"Join\": { \"Value\": { \"Fn::Join\": [\"\", "
    "[\"a\", { \"Fn::If\": [\"C\", { \"Ref\": \"Password\" }, \"b\"] }]] } }, \"Sub\": { \"Value\": { "
    "\"Fn::Sub\": \"a${Shown}b${Password}\" } }, \"SubMap\": { \"Value\": { \"Fn::Sub\": [\"${x}\", { \"x\": "
    "{ \"Ref\": \"Password\" } }] } }, \"SubList\": { \"Value\": { \"Fn::Sub\": [\"${Password}\", {}] } }, "
    "\"Shown\": { \"Value\": { \"Ref\": \"Shown\" } }, \"Prefix\": { \"Value\": { \"Fn::Sub\": "
    "\"${Pass}${!Password}${Password.Arn}${\" } }, \"Text\": { \"Value\": \"Password\" }, \"Described\": { "
    "\"Description\": { \"Ref\": \"Password\" }, \"Value\": \"x\" } } }";

static void test_outputs(void **state)
{
    static const struct {
        const char *key;
        bool is_secret;
    } cases[] = { { "Ref", true }, { "QuotedRef", true }, { "Join", true }, { "Sub", true },
        { "SubMap", true }, { "SubList", true }, { "Shown", false }, { "Prefix", false }, { "Text", false },
        { "Described", false }, { "NotInTheTemplate", true } };
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = json_parse(text, strlen(text), "template", &err);

    (void)state;
    assert_non_null(template);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (output_is_secret(template, cases[i].key) != cases[i].is_secret)
            fail_msg("%s", cases[i].key);
    assert_true(output_is_secret(NULL, "Text"));
    value_arena_use(before);
    arena_release(&arena);
}

static void test_hidden_parameters(void **state)
{
    static const char hidden[] = "{ \"Parameters\": [{ \"ParameterKey\": \"A\", \"ParameterValue\": \"a\" }, "
                                 "{ \"ParameterKey\": \"B\", \"ParameterValue\": \"****\" }] }";
    static const char plain[] = "{ \"Parameters\": [{ \"ParameterKey\": \"A\" }] }";
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;

    (void)state;
    assert_true(stack_has_hidden_parameters(json_parse(hidden, strlen(hidden), "answer", &err)));
    assert_false(stack_has_hidden_parameters(json_parse(plain, strlen(plain), "answer", &err)));
    assert_false(stack_has_hidden_parameters(NULL));
    value_arena_use(before);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outputs),
        cmocka_unit_test(test_hidden_parameters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
