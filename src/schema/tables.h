// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TABLES_H
#define SCHEMA_TABLES_H

// The rows that schema/tools writes. They refer to each other by number and never by address, so that nothing
// has to be relocated when the program starts and pages that nobody looks at are never loaded. Id 0 of
// strings, lists, extras and ranges stands for none. Strings are numbered in the order of strcmp.

#include "schema/schema.h"

#include <stdint.h>

struct schema_resource {
    uint16_t type; // string
    uint16_t properties;
    uint16_t attributes;
    uint16_t identifier; // list
    uint16_t ref;        // list
    uint16_t arn;
    uint16_t transform;
    uint16_t replacing_paths; // list
    uint16_t tag_property;
    uint16_t nested; // the first one; those of the next resource follow
    uint8_t tags;
    uint8_t scrutiny;
    uint8_t is_stateful;
};

struct schema_nested {
    uint16_t name;
    uint16_t object;
};

struct schema_object {
    uint32_t first; // in schema_object_items; those of the next object follow
};

enum schema_property_flag { SCHEMA_FLAG_REQUIRED = 1, SCHEMA_FLAG_DEPRECATED = 2 };

struct schema_property {
    uint16_t name;
    uint16_t type;
    uint16_t extra;
    uint8_t flags;
    uint8_t replacement;
    uint8_t scrutiny;
};

// What few properties have.
struct schema_extra {
    uint16_t default_value; // string
    uint16_t refers;        // list
};

struct schema_type {
    uint8_t kind;
    uint16_t target; // array and map: type; object: object; union: list of types
    uint16_t name;   // of an object
    uint16_t allowed;
    uint16_t pattern;
    uint16_t range;
};

struct schema_list_start {
    uint32_t first; // in schema_list_items; those of the next list follow
};

extern const struct schema_resource schema_resources[]; // and one more row, for its `nested`
extern const struct schema_nested schema_nesteds[];
extern const struct schema_object schema_objects[]; // and one more
extern const uint16_t schema_object_items[];        // numbers of properties
extern const struct schema_property schema_properties[];
extern const struct schema_extra schema_extras[];
extern const struct schema_type schema_types[];
extern const struct schema_range schema_ranges[];
extern const uint16_t schema_list_items[];
extern const struct schema_list_start schema_list_starts[]; // and one more
extern const uint32_t schema_string_starts[];
extern const struct schema_strings schema_strings; // the bytes, each string with its NUL
extern const uint32_t schema_resource_rows;
extern const uint16_t schema_source_list;

#endif
