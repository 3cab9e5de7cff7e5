// SPDX-License-Identifier: MIT
#include "template/template.h"

#include "data/json.h"
#include "data/value.h"
#include "util/file/file.h"

#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

bool template_is_json(const char *text, size_t length, const char *name)
{
    size_t start = 0;

    if (ends_with(name, ".yaml") || ends_with(name, ".yml"))
        return false;
    while (start < length && strchr(" \t\r\n", text[start]) && text[start])
        start++;
    return start < length && text[start] == '{';
}

// Macros make resources of anything, and so does "Fn::Transform" (of AWS::Include, for example).
static bool has_macro(const struct value *template)
{
    return object_get(template, "Transform") || object_get(template, "Fn::Transform");
}

static bool is_container(const struct value *value)
{
    return value_type(value) == VALUE_OBJECT || value_type(value) == VALUE_ARRAY;
}

static int check_resources(const struct value *resources, const char *name, struct error *err)
{
    if (!is_container(resources))
        return error_set(err, "%s: not a template: 'Resources' is not an object", name);
    for (size_t i = 0; i < value_length(resources) && value_type(resources) == VALUE_OBJECT; i++) {
        const struct field *resource = object_at(resources, i);

        if (!is_container(resource->value))
            return error_set(err, "%s: not a template: resource '%s' is not an object", name, resource->key);
    }
    return 0;
}

static int check(const struct value *template, const char *name, struct error *err)
{
    const struct value *resources = object_get(template, "Resources");

    if (value_type(template) != VALUE_OBJECT)
        return error_set(err, "%s: not a template: it is not an object", name);
    if (!value_length(template) || has_macro(template))
        return 0;
    if (!resources)
        return error_set(err, "%s: not a template: there is no 'Resources'", name);
    return check_resources(resources, name, err);
}

const struct value *template_resources(const struct value *template)
{
    const struct value *resources = object_get(template, "Resources");

    return value_type(resources) == VALUE_OBJECT ? resources : NULL;
}

struct value *template_parse(const char *text, size_t length, const char *name, struct error *err)
{
    return template_parse_noting(text, length, name, NULL, err);
}

struct value *template_parse_any(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err)
{
    if (length > TEMPLATE_SIZE_LIMIT) {
        error_set(err, "%s: larger than %d MiB", name, TEMPLATE_SIZE_LIMIT >> 20);
        return NULL;
    }
    if (template_is_json(text, length, name))
        return json_parse_noting(text, length, name, duplicates, err);
    return template_parse_yaml(text, length, name, duplicates, err);
}

struct value *template_parse_noting(
    const char *text, size_t length, const char *name, struct string_list *duplicates, struct error *err)
{
    struct value *template = template_parse_any(text, length, name, duplicates, err);

    return template && check(template, name, err) == 0 ? template : NULL;
}

struct value *template_read(const char *path, struct string_list *duplicates, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;

    // One byte more than there may be, for template_parse to complain about.
    if (file_read_limited(path, TEMPLATE_SIZE_LIMIT + 1, &text, err) < 0)
        return NULL;
    return template_parse_noting(text.data, text.length, path, duplicates, err);
}
