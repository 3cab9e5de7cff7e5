// SPDX-License-Identifier: MIT
#include "deploy/operations/resource_import.h"

#include "data/json.h"
#include "data/value.h"
#include "deploy/engine/deployment_private.h"
#include "template/returned_template.h"
#include "util/digest.h"
#include "util/file/file.h"

#include <string.h>

static const char change_set[] = "tango-infra-import";

// What new resources refer to comes with them. That a name stands somewhere in their text is enough to think
// so.

static bool mentions(const char *text, const char *name)
{
    STRBUF_AUTO quoted = STRBUF_INIT;
    STRBUF_AUTO substituted = STRBUF_INIT;

    strbuf_addf(&quoted, "\"%s\"", name);
    strbuf_addf(&substituted, "${%s}", name);
    return strstr(text, quoted.data) || strstr(text, substituted.data);
}

static struct value *copy_of(const struct value *original)
{
    struct value *copy = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(original); i++)
        object_set(copy, object_at(original, i)->key, object_at(original, i)->value);
    return copy;
}

// Returns whether anything was added; what is, may refer to more.
static bool add_mentioned(
    struct value *template, const struct value *wanted, const char *section, struct strbuf *text)
{
    const struct value *all = object_get(wanted, section);
    struct value *present = copy_of(object_get(template, section));
    size_t before = value_length(present);

    for (size_t i = 0; i < value_length(all); i++) {
        const struct field *field = object_at(all, i);

        if (object_get(present, field->key) || !mentions(text->data, field->key))
            continue;
        object_set(present, field->key, field->value);
        json_write(text, field->value, 0);
    }
    if (value_length(present) == before)
        return false;
    object_set(template, section, present);
    return true;
}

static void add_references(struct value *template, const struct value *wanted, struct strbuf *text)
{
    bool added;

    do {
        added = add_mentioned(template, wanted, "Conditions", text);
        added |= add_mentioned(template, wanted, "Mappings", text);
        added |= add_mentioned(template, wanted, "Parameters", text);
    } while (added);
}

// CloudFormation wants to know of everything it imports what becomes of it without the stack.
static struct value *resource_to_import(const struct value *resource)
{
    struct value *copy = copy_of(resource);

    if (!object_get(copy, "DeletionPolicy"))
        object_set(copy, "DeletionPolicy", string("Retain"));
    return copy;
}

static bool is_garbled(const struct value *returned, const struct value *template)
{
    if (value_string(returned))
        return strchr(value_string(returned), '?') && !(template && returned_equals(returned, template));
    for (size_t i = 0; i < value_length(returned); i++) {
        bool is_array = value_type(returned) == VALUE_ARRAY;
        const struct field *field = is_array ? NULL : object_at(returned, i);
        bool is_parallel = template && value_type(template) == value_type(returned);

        if (is_array ? is_garbled(array_at(returned, i), is_parallel ? array_at(template, i) : NULL)
                     : is_garbled(field->value, is_parallel ? object_get(template, field->key) : NULL))
            return true;
    }
    return false;
}

const struct value *import_garbled(const struct resource_import *import, const struct cloud_stack *stack)
{
    const struct value *resources = object_get(import->current, "Resources");
    struct value *garbled = array();

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct field *resource = object_at(resources, i);

        if (is_garbled(resource->value, object_get(object_get(stack->template, "Resources"), resource->key)))
            array_append(garbled, string(resource->key));
    }
    return garbled;
}

static struct value *template_with(
    const struct resource_import *import, const struct value *wanted, const struct value *mapping)
{
    struct value *template = copy_of(returned_restore(import->current, wanted));
    struct value *resources = copy_of(object_get(template, "Resources"));
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < value_length(mapping); i++) {
        const char *id = object_at(mapping, i)->key;
        struct value *resource = resource_to_import(object_get(object_get(wanted, "Resources"), id));

        object_set(resources, id, resource);
        json_write(&text, resource, 0);
    }
    object_set(template, "Resources", resources);
    add_references(template, wanted, &text);
    return template;
}

static const struct value *resources_to_import(const struct value *wanted, const struct value *mapping)
{
    struct value *list = array();

    for (size_t i = 0; i < value_length(mapping); i++) {
        const struct field *field = object_at(mapping, i);

        array_append(list,
            object((struct field[]){
                { "ResourceType",
                    object_get(object_get(object_get(wanted, "Resources"), field->key), "Type") },
                { "LogicalResourceId", string(field->key) },
                { "ResourceIdentifier", field->value },
                END,
            }));
    }
    return list;
}

// The bucket is the one that the stack's own template goes to.
static int write_template(struct cloud_stack *stack, const char *directory, struct error *err)
{
    struct arena *arena = value_arena();
    struct cloud_asset *asset = arena_memdup(arena, stack->template_asset, sizeof(*asset));
    char hash[SHA256_HEX_SIZE];

    sha256_hex(stack->template_text, stack->template_length, hash);
    asset->path = arena_printf(arena, "%s/%s.json", directory, hash);
    asset->key = arena_printf(arena, "%s.json", hash);
    asset->root = NULL;
    asset->hash = NULL;
    stack->template_asset = asset;
    return file_write(asset->path, stack->template_text, stack->template_length, 0644, err);
}

int import_prepare(struct resource_import *import, const struct cloud_stack *stack,
    const struct value *mapping, const char *directory, struct cloud_stack *ret_stack, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;

    *ret_stack = *stack;
    ret_stack->index = 0;
    ret_stack->dependency_count = 0;
    ret_stack->asset_count = 0;
    ret_stack->notification_arns = NULL;
    ret_stack->tags = NULL;
    import->options.tags = stack->tags;
    ret_stack->termination_protection = false;
    ret_stack->template = template_with(import, stack->template, mapping);
    json_write(&text, ret_stack->template, 0);
    ret_stack->template_text = arena_strdup(value_arena(), text.data);
    ret_stack->template_length = text.length;
    import->options.change_set = change_set;
    import->options.resources_to_import = resources_to_import(stack->template, mapping);
    if (!stack_needs_template_upload(ret_stack) || !ret_stack->template_asset)
        return 0;
    return write_template(ret_stack, directory, err);
}
