// SPDX-License-Identifier: MIT
#include "validate/rules/parameters.h"
#include "util/array.h"
#include "util/text/suggest.h"
#include "util/text/utf8.h"
#include "validate/engine/registry.h"
#include "validate/properties/regex.h"
#include "validate/rules/declarations.h"
#include "validate/rules/shape.h"

#include <stdlib.h>
#include <string.h>

enum {
    PARAMETERS_LIMIT = 200,
    VALUE_LIMIT = 4096,
    NAME_LIMIT = 255,
    TEXT_LIMIT = 4000
}; // "CloudFormation quotas"

static const struct shape text_shape = { .kinds = KIND_STRING };
static const struct shape description = { .kinds = KIND_STRING, .max_length = TEXT_LIMIT };
static const struct shape value_shape = { .kinds = KIND_STRING, .max_length = VALUE_LIMIT };
static const struct shape values_shape = { .kinds = KIND_ARRAY, .each = &value_shape };
static const struct shape integer = { .kinds = KIND_INTEGER };
static const struct shape number_shape = { .kinds = KIND_NUMBER };
static const struct shape boolean_shape = { .kinds = KIND_BOOLEAN };

#define COMMON_KEYS                                                                                          \
    { "AllowedValues", &values_shape, false }, { "ConstraintDescription", &text_shape, false },              \
        { "Default", &value_shape, false }, { "Description", &description, false },                          \
        { "NoEcho", &boolean_shape, false },                                                                 \
    {                                                                                                        \
        "Type", &text_shape, true                                                                            \
    }

const struct shape_key number_parameter_keys[] = { COMMON_KEYS, { "MaxValue", &number_shape, false },
    { "MinValue", &number_shape, false }, { NULL, NULL, false } };
const struct shape_key string_parameter_keys[] = { COMMON_KEYS, { "AllowedPattern", &text_shape, false },
    { "MaxLength", &integer, false }, { "MinLength", &integer, false }, { NULL, NULL, false } };

static const struct shape number_parameter = { .kinds = KIND_OBJECT, .keys = number_parameter_keys };
static const struct shape string_parameter = { .kinds = KIND_OBJECT, .keys = string_parameter_keys };
static const struct shape parameters_shape = {
    .kinds = KIND_OBJECT, .name_characters = "", .max_name_length = NAME_LIMIT, .max_count = PARAMETERS_LIMIT
};
static const struct shape_ids ids = { .name_length = "E2011", .count = "E2010", .other = "E2001" };

const char *const parameter_types[] = { "AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id", "AWS::EC2::KeyPair::KeyName", "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "AWS::EC2::VPC::Id", "AWS::EC2::Volume::Id",
    "AWS::Route53::HostedZone::Id", "AWS::SSM::Parameter::Name",
    "AWS::SSM::Parameter::Value<CommaDelimitedList>", "AWS::SSM::Parameter::Value<List<String>>",
    "AWS::SSM::Parameter::Value<String>", "CommaDelimitedList", "List<AWS::EC2::AvailabilityZone::Name>",
    "List<AWS::EC2::Image::Id>", "List<AWS::EC2::Instance::Id>", "List<AWS::EC2::SecurityGroup::GroupName>",
    "List<AWS::EC2::SecurityGroup::Id>", "List<AWS::EC2::Subnet::Id>", "List<AWS::EC2::VPC::Id>",
    "List<AWS::EC2::Volume::Id>", "List<AWS::Route53::HostedZone::Id>", "List<Number>", "List<String>",
    "Number", "String", NULL };

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

bool parameter_is_list(const struct value *parameter)
{
    const char *type = object_string_or_empty(parameter, "Type");
    static const char wrapper[] = "AWS::SSM::Parameter::Value<";

    if (begins_with(type, wrapper))
        type += strlen(wrapper);
    return begins_with(type, "List<") || begins_with(type, "CommaDelimitedList");
}

