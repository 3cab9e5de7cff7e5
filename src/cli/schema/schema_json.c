// SPDX-License-Identifier: MIT
#include "cli/schema/schema_view.h"

#include "data/value.h"

#include <math.h>
#include <stdlib.h>

static struct value *list(struct schema_list names)
{
    struct value *items = array();

    for (size_t i = 0; i < names.count; i++)
        array_append(items, string(schema_list_at(names, i)));
    return names.count ? items : NULL;
}

static struct value *flag(bool truth)
{
    return truth ? boolean(true) : NULL;
}

static struct value *bound(double limit)
{
    return isinf(limit) ? NULL : number(limit);
}

// Allowed values of integers are numbers.
static struct value *allowed(const struct schema_type *type)
{
    struct schema_list values = schema_type_allowed(type);
    struct value *items = array();

    if (schema_type_kind(type) != SCHEMA_INTEGER)
        return list(values);
    for (size_t i = 0; i < values.count; i++)
        array_append(items, number(strtod(schema_list_at(values, i), NULL)));
    return values.count ? items : NULL;
}

static struct value *json_type(const struct schema_type *type)
{
    struct value *members = array();
    struct schema_range range;

    if (!type)
        return NULL;
    for (size_t i = 0; i < schema_type_member_count(type); i++)
        array_append(members, json_type(schema_type_member_at(type, i)));
    schema_type_range(type, &range);
    return object((struct field[]){
        { "kind", string(schema_kind_name(schema_type_kind(type))) },
        { "name", string(schema_type_name(type)) },
        { "element", json_type(schema_type_element(type)) },
        { "members", value_length(members) ? members : NULL },
        { "allowedValues", allowed(type) },
        { "minimum", bound(range.minimum) },
        { "maximum", bound(range.maximum) },
        { "pattern", string(schema_type_pattern(type)) },
        END,
    });
}

static struct value *scrutiny(enum schema_scrutiny kind)
{
    return kind ? string(schema_scrutiny_name(kind)) : NULL;
}

static struct value *json_property(const struct schema_property *property)
{
    static const char *const replacements[] = {
        [SCHEMA_REPLACEMENT_NO] = NULL,
        [SCHEMA_REPLACEMENT_MAYBE] = "maybe",
        [SCHEMA_REPLACEMENT_YES] = "yes",
    };

    return object((struct field[]){
        { "type", json_type(schema_property_type(property)) },
        { "required", flag(schema_property_is_required(property)) },
        { "causesReplacement", string(replacements[schema_property_replacement(property)]) },
        { "deprecated", flag(schema_property_is_deprecated(property)) },
        { "default", string(schema_property_default(property)) },
        { "scrutiny", scrutiny(schema_property_scrutiny(property)) },
        { "refersTo", list(schema_property_refers(property)) },
        END,
    });
}

static struct value *json_object(const struct schema_object *properties)
{
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < schema_object_count(properties); i++) {
        const struct schema_property *property = schema_object_at(properties, i);

        object_set(all, schema_property_name(property), json_property(property));
    }
    return all;
}

static struct value *json_nested(const struct schema_resource *resource)
{
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < schema_resource_nested_count(resource); i++)
        object_set(all, schema_resource_nested_name(resource, i),
            json_object(schema_resource_nested_at(resource, i)));
    return all;
}

static struct value *json_tags(const struct schema_resource *resource)
{
    static const char *const forms[] = {
        [SCHEMA_TAGS_NONE] = NULL,
        [SCHEMA_TAGS_STANDARD] = "standard",
        [SCHEMA_TAGS_MAP] = "map",
        [SCHEMA_TAGS_AUTO_SCALING_GROUP] = "asg",
    };

    if (!schema_resource_tags(resource))
        return NULL;
    return object((struct field[]){
        { "property", string(schema_resource_tag_property(resource)) },
        { "format", string(forms[schema_resource_tags(resource)]) },
        END,
    });
}

struct value *schema_json_resource(const struct schema_resource *resource)
{
    return object((struct field[]){
        { "resourceType", string(schema_resource_type(resource)) },
        { "stateful", flag(schema_resource_is_stateful(resource)) },
        { "tags", json_tags(resource) },
        { "primaryIdentifier", list(schema_resource_identifier(resource)) },
        { "ref", list(schema_resource_ref(resource)) },
        { "arn", string(schema_resource_arn(resource)) },
        { "transform", string(schema_resource_transform(resource)) },
        { "scrutiny", scrutiny(schema_resource_scrutiny(resource)) },
        { "replacingPaths", list(schema_resource_replacing_paths(resource)) },
        { "attributes", json_object(schema_resource_attributes(resource)) },
        { "properties", json_object(schema_resource_properties(resource)) },
        { "types", json_nested(resource) },
        { "constraints", schema_json_constraints(schema_resource_type(resource)) },
        END,
    });
}

struct value *schema_json_property(
    const struct schema_resource *resource, const char *path, const struct schema_property *property)
{
    const struct schema_object *inner = schema_type_inner_object(schema_property_type(property));
    const struct value *described = json_property(property);
    struct value *all = object((struct field[]){
        { "resourceType", string(schema_resource_type(resource)) },
        { "path", string(path) },
        END,
    });

    for (size_t i = 0; i < value_length(described); i++)
        object_set(all, object_at(described, i)->key, object_at(described, i)->value);
    object_set(all, "properties", inner ? json_object(inner) : NULL);
    object_set(all, "constraints", schema_json_property_constraints(schema_resource_type(resource), path));
    return all;
}
