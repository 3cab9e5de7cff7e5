// SPDX-License-Identifier: MIT
#include "util/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void matches_anywhere_unless_anchored(void **state)
{
    (void)state;
    assert_true(text_matches("tango-frontend", "front"));
    assert_false(text_matches("tango-frontend", "^front"));
    assert_true(text_matches("2026", "^[0-9]{4}$"));
    assert_false(text_matches("2026x", "^[0-9]{4}$"));
}

static void case_counts_unless_ignored(void **state)
{
    (void)state;
    assert_false(text_matches("P99", "^p[0-9]+$"));
    assert_true(text_matches_ignoring_case("P99", "^p[0-9]+$"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_anywhere_unless_anchored),
        cmocka_unit_test(case_counts_unless_ignored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
