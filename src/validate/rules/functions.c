// SPDX-License-Identifier: MIT
#include "validate/rules/functions.h"

#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/rules/parameters.h"
#include "validate/rules/shape.h"

#include <stdlib.h>
#include <string.h>

static const char extensions[] = "AWS::LanguageExtensions";

static const struct function_spec *spec_of(const struct node *node)
{
    return node_is_object(node) && node_length(node) == 1 ? function_spec_of(object_at(node->value, 0)->key)
                                                          : NULL;
}

static const char *id_of(const struct function_spec *spec, const struct function_place *place)
{
    if (function_spec_index(spec) == FN_REF)
        return place->ref ? place->ref : spec->id;
    return place->outer ? place->outer : spec->id;
}

static bool fits_parameter(const struct value *parameter, unsigned kinds)
{
    return parameter_is_list(parameter) ? kinds & KIND_ARRAY : kinds & KIND_SCALAR;
}

// Whether what the function gives can be what is wanted.
static bool check_result(struct validator *validator, const struct node *node,
    const struct function_spec *spec, unsigned wanted, const struct function_place *place)
{
    const struct node argument = node_argument(node);
    const struct value *parameter =
        node_string(&argument) ? validator_parameter(validator, node_string(&argument)) : NULL;
    bool is_ref = function_spec_index(spec) == FN_REF;

    if (is_ref && parameter && !fits_parameter(parameter, wanted)) {
        report(validator, id_of(spec, place), node, "parameter '%s' is %s; %s is wanted here",
            node_string(&argument), parameter_is_list(parameter) ? "a list" : "no list", kinds_name(wanted));
        return false;
    }
    if (spec->results & wanted)
        return true;
    report(validator, id_of(spec, place), node, "%s gives %s; %s is wanted here", spec->name,
        kinds_name(spec->results), kinds_name(wanted));
    return false;
}

static bool check_range(struct validator *validator, const struct node *node,
    const struct function_argument *argument, const char *id)
{
    double n = value_type(node->value) == VALUE_NUMBER ? value_number(node->value)
        : node_string(node)                            ? strtod(node_string(node), NULL)
                                                       : argument->minimum;

    if (!argument->maximum || (n >= argument->minimum && n <= argument->maximum))
        return true;
    report(validator, id, node, "must be between %g and %g", argument->minimum, argument->maximum);
    return false;
}

static bool check_block(struct validator *validator, const struct node *node, const char *id)
{
    if (is_cidr(node_string(node)))
        return true;
    report(validator, id, node, "'%s' is no range of addresses", node_string(node));
    return false;
}

static bool check_argument(struct validator *validator, const struct node *node,
    const struct function_argument *argument, const struct function_place *place);
static bool function_check(struct validator *validator, const struct node *node,
    const struct function_spec *spec, const struct function_place *place);
static void functions_check(
    struct validator *validator, const struct node *node, const struct function_place *place);

static bool check_items(struct validator *validator, const struct node *node,
    const struct function_argument *argument, const struct function_place *place)
{
    bool is_right = true;

    for (size_t i = 0; i < node_length(node) && node_is_array(node) && argument->items; i++) {
        struct node item = node_at(node, i);

        is_right &= check_argument(validator, &item, argument->items, place);
    }
    return is_right;
}

// `place->outer` is the id of the function that the argument is given to.
static bool check_argument(struct validator *validator, const struct node *node,
    const struct function_argument *argument, const struct function_place *place)
{
    const struct function_spec *spec = spec_of(node);
    function_set allowed = argument->functions;
    bool is_right;

    if (!argument->kinds)
        return check_items(validator, node, argument, place);
    if (validator_has_transform(validator, extensions))
        allowed |= argument->extended | FN(FN_TRANSFORM);
    if (spec && allowed & FN(function_spec_index(spec)))
        return check_result(validator, node, spec, argument->kinds, place) &&
            function_check(validator, node, spec, place);
    if (spec) {
        report(validator, place->outer, node, "%s cannot stand here: %s is wanted", spec->name,
            kinds_name(argument->kinds));
        return false;
    }
    if (!value_has_kind(node->value, argument->kinds)) {
        report(validator, place->outer, node, "must be %s", kinds_name(argument->kinds));
        return false;
    }
    if (argument->is_block && node_string(node))
        return check_block(validator, node, place->outer);
    is_right = check_range(validator, node, argument, place->outer);
    return check_items(validator, node, argument, place) && is_right;
}

