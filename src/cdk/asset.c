// SPDX-License-Identifier: MIT
#include "cdk/asset.h"

#include "cdk/asset_private.h"
#include "cdk/resource.h"
#include "util/digest.h"
#include "util/file/file.h"

#include <string.h>
#include <sys/stat.h>

static const char *extension_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash + 1 : path, '.');

    return dot && dot != path ? dot : "";
}

static const char *path_below_stack(const struct construct *node)
{
    size_t prefix = node->stack ? strlen(node->stack->node->path) + 1 : 0;

    return node->path + prefix;
}

// A package may come with the hash of its content in PATH.sha256, which saves reading megabytes. It counts
// unless the package is newer.
static bool read_companion(const char *path, char hex[SHA256_HEX_SIZE])
{
    STRBUF_AUTO companion = STRBUF_INIT;
    STRBUF_AUTO content = STRBUF_INIT;
    ERROR_AUTO ignored = ERROR_INIT;
    struct stat package, hash;

    strbuf_addf(&companion, "%s.sha256", path);
    if (stat(path, &package) < 0 || stat(companion.data, &hash) < 0 || hash.st_mtime < package.st_mtime ||
        file_read(companion.data, &content, &ignored) < 0)
        return false;
    if (strspn(content.data, "0123456789abcdef") != SHA256_HEX_SIZE - 1)
        return false;
    memcpy(hex, content.data, SHA256_HEX_SIZE - 1);
    hex[SHA256_HEX_SIZE - 1] = '\0';
    return true;
}

static int hash_source(const struct asset_entry *entry, char hex[SHA256_HEX_SIZE], struct error *err)
{
    return !entry->tree.is_directory && read_companion(entry->source, hex)
        ? 0
        : tree_hash(&entry->tree, hex, err);
}

// Reads and hashes the source. One that is not there counts as a folder and gets the hash of its path, so
// that everything else can be looked at.
static void fingerprint(struct asset_entry *entry)
{
    struct arena *arena = &entry->node->app->arena;
    char hex[SHA256_HEX_SIZE];
    ERROR_AUTO err = ERROR_INIT;

    if (tree_read(entry->source, arena, &entry->tree, &err) < 0 || hash_source(entry, hex, &err) < 0) {
        entry->problem = arena_strdup(arena, err.message);
        sha256_hex(entry->source, strlen(entry->source), hex);
    }
    entry->hash = arena_strdup(arena, hex);
}

static struct asset_entry *new_entry(struct construct *node, const char *path)
{
    struct arena *arena = &node->app->arena;
    struct asset_entry *entry = arena_alloc(arena, sizeof(*entry));
    const char *extension;
    bool is_folder;

    entry->node = node;
    entry->source = arena_strdup(arena, path);
    entry->display_name = path_below_stack(node);
    fingerprint(entry);
    is_folder = entry->tree.is_directory || entry->problem;
    extension = is_folder ? "" : extension_of(entry->source);
    entry->file_name = arena_printf(arena, "asset.%s%s", entry->hash, extension);
    entry->object_key = arena_printf(arena, "%s%s", entry->hash, is_folder ? ".zip" : extension);
    LIST_APPEND(arena, &node->stack->state->assets, entry);
    return entry;
}

struct asset *asset_new(struct construct *scope, const char *id, const char *path)
{
    struct construct *node = construct_new(scope, id, "s3_assets.Asset");
    struct asset *asset = arena_alloc(&node->app->arena, sizeof(*asset));
    const struct asset_entry *entry;
    const char *bucket;

    asset->node = node;
    asset->path = arena_strdup(&node->app->arena, path);
    if (!node->stack) {
        diag_error(node, "'%s' is not in a stack", node->path);
        return asset;
    }
    entry = new_entry(node, path);
    bucket = stack_specialize(node->stack, "cdk-%q-assets-%a-%r");
    asset->hash = entry->hash;
    asset->bucket_name = strstr(bucket, "${") ? fn_sub(bucket) : string(bucket);
    asset->object_key = string(entry->object_key);
    return asset;
}

void asset_add_resource_metadata(const struct asset *asset, struct resource *resource, const char *property)
{
    if (!construct_context_flag(asset->node, "aws:cdk:enable-asset-metadata"))
        return;
    resource_add_metadata(resource, "aws:asset:path", stringf("asset.%s", asset->hash));
    resource_add_metadata(resource, "aws:asset:is-bundled", boolean(false));
    resource_add_metadata(resource, "aws:asset:property", string(property));
}

bool stack_check_assets(struct stack *stack)
{
    bool complete = true;

    for (size_t i = 0; i < stack->state->assets.length; i++) {
        const struct asset_entry *asset = stack->state->assets.items[i];

        if (asset->problem)
            diag_error(asset->node, "%s; build it first", asset->problem);
        complete &= !asset->problem;
    }
    return complete;
}
