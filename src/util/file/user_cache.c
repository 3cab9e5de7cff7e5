// SPDX-License-Identifier: MIT
#include "util/file/user_cache.h"

#include "util/file/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ONLY_OWNER = 0700 };

// The specification: paths that are not absolute are ignored.
static const char *absolute(const char *variable)
{
    const char *path = getenv(variable);

    return path && *path == '/' ? path : NULL;
}

const char *user_cache_path(struct arena *arena, const char *name)
{
    const char *cache = absolute("XDG_CACHE_HOME");
    const char *home = absolute("HOME");

    if (cache)
        return arena_printf(arena, "%s/tango-infra/%s", cache, name);
    return home ? arena_printf(arena, "%s/.cache/tango-infra/%s", home, name) : NULL;
}

int user_cache_prepare(const char *path, struct error *err)
{
    struct arena scratch = ARENA_INIT;
    char *folder = arena_strdup(&scratch, path);
    mode_t before = umask(~(mode_t)ONLY_OWNER & 0777);
    int status;

    *strrchr(folder, '/') = '\0';
    status = directory_make(folder, err);
    umask(before);
    arena_release(&scratch);
    return status;
}
