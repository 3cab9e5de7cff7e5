// SPDX-License-Identifier: MIT
#include "diff/compare/lines.h"

#include "data/value.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *hunks(const char *before, const char *after, size_t context)
{
    static const char signs[] = {
        [DIFF_MARK_SAME] = ' ', [DIFF_MARK_ADDED] = '+', [DIFF_MARK_REMOVED] = '-'
    };
    struct diff_text_lines lines = { 0 };
    STRBUF_AUTO text = STRBUF_INIT;

    diff_text(&lines, before, after, context);
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i].mark != DIFF_MARK_HUNK)
            strbuf_add_char(&text, signs[lines.items[i].mark]);
        strbuf_addf(&text, "%s\n", lines.items[i].text);
    }
    return arena_strdup(value_arena(), text.data);
}

// What `diff -U N` of GNU diffutils prints for the same lines.
static void writes_hunks(void **state)
{
    (void)state;
    assert_string_equal(hunks("a\nb\nc", "a\nb\nc", 3), "");
    assert_string_equal(hunks("a\nb\nc", "a\nx\nc", 1), "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
    assert_string_equal(hunks("a\nb\nc", "a\nx\nc", 0), "@@ -2,1 +2,1 @@\n-b\n+x\n");
    assert_string_equal(hunks("a\nb\nc", "b\nc\nd", 3), "@@ -1,3 +1,3 @@\n-a\n b\n c\n+d\n");
    assert_string_equal(hunks("a\nb\nc\nd\ne\nf\ng", "x\nb\nc\nd\ne\nf\ny", 1),
        "@@ -1,2 +1,2 @@\n-a\n+x\n b\n@@ -6,2 +6,2 @@\n f\n-g\n+y\n");
    assert_string_equal(hunks("a\nb\nc\nd", "x\nb\nc\ny", 1), "@@ -1,4 +1,4 @@\n-a\n+x\n b\n c\n-d\n+y\n");
    assert_string_equal(hunks("a", "a\nb", 0), "@@ -1,0 +2,1 @@\n+b\n");
}

static const char *random_text(size_t lines, int letters)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < lines; i++)
        strbuf_addf(&text, "%c\n", 'a' + rand() % letters);
    return arena_strdup(value_arena(), text.data);
}

// The lines of one side, from all lines.
static const char *side(const struct diff_text_lines *lines, enum diff_mark other)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].mark != DIFF_MARK_HUNK && lines->items[i].mark != other)
            strbuf_addf(&text, "%s%s", text.length ? "\n" : "", lines->items[i].text);
    return arena_strdup(value_arena(), text.data);
}

// Whatever the texts, both sides come out of the lines again: also beyond the number of edits that is
// searched.
static void keeps_both_sides(void **state)
{
    (void)state;
    srand(1);
    for (int round = 0; round < 300; round++) {
        size_t length = (size_t)(rand() % 40) + (round % 50 == 0 ? 2000 : 1);
        const char *before = random_text(length, 1 + rand() % 20);
        const char *after = random_text(length / 2 + 1, 1 + rand() % 20);
        struct diff_text_lines lines = { 0 };

        diff_text(&lines, before, after, 100000);
        if (!lines.count) {
            assert_string_equal(before, after);
            continue;
        }
        assert_string_equal(arena_printf(value_arena(), "%s", side(&lines, DIFF_MARK_ADDED)), before);
        assert_string_equal(side(&lines, DIFF_MARK_REMOVED), after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_hunks, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(keeps_both_sides, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests_name("diff/lines", tests, NULL, NULL);
}
