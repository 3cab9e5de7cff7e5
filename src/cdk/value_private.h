// SPDX-License-Identifier: MIT
#ifndef CDK_VALUE_PRIVATE_H
#define CDK_VALUE_PRIVATE_H

// The inside of a value, for the core only.

#include "cdk/value.h"
#include "util/map.h"

#include <stdint.h>

struct element;

struct lazy_value {
    struct value *(*produce)(void *data);
    void *data;
    struct arena *arena; // what it makes lives as long as itself
    struct value *made;
    bool is_made;
};

// Small, since an app has tens of thousands.
struct value {
    enum value_type type;
    bool omit_empty; // an array or object that disappears when it is empty at synthesis
    bool is_list;    // a reference to a list of strings
    union {
        bool boolean;
        double number;
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
        struct {
            const struct element *target; // a resource or a parameter
            const char *attribute;        // NULL: Ref
            struct value *elsewhere; // in stacks of another account or region; NULL: cannot be used there
        } reference;
        struct {
            const char *delimiter;
            struct value *list; // an array, or a value that is a list at deployment
        } join;
        struct value *json;
        struct lazy_value *lazy;
    };
};

// Ref of any element of a template.
struct value *element_reference(const struct element *element);

// An empty value of that type in the current arena.
struct value *value_make(enum value_type type);

// Appends a field whose key the object has not and that lives as long as the object.
void object_append(struct value *object, const char *key, struct value *value);

// What a lazy value makes, made once.
struct value *value_force(struct value *lazy);

#endif
