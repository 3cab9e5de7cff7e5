// SPDX-License-Identifier: MIT
#include "cdk/asset.h"

#include "cdk/asset_private.h"
#include "cdk/resource.h"
#include "util/digest.h"
#include "util/file/file.h"
#include "util/file/package.h"

#include <string.h>
#include <unistd.h>

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

static int hash_source(struct asset_entry *entry, char hex[SHA256_HEX_SIZE], struct error *err)
{
    entry->is_package = !entry->tree.is_directory && package_hash(entry->source, hex);
    return entry->is_package ? 0 : tree_hash(&entry->tree, hex, err);
}

// Reads and hashes the source, once for all of its assets. One that is not there counts as a directory and
// gets the hash of its path, so that everything else can be looked at.
static void fingerprint(struct asset_entry *entry)
{
    struct arena *arena = &entry->node->app->arena;
    const struct asset_entry *other = map_get(&entry->node->app->asset_sources, entry->source);
    char hex[SHA256_HEX_SIZE];
    ERROR_AUTO err = ERROR_INIT;

    if (other) {
        entry->tree = other->tree;
        entry->hash = other->hash;
        entry->is_package = other->is_package;
        entry->problem = other->problem;
        return;
    }
    if (tree_read(entry->source, arena, &entry->tree, &err) < 0 || hash_source(entry, hex, &err) < 0) {
        entry->problem = arena_strdup(arena, err.message);
        sha256_hex(entry->source, strlen(entry->source), hex);
    }
    entry->hash = arena_strdup(arena, hex);
    map_set(&entry->node->app->asset_sources, entry->source, entry);
}

static struct asset_entry *new_entry(struct construct *node, const char *path)
{
    struct arena *arena = &node->app->arena;
    struct asset_entry *entry = arena_alloc(arena, sizeof(*entry));
    const char *extension;
    bool is_directory;

    entry->node = node;
    entry->source = arena_strdup(arena, path);
    entry->display_name = path_below_stack(node);
    fingerprint(entry);
    is_directory = entry->tree.is_directory || entry->problem;
    extension = is_directory ? "" : extension_of(entry->source);
    entry->file_name = arena_printf(arena, "asset.%s%s", entry->hash, extension);
    entry->object_key = arena_printf(arena, "%s%s", entry->hash, is_directory ? ".zip" : extension);
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

int asset_write(const struct asset_entry *entry, const char *target, struct error *err)
{
    if (access(target, F_OK) == 0 || (entry->is_package && package_link(entry->source, entry->hash, target)))
        return 0;
    return tree_copy(&entry->tree, target, err);
}

bool stack_check_assets(struct stack *stack)
{
    bool complete = true;

    for (size_t i = 0; i < stack->state->assets.length; i++) {
        const struct asset_entry *asset = stack->state->assets.items[i];

        if (asset->problem)
            diag_error(asset->node, "%-s; build it first", asset->problem);
        complete &= !asset->problem;
    }
    return complete;
}
