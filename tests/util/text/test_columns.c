// SPDX-License-Identifier: MIT
#include "util/text/columns.h"

#include "util/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// As wcwidth of glibc has it in a UTF-8 locale.
static void counts_columns(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        { "", 0 },
        { "abc", 3 },
        { "grün", 4 },
        { "日本語", 6 },
        { "한국어", 6 },
        { "ＡＢ", 4 },         // fullwidth forms
        { "ｶﾅ", 2 },           // halfwidth ones
        { "u\xCC\x88", 1 },    // u and a combining diaeresis
        { "\xE2\x80\x8B", 0 }, // zero width space
        { "😀", 2 },
        { "€ … →", 5 },
        { "\xFF\xE6", 2 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (text_columns(cases[i].text) != cases[i].columns)
            fail_msg("'%s' takes %zu columns", cases[i].text, text_columns(cases[i].text));
}

static void cuts_off_between_characters(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *cut;
    } cases[] = {
        { "abc", 5, "abc" },
        { "abc", 2, "ab" },
        { "日本", 3, "日" },
        { "日本", 1, "" },
        { "u\xCC\x88x", 1, "u\xCC\x88" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char text[16];

        snprintf(text, sizeof(text), "%s", cases[i].text);
        text_truncate(text, cases[i].columns);
        assert_string_equal(text, cases[i].cut);
    }
}

// The lines, each in brackets.
static const char *broken(const char *text, size_t columns)
{
    static char result[500];
    size_t used = 0;

    result[0] = '\0';
    while (*text) {
        size_t length = text_line(text, strlen(text), columns);

        assert_true(length > 0);
        used += (size_t)snprintf(result + used, sizeof(result) - used, "[%.*s]", (int)length, text);
        text += length;
    }
    return result;
}

static void breaks_where_people_would(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *lines;
    } cases[] = {
        { "fits", 4, "[fits]" },
        { "two words", 5, "[two ][words]" },
        { "two words", 3, "[two ][wor][ds]" },
        { "arn:aws:s3:::bucket/key", 13, "[arn:aws:s3:::][bucket/key]" },
        { "arn:aws:s3:::bucket/key", 12, "[arn:aws:][s3:::bucket/][key]" },
        { "https://example.org/path", 12, "[https://][example.org/][path]" },
        { "a-b-c d", 4, "[a-b-][c d]" },
        { "Unbreakable", 4, "[Unbr][eaka][ble]" },
        { "日本語", 5, "[日本][語]" },
        { "日本語", 1, "[日][本][語]" },
        { "  indented text", 11, "[  indented ][text]" },
        { "  indented", 6, "[  inde][nted]" },
        { "a, b, c", 4, "[a, ][b, c]" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (strcmp(broken(cases[i].text, cases[i].columns), cases[i].lines) != 0)
            fail_msg(
                "'%s' in %zu: %s", cases[i].text, cases[i].columns, broken(cases[i].text, cases[i].columns));
}

static void no_line_breaks_what_fits(void **state)
{
    static const char *const texts[] = { "Service:ecs-tasks.amazonaws.com", "a b c", "日本/語", "", "x" };

    (void)state;
    assert_int_equal(text_widest_piece("Service:ecs-tasks.amazonaws.com"), strlen("amazonaws."));
    assert_int_equal(text_widest_word("Service:ecs-tasks.amazonaws.com"), 31);
    assert_int_equal(text_widest_word("a bb c"), 2);
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        size_t widest = text_widest_piece(texts[i]);

        for (const char *at = texts[i]; *at; at += text_line(at, strlen(at), widest))
            assert_true(at == texts[i] || strchr(" /:-.", at[-1]));
    }
}

static void breaks_between_words_alone(void **state)
{
    static const struct {
        const char *text;
        size_t columns, first;
    } cases[] = {
        { "two words", 20, 9 },
        { "two words", 8, 4 },
        { "two words", 3, 4 },
        { "arn:aws:s3:::bucket and", 8, 20 },
        { "  indented text", 6, 11 },
        { "日本 語", 5, 7 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_int_equal(text_words(cases[i].text, strlen(cases[i].text), cases[i].columns), cases[i].first);
}

static void shares_what_there_is(void **state)
{
    struct text_column columns[] = { { 2, 4, 0 }, { 5, 30, 0 }, { 1, 30, 0 } };

    (void)state;
    assert_true(text_share_width(columns, 3, 100));
    assert_int_equal(columns[0].width, 4);
    assert_int_equal(columns[1].width, 30);
    assert_int_equal(columns[2].width, 30);
    assert_true(text_share_width(columns, 3, 24));
    assert_int_equal(columns[0].width, 4);
    assert_int_equal(columns[1].width, 10);
    assert_int_equal(columns[2].width, 10);
    assert_true(text_share_width(columns, 3, 8));
    assert_int_equal(columns[1].width, 5);
    assert_false(text_share_width(columns, 3, 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_columns),
        cmocka_unit_test(cuts_off_between_characters),
        cmocka_unit_test(breaks_where_people_would),
        cmocka_unit_test(no_line_breaks_what_fits),
        cmocka_unit_test(breaks_between_words_alone),
        cmocka_unit_test(shares_what_there_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
