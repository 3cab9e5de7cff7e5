// SPDX-License-Identifier: MIT
#include "util/text/utf8.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

// Unicode, chapter 3, table 3-7.
static void knows_well_formed_text(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } cases[] = {
        { "", true },
        { "plain", true },
        { "gr\xC3\xBCn", true },
        { "\xE2\x82\xAC", true },
        { "\xF0\x9F\x98\x80", true },
        { "\xED\x9F\xBF", true },
        { "\xEE\x80\x80", true },
        { "\xF4\x8F\xBF\xBF", true },
        { "\x80", false },
        { "\xFF", false },
        { "\xC3", false },
        { "\xC3(", false },
        { "\xC0\x80", false },
        { "\xC1\xBF", false },
        { "\xE0\x9F\xBF", false },
        { "\xE2\x82", false },
        { "\xED\xA0\x80", false },
        { "\xF0\x8F\xBF\xBF", false },
        { "\xF4\x90\x80\x80", false },
        { "\xF5\x80\x80\x80", false },
        { "\xF0\x9F\x98", false },
        { "ok\xE2\x28\xA1", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (utf8_is_valid(cases[i].text) != cases[i].valid)
            fail_msg("row %zu", i);
}

static void counts_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_length(""), 0);
    assert_int_equal(utf8_length("abc"), 3);
    assert_int_equal(utf8_length("gr\xC3\xBCn"), 4);
    assert_int_equal(utf8_length("\xF0\x9F\x98\x80"), 1);
}

static void counts_utf16_code_units(void **state)
{
    (void)state;
    assert_int_equal(utf16_length(""), 0);
    assert_int_equal(utf16_length("Z\xc3\xbcrich"), 6);
    assert_int_equal(utf16_length("\xf0\x9f\x92\x83!"), 3);
}

static void trims_what_is_incomplete(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } cases[] = {
        { "", "" },
        { "abc", "abc" },
        { "ab\xc3\xa9", "ab\xc3\xa9" },
        { "ab\xc3", "ab" },
        { "a\xe2\x80\xa8", "a\xe2\x80\xa8" },
        { "a\xe2\x80", "a" },
        { "\xe2", "" },
        { "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
        { "x\xf0\x9f\x98", "x" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char text[16];

        snprintf(text, sizeof(text), "%s", cases[i].text);
        utf8_trim(text);
        assert_string_equal(text, cases[i].trimmed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_well_formed_text),
        cmocka_unit_test(counts_characters),
        cmocka_unit_test(trims_what_is_incomplete),
        cmocka_unit_test(counts_utf16_code_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
