// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "schema/schema.h"
#include "util/text/suggest.h"
#include "validate/rules/declarations.h"
#include "validate/rules/functions.h"

#include <string.h>

const char *const pseudo_parameters[] = { "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs",
    "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix", NULL };

static void suggest_names(
    struct validator *validator, const struct value *section, struct suggestion *suggestion)
{
    if (value_type(section) != VALUE_OBJECT || !validator_suggests(validator, value_length(section)))
        return;
    for (size_t i = 0; i < value_length(section); i++)
        suggestion_consider(suggestion, object_at(section, i)->key);
}

static void report_unknown(struct validator *validator, const struct node *node, const char *id,
    const char *name, bool with_parameters, bool with_resources)
{
    const struct value *root = validator_template(validator)->value;
    struct suggestion suggestion = SUGGESTION_FOR(name);
    const char *what = !with_resources ? "parameter" : with_parameters ? "resource or parameter" : "resource";

    if (with_resources)
        suggest_names(validator, object_get(root, "Resources"), &suggestion);
    if (with_parameters)
        suggest_names(validator, object_get(root, "Parameters"), &suggestion);
    for (size_t i = 0; pseudo_parameters[i] && with_parameters; i++)
        suggestion_consider(&suggestion, pseudo_parameters[i]);
    if (suggestion.best)
        report(validator, id, node, "there is no %s '%s'; did you mean '%s'?", what, name, suggestion.best);
    else
        report(validator, id, node, "there is no %s '%s'", what, name);
}

static bool is_resource(const struct validator *validator, const char *name)
{
    return object_get(object_get(validator_template(validator)->value, "Resources"), name) &&
        strncmp(name, "Fn::", 4) != 0;
}

static bool check_name(struct validator *validator, const struct node *node, const char *id, const char *name,
    bool parameters_only)
{
    if (words_have(pseudo_parameters, name) || validator_parameter(validator, name) ||
        !validator_ids_are_known(validator, name))
        return true;
    if (!parameters_only && is_resource(validator, name))
        return true;
    if (parameters_only && is_resource(validator, name))
        report(validator, id, node, "'%s' is a resource: only parameters can be referred to here", name);
    else
        report_unknown(validator, node, id, name, true, !parameters_only);
    return false;
}

bool reference_resolve_ref(
    struct validator *validator, const struct node *node, const char *id, const struct function_place *place)
{
    const struct node name = node_argument(node);

    if (node_string(&name))
        return check_name(validator, &name, id, node_string(&name), place->parameters_only);
    if (value_has_kind(name.value, KIND_OBJECT))
        return true; // a function, with AWS::LanguageExtensions
    report(validator, id, &name, "there is no resource or parameter of this name");
    return false;
}

// Resources whose attributes nobody knows before they are made, and those whose type has none that are
// written down.
static bool has_free_attributes(const struct template_resource *resource)
{
    const char *type = resource->type;
    size_t length = strlen(type);

    return !resource->schema || strncmp(type, "Custom::", 8) == 0 ||
        strncmp(type, "AWS::Serverless::", 17) == 0 ||
        strcmp(type, "AWS::CloudFormation::CustomResource") == 0 ||
        (length > 8 && strcmp(type + length - 8, "::MODULE") == 0);
}

static bool has_outputs(const char *type)
{
    return strcmp(type, "AWS::CloudFormation::Stack") == 0 ||
        strcmp(type, "AWS::ServiceCatalog::CloudFormationProvisionedProduct") == 0;
}

// Properties can be read too, though AWS's documentation only names the attributes.
static bool attribute_is_known(const struct template_resource *resource, const char *attribute)
{
    const struct schema_object *properties = schema_resource_properties(resource->schema);

    if (has_free_attributes(resource) ||
        (has_outputs(resource->type) && strncmp(attribute, "Outputs.", 8) == 0))
        return true;
    return schema_object_find(schema_resource_attributes(resource->schema), attribute) ||
        schema_path_find(properties, attribute, NULL, NULL);
}

