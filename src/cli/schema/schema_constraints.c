// SPDX-License-Identifier: MIT
// What constraints say, as JSON Schema and in lines.
#include "cli/schema/schema_view.h"
#include "data/json.h"
#include "data/value.h"
#include "schema/constraints.h"

#include <stdlib.h>
#include <string.h>

// Schemas that others refer to, by their numbers, as they are met.
struct references {
    const struct schema_node **items;
    size_t count, capacity;
};

static struct value *json_node(const struct schema_node *node, struct references *references);

static struct value *list(struct schema_list names)
{
    struct value *items = array();

    for (size_t i = 0; i < names.count; i++)
        array_append(items, string(schema_list_at(names, i)));
    return items;
}

static struct value *list_or_none(struct schema_list names)
{
    return names.count ? list(names) : NULL;
}

static struct value *reference(const struct schema_node *node, struct references *references)
{
    size_t i = 0;

    while (i < references->count && references->items[i] != node)
        i++;
    if (i == references->count) {
        references->items = arena_grow(value_arena(), references->items, references->count,
            &references->capacity, sizeof(struct schema_node *));
        references->items[references->count++] = node;
    }
    return stringf("#/definitions/%zu", i);
}

static struct value *json_parts(struct schema_parts parts, bool by_name, struct references *references)
{
    struct value *all = by_name ? object((struct field[]){ END }) : array();

    for (size_t i = 0; i < parts.count; i++) {
        struct value *part = json_node(schema_parts_node(parts, i), references);

        if (by_name)
            object_set(all, schema_parts_name(parts, i), part);
        else
            array_append(all, part);
    }
    return all;
}

static struct value *json_lists(struct schema_parts parts)
{
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < parts.count; i++)
        object_set(all, schema_parts_name(parts, i), list(schema_parts_list(parts, i)));
    return all;
}

static struct value *json_types(unsigned types)
{
    struct value *all = array();

    for (unsigned bit = SCHEMA_JSON_ARRAY; bit <= SCHEMA_JSON_STRING; bit <<= 1)
        if (types & bit)
            array_append(all, string(schema_json_type_name(bit)));
    return value_length(all) == 1 ? array_at(all, 0) : all;
}

// "const" is one of a list; strings that begin with a brace are JSON.
static struct value *json_strings(const struct schema_node *node, enum schema_keyword keyword)
{
    struct value *all = list(schema_node_strings(node, keyword));

    return keyword == SCHEMA_KEYWORD_CONST ? array_at(all, 0) : all;
}

static struct value *json_keyword(
    const struct schema_node *node, enum schema_keyword keyword, struct references *references)
{
    switch (schema_keyword_form(keyword)) {
    case SCHEMA_FORM_NOTHING:
        return boolean(true);
    case SCHEMA_FORM_N:
        if (keyword == SCHEMA_KEYWORD_REF)
            return reference(schema_node_child(node, keyword), references);
        return json_node(schema_node_child(node, keyword), references);
    case SCHEMA_FORM_M:
        return json_parts(schema_node_parts(node, keyword), true, references);
    case SCHEMA_FORM_A:
        return json_parts(schema_node_parts(node, keyword), false, references);
    case SCHEMA_FORM_L:
        return json_lists(schema_node_lists(node, keyword));
    case SCHEMA_FORM_S:
        return json_strings(node, keyword);
    case SCHEMA_FORM_T:
        return string(schema_node_string(node, keyword));
    case SCHEMA_FORM_NUMBER:
        return number(schema_node_number(node, keyword));
    case SCHEMA_FORM_TYPES:
        return json_types(schema_node_types(node));
    }
    return NULL;
}

static struct value *json_node(const struct schema_node *node, struct references *references)
{
    struct value *all = object((struct field[]){ END });

    if (schema_node_has(node, SCHEMA_KEYWORD_NEVER))
        return boolean(false);
    for (size_t i = 0; i < schema_node_count(node); i++) {
        enum schema_keyword keyword = schema_node_keyword(node, i);

        object_set(all, schema_keyword_name(keyword), json_keyword(node, keyword, references));
    }
    return all;
}

// With the schemas that it refers to, and those that these do.
static struct value *json_whole(const struct schema_node *node)
{
    struct references references = { 0 };
    struct value *definitions = object((struct field[]){ END });
    struct value *whole = json_node(node, &references);

    for (size_t i = 0; i < references.count; i++)
        object_set(definitions, value_string(stringf("%zu", i)), json_node(references.items[i], &references));
    if (references.count)
        object_set(whole, "definitions", definitions);
    return whole;
}

