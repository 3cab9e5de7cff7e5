// SPDX-License-Identifier: MIT
#include "deploy/engine/asset_check.h"

#include "data/value.h"
#include "template/assembly_path.h"
#include "util/digest.h"
#include "util/file/file.h"
#include "util/file/unzip.h"

#include <string.h>

static int check_places(const struct cloud_asset *asset, const struct tree *tree, struct error *err)
{
    if (!asset->root)
        return 0;
    for (size_t i = 0; i < tree->count; i++)
        if (assembly_check_path(asset->root, tree->files[i].path, err) < 0)
            return -1;
    return 0;
}

static int hash_text(const char *path, char hex[SHA256_HEX_SIZE], struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (file_read(path, &text, err) < 0)
        return -1;
    sha256_hex(text.data, text.length, hex);
    return 0;
}

// A package of a function is named by what is in it, everything else by its files.
static bool has_hash(const struct cloud_asset *asset, const struct tree *tree)
{
    char hex[SHA256_HEX_SIZE];
    ERROR_AUTO ignored = ERROR_INIT;

    if (asset->is_template)
        return hash_text(asset->path, hex, &ignored) == 0 && strcmp(hex, asset->hash) == 0;
    if (tree_hash(tree, hex, &ignored) == 0 && strcmp(hex, asset->hash) == 0)
        return true;
    return !tree->is_directory && unzip_content_hash(asset->path, hex, &ignored) == 0 &&
        strcmp(hex, asset->hash) == 0;
}

int asset_read(const struct cloud_asset *asset, struct arena *arena, struct tree *ret_tree, struct error *err)
{
    if (tree_read(asset->path, arena, ret_tree, err) < 0 || check_places(asset, ret_tree, err) < 0)
        return -1;
    if (!asset->hash || has_hash(asset, ret_tree))
        return 0;
    return error_set(err,
        "'%s' was changed after it was made: its hash is not the one that it is named by\nremove it and synthesize again",
        asset->path);
}

// "arn:PARTITION:iam::ACCOUNT:role/..."
const char *role_of_other_account(const char *arn, const char *account)
{
    const char *text = arn;
    size_t length;

    for (int colons = 0; colons < 4; colons++) {
        text = strchr(text, ':');
        if (!text)
            return NULL;
        text++;
    }
    length = strcspn(text, ":");
    if (!account || (strncmp(text, account, length) == 0 && !account[length]))
        return NULL;
    return arena_strndup(value_arena(), text, length);
}
