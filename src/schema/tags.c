// SPDX-License-Identifier: MIT
#include "schema/tags.h"

#include "util/array.h"

#include <stdlib.h>
#include <string.h>

// Without pointers, which would have to be relocated when the program starts.
struct supplement {
    char type[72];
    enum schema_tags format;
    char property[16];
};

static const struct supplement supplements[] = {
#include "schema/tag_supplement.inc"
};

static int compare_type(const void *type, const void *row)
{
    return strcmp(type, ((const struct supplement *)row)->type);
}

struct schema_tagging schema_tagging(const char *type)
{
    const struct schema_resource *resource = schema_resource_find(type);
    const struct supplement *row;

    if (schema_resource_tags(resource) != SCHEMA_TAGS_NONE)
        return (
            struct schema_tagging){ schema_resource_tags(resource), schema_resource_tag_property(resource) };
    row = bsearch(type, supplements, ARRAY_SIZE(supplements), sizeof(*supplements), compare_type);
    return row ? (struct schema_tagging){ row->format, row->property }
               : (struct schema_tagging){ SCHEMA_TAGS_NONE, NULL };
}
