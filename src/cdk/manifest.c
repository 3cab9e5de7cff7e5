// SPDX-License-Identifier: MIT
#include "cdk/synth_private.h"

#include "cdk/tags_private.h"
#include "data/bootstrap.h"
#include "data/json.h"
#include "util/digest.h"

#include <stdlib.h>
#include <string.h>

enum { INDENT = 2, DESTINATION_HASH_LENGTH = 8 };

static struct value *bootstrap_parameter(const struct stack *stack)
{
    return string(stack_specialize(stack, "/cdk-bootstrap/%q/version"));
}

// Where in the bootstrap bucket a file goes. The key is made of the environment and a hash of the place
// (asset-manifest-builder.ts).
static struct value *destinations(const struct stack *stack, const char *object_key)
{
    const struct stack_data *state = stack->state;
    STRBUF_AUTO text = STRBUF_INIT;
    char hash[SHA256_HEX_SIZE];
    struct value *place = object((struct field[]){
        { "bucketName", string(stack_specialize(stack, "cdk-%q-assets-%a-%r")) },
        { "objectKey", string(object_key) },
        { "region", string(state->region) },
        { "assumeRoleArn",
            string(stack_specialize(stack, "arn:%p:iam::%a:role/cdk-%q-file-publishing-role-%a-%r")) },
        END,
    });

    json_stringify(&text, place);
    sha256_hex(text.data, text.length, hash);
    strbuf_reset(&text);
    strbuf_addf(&text, "%s-%s-%.*s", state->account ? state->account : "current_account",
        state->region ? state->region : "current_region", DESTINATION_HASH_LENGTH, hash);
    return object((struct field[]){ { text.data, place }, END });
}

static struct value *file_entry(const struct stack *stack, const char *display_name, const char *path,
    const char *packaging, const char *object_key)
{
    return object((struct field[]){
        { "displayName", string(display_name) },
        { "source",
            object((struct field[]){ { "path", string(path) }, { "packaging", string(packaging) }, END }) },
        { "destinations", destinations(stack, object_key) },
        END,
    });
}

static const char *template_key(const struct assembly_stack *rendered)
{
    return arena_printf(value_arena(), "%s.json", rendered->template_hash);
}

void asset_manifest_write(struct strbuf *out, const struct assembly_stack *rendered)
{
    const struct stack *stack = rendered->stack;
    const char *template_name = arena_printf(value_arena(), "%s Template", stack->node->path);
    struct value *files = object((struct field[]){ END });

    for (size_t i = 0; i < stack->state->assets.length; i++) {
        const struct asset_entry *asset = stack->state->assets.items[i];

        if (!asset->problem && !object_get(files, asset->hash))
            object_set(files, asset->hash,
                file_entry(stack, asset->display_name, asset->file_name,
                    asset->tree.is_directory ? "zip" : "file", asset->object_key));
    }
    object_set(files, rendered->template_hash,
        file_entry(stack, template_name, rendered->template_file, "file", template_key(rendered)));
    json_write(out,
        object((struct field[]){
            { "version", string(ASSEMBLY_SCHEMA_VERSION) },
            { "files", files },
            { "dockerImages", object((struct field[]){ END }) },
            END,
        }),
        INDENT);
}

static struct value *asset_artifact(const struct assembly_stack *rendered)
{
    return object((struct field[]){
        { "type", string("cdk:asset-manifest") },
        { "properties",
            object((struct field[]){
                { "file", string(rendered->asset_manifest_file) },
                { "requiresBootstrapStackVersion", number(BOOTSTRAP_FOR_DEPLOYMENT) },
                { "bootstrapStackVersionSsmParameter", bootstrap_parameter(rendered->stack) },
                END,
            }) },
        END,
    });
}

static struct value *lookup_role(const struct stack *stack)
{
    return object((struct field[]){
        { "arn", string(stack_specialize(stack, lookup_role_arn)) },
        { "requiresBootstrapStackVersion", number(BOOTSTRAP_FOR_LOOKUP) },
        { "bootstrapStackVersionSsmParameter", bootstrap_parameter(stack) },
        END,
    });
}

static struct value *stack_properties(const struct assembly_stack *rendered, const char *asset_artifact_id)
{
    const struct stack *stack = rendered->stack;
    const struct stack_data *state = stack->state;
    const char *bucket = stack_specialize(stack, "cdk-%q-assets-%a-%r");

    return object((struct field[]){
        { "templateFile", string(rendered->template_file) },
        { "terminationProtection", boolean(state->termination_protection) },
        { "tags", tags_values(stack->node) },
        { "validateOnSynth", boolean(false) },
        { "notificationArns", state->notification_arns },
        { "assumeRoleArn", string(stack_specialize(stack, "arn:%p:iam::%a:role/cdk-%q-deploy-role-%a-%r")) },
        { "cloudFormationExecutionRoleArn",
            string(stack_specialize(stack, "arn:%p:iam::%a:role/cdk-%q-cfn-exec-role-%a-%r")) },
        { "stackTemplateAssetObjectUrl", stringf("s3://%s/%s", bucket, template_key(rendered)) },
        { "requiresBootstrapStackVersion", number(BOOTSTRAP_FOR_DEPLOYMENT) },
        { "bootstrapStackVersionSsmParameter", bootstrap_parameter(stack) },
        { "additionalDependencies", array_of((struct value *[]){ string(asset_artifact_id), NULL }) },
        { "lookupRole", lookup_role(stack) },
        { "stackName", strcmp(stack->name, stack->artifact_id) != 0 ? string(stack->name) : NULL },
        END,
    });
}

