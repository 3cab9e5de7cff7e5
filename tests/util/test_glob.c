// SPDX-License-Identifier: MIT
#include "util/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
        { "Tango@(App|Media)", "TangoApp", true },
        { "availability-zones:*", "availability-zones:account=1:region=r", true },
        { "@aws-cdk/*", "@aws-cdk/core:x", true },
        { "a\\*", "a*", true },
        { "a\\*", "ab", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (glob_match(cases[i].pattern, cases[i].text) != cases[i].matches)
            fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(matches_as_picomatch_does) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
