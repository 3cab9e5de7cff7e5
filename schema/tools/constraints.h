// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_CONSTRAINTS_H
#define SCHEMA_TOOLS_CONSTRAINTS_H

// schema/constraints.txt in memory, its strings in the table of the model.

#include "model.h"
#include "schema/constraints.h"

struct value;

enum { PATH_LISTS = SCHEMA_PATHS_DEPRECATED + 1, RUNTIME_WORDS = 5 };

struct definition {
    const char *name; // "=" is the root
    struct value *schema;
    uint32_t row;
    uint32_t next_row; // while rows are made
};

struct constraint_rule {
    struct text *id, *place;
    struct value *schema;
    uint32_t row, reports_all;
    struct texts regions; // none: all
};

struct constraint_type {
    struct text *type, *from, *lifecycle, *lifecycle_date;
    struct texts missing_regions, paths[PATH_LISTS];
    uint32_t taggable;
    struct definition *definitions; // the root first
    size_t definition_count, definition_capacity;
    struct constraint_rule *rules;
    size_t rule_count, rule_capacity;
};

// A schema that is of no type.
struct named_schema {
    struct text *name;
    struct value *schema;
    uint32_t row;
};

struct runtime {
    struct text *words[RUNTIME_WORDS];
};

struct constraints {
    struct model *model;
    struct texts sources, regions;
    struct map sets; // of struct value: allowed values that several schemas have
    struct named_schema *named;
    size_t named_count, named_capacity;
    struct runtime *runtimes;
    size_t runtime_count, runtime_capacity;
    struct constraint_type *types;
    size_t count, capacity;
};

// Dies on what it does not understand, with file and line.
void constraints_read(
    struct constraints *constraints, struct model *model, const char *path, const char *content);

#endif
