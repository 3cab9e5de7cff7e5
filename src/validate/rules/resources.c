// SPDX-License-Identifier: MIT
#include "schema/constraints.h"
#include "schema/schema.h"
#include "util/text/suggest.h"
#include "validate/engine/registry.h"
#include "validate/rules/declarations.h"

#include <string.h>

enum { RESOURCES_LIMIT = 500, NAME_LIMIT = 255 }; // "CloudFormation quotas"

static const struct shape anything = { 0 };
static const struct shape text = { .kinds = KIND_STRING | KIND_STRICT };
static const struct shape version = { .kinds = KIND_STRING | KIND_INTEGER };
static const struct shape object_shape = { .kinds = KIND_OBJECT };
static const struct shape names = { .kinds = KIND_STRING | KIND_STRICT | KIND_ARRAY, .each = &text };

#define RESOURCE_KEYS                                                                                        \
    { "Condition", &text, false }, { "CreationPolicy", &object_shape, false },                               \
        { "DeletionPolicy", &anything, false }, { "DependsOn", &names, false },                              \
        { "Metadata", &anything, false }, { "Properties", &anything, false }, { "Type", &text, true },       \
        { "UpdatePolicy", &object_shape, false },                                                            \
    {                                                                                                        \
        "UpdateReplacePolicy", &anything, false                                                              \
    }

const struct shape_key resource_keys[] = { RESOURCE_KEYS, { "Version", &version, false },
    { NULL, NULL, false } };
// What the Serverless Application Model takes besides.
static const struct shape_key serverless_keys[] = { RESOURCE_KEYS, { "Connectors", &anything, false },
    { "IgnoreGlobals", &anything, false }, { NULL, NULL, false } };

static const struct shape resource_shape = { .kinds = KIND_OBJECT, .keys = resource_keys };
static const struct shape serverless_shape = { .kinds = KIND_OBJECT, .keys = serverless_keys };
static const struct shape resources_shape = {
    .kinds = KIND_OBJECT, .name_characters = "", .max_name_length = NAME_LIMIT, .max_count = RESOURCES_LIMIT
};
static const struct shape_ids ids = { .count = "E3010", .other = "E3001" };

static const char serverless[] = "AWS::Serverless-2016-10-31";

static bool begins_with(const char *string, const char *start)
{
    return strncmp(string, start, strlen(start)) == 0;
}

static bool ends_with(const char *string, const char *end)
{
    size_t length = strlen(string), end_length = strlen(end);

    return length >= end_length && strcmp(string + length - end_length, end) == 0;
}

static bool is_custom(const char *type)
{
    return begins_with(type, "Custom::") || strcmp(type, "AWS::CloudFormation::CustomResource") == 0;
}

// Private types and those of third parties are registered in an account.
static bool may_be_registered(const char *type)
{
    return begins_with(type, "Custom::") || ends_with(type, "::MODULE");
}

static void suggest_type(struct validator *validator, const struct node *type, const char *name)
{
    struct suggestion suggestion = SUGGESTION_FOR(name);

    for (size_t i = 0, count = schema_resource_count();
         i < count && (i || validator_suggests(validator, count)); i++)
        suggestion_consider(&suggestion, schema_resource_type(schema_resource_at(i)));
    if (suggestion.best)
        report(validator, "E3006", type, "there is no resource type '%s'; did you mean '%s'?", name,
            suggestion.best);
    else
        report(validator, "E3006", type, "there is no resource type '%s'", name);
}

static bool is_among(struct schema_list list, const char *name)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(schema_list_at(list, i), name) == 0)
            return true;
    return false;
}

// Of the regions that the template is for, those that do not have the type.
static void check_regions(struct validator *validator, const struct node *type, const char *name)
{
    struct schema_list missing = schema_constraints_missing_regions(schema_constraints_find(name));

    for (size_t i = 0; i < validator_region_count(validator); i++)
        if (is_among(missing, validator_region(validator, i)))
            report(validator, "E3006", type, "there is no resource type '%s' in %s", name,
                validator_region(validator, i));
}

static void check_type(struct validator *validator, const struct node *resource)
{
    struct node type = node_get(resource, "Type");
    const char *name = node_string(&type);

    if (!name)
        return;
    if (begins_with(name, "AWS::Serverless::") && !validator_has_transform(validator, serverless))
        report(validator, "E3038", &type, "'%s' needs the transform '%s'", name, serverless);
    check_regions(validator, &type, name);
    if ((schema_resource_find(name) && !begins_with(name, "AWS::Serverless::")) ||
        (begins_with(name, "AWS::Serverless::") && validator_has_transform(validator, serverless)) ||
        may_be_registered(name) || validator_has_macro(validator))
        return;
    suggest_type(validator, &type, name);
}

