// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_TABLE_H
#define CLI_CORE_TABLE_H

// Text in aligned columns, the last of which is as wide as it needs.

#include "cli/core/options.h"
#include "util/strbuf.h"

#include <stddef.h>

struct table {
    struct arena *arena;
    size_t columns;
    struct string_list cells; // row by row
};

// One string for each column, copied.
void table_add(struct table *table, const char *const *cells);
void table_write(const struct table *table, struct strbuf *out);

// The text without line breaks and what else would move the cursor: spelt out as \n or \x1b.
const char *printable(struct arena *arena, const char *text);

#endif
