// SPDX-License-Identifier: MIT
#include "diff/compare/equal.h"

#include "data/json.h"
#include "data/value.h"
#include "diff/compare/embedded.h"
#include "diff/compare/policy.h"
#include "template/returned_template.h"
#include "util/text/compare.h"

#include <stdlib.h>
#include <string.h>

enum { HASH_LENGTH = 64 }; // of an asset, in hexadecimal

const char *diff_function(const struct value *value, const struct value **ret_argument)
{
    if (!value_is_intrinsic(value))
        return NULL;
    *ret_argument = object_at(value, 0)->value;
    return object_at(value, 0)->key;
}

static void scalar_text(struct strbuf *out, const struct value *value)
{
    if (value_type(value) == VALUE_NUMBER)
        json_write(out, value, 0);
    else if (value_type(value) == VALUE_BOOLEAN)
        strbuf_add_string(out, value_boolean(value) ? "true" : "false");
    else
        strbuf_add_string(out, value_string(value));
}

static bool is_scalar(const struct value *value)
{
    enum value_type type = value_type(value);

    return type == VALUE_STRING || type == VALUE_NUMBER || type == VALUE_BOOLEAN;
}

const char *diff_scalar_text(const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (!is_scalar(value))
        return NULL;
    if (value_type(value) == VALUE_STRING)
        return value_string(value);
    scalar_text(&text, value);
    return arena_strdup(value_arena(), text.data);
}

static bool is_hex_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool is_hash(const char *text)
{
    int length = 0;

    while (length <= HASH_LENGTH && is_hex_digit(text[length]))
        length++;
    return length == HASH_LENGTH;
}

// Hashes are met where they begin to differ, which is `common` digits after their start.
static bool skip_hashes(const char **before, const char **after, size_t common)
{
    if (common >= HASH_LENGTH || !is_hash(*before - common) || !is_hash(*after - common))
        return false;
    *before += HASH_LENGTH - common;
    *after += HASH_LENGTH - common;
    return true;
}

static bool texts_equal(const char *before, const char *after, const struct diff_equality *how)
{
    size_t digits = 0; // just passed on both sides

    while (*before || *after) {
        size_t lost = how->lossy ? returned_lost_bytes(before, after) : 0;

        if (*before == *after) {
            digits = is_hex_digit(*before) ? digits + 1 : 0;
            before++;
            after++;
        } else if (lost) {
            digits = 0;
            before++;
            after += lost;
        } else if (how->mask_hashes && skip_hashes(&before, &after, digits)) {
            digits = 0;
        } else {
            return false;
        }
    }
    return true;
}

static bool scalars_equal(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    STRBUF_AUTO before_text = STRBUF_INIT;
    STRBUF_AUTO after_text = STRBUF_INIT;

    if (value_type(before) == value_type(after)) {
        if (value_type(before) == VALUE_STRING)
            return texts_equal(value_string(before), value_string(after), how);
        return value_equal(before, after);
    }
    scalar_text(&before_text, before);
    scalar_text(&after_text, after);
    return strcmp(before_text.data, after_text.data) == 0;
}

static bool arrays_equal(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (value_length(before) != value_length(after))
        return false;
    for (size_t i = 0; i < value_length(before); i++)
        if (!diff_equal(array_at(before, i), array_at(after, i), how))
            return false;
    return true;
}

// The canonical texts of the items in their order; of a value that is no array, its own.
static const char **sorted_texts(const struct value *value, size_t *ret_count)
{
    bool is_array = value_type(value) == VALUE_ARRAY;
    size_t count = is_array ? value_length(value) : 1;
    const char **texts = arena_alloc(value_arena(), (count + 1) * sizeof(*texts));

    for (size_t i = 0; i < count; i++) {
        STRBUF_AUTO text = STRBUF_INIT;

        diff_canonical(&text, is_array ? array_at(value, i) : value);
        texts[i] = arena_strdup(value_arena(), text.data);
    }
    qsort(texts, count, sizeof(*texts), compare_strings);
    *ret_count = count;
    return texts;
}

// As sets with multiplicity; one item may stand alone.
static bool dependencies_equal(const struct value *before, const struct value *after)
{
    size_t before_count, after_count;
    const char **before_texts = sorted_texts(before, &before_count);
    const char **after_texts = sorted_texts(after, &after_count);

    if (before_count != after_count)
        return false;
    for (size_t i = 0; i < before_count; i++)
        if (strcmp(before_texts[i], after_texts[i]) != 0)
            return false;
    return true;
}

