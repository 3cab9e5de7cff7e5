// SPDX-License-Identifier: MIT
#include "util/text/pattern.h"

#include "util/array.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <regex.h>
#include <stdlib.h>
#include <string.h>

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
    assert_true(text_matches_ignoring_case("x-amz-date", "^(Host)$|^X-[A-Z]+-"));
}

static void a_long_text_is_no_trouble(void **state)
{
    enum { LENGTH = 10 * 1024 * 1024 };
    char *text = malloc(LENGTH + 1);

    (void)state;
    memset(text, 'a', LENGTH);
    text[LENGTH] = '\0';
    assert_true(text_matches(text, "^[A-Za-z0-9_-]+$"));
    text[LENGTH - 1] = '!';
    assert_false(text_matches(text, "^[A-Za-z0-9_-]+$"));
    free(text);
}

static bool libc_matches(const char *text, const char *pattern, bool ignore_case)
{
    regex_t compiled;
    bool found;

    assert_int_equal(
        regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB | (ignore_case ? REG_ICASE : 0)), 0);
    found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

static unsigned seed = 1;

static const char *pick(const char *const *choices, int count)
{
    return choices[rand_r(&seed) % count];
}

static void add_pattern(struct strbuf *pattern, int depth)
{
    static const char *const atoms[] = { "a", "b", "A", ".", "[ab]", "[^a]", "[a-c]", "[A-Z]", "\\.", "-",
        "[]a]", "[a-]" };
    static const char *const quantifiers[] = { "", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{1,}" };

    for (int i = rand_r(&seed) % 3; i >= 0; i--) {
        if (depth > 0 && rand_r(&seed) % 3 == 0) {
            strbuf_add_char(pattern, '(');
            add_pattern(pattern, depth - 1);
            if (rand_r(&seed) % 2) {
                strbuf_add_char(pattern, '|');
                add_pattern(pattern, depth - 1);
            }
            strbuf_add_char(pattern, ')');
        } else {
            strbuf_add_string(pattern, pick(atoms, ARRAY_SIZE(atoms)));
        }
        strbuf_add_string(pattern, pick(quantifiers, ARRAY_SIZE(quantifiers)));
    }
}

// The C library says what a POSIX regular expression means.
static void agrees_with_the_c_library(void **state)
{
    static const char *const letters[] = { "a", "b", "c", "A", "B", ".", "-", "]" };

    (void)state;
    for (int round = 0; round < 20000; round++) {
        STRBUF_AUTO pattern = STRBUF_INIT;
        STRBUF_AUTO text = STRBUF_INIT;
        bool ignore_case = round % 2;

        strbuf_add_string(&pattern, rand_r(&seed) % 2 ? "^" : "");
        add_pattern(&pattern, 2);
        strbuf_add_string(&pattern, rand_r(&seed) % 2 ? "$" : "");
        for (int i = rand_r(&seed) % 8; i > 0; i--)
            strbuf_add_string(&text, pick(letters, ARRAY_SIZE(letters)));
        if ((ignore_case ? text_matches_ignoring_case(text.data, pattern.data)
                         : text_matches(text.data, pattern.data)) !=
            libc_matches(text.data, pattern.data, ignore_case))
            fail_msg("'%s' and '%s'%s", text.data, pattern.data, ignore_case ? " ignoring case" : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_anywhere_unless_anchored),
        cmocka_unit_test(case_counts_unless_ignored),
        cmocka_unit_test(a_long_text_is_no_trouble),
        cmocka_unit_test(agrees_with_the_c_library),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