static void check_version(struct validator *validator, const struct node *resource)
{
    const char *type = object_string(resource->value, "Type");

    if (type && !is_custom(type) && object_get(resource->value, "Version"))
        report(validator, "E3001", resource, "only custom resources have a 'Version'");
}

static void check_condition(struct validator *validator, const struct node *resource)
{
    struct node condition = node_get(resource, "Condition");
    const char *name = node_string(&condition);

    if (name && !validator_condition(validator, name))
        report(validator, "E3015", &condition, "there is no condition '%s'", name);
}

static void check_dependency(struct validator *validator, const struct node *name, const char *own)
{
    const char *id = node_string(name);
    struct suggestion suggestion = SUGGESTION_FOR(id ? id : "");

    if (!id || !validator_ids_are_known(validator, id))
        return;
    if (strcmp(id, own) == 0) {
        report(validator, "E3005", name, "'%s' cannot depend on itself", id);
        return;
    }
    if (object_get(object_get(validator_template(validator)->value, "Resources"), id))
        return;
    for (size_t i = 0, count = validator_resource_count(validator);
         i < count && (i || validator_suggests(validator, count)); i++)
        suggestion_consider(&suggestion, validator_resource_at(validator, i)->id);
    if (suggestion.best)
        report(
            validator, "E3005", name, "there is no resource '%s'; did you mean '%s'?", id, suggestion.best);
    else
        report(validator, "E3005", name, "there is no resource '%s'", id);
}

static void check_dependencies(struct validator *validator, const struct node *resource)
{
    struct node depends = node_get(resource, "DependsOn");

    if (node_string(&depends))
        check_dependency(validator, &depends, resource->key);
    for (size_t i = 0; i < node_length(&depends) && node_is_array(&depends); i++) {
        struct node item = node_at(&depends, i);

        check_dependency(validator, &item, resource->key);
    }
}

static void check_parameter_name(struct validator *validator, const struct node *resource)
{
    if (validator_parameter(validator, resource->key))
        report_key(validator, "E3007", resource, "'%s' is the name of a parameter too", resource->key);
}

static void check_resource(struct validator *validator, const struct node *resource)
{
    if (begins_with(resource->key, "Fn::") && validator_has_transform(validator, "AWS::LanguageExtensions"))
        return;
    shape_check(validator, resource,
        validator_has_transform(validator, serverless) ? &serverless_shape : &resource_shape, &ids);
    check_parameter_name(validator, resource);
    if (!node_is_object(resource))
        return;
    check_type(validator, resource);
    check_version(validator, resource);
    check_condition(validator, resource);
    check_dependencies(validator, resource);
}

static void check_resources(struct validator *validator, const struct node *template)
{
    struct node resources = node_get(template, "Resources");

    if (!node_exists(&resources) || object_get(resources.value, "Fn::Transform"))
        return;
    shape_check(validator, &resources, &resources_shape, &ids);
    for (size_t i = 0; i < node_length(&resources) && node_is_object(&resources); i++) {
        struct node resource = node_at(&resources, i);

        check_resource(validator, &resource);
    }
}

static const char syntax[] = "CloudFormation template Resources syntax";

const struct rule resource_rules[] = {
    { "E3001", SEVERITY_ERROR, "a resource is not declared as one", "CloudFormation refuses the template.",
        "Give it a 'Type' and only attributes that resources have.", syntax, .scope = RULE_TEMPLATE,
        .check = check_resources },
    { "E3005", SEVERITY_ERROR, "a resource depends on one that there is not",
        "CloudFormation refuses the template.", "Correct the name in 'DependsOn', or leave it out.",
        "DependsOn attribute", .scope = RULE_REPORTED },
    { "E3006", SEVERITY_ERROR, "a resource has a type that there is not",
        "CloudFormation refuses the template.",
        "Correct the type; 'tango-infra schema' lists those that there are.", syntax,
        .scope = RULE_REPORTED },
    { "E3007", SEVERITY_ERROR, "a resource and a parameter have the same name",
        "CloudFormation refuses the template.", "Rename one of them.", syntax, .scope = RULE_REPORTED },
    { "E3010", SEVERITY_ERROR, "there are too many resources", "CloudFormation takes 500.",
        "Divide the template into several stacks.", "CloudFormation quotas", .scope = RULE_REPORTED },
    { "E3015", SEVERITY_ERROR, "a resource has a condition that is not declared",
        "CloudFormation refuses the template.", "Declare it under 'Conditions', or correct its name.",
        "CloudFormation template Conditions syntax", .scope = RULE_REPORTED },
    { "E3038", SEVERITY_ERROR, "a serverless resource is there without its transform",
        "CloudFormation knows the type only with the transform.",
        "Declare 'Transform: AWS::Serverless-2016-10-31'.", "AWS::Serverless transform",
        .scope = RULE_REPORTED },
    RULES_END,
};
