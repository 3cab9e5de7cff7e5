// SPDX-License-Identifier: MIT
#include "util/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void finds_what_was_set(void **state)
{
    struct arena arena = ARENA_INIT;
    struct map map;

    (void)state;
    map_init(&map, &arena);
    assert_null(map_get(&map, "a"));
    for (intptr_t i = 1; i <= 1000; i++)
        assert_null(map_set(&map, arena_printf(&arena, "key%d", (int)i), (void *)i));
    for (intptr_t i = 1; i <= 1000; i++)
        assert_ptr_equal(map_get(&map, arena_printf(&arena, "key%d", (int)i)), (void *)i);
    assert_null(map_get(&map, "key1001"));
    arena_release(&arena);
}

static void setting_again_returns_the_value_before(void **state)
{
    struct arena arena = ARENA_INIT;
    struct map map;
    int first;
    int second;

    (void)state;
    map_init(&map, &arena);
    assert_null(map_set(&map, "key", &first));
    assert_ptr_equal(map_set(&map, "key", &second), &first);
    assert_ptr_equal(map_get(&map, "key"), &second);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_set),
        cmocka_unit_test(setting_again_returns_the_value_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
