// SPDX-License-Identifier: MIT
#include "stacks/functions.h"

#include "cdk/value.h"

#include "audit_event_types.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program_directory(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (length < 0)
        return ".";
    path[length] = '\0';
    *strrchr(path, '/') = '\0';
    return arena_strdup(value_arena(), path);
}

static const char *join(const char *directory, const char *name, const char *suffix)
{
    return arena_printf(value_arena(), "%s/%s%s", directory, name, suffix);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

// Beside the program as the build leaves them, or where an installation puts them.
static const char *packages_directory(const char *name)
{
    const char *given = getenv("TANGO_FUNCTIONS");
    const char *program = program_directory();
    const char *installed = join(program, "../share/tango-infra/functions", "");

    if (given && *given)
        return given;
    return exists(join(installed, name, ".zip")) ? installed : join(program, "functions", "");
}

const char *function_package(const char *name)
{
    const char *directory = packages_directory(name);
    const char *zip = join(directory, name, ".zip");
    const char *folder = join(directory, name, "");

    return !exists(zip) && getenv("TANGO_FUNCTIONS") && exists(folder) ? folder : zip;
}

struct value *function_audit_event_types(void)
{
    struct value *types = array();

    for (int i = 0; i < AUDIT_EVENT_TYPE_COUNT; i++)
        array_append(types, string(audit_event_types[i]));
    return types;
}
