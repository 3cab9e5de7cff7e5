// SPDX-License-Identifier: MIT
#ifndef DATA_VALUE_PRIVATE_H
#define DATA_VALUE_PRIVATE_H

// The inside of a value, for this layer, the core of the construct library, and the nodes of a template that
// is validated, which are looked at most often.

#include "data/value.h"
#include "util/map.h"

#include <stdint.h>

// What those who make tokens of a kind know about them. A token is a struct that begins with its struct
// value.
struct token_class {
    // Both are of this class.
    bool (*equal)(const struct value *a, const struct value *b);
    // The string that it stands for, in the current arena; NULL where that is not known yet.
    const char *(*string)(const struct value *token);
};

// Small, since an app has tens of thousands.
struct value {
    enum value_type type;
    bool omit_empty; // an array or object that disappears when it is empty at synthesis
    union {
        bool boolean;
        struct {
            double number;
            const char *digits; // as they were written where JavaScript would print others; else NULL
        };
        const char *string;
        struct {
            struct value **items;
            uint32_t length, capacity;
        } array;
        struct {
            struct field *fields;
            uint32_t length, capacity;
            struct map *index; // from keys to positions + 1, once the object is large; else NULL
        } object;
        const struct token_class *class;
    };
};

// An empty value of that type in the current arena.
struct value *value_make(enum value_type type);

// Appends a field whose key the object has not and that lives as long as the object.
void object_append(struct value *object, const char *key, struct value *value);

#endif
