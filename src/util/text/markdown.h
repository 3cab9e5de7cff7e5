// SPDX-License-Identifier: MIT
#ifndef UTIL_TEXT_MARKDOWN_H
#define UTIL_TEXT_MARKDOWN_H

// Text that others have written, in Markdown as GitHub renders it.

#include "util/strbuf.h"

// One line as code, which nothing in it ends; in a cell of a table too. What does not show itself is made
// visible (util/display.h), line breaks among it.
void markdown_add_code(struct strbuf *out, const char *text);
// How many backticks a fence around the text has: more than any run of them in it.
size_t markdown_fence_length(const char *text);

#endif
