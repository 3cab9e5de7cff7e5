// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/asset.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static bool ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), suffix_length = strlen(suffix);

    return length >= suffix_length && strcasecmp(text + length - suffix_length, suffix) == 0;
}

static bool is_package(const char *path)
{
    struct stat info;

    // What is not there is the asset's to report.
    if (stat(path, &info) < 0 || S_ISDIR(info.st_mode))
        return true;
    return ends_with(path, ".zip") || ends_with(path, ".jar");
}

static struct value *bind_asset(struct lambda_function *function, const char *path, struct asset **ret_asset)
{
    struct asset *asset;

    if (!is_package(path))
        diag_error(function->node, "code asset '%s' must be a directory, a .zip file, or a .jar file", path);
    asset = asset_new(function->node, "Code", path);
    *ret_asset = asset;
    return object((struct field[]){
        { "S3Bucket", asset->bucket_name },
        { "S3Key", asset->object_key },
        END,
    });
}

static struct value *bind_inline(struct lambda_function *function, const char *text)
{
    enum lambda_runtime runtime = function->state->runtime;

    if (!*text)
        diag_error(function->node, "inline code must not be empty");
    if (runtime != LAMBDA_RUNTIME_NONE && !lambda_runtime_has(runtime, RUNTIME_INLINE))
        diag_error(function->node, "runtime '%s' takes no inline code; give a directory as asset",
            lambda_runtime_identifier(runtime));
    return object((struct field[]){ { "ZipFile", string(text) }, END });
}

struct value *lambda_code_bind(
    struct lambda_function *function, const struct lambda_code *code, struct asset **ret_asset)
{
    int given = !!code->asset + !!code->inline_code + !!code->s3_bucket;

    *ret_asset = NULL;
    if (given != 1) {
        diag_error(
            function->node, "'code' must be exactly one of asset, inline code, and object in a bucket");
        return NULL;
    }
    if (code->asset)
        return bind_asset(function, code->asset, ret_asset);
    if (code->inline_code)
        return bind_inline(function, code->inline_code);
    if (!code->s3_key)
        diag_error(function->node, "'code' names a bucket but no 's3_key'");
    return object((struct field[]){
        { "S3Bucket", code->s3_bucket },
        { "S3Key", code->s3_key },
        { "S3ObjectVersion", string(code->s3_object_version) },
        END,
    });
}
