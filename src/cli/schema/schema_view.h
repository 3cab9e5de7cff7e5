// SPDX-License-Identifier: MIT
#ifndef CLI_SCHEMA_SCHEMA_VIEW_H
#define CLI_SCHEMA_SCHEMA_VIEW_H

// How the command `schema` shows what is known about resource types.

#include "schema/schema.h"
#include "util/arena.h"
#include "util/strbuf.h"

struct value;

// For people. `path` is a property's, as it was asked for.
void schema_text_resource(struct strbuf *out, const struct schema_resource *resource, struct arena *arena);
void schema_text_property(struct strbuf *out, const struct schema_resource *resource, const char *path,
    const struct schema_property *property, struct arena *arena);

// As values, in the current arena.
struct value *schema_json_resource(const struct schema_resource *resource);
// With the properties that it has itself, if any.
struct value *schema_json_property(
    const struct schema_resource *resource, const char *path, const struct schema_property *property);

#endif
