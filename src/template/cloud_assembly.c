// SPDX-License-Identifier: MIT
#include "template/cloud_assembly.h"

#include "data/json.h"
#include "data/value.h"
#include "template/assembly_path.h"
#include "template/assembly_shape.h"
#include "util/digest.h"
#include "util/file/file.h"
#include "util/text/compare.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// The highest major version of the schema that is understood; later minor ones only add (aws-cdk:
// cloud-assembly-schema).
enum { HIGHEST_SCHEMA = 99 };

struct assembly_reader {
    struct arena *arena;
    const char *directory;
    const char *root;          // see template/assembly_path.h; NULL: no paths are checked
    bool is_own;               // this program made it
    cloud_assembly_file *file; // reads from the source instead; NULL: from the directory
    const void *source;
    const struct value *artifacts;
    struct cloud_assembly *assembly;
    struct error *err;
};

static bool has_type(const struct value *artifact, const char *type)
{
    return strings_equal(object_string(artifact, "type"), type);
}

static const char *path_in(const struct assembly_reader *reader, const char *name)
{
    return *name == '/' ? arena_strdup(reader->arena, name)
                        : arena_printf(reader->arena, "%s/%s", reader->directory, name);
}

static int read_file(const struct assembly_reader *reader, const char *name, struct strbuf *text)
{
    if (!reader->file) {
        const char *path = path_in(reader, name);

        if (reader->root && assembly_check_path(reader->root, path, reader->err) < 0)
            return -1;
        return file_read(path, text, reader->err);
    }
    if (reader->file(reader->source, name, text) < 0)
        return error_set(reader->err, "there is no '%s' in the assembly", name);
    return 0;
}

static const struct value *read_json(const struct assembly_reader *reader, const char *name)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (read_file(reader, name, &text) < 0)
        return NULL;
    return json_parse(text.data, text.length, path_in(reader, name), reader->err);
}

// "aws://ACCOUNT/REGION", either of which may be unknown.
static int read_environment(const struct assembly_reader *reader, const char *text, struct cloud_stack *stack)
{
    static const char beginning[] = "aws://";
    const char *account;
    const char *slash;

    if (!text || strncmp(text, beginning, strlen(beginning)) != 0)
        return error_set(reader->err, "stack '%s' has no environment", stack->id);
    account = text + strlen(beginning);
    slash = strchr(account, '/');
    if (!slash)
        return error_set(reader->err, "stack '%s' has no region", stack->id);
    stack->account = arena_strndup(reader->arena, account, (size_t)(slash - account));
    stack->region = slash + 1;
    if (strcmp(stack->account, "unknown-account") == 0)
        stack->account = NULL;
    if (strcmp(stack->region, "unknown-region") == 0)
        stack->region = NULL;
    return 0;
}

// The hash in a name such as "HASH", "HASH-SUFFIX" or "HASH.json"; NULL: there is none.
static const char *hash_in(const struct assembly_reader *reader, const char *name)
{
    size_t length = strspn(name, "0123456789abcdef");

    return length == SHA256_HEX_SIZE - 1 && (!name[length] || strchr("-.", name[length]))
        ? arena_strndup(reader->arena, name, length)
        : NULL;
}

static const char *base_name(const char *key)
{
    const char *slash = strrchr(key, '/');

    return slash ? slash + 1 : key;
}

static struct cloud_asset asset_of(const struct assembly_reader *reader, const struct field *file)
{
    const struct value *source = object_get(file->value, "source");
    const struct value *place = object_at(object_get(file->value, "destinations"), 0)->value;
    const char *packaging = object_string(source, "packaging");
    const char *path = object_string(source, "path");
    const char *name = object_string(file->value, "displayName");

    return (struct cloud_asset){
        .name = name ? name : file->key,
        .path = path ? path_in(reader, path) : NULL,
        .root = reader->root,
        .hash = reader->is_own ? hash_in(reader, file->key) : NULL,
        .is_directory = packaging && strcmp(packaging, "zip") == 0,
        .bucket = object_string(place, "bucketName"),
        .key = object_string(place, "objectKey"),
        .region = object_string(place, "region"),
        .role = object_string(place, "assumeRoleArn"),
    };
}

