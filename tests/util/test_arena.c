// SPDX-License-Identifier: MIT
#include "util/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 3000, LARGEST = 10 * 1000 };

static size_t size_of(int i)
{
    return (size_t)i * 7919 % LARGEST;
}

// Fills pieces of every size and then looks whether one wrote over another.
static void use(struct arena *arena)
{
    static unsigned char *pieces[MANY];

    for (int i = 0; i < MANY; i++) {
        pieces[i] = arena_allocate(arena, size_of(i));
        assert_int_equal((uintptr_t)pieces[i] % ARENA_ALIGNMENT, 0);
        memset(pieces[i], i % 251, size_of(i));
    }
    for (int i = 0; i < MANY; i++)
        for (size_t at = 0; at < size_of(i); at++)
            if (pieces[i][at] != i % 251)
                fail_msg("piece %d was written over", i);
}

static void pieces_stay_apart(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    use(&arena);
    arena_reset(&arena);
    use(&arena);
    arena_release(&arena);
    assert_int_equal(arena.allocated, 0);
    use(&arena);
    arena_release(&arena);
}

static void a_large_first_chunk(void **state)
{
    struct arena arena = ARENA_INIT;

    (void)state;
    arena_expect_much(&arena);
    use(&arena);
    arena_reset(&arena);
    use(&arena);
    arena_release(&arena);
}

static void a_piece_larger_than_every_chunk(void **state)
{
    enum { HUGE_SIZE = 5 * 1000 * 1000 };
    struct arena arena = ARENA_INIT;

    (void)state;
    memset(arena_allocate(&arena, HUGE_SIZE), 1, HUGE_SIZE);
    use(&arena);
    arena_release(&arena);
}

// What the lender has is not touched by what the borrower does, releasing included.
static void borrowed_memory(void **state)
{
    struct arena lender = ARENA_INIT;

    (void)state;
    for (size_t odd = 0; odd < 4; odd++) {
        struct arena borrower = ARENA_INIT;
        char *before = arena_strdup(&lender, "before"), *after;

        arena_allocate(&lender, odd * ARENA_ALIGNMENT);
        arena_borrow(&borrower, &lender, 1000 + odd);
        after = arena_strdup(&lender, "after");
        arena_strdup(&borrower, "in what is borrowed");
        arena_reset(&borrower);
        use(&borrower);
        arena_reset(&borrower);
        use(&borrower);
        arena_release(&borrower);
        assert_string_equal(before, "before");
        assert_string_equal(after, "after");
    }
    arena_release(&lender);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_stay_apart),
        cmocka_unit_test(a_large_first_chunk),
        cmocka_unit_test(a_piece_larger_than_every_chunk),
        cmocka_unit_test(borrowed_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
