// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_SHAPE_H
#define VALIDATE_RULES_SHAPE_H

// What a part of a template looks like that is not described by the schema of resource types: sections, and
// the attributes of resources. A shape is a table; what does not fit it is reported.

#include "validate/rule.h"

#include <stdbool.h>
#include <stddef.h>

// Kinds of values, as bits. Like CloudFormation, a number or a boolean does where a string is wanted, and a
// string that says one where a number or a boolean is.
enum value_kind {
    KIND_STRING = 1,
    KIND_INTEGER = 2,
    KIND_NUMBER = 4,
    KIND_BOOLEAN = 8,
    KIND_ARRAY = 16,
    KIND_OBJECT = 32,
    KIND_STRICT = 64, // a string and nothing that would do for one
    KIND_SCALAR = KIND_STRING | KIND_INTEGER | KIND_NUMBER | KIND_BOOLEAN,
};

bool value_has_kind(const struct value *value, unsigned kinds);
// "a string or an array"; in the arena of values.
const char *kinds_name(unsigned kinds);

struct shape;

struct shape_key {
    const char *name;          // NULL ends a list
    const struct shape *shape; // NULL: anything
    bool is_required;
};

struct shape {
    unsigned kinds;               // 0: any
    const struct shape_key *keys; // of an object; NULL: keys of one's own
    bool accepts_other_keys;
    const char *name_characters; // of keys of one's own, besides letters and digits; NULL: any
    const struct shape *each;    // of the values of those keys, or the items of an array; NULL: anything
    size_t max_length;           // of a string; 0: any
    size_t min_count, max_count; // of keys or items; a maximum of 0: any number
    size_t max_name_length;      // of keys; 0: any
    const char *const *values;   // of a string, ends with NULL; NULL: any
    bool accepts_functions;      // they are checked elsewhere
};

// The ids that faults are reported under. Those that are NULL are reported under `other`.
struct shape_ids {
    const char *kind, *missing_key, *length, *name_length, *count, *other;
};

void shape_check(struct validator *validator, const struct node *node, const struct shape *shape,
    const struct shape_ids *ids);

#endif
