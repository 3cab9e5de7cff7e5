// SPDX-License-Identifier: MIT
#include "validate/properties/values.h"

#include "data/json.h"
#include "schema/constraints.h"
#include "util/arena.h"
#include "util/strbuf.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

unsigned json_types_of(const struct value *value)
{
    switch (value_type(value)) {
    case VALUE_NULL:
        return SCHEMA_JSON_NULL;
    case VALUE_BOOLEAN:
        return SCHEMA_JSON_BOOLEAN;
    case VALUE_NUMBER:
        return value_number(value) == floor(value_number(value)) ? SCHEMA_JSON_INTEGER | SCHEMA_JSON_NUMBER
                                                                 : SCHEMA_JSON_NUMBER;
    case VALUE_STRING:
    case VALUE_TOKEN:
        return SCHEMA_JSON_STRING;
    case VALUE_ARRAY:
        return SCHEMA_JSON_ARRAY;
    case VALUE_OBJECT:
        return SCHEMA_JSON_OBJECT;
    }
    return 0;
}

static const char *skip_blanks(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

// As Python's float() takes a string.
static bool reads_as_number(const char *text, double *ret_number)
{
    char *end;

    text = skip_blanks(text);
    if (!*text || strpbrk(text, "xXpP"))
        return false;
    *ret_number = strtod(text, &end);
    return end != text && *skip_blanks(end) == '\0';
}

// As Python's int() does.
static bool reads_as_integer(const char *text)
{
    text = skip_blanks(text);
    if (*text == '-' || *text == '+')
        text++;
    if (!isdigit((unsigned char)*text))
        return false;
    while (isdigit((unsigned char)*text) || (*text == '_' && isdigit((unsigned char)text[1])))
        text++;
    return *skip_blanks(text) == '\0';
}

bool value_reads_as_number(const struct value *value, double *ret_number)
{
    if (value_type(value) == VALUE_NUMBER) {
        *ret_number = value_number(value);
        return true;
    }
    return value_type(value) == VALUE_STRING && reads_as_number(value_string(value), ret_number);
}

static bool text_is_boolean(const char *text)
{
    if (!*text || !strchr("tTfF", *text))
        return false;
    return strcasecmp(text, "true") == 0 || strcasecmp(text, "false") == 0;
}

// "true", "True" and "TRUE", not "tRUE".
static bool is_boolean_string(const char *text)
{
    static const char *const all[] = { "true", "True", "TRUE", "false", "False", "FALSE" };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (strcmp(all[i], text) == 0)
            return true;
    return false;
}

bool value_converts(const struct value *value, unsigned types)
{
    enum value_type type = value_type(value);
    const char *text = type == VALUE_STRING ? value_string(value) : NULL;
    double number;

    if (json_types_of(value) & types)
        return true;
    if (type == VALUE_NULL || type == VALUE_ARRAY || type == VALUE_OBJECT)
        return false;
    if (types & SCHEMA_JSON_STRING)
        return true;
    if (type == VALUE_NUMBER)
        return types & (SCHEMA_JSON_NUMBER | SCHEMA_JSON_INTEGER);
    return text &&
        (((types & SCHEMA_JSON_NUMBER) && reads_as_number(text, &number)) ||
            ((types & SCHEMA_JSON_INTEGER) && reads_as_integer(text)) ||
            ((types & SCHEMA_JSON_BOOLEAN) && is_boolean_string(text)));
}

const char *scalar_text(struct arena *arena, const struct value *value)
{
    STRBUF_AUTO json = STRBUF_INIT;

    switch (value_type(value)) {
    case VALUE_STRING:
    case VALUE_TOKEN:
        return value_string(value);
    case VALUE_BOOLEAN:
        return value_boolean(value) ? "true" : "false";
    case VALUE_NUMBER:
        if (value_digits(value))
            return value_digits(value);
        json_write_number(&json, value_number(value));
        return arena_strdup(arena, json.data);
    case VALUE_NULL:
    case VALUE_ARRAY:
    case VALUE_OBJECT:
        break;
    }
    return NULL;
}

static bool same_boolean(const char *a, const char *b)
{
    return (strcasecmp(a, "true") == 0) == (strcasecmp(b, "true") == 0);
}

bool values_match(struct arena *arena, const struct value *value, const char *allowed)
{
    const char *text = scalar_text(arena, value);
    double number;

    if (!text)
        return false;
    if (value_type(value) == VALUE_NUMBER)
        return strcmp(text, allowed) == 0 ||
            (reads_as_number(allowed, &number) && number == value_number(value));
    if (value_type(value) == VALUE_BOOLEAN || text_is_boolean(text) || text_is_boolean(allowed))
        return same_boolean(text, allowed);
    return strcmp(text, allowed) == 0;
}

static bool arrays_equal(struct arena *arena, const struct value *a, const struct value *b)
{
    if (value_length(a) != value_length(b))
        return false;
    for (size_t i = 0; i < value_length(a); i++)
        if (!values_equal(arena, array_at(a, i), array_at(b, i)))
            return false;
    return true;
}

static bool objects_equal(struct arena *arena, const struct value *a, const struct value *b)
{
    if (value_length(a) != value_length(b))
        return false;
    for (size_t i = 0; i < value_length(a); i++) {
        const struct field *field = object_at(a, i);

        if (!object_get(b, field->key) || !values_equal(arena, field->value, object_get(b, field->key)))
            return false;
    }
    return true;
}

bool values_equal(struct arena *arena, const struct value *a, const struct value *b)
{
    const char *text = scalar_text(arena, b);

    if (text)
        return values_match(arena, a, text);
    if (value_type(a) != value_type(b))
        return false;
    if (value_type(a) == VALUE_ARRAY)
        return arrays_equal(arena, a, b);
    return value_type(a) == VALUE_OBJECT ? objects_equal(arena, a, b) : true;
}
