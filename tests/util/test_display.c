// SPDX-License-Identifier: MIT
#include "util/display.h"

#include "util/arena.h"
#include "util/array.h"
#include "util/color.h"
#include "util/error.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void spells_out_what_does_not_show_itself(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        { "plain é 漢字 €", "plain é 漢字 €" },
        { "a\nb\rc\td", "a\\nb\\rc\\td" },
        { "\033[2K\x7f\x01", "\\x1b[2K\\x7f\\x01" },
        { "\xc2\x9b"
          "2J\xc2\x85",
            "\\u009b2J\\u0085" },
        { "\xe2\x80\xae"
          "abc\xe2\x81\xa6",
            "\\u202eabc\\u2066" },
        { "a\xe2\x80\x8b\xef\xbb\xbf\xc2\xa0\xc2\xad"
          "b",
            "a\\u200b\\ufeff\\u00a0\\u00adb" },
        { "\xf3\xa0\x81\x81", "\\U000e0041" },
        { "\xff\xc3(\xe2\x80", "\\xff\\xc3(\\xe2\\x80" },
        { "\xed\xa0\x80", "\\xed\\xa0\\x80" },
        { "##[error]x ##vso[a] # ## [x] ##", "\\x23#[error]x \\x23#vso[a] # ## [x] ##" },
        { "C:\\new \\x1b", "C:\\new \\x1b" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        DISPLAY_AUTO once = DISPLAY_INIT;
        DISPLAY_AUTO twice = DISPLAY_INIT;

        display_addf(&once, "%s", cases[i].text);
        assert_string_equal(once.shown.data, cases[i].shown);
        display_add_string(&twice, once.shown.data);
        assert_string_equal(twice.shown.data, cases[i].shown);
    }
}

static void only_its_own_line_breaks_break_lines(void **state)
{
    DISPLAY_AUTO display = DISPLAY_INIT;

    (void)state;
    display_addf(&display, "a\n%s\n%-s\n%-4s|", "b\nc", "d\ne\033", "\n");
    assert_string_equal(display.shown.data, "a\nb\\nc\nd\ne\\x1b\n\\n  |");
}

static void widths_count_what_is_shown(void **state)
{
    DISPLAY_AUTO display = DISPLAY_INIT;

    (void)state;
    display_addf(
        &display, "%-5s|%5s|%*s|%-*s|%.2s|%.*s|%4s|", "é", "漢", 3, "x", 3, "y", "abc", 1, "de", "\t");
    assert_string_equal(display.shown.data, "é    |   漢|  x|y  |ab|d|  \\t|");
    assert_int_equal(display_width("漢\n"), 4);
}

static void formats_as_printf(void **state)
{
    DISPLAY_AUTO display = DISPLAY_INIT;
    STRBUF_AUTO same = STRBUF_INIT;

#define FORMAT                                                                                               \
    "%d %5d %-5d| %05d %+d %u %lu %llu %zu %" PRId64 " %" PRIu64                                             \
    " %x %#X %o %.1f %8.3f %g %e %c %% %hhx %jd %td"
#define VALUES                                                                                               \
    -1, 42, 42, 42, 42, 7U, 8UL, 9ULL, (size_t)10, INT64_MIN, UINT64_MAX, 255, 255, 8, 1.25, 3.14159, 0.5,   \
        1e10, 'c', (unsigned char)200, (intmax_t)-3, (ptrdiff_t)4
    (void)state;
    display_addf(&display, FORMAT, VALUES);
    strbuf_addf(&same, FORMAT, VALUES);
    assert_string_equal(display.shown.data, same.data);
}

static void messages_are_made_by_the_same_rules(void **state)
{
    ERROR_AUTO inner = ERROR_INIT;
    ERROR_AUTO outer = ERROR_INIT;

    (void)state;
    error_set(&inner, "'%s' is wrong\nwrite it right", "a\n::error::b");
    error_set(&outer, "file: %-s", inner.message);
    assert_string_equal(outer.message, "file: 'a\\n::error::b' is wrong\nwrite it right");
}

static void styles_surround_text(void **state)
{
    DISPLAY_AUTO display = DISPLAY_INIT;

    (void)state;
    display_add_styled(&display, COLOR_RED, "a\033[0mb");
    display_add_styled(&display, NULL, "c");
    assert_string_equal(display.shown.data, COLOR_RED "a\\x1b[0mb" COLOR_RESET "c");
}

static const char *printed(struct arena *arena, const struct display *display)
{
    char text[200] = "";
    FILE *file = tmpfile();

    assert_non_null(file);
    display_print(display, file);
    rewind(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    return arena_strdup(arena, text);
}

// As a name at the start of a line is printed.
static void no_line_starts_with_a_command(void **state)
{
    struct arena arena = ARENA_INIT;
    DISPLAY_AUTO display = DISPLAY_INIT;

    (void)state;
    display_addf(&display, "%s\n  %s ::/0\n", "::error::a", "::b");
    display_style(&display, COLOR_RED);
    display_addf(&display, "%s\n", "::c");
    assert_string_equal(printed(&arena, &display), "\\x3a:error::a\n  \\x3a:b ::/0\n" COLOR_RED "\\x3a:c\n");
    arena_release(&arena);
}

static void truncates_by_columns(void **state)
{
    DISPLAY_AUTO display = DISPLAY_INIT;

    (void)state;
    display_addf(&display, "%s", "a漢b\n");
    assert_int_equal(display_truncate(&display, 5), 5);
    assert_string_equal(display.shown.data, "a漢b\\");
    assert_int_equal(display_truncate(&display, 2), 1);
    assert_string_equal(display.shown.data, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_out_what_does_not_show_itself),
        cmocka_unit_test(only_its_own_line_breaks_break_lines),
        cmocka_unit_test(widths_count_what_is_shown),
        cmocka_unit_test(formats_as_printf),
        cmocka_unit_test(messages_are_made_by_the_same_rules),
        cmocka_unit_test(styles_surround_text),
        cmocka_unit_test(no_line_starts_with_a_command),
        cmocka_unit_test(truncates_by_columns),
    };

    return cmocka_run_group_tests_name("util/display", tests, NULL, NULL);
}
