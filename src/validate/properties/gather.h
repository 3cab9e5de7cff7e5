// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_GATHER_H
#define VALIDATE_PROPERTIES_GATHER_H

// What is demanded of several resources together.

#include "validate/properties/judge.h"

// The keywords "gather" and "gathered": properties of this resource and of those that it refers to, put into
// one object, and a schema of that.
void judge_gathered(
    struct judge *judge, const struct schema_node *schema, const struct node *node, struct violations *found);

#endif
