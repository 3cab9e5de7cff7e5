// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"

#include <string.h>

// "Fn::ForEach::Name": [identifier, collection, { key of the output: what is made, ... }] (AWS
// CloudFormation: AWS::LanguageExtensions transform, Fn::ForEach).
enum { IDENTIFIER, COLLECTION, OUTPUT, PARTS };

static const struct value *output_of(const struct value *loop)
{
    const struct value *output;

    if (value_type(loop) != VALUE_ARRAY || value_length(loop) != PARTS)
        return NULL;
    output = array_at(loop, OUTPUT);
    return value_type(output) == VALUE_OBJECT ? output : NULL;
}

const struct value *diff_resource_body(const struct value *resource)
{
    const struct value *output = output_of(resource);

    if (!output)
        return resource;
    return value_length(output) == 1 ? diff_resource_body(object_at(output, 0)->value) : resource;
}

static bool has(const struct value *collection, const struct value *item, const struct diff_equality *how)
{
    for (size_t i = 0; i < value_length(collection); i++)
        if (diff_equal(item, array_at(collection, i), how))
            return true;
    return false;
}

// Whether each thing that the loop made is still made.
static bool keeps_all(const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (diff_equal(before, after, how))
        return true;
    if (value_type(before) != VALUE_ARRAY || value_type(after) != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < value_length(before); i++)
        if (!has(after, array_at(before, i), how))
            return false;
    return true;
}

static enum diff_impact worse(enum diff_impact a, enum diff_impact b)
{
    return a > b ? a : b;
}

static enum diff_impact properties_impact(
    const char *type, const struct value *before, const struct value *after, const struct diff_equality *how)
{
    enum diff_impact worst = DIFF_UPDATE;

    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);
        const struct value *other = object_get(after, field->key);

        if (!other || !diff_equal_field(field->key, field->value, other, how))
            worst = worse(worst, diff_property_impact(type, field->key));
    }
    for (size_t i = 0; i < value_length(after); i++)
        if (!object_get(before, object_at(after, i)->key))
            worst = worse(worst, diff_property_impact(type, object_at(after, i)->key));
    return worst;
}

static enum diff_impact made_impact(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    const char *type = object_string(before, "Type");
    const struct value *properties[] = { object_get(before, "Properties"), object_get(after, "Properties") };

    if (diff_equal(before, after, how))
        return DIFF_NO_CHANGE;
    if (output_of(before))
        return diff_loop_impact(before, after, how);
    if (!type || strcmp(type, object_string_or_empty(after, "Type")) != 0)
        return DIFF_MAY_REPLACE;
    for (size_t i = 0; i < 2; i++)
        if (properties[i] && value_type(properties[i]) != VALUE_OBJECT)
            return DIFF_MAY_REPLACE;
    return properties_impact(type, properties[0], properties[1], how);
}

enum diff_impact diff_loop_impact(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    const struct value *made = output_of(before), *made_after = output_of(after);
    enum diff_impact worst = DIFF_UPDATE;

    if (!made || !made_after || !diff_equal(array_at(before, IDENTIFIER), array_at(after, IDENTIFIER), how) ||
        !keeps_all(array_at(before, COLLECTION), array_at(after, COLLECTION), how))
        return DIFF_MAY_REPLACE;
    for (size_t i = 0; i < value_length(made); i++) {
        const struct value *other = object_get(made_after, object_at(made, i)->key);

        if (!other)
            return DIFF_MAY_REPLACE;
        worst = worse(worst, made_impact(object_at(made, i)->value, other, how));
    }
    return worst;
}
