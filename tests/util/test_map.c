// SPDX-License-Identifier: MIT
#include "util/map.c" // for its seed, and how far an entry is from where it belongs

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

enum { COLLIDING = 1000, THEIR_CAPACITY = 2048 };

// Entries that are looked at when every key is looked up once.
static size_t count_probes(const struct map *map)
{
    size_t probes = 0;

    for (size_t i = 0; i < map->capacity; i++)
        if (map->entries[i].key)
            probes += ((i - map->entries[i].hash) & (map->capacity - 1)) + 1;
    return probes;
}

static size_t probes_of(struct arena *arena, const char *const *keys)
{
    struct map map;

    map_init(&map, arena);
    for (size_t i = 0; i < COLLIDING; i++)
        map_set(&map, keys[i], &map);
    assert_int_equal(map.capacity, THEIR_CAPACITY);
    return count_probes(&map);
}

// Who knew the seed could choose keys that all belong to one place; who does not gets what any keys get.
static void keys_collide_only_for_who_knows_the_seed(void **state)
{
    const uint64_t own[2] = { seed[0], seed[1] };
    const char *keys[COLLIDING];
    struct arena arena = ARENA_INIT;
    size_t known, unknown;

    (void)state;
    seed[0] = seed[1] = 0;
    for (size_t i = 0, count = 0; count < COLLIDING; i++) {
        char key[32];

        snprintf(key, sizeof(key), "Resource%zu", i);
        if ((hash_of(key) & (THEIR_CAPACITY - 1)) == 0)
            keys[count++] = arena_strdup(&arena, key);
    }
    known = probes_of(&arena, keys);
    memcpy(seed, own, sizeof(seed));
    unknown = probes_of(&arena, keys);
    assert_true(known > COLLIDING * (COLLIDING / 2 - 1));
    assert_true(unknown < COLLIDING * 10);
    arena_release(&arena);
}

static void print_seed(void)
{
    printf("%016llx%016llx\n", (unsigned long long)seed[0], (unsigned long long)seed[1]);
}

static void read_seed(char line[64])
{
    FILE *child = popen("exec /proc/$PPID/exe seed", "re");

    assert_non_null(child);
    assert_non_null(fgets(line, 64, child));
    assert_int_equal(pclose(child), 0);
    assert_int_equal(strlen(line), 33);
}

static void each_process_has_its_seed(void **state)
{
    char first[64], second[64];

    (void)state;
    read_seed(first);
    read_seed(second);
    assert_string_not_equal(first, second);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_set),
        cmocka_unit_test(setting_again_returns_the_value_before),
        cmocka_unit_test(keys_collide_only_for_who_knows_the_seed),
        cmocka_unit_test(each_process_has_its_seed),
    };

    if (argc > 1 && strcmp(argv[1], "seed") == 0) {
        print_seed();
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