bool diff_equal_field(
    const char *key, const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (before && after && strcmp(key, "DependsOn") == 0)
        return dependencies_equal(before, after);
    if (diff_equal(before, after, how))
        return true;
    return !how->strict && strcmp(key, "Statement") == 0 && diff_statements_equal(before, after);
}

// "Resource.Attribute"; NULL when it is anything else.
static const char *attribute_text(const struct value *argument)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (value_string(argument))
        return value_string(argument);
    for (size_t i = 0; i < value_length(argument); i++) {
        const char *part = value_string(array_at(argument, i));

        if (!part)
            return NULL;
        strbuf_addf(&text, "%s%s", i ? "." : "", part);
    }
    return arena_strdup(value_arena(), text.data);
}

static bool attributes_equal(const struct value *before, const struct value *after)
{
    const char *before_text, *after_text;

    if (value_type(before) == value_type(after) && value_equal(before, after))
        return true;
    before_text = attribute_text(before);
    after_text = attribute_text(after);
    return before_text && after_text && strcmp(before_text, after_text) == 0;
}

static bool is_attribute_function(const struct value *value)
{
    return value_length(value) == 1 && strcmp(object_at(value, 0)->key, "Fn::GetAtt") == 0;
}

static bool objects_equal(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (value_length(before) != value_length(after))
        return false;
    if (is_attribute_function(before) && is_attribute_function(after) &&
        attributes_equal(object_at(before, 0)->value, object_at(after, 0)->value))
        return true;
    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);
        const struct value *other = object_get(after, field->key);

        if (!other || !diff_equal_field(field->key, field->value, other, how))
            return false;
    }
    return true;
}

static bool plainly_equal(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (is_scalar(before) && is_scalar(after))
        return scalars_equal(before, after, how);
    if (value_type(before) != value_type(after))
        return false;
    switch (value_type(before)) {
    case VALUE_ARRAY:
        return arrays_equal(before, after, how);
    case VALUE_OBJECT:
        return objects_equal(before, after, how);
    default:
        return value_equal(before, after);
    }
}

static bool equal_as_json(
    const struct value *before, const struct value *after, const struct diff_equality *how)
{
    const struct value *before_json, *after_json;

    if (!diff_may_be_json(before) || !diff_may_be_json(after))
        return false;
    before_json = diff_embedded_json(before);
    after_json = before_json ? diff_embedded_json(after) : NULL;
    return after_json && diff_equal(before_json, after_json, how);
}

bool diff_equal(const struct value *before, const struct value *after, const struct diff_equality *how)
{
    if (before == after)
        return true;
    if (!before || !after)
        return false;
    return plainly_equal(before, after, how) || (!how->strict && equal_as_json(before, after, how));
}

static int compare_fields(const void *a, const void *b)
{
    return strcmp((*(const struct field *const *)a)->key, (*(const struct field *const *)b)->key);
}

static void canonical_object(struct strbuf *out, const struct value *object)
{
    size_t count = value_length(object);
    const struct field **fields = arena_alloc(value_arena(), (count + 1) * sizeof(struct field *));

    for (size_t i = 0; i < count; i++)
        fields[i] = object_at(object, i);
    qsort(fields, count, sizeof(struct field *), compare_fields);
    strbuf_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        json_write_string(out, fields[i]->key);
        strbuf_add_char(out, ':');
        diff_canonical(out, fields[i]->value);
        strbuf_add_char(out, ',');
    }
    strbuf_add_char(out, '}');
}

static void canonical_array(struct strbuf *out, const struct value *array)
{
    strbuf_add_char(out, '[');
    for (size_t i = 0; i < value_length(array); i++) {
        diff_canonical(out, array_at(array, i));
        strbuf_add_char(out, ',');
    }
    strbuf_add_char(out, ']');
}

void diff_canonical(struct strbuf *out, const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;
    const char *attribute = NULL;

    if (value_type(value) == VALUE_STRING) {
        json_write_string(out, value_string(value));
    } else if (is_scalar(value)) {
        if (value_type(value) == VALUE_NUMBER)
            json_write_number(&text, value_number(value));
        else
            scalar_text(&text, value);
        json_write_string(out, text.data);
    } else if (value_type(value) == VALUE_ARRAY) {
        canonical_array(out, value);
    } else if (value_type(value) == VALUE_OBJECT) {
        if (is_attribute_function(value))
            attribute = attribute_text(object_at(value, 0)->value);
        if (attribute)
            strbuf_addf(out, "{\"Fn::GetAtt\":\"%s\",}", attribute);
        else
            canonical_object(out, value);
    } else {
        strbuf_add_string(out, "null");
    }
}
