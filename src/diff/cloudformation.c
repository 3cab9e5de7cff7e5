// SPDX-License-Identifier: MIT
#include "diff/schema.h"

static const struct schema_property *find(const char *type, const char *property)
{
    return schema_object_find(schema_resource_properties(schema_resource_find(type)), property);
}

static enum diff_replacement replacement(const char *type, const char *name)
{
    const struct schema_property *property = type ? find(type, name) : NULL;

    if (!property)
        return DIFF_REPLACEMENT_UNKNOWN;
    switch (schema_property_replacement(property)) {
    case SCHEMA_REPLACEMENT_YES:
        return DIFF_REPLACEMENT_YES;
    case SCHEMA_REPLACEMENT_MAYBE:
        return DIFF_REPLACEMENT_MAYBE;
    case SCHEMA_REPLACEMENT_NO:
        break;
    }
    return DIFF_REPLACEMENT_NO;
}

static bool is_stateful(const char *type)
{
    return schema_resource_is_stateful(schema_resource_find(type));
}

static enum schema_scrutiny scrutiny(const char *type, const char *property)
{
    if (!property)
        return schema_resource_scrutiny(schema_resource_find(type));
    return schema_property_scrutiny(find(type, property));
}

const struct diff_schema diff_schema_cloudformation = { replacement, is_stateful, scrutiny };
