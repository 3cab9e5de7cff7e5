// SPDX-License-Identifier: MIT
#include "validate/engine/validator.h"

#include "data/value.h"
#include "schema/schema.h"
#include "util/strbuf.h"

#include <string.h>

enum {
    LONGEST_ID = 255,           // "CloudFormation quotas"
    SUGGESTIONS_LIMIT = 300000, // candidates compared for one template: who makes more mistakes reads none
};

static void add_resource(
    struct validator *validator, const struct node *node, struct template_resource *resource)
{
    const struct node *copy = node_copy(validator, node);

    *resource = (struct template_resource){
        .id = node->key,
        .type = object_string_or_empty(node->value, "Type"),
        .node = copy,
        .properties = node_get(copy, "Properties"),
        .condition = object_string(node->value, "Condition"),
        .schema = schema_resource_find(object_string_or_empty(node->value, "Type")),
        .index = validator->resource_count,
    };
    map_set(&validator->by_id, resource->id, resource);
}

static void index_resources(struct validator *validator)
{
    struct node resources = node_get(&validator->root, "Resources");
    size_t count = node_is_object(&resources) ? node_length(&resources) : 0;

    map_init(&validator->by_id, validator->arena);
    map_init(&validator->by_type, validator->arena);
    validator->resources = arena_alloc(validator->arena, (count + 1) * sizeof(*validator->resources));
    for (size_t i = 0; i < count; i++) {
        struct node node = node_at(&resources, i);

        if (!node_is_object(&node))
            continue;
        add_resource(validator, &node, &validator->resources[validator->resource_count]);
        validator->resource_count++;
    }
    // Backwards, so that each comes before those that are there already.
    for (size_t i = validator->resource_count; i-- > 0;) {
        struct template_resource *resource = &validator->resources[i];

        resource->next = map_set(&validator->by_type, resource->type, resource);
    }
}

// "Transform" is a name, a list of names, or of objects with a name.
static void add_transform(struct validator *validator, const struct value *transform)
{
    const char *name = value_string(transform);

    if (!name)
        name = object_string(transform, "Name");
    if (!name)
        return;
    array_append(validator->transforms, string(name));
    if (strncmp(name, "AWS::", 5) != 0)
        validator->has_macro = true;
}

static bool has_loop(const struct value *section)
{
    for (size_t i = 0; i < value_length(section) && value_type(section) == VALUE_OBJECT; i++)
        if (strncmp(object_at(section, i)->key, "Fn::", 4) == 0)
            return true;
    return false;
}

static void index_transforms(struct validator *validator)
{
    const struct value *transform = object_get(validator->root.value, "Transform");

    validator->transforms = array();
    for (size_t i = 0; i < value_length(transform) && value_type(transform) == VALUE_ARRAY; i++)
        add_transform(validator, array_at(transform, i));
    if (transform && value_type(transform) != VALUE_ARRAY)
        add_transform(validator, transform);
    validator->has_serverless = validator_has_transform(validator, "AWS::Serverless-2016-10-31");
    validator->makes_ids = validator->has_macro || object_get(validator->root.value, "Fn::Transform") ||
        has_loop(object_get(validator->root.value, "Resources")) ||
        has_loop(object_get(validator->root.value, "Parameters"));
}

void validator_init(
    struct validator *validator, const struct template_source *source, const struct validate_options *options)
{
    *validator = (struct validator){
        .source = source, .options = options, .arena = value_arena(), .suggestions_left = SUGGESTIONS_LIMIT
    };
    map_init(&validator->reported, validator->arena);
}

void validator_index(struct validator *validator)
{
    index_resources(validator);
    index_transforms(validator);
}

struct arena *validator_arena(struct validator *validator)
{
    return validator->arena;
}

const struct node *validator_template(const struct validator *validator)
{
    return &validator->root;
}

size_t validator_region_count(const struct validator *validator)
{
    return validator->options->regions.count ? validator->options->regions.count : 1;
}

const char *validator_region(const struct validator *validator, size_t index)
{
    return validator->options->regions.count ? validator->options->regions.items[index] : "us-east-1";
}

bool validator_has_transform(const struct validator *validator, const char *name)
{
    for (size_t i = 0; i < value_length(validator->transforms); i++)
        if (strcmp(value_string(array_at(validator->transforms, i)), name) == 0)
            return true;
    return false;
}

bool validator_has_macro(const struct validator *validator)
{
    return validator->has_macro;
}

size_t validator_text_length(const struct validator *validator)
{
    return validator->source->text ? validator->source->length : 0;
}

// The model names what it makes after the resource that it makes it for, or "Serverless...".
static bool is_derived(const struct validator *validator, const char *id)
{
    STRBUF_AUTO start = STRBUF_INIT;

    if (strncmp(id, "Serverless", strlen("Serverless")) == 0)
        return true;
    for (const char *at = id; *at && start.length < LONGEST_ID; at++) {
        const struct template_resource *resource;

        strbuf_add_char(&start, *at);
        resource = map_get(&validator->by_id, start.data);
        if (resource && strncmp(resource->type, "AWS::Serverless::", strlen("AWS::Serverless::")) == 0)
            return true;
    }
    return false;
}

bool validator_ids_are_known(const struct validator *validator, const char *id)
{
    return !validator->makes_ids && (!validator->has_serverless || !is_derived(validator, id));
}

bool validator_suggests(struct validator *validator, size_t candidates)
{
    if (candidates > validator->suggestions_left)
        return false;
    validator->suggestions_left -= candidates;
    return true;
}

size_t validator_resource_count(const struct validator *validator)
{
    return validator->resource_count;
}

const struct template_resource *validator_resource_at(const struct validator *validator, size_t index)
{
    return &validator->resources[index];
}

const struct template_resource *validator_resource_of_type(
    const struct validator *validator, const char *type)
{
    return map_get(&validator->by_type, type);
}

const struct template_resource *validator_resource(const struct validator *validator, const char *id)
{
    return map_get(&validator->by_id, id);
}

static const struct value *section_get(
    const struct validator *validator, const char *section, const char *name)
{
    return object_get(object_get(validator->root.value, section), name);
}

const struct value *validator_parameter(const struct validator *validator, const char *name)
{
    return section_get(validator, "Parameters", name);
}

const struct value *validator_mapping(const struct validator *validator, const char *name)
{
    return section_get(validator, "Mappings", name);
}

const struct value *validator_condition(const struct validator *validator, const char *name)
{
    return section_get(validator, "Conditions", name);
}
