// SPDX-License-Identifier: MIT
#include "schema/schema.h"

#include "schema/rows.h"
#include "schema/tables.h"

#include <math.h>
#include <string.h>

const char *schema_string(size_t id)
{
    return id ? (const char *)&schema_strings + schema_string_starts[id] : NULL;
}

struct schema_list schema_list_of(size_t id)
{
    const struct schema_list_start *start = &schema_list_starts[id];

    return (struct schema_list){ schema_list_items + start->first, start[1].first - start->first };
}

const char *schema_list_at(struct schema_list list, size_t index)
{
    return index < list.count ? schema_string(list.ids[index]) : NULL;
}

struct schema_list schema_sources(void)
{
    return schema_list_of(schema_source_list);
}

size_t schema_resource_count(void)
{
    return schema_resource_rows;
}

const struct schema_resource *schema_resource_at(size_t index)
{
    return index < schema_resource_rows ? &schema_resources[index] : NULL;
}

const struct schema_resource *schema_resource_find(const char *type)
{
    size_t low = 0;
    size_t high = schema_resource_rows;

    while (type && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(type, schema_string(schema_resources[middle].type));

        if (order == 0)
            return &schema_resources[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *schema_resource_type(const struct schema_resource *resource)
{
    return resource ? schema_string(resource->type) : NULL;
}

bool schema_resource_is_stateful(const struct schema_resource *resource)
{
    return resource && resource->is_stateful;
}

enum schema_tags schema_resource_tags(const struct schema_resource *resource)
{
    return resource ? resource->tags : SCHEMA_TAGS_NONE;
}

const char *schema_resource_tag_property(const struct schema_resource *resource)
{
    return resource ? schema_string(resource->tag_property) : NULL;
}

enum schema_scrutiny schema_resource_scrutiny(const struct schema_resource *resource)
{
    return resource ? resource->scrutiny : SCHEMA_SCRUTINY_NONE;
}

struct schema_list schema_resource_identifier(const struct schema_resource *resource)
{
    return schema_list_of(resource ? resource->identifier : 0);
}

struct schema_list schema_resource_ref(const struct schema_resource *resource)
{
    return schema_list_of(resource ? resource->ref : 0);
}

const char *schema_resource_arn(const struct schema_resource *resource)
{
    return resource ? schema_string(resource->arn) : NULL;
}

const char *schema_resource_transform(const struct schema_resource *resource)
{
    return resource ? schema_string(resource->transform) : NULL;
}

struct schema_list schema_resource_replacing_paths(const struct schema_resource *resource)
{
    return schema_list_of(resource ? resource->replacing_paths : 0);
}

const struct schema_object *schema_resource_properties(const struct schema_resource *resource)
{
    return resource ? &schema_objects[resource->properties] : NULL;
}

const struct schema_object *schema_resource_attributes(const struct schema_resource *resource)
{
    return resource ? &schema_objects[resource->attributes] : NULL;
}

size_t schema_resource_nested_count(const struct schema_resource *resource)
{
    return resource ? (size_t)(resource[1].nested - resource->nested) : 0;
}

static const struct schema_nested *nested_at(const struct schema_resource *resource, size_t index)
{
    return index < schema_resource_nested_count(resource) ? &schema_nesteds[resource->nested + index] : NULL;
}

const char *schema_resource_nested_name(const struct schema_resource *resource, size_t index)
{
    const struct schema_nested *nested = nested_at(resource, index);

    return nested ? schema_string(nested->name) : NULL;
}

const struct schema_object *schema_resource_nested_at(const struct schema_resource *resource, size_t index)
{
    const struct schema_nested *nested = nested_at(resource, index);

    return nested ? &schema_objects[nested->object] : NULL;
}

size_t schema_object_count(const struct schema_object *object)
{
    return object ? object[1].first - object->first : 0;
}

static const struct schema_property *property_at(const struct schema_object *object, size_t index)
{
    return &schema_properties[schema_object_items[object->first + index]];
}

const struct schema_property *schema_object_at(const struct schema_object *object, size_t index)
{
    return index < schema_object_count(object) ? property_at(object, index) : NULL;
}

// `name` need not end where its length does.
static const struct schema_property *find(const struct schema_object *object, const char *name, size_t length)
{
    size_t low = 0;
    size_t high = schema_object_count(object);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct schema_property *property = property_at(object, middle);
        const char *candidate = schema_string(property->name);
        int order = strncmp(name, candidate, length);

        if (order == 0 && candidate[length] == '\0')
            return property;
        if (order <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct schema_property *schema_object_find(const struct schema_object *object, const char *name)
{
    return find(object, name, strlen(name));
}

const char *schema_property_name(const struct schema_property *property)
{
    return property ? schema_string(property->name) : NULL;
}

const struct schema_type *schema_property_type(const struct schema_property *property)
{
    return property ? &schema_types[property->type] : NULL;
}

bool schema_property_is_required(const struct schema_property *property)
{
    return property && property->flags & SCHEMA_FLAG_REQUIRED;
}

bool schema_property_is_deprecated(const struct schema_property *property)
{
    return property && property->flags & SCHEMA_FLAG_DEPRECATED;
}

enum schema_replacement schema_property_replacement(const struct schema_property *property)
{
    return property ? property->replacement : SCHEMA_REPLACEMENT_NO;
}

enum schema_scrutiny schema_property_scrutiny(const struct schema_property *property)
{
    return property ? property->scrutiny : SCHEMA_SCRUTINY_NONE;
}

const char *schema_property_default(const struct schema_property *property)
{
    return property ? schema_string(schema_extras[property->extra].default_value) : NULL;
}

struct schema_list schema_property_refers(const struct schema_property *property)
{
    return schema_list_of(property ? schema_extras[property->extra].refers : 0);
}

enum schema_kind schema_type_kind(const struct schema_type *type)
{
    return type ? type->kind : SCHEMA_NULL;
}

const struct schema_type *schema_type_element(const struct schema_type *type)
{
    bool has_element = type && (type->kind == SCHEMA_ARRAY || type->kind == SCHEMA_MAP);

    return has_element ? &schema_types[type->target] : NULL;
}

const char *schema_type_name(const struct schema_type *type)
{
    return type ? schema_string(type->name) : NULL;
}

static const struct schema_object *type_object(const struct schema_type *type)
{
    return schema_type_kind(type) == SCHEMA_OBJECT ? &schema_objects[type->target] : NULL;
}

static struct schema_list members(const struct schema_type *type)
{
    return schema_list_of(schema_type_kind(type) == SCHEMA_UNION ? type->target : 0);
}

size_t schema_type_member_count(const struct schema_type *type)
{
    return members(type).count;
}

const struct schema_type *schema_type_member_at(const struct schema_type *type, size_t index)
{
    struct schema_list list = members(type);

    return index < list.count ? &schema_types[list.ids[index]] : NULL;
}

struct schema_list schema_type_allowed(const struct schema_type *type)
{
    return schema_list_of(type ? type->allowed : 0);
}

const char *schema_type_pattern(const struct schema_type *type)
{
    return type ? schema_string(type->pattern) : NULL;
}

bool schema_type_range(const struct schema_type *type, struct schema_range *ret_range)
{
    *ret_range = schema_ranges[type ? type->range : 0];
    return type && type->range;
}

const struct schema_object *schema_type_inner_object(const struct schema_type *type)
{
    const struct schema_object *found = NULL;

    while (schema_type_element(type))
        type = schema_type_element(type);
    for (size_t i = 0; !found && i < schema_type_member_count(type); i++)
        found = schema_type_inner_object(schema_type_member_at(type, i));
    return found ? found : type_object(type);
}

const struct schema_property *schema_path_find(const struct schema_object *object, const char *path,
    const struct schema_object **ret_object, const char **ret_unknown)
{
    for (;;) {
        size_t length = strcspn(path, ".");
        const struct schema_property *property = find(object, path, length);

        if (property && !path[length])
            return property;
        if (!property) {
            if (ret_object)
                *ret_object = object;
            if (ret_unknown)
                *ret_unknown = path;
            return NULL;
        }
        object = schema_type_inner_object(schema_property_type(property));
        path += length + 1;
    }
}
