// SPDX-License-Identifier: MIT
#ifndef UTIL_FILE_FILE_TREE_H
#define UTIL_FILE_FILE_TREE_H

// The regular files below a directory (or one file alone), in the order of their names, so that what is made
// of them is the same everywhere. Symbolic links are followed.

#include "util/arena.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct tree_file {
    const char *name; // relative to the directory, with "/"; the base name for a file alone
    const char *path;
    bool executable;
};

struct tree {
    bool is_directory;
    struct tree_file *files;
    size_t count, capacity;
};

// All memory comes from the arena.
int tree_read(const char *path, struct arena *arena, struct tree *ret_tree, struct error *err);
// SHA-256 over names, modes and contents, as hexadecimal; depends on nothing else.
int tree_hash(const struct tree *tree, char hex[65], struct error *err);
// A copy at `target`, which appears whole or not at all. A target that exists already is taken for that copy.
int tree_copy(const struct tree *tree, const char *target, struct error *err);

// Removes a file, or a directory and everything in it; what cannot be removed stays. Takes no memory and is
// safe to call in a signal handler.
void tree_remove(const char *path);

#endif
