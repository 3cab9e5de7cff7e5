// SPDX-License-Identifier: MIT
#ifndef CDK_ASSET_H
#define CDK_ASSET_H

// A file or directory on disk that a stack needs in the bootstrap bucket: a directory is packed into a zip.
// The copy in the assembly is named by the hash of its content, so equal content is stored and uploaded once.

#include <stdbool.h>

struct construct;
struct resource;
struct stack;
struct value;

struct asset {
    struct construct *node;
    const char *path;          // as given
    const char *hash;          // SHA-256 of the content
    struct value *bucket_name; // where a deployment finds it
    struct value *object_key;
};

// `path` is a directory or a file. One that cannot be read gets a hash of its path, and stack_check_assets
// says so.
struct asset *asset_new(struct construct *scope, const char *id, const char *path);
// Says in the resource's metadata which property the asset is for, if context asks for that
// (aws:cdk:enable-asset-metadata).
void asset_add_resource_metadata(const struct asset *asset, struct resource *resource, const char *property);

// Reports each asset of the stack that could not be read as an error on its construct; returns whether there
// is none. For a caller that needs the assets and not only the templates.
bool stack_check_assets(struct stack *stack);

#endif
