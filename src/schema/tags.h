// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TAGS_H
#define SCHEMA_TAGS_H

// How each resource type takes tags: as the schema says, and a supplement for types that aws-cdk-lib knows
// beyond it.

#include "schema/schema.h"

struct schema_tagging {
    enum schema_tags format;
    const char *property; // that holds them; NULL where there can be none
};

struct schema_tagging schema_tagging(const char *type);

#endif
