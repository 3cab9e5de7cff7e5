// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_ACCESS_H
#define DIFF_COMPARE_ACCESS_H

// Ways to gain rights that the tables of diff/compare/permissions.h do not show: limits that go, settings
// that open, policies of types that the schema does not mark, and what conditions, parameters, mappings,
// loops and macros decide.
//
// What a property allows is a set of items, each of which grants something or limits something. The sets
// before and after are compared under every way in which the conditions may turn out: an item that grants and
// comes, or one that limits and goes, broadens. What cannot be decided is an item that does both.

#include "diff/diff.h"
#include "util/map.h"

// How a property is judged.
enum access_kind {
    ACCESS_NONE,
    ACCESS_POLICY,        // policy documents somewhere in the value
    ACCESS_POLICY_OPEN,   // the same, and where there is none, everything is allowed
    ACCESS_GRANTS,        // each item of a list, or the value, is a right
    ACCESS_GRANTS_OPEN,   // the same, and where there is none, everything is allowed
    ACCESS_TARGETS,       // each item is one more that a right is given to, or for
    ACCESS_LIMITS,        // each item, or each setting that is not false, limits rights
    ACCESS_POINTER,       // to what has rights: another one has others
    ACCESS_SETTING,       // one of `values`; an unknown one may allow anything
    ACCESS_RESOURCE,      // the whole resource is a right
    ACCESS_STATEMENT,     // the whole resource is a statement: its Statement, or a right without one
    ACCESS_RESOURCE_LIMIT // the whole resource limits rights
};

struct access_rule {
    const char *type; // NULL: of every type
    const char *path; // names with dots, below Properties; without `type` a name at any depth
    enum access_kind kind;
    // Of a setting: from closed to open, with spaces between. Without the property the first one holds, or
    // the last one where `is_open` is set.
    const char *values;
    bool is_open;
};

extern const struct access_rule access_rules[];
extern const size_t access_rule_count;

// The rule of a property, from the table or from the schema's scrutiny; NULL: there is none.
const struct access_rule *access_rule_find(const char *type, const char *path);

// Adds to stack->tables[DIFF_ACCESS]. `read` has "id\nproperty" for each property whose permissions are in
// the other tables.
void diff_access(struct diff_stack *stack, const struct map *read);

// Leaves out the URLs of nested stacks that are compared themselves.
void diff_access_settle(struct diff *diff);

#endif