static bool is_template(const struct cloud_asset *asset, const char *template_url)
{
    size_t length = strlen(asset->key);

    return template_url && strlen(template_url) > length &&
        strcmp(template_url + strlen(template_url) - length, asset->key) == 0;
}

static int add_assets(struct assembly_reader *reader, const struct value *manifest, const char *template_url,
    struct cloud_stack *stack)
{
    const struct value *files = object_get(manifest, "files");
    size_t capacity = stack->asset_count;

    if (value_length(object_get(manifest, "dockerImages")))
        return error_set(reader->err, "stack '%s' has container images, which are not published", stack->id);
    for (size_t i = 0; i < value_length(files); i++) {
        struct cloud_asset asset = asset_of(reader, object_at(files, i));

        if (!asset.path || !asset.bucket || !asset.key)
            return error_set(reader->err, "asset '%s' of stack '%s' has no source or no destination",
                object_at(files, i)->key, stack->id);
        if (reader->root && assembly_check_path(reader->root, asset.path, reader->err) < 0)
            return -1;
        if (!is_template(&asset, template_url)) {
            stack->assets = arena_grow(
                reader->arena, stack->assets, stack->asset_count, &capacity, sizeof(*stack->assets));
            stack->assets[stack->asset_count++] = asset;
            continue;
        }
        asset.is_template = true;
        asset.hash = hash_in(reader, base_name(asset.key));
        asset.text = reader->file ? stack->template_text : NULL;
        stack->template_asset = arena_memdup(reader->arena, &asset, sizeof(asset));
    }
    return 0;
}

static const struct value *artifact_at(
    const struct assembly_reader *reader, const struct value *ids, size_t index)
{
    const char *id = value_string(array_at(ids, index));

    return id ? object_get(reader->artifacts, id) : NULL;
}

static int read_assets(
    struct assembly_reader *reader, const struct value *artifact, struct cloud_stack *stack)
{
    const struct value *ids = object_get(artifact, "dependencies");
    const char *template_url = value_string(
        object_get_path(artifact, (const char *[]){ "properties", "stackTemplateAssetObjectUrl", NULL }));

    for (size_t i = 0; i < value_length(ids); i++) {
        const struct value *other = artifact_at(reader, ids, i);
        const char *file =
            value_string(object_get_path(other, (const char *[]){ "properties", "file", NULL }));
        const struct value *manifest;

        if (!has_type(other, "cdk:asset-manifest") || !file)
            continue;
        manifest = read_json(reader, file);
        if (!manifest || assembly_check_asset_manifest(manifest, file, reader->err) < 0 ||
            add_assets(reader, manifest, template_url, stack) < 0)
            return -1;
    }
    return 0;
}

static int read_template(struct assembly_reader *reader, const char *file, struct cloud_stack *stack)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (!file)
        return error_set(reader->err, "stack '%s' has no template", stack->id);
    if (read_file(reader, file, &text) < 0)
        return -1;
    stack->template_text = arena_strndup(reader->arena, text.data, text.length);
    stack->template_length = text.length;
    stack->template = json_parse(text.data, text.length, path_in(reader, file), reader->err);
    return stack->template ? assembly_check_template(stack->template, file, reader->err) : -1;
}

// In the manifest itself, or in a file beside it since schema 52.
static int read_metadata(
    struct assembly_reader *reader, const struct value *artifact, struct cloud_stack *stack)
{
    const char *file = object_string(artifact, "additionalMetadataFile");

    stack->metadata = object_get(artifact, "metadata");
    if (!file)
        return 0;
    stack->metadata = read_json(reader, file);
    return stack->metadata ? 0 : -1;
}

