// SPDX-License-Identifier: MIT
#ifndef DIFF_RENDER_TREE_H
#define DIFF_RENDER_TREE_H

// What changed within something, as lines with branches before them, for every format that people read.

#include "diff/compare/lines.h"
#include "diff/diff.h"

struct diff_tree_line {
    const char *branches; // " │   └─ "
    enum diff_mark mark;
    const char *text;
};

struct diff_tree {
    size_t context; // equal lines around changes in lists and texts
    struct diff_tree_line *items;
    size_t count, capacity;
};

// Changes of a resource; the whole content of an added one; nothing for a removed one.
void diff_tree_resource(struct diff_tree *tree, const struct diff_resource *resource);
// From one value to the other below a line that names them; both may be long.
void diff_tree_values(struct diff_tree *tree, const struct value *before, const struct value *after);

#endif
