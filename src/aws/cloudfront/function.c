// SPDX-License-Identifier: MIT
#include "aws/cloudfront.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "util/arena.h"
#include "util/file/file.h"

#include <string.h>

#define RUNTIME_1_0 "cloudfront-js-1.0"
#define RUNTIME_2_0 "cloudfront-js-2.0"

// With the region in front a name has at most 64 characters.
enum { MAX_PATH_IN_NAME = 41 };

static struct value *default_name(const struct construct *node)
{
    const char *path = names_unique_id(node);
    if (strlen(path) > MAX_PATH_IN_NAME)
        path = names_unique_resource_name(node,
            &(struct unique_resource_name_options){
                .max_length = 40,
                .allowed_special_characters = "-_",
            });
    return concatf("%v%s", construct_stack(node)->region, path);
}

static const char *runtime(const struct cloudfront_function_props *p, struct construct *node)
{
    bool default_is_2_0 = p->key_value_store_arn ||
        construct_context_flag(node, "@aws-cdk/aws-cloudfront:defaultFunctionRuntimeV2_0");
    const char *name = p->runtime;
    if (!name)
        name = default_is_2_0 ? RUNTIME_2_0 : RUNTIME_1_0;
    if (p->key_value_store_arn && strcmp(name, RUNTIME_1_0) == 0)
        diag_error(node, "a function with a key value store needs runtime '" RUNTIME_2_0 "', not '%s'", name);
    return name;
}

static struct value *code_value(const struct cloudfront_function_props *p, struct construct *node)
{
    if (!p->code == !p->code_file)
        diag_error(node, "a function needs either code or a code_file");
    if (!p->code_file)
        return string(p->code);
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    if (file_read(p->code_file, &text, &err) < 0)
        diag_error(node, "%-s", err.message);
    return string_n(text.data, text.length);
}

static struct value *stores_value(struct value *arn)
{
    if (!arn)
        return NULL;
    struct value *store = object((struct field[]){ { "KeyValueStoreARN", arn }, END });
    return array_of((struct value *[]){ store, NULL });
}

static struct value *function_properties(
    const struct cloudfront_function_props *p, struct value *name, struct construct *node)
{
    struct value *config = object((struct field[]){
        { "Comment", p->comment ? string(p->comment) : name },
        { "KeyValueStoreAssociations", stores_value(p->key_value_store_arn) },
        { "Runtime", string(runtime(p, node)) },
        END,
    });
    return object((struct field[]){
        { "AutoPublish", boolean(toggle_or(p->auto_publish, true)) },
        { "FunctionCode", code_value(p, node) },
        { "FunctionConfig", config },
        { "Name", name },
        END,
    });
}

struct cloudfront_function *cloudfront_function_new(
    struct construct *scope, const char *id, const struct cloudfront_function_props *props)
{
    struct construct *node = construct_new(scope, id, "cloudfront.Function");
    struct cloudfront_function *function = arena_alloc(construct_arena(node), sizeof(*function));
    function->node = node;
    function->function_name = props->function_name ? props->function_name : default_name(node);
    function->resource = resource_new(node, "Resource", "AWS::CloudFront::Function",
        function_properties(props, function->function_name, node));
    function->function_arn = get_att(function->resource, "FunctionARN");
    function->function_stage = get_att(function->resource, "Stage");
    return function;
}
