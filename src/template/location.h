// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_LOCATION_H
#define TEMPLATE_LOCATION_H

// Where the values of a template are in its text. Reading a template keeps no positions; those who have
// something to say about a place read the text again for them, which only costs them. Locations live in the
// arena of values.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Lines and columns are counted from 1, columns in characters; the end is behind the last character.
struct text_range {
    uint32_t line, column, end_line, end_column;
};

enum location_kind { LOCATION_SCALAR, LOCATION_ARRAY, LOCATION_OBJECT };

struct location_index;

struct location {
    enum location_kind kind;
    struct text_range range;              // of the value
    const char *key;                      // in an object; else NULL
    struct text_range key_range;          // likewise
    struct location *first, *last, *next; // children, and the next one in the parent
    size_t count;                         // of children
    const struct location_index *index;   // of many children; else NULL
};

// NULL when the text is no JSON or YAML that template_parse() takes. Short forms of functions are as in the
// value: an object whose key is where the tag is.
struct location *location_read(const char *text, size_t length, const char *name);

// The place of a JSON pointer (RFC 6901), or of the nearest value above it; then *ret_exact is false.
const struct location *location_find(const struct location *root, const char *pointer, bool *ret_exact);

#endif