static bool check_list(struct validator *validator, const struct node *list, const struct function_spec *spec,
    const struct function_place *place)
{
    size_t count = node_length(list), max = spec->max_count;
    bool is_right = true;

    if (spec->max_extended && validator_has_transform(validator, extensions))
        max = spec->max_extended;
    if (count < spec->min_count || count > max) {
        report(validator, place->outer, list, "%s takes %s%zu values, not %zu", spec->name,
            spec->min_count < max ? count < spec->min_count ? "at least " : "at most " : "",
            count < spec->min_count ? spec->min_count : max, count);
        is_right = false;
    }
    if (spec->single.items)
        return check_items(validator, list, &spec->single, place) && is_right;
    for (size_t i = 0; i < count && i < ARRAY_SIZE(spec->arguments); i++) {
        struct node item = node_at(list, i);

        if (spec->arguments[i].kinds)
            is_right &= check_argument(validator, &item, &spec->arguments[i], place);
    }
    return is_right;
}

static bool check_arguments(struct validator *validator, const struct node *argument,
    const struct function_spec *spec, const struct function_place *place)
{
    if (node_is_array(argument) && spec->kinds & KIND_ARRAY && !(spec->single.kinds & KIND_ARRAY))
        return check_list(validator, argument, spec, place);
    if (spec->single.kinds && !node_is_array(argument))
        return check_argument(validator, argument, &spec->single, place);
    if (spec->kinds && !value_has_kind(argument->value, spec->kinds)) {
        report(validator, place->outer, argument, "%s takes %s", spec->name, kinds_name(spec->kinds));
        return false;
    }
    return true;
}

static bool check_condition_name(struct validator *validator, const struct node *name, const char *id)
{
    const char *condition = node_string(name);

    if (!condition || validator_condition(validator, condition) ||
        object_get(object_get(validator_template(validator)->value, "Conditions"), "Fn::Transform") ||
        validator_has_macro(validator))
        return true;
    report(validator, id, name, "there is no condition '%s'", condition);
    return false;
}

// The branches stand where the function stands.
static bool check_if(struct validator *validator, const struct node *node, const struct function_place *place)
{
    const struct node list = node_argument(node), name = node_at(&list, 0);
    const char *id = place->outer ? place->outer : "E1028";
    bool is_right = node_is_array(&list) && check_condition_name(validator, &name, id);

    for (size_t i = 1; i < node_length(&list) && is_right; i++) {
        struct node branch = node_at(&list, i);

        functions_check(validator, &branch, place);
    }
    return is_right;
}

static bool check_region(struct validator *validator, const struct node *node, const char *id)
{
    const struct node region = node_argument(node);
    const char *name = node_string(&region);

    if (!name || !*name || region_is_known(name))
        return true;
    report(validator, id, &region, "there is no region '%s'", name);
    return false;
}

static bool check_substitutions(
    struct validator *validator, const struct node *node, const struct function_place *place)
{
    static const struct function_argument value = { .kinds = KIND_STRING,
        .functions = FN(FN_BASE64) | FN(FN_FIND_IN_MAP) | FN(FN_GET_ATT) | FN(FN_GET_AZS) | FN(FN_IF) |
            FN(FN_IMPORT_VALUE) | FN(FN_JOIN) | FN(FN_SELECT) | FN(FN_SUB) | FN(FN_TO_JSON_STRING) |
            FN(FN_TRANSFORM) | FN(FN_REF) | FN(FN_GET_STACK_OUTPUT) };
    const struct node list = node_argument(node), values = node_at(&list, 1);
    bool is_right = true;

    for (size_t i = 0; i < node_length(&values) && node_is_array(&list); i++) {
        struct node item = node_at(&values, i);

        is_right &= check_argument(validator, &item, &value, place);
    }
    return is_right;
}

// What only makes sense once the arguments are in order.
static bool resolve(struct validator *validator, const struct node *node, const struct function_spec *spec,
    const struct function_place *place, const char *id)
{
    const struct node argument = node_argument(node);

    switch (function_spec_index(spec)) {
    case FN_REF:
        return reference_resolve_ref(validator, node, id, place);
    case FN_GET_ATT:
        return reference_resolve_get_att(validator, node, id, place);
    case FN_SUB:
        return check_substitutions(validator, node, place) &&
            reference_resolve_sub(validator, node, id, place);
    case FN_FIND_IN_MAP:
        return find_in_map_resolve(validator, node, id, place);
    case FN_GET_AZS:
        return check_region(validator, node, id);
    case FN_CONDITION:
        return check_condition_name(validator, &argument, id);
    default:
        return true;
    }
}

static bool function_check(struct validator *validator, const struct node *node,
    const struct function_spec *spec, const struct function_place *place)
{
    const char *id = id_of(spec, place);
    struct function_place within = *place;
    const struct node argument = node_argument(node);

    if (spec->needs_extensions && !validator_has_transform(validator, extensions)) {
        report(validator, spec->id, node, "%s needs the transform '%s'", spec->name, extensions);
        return false;
    }
    within.outer = function_spec_index(spec) == FN_REF ? id : place->outer ? place->outer : spec->id;
    if (!check_arguments(validator, &argument, spec, &within)) {
        if (function_spec_index(spec) == FN_IF) // its condition is looked at all the same
            check_if(validator, node, place);
        return false;
    }
    if (function_spec_index(spec) == FN_IF)
        return check_if(validator, node, place);
    return resolve(validator, node, spec, &within, id);
}

