// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_LINES_H
#define DIFF_COMPARE_LINES_H

// Two strings line by line.

#include <stddef.h>

enum diff_mark {
    DIFF_MARK_NONE,
    DIFF_MARK_SAME,
    DIFF_MARK_ADDED,
    DIFF_MARK_REMOVED,
    DIFF_MARK_CHANGED,
    DIFF_MARK_HUNK
};

struct diff_text_line {
    enum diff_mark mark;
    const char *text; // without the line break
};

struct diff_text_lines {
    struct diff_text_line *items;
    size_t count, capacity;
};

// Hunks as `diff -u` has them, with `context` equal lines around changes; "@@ -1,2 +1,3 @@" begins each. Time
// is linear in the number of lines: where strings have little in common, the difference need not be the
// least.
void diff_text(struct diff_text_lines *out, const char *before, const char *after, size_t context);

#endif
