// SPDX-License-Identifier: MIT
#ifndef DEPLOY_GC_ASSET_USE_H
#define DEPLOY_GC_ASSET_USE_H

// Which assets are in use: the hashes that templates hold, wherever and in whatever they stand. An asset's
// name in the bucket is the SHA-256 of its content in hexadecimal digits, with a prefix or an ending perhaps.

#include "util/map.h"

#include <stdbool.h>

struct asset_use {
    struct map hashes;
};

void asset_use_init(struct asset_use *use, struct arena *arena);
// Every hash in the text.
void asset_use_add(struct asset_use *use, const char *text);
bool asset_use_has(const struct asset_use *use, const char *hash);

// The hash that an object is named by, in the arena; NULL: it is no asset.
const char *asset_hash(struct arena *arena, const char *key);

#endif
