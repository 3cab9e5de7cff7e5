// SPDX-License-Identifier: MIT
#ifndef SCHEMA_CONSTRAINTS_H
#define SCHEMA_CONSTRAINTS_H

// What CloudFormation demands of the values of a resource's properties, as schema/constraints.txt has it from
// AWS's provider schemas: JSON Schema, with some keywords of CloudFormation's own. Compiled in, read-only,
// ready without any work at start; equal schemas are shared. Strings are those of schema/schema.h.
//
// NULL is passed on: what is asked of NULL is NULL, empty or false.

#include "schema/schema.h"

#include <stdint.h>

struct schema_constraints; // of a resource type

// A schema: keywords and what they say. Whoever is no function of this header leaves it alone.
struct schema_node {
    uint32_t first; // in schema_node_items; those of the next node follow
};
// Pairs: a keyword, and the number of a node, of parts, of a list, of a string, of a number, or types.
extern const uint16_t schema_node_items[];

// "cfn-lint 1.51.0 2026-05-20": what the constraints were made from, and the day of that.
struct schema_list schema_constraint_sources(void);
// Those for which it is known which types they have.
struct schema_list schema_constraint_regions(void);

// In the order of the types' names.
size_t schema_constraints_count(void);
const struct schema_constraints *schema_constraints_at(size_t index);
// NULL when nothing is known of the type.
const struct schema_constraints *schema_constraints_find(const char *type);

const char *schema_constraints_type(const struct schema_constraints *constraints);
// "resources/0da8bf92124580f1.json": the file of the source.
const char *schema_constraints_from(const struct schema_constraints *constraints);
// Of the resource's properties.
const struct schema_node *schema_constraints_root(const struct schema_constraints *constraints);
bool schema_constraints_taggable(const struct schema_constraints *constraints);
// Where the type does not exist, of schema_constraint_regions().
struct schema_list schema_constraints_missing_regions(const struct schema_constraints *constraints);

enum schema_paths {
    SCHEMA_PATHS_READ_ONLY,   // that a template may not set
    SCHEMA_PATHS_WRITE_ONLY,  // that CloudFormation cannot read
    SCHEMA_PATHS_CREATE_ONLY, // whose change replaces the resource
    SCHEMA_PATHS_MAY_CREATE_ONLY,
    SCHEMA_PATHS_DEPRECATED,
};
// As "Rules/*/Name".
struct schema_list schema_constraints_paths(
    const struct schema_constraints *constraints, enum schema_paths paths);

// What AWS says of a type's future: "shutdown", "sunset" or "maintenance", and since or from when; NULL for
// most.
const char *schema_constraints_lifecycle(const struct schema_constraints *constraints);
const char *schema_constraints_lifecycle_date(const struct schema_constraints *constraints);

// Schemas for a part of a resource beside those of its type, each of a rule with an id.
struct schema_rule;
size_t schema_constraints_rule_count(const struct schema_constraints *constraints);
const struct schema_rule *schema_constraints_rule_at(
    const struct schema_constraints *constraints, size_t index);
const char *schema_rule_id(const struct schema_rule *rule); // "E3047"
// "Properties/ContainerDefinitions/*"
const char *schema_rule_place(const struct schema_rule *rule);
const struct schema_node *schema_rule_node(const struct schema_rule *rule);
bool schema_rule_reports_all(const struct schema_rule *rule);           // else only the best match
struct schema_list schema_rule_regions(const struct schema_rule *rule); // where it holds; empty: everywhere

// A schema that is of no type: "tagging", of the tags of all. NULL when there is none.
const struct schema_node *schema_named(const char *name);

