// SPDX-License-Identifier: MIT
#include "util/text/glob.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

// Each row was checked with picomatch 4, which the CDK CLI uses.
static void matches_as_picomatch_does(void **state)
{
    static const struct {
        const char *pattern;
        const char *text;
        bool matches;
    } cases[] = {
        { "TangoApp", "TangoApp", true },
        { "TangoApp", "TangoApps", false },
        { "tangoapp", "TangoApp", false },
        { "Tango*", "TangoApp", true },
        { "*App", "TangoApp", true },
        { "*", "TangoApp", true },
        { "*", "Stage/TangoApp", false },
        { "**", "Stage/TangoApp", true },
        { "Stage/*", "Stage/TangoApp", true },
        { "Tango???", "TangoApp", true },
        { "Tango??", "TangoApp", false },
        { "Tango[AE]*", "TangoEvents", true },
        { "Tango[AE]*", "TangoMedia", false },
        { "Tango{App,Media}", "TangoMedia", true },
        { "Tango{App,Media}", "TangoEvents", false },
        { "Tango{A{pp,b},Media}", "TangoAb", true },
        { "{Tango,Other}{App,Media}", "OtherMedia", true },
        { "Tango{App}", "TangoApp", false },
        { "availability-zones:*", "availability-zones:account=1:region=r", true },
        { "@aws-cdk/*", "@aws-cdk/core:x", true },
        { "a\\*", "a*", true },
        { "a\\*", "ab", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (glob_match(cases[i].pattern, cases[i].text) != cases[i].matches)
            fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].text);
}

// Two to the power of a hundred alternatives, and stars that fail late.
static void hostile_patterns_end(void **state)
{
    char braces[100 * 5 + 1] = "";
    char stars[50 * 2 + 2] = "";
    char text[200 + 1];

    (void)state;
    for (int i = 0; i < 100; i++)
        memcpy(braces + i * 5, "{a,b}", 6);
    for (int i = 0; i < 50; i++)
        memcpy(stars + i * 2, "*a", 3);
    memcpy(stars + 50 * 2, "b", 2);
    memset(text, 'a', 200);
    text[200] = '\0';
    assert_false(glob_match(braces, "c"));
    assert_false(glob_match(stars, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(matches_as_picomatch_does),
        cmocka_unit_test(hostile_patterns_end) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
