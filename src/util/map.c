// SPDX-License-Identifier: MIT
#include "util/map.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

struct map_entry {
    const char *key; // NULL: free
    void *value;
    uint64_t hash;
};

// FNV-1a
static uint64_t hash_of(const char *key)
{
    uint64_t hash = 14695981039346656037U;

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211U;
    return hash;
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
