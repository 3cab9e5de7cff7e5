// SPDX-License-Identifier: MIT
#ifndef LSP_DOCUMENT_OUTLINE_READER_H
#define LSP_DOCUMENT_OUTLINE_READER_H

// What the readers of the two styles share: flow (JSON, and YAML in brackets) and block (YAML by
// indentation).

#include "lsp/document/outline.h"

struct outline_reader {
    const char *text;
    size_t length; // what is behind it is not looked at now
    size_t at;
    size_t line_start; // of the line that `at` is in; block style only
    bool is_json;
    int depth;
    size_t open_objects, open_arrays; // in flow style
    struct arena *arena;
};

// A new value of the parent, which it becomes a part of.
struct outline *outline_new(struct outline_reader *reader, struct outline *parent);
const char *outline_word(const struct outline_reader *reader, struct span span);
// The quoted text at the place, and moves behind it. One that does not end is taken to the end of its line.
struct span outline_read_quoted(struct outline_reader *reader);
// The function of the tag at the place, and moves behind the tag; NULL when it is none.
const char *outline_read_tag(struct outline_reader *reader, struct span *ret_span);
// The value of the function: `node` becomes an object with this only key.
struct outline *outline_wrap(
    struct outline_reader *reader, struct outline *node, const char *function, struct span tag);
void outline_set_scalar(
    const struct outline_reader *reader, struct outline *node, struct span span, char quote);

// A value, at whose first character the place is.
void outline_read_flow(struct outline_reader *reader, struct outline *node);
// A whole text.
void outline_read_block(struct outline_reader *reader, struct outline *root);

#endif
