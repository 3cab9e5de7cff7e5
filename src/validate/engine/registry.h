// SPDX-License-Identifier: MIT
#ifndef VALIDATE_ENGINE_REGISTRY_H
#define VALIDATE_ENGINE_REGISTRY_H

// The tables of rules. Each ends with an empty row; registry.c has a line for each.

#include "validate/rule.h"

#define RULES_END                                                                                            \
    {                                                                                                        \
        .id = NULL                                                                                           \
    }

extern const struct rule document_rules[];
extern const struct rule section_rules[];
extern const struct rule parameter_rules[];
extern const struct rule mapping_rules[];
extern const struct rule output_rules[];
extern const struct rule resource_rules[];
extern const struct rule function_rules[];
extern const struct rule logic_rules[];
extern const struct rule dependency_rules[];
extern const struct rule policy_rules[];
extern const struct rule string_rules[];
extern const struct rule usage_rules[];
extern const struct rule property_rules[];
extern const struct rule extension_rules[];
extern const struct rule network_rules[];
extern const struct rule relation_rules[];
extern const struct rule iam_rules[];
extern const struct rule iam_role_rules[];
// Of good practice: policy/policy.h.
extern const struct rule compute_policy_rules[];
extern const struct rule container_policy_rules[];
extern const struct rule load_balancer_policy_rules[];
extern const struct rule storage_policy_rules[];
extern const struct rule database_policy_rules[];
extern const struct rule redshift_policy_rules[];
extern const struct rule network_policy_rules[];
extern const struct rule api_policy_rules[];
extern const struct rule analytics_policy_rules[];
extern const struct rule opensearch_policy_rules[];
extern const struct rule security_policy_rules[];
extern const struct rule messaging_policy_rules[];
extern const struct rule tool_policy_rules[];
extern const struct rule suppression_policy_rules[];
extern const struct rule domain_rules[];
extern const struct rule schedule_rules[];
extern const struct rule pipeline_rules[];
extern const struct rule lambda_rules[];
extern const struct rule container_rules[];
extern const struct rule identifier_rules[];
extern const struct rule metric_rules[];
extern const struct rule nested_rules[];
extern const struct rule practice_rules[];
extern const struct rule storage_rules[];
extern const struct rule document_language_rules[];

// Each ends with an empty row; the list ends with NULL.
extern const struct rule *const rule_tables[];

#endif
