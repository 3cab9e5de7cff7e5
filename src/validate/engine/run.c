// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"
#include "validate/engine/validator.h"

#include "util/arena.h"
#include "validate/policy/policy.h"

#include <string.h>

// The rules of one scope, found once for each template: there are many more of the others.
struct scope_rules {
    const struct rule **items;
    size_t count, capacity;
};

static struct scope_rules find_rules(struct validator *validator, enum rule_scope scope)
{
    struct scope_rules rules = { 0 };

    for (const struct rule *const *table = rule_tables; *table; table++) {
        for (const struct rule *rule = *table; rule->id; rule++) {
            if (rule->scope != scope)
                continue;
            rules.items =
                arena_grow(validator->arena, rules.items, rules.count, &rules.capacity, sizeof(*rules.items));
            rules.items[rules.count++] = rule;
        }
    }
    return rules;
}

static void call_rules(struct validator *validator, const struct scope_rules *rules, const char *subject,
    const struct node *node)
{
    for (size_t i = 0; i < rules->count; i++)
        if (!rules->items[i]->subject || strcmp(rules->items[i]->subject, subject) == 0)
            rules->items[i]->check(validator, node);
}

static void walk_functions(
    struct validator *validator, const struct scope_rules *rules, const struct node *node)
{
    const char *function = node_function(node);

    if (function)
        call_rules(validator, rules, function, node);
    for (size_t i = 0; i < node_length(node); i++) {
        struct node child = node_at(node, i);

        if (node_is_object(&child) || node_is_array(&child))
            walk_functions(validator, rules, &child);
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
    const struct scope_rules of_template = find_rules(validator, RULE_TEMPLATE);
    const struct scope_rules of_resources = find_rules(validator, RULE_RESOURCE);
    const struct scope_rules of_functions = find_rules(validator, RULE_FUNCTION);

    call_rules(validator, &of_template, "", &validator->root);
    for (size_t i = 0; i < validator->resource_count; i++) {
        const struct template_resource *resource = &validator->resources[i];

        if (*resource->type)
            call_rules(validator, &of_resources, resource->type, resource->node);
    }
    if (validator->options->policy)
        policy_run(validator);
    for (size_t i = 0; i < node_length(&validator->root); i++) {
        struct node section = node_at(&validator->root, i);

        if (section.key && has_functions(section.key))
            walk_functions(validator, &of_functions, &section);
    }
}
