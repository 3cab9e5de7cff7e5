// SPDX-License-Identifier: MIT
#include "util/timestamp.h"

#include "util/array.h"
#include "util/text/human.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_what_aws_writes(void **state)
{
    // By `date -u -d TEXT +%s%3N`.
    static const struct {
        const char *text;
        int64_t time;
    } cases[] = {
        { "1970-01-01T00:00:00Z", 0 },
        { "2026-11-22T17:56:51.123Z", 1795370211123 },
        { "2026-11-22T17:56:51.123000+00:00", 1795370211123 },
        { "2026-11-22T17:56:51", 1795370211000 },
        { "2026-11-22T19:26:51.5+01:30", 1795370211500 },
        { "2024-02-29T23:59:59-08:00", 1709279999000 },
        { "2026-11-22T17:56:51.Z", 1795370211000 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_int_equal(timestamp_parse(cases[i].text), cases[i].time);
}

static void test_what_is_no_time(void **state)
{
    static const char *const texts[] = { "", "yesterday", "2026-11-22", "2026-11-22T17:56", "1795370211",
        "2026-11-22T17:56:51X", "2026-11-22T17:56:51+1", "2026-11-22T17:56:51Z and more" };

    (void)state;
    assert_int_equal(timestamp_parse(NULL), -1);
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        assert_int_equal(timestamp_parse(texts[i]), -1);
}

static void test_text(void **state)
{
    char text[32];

    (void)state;
    assert_string_equal(timestamp_text(text, sizeof(text), 1795370211999), "2026-11-22 17:56:51");
}

static void test_ages(void **state)
{
    static const struct {
        long long seconds;
        const char *text;
    } cases[] = { { -5, "0 s" }, { 0, "0 s" }, { 119, "119 s" }, { 120, "2 min" }, { 7199, "119 min" },
        { 7200, "2 h" }, { 47 * 3600, "47 h" }, { 48 * 3600, "2 days" }, { 400 * 86400, "400 days" } };
    char text[32];

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_string_equal(human_age(text, sizeof(text), cases[i].seconds * 1000), cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_aws_writes),
        cmocka_unit_test(test_what_is_no_time),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_ages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
