// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"

#include "util/arena.h"
#include "validate/validate.h"

#include <stdlib.h>
#include <string.h>

const struct rule *const rule_tables[] = {
    document_rules,
    section_rules,
    parameter_rules,
    mapping_rules,
    output_rules,
    resource_rules,
    function_rules,
    logic_rules,
    dependency_rules,
    policy_rules,
    string_rules,
    usage_rules,
    property_rules,
    extension_rules,
    network_rules,
    relation_rules,
    iam_rules,
    iam_role_rules,
    compute_policy_rules,
    container_policy_rules,
    load_balancer_policy_rules,
    storage_policy_rules,
    database_policy_rules,
    redshift_policy_rules,
    network_policy_rules,
    api_policy_rules,
    analytics_policy_rules,
    opensearch_policy_rules,
    security_policy_rules,
    messaging_policy_rules,
    tool_policy_rules,
    suppression_policy_rules,
    domain_rules,
    schedule_rules,
    pipeline_rules,
    lambda_rules,
    container_rules,
    identifier_rules,
    metric_rules,
    nested_rules,
    practice_rules,
    storage_rules,
    document_language_rules,
    NULL,
};

const struct rule *validate_rule_find(const char *id)
{
    for (const struct rule *const *table = rule_tables; *table; table++)
        for (const struct rule *rule = *table; rule->id; rule++)
            if (strcmp(rule->id, id) == 0)
                return rule;
    return NULL;
}

static int compare_rules(const void *a, const void *b)
{
    const struct rule *const *left = a, *const *right = b;

    return strcmp((*left)->id, (*right)->id);
}

size_t validate_rules(struct arena *arena, const struct rule ***ret_rules)
{
    const struct rule **rules = NULL;
    size_t count = 0, capacity = 0;

    for (const struct rule *const *table = rule_tables; *table; table++) {
        for (const struct rule *rule = *table; rule->id; rule++) {
            rules = arena_grow(arena, rules, count, &capacity, sizeof(*rules));
            rules[count++] = rule;
        }
    }
    qsort(rules, count, sizeof(*rules), compare_rules);
    *ret_rules = rules;
    return count;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = { "error", "warning", "info" };

    return names[severity];
}
