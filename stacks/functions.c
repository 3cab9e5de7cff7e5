// SPDX-License-Identifier: MIT
#include "stacks/functions.h"

#include "cdk/token.h"

#include "audit_event_types.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const function_names[] = { "event-publisher", "audit-consumer", "image-transform", NULL };

static const char *program_directory(void)
{
    static char path[PATH_MAX];
    ssize_t length;

    if (*path)
        return path;
    length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (length < 0)
        return strcpy(path, ".");
    path[length] = '\0';
    *strrchr(path, '/') = '\0';
    return path;
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
static const char *own_file(const char *name, const char *suffix)
{
    const char *program = program_directory();
    const char *installed = join(join(program, "../share/tango-infra/functions", ""), name, suffix);

    return exists(installed) ? installed : join(join(program, "functions", ""), name, suffix);
}

const char *function_package(const char *name)
{
    const char *directory = getenv("TANGO_FUNCTIONS");
    const char *zip;

    if (!directory || !*directory)
        return own_file(name, ".zip");
    zip = join(directory, name, ".zip");
    return !exists(zip) && exists(join(directory, name, "")) ? join(directory, name, "") : zip;
}

const char *const *function_package_needs(const char *name)
{
    static const char *const of_c[] = { "bootstrap", "ca.pem", NULL };
    // sharp's native module and what that links with, for Lambda's platform.
    static const char *const of_nodejs[] = { "index.js", "node_modules/sharp/",
        "node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64",
        "node_modules/@img/sharp-libvips-linux-x64/lib/libvips-cpp.so", NULL };

    return strcmp(name, "image-transform") == 0 ? of_nodejs : of_c;
}

const char *function_runner(const char *name)
{
    return own_file(name, ".local.js");
}

struct value *function_audit_event_types(void)
{
    struct value *types = array();

    for (int i = 0; i < AUDIT_EVENT_TYPE_COUNT; i++)
        array_append(types, string(audit_event_types[i]));
    return types;
}
