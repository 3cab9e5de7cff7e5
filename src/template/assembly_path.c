// SPDX-License-Identifier: MIT
#include "template/assembly_path.h"

#include "data/json.h"
#include "data/value.h"
#include "util/file/file.h"
#include "util/text/compare.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// A manifest larger than this is not looked into for what it nests.
enum { MANIFEST_LIMIT = 64 * 1024 * 1024 };

static const char *resolved(const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy = real ? arena_strdup(value_arena(), real) : NULL;

    free(real);
    return copy;
}

// Whether the assembly in `directory` says that `name` is one of its own.
static bool nests(const char *directory, const char *name)
{
    const char *path = arena_printf(value_arena(), "%s/manifest.json", directory);
    const struct value *artifacts;
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO ignored = ERROR_INIT;

    if (file_read_limited(path, MANIFEST_LIMIT, &text, &ignored) < 0)
        return false;
    artifacts = object_get(json_parse(text.data, text.length, path, &ignored), "artifacts");
    for (size_t i = 0; i < value_length(artifacts); i++) {
        const struct value *artifact = object_at(artifacts, i)->value;
        const struct value *properties = object_get(artifact, "properties");

        if (strings_equal(object_string(artifact, "type"), "cdk:cloud-assembly") &&
            strings_equal(object_string(properties, "directoryName"), name))
            return true;
    }
    return false;
}

const char *assembly_root(const char *directory)
{
    const char *root = resolved(directory);

    while (root && root[0] == '/' && root[1]) {
        const char *slash = strrchr(root, '/');
        const char *parent = slash == root ? "/" : arena_strndup(value_arena(), root, (size_t)(slash - root));

        if (!nests(parent, slash + 1))
            break;
        root = parent;
    }
    return root;
}

int assembly_check_path(const char *root, const char *path, struct error *err)
{
    size_t length = strlen(root);
    const char *real = resolved(path);

    if (!real || strcmp(root, "/") == 0 ||
        (strncmp(real, root, length) == 0 && (!real[length] || real[length] == '/')))
        return 0;
    return error_set(err,
        "'%s' lies outside of the assembly '%s'\nan assembly holds its assets itself; the CDK leaves them out where "
        "'aws:cdk:disable-asset-staging' is set",
        path, root);
}
