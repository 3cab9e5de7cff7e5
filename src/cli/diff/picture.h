// SPDX-License-Identifier: MIT
#ifndef CLI_DIFF_PICTURE_H
#define CLI_DIFF_PICTURE_H

// The architecture with what changes in it, for the formats of `diff` that can show it. Everything lives in
// the current value arena.

#include "diff/render/format.h"

// The whole of it, laid out; a note where Graphviz is not there. Nothing where nothing changes.
void diff_picture_for_html(const struct diff *diff, struct diff_picture *picture);
// What changes, and what is next to it; nothing where that is too much for a comment.
void diff_picture_for_markdown(const struct diff *diff, struct diff_picture *picture);

#endif
