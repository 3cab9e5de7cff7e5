// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"
#include "validate/rules/shape.h"

enum { MAPPINGS_LIMIT = 200, KEYS_LIMIT = 200, NAME_LIMIT = 255 }; // "CloudFormation quotas"

static const struct shape value_shape = { .kinds = KIND_SCALAR | KIND_ARRAY };
static const struct shape second_level = { .kinds = KIND_OBJECT,
    .each = &value_shape,
    .name_characters = "",
    .max_name_length = NAME_LIMIT,
    .min_count = 1,
    .max_count = KEYS_LIMIT };
static const struct shape first_level = { .kinds = KIND_OBJECT,
    .each = &second_level,
    .name_characters = ".-",
    .max_name_length = NAME_LIMIT,
    .min_count = 1,
    .max_count = KEYS_LIMIT };
static const struct shape mappings_shape = { .kinds = KIND_OBJECT,
    .each = &first_level,
    .name_characters = "",
    .max_name_length = NAME_LIMIT,
    .max_count = MAPPINGS_LIMIT };

// A transform in the place of a mapping makes one that is not known.
static bool has_transform(const struct node *node, int depth)
{
    if (object_get(node->value, "Fn::Transform"))
        return true;
    for (size_t i = 0; i < node_length(node) && depth > 0 && node_is_object(node); i++) {
        struct node child = node_at(node, i);

        if (has_transform(&child, depth - 1))
            return true;
    }
    return false;
}

static void check_mappings(struct validator *validator, const struct node *template)
{
    static const struct shape_ids ids = { .name_length = "E7002", .count = "E7010", .other = "E7001" };
    struct node mappings = node_get(template, "Mappings");

    if (node_exists(&mappings) && !has_transform(&mappings, 2))
        shape_check(validator, &mappings, &mappings_shape, &ids);
}

const struct rule mapping_rules[] = {
    { "E7001", SEVERITY_ERROR, "a mapping is not one", "CloudFormation refuses the template.",
        "A mapping has keys, below these other keys, and below these a string or a list of strings; none of "
        "it is a function.",
        "CloudFormation template Mappings syntax", .scope = RULE_TEMPLATE, .check = check_mappings },
    { "E7002", SEVERITY_ERROR, "the name of a mapping or of a key in it is too long",
        "CloudFormation takes 255 characters.", "Shorten the name.", "CloudFormation quotas",
        .scope = RULE_REPORTED },
    { "E7010", SEVERITY_ERROR, "there are too many mappings, or keys in one", "CloudFormation takes 200.",
        "Divide the mapping, or the template.", "CloudFormation quotas", .scope = RULE_REPORTED },
    RULES_END,
};
