// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"
#include "validate/engine/validator.h"

#include <string.h>

static void each_rule(
    struct validator *validator, enum rule_scope scope, const char *subject, const struct node *node)
{
    for (const struct rule *const *table = rule_tables; *table; table++)
        for (const struct rule *rule = *table; rule->id; rule++)
            if (rule->scope == scope && (!rule->subject || strcmp(rule->subject, subject) == 0))
                rule->check(validator, node);
}

static void walk_functions(struct validator *validator, const struct node *node)
{
    const char *function = node_function(node);

    if (function)
        each_rule(validator, RULE_FUNCTION, function, node);
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        walk_functions(validator, &child);
    }
}

// What CloudFormation evaluates: functions elsewhere are only text.
static bool has_functions(const char *section)
{
    return strcmp(section, "Metadata") != 0 && strcmp(section, "Parameters") != 0 &&
        strcmp(section, "Mappings") != 0;
}

void validator_run(struct validator *validator)
{
    each_rule(validator, RULE_TEMPLATE, "", &validator->root);
    for (size_t i = 0; i < validator->resource_count; i++) {
        const struct template_resource *resource = &validator->resources[i];

        if (*resource->type)
            each_rule(validator, RULE_RESOURCE, resource->type, resource->node);
    }
    for (size_t i = 0; i < node_length(&validator->root); i++) {
        struct node section = node_at(&validator->root, i);

        if (section.key && has_functions(section.key))
            walk_functions(validator, &section);
    }
}