static bool check_attribute(struct validator *validator, const struct node *node, const char *id,
    const struct template_resource *resource, const char *attribute)
{
    const struct schema_object *attributes = schema_resource_attributes(resource->schema);
    struct suggestion suggestion = SUGGESTION_FOR(attribute);

    if (attribute_is_known(resource, attribute))
        return true;
    for (size_t i = 0; i < schema_object_count(attributes); i++)
        suggestion_consider(&suggestion, schema_property_name(schema_object_at(attributes, i)));
    if (suggestion.best)
        report(validator, id, node, "'%s' (%s) has no attribute '%s'; did you mean '%s'?", resource->id,
            resource->type, attribute, suggestion.best);
    else
        report(
            validator, id, node, "'%s' (%s) has no attribute '%s'", resource->id, resource->type, attribute);
    return false;
}

// NULL after a report, and where it is not known whether there is one.
static const struct template_resource *find_resource(struct validator *validator, const struct node *node,
    const char *id, const char *name, const struct function_place *place, bool *ret_is_right)
{
    const struct template_resource *resource = validator_resource(validator, name);

    *ret_is_right = true;
    if (resource && *resource->type && !place->parameters_only)
        return resource;
    if (!validator_ids_are_known(validator, name))
        return NULL;
    *ret_is_right = false;
    report_unknown(validator, node, id, name, false, true);
    return NULL;
}

static bool resolve_get_att_string(struct validator *validator, const struct node *argument, const char *id,
    const struct function_place *place)
{
    const char *string = node_string(argument), *dot = strchr(string, '.');
    const struct template_resource *resource;
    bool is_right;

    if (!dot) {
        report(validator, id, argument, "'%s' names no attribute: write RESOURCE.ATTRIBUTE", string);
        return false;
    }
    resource = find_resource(validator, argument, id,
        arena_strndup(value_arena(), string, (size_t)(dot - string)), place, &is_right);
    return resource ? check_attribute(validator, argument, id, resource, dot + 1) : is_right;
}

bool reference_resolve_get_att(
    struct validator *validator, const struct node *node, const char *id, const struct function_place *place)
{
    const struct node argument = node_argument(node), name = node_at(&argument, 0);
    const struct node attribute = node_at(&argument, 1);
    const struct template_resource *resource;
    bool is_right;

    if (node_string(&argument))
        return resolve_get_att_string(validator, &argument, id, place);
    if (!node_string(&name))
        return true;
    resource = find_resource(validator, &name, id, node_string(&name), place, &is_right);
    if (!resource || !node_string(&attribute))
        return is_right;
    return check_attribute(validator, &attribute, id, resource, node_string(&attribute));
}

struct substitution {
    struct validator *validator;
    const struct node *argument; // of Fn::Sub
    const struct value *values;  // of its own variables
    const char *id;
    const struct function_place *place;
};

// "Name" or "Resource.Attribute".
static bool check_variable(const struct substitution *sub, const char *variable)
{
    const char *dot = strchr(variable, '.');
    const struct template_resource *resource;
    bool is_right;

    if (object_get(sub->values, variable))
        return true;
    if (!dot)
        return check_name(sub->validator, sub->argument, sub->id, variable, sub->place->parameters_only);
    resource = find_resource(sub->validator, sub->argument, sub->id,
        arena_strndup(value_arena(), variable, (size_t)(dot - variable)), sub->place, &is_right);
    return resource ? check_attribute(sub->validator, sub->argument, sub->id, resource, dot + 1) : is_right;
}

const char *sub_next_variable(const char *text, const char **ret_rest)
{
    static const char blanks[] = " \t\r\n";

    while ((text = strstr(text, "${"))) {
        const char *start = text + 2 + strspn(text + 2, blanks), *end = strchr(text, '}');
        size_t length;

        if (!end)
            return NULL;
        *ret_rest = end + 1;
        text = end + 1;
        if (start >= end || *start == '!')
            continue;
        length = (size_t)(end - start);
        while (strchr(blanks, start[length - 1]))
            length--;
        return arena_strndup(value_arena(), start, length);
    }
    return NULL;
}

bool reference_resolve_sub(
    struct validator *validator, const struct node *node, const char *id, const struct function_place *place)
{
    const struct node argument = node_argument(node), text = node_at(&argument, 0);
    struct substitution sub = { validator, &argument, NULL, id, place };
    const char *at = node_string(&argument), *variable;
    bool is_right = true;

    if (node_is_array(&argument)) {
        at = node_string(&text);
        sub.values = array_at(argument.value, 1);
    }
    while (at && (variable = sub_next_variable(at, &at)))
        is_right &= check_variable(&sub, variable);
    return is_right;
}