// One of the single types in "List<...>", "AWS::SSM::Parameter::Value<...>" or both.
static bool is_documented(const char *type)
{
    static const char *const no_lists[] = { "AWS::EC2::KeyPair::KeyName", "AWS::SSM::Parameter::Name" };
    static const char *const wrappers[] = { "AWS::SSM::Parameter::Value<", "List<" };
    size_t closed = 0, length;
    bool is_list = false;

    for (size_t i = 0; i < ARRAY_SIZE(wrappers); i++) {
        if (!begins_with(type, wrappers[i]))
            continue;
        type += strlen(wrappers[i]);
        closed++;
        is_list = i == 1;
    }
    length = strlen(type);
    for (size_t i = 0; i < closed; i++)
        if (length == 0 || type[--length] != '>')
            return false;
    for (size_t i = 0; is_list && i < ARRAY_SIZE(no_lists); i++)
        if (strncmp(no_lists[i], type, length) == 0 && !no_lists[i][length])
            return false;
    for (const char *const *each = parameter_types; *each; each++)
        if (strncmp(*each, type, length) == 0 && !(*each)[length])
            return !is_list || strcmp(*each, "CommaDelimitedList") != 0;
    return false;
}

static void check_type(struct validator *validator, const struct node *parameter)
{
    struct node type = node_get(parameter, "Type");
    const char *name = node_string(&type);
    struct suggestion suggestion = SUGGESTION_FOR(name ? name : "");

    if (name && (begins_with(name, "AWS::SSM::Parameter::Value<") || begins_with(name, "List<")) &&
        !is_documented(name))
        report(validator, "W2002", &type, "'%s' is no type that is documented: no value is checked", name);
    if (!name || begins_with(name, "AWS::SSM::Parameter::Value<") || begins_with(name, "List<") ||
        words_have(parameter_types, name))
        return;
    for (const char *const *type_name = parameter_types; *type_name; type_name++)
        suggestion_consider(&suggestion, *type_name);
    if (suggestion.best)
        report(validator, "E2002", &type, "'%s' is no type of parameters; did you mean '%s'?", name,
            suggestion.best);
    else
        report(validator, "E2002", &type, "'%s' is no type of parameters", name);
}

static const char *scalar_text(const struct value *value)
{
    switch (value_type(value)) {
    case VALUE_STRING:
        return value_string(value);
    case VALUE_NUMBER:
        return value_digits(value) ? value_digits(value)
                                   : arena_printf(value_arena(), "%.15g", value_number(value));
    case VALUE_BOOLEAN:
        return value_boolean(value) ? "true" : "false";
    default:
        return NULL;
    }
}

static bool is_allowed(const struct value *allowed, const char *text)
{
    for (size_t i = 0; i < value_length(allowed); i++) {
        const char *other = scalar_text(array_at(allowed, i));

        if (!other || strcmp(other, text) == 0)
            return true;
    }
    return false;
}

// A number there; false where there is none.
static bool number_at(const struct value *parameter, const char *key, double *ret_number)
{
    const char *digits = scalar_text(object_get(parameter, key));
    char *end;

    if (!digits || !*digits)
        return false;
    *ret_number = strtod(digits, &end);
    return !*end;
}

// What does not fit, or NULL.
static const char *misfit(const struct value *parameter, const char *text)
{
    const struct value *allowed = object_get(parameter, "AllowedValues");
    const char *pattern = object_string(parameter, "AllowedPattern");
    double bound, n;
    char *end;

    if (value_type(allowed) == VALUE_ARRAY && value_length(allowed) && !is_allowed(allowed, text))
        return "is not one of 'AllowedValues'";
    if (pattern && *pattern && regex_begins(pattern, text) == REGEX_NO_MATCH)
        return "does not match 'AllowedPattern'";
    if (number_at(parameter, "MinLength", &bound) && (double)utf8_length(text) < bound)
        return "is shorter than 'MinLength'";
    if (number_at(parameter, "MaxLength", &bound) && (double)utf8_length(text) > bound)
        return "is longer than 'MaxLength'";
    n = strtod(text, &end);
    if (!*text || *end)
        return NULL;
    if (number_at(parameter, "MinValue", &bound) && n < bound)
        return "is less than 'MinValue'";
    if (number_at(parameter, "MaxValue", &bound) && n > bound)
        return "is more than 'MaxValue'";
    return NULL;
}

