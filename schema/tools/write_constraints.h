// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_WRITE_CONSTRAINTS_H
#define SCHEMA_TOOLS_WRITE_CONSTRAINTS_H

#include "nodes.h"
#include "output.h"

// The tables of src/schema/constraint_tables.h; their lists are added to those of `rows`.
void write_constraints(struct output *out, struct rows *rows, struct constraints *constraints);

#endif
