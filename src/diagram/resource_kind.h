// SPDX-License-Identifier: MIT
#ifndef DIAGRAM_RESOURCE_KIND_H
#define DIAGRAM_RESOURCE_KIND_H

// What a type of resource is in a picture: a node, or part of one.

#include "diagram/diagram.h"

enum kind_role {
    KIND_NODE,
    KIND_PART,   // of what its property `owner` refers to; a node where that is nothing that is drawn
    KIND_USED,   // part of everything that refers to it
    KIND_HIDDEN, // not drawn, and what refers to it or is referred to does not matter
};

struct resource_kind {
    const char *type; // may begin or end with '*'
    const char *words;
    enum diagram_group group;
    enum kind_role role;
    const char *owner; // a path as in structure.h
    bool is_aside;     // alone it is not drawn
    bool is_silent;    // what it refers to is said better elsewhere, and it uses nothing
    bool is_gathered;  // many in a stack are one node; `words` is their plural
    bool surrounds;    // a VPC: others refer to it because they are in it
};

// Never NULL.
const struct resource_kind *resource_kind_of(const char *type);

// The type for people: by what its properties say ("Aurora PostgreSQL"), by its kind, or by its name.
const char *resource_type_words(
    const struct resource_kind *kind, const char *type, const struct value *properties);

#endif