// Each of the values in a list, without blanks around it.
static const char *list_misfit(const struct value *parameter, const char *text)
{
    const char *found = NULL;

    while (!found) {
        size_t length = strcspn(text, ","), lead = strspn(text, " "), end = length;

        while (end > lead && text[end - 1] == ' ')
            end--;
        found = misfit(parameter, arena_strndup(value_arena(), text + lead, end > lead ? end - lead : 0));
        if (!text[length])
            break;
        text += length + 1;
    }
    return found;
}

static void check_default(struct validator *validator, const struct node *parameter)
{
    struct node standard = node_get(parameter, "Default");
    const char *string = scalar_text(standard.value), *found;

    if (!string)
        return;
    found = misfit(parameter->value, string);
    if (found && parameter_is_list(parameter->value))
        found = list_misfit(parameter->value, string);
    if (found)
        report(validator, "E2015", &standard, "the default '%s' %s", string, found);
}

static void check_parameter(struct validator *validator, const struct node *parameter)
{
    const char *type = object_string_or_empty(parameter->value, "Type");

    shape_check(
        validator, parameter, strcmp(type, "Number") == 0 ? &number_parameter : &string_parameter, &ids);
    if (!node_is_object(parameter))
        return;
    check_type(validator, parameter);
    check_default(validator, parameter);
}

static void check_parameters(struct validator *validator, const struct node *template)
{
    struct node parameters = node_get(template, "Parameters");

    if (!node_exists(&parameters) || node_is_function(&parameters, "Fn::Transform"))
        return;
    shape_check(validator, &parameters, &parameters_shape, &ids);
    for (size_t i = 0; i < node_length(&parameters) && node_is_object(&parameters); i++) {
        struct node parameter = node_at(&parameters, i);

        check_parameter(validator, &parameter);
    }
}

const struct rule parameter_rules[] = {
    { "E2001", SEVERITY_ERROR, "a parameter is not declared as one", "CloudFormation refuses the template.",
        "Give it a 'Type' and only keys that parameters of this type have.",
        "CloudFormation template Parameters syntax", .scope = RULE_TEMPLATE, .check = check_parameters },
    { "E2002", SEVERITY_ERROR, "a parameter has a type that there is not",
        "CloudFormation refuses the template.", "Use one of the types in CloudFormation's documentation.",
        "CloudFormation template Parameters syntax", .scope = RULE_REPORTED },
    { "W2002", SEVERITY_WARNING, "a parameter has a type that is not documented",
        "CloudFormation may take it, and checks no value.",
        "Use one of the types in CloudFormation's documentation.",
        "CloudFormation template Parameters syntax", .scope = RULE_REPORTED },
    { "E2010", SEVERITY_ERROR, "there are too many parameters", "CloudFormation takes 200.",
        "Join some of them, or divide the template.", "CloudFormation quotas", .scope = RULE_REPORTED },
    { "E2011", SEVERITY_ERROR, "the name of a parameter is too long", "CloudFormation takes 255 characters.",
        "Shorten the name.", "CloudFormation quotas", .scope = RULE_REPORTED },
    { "E2015", SEVERITY_ERROR, "the default of a parameter breaks its own constraints",
        "CloudFormation refuses the template when the default is used.",
        "Change the default, or the constraint.", "CloudFormation template Parameters syntax",
        .scope = RULE_REPORTED },
    RULES_END,
};
