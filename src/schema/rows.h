// SPDX-License-Identifier: MIT
#ifndef SCHEMA_ROWS_H
#define SCHEMA_ROWS_H

// What the numbers in the tables stand for.

#include "schema/schema.h"

const char *schema_string(size_t id); // NULL for 0
struct schema_list schema_list_of(size_t id);

#endif
