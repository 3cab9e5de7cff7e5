// SPDX-License-Identifier: MIT
#ifndef SCHEMA_CONSTRAINT_TABLES_H
#define SCHEMA_CONSTRAINT_TABLES_H

// The rows that schema/tools writes of the constraints, beside those of schema/tables.h, whose strings and
// lists they use.

#include "schema/constraints.h"
#include "schema/tables.h"

struct schema_constraints {
    uint16_t type; // string
    uint16_t from;
    uint16_t root;            // node
    uint16_t missing_regions; // list
    uint16_t paths[SCHEMA_PATHS_DEPRECATED + 1];
    uint16_t lifecycle;
    uint16_t lifecycle_date;
    uint16_t rules; // the first one; those of the next type follow
    uint8_t taggable;
};

struct schema_rule {
    uint16_t id;
    uint16_t place;
    uint16_t node;
    uint16_t regions; // list
    uint8_t reports_all;
};

struct schema_parts_start {
    uint32_t first; // in schema_part_items; those of the next follow
};

struct schema_named_row {
    uint16_t name;
    uint16_t node;
};

struct schema_runtime_row {
    uint16_t strings[5]; // as in struct schema_runtime
};

extern const struct schema_constraints schema_constraint_table[]; // and one more row, for its `rules`
extern const uint32_t schema_constraint_rows;
extern const struct schema_rule schema_rules[];
extern const struct schema_node schema_nodes[];              // and one more
extern const struct schema_parts_start schema_part_starts[]; // and one more
// Pairs: a string (0 in a list without names), and a node or a list.
extern const uint16_t schema_part_items[];
extern const double schema_numbers[];
extern const struct schema_named_row schema_named_schemas[]; // and one more, of zeros
extern const struct schema_runtime_row schema_runtimes[];    // in the order of their names
extern const uint32_t schema_runtime_rows;
extern const uint16_t schema_constraint_source_list;
extern const uint16_t schema_region_list;

#endif
