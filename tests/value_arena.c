// SPDX-License-Identifier: MIT
#include "value_arena.h"

#include "data/value.h"

static struct arena arena;

int value_arena_setup(void **state)
{
    (void)state;
    value_arena_use(&arena);
    return 0;
}

int value_arena_teardown(void **state)
{
    (void)state;
    value_arena_use(NULL);
    arena_release(&arena);
    return 0;
}
