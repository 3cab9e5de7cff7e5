// SPDX-License-Identifier: MIT
#ifndef CLI_SCHEMA_SCHEMA_VIEW_H
#define CLI_SCHEMA_SCHEMA_VIEW_H

// How the command `schema` shows what is known about resource types.

#include "schema/schema.h"
#include "util/arena.h"
#include "util/display.h"

struct schema_node;
struct value;

// Where text is written for people.
struct schema_page {
    struct arena *arena; // for tables, as long as it takes
    size_t width;        // columns that lines are broken at; 0: nowhere
};

// `path` is a property's, as it was asked for.
void schema_text_resource(
    struct display *out, const struct schema_resource *resource, const struct schema_page *page);
void schema_text_property(struct display *out, const struct schema_resource *resource, const char *path,
    const struct schema_property *property, const struct schema_page *page);

// As values, in the current arena.
struct value *schema_json_resource(const struct schema_resource *resource);
// With the properties that it has itself, if any.
struct value *schema_json_property(
    const struct schema_resource *resource, const char *path, const struct schema_property *property);

// What constraints a type has beside (schema/constraints.h); NULL when nothing is known.
struct value *schema_json_constraints(const char *type);
struct value *schema_json_property_constraints(const char *type, const char *path);
// Hands out what a schema demands, a keyword and what it says each time.
typedef void schema_row_fn(void *context, const char *keyword, const char *says);
void schema_each_constraint(const struct schema_node *node, schema_row_fn *add, void *context);
void schema_each_property_constraint(const char *type, const char *path, schema_row_fn *add, void *context);

#endif