static void functions_check(
    struct validator *validator, const struct node *node, const struct function_place *place)
{
    const char *function = node_function(node);

    if (function) {
        function_check(validator, node, function_spec_of(function), place);
        return;
    }
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        functions_check(validator, &child, place);
    }
}

void logic_check(struct validator *validator, const struct node *node, bool in_rules,
    const struct function_place *place, const char *id)
{
    const struct function_spec *spec = spec_of(node);
    bool is_logic = spec && spec->results & KIND_BOOLEAN && !(spec->results & KIND_STRING);

    if (is_logic && (in_rules || function_spec_index(spec) <= FN_CONDITION))
        function_check(validator, node, spec, place);
    else if (!spec || !in_rules)
        if (!value_has_kind(node->value, KIND_BOOLEAN) || spec)
            report(validator, id, node, "must be a boolean: a condition, or a function such as Fn::Equals");
}

static void check_resource_functions(struct validator *validator, const struct node *resource)
{
    static const char *const attributes[] = { "Properties", "Metadata", "UpdatePolicy", "CreationPolicy",
        "DeletionPolicy", "UpdateReplacePolicy" };
    static const struct function_place place = { 0 };

    for (size_t i = 0; i < ARRAY_SIZE(attributes); i++) {
        struct node attribute = node_get(resource, attributes[i]);

        functions_check(validator, &attribute, &place);
    }
}

// The value of an output is a string.
static void check_output_result(struct validator *validator, const struct node *node, void *place)
{
    if (node_function(node))
        check_result(validator, node, function_spec_of(node_function(node)), KIND_SCALAR, place);
}

static void check_output_functions(struct validator *validator, const struct node *template)
{
    static const struct function_place in_value = { .outer = "E6101", .ref = "E6101" };
    static const struct function_place in_name = { .parameters_only = true };
    struct node outputs = node_get(template, "Outputs");

    for (size_t i = 0; i < node_length(&outputs) && node_is_object(&outputs); i++) {
        struct node output = node_at(&outputs, i), value = node_get(&output, "Value");
        struct node export = node_get(&output, "Export"), name = node_get(&export, "Name");

        if (strncmp(output.key, "Fn::", 4) == 0)
            continue;
        functions_check(validator, &value, &in_value);
        node_each_option(validator, &value, check_output_result, (void *)&in_value);
        functions_check(validator, &name, &in_name);
    }
}

static void check_functions(struct validator *validator, const struct node *template)
{
    for (size_t i = 0; i < validator_resource_count(validator); i++)
        check_resource_functions(validator, validator_resource_at(validator, i)->node);
    check_output_functions(validator, template);
}

#define FUNCTION_RULE(ID, NAME, PAGE)                                                                        \
    {                                                                                                        \
        ID, SEVERITY_ERROR, NAME " is not given what it takes",                                              \
            "CloudFormation refuses the template, or the stack fails.",                                      \
            "Give it what the message names; see the function's page.", PAGE, .scope = RULE_REPORTED         \
    }

const struct rule function_rules[] = {
    { "E1010", SEVERITY_ERROR, "Fn::GetAtt reads an attribute that there is not",
        "CloudFormation refuses the template.",
        "Name a resource of the template and one of its attributes; 'tango-infra schema TYPE' lists them.",
        "Fn::GetAtt", .scope = RULE_TEMPLATE, .check = check_functions },
    FUNCTION_RULE("E1011", "Fn::FindInMap", "Fn::FindInMap"),
    FUNCTION_RULE("E1015", "Fn::GetAZs", "Fn::GetAZs"),
    FUNCTION_RULE("E1016", "Fn::ImportValue", "Fn::ImportValue"),
    FUNCTION_RULE("E1017", "Fn::Select", "Fn::Select"),
    FUNCTION_RULE("E1018", "Fn::Split", "Fn::Split"),
    FUNCTION_RULE("E1019", "Fn::Sub", "Fn::Sub"),
    { "E1020", SEVERITY_ERROR, "Ref refers to nothing", "CloudFormation refuses the template.",
        "Name a resource or parameter of the template, or a pseudo parameter.", "Ref",
        .scope = RULE_REPORTED },
    FUNCTION_RULE("E1021", "Fn::Base64", "Fn::Base64"),
    FUNCTION_RULE("E1022", "Fn::Join", "Fn::Join"),
    FUNCTION_RULE("E1024", "Fn::Cidr", "Fn::Cidr"),
    FUNCTION_RULE("E1028", "Fn::If", "Condition functions: Fn::If"),
    FUNCTION_RULE("E1030", "Fn::Length", "Fn::Length"),
    FUNCTION_RULE("E1031", "Fn::ToJsonString", "Fn::ToJsonString"),
    FUNCTION_RULE("E1033", "Fn::GetStackOutput", "Fn::GetStackOutput"),
    RULES_END,
};
