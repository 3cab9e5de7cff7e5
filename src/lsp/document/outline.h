// SPDX-License-Identifier: MIT
#ifndef LSP_DOCUMENT_OUTLINE_H
#define LSP_DOCUMENT_OUTLINE_H

// What a text that is being written looks like: its objects, lists and scalars, and where they are. Any text
// has an outline; where it is no JSON or YAML, or not yet, the outline is what it is about to become. Whether
// the text is right is not asked here: the validator reads it as CloudFormation does.
//
// Not read: complex keys, and what aliases and merge keys stand for. Names are taken as they are written,
// escapes included.

#include "lsp/document/text.h"

#include <stdbool.h>

enum {
    OUTLINE_DEPTH_LIMIT = 500,             // what is deeper is left out
    OUTLINE_SIZE_LIMIT = 16 * 1024 * 1024, // bytes of a text; of a longer one nothing is read
};

enum outline_kind { OUTLINE_SCALAR, OUTLINE_OBJECT, OUTLINE_ARRAY };

// A value, and its key where it has one. A short form of a function (!Ref) is an object whose only key is the
// tag's function.
struct outline {
    enum outline_kind kind;
    const char *key;      // NULL: an item of a list, or the root
    struct span key_span; // without quotes
    char key_quote;       // 0: none
    bool is_bare;         // a word where a key should be: nothing comes behind it
    bool is_tag;          // the key is a tag
    const char *text;     // of a scalar; NULL of others
    struct span span;     // of a scalar without quotes
    char quote;           // of a scalar; 0: none
    const struct outline *parent;
    struct outline *first, *last, *next;
    size_t index; // in the parent
};

// In the arena; it refers to nothing outside of it.
const struct outline *outline_read(const char *text, size_t length, bool is_json, struct arena *arena);

// The innermost value that the offset is in or at the end of, or whose key it is in; *ret_at_key says which.
const struct outline *outline_at(const struct outline *root, size_t offset, bool *ret_at_key);
// NULL is passed on; the last of equal keys counts.
const struct outline *outline_get(const struct outline *object, const char *key);
const struct outline *outline_item(const struct outline *array, size_t index);
// Of a scalar there; NULL when there is none.
const char *outline_get_text(const struct outline *object, const char *key);

#endif
