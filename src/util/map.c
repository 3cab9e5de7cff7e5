// SPDX-License-Identifier: MIT
#include "util/map.h"

#include "util/random.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

struct map_entry {
    const char *key; // NULL: free
    void *value;
    uint64_t hash;
};

// Another one in each process, so that nobody can choose keys that collide.
static uint64_t seed[2];

__attribute__((constructor)) static void make_seed(void)
{
    random_fill(seed, sizeof(seed));
}

static uint64_t rotated(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotated(v[1], 13) ^ v[0];
    v[0] = rotated(v[0], 32);
    v[2] += v[3];
    v[3] = rotated(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotated(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotated(v[1], 17) ^ v[2];
    v[2] = rotated(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

// SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF").
static uint64_t hash_of(const char *key)
{
    uint64_t v[4] = { seed[0] ^ 0x736f6d6570736575, seed[1] ^ 0x646f72616e646f6d,
        seed[0] ^ 0x6c7967656e657261, seed[1] ^ 0x7465646279746573 };
    size_t length = strlen(key), at = 0;
    uint64_t word;

    for (; at + sizeof(word) <= length; at += sizeof(word)) {
        memcpy(&word, key + at, sizeof(word));
        sip_word(v, word);
    }
    word = 0;
    memcpy(&word, key + at, length - at);
    sip_word(v, word | (uint64_t)length << 56);
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){ .arena = arena };
}

// The entry with the key, or the free one where it belongs. There is always a free one.
static struct map_entry *find(const struct map *map, const char *key, uint64_t hash)
{
    size_t at = hash & (map->capacity - 1);

    while (map->entries[at].key && (map->entries[at].hash != hash || strcmp(map->entries[at].key, key) != 0))
        at = (at + 1) & (map->capacity - 1);
    return &map->entries[at];
}

static void grow(struct map *map)
{
    struct map old = *map;

    map->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    map->entries = arena_alloc(map->arena, map->capacity * sizeof(*map->entries));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key)
            *find(map, old.entries[i].key, old.entries[i].hash) = old.entries[i];
}

void *map_get(const struct map *map, const char *key)
{
    return map->length ? find(map, key, hash_of(key))->value : NULL;
}

void *map_set(struct map *map, const char *key, void *value)
{
    uint64_t hash = hash_of(key);
    struct map_entry *entry;
    void *previous;

    if ((map->length + 1) * 4 > map->capacity * 3)
        grow(map);
    entry = find(map, key, hash);
    previous = entry->value;
    if (!entry->key)
        map->length++;
    *entry = (struct map_entry){ .key = key, .value = value, .hash = hash };
    return previous;
}