static struct value *metadata_entry(const char *type, struct value *data)
{
    return object((struct field[]){ { "type", string(type) }, { "data", data }, END });
}

// As in the CDK, which records a stack trace with each logical id when CDK_DEBUG is "true" (aws-cdk-lib:
// debugModeEnabled).
static struct value *logical_id_entry(const struct construct *construct)
{
    const char *debug = getenv("CDK_DEBUG");
    const char *place = debug && strcmp(debug, "true") == 0 ? construct_place(construct) : NULL;
    struct value *entry = metadata_entry("aws:cdk:logicalId", string(element_logical_id(construct->element)));

    if (place)
        object_set(entry, "trace", strings((const char *[]){ place, NULL }));
    return entry;
}

static void add_metadata(struct construct *construct, struct stack *stack, struct value *metadata)
{
    struct value *entries = array();

    if (construct->element && element_is_wanted(construct->element))
        array_append(entries, logical_id_entry(construct));
    for (size_t i = 0; i < construct->metadata.length; i++) {
        const struct metadata_entry *entry = &construct->metadata.items[i];

        array_append(entries, metadata_entry(entry->type, stack_resolve(stack, entry->data)));
    }
    if (value_length(entries)) {
        STRBUF_AUTO key = STRBUF_INIT;

        strbuf_add_char(&key, '/');
        strbuf_add_string(&key, construct->path);
        object_set(metadata, key.data, entries);
    }
    for (size_t i = 0; i < construct->children.length; i++)
        if (construct->children.items[i]->stack == stack)
            add_metadata(construct->children.items[i], stack, metadata);
}

static struct value *stack_tags(const struct stack *stack)
{
    const struct value *values = tags_values(stack->node);
    struct value *tags = array();

    for (size_t i = 0; i < value_length(values); i++) {
        const struct field *field = object_at(values, i);

        array_append(
            tags, object((struct field[]){ { "key", string(field->key) }, { "value", field->value }, END }));
    }
    return value_length(tags) ? tags : NULL;
}

static struct value *stack_metadata(struct stack *stack)
{
    struct value *metadata = object((struct field[]){ END });
    const char *key = arena_printf(value_arena(), "/%s", stack->node->path);
    struct value *tags = stack_tags(stack);
    struct value *own;

    add_metadata(stack->node, stack, metadata);
    if (!tags)
        return metadata;
    own = object_get(metadata, key);
    if (!own)
        object_set(metadata, key, own = array());
    array_append(own, metadata_entry("aws:cdk:stack-tags", tags));
    return metadata;
}

struct value *assembly_stack_metadata(const struct assembly_stack *rendered)
{
    return stack_metadata(rendered->stack);
}

static struct value *stack_artifact(const struct assembly_stack *rendered, const char *asset_artifact_id)
{
    struct stack *stack = rendered->stack;
    const struct stack_data *state = stack->state;
    struct value *dependencies = array();

    for (size_t i = 0; i < stack_dependency_count(stack); i++)
        array_append(dependencies, string(stack_dependency_at(stack, i)->artifact_id));
    array_append(dependencies, string(asset_artifact_id));
    return object((struct field[]){
        { "type", string("aws:cloudformation:stack") },
        { "environment",
            stringf("aws://%s/%s", state->account ? state->account : "unknown-account",
                state->region ? state->region : "unknown-region") },
        { "properties", stack_properties(rendered, asset_artifact_id) },
        { "dependencies", dependencies },
        { "metadata", stack_metadata(stack) },
        { "displayName", string(stack->node->path) },
        END,
    });
}

static struct value *tree_artifact(void)
{
    return object((struct field[]){
        { "type", string("cdk:tree") },
        { "properties", object((struct field[]){ { "file", string("tree.json") }, END }) },
        END,
    });
}

void manifest_write(struct strbuf *out, const struct assembly *assembly)
{
    struct value *artifacts = object((struct field[]){ END });

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct assembly_stack *rendered = &assembly->stacks[i];
        const char *asset_id = arena_printf(value_arena(), "%s.assets", rendered->stack->artifact_id);

        object_set(artifacts, asset_id, asset_artifact(rendered));
        object_set(artifacts, rendered->stack->artifact_id, stack_artifact(rendered, asset_id));
    }
    object_set(artifacts, "Tree", tree_artifact());
    json_write(out,
        object((struct field[]){
            { "version", string(ASSEMBLY_SCHEMA_VERSION) },
            { "artifacts", artifacts },
            { "missing", value_length(assembly->missing) ? assembly->missing : NULL },
            END,
        }),
        INDENT);
}
