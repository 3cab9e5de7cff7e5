// SPDX-License-Identifier: MIT
#ifndef CDK_ASSET_PRIVATE_H
#define CDK_ASSET_PRIVATE_H

// The files that a stack needs, as its synthesis sees them.

#include "cdk/stack_private.h"
#include "util/file/file_tree.h"

struct asset_entry {
    struct construct *node;
    const char *hash;
    const char *source;       // path of the original
    const char *file_name;    // in the assembly: "asset.HASH" for a directory, "asset.HASH.zip" for a file
    const char *object_key;   // in the bucket
    const char *display_name; // the path below the stack
    struct tree tree;
    bool is_package;     // the hash is the one beside the source (util/file/package.h)
    const char *problem; // why it cannot be read; NULL when it can
};

// Puts a copy at `target`, which appears whole or not at all; a target that exists is taken for it.
int asset_write(const struct asset_entry *entry, const char *target, struct error *err);

#endif
