// SPDX-License-Identifier: MIT
#include "util/text/suggest.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *suggest(const char *word)
{
    static const char *const candidates[] = { "synth", "synthesize", "list", "ls", "context", "completion",
        "max_azs", "nat_gateways", "TangoNetwork", "TangoMedia" };
    struct suggestion suggestion = SUGGESTION_FOR(word);

    for (size_t i = 0; i < ARRAY_SIZE(candidates); i++)
        suggestion_consider(&suggestion, candidates[i]);
    return suggestion.best;
}

static void finds_what_was_meant(void **state)
{
    static const struct {
        const char *word;
        const char *meant;
    } cases[] = {
        { "snyth", "synth" },
        { "sinth", "synth" },
        { "synt", "synth" },
        { "synthesise", "synthesize" },
        { "lsit", "list" },
        { "contxt", "context" },
        { "comp", "completion" },
        { "max-azs", "max_azs" },
        { "maxAzs", "max_azs" },
        { "nat_gateway", "nat_gateways" },
        { "tangonetwork", "TangoNetwork" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_string_equal(suggest(cases[i].word), cases[i].meant);
}

static void does_not_guess_wildly(void **state)
{
    static const char *const words[] = { "", "x", "deploy", "zzzzzzzz", "aws",
        "a-word-that-is-much-longer-than-anything-that-anybody-would-ever-type-by-mistake" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        assert_null(suggest(words[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_meant),
        cmocka_unit_test(does_not_guess_wildly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
