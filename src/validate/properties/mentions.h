// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_MENTIONS_H
#define VALIDATE_PROPERTIES_MENTIONS_H

// Which properties of an object a keyword looks at.

#include "schema/constraints.h"
#include "util/arena.h"

// Ends with NULL; NULL when it may look at any.
const char *const *mentioned_names(
    struct arena *arena, const struct schema_node *schema, enum schema_keyword keyword);

#endif
