// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_ROWS_H
#define SCHEMA_TOOLS_ROWS_H

// The model as rows of numbers, equal rows stored once: what src/schema/tables.h describes.

#include "model.h"
#include "pool.h"

enum { TYPE_WORDS = 6, PROPERTY_WORDS = 6, EXTRA_WORDS = 2, RANGE_WORDS = 4 };

struct rows {
    struct arena arena;
    struct pool lists;
    struct pool extras;
    struct pool ranges;     // each double as two words
    struct pool types;      // kind, target, name, allowed, pattern, range
    struct pool properties; // name, type, extra, flags, replacement, scrutiny
    struct pool objects;    // numbers of properties
};

// Numbers the model's objects, too.
void rows_make(struct rows *rows, struct model *model);
uint32_t rows_list(struct rows *rows, const struct texts *texts);

#endif