static void read_properties(const struct value *properties, struct cloud_stack *stack)
{
    const char *name = object_string(properties, "stackName");
    double version = value_number(object_get(properties, "requiresBootstrapStackVersion"));

    stack->name = name ? name : stack->id;
    stack->tags = object_get(properties, "tags");
    stack->notification_arns = object_get(properties, "notificationArns");
    stack->termination_protection = value_boolean(object_get(properties, "terminationProtection"));
    stack->deploy_role = object_string(properties, "assumeRoleArn");
    stack->execution_role = object_string(properties, "cloudFormationExecutionRoleArn");
    stack->lookup_role = object_string(object_get(properties, "lookupRole"), "arn");
    stack->bootstrap_parameter = object_string(properties, "bootstrapStackVersionSsmParameter");
    stack->bootstrap_version = version > 0 && version < INT_MAX ? (int)version : 0;
}

static int read_stack(struct assembly_reader *reader, const struct field *field, struct cloud_stack *stack)
{
    const struct value *properties = object_get(field->value, "properties");
    const char *display_name = object_string(field->value, "displayName");

    stack->id = field->key;
    stack->display_name = display_name ? display_name : field->key;
    read_properties(properties, stack);
    if (read_environment(reader, object_string(field->value, "environment"), stack) < 0 ||
        read_template(reader, object_string(properties, "templateFile"), stack) < 0 ||
        read_assets(reader, field->value, stack) < 0)
        return -1;
    return read_metadata(reader, field->value, stack);
}

static struct cloud_stack *find(const struct cloud_assembly *assembly, const char *id)
{
    for (size_t i = 0; id && i < assembly->stack_count; i++)
        if (strcmp(assembly->stacks[i].id, id) == 0)
            return &assembly->stacks[i];
    return NULL;
}

static void connect(const struct assembly_reader *reader, struct cloud_stack *stack)
{
    const struct value *ids = object_get(object_get(reader->artifacts, stack->id), "dependencies");

    stack->dependencies = arena_alloc(reader->arena, value_length(ids) * sizeof(*stack->dependencies));
    for (size_t i = 0; i < value_length(ids); i++) {
        struct cloud_stack *target = find(reader->assembly, value_string(array_at(ids, i)));

        if (target)
            stack->dependencies[stack->dependency_count++] = target;
    }
}

// The stack that this one has to wait for; one past the last artifact: none.
static size_t next_unplaced(
    const struct assembly_reader *reader, const bool *placed, const struct field *field)
{
    const struct value *ids = object_get(field->value, "dependencies");
    size_t total = value_length(reader->artifacts);

    for (size_t i = 0; i < value_length(ids); i++)
        for (size_t j = 0; j < total; j++) {
            const struct field *other = object_at(reader->artifacts, j);

            if (!placed[j] && has_type(other->value, "aws:cloudformation:stack") &&
                strings_equal(other->key, value_string(array_at(ids, i))))
                return j;
        }
    return total;
}

// Follows, from a stack that could not be placed, those that were not either, until one comes again. There is
// always a next one: it is what the stack waits for.
static int explain_cycle(const struct assembly_reader *reader, const bool *placed, size_t start)
{
    size_t total = value_length(reader->artifacts);
    size_t *seen = arena_alloc(reader->arena, total * sizeof(*seen)); // the place in the path, from 1
    size_t *path = arena_alloc(reader->arena, total * sizeof(*path));
    size_t length = 0, at = start;
    STRBUF_AUTO names = STRBUF_INIT;

    for (; !seen[at]; at = next_unplaced(reader, placed, object_at(reader->artifacts, at))) {
        path[length++] = at;
        seen[at] = length;
    }
    for (size_t i = seen[at] - 1; i < length; i++)
        strbuf_addf(&names, "'%s' -> ", object_at(reader->artifacts, path[i])->key);
    return error_set(reader->err, "the stacks depend on each other in a cycle: %s'%s'", names.data,
        object_at(reader->artifacts, at)->key);
}

