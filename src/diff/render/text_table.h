// SPDX-License-Identifier: MIT
#ifndef DIFF_RENDER_TEXT_TABLE_H
#define DIFF_RENDER_TEXT_TABLE_H

// Tables in the text of a diff: statements of policies, rules of security groups.

#include "diff/diff.h"
#include "util/strbuf.h"

// Rows in a frame; cells may have several lines. "${Id.Attribute}" shows the resource's path where it is
// known.
void diff_text_table(struct strbuf *out, const struct diff_stack *stack, enum diff_table table, bool color);

// The text with paths for logical ids. Lives in the arena.
const char *diff_with_paths(const struct diff_stack *stack, const char *text);

#endif
