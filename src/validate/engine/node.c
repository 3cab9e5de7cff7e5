// SPDX-License-Identifier: MIT
#include "validate/engine/validator.h"

#include "data/value_private.h"
#include "util/array.h"

#include <string.h>

struct node node_at(const struct node *parent, size_t index)
{
    const struct value *value = parent->value;

    if (value && value->type == VALUE_ARRAY && index < value->array.length)
        return (struct node){ value->array.items[index], parent, NULL, index };
    if (value && value->type == VALUE_OBJECT && index < value->object.length)
        return (
            struct node){ value->object.fields[index].value, parent, value->object.fields[index].key, index };
    return (struct node){ NULL, parent, NULL, index };
}

struct node node_get(const struct node *parent, const char *key)
{
    return (struct node){ object_get(parent->value, key), parent, key, 0 };
}

struct node node_get_n(const struct node *parent, const char *key, size_t length)
{
    const struct value *value = parent->value;

    for (size_t i = 0; value && value->type == VALUE_OBJECT && i < value->object.length; i++) {
        const char *name = value->object.fields[i].key;

        if (strncmp(name, key, length) == 0 && !name[length])
            return (struct node){ value->object.fields[i].value, parent, name, 0 };
    }
    return (struct node){ NULL, parent, NULL, 0 };
}

size_t node_length(const struct node *node)
{
    const struct value *value = node->value;

    if (!value)
        return 0;
    return value->type == VALUE_OBJECT ? value->object.length
        : value->type == VALUE_ARRAY   ? value->array.length
                                       : 0;
}

bool node_exists(const struct node *node)
{
    return node->value != NULL;
}

const char *node_string(const struct node *node)
{
    return node->value && node->value->type == VALUE_STRING ? node->value->string : NULL;
}

bool node_is_object(const struct node *node)
{
    return node->value && node->value->type == VALUE_OBJECT;
}

bool node_is_array(const struct node *node)
{
    return node->value && node->value->type == VALUE_ARRAY;
}

// Functions of values; those of conditions stand only where conditions do.
static const char *const functions[] = { "Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::If", "Fn::Select",
    "Fn::Split", "Fn::FindInMap", "Fn::ImportValue", "Fn::Base64", "Fn::Cidr", "Fn::GetAZs", "Fn::Length",
    "Fn::ToJsonString", "Fn::GetStackOutput", "Fn::Transform" };

const char *node_function(const struct node *node)
{
    const struct value *value = node->value;
    const char *key;

    if (!value || value->type != VALUE_OBJECT || value->object.length != 1)
        return NULL;
    key = value->object.fields[0].key;
    if (strcmp(key, functions[0]) == 0)
        return key;
    if (strncmp(key, "Fn::", 4) != 0)
        return NULL;
    for (size_t i = 1; i < ARRAY_SIZE(functions); i++)
        if (key[4] == functions[i][4] && strcmp(key + 4, functions[i] + 4) == 0)
            return key;
    return NULL;
}

bool node_is_function(const struct node *node, const char *name)
{
    const char *function = node_function(node);

    return function && strcmp(function, name) == 0;
}

struct node node_argument(const struct node *node)
{
    return node_at(node, 0);
}

bool node_is_no_value(const struct node *node)
{
    const char *name = node_is_function(node, "Ref") ? value_string(object_at(node->value, 0)->value) : NULL;

    return name && strcmp(name, "AWS::NoValue") == 0;
}

const struct node *node_copy(struct validator *validator, const struct node *node)
{
    struct node *copy;

    if (!node)
        return NULL;
    copy = arena_memdup(validator->arena, node, sizeof(*node));
    copy->parent = node_copy(validator, node->parent);
    return copy;
}

// The node of the path that is so many steps below the template; NULL when it is less deep.
static const struct node *ancestor(const struct node *node, size_t steps)
{
    size_t depth = 0;

    for (const struct node *up = node; up->parent; up = up->parent)
        depth++;
    if (depth < steps)
        return NULL;
    for (; depth > steps; depth--)
        node = node->parent;
    return node;
}

const char *node_section(const struct node *node)
{
    const struct node *section = ancestor(node, 1);

    return section && section->key ? section->key : "";
}

const struct template_resource *node_resource(const struct validator *validator, const struct node *node)
{
    const struct node *resource = ancestor(node, 2);

    if (!resource || !resource->key || strcmp(node_section(node), "Resources") != 0)
        return NULL;
    return validator_resource(validator, resource->key);
}

void node_each_option(struct validator *validator, const struct node *node, node_visitor *visit, void *data)
{
    struct node branches;

    if (!node->value || node_is_no_value(node))
        return;
    if (!node_is_function(node, "Fn::If")) {
        visit(validator, node, data);
        return;
    }
    branches = node_argument(node);
    for (size_t i = 1; i < 3 && node_is_array(&branches); i++) {
        struct node branch = node_at(&branches, i);

        node_each_option(validator, &branch, visit, data);
    }
}

struct item_visit {
    node_visitor *visit;
    void *data;
};

static void visit_items(struct validator *validator, const struct node *node, void *data)
{
    const struct item_visit *items = data;

    if (!node_is_array(node)) {
        items->visit(validator, node, items->data);
        return;
    }
    for (size_t i = 0; i < node_length(node); i++) {
        struct node item = node_at(node, i);

        node_each_option(validator, &item, items->visit, items->data);
    }
}

void node_each_item(struct validator *validator, const struct node *node, node_visitor *visit, void *data)
{
    node_each_option(validator, node, visit_items, &(struct item_visit){ visit, data });
}