// Takes a stack only after those it depends on, else as they stand in the manifest.
static int read_stacks(struct assembly_reader *reader)
{
    size_t total = value_length(reader->artifacts);
    bool *placed = arena_alloc(reader->arena, total * sizeof(*placed));
    bool progress = true;

    reader->assembly->stacks = arena_alloc(reader->arena, total * sizeof(*reader->assembly->stacks));
    while (progress) {
        progress = false;
        for (size_t i = 0; i < total; i++) {
            const struct field *field = object_at(reader->artifacts, i);
            struct cloud_stack *stack = &reader->assembly->stacks[reader->assembly->stack_count];

            if (placed[i] || !has_type(field->value, "aws:cloudformation:stack") ||
                next_unplaced(reader, placed, field) < total)
                continue;
            if (read_stack(reader, field, stack) < 0)
                return -1;
            stack->index = reader->assembly->stack_count++;
            placed[i] = progress = true;
        }
    }
    for (size_t i = 0; i < total; i++)
        if (!placed[i] && has_type(object_at(reader->artifacts, i)->value, "aws:cloudformation:stack"))
            return explain_cycle(reader, placed, i);
    for (size_t i = 0; i < reader->assembly->stack_count; i++)
        connect(reader, &reader->assembly->stacks[i]);
    return 0;
}

static int check_version(const struct value *manifest, struct error *err)
{
    const char *version = object_string(manifest, "version");
    int major;

    if (!version || sscanf(version, "%d.", &major) != 1)
        return error_set(err, "the manifest has no version");
    if (major > HIGHEST_SCHEMA)
        return error_set(err, "the assembly has version %s, which is not understood", version);
    return 0;
}

static int read_assembly(struct assembly_reader *reader)
{
    const struct value *manifest = read_json(reader, "manifest.json");

    *reader->assembly = (struct cloud_assembly){ .directory = reader->directory };
    if (!manifest || assembly_check_manifest(manifest, "manifest.json", reader->err) < 0 ||
        check_version(manifest, reader->err) < 0)
        return -1;
    reader->artifacts = object_get(manifest, "artifacts");
    return read_stacks(reader);
}

int cloud_assembly_read(const char *directory, struct cloud_assembly *ret_assembly, struct error *err)
{
    struct arena *arena = value_arena();
    struct assembly_reader reader = {
        .arena = arena,
        .directory = arena_strdup(arena, directory),
        .root = assembly_root(directory),
        .assembly = ret_assembly,
        .err = err,
    };

    reader.is_own = access(path_in(&reader, "tango-infra.files"), F_OK) == 0;
    return read_assembly(&reader);
}

int cloud_assembly_of(
    cloud_assembly_file *file, const void *source, struct cloud_assembly *ret_assembly, struct error *err)
{
    struct assembly_reader reader = { .arena = value_arena(),
        .directory = ".",
        .file = file,
        .source = source,
        .assembly = ret_assembly,
        .err = err };

    return read_assembly(&reader);
}

static bool is_below(const char *path, const char *ancestor)
{
    size_t length = strlen(ancestor);

    return !length || (strncmp(path, ancestor, length) == 0 && path[length] == '/');
}

static bool has_logical_id(const struct value *entries, const char *logical_id)
{
    for (size_t i = 0; i < value_length(entries); i++) {
        const char *data = object_string(array_at(entries, i), "data");

        if (data && has_type(array_at(entries, i), "aws:cdk:logicalId") && strcmp(data, logical_id) == 0)
            return true;
    }
    return false;
}

const char *cloud_stack_construct_below(
    const struct cloud_stack *stack, const char *path, const char *logical_id)
{
    for (size_t i = 0; i < value_length(stack->metadata); i++) {
        const struct field *construct = object_at(stack->metadata, i);
        const char *key = construct->key + (*construct->key == '/');

        if (is_below(key, path) && has_logical_id(construct->value, logical_id))
            return key;
    }
    return NULL;
}

const char *cloud_stack_construct(const struct cloud_stack *stack, const char *logical_id)
{
    return cloud_stack_construct_below(stack, "", logical_id);
}

const struct value *template_exports(const struct value *template)
{
    const struct value *outputs = object_get(template, "Outputs");
    struct value *exports = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(outputs); i++) {
        const struct value *output = object_at(outputs, i)->value;
        const char *name = value_string(object_get_path(output, (const char *[]){ "Export", "Name", NULL }));

        if (name)
            object_set(exports, name, object_get(output, "Value"));
    }
    return exports;
}
