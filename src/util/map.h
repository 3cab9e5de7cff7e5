// SPDX-License-Identifier: MIT
#ifndef UTIL_MAP_H
#define UTIL_MAP_H

// A hash map from strings to pointers, which no choice of keys makes slow. Keys are borrowed and must outlive
// the map; all memory comes from the arena.

#include "util/arena.h"

struct map_entry;

struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t length;
    size_t capacity;
};

void map_init(struct map *map, struct arena *arena);
// NULL when there is no such key.
void *map_get(const struct map *map, const char *key);
// Returns the value that the key had before, or NULL.
void *map_set(struct map *map, const char *key, void *value);

#endif
