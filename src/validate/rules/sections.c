// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"
#include "validate/rules/declarations.h"

#include <string.h>

enum { DESCRIPTION_LIMIT = 1024, TEMPLATE_LIMIT = 1000000 }; // bytes ("CloudFormation quotas")

static const struct shape anything = { 0 };
static const struct shape object_shape = { .kinds = KIND_OBJECT, .accepts_other_keys = true };
const struct shape_key template_keys[] = {
    { "AWSTemplateFormatVersion", &anything, false },
    { "Conditions", &object_shape, false },
    { "Description", &anything, false },
    { "Mappings", &anything, false },
    { "Metadata", &anything, false },
    { "Outputs", &anything, false },
    { "Parameters", &anything, false },
    { "Resources", &anything, true },
    { "Rules", &object_shape, false },
    { "Transform", &anything, false },
    { NULL, NULL, false },
};
static const struct shape template_shape = { .kinds = KIND_OBJECT, .keys = template_keys };

// Those of the Serverless Application Model.
static const struct shape_key serverless_keys[] = {
    { "AWSTemplateFormatVersion", &anything, false },
    { "Conditions", &object_shape, false },
    { "Description", &anything, false },
    { "Globals", &object_shape, false },
    { "Mappings", &anything, false },
    { "Metadata", &anything, false },
    { "Outputs", &anything, false },
    { "Parameters", &anything, false },
    { "Resources", &anything, true },
    { "Rules", &object_shape, false },
    { "Transform", &anything, false },
    { NULL, NULL, false },
};
static const struct shape serverless_shape = { .kinds = KIND_OBJECT, .keys = serverless_keys };
// What macros get, they may turn into anything.
static const struct shape macro_shape = {
    .kinds = KIND_OBJECT, .keys = serverless_keys, .accepts_other_keys = true
};

static const struct shape text_shape = { .kinds = KIND_STRING | KIND_STRICT };
static const struct shape parameters_shape = { .kinds = KIND_OBJECT };
static const struct shape_key transform_keys[] = {
    { "Name", &text_shape, true },
    { "Parameters", &parameters_shape, false },
    { NULL, NULL, false },
};
static const struct shape transform_item = { .kinds = KIND_STRING | KIND_STRICT | KIND_OBJECT,
    .keys = transform_keys };
static const struct shape transform_shape = { .kinds = KIND_STRING | KIND_STRICT | KIND_OBJECT | KIND_ARRAY,
    .keys = transform_keys,
    .each = &transform_item };

static void check_version(struct validator *validator, const struct node *template)
{
    struct node version = node_get(template, "AWSTemplateFormatVersion");

    if (node_exists(&version) && (!node_string(&version) || strcmp(node_string(&version), "2010-09-09") != 0))
        report(validator, "E1001", &version, "the only version of templates is '2010-09-09'");
}

static void check_sections(struct validator *validator, const struct node *template)
{
    static const struct shape_ids ids = { .other = "E1001" };
    const struct shape *shape = validator_has_macro(validator) || object_get(template->value, "Fn::Transform")
        ? &macro_shape
        : validator_has_transform(validator, "AWS::Serverless-2016-10-31") ? &serverless_shape
                                                                           : &template_shape;

    shape_check(validator, template, shape, &ids);
    check_version(validator, template);
}

static void check_description(struct validator *validator, const struct node *template)
{
    static const struct shape shape = { .kinds = KIND_STRING };
    static const struct shape_ids ids = { .other = "E1004" };
    struct node description = node_get(template, "Description");

    if (!node_exists(&description))
        return;
    shape_check(validator, &description, &shape, &ids);
    if (node_string(&description) && strlen(node_string(&description)) > DESCRIPTION_LIMIT)
        report(validator, "E1003", &description, "the description has %zu bytes; %d are allowed",
            strlen(node_string(&description)), DESCRIPTION_LIMIT);
}

static void check_transform(struct validator *validator, const struct node *template)
{
    static const struct shape_ids ids = { .other = "E1005" };
    struct node transform = node_get(template, "Transform");

    if (node_exists(&transform))
        shape_check(validator, &transform, &transform_shape, &ids);
}

static void check_size(struct validator *validator, const struct node *template)
{
    size_t size = validator_text_length(validator);

    if (size > TEMPLATE_LIMIT)
        report(
            validator, "E1002", template, "the template has %zu bytes; %d are allowed", size, TEMPLATE_LIMIT);
}

const struct rule section_rules[] = {
    { "E1001", SEVERITY_ERROR, "the template has a section that there is not, or lacks one",
        "CloudFormation refuses the template.", "Correct the name of the section, or add what is missing.",
        "CloudFormation template sections", .scope = RULE_TEMPLATE, .check = check_sections },
    { "E1002", SEVERITY_ERROR, "the template is too large",
        "CloudFormation takes templates of up to 1 MB from a bucket.",
        "Divide it into several stacks, or into nested ones.", "CloudFormation quotas",
        .scope = RULE_TEMPLATE, .check = check_size },
    { "E1003", SEVERITY_ERROR, "the description is too long", "CloudFormation refuses the template.",
        "Shorten it to 1,024 bytes.", "CloudFormation template Description syntax", .scope = RULE_REPORTED },
    { "E1004", SEVERITY_ERROR, "the description is not a string", "CloudFormation refuses the template.",
        "Write one string, without functions.", "CloudFormation template Description syntax",
        .scope = RULE_TEMPLATE, .check = check_description },
    { "E1005", SEVERITY_ERROR, "a transform is not declared as one", "CloudFormation refuses the template.",
        "Give the name of a macro, or an object with 'Name' and 'Parameters'.",
        "CloudFormation template Transform section", .scope = RULE_TEMPLATE, .check = check_transform },
    RULES_END,
};
