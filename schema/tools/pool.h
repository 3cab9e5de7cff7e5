// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_POOL_H
#define SCHEMA_TOOLS_POOL_H

// Sequences of numbers, equal ones stored once, numbered in the order in which they first came.

#include "util/arena.h"

#include <stddef.h>
#include <stdint.h>

struct pool {
    struct arena *arena;
    uint32_t *words;
    size_t word_count, word_capacity;
    uint32_t *starts; // of each sequence in `words`
    size_t count, capacity;
    uint32_t *slots; // a hash table of numbers of sequences, plus 1
    size_t slot_count;
};

void pool_init(struct pool *pool, struct arena *arena);
uint32_t pool_add(struct pool *pool, const uint32_t *words, size_t count);

#endif
