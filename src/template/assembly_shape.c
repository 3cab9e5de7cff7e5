// SPDX-License-Identifier: MIT
#include "template/assembly_shape.h"

#include "data/value.h"
#include "util/array.h"

#include <stdbool.h>
#include <string.h>

static const char *const words[] = {
    [VALUE_BOOLEAN] = "true or false",
    [VALUE_NUMBER] = "a number",
    [VALUE_STRING] = "text",
    [VALUE_ARRAY] = "a list",
    [VALUE_OBJECT] = "an object",
};

// A member of an object, which may be missing.
struct member {
    const char *key;
    enum value_type type;
    enum value_type items; // of the list or object; VALUE_NULL: anything
};

static bool is_missing(const struct value *value)
{
    return !value || value_type(value) == VALUE_NULL;
}

static const struct value *item_at(const struct value *value, size_t index)
{
    return value_type(value) == VALUE_ARRAY ? array_at(value, index) : object_at(value, index)->value;
}

static int check_member(
    const struct value *value, const struct member *member, const char *where, struct error *err)
{
    if (is_missing(value))
        return 0;
    if (value_type(value) != member->type)
        return error_set(err, "%s: '%s' is not %s", where, member->key, words[member->type]);
    for (size_t i = 0; member->items != VALUE_NULL && i < value_length(value); i++)
        if (value_type(item_at(value, i)) != member->items)
            return error_set(
                err, "%s: '%s' holds something that is not %s", where, member->key, words[member->items]);
    return 0;
}

static int check_members(const struct value *value, const struct member *members, size_t count,
    const char *where, struct error *err)
{
    if (value_type(value) != VALUE_OBJECT)
        return error_set(err, "%s: not an object", where);
    for (size_t i = 0; i < count; i++)
        if (check_member(object_get(value, members[i].key), &members[i], where, err) < 0)
            return -1;
    return 0;
}

static int check_artifact(const struct field *artifact, const char *name, struct error *err)
{
    static const struct member members[] = {
        { "type", VALUE_STRING, VALUE_NULL },
        { "environment", VALUE_STRING, VALUE_NULL },
        { "displayName", VALUE_STRING, VALUE_NULL },
        { "dependencies", VALUE_ARRAY, VALUE_STRING },
        { "metadata", VALUE_OBJECT, VALUE_ARRAY },
        { "additionalMetadataFile", VALUE_STRING, VALUE_NULL },
        { "properties", VALUE_OBJECT, VALUE_NULL },
    };
    static const struct member properties[] = {
        { "templateFile", VALUE_STRING, VALUE_NULL },
        { "file", VALUE_STRING, VALUE_NULL },
        { "stackName", VALUE_STRING, VALUE_NULL },
        { "tags", VALUE_OBJECT, VALUE_STRING },
        { "notificationArns", VALUE_ARRAY, VALUE_STRING },
        { "terminationProtection", VALUE_BOOLEAN, VALUE_NULL },
        { "assumeRoleArn", VALUE_STRING, VALUE_NULL },
        { "cloudFormationExecutionRoleArn", VALUE_STRING, VALUE_NULL },
        { "lookupRole", VALUE_OBJECT, VALUE_NULL },
        { "stackTemplateAssetObjectUrl", VALUE_STRING, VALUE_NULL },
        { "bootstrapStackVersionSsmParameter", VALUE_STRING, VALUE_NULL },
        { "requiresBootstrapStackVersion", VALUE_NUMBER, VALUE_NULL },
    };
    const char *where = arena_printf(value_arena(), "%s: artifact '%s'", name, artifact->key);
    const struct value *own;

    if (check_members(artifact->value, members, ARRAY_SIZE(members), where, err) < 0)
        return -1;
    own = object_get(artifact->value, "properties");
    return is_missing(own) ? 0 : check_members(own, properties, ARRAY_SIZE(properties), where, err);
}

int assembly_check_manifest(const struct value *manifest, const char *name, struct error *err)
{
    static const struct member members[] = {
        { "version", VALUE_STRING, VALUE_NULL },
        { "artifacts", VALUE_OBJECT, VALUE_OBJECT },
    };
    const struct value *artifacts;

    if (check_members(manifest, members, ARRAY_SIZE(members), name, err) < 0)
        return -1;
    artifacts = object_get(manifest, "artifacts");
    for (size_t i = 0; i < value_length(artifacts); i++)
        if (check_artifact(object_at(artifacts, i), name, err) < 0)
            return -1;
    return 0;
}

int assembly_check_asset_manifest(const struct value *manifest, const char *name, struct error *err)
{
    static const struct member members[] = {
        { "files", VALUE_OBJECT, VALUE_OBJECT },
        { "dockerImages", VALUE_OBJECT, VALUE_OBJECT },
    };
    static const struct member file[] = {
        { "displayName", VALUE_STRING, VALUE_NULL },
        { "source", VALUE_OBJECT, VALUE_NULL },
        { "destinations", VALUE_OBJECT, VALUE_OBJECT },
    };
    const struct value *files;

    if (check_members(manifest, members, ARRAY_SIZE(members), name, err) < 0)
        return -1;
    files = object_get(manifest, "files");
    for (size_t i = 0; i < value_length(files); i++) {
        const char *where = arena_printf(value_arena(), "%s: asset '%s'", name, object_at(files, i)->key);

        if (check_members(object_at(files, i)->value, file, ARRAY_SIZE(file), where, err) < 0)
            return -1;
    }
    return 0;
}

// The items of Resources are lists where they are loops ("Fn::ForEach::NAME").
int assembly_check_template(const struct value *template, const char *name, struct error *err)
{
    static const struct member members[] = {
        { "Resources", VALUE_OBJECT, VALUE_NULL },
        { "Parameters", VALUE_OBJECT, VALUE_OBJECT },
        { "Outputs", VALUE_OBJECT, VALUE_NULL },
    };
    const struct value *resources = object_get(template, "Resources");

    if (check_members(template, members, ARRAY_SIZE(members), name, err) < 0)
        return -1;
    for (size_t i = 0; i < value_length(resources); i++) {
        enum value_type type = value_type(object_at(resources, i)->value);

        if (type != VALUE_OBJECT && type != VALUE_ARRAY)
            return error_set(err, "%s: not a template: resource '%s' is not an object", name,
                object_at(resources, i)->key);
    }
    return 0;
}
