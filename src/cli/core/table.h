// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_TABLE_H
#define CLI_CORE_TABLE_H

// Text in aligned columns that fits the terminal. Where the widest cells do not fit, cells are broken between
// words into several lines; where not even the widest words fit, each row is stacked: cells that do not fit
// beside the others get lines of their own, with the column's heading in front if the table has headings. No
// word is broken or cut off: what is longer than the terminal is wide, such as an ARN, the terminal wraps
// itself, so that it is copied in one piece.

#include "cli/core/options.h"
#include "util/display.h"

#include <stddef.h>

struct table {
    struct arena *arena;
    size_t columns;
    const char *const *headings; // one for each column; NULL: none
    size_t width;                // of the terminal; 0: as wide as the cells are
    struct string_list cells;    // row by row
    struct string_list styles;   // of each row
};

// One string for each column, copied.
void table_add(struct table *table, const char *const *cells);
// `style`: an escape sequence, or ""; it lives as long as the table.
void table_add_styled(struct table *table, const char *const *cells, const char *style);
void table_write(const struct table *table, struct display *out);
// On standard output, as wide as that is (terminal_line_width).
void table_print(struct table *table);

#endif