// Keywords, in the order of their names, and what stands there: a schema (N), schemas by name (M), a list of
// schemas (A), a list of strings (S), one string (T), lists of strings by name (L), a number, types, or
// nothing. A number or value that is to be looked up in what is gathered is the JSON of {"$data":...} (of the
// keywords that begin with "data", and of allowed values that begin with "{").
#define SCHEMA_KEYWORDS(EACH)                                                                                \
    EACH(REF, "$ref", N)                                                                                     \
    EACH(ADDITIONAL_PROPERTIES, "additionalProperties", N)                                                   \
    EACH(ALL_OF, "allOf", A)                                                                                 \
    EACH(ANY_OF, "anyOf", A)                                                                                 \
    EACH(CONST, "const", S)                                                                                  \
    EACH(CONTAINS, "contains", N)                                                                            \
    EACH(DATA_EXCLUSIVE_MINIMUM, "dataExclusiveMinimum", T)                                                  \
    EACH(DATA_MINIMUM, "dataMinimum", T)                                                                     \
    EACH(DATA_PATTERN, "dataPattern", T)                                                                     \
    EACH(DEPENDENCIES, "dependencies", L)                                                                    \
    EACH(DEPENDENT_EXCLUDED, "dependentExcluded", L)                                                         \
    EACH(DEPENDENT_REQUIRED, "dependentRequired", L)                                                         \
    EACH(DEPENDENT_SCHEMAS, "dependentSchemas", M)                                                           \
    EACH(ELSE, "else", N)                                                                                    \
    EACH(ENUM, "enum", S)                                                                                    \
    EACH(ENUM_CASE_INSENSITIVE, "enumCaseInsensitive", S)                                                    \
    EACH(EXCLUSIVE_MAXIMUM, "exclusiveMaximum", NUMBER)                                                      \
    EACH(EXCLUSIVE_MINIMUM, "exclusiveMinimum", NUMBER)                                                      \
    EACH(FORMAT, "format", T)                                                                                \
    EACH(GATHER, "gather", T)                                                                                \
    EACH(GATHERED, "gathered", N)                                                                            \
    EACH(IF, "if", N)                                                                                        \
    EACH(ITEMS, "items", N)                                                                                  \
    EACH(LITERAL, "literal", N)                                                                              \
    EACH(MAX_ITEMS, "maxItems", NUMBER)                                                                      \
    EACH(MAX_LENGTH, "maxLength", NUMBER)                                                                    \
    EACH(MAX_PROPERTIES, "maxProperties", NUMBER)                                                            \
    EACH(MAX_UNIQUE_ITEMS, "maxUniqueItems", NUMBER)                                                         \
    EACH(MAXIMUM, "maximum", NUMBER)                                                                         \
    EACH(MIN_ITEMS, "minItems", NUMBER)                                                                      \
    EACH(MIN_LENGTH, "minLength", NUMBER)                                                                    \
    EACH(MIN_PROPERTIES, "minProperties", NUMBER)                                                            \
    EACH(MINIMUM, "minimum", NUMBER)                                                                         \
    EACH(MULTIPLE_OF, "multipleOf", NUMBER)                                                                  \
    EACH(NEVER, "never", NOTHING)                                                                            \
    EACH(NOT, "not", N)                                                                                      \
    EACH(ONE_OF, "oneOf", A)                                                                                 \
    EACH(PATTERN, "pattern", T)                                                                              \
    EACH(PATTERN_PROPERTIES, "patternProperties", M)                                                         \
    EACH(PREFIX_ITEMS, "prefixItems", A)                                                                     \
    EACH(PROPERTIES, "properties", M)                                                                        \
    EACH(PROPERTY_NAMES, "propertyNames", N)                                                                 \
    EACH(REQUIRED, "required", S)                                                                            \
    EACH(REQUIRED_OR, "requiredOr", S)                                                                       \
    EACH(REQUIRED_XOR, "requiredXor", S)                                                                     \
    EACH(THEN, "then", N)                                                                                    \
    EACH(TYPE, "type", TYPES)                                                                                \
    EACH(UNIQUE_ITEMS, "uniqueItems", NOTHING)                                                               \
    EACH(UNIQUE_KEYS, "uniqueKeys", S)

