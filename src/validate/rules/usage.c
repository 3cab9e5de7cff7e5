// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "util/map.h"
#include "validate/engine/registry.h"
#include "validate/rules/functions.h"

#include <string.h>

// What is declared and never used, and what is used to no effect.

struct usage {
    struct validator *validator;
    struct map names, mappings, conditions;
    bool any_mapping; // the name of one is only known at deployment
};

static void use(struct map *map, const char *name)
{
    if (name)
        map_set(map, name, map);
}

static void use_variables(struct usage *usage, const struct node *argument)
{
    const struct node first = node_at(argument, 0);
    const char *text = node_is_array(argument) ? node_string(&first) : node_string(argument), *variable;

    while (text && (variable = sub_next_variable(text, &text)))
        use(&usage->names, variable);
}

static void use_function(struct usage *usage, const struct node *node, const char *function)
{
    const struct node argument = node_argument(node), first = node_at(&argument, 0);

    if (strcmp(function, "Ref") == 0)
        use(&usage->names, node_string(&argument));
    else if (strcmp(function, "Fn::Sub") == 0)
        use_variables(usage, &argument);
    else if (strcmp(function, "Fn::If") == 0)
        use(&usage->conditions, node_string(&first));
    else if (strcmp(function, "Fn::FindInMap") == 0 && node_string(&first))
        use(&usage->mappings, node_string(&first));
    else if (strcmp(function, "Fn::FindInMap") == 0)
        usage->any_mapping = true;
}

static void find_usage(struct usage *usage, const struct node *node)
{
    const char *function = node_function(node);

    if (function)
        use_function(usage, node, function);
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        if (child.key && strcmp(child.key, "Condition") == 0)
            use(&usage->conditions, node_string(&child));
        find_usage(usage, &child);
    }
}

static void report_unused(struct validator *validator, const char *section, const struct map *used,
    const char *id, const char *what)
{
    struct node members = node_get(validator_template(validator), section);

    for (size_t i = 0; i < node_length(&members) && node_is_object(&members); i++) {
        struct node member = node_at(&members, i);

        if (!map_get(used, member.key) && strncmp(member.key, "Fn::", 4) != 0)
            report_key(validator, id, &member, "%s '%s' is not used", what, member.key);
    }
}

static void check_usage(struct validator *validator, const struct node *template)
{
    struct usage usage = { .validator = validator };

    map_init(&usage.names, validator_arena(validator));
    map_init(&usage.mappings, validator_arena(validator));
    map_init(&usage.conditions, validator_arena(validator));
    find_usage(&usage, template);
    // A macro may use what nobody else does.
    if (!object_get(template->value, "Transform"))
        report_unused(validator, "Parameters", &usage.names, "W2001", "parameter");
    if (validator_has_macro(validator))
        return;
    if (!usage.any_mapping)
        report_unused(validator, "Mappings", &usage.mappings, "W7001", "mapping");
    report_unused(validator, "Conditions", &usage.conditions, "W8001", "condition");
}

static const char *literal(const struct node *node)
{
    switch (value_type(node->value)) {
    case VALUE_STRING:
        return node_string(node);
    case VALUE_BOOLEAN:
        return value_boolean(node->value) ? "true" : "false";
    case VALUE_NUMBER:
        return arena_printf(value_arena(), "%.15g", value_number(node->value));
    default:
        return NULL;
    }
}

static void check_equals(struct validator *validator, const struct node *node)
{
    const struct node pair = node_get(node, "Fn::Equals"), left = node_at(&pair, 0),
                      right = node_at(&pair, 1);
    const char *first = literal(&left), *second = literal(&right);

    if (!node_is_array(&pair) || node_length(&pair) != 2)
        return;
    if (value_equal(left.value, right.value) || (first && second && strcmp(first, second) == 0))
        report(validator, "W8003", node, "is always true: both sides are the same");
    else if (first && second)
        report(validator, "W8003", node, "is always false: '%s' is not '%s'", first, second);
}

static void check_comparisons(struct validator *validator, const struct node *node)
{
    if (object_get(node->value, "Fn::Equals"))
        check_equals(validator, node);
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        check_comparisons(validator, &child);
    }
}

static void check_conditions(struct validator *validator, const struct node *template)
{
    struct node conditions = node_get(template, "Conditions");

    check_comparisons(validator, &conditions);
}

