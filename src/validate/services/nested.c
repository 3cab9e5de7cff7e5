// SPDX-License-Identifier: MIT
// Stacks in stacks whose template is a file beside this one.
#include "template/template.h"
#include "util/arena.h"
#include "util/error.h"
#include "util/file/file.h"
#include "util/strbuf.h"
#include "util/string_list.h"
#include "validate/engine/registry.h"
#include "validate/engine/validator.h"
#include "validate/properties/places.h"

#include <string.h>

enum { LARGEST = 4 * 1024 * 1024 };

static bool is_remote(const char *url)
{
    return strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0 ||
        strncmp(url, "s3://", 5) == 0 || strstr(url, "{{resolve:");
}

// The template's parameters; NULL when it cannot be read or there is none.
static const struct value *read_parameters(const struct template_source *source, const char *url)
{
    ERROR_AUTO err = ERROR_INIT;
    STRBUF_AUTO text = STRBUF_INIT;
    struct string_list duplicates = { 0 };
    const char *slash = strrchr(source->name, '/');
    const char *path = *url == '/' || !slash
        ? url
        : arena_printf(value_arena(), "%.*s/%s", (int)(slash - source->name), source->name, url);
    const struct value *template;

    if (file_read_limited(path, LARGEST, &text, &err) < 0)
        return NULL;
    template = template_parse_any(text.data, text.length, path, &duplicates, &err);
    if (value_type(template) != VALUE_OBJECT)
        return NULL;
    return object_get(template, "Parameters") ? object_get(template, "Parameters")
                                              : object((struct field[]){ END });
}

static void check_parameters(struct judge *judge, const struct node *properties, void *data)
{
    struct node url = node_get(properties, "TemplateURL"), given = node_get(properties, "Parameters");
    const struct template_source *source = data;
    const struct value *wanted;

    if (!node_string(&url) || is_remote(node_string(&url)) || !node_is_object(&given) ||
        node_function(&given))
        return;
    wanted = read_parameters(source, node_string(&url));
    for (size_t i = 0; wanted && i < node_length(&given); i++) {
        struct node parameter = node_at(&given, i);

        if (!object_get(wanted, parameter.key))
            report_key(judge->validator, "E3043", &parameter, "'%s' has no parameter '%s'", node_string(&url),
                parameter.key);
    }
    for (size_t i = 0; value_type(wanted) == VALUE_OBJECT && i < value_length(wanted); i++) {
        const struct field *field = object_at(wanted, i);

        if (!object_get(field->value, "Default") && !object_get(given.value, field->key))
            report(judge->validator, "E3043", &given, "'%s' needs the parameter '%s'", node_string(&url),
                field->key);
    }
}

static void check_stack(struct validator *validator, const struct node *node)
{
    static const char *const names[] = { "TemplateURL", "Parameters", NULL };
    const struct template_resource *stack = node_resource(validator, node);
    VALUE_ARENA_SCOPE(validator_arena(validator));

    // A template without a text is none of a file.
    if (validator->source->text)
        validator_each_scenario(
            validator, &stack->properties, names, check_parameters, (void *)validator->source);
}

const struct rule nested_rules[] = {
    { "E3043", SEVERITY_ERROR, "a nested stack is not given the parameters that its template has",
        "The nested stack fails, and the stack is rolled back.",
        "Give the parameters that have no default, and no others.", "AWS::CloudFormation::Stack Parameters",
        .scope = RULE_RESOURCE, .subject = "AWS::CloudFormation::Stack", .check = check_stack },
    RULES_END,
};
