// SPDX-License-Identifier: MIT
#include "template/location.h"

#include "data/value.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char json[] = "{\n"
                           "  \"Resources\": {\n"
                           "    \"a/b~\": {\"\\u0054ype\": \"é\", \"x\": [10, {\"y\": null}]},\n"
                           "    \"D\": 1, \"D\": 22\n"
                           "  }\n"
                           "}\n";

static const char yaml[] = "Base: &base\n"
                           "  One: 1\n"
                           "Resources:\n"
                           "  B:\n"
                           "    <<: *base\n"
                           "    Ref: !Ref X\n"
                           "    Arn: !GetAtt X.Arn\n"
                           "    Sub: !Sub\n"
                           "      - ${a}\n"
                           "      - a: &an b\n"
                           "    List: [1, 'two', *an]\n"
                           "  C: *base\n";

struct lookup {
    const char *pointer;
    struct text_range key, value;
    bool is_approximate;
};

static void check_range(const char *what, const struct text_range *found, const struct text_range *wanted)
{
    if (memcmp(found, wanted, sizeof(*found)) != 0)
        fail_msg("%s: found %u:%u-%u:%u, not %u:%u-%u:%u", what, found->line, found->column, found->end_line,
            found->end_column, wanted->line, wanted->column, wanted->end_line, wanted->end_column);
}

static void check_lookups(const char *text, const char *name, const struct lookup *lookups, size_t count)
{
    const struct location *root = location_read(text, strlen(text), name);

    assert_non_null(root);
    for (size_t i = 0; i < count; i++) {
        bool is_exact;
        const struct location *found = location_find(root, lookups[i].pointer, &is_exact);

        assert_int_equal(is_exact, !lookups[i].is_approximate);
        check_range(lookups[i].pointer, &found->key_range, &lookups[i].key);
        check_range(lookups[i].pointer, &found->range, &lookups[i].value);
    }
}

static void test_json(void **state)
{
    static const struct lookup lookups[] = {
        { "", { 0 }, { 1, 1, 6, 2 }, false },
        { "/Resources", { 2, 3, 2, 14 }, { 2, 16, 5, 4 }, false },
        { "/Resources/a~1b~0/Type", { 3, 14, 3, 25 }, { 3, 27, 3, 30 }, false },
        { "/Resources/a~1b~0/x/0", { 0 }, { 3, 38, 3, 40 }, false },
        { "/Resources/a~1b~0/x/1/y", { 3, 43, 3, 46 }, { 3, 48, 3, 52 }, false },
        { "/Resources/D", { 4, 13, 4, 16 }, { 4, 18, 4, 20 }, false }, // the last one counts
        { "/Resources/a~1b~0/x/7/y", { 3, 32, 3, 35 }, { 3, 37, 3, 54 }, true },
        { "/Outputs", { 0 }, { 1, 1, 6, 2 }, true },
    };

    (void)state;
    check_lookups(json, "a.json", lookups, ARRAY_SIZE(lookups));
}

static void test_yaml(void **state)
{
    static const struct lookup lookups[] = {
        { "/Resources/B/One", { 2, 3, 2, 6 }, { 2, 8, 2, 9 }, false }, // by the merge key
        { "/Resources/B/Ref", { 6, 5, 6, 8 }, { 6, 10, 6, 16 }, false },
        { "/Resources/B/Ref/Ref", { 6, 10, 6, 14 }, { 6, 10, 6, 16 }, false },
        { "/Resources/B/Arn/Fn::GetAtt/1", { 7, 10, 7, 17 }, { 7, 10, 7, 23 }, true },
        { "/Resources/B/Sub/Fn::Sub/1/a", { 10, 9, 10, 10 }, { 10, 12, 10, 17 }, false },
        { "/Resources/B/List/1", { 0 }, { 11, 15, 11, 20 }, false },
        { "/Resources/B/List/2", { 0 }, { 11, 22, 11, 25 }, false },
        { "/Resources/C/One", { 2, 3, 2, 6 }, { 2, 8, 2, 9 }, false },
    };

    (void)state;
    check_lookups(yaml, "a.yaml", lookups, ARRAY_SIZE(lookups));
}

static void check_line(const struct location *root, const char *pointer, uint32_t line)
{
    bool is_exact;
    const struct location *found = location_find(root, pointer, &is_exact);

    if (!is_exact || found->range.line != line)
        fail_msg("%s: line %u, not %u", pointer, found->range.line, line);
}

// So many children are found by an index.
static void test_many_children(void **state)
{
    const struct location *root;
    STRBUF_AUTO text = STRBUF_INIT;
    bool is_exact;

    (void)state;
    strbuf_add_string(&text, "A: &a\n");
    for (int i = 2; i <= 41; i++)
        strbuf_addf(&text, "  k%d: {x: 1}\n", i);
    strbuf_add_string(&text, "  k3: last\nB:\n  <<: *a\n");
    for (int i = 45; i <= 84; i++)
        strbuf_addf(&text, "  m%d: 1\n", i);
    strbuf_add_string(&text, "C:\n");
    for (int i = 86; i <= 125; i++)
        strbuf_add_string(&text, "  - {x: 1}\n");
    strbuf_add_string(&text, "D: *a\n");
    root = location_read(text.data, text.length, "a.yaml");
    check_line(root, "/A/k40/x", 40);
    check_line(root, "/A/k3", 42);
    check_line(root, "/B/m84", 84);
    check_line(root, "/B/k2/x", 2);
    check_line(root, "/C/39/x", 125);
    check_line(root, "/D/k41", 41);
    location_find(root, "/C/40", &is_exact);
    assert_false(is_exact);
}

static void test_broken_text_has_no_places(void **state)
{
    (void)state;
    assert_null(location_read("{", 1, "a.json"));
    assert_null(location_read("a: [", 4, "a.yaml"));
    assert_null(location_read("", 0, "a.yaml"));
}

static void test_deep_text_has_no_places(void **state)
{
    enum { LEVELS = 100000 };
    static const char *const levels[] = { "[", "{a: ", "!If [", "{\"a\":" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(levels); i++) {
        STRBUF_AUTO text = STRBUF_INIT;

        for (int level = 0; level < LEVELS; level++)
            strbuf_add_string(&text, levels[i]);
        assert_null(location_read(text.data, text.length, "a.yaml"));
        assert_null(location_read(text.data, text.length, "a.json"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_json, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_yaml, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(test_many_children, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            test_broken_text_has_no_places, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(
            test_deep_text_has_no_places, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