enum schema_keyword {
#define SCHEMA_KEYWORD_ENUM(id, name, form) SCHEMA_KEYWORD_##id,
    SCHEMA_KEYWORDS(SCHEMA_KEYWORD_ENUM)
#undef SCHEMA_KEYWORD_ENUM
        SCHEMA_KEYWORD_COUNT,
};
const char *schema_keyword_name(enum schema_keyword keyword); // "minLength"

// What stands behind a keyword, by the letter in the list above.
enum schema_form {
    SCHEMA_FORM_NOTHING,
    SCHEMA_FORM_N, // schema_node_child
    SCHEMA_FORM_M, // schema_node_parts
    SCHEMA_FORM_A, // schema_node_parts, without names
    SCHEMA_FORM_L, // schema_node_lists
    SCHEMA_FORM_S, // schema_node_strings
    SCHEMA_FORM_T, // schema_node_string
    SCHEMA_FORM_NUMBER,
    SCHEMA_FORM_TYPES,
};
enum schema_form schema_keyword_form(enum schema_keyword keyword);

// Bits of what "type" allows.
enum schema_json_type {
    SCHEMA_JSON_ARRAY = 1,
    SCHEMA_JSON_BOOLEAN = 2,
    SCHEMA_JSON_INTEGER = 4,
    SCHEMA_JSON_NULL = 8,
    SCHEMA_JSON_NUMBER = 16,
    SCHEMA_JSON_OBJECT = 32,
    SCHEMA_JSON_STRING = 64,
};
const char *schema_json_type_name(enum schema_json_type type); // "integer"

// The keywords of a schema, in their order. Functions about one that is not there give nothing.
static inline size_t schema_node_count(const struct schema_node *node)
{
    return node ? (node[1].first - node->first) / 2 : 0;
}

static inline enum schema_keyword schema_node_keyword(const struct schema_node *node, size_t index)
{
    return index < schema_node_count(node) ? (enum schema_keyword)schema_node_items[node->first + 2 * index]
                                           : SCHEMA_KEYWORD_COUNT;
}

bool schema_node_has(const struct schema_node *node, enum schema_keyword keyword);

// What each says.
const struct schema_node *schema_node_child(const struct schema_node *node, enum schema_keyword keyword);
double schema_node_number(const struct schema_node *node, enum schema_keyword keyword);
const char *schema_node_string(const struct schema_node *node, enum schema_keyword keyword);
struct schema_list schema_node_strings(const struct schema_node *node, enum schema_keyword keyword);
unsigned schema_node_types(const struct schema_node *node); // bits; 0: any

// Schemas with or without names; those of "properties" in the order of the names.
struct schema_parts {
    const uint16_t *pairs;
    size_t count;
};
struct schema_parts schema_node_parts(const struct schema_node *node, enum schema_keyword keyword);
const char *schema_parts_name(struct schema_parts parts, size_t index); // NULL in a list
const struct schema_node *schema_parts_node(struct schema_parts parts, size_t index);
const struct schema_node *schema_parts_find(struct schema_parts parts, const char *name);

// What is demanded of a property: "CorsRules.AllowedMethods", through arrays, maps and alternatives (which
// have no part in the path). NULL when nothing is known of it.
const struct schema_node *schema_node_at(const struct schema_node *node, const char *path);

// Lists by name, in the order of the names.
struct schema_parts schema_node_lists(const struct schema_node *node, enum schema_keyword keyword);
struct schema_list schema_parts_list(struct schema_parts parts, size_t index);

// Lambda's runtimes that have an end: days as "2026-06-01".
struct schema_runtime {
    const char *name;
    const char *deprecated;
    const char *no_create; // from when no function with it can be made
    const char *no_update;
    const char *successor; // or NULL
};
// False when nothing is known of an end.
bool schema_runtime_find(const char *name, struct schema_runtime *ret_runtime);

#endif
