// SPDX-License-Identifier: MIT
#ifndef DIFF_SCHEMA_H
#define DIFF_SCHEMA_H

// What a comparison wants to know about resource types. It is handed in, so that comparing itself depends on
// no data.

#include "schema/schema.h"

#include <stdbool.h>

// What changing a property does to its resource ("Update requires" in the resource's documentation).
enum diff_replacement {
    DIFF_REPLACEMENT_UNKNOWN, // the type or the property is not known
    DIFF_REPLACEMENT_NO,
    DIFF_REPLACEMENT_MAYBE,
    DIFF_REPLACEMENT_YES,
};

struct diff_schema {
    enum diff_replacement (*replacement)(const char *type, const char *property);
    bool (*is_stateful)(const char *type);
    // Which permissions a property holds; those of the resource as a whole where `property` is NULL.
    enum schema_scrutiny (*scrutiny)(const char *type, const char *property);
};

// Everything that src/schema knows.
extern const struct diff_schema diff_schema_cloudformation;

#endif