static struct value *json_rules(const struct schema_constraints *constraints)
{
    struct value *all = array();

    for (size_t i = 0; i < schema_constraints_rule_count(constraints); i++) {
        const struct schema_rule *rule = schema_constraints_rule_at(constraints, i);

        array_append(all,
            object((struct field[]){
                { "rule", string(schema_rule_id(rule)) },
                { "place", string(schema_rule_place(rule)) },
                { "reports", string(schema_rule_reports_all(rule) ? "all" : "best") },
                { "regions", list_or_none(schema_rule_regions(rule)) },
                { "schema", json_whole(schema_rule_node(rule)) },
                END,
            }));
    }
    return value_length(all) ? all : NULL;
}

struct value *schema_json_constraints(const char *type)
{
    const struct schema_constraints *constraints = schema_constraints_find(type);

    if (!constraints)
        return NULL;
    return object((struct field[]){
        { "from", string(schema_constraints_from(constraints)) },
        { "notInRegions", list_or_none(schema_constraints_missing_regions(constraints)) },
        { "lifecycle", string(schema_constraints_lifecycle(constraints)) },
        { "lifecycleDate", string(schema_constraints_lifecycle_date(constraints)) },
        { "taggable", boolean(schema_constraints_taggable(constraints)) },
        { "readOnly", list_or_none(schema_constraints_paths(constraints, SCHEMA_PATHS_READ_ONLY)) },
        { "writeOnly", list_or_none(schema_constraints_paths(constraints, SCHEMA_PATHS_WRITE_ONLY)) },
        { "createOnly", list_or_none(schema_constraints_paths(constraints, SCHEMA_PATHS_CREATE_ONLY)) },
        { "conditionalCreateOnly",
            list_or_none(schema_constraints_paths(constraints, SCHEMA_PATHS_MAY_CREATE_ONLY)) },
        { "deprecated", list_or_none(schema_constraints_paths(constraints, SCHEMA_PATHS_DEPRECATED)) },
        { "schema", json_whole(schema_constraints_root(constraints)) },
        { "rules", json_rules(constraints) },
        END,
    });
}

// Of the property at a path such as "CorsRules.MaxAge".
static const struct schema_node *node_of(const char *type, const char *path)
{
    return schema_node_at(schema_constraints_root(schema_constraints_find(type)), path);
}

struct value *schema_json_property_constraints(const char *type, const char *path)
{
    const struct schema_node *node = node_of(type, path);

    return node ? json_whole(node) : NULL;
}

static bool is_structure(enum schema_keyword keyword)
{
    return keyword == SCHEMA_KEYWORD_REF || keyword == SCHEMA_KEYWORD_TYPE ||
        keyword == SCHEMA_KEYWORD_ITEMS || keyword == SCHEMA_KEYWORD_PROPERTIES ||
        keyword == SCHEMA_KEYWORD_ADDITIONAL_PROPERTIES;
}

// "minLength 1", "requiredXor ["A","B"]"
static void add_keywords(
    const struct schema_node *node, const char *prefix, schema_row_fn *add, void *context)
{
    struct references references = { 0 };

    for (size_t i = 0; i < schema_node_count(node); i++) {
        enum schema_keyword keyword = schema_node_keyword(node, i);
        STRBUF_AUTO label = STRBUF_INIT;
        STRBUF_AUTO text = STRBUF_INIT;
        const struct value *value;

        if (is_structure(keyword))
            continue;
        value = json_keyword(node, keyword, &references);
        strbuf_addf(&label, "%s%s", prefix, schema_keyword_name(keyword));
        if (value_type(value) == VALUE_STRING)
            strbuf_add_string(&text, value_string(value));
        else
            json_write(&text, value, 0);
        add(context, label.data, text.data);
    }
}

void schema_each_constraint(const struct schema_node *node, schema_row_fn *add, void *context)
{
    const struct schema_node *items = schema_node_child(node, SCHEMA_KEYWORD_ITEMS);

    add_keywords(node, "", add, context);
    if (schema_node_child(node, SCHEMA_KEYWORD_REF))
        schema_each_constraint(schema_node_child(node, SCHEMA_KEYWORD_REF), add, context);
    while (schema_node_child(items, SCHEMA_KEYWORD_REF))
        items = schema_node_child(items, SCHEMA_KEYWORD_REF);
    add_keywords(items, "item ", add, context);
}

void schema_each_property_constraint(const char *type, const char *path, schema_row_fn *add, void *context)
{
    schema_each_constraint(node_of(type, path), add, context);
}
