// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/construct.h"
#include "cdk/stack.h"
#include "data/json.h"
#include "util/digest.h"

#include <stdlib.h>
#include <string.h>

// The hash covers JSON text, so the order of keys is part of it: these first, then the others by the alphabet
// (function-hash.js).
static const char *const first_properties[] = {
    "Code",
    "Handler",
    "Role",
    "Runtime",
    "Architectures",
    "DeadLetterConfig",
    "Description",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    "FunctionName",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "MemorySize",
    "PackageType",
    "RuntimeManagementConfig",
    "SnapStart",
    "Timeout",
    "TracingConfig",
    "VpcConfig",
    NULL,
};

// What can change without another version.
static const char *const not_of_version[] = {
    "CodeSigningConfigArn",
    "ReservedConcurrentExecutions",
    "Tags",
    "TenancyConfig",
    NULL,
};

static int compare_keys(const void *a, const void *b)
{
    const struct field *const *x = a, *const *y = b;

    return strcmp((*x)->key, (*y)->key);
}

static struct value *sorted_properties(const struct value *properties)
{
    size_t count = value_length(properties);
    const struct field **fields = arena_alloc(value_arena(), (count + 1) * sizeof(struct field *));
    struct value *sorted = object((struct field[]){ END });

    for (const char *const *at = first_properties; *at; at++)
        object_set(sorted, *at, object_get(properties, *at));
    for (size_t i = 0; i < count; i++)
        fields[i] = object_at(properties, i);
    qsort(fields, count, sizeof(struct field *), compare_keys);
    for (size_t i = 0; i < count; i++)
        object_set(sorted, fields[i]->key, fields[i]->value);
    for (const char *const *at = not_of_version; *at; at++)
        object_remove(sorted, *at);
    return sorted;
}

static struct value *runtime_names(const struct value *runtimes)
{
    struct value *names = array();

    for (size_t i = 0; i < value_length(runtimes); i++)
        array_append(names, object_get(array_at(runtimes, i), "name"));
    return names;
}

static void hash_layers(const struct lambda_function *function, char hex[MD5_HEX_SIZE])
{
    struct stack *stack = construct_stack(function->node);
    size_t count = function->state->layer_count;
    struct lambda_layer_version **layers = count ? lambda_function_sorted_layers(function) : NULL;
    struct value *runtimes = count ? lambda_all_runtimes() : NULL;
    struct value *config = object((struct field[]){ END });
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        struct value *arn = layers[i]->layer_version_arn;

        if (value_is_literal(arn))
            object_set(config, value_string(arn), runtimes);
        else
            object_set(config, construct_id(layers[i]->node),
                object((struct field[]){
                    { "arn", stack_resolve(stack, arn) },
                    { "runtimes", runtime_names(runtimes) },
                    END,
                }));
    }
    json_stringify(&text, config);
    md5_hex(text.data, text.length, hex);
}

const char *lambda_function_hash(struct lambda_function *function)
{
    struct stack *stack = construct_stack(function->node);
    char hex[MD5_HEX_SIZE];
    STRBUF_AUTO text = STRBUF_INIT;

    json_stringify(&text, sorted_properties(stack_resolve(stack, resource_properties(function->resource))));
    if (construct_context_flag(function->node, "@aws-cdk/aws-lambda:recognizeLayerVersion")) {
        hash_layers(function, hex);
        strbuf_add_string(&text, hex);
    }
    strbuf_add_string(&text, function->state->version_salt);
    md5_hex(text.data, text.length, hex);
    return arena_strdup(construct_arena(function->node), hex);
}
