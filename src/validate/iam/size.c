// SPDX-License-Identifier: MIT
// How long documents are at least: what is not known yet counts for nothing.
#include "data/json.h"
#include "util/strbuf.h"
#include "validate/iam/document.h"

#include <string.h>

enum { TRUST_QUOTA = 2048 };

struct sizing {
    const char *path; // that is left
    size_t size;
    bool blanks_count;
};

// Of a text that a function makes of others.
static size_t least_length(const struct value *value, bool blanks_count);

static size_t text_length(const char *text, bool blanks_count)
{
    size_t length = 0;

    for (; *text; text++)
        length += blanks_count || !strchr(" \t\r\n", *text);
    return length;
}

static size_t join_length(const struct value *argument, bool blanks_count)
{
    const struct value *parts = array_at(argument, 1);
    const char *separator = value_string_or_empty(array_at(argument, 0));
    size_t length = 0;

    for (size_t i = 0; value_type(parts) == VALUE_ARRAY && i < value_length(parts); i++)
        length +=
            least_length(array_at(parts, i), blanks_count) + (i ? text_length(separator, blanks_count) : 0);
    return length;
}

static size_t sub_length(const struct value *argument, bool blanks_count)
{
    const char *text = value_string(argument);
    size_t length = 0;

    text = text ? text : value_string_or_empty(array_at(argument, 0));
    while (*text) {
        if (text[0] == '$' && text[1] == '{' && text[2] != '!') {
            text += strcspn(text, "}");
            text += *text == '}';
        } else {
            length += blanks_count || !strchr(" \t\r\n", *text);
            text++;
        }
    }
    return length;
}

static size_t least_length(const struct value *value, bool blanks_count)
{
    size_t length = 0;

    if (value_string(value))
        return strstr(value_string(value), "{{resolve:") ? 0 : text_length(value_string(value), blanks_count);
    if (value_is_intrinsic(value)) {
        const struct field *field = object_at(value, 0);

        return strcmp(field->key, "Fn::Join") == 0 ? join_length(field->value, blanks_count)
            : strcmp(field->key, "Fn::Sub") == 0   ? sub_length(field->value, blanks_count)
                                                   : 0;
    }
    if (value_type(value) != VALUE_OBJECT && value_type(value) != VALUE_ARRAY)
        return value ? 1 : 0;
    for (size_t i = 0; i < value_length(value); i++) {
        bool is_object = value_type(value) == VALUE_OBJECT;
        const struct value *child = is_object ? object_at(value, i)->value : array_at(value, i);

        // A branch that is not taken may leave out the whole.
        if (value_is_intrinsic(child) && strcmp(object_at(child, 0)->key, "Fn::If") == 0)
            continue;
        length += least_length(child, blanks_count) + (value_string(child) ? 2 : 0) + 1;
        if (is_object)
            length += text_length(object_at(value, i)->key, blanks_count) + 3;
    }
    return length + 1 + (value_length(value) == 0);
}

static void add_sizes(struct validator *validator, const struct node *node, void *data)
{
    struct sizing *sizing = data;
    struct sizing below = *sizing;
    size_t length = strcspn(sizing->path, ".");
    struct node child;

    if (!node_is_object(node) || node_function(node))
        return;
    child = node_get(node, arena_strndup(validator_arena(validator), sizing->path, length));
    if (!sizing->path[length]) {
        sizing->size += least_length(child.value, sizing->blanks_count);
        return;
    }
    below.path += length + 1;
    // Of branches one is taken: none is counted.
    for (size_t i = 0; node_is_array(&child) && i < node_length(&child); i++) {
        struct node item = node_at(&child, i);

        add_sizes(validator, &item, &below);
    }
    if (node_is_object(&child))
        add_sizes(validator, &child, &below);
    sizing->size = below.size;
}

void iam_size_check(
    struct validator *validator, const struct schema_policy *policy, const struct node *properties)
{
    struct sizing sizing = { .path = policy->path, .blanks_count = policy->blanks_count };
    bool is_trust = policy->kind == SCHEMA_POLICY_TRUST;
    size_t limit = is_trust ? TRUST_QUOTA : policy->limit;
    struct node first = node_get(
        properties, arena_strndup(validator_arena(validator), policy->path, strcspn(policy->path, ".")));

    if (!limit || !node_exists(&first))
        return;
    add_sizes(validator, properties, &sizing);
    if (sizing.size > limit)
        report(validator, is_trust ? "T3515" : "T3514", &first, "has %zu characters at least, more than %zu",
            sizing.size, limit);
}
