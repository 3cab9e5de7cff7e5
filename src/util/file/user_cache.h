// SPDX-License-Identifier: MIT
#ifndef UTIL_FILE_USER_CACHE_H
#define UTIL_FILE_USER_CACHE_H

// The user's folder for what can be found out again (XDG Base Directory Specification: $XDG_CACHE_HOME, or
// .cache in the home directory).

#include "util/arena.h"
#include "util/error.h"

// Of a file of this program's; NULL: there is no such folder. Nothing is made.
const char *user_cache_path(struct arena *arena, const char *name);
// Makes the folder of that file, for the user alone.
int user_cache_prepare(const char *path, struct error *err);

#endif
