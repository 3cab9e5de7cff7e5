// SPDX-License-Identifier: MIT
#ifndef TESTS_VALUE_ARENA_H
#define TESTS_VALUE_ARENA_H

// Set-up and teardown for a cmocka test, or a group of them, that makes values: they live in an arena that is
// gone afterwards.

int value_arena_setup(void **state);
int value_arena_teardown(void **state);

#endif
