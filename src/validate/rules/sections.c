// SPDX-License-Identifier: MIT
#include "util/array.h"
#include "util/text/suggest.h"
#include "validate/engine/registry.h"

#include <string.h>

static const char *const sections[] = { "AWSTemplateFormatVersion", "Conditions", "Description", "Mappings",
    "Metadata", "Outputs", "Parameters", "Resources", "Rules", "Transform" };

static void check_section_name(struct validator *validator, const struct node *section)
{
    struct suggestion suggestion = SUGGESTION_FOR(section->key);

    for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
        if (strcmp(section->key, sections[i]) == 0)
            return;
        suggestion_consider(&suggestion, sections[i]);
    }
    if (suggestion.best)
        report_key(validator, "E1001", section, "a template has no section '%s'; did you mean '%s'?",
            section->key, suggestion.best);
    else
        report_key(validator, "E1001", section, "a template has no section '%s'", section->key);
}

static void check_sections(struct validator *validator, const struct node *template)
{
    struct node version = node_get(template, "AWSTemplateFormatVersion");

    if (!node_is_object(template)) {
        report(validator, "E1001", template, "a template is an object");
        return;
    }
    for (size_t i = 0; i < node_length(template); i++) {
        struct node section = node_at(template, i);

        check_section_name(validator, &section);
    }
    if (!object_get(template->value, "Resources"))
        report(validator, "E1001", template, "a template needs 'Resources'");
    if (node_exists(&version) && (!node_string(&version) || strcmp(node_string(&version), "2010-09-09") != 0))
        report(validator, "E1001", &version, "the only version of templates is '2010-09-09'");
}

const struct rule section_rules[] = {
    { "E1001", SEVERITY_ERROR, "the template has a section that there is not, or lacks one",
        "CloudFormation refuses the template.", "Correct the name of the section, or add what is missing.",
        "CloudFormation template sections", .scope = RULE_TEMPLATE, .check = check_sections },
    RULES_END,
};
