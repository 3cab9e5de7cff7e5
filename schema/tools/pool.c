// SPDX-License-Identifier: MIT
#include "pool.h"

#include <stdbool.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

void pool_init(struct pool *pool, struct arena *arena)
{
    *pool = (struct pool){ .arena = arena };
}

// FNV-1a
static uint64_t hash_of(const uint32_t *words, size_t count)
{
    uint64_t hash = 14695981039346656037U;

    for (size_t i = 0; i < count; i++)
        hash = (hash ^ words[i]) * 1099511628211U;
    return hash ^ hash >> 32;
}

static const uint32_t *pool_at(const struct pool *pool, size_t index, size_t *ret_count)
{
    size_t end = index + 1 < pool->count ? pool->starts[index + 1] : pool->word_count;

    *ret_count = end - pool->starts[index];
    return pool->words ? pool->words + pool->starts[index] : NULL;
}

static bool is_equal(const struct pool *pool, size_t index, const uint32_t *words, size_t count)
{
    size_t length;
    const uint32_t *present = pool_at(pool, index, &length);

    return length == count && (count == 0 || memcmp(present, words, count * sizeof(*words)) == 0);
}

// Where the sequence is, or where it belongs.
static uint32_t *find_slot(const struct pool *pool, const uint32_t *words, size_t count)
{
    size_t at = hash_of(words, count) & (pool->slot_count - 1);

    while (pool->slots[at] && !is_equal(pool, pool->slots[at] - 1, words, count))
        at = (at + 1) & (pool->slot_count - 1);
    return &pool->slots[at];
}

static void grow_slots(struct pool *pool)
{
    pool->slot_count = pool->slot_count ? pool->slot_count * 2 : FIRST_SLOTS;
    pool->slots = arena_alloc(pool->arena, pool->slot_count * sizeof(*pool->slots));
    for (size_t i = 0; i < pool->count; i++) {
        size_t count;
        const uint32_t *words = pool_at(pool, i, &count);

        *find_slot(pool, words, count) = (uint32_t)i + 1;
    }
}

uint32_t pool_add(struct pool *pool, const uint32_t *words, size_t count)
{
    uint32_t *slot;

    if (pool->count * 2 >= pool->slot_count)
        grow_slots(pool);
    slot = find_slot(pool, words, count);
    if (*slot)
        return *slot - 1;
    pool->starts = arena_grow(pool->arena, pool->starts, pool->count, &pool->capacity, sizeof(*pool->starts));
    pool->starts[pool->count] = (uint32_t)pool->word_count;
    *slot = (uint32_t)++pool->count;
    for (size_t i = 0; i < count; i++) {
        pool->words = arena_grow(
            pool->arena, pool->words, pool->word_count, &pool->word_capacity, sizeof(*pool->words));
        pool->words[pool->word_count++] = words[i];
    }
    return *slot - 1;
}
