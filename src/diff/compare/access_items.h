// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_ACCESS_ITEMS_H
#define DIFF_COMPARE_ACCESS_ITEMS_H

// What one resource grants and limits, by access_rules.

#include <stdbool.h>
#include <stddef.h>

struct value;

struct access_item {
    const char *property; // with dots; "": the whole resource
    const char *key;      // equal for equal meaning
    const char *text;     // for people
    const char *reason;   // why it may allow more
    bool grants, limits;
    bool needs_resource; // counts only where the resource is there before and after
    bool is_opaque;      // known only at deployment
    bool is_default;     // what holds without the property
};

struct access_items {
    struct access_item *items;
    size_t count, capacity;
    bool exists; // the resource
};

// Of a resource whose branches are decided.
void access_items_read(struct access_items *items, const struct value *resource);
// Of one that is not: whether it may have any.
bool access_holds_items(const struct value *resource);

#endif
