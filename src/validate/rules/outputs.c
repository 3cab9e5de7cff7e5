// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"
#include "validate/rules/declarations.h"

enum { OUTPUTS_LIMIT = 200, NAME_LIMIT = 255, DESCRIPTION_LIMIT = 1024 }; // "CloudFormation quotas"

static const struct shape anything = { 0 };
static const struct shape name_shape = { .kinds = KIND_STRING };
static const struct shape description = { .kinds = KIND_STRING, .max_length = DESCRIPTION_LIMIT };
const struct shape_key export_keys[] = { { "Name", &anything, true }, { NULL, NULL, false } };
static const struct shape export_shape = {
    .kinds = KIND_OBJECT, .keys = export_keys, .accepts_functions = true
};
const struct shape_key output_keys[] = {
    { "Condition", &name_shape, false },
    { "Description", &description, false },
    { "Export", &export_shape, false },
    { "Value", &anything, true },
    { NULL, NULL, false },
};
static const struct shape output_shape = { .kinds = KIND_OBJECT, .keys = output_keys };
static const struct shape outputs_shape = { .kinds = KIND_OBJECT,
    .each = &output_shape,
    .name_characters = "",
    .max_name_length = NAME_LIMIT,
    .max_count = OUTPUTS_LIMIT };

static const struct shape value_shape = { .kinds = KIND_STRING, .accepts_functions = true };

static void check_value(struct validator *validator, const struct node *node, void *id)
{
    static const struct shape_ids value_ids = { .other = "E6101" }, name_ids = { .other = "E6102" };

    if (node_exists(node))
        shape_check(validator, node, &value_shape, id ? &name_ids : &value_ids);
}

static void check_output(struct validator *validator, const struct node *output)
{
    struct node value = node_get(output, "Value"), export = node_get(output, "Export");
    struct node name = node_get(&export, "Name"), condition = node_get(output, "Condition");

    node_each_option(validator, &value, check_value, NULL);
    node_each_option(validator, &name, check_value, (void *)"Name");
    if (node_string(&condition) && !validator_condition(validator, node_string(&condition)))
        report(validator, "E6005", &condition, "there is no condition '%s'", node_string(&condition));
}

static void check_outputs(struct validator *validator, const struct node *template)
{
    static const struct shape_ids ids = { .kind = "E6003",
        .missing_key = "E6002",
        .length = "E6011",
        .name_length = "E6011",
        .count = "E6010",
        .other = "E6001" };
    struct node outputs = node_get(template, "Outputs");

    if (!node_exists(&outputs) || object_get(outputs.value, "Fn::Transform"))
        return;
    shape_check(validator, &outputs, &outputs_shape, &ids);
    for (size_t i = 0; i < node_length(&outputs) && node_is_object(&outputs); i++) {
        struct node output = node_at(&outputs, i);

        if (node_is_object(&output))
            check_output(validator, &output);
    }
}

static const char syntax[] = "CloudFormation template Outputs syntax";

const struct rule output_rules[] = {
    { "E6001", SEVERITY_ERROR, "an output has a name or a key that there is not",
        "CloudFormation refuses the template.",
        "An output has 'Value', 'Description', 'Export' and 'Condition'; its name has letters and digits.",
        syntax, .scope = RULE_TEMPLATE, .check = check_outputs },
    { "E6002", SEVERITY_ERROR, "an output lacks what it needs", "CloudFormation refuses the template.",
        "Give the output a 'Value', and its 'Export' a 'Name'.", syntax, .scope = RULE_REPORTED },
    { "E6003", SEVERITY_ERROR, "a part of an output has the wrong type",
        "CloudFormation refuses the template.", "Write what the message names.", syntax,
        .scope = RULE_REPORTED },
    { "E6005", SEVERITY_ERROR, "an output has a condition that is not declared",
        "CloudFormation refuses the template.", "Declare it under 'Conditions', or correct its name.", syntax,
        .scope = RULE_REPORTED },
    { "E6010", SEVERITY_ERROR, "there are too many outputs", "CloudFormation takes 200.",
        "Leave out what nobody reads, or divide the template.", "CloudFormation quotas",
        .scope = RULE_REPORTED },
    { "E6011", SEVERITY_ERROR, "the name or description of an output is too long",
        "CloudFormation takes names of 255 and descriptions of 1,024 characters.", "Shorten it.",
        "CloudFormation quotas", .scope = RULE_REPORTED },
    { "E6101", SEVERITY_ERROR, "the value of an output is not a string",
        "CloudFormation refuses the template, or the stack fails when the output is made.",
        "Give a string, or a function that returns one; lists can be joined with Fn::Join.", syntax,
        .scope = RULE_REPORTED },
    { "E6102", SEVERITY_ERROR, "the name of an export is not a string",
        "CloudFormation refuses the template.", "Give a string, or a function that returns one.", syntax,
        .scope = RULE_REPORTED },
    RULES_END,
};
