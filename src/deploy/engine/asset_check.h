// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_ASSET_CHECK_H
#define DEPLOY_ENGINE_ASSET_CHECK_H

// What an asset holds, looked at before it is uploaded.

#include "template/cloud_assembly.h"
#include "util/file/file_tree.h"

// Reads which files the asset has. An error when one lies outside of the assembly, or when the bytes are
// others than those that the hash in its name was made of, where that is known (asset->hash).
int asset_read(
    const struct cloud_asset *asset, struct arena *arena, struct tree *ret_tree, struct error *err);

// NULL, or why the role in `arn`, without placeholders, is not one of the account: the account it belongs to.
const char *role_of_other_account(const char *arn, const char *account);

#endif