// A branch that no deployment takes, though it may get to the function.
static void check_branches(struct validator *validator, const struct node *node)
{
    struct condition_literal literals[CONDITION_LITERALS_LIMIT + 1];
    const struct node list = node_argument(node), name = node_at(&list, 0);
    size_t count = node_conditions(validator, node, literals);

    if (!count || !node_string(&name) || !validator_condition(validator, node_string(&name)) ||
        conditions_ask(validator, literals, count) != POSSIBLE)
        return;
    for (size_t i = 1; i < 3 && i < node_length(&list); i++) {
        struct node branch = node_at(&list, i);

        literals[count] = (struct condition_literal){ node_string(&name), i == 1 };
        if (conditions_ask(validator, literals, count + 1) == IMPOSSIBLE)
            report(validator, "W1028", &branch, "is never used: condition '%s' cannot be %s here",
                node_string(&name), i == 1 ? "true" : "false");
    }
}

static void check_sub(struct validator *validator, const struct node *node)
{
    const struct node argument = node_argument(node);

    if (node_string(&argument) && !strstr(node_string(&argument), "${"))
        report(validator, "W1020", &argument, "there is no variable in the string: Fn::Sub is not needed");
}

static void check_import(struct validator *validator, const struct node *node)
{
    const struct node argument = node_argument(node);

    if (strcmp(node_section(node), "Outputs") == 0 && node->parent->parent && node->key &&
        strcmp(node->key, "Value") == 0)
        report(validator, "W6001", &argument, "the output only repeats what another stack exports");
}

static void check_secret(struct validator *validator, const struct node *node)
{
    const struct node argument = node_argument(node);
    const struct value *parameter =
        node_string(&argument) ? validator_parameter(validator, node_string(&argument)) : NULL;
    const struct value *hidden = object_get(parameter, "NoEcho");
    bool is_hidden = value_boolean(hidden) || strcmp(value_string_or_empty(hidden), "true") == 0;

    if (is_hidden && strcmp(node_section(node), "Outputs") == 0)
        report(validator, "W2010", &argument, "NoEcho does not hide '%s' in outputs", node_string(&argument));
}

static const char conditions[] = "CloudFormation template Conditions syntax";

const struct rule usage_rules[] = {
    { "W1020", SEVERITY_WARNING, "Fn::Sub has nothing to substitute", "The template says more than it does.",
        "Write the string alone.", "Fn::Sub", .scope = RULE_FUNCTION, .subject = "Fn::Sub",
        .check = check_sub },
    { "W1028", SEVERITY_WARNING, "a branch of Fn::If is never taken",
        "What it says has no effect, which may not be what is meant.",
        "Leave the branch out, or correct the condition.", "Condition functions: Fn::If",
        .scope = RULE_FUNCTION, .subject = "Fn::If", .check = check_branches },
    { "W1030", SEVERITY_WARNING, "a value that a parameter may have is not right where it is used",
        "Whoever deploys with that value gets an error of CloudFormation or of the service.",
        "Correct the default or the allowed value.", "CloudFormation template Parameters syntax",
        .scope = RULE_REPORTED },
    { "W2001", SEVERITY_WARNING, "a parameter is not used", "Whoever deploys is asked for nothing.",
        "Leave it out, or use it.", "CloudFormation template Parameters syntax", .scope = RULE_TEMPLATE,
        .check = check_usage },
    { "W2010", SEVERITY_WARNING, "a secret parameter can be seen",
        "NoEcho does not hide what is in outputs and metadata.", "Leave it out of there.",
        "CloudFormation template Parameters syntax", .scope = RULE_FUNCTION, .subject = "Ref",
        .check = check_secret },
    { "W6001", SEVERITY_WARNING, "an output repeats an export of another stack",
        "Stacks that import it depend on both.", "Import it from where it is made.", "Fn::ImportValue",
        .scope = RULE_FUNCTION, .subject = "Fn::ImportValue", .check = check_import },
    { "W7001", SEVERITY_WARNING, "a mapping is not used", "The template says more than it does.",
        "Leave it out, or use it.", "CloudFormation template Mappings syntax", .scope = RULE_REPORTED },
    { "W8001", SEVERITY_WARNING, "a condition is not used", "The template says more than it does.",
        "Leave it out, or use it.", conditions, .scope = RULE_REPORTED },
    { "W8003", SEVERITY_WARNING, "a comparison is always true or always false",
        "The condition does not depend on anything, which may not be what is meant.",
        "Compare with a parameter, or leave the condition out.", conditions, .scope = RULE_TEMPLATE,
        .check = check_conditions },
    RULES_END,
};
