// SPDX-License-Identifier: MIT
#ifndef AUDIT_CONSUMER_AUDIT_SCHEMA_H
#define AUDIT_CONSUMER_AUDIT_SCHEMA_H

// What the build generates from audit-schema.yaml for the consumer: the statement, one check a parameter, and
// the event types that belong in the audit log.

#include <stdbool.h>
#include <stddef.h>

enum audit_type { AUDIT_TEXT, AUDIT_UUID, AUDIT_INET, AUDIT_JSON, AUDIT_TIME, AUDIT_REMARKS };

#define AUDIT_MAX_PARAMETERS 32

struct audit_parameter {
    const char *column;
    const char *path; // in the event's detail; NULL for remarks
    enum audit_type type;
    size_t longest;       // of a string, in characters; 0: any length
    bool required;        // absent or empty is an error
    const char *fallback; // what absent or empty becomes; NULL: null
};

extern const char audit_insert_sql[];
extern const struct audit_parameter audit_parameters[]; // $1, $2, ...
extern const size_t audit_parameter_count;
extern const char *const audit_types[]; // sorted
extern const size_t audit_type_count;

#endif
