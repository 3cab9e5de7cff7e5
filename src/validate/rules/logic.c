// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"
#include "validate/rules/declarations.h"
#include "validate/rules/functions.h"

#include <string.h>

enum { NAME_LIMIT = 255 };

static bool is_name(const char *name)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&_";

    return *name && strlen(name) <= NAME_LIMIT && !name[strspn(name, characters)];
}

static void check_condition(struct validator *validator, const struct node *condition)
{
    static const struct function_place place = { .parameters_only = true };
    static const struct function_place alone = { .parameters_only = true, .outer = "E8001" };
    bool is_alias = object_get(condition->value, "Condition") != NULL;

    if (!is_name(condition->key)) {
        report_key(validator, "E8001", condition,
            "'%s' is no name: only letters, digits, '&' and '_' are allowed, up to 255", condition->key);
        return;
    }
    logic_check(validator, condition, false, is_alias ? &alone : &place, "E8001");
}

static void check_conditions(struct validator *validator, const struct node *template)
{
    static const struct shape shape = { .kinds = KIND_OBJECT };
    static const struct shape_ids ids = { .other = "E8001" };
    struct node conditions = node_get(template, "Conditions");

    if (!node_exists(&conditions) || object_get(conditions.value, "Fn::Transform"))
        return;
    shape_check(validator, &conditions, &shape, &ids);
    for (size_t i = 0; i < node_length(&conditions) && node_is_object(&conditions); i++) {
        struct node condition = node_at(&conditions, i);

        if (strncmp(condition.key, "Fn::", 4) != 0)
            check_condition(validator, &condition);
    }
}

static const struct shape anything = { 0 };
static const struct shape text = { .kinds = KIND_STRING };
static const struct shape_key assertion_keys[] = { { "Assert", &anything, false },
    { "AssertDescription", &text, false }, { NULL, NULL, false } };
static const struct shape assertion = {
    .kinds = KIND_OBJECT, .keys = assertion_keys, .accepts_other_keys = true
};
static const struct shape assertions = { .kinds = KIND_ARRAY, .each = &assertion };
const struct shape_key rule_keys[] = { { "Assertions", &assertions, true },
    { "RuleCondition", &anything, false }, { NULL, NULL, false } };
static const struct shape rule_shape = {
    .kinds = KIND_OBJECT, .keys = rule_keys, .accepts_other_keys = true
};
static const struct shape rules_shape = { .kinds = KIND_OBJECT, .each = &rule_shape, .name_characters = "" };

static void check_assertions(struct validator *validator, const struct node *rule)
{
    static const struct function_place place = { .parameters_only = true };
    struct node list = node_get(rule, "Assertions"), condition = node_get(rule, "RuleCondition");

    if (node_exists(&condition))
        logic_check(validator, &condition, true, &place, "E1702");
    for (size_t i = 0; i < node_length(&list) && node_is_array(&list); i++) {
        struct node item = node_at(&list, i), claim = node_get(&item, "Assert");

        if (node_exists(&claim))
            logic_check(validator, &claim, true, &place, "E1701");
    }
}

static void check_rules(struct validator *validator, const struct node *template)
{
    static const struct shape_ids ids = { .other = "E1700" };
    struct node rules = node_get(template, "Rules");

    if (!node_exists(&rules))
        return;
    shape_check(validator, &rules, &rules_shape, &ids);
    for (size_t i = 0; i < node_length(&rules) && node_is_object(&rules); i++) {
        struct node rule = node_at(&rules, i);

        if (node_is_object(&rule))
            check_assertions(validator, &rule);
    }
}

static const char syntax[] = "CloudFormation template Conditions syntax";

#define LOGIC_RULE(ID, NAME)                                                                                 \
    {                                                                                                        \
        ID, SEVERITY_ERROR, NAME " is not given what it takes", "CloudFormation refuses the template.",      \
            "Give it what the message names.", "Condition functions", .scope = RULE_REPORTED                 \
    }

const struct rule logic_rules[] = {
    { "E8001", SEVERITY_ERROR, "a condition is not declared as one", "CloudFormation refuses the template.",
        "Give it a name of letters and digits, and a function such as Fn::Equals.", syntax,
        .scope = RULE_TEMPLATE, .check = check_conditions },
    LOGIC_RULE("E8003", "Fn::Equals"),
    LOGIC_RULE("E8004", "Fn::And"),
    LOGIC_RULE("E8005", "Fn::Not"),
    LOGIC_RULE("E8006", "Fn::Or"),
    LOGIC_RULE("E8007", "Condition"),
    { "E1700", SEVERITY_ERROR, "a rule is not declared as one", "CloudFormation refuses the template.",
        "A rule has a list of 'Assertions' and perhaps a 'RuleCondition'.",
        "CloudFormation template Rules syntax", .scope = RULE_TEMPLATE, .check = check_rules },
    { "E1701", SEVERITY_ERROR, "an assertion is no boolean", "CloudFormation refuses the template.",
        "Give a function of rules, such as Fn::Contains.", "CloudFormation template Rules syntax",
        .scope = RULE_REPORTED },
    { "E1702", SEVERITY_ERROR, "the condition of a rule is no boolean",
        "CloudFormation refuses the template.", "Give a function such as Fn::Equals.",
        "CloudFormation template Rules syntax", .scope = RULE_REPORTED },
    RULES_END,
};
