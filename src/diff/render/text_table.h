// SPDX-License-Identifier: MIT
#ifndef DIFF_RENDER_TEXT_TABLE_H
#define DIFF_RENDER_TEXT_TABLE_H

// Tables in the text of a diff: statements of policies, rules of security groups.

#include "diff/diff.h"
#include "util/display.h"

struct diff_format_options;

// Rows in a frame; cells may have several lines. "${Id.Attribute}" shows the resource's path where it is
// known. Where the options' width has no room for a frame in which names are broken between their parts only,
// the cells of a row stand below each other, each with its heading. Nothing is cut off.
void diff_text_table(struct display *out, const struct diff_stack *stack, enum diff_table table,
    const struct diff_format_options *options);

// The text with paths for logical ids. Lives in the arena.
const char *diff_with_paths(const struct diff_stack *stack, const char *text);

#endif
