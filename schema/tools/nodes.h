// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_NODES_H
#define SCHEMA_TOOLS_NODES_H

// Schemas as rows of numbers, equal ones stored once: what src/schema/constraint_tables.h describes.

#include "constraints.h"
#include "pool.h"
#include "rows.h"

enum { NUMBER_WORDS = 2 };

struct nodes {
    struct arena arena;
    struct constraints *constraints;
    struct rows *rows;   // whose lists these share
    struct pool nodes;   // pairs of a keyword and what it says
    struct pool parts;   // pairs of a string and a node or a list
    struct pool numbers; // each double as two words
};

// Adds every string of the schemas to the model's table, before that is numbered.
void nodes_note_strings(struct constraints *constraints);
// Numbers the definitions and rules, too. Adds to the lists of `rows`.
void nodes_make(struct nodes *nodes, struct constraints *constraints, struct rows *rows);

#endif
