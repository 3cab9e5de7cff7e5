// SPDX-License-Identifier: MIT
#ifndef VALIDATE_RULES_GRAPH_H
#define VALIDATE_RULES_GRAPH_H

// Which resources refer to which.

#include "validate/rule.h"

#include <stddef.h>

enum reference_kind { REFERENCE_DEPENDS_ON, REFERENCE_REF, REFERENCE_GET_ATT, REFERENCE_SUB };

struct resource_reference {
    const struct template_resource *from; // NULL: an output
    const struct template_resource *to;
    enum reference_kind kind;
    const struct node *node; // the function, or the name in DependsOn
};

struct reference_graph {
    struct resource_reference *items; // those of a resource one after the other, in the order of resources
    size_t count, capacity;
    size_t *starts;  // of each resource, and one more
    size_t *indexes; // of the resource that each of them leads to
};

// Every reference to a resource in the template, outputs last. It lives as long as the template is checked.
void reference_graph_make(struct validator *validator, struct reference_graph *ret_graph);

#endif
