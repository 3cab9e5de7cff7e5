// SPDX-License-Identifier: MIT
// What JavaScript would see of a template's values.
#include "data/json.h"
#include "data/value.h"
#include "util/arena.h"
#include "util/array.h"
#include "validate/policy/policy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct value *settle(const struct value *value);

static bool is_literal(const struct value *value)
{
    return value && value_type(value) != VALUE_OBJECT && value_type(value) != VALUE_ARRAY;
}

static const struct value *settle_select(const struct value *arguments)
{
    const struct value *index = settle(array_at(arguments, 0)), *items = settle(array_at(arguments, 1));

    if (!is_literal(index) || value_type(items) != VALUE_ARRAY)
        return NULL;
    for (size_t i = 0; i < value_length(items); i++)
        if (value_is_intrinsic(array_at(items, i)))
            return NULL;
    return array_at(items, (size_t)policy_number(index, 0));
}

static const struct value *settle_split(const struct value *arguments)
{
    const char *separator = value_string(array_at(arguments, 0)),
               *text = value_string(array_at(arguments, 1));
    struct value *parts = array();

    if (!separator || !*separator || !text)
        return NULL;
    for (const char *end; (end = strstr(text, separator)); text = end + strlen(separator))
        array_append(parts, string_n(text, (size_t)(end - text)));
    array_append(parts, string(text));
    return parts;
}

static const struct value *settle(const struct value *value)
{
    const struct value *settled = NULL;

    if (!value || value_type(value) == VALUE_NULL)
        return NULL;
    if (value_type(value) != VALUE_OBJECT || value_length(value) != 1)
        return value;
    if (strcmp(object_at(value, 0)->key, "Fn::Select") == 0)
        settled = settle_select(object_at(value, 0)->value);
    else if (strcmp(object_at(value, 0)->key, "Fn::Split") == 0)
        settled = settle_split(object_at(value, 0)->value);
    return settled ? settled : value;
}

void policy_set_undecided(struct policy_case *policy, const struct value *value)
{
    if (policy->undecided)
        return;
    policy->undecided = !value      ? UNDECIDED_WITHOUT
        : value_is_intrinsic(value) ? UNDECIDED_UNTIL_DEPLOYED
                                    : UNDECIDED_MALFORMED;
    policy->undecided_name = policy->name;
}

const struct value *policy_property_of(
    struct policy_case *policy, const struct template_resource *resource, const char *name)
{
    policy->name = name;
    return settle(object_get(resource->properties.value, name));
}

const struct value *policy_property(struct policy_case *policy, const char *name)
{
    return policy_property_of(policy, policy->resource, name);
}

const struct value *policy_member(struct policy_case *policy, const struct value *object, const char *name)
{
    if (!object)
        policy_set_undecided(policy, NULL);
    policy->name = name;
    return settle(object_get(object, name));
}

const struct value *policy_optional(const struct value *object, const char *path)
{
    while (object && *path) {
        size_t length = strcspn(path, "/");
        const char *name = arena_strndup(value_arena(), path, length);

        object = settle(object_get(object, name));
        path += length + (path[length] == '/');
    }
    return object;
}

const struct value *policy_item(const struct value *array, size_t index)
{
    return settle(array_at(array, index));
}

size_t policy_items(struct policy_case *policy, const struct value *array)
{
    if (array && value_type(array) == VALUE_ARRAY)
        return value_length(array);
    policy_set_undecided(policy, array);
    return 0;
}

const struct value *policy_primitive(struct policy_case *policy, const struct value *value)
{
    if (!value || is_literal(value))
        return value;
    policy_set_undecided(policy, value);
    return NULL;
}

const char *policy_text(struct policy_case *policy, const struct value *value)
{
    if (value && is_literal(value))
        return value_string(value) ? value_string(value) : policy_interpolated(value);
    policy_set_undecided(policy, value);
    return "";
}

const char *policy_primitive_text(struct policy_case *policy, const struct value *value)
{
    return policy_text(policy, policy_primitive(policy, value));
}

bool policy_is_pseudo(const struct value *value)
{
    return strncmp(object_string_or_empty(value, "Ref"), "AWS::", strlen("AWS::")) == 0;
}

enum policy_token policy_token_kind(const struct value *value)
{
    static const char *const lists[] = { "Fn::GetAZs", "Fn::Split", "Fn::Cidr" };
    static const char *const texts[] = { "Fn::ImportValue", "Fn::Sub", "Fn::Join", "Fn::Select",
        "Fn::Base64" };

    if (!value_is_intrinsic(value))
        return TOKEN_NONE;
    if (policy_is_pseudo(value))
        return policy_is(policy_target(value), "AWS::NoValue") ? TOKEN_OBJECT : TOKEN_TEXT;
    for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
        if (strcmp(object_at(value, 0)->key, lists[i]) == 0)
            return TOKEN_LIST;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (strcmp(object_at(value, 0)->key, texts[i]) == 0)
            return TOKEN_TEXT;
    return TOKEN_OBJECT;
}

bool policy_has_less_than_two(const struct value *list)
{
    enum policy_token kind = policy_token_kind(list);

    return kind == TOKEN_LIST || (kind == TOKEN_NONE && value_length(list) < 2);
}

bool policy_is(const struct value *value, const char *text)
{
    return value && is_literal(value) && strcmp(policy_interpolated(value), text) == 0;
}

bool policy_is_true(const struct value *value)
{
    return policy_is(value, "true");
}

bool policy_is_false(const struct value *value)
{
    return policy_is(value, "false");
}

double policy_number(const struct value *value, double otherwise)
{
    const char *text = value_string(value);
    double parsed;
    char *end;

    if (value && value_type(value) == VALUE_NUMBER)
        return value_number(value);
    if (!text)
        return otherwise;
    if (!*text)
        return 0;
    parsed = strtod(text, &end);
    return end == text ? otherwise : parsed;
}

bool policy_same(const struct value *a, const struct value *b)
{
    if (!a || !b)
        return !a && !b;
    return is_literal(a) && is_literal(b) && value_equal(a, b);
}

const struct value *policy_target(const struct value *value)
{
    const struct value *get_att = object_get(value, "Fn::GetAtt");

    if (object_get(value, "Ref"))
        return object_get(value, "Ref");
    return value_type(get_att) == VALUE_ARRAY && value_length(get_att) ? array_at(get_att, 0) : value;
}

bool policy_contains_ignoring_case(const char *text, const char *part)
{
    for (; *text; text++)
        if (strncasecmp(text, part, strlen(part)) == 0)
            return true;
    return false;
}
