// SPDX-License-Identifier: MIT
#include "deploy/gc/asset_use.h"

#include <string.h>

enum { HASH_LENGTH = 64 };

static const char digits[] = "0123456789abcdef";

void asset_use_init(struct asset_use *use, struct arena *arena)
{
    map_init(&use->hashes, arena);
}

static void use_add(struct asset_use *use, const char *hash)
{
    char *copy = arena_strndup(use->hashes.arena, hash, HASH_LENGTH);

    map_set(&use->hashes, copy, copy);
}

void asset_use_add(struct asset_use *use, const char *text)
{
    while (*text) {
        size_t length = strspn(text, digits);

        // More digits than a hash has: it may be any part of them.
        for (size_t i = 0; i + HASH_LENGTH <= length; i++)
            use_add(use, text + i);
        text += length;
        text += *text != '\0';
    }
}

bool asset_use_has(const struct asset_use *use, const char *hash)
{
    return map_get(&use->hashes, hash) != NULL;
}

const char *asset_hash(struct arena *arena, const char *key)
{
    const char *slash = strrchr(key, '/');
    const char *name = slash ? slash + 1 : key;
    size_t length = strspn(name, digits);

    if (length != HASH_LENGTH || (name[length] && name[length] != '.'))
        return NULL;
    return arena_strndup(arena, name, length);
}
