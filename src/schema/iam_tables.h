// SPDX-License-Identifier: MIT
#ifndef SCHEMA_IAM_TABLES_H
#define SCHEMA_IAM_TABLES_H

// The rows that schema/tools/iam writes, of the kind of those in schema/tables.h. Id 0 of strings and lists
// stands for none.

#include "schema/iam.h"
#include "schema/tables.h"

#include <stdint.h>

struct schema_iam_service {
    uint16_t prefix; // string
    uint16_t name;
    uint16_t actions, resources, keys; // the first ones; those of the next service follow
};

struct schema_iam_action {
    uint16_t name;
    uint16_t uses; // list of numbers of uses
    uint16_t keys; // list
    uint8_t level; // of schema_iam_levels
};

// That an action acts on resources of a type.
struct schema_iam_use {
    uint16_t resource; // number
    uint16_t keys;     // list
    uint8_t is_required;
};

struct schema_iam_resource {
    uint16_t name;
    uint16_t arns; // list
    uint16_t keys; // list
};

struct schema_iam_key {
    uint16_t name;
    uint16_t type; // string
};

// The first row has the global keys and nothing else; one more at the end.
extern const struct schema_iam_service schema_iam_services[];
extern const struct schema_iam_action schema_iam_actions[];
extern const struct schema_iam_use schema_iam_uses[];
extern const struct schema_iam_resource schema_iam_resources[];
extern const struct schema_iam_key schema_iam_keys[];
extern const uint16_t schema_iam_list_items[];
extern const struct schema_list_start schema_iam_list_starts[]; // and one more
extern const uint32_t schema_iam_string_starts[];
extern const struct schema_iam_strings schema_iam_strings; // the bytes, each string with its NUL
extern const uint16_t schema_iam_service_rows;             // without the first and the last
extern const uint16_t schema_iam_source_list;

#endif
