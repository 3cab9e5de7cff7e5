// SPDX-License-Identifier: MIT
// Statements of resource policies.
#include "data/value.h"
#include "validate/policy/policy.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(struct policy_case *policy, const struct value *action, const char *const *actions)
{
    const char *text = policy_text(policy, action);

    for (const char *const *at = actions; *at; at++)
        if (strcasecmp(text, *at) == 0)
            return true;
    return false;
}

static bool has_action(struct policy_case *policy, const struct value *action, const char *const *actions)
{
    policy->name = "Action";
    if (value_type(action) != VALUE_ARRAY)
        return is_one_of(policy, action, actions);
    for (size_t i = 0; i < value_length(action); i++)
        if (is_one_of(policy, policy_item(action, i), actions))
            return true;
    return false;
}

bool policy_is_everybody(struct policy_case *policy, const struct value *principal)
{
    const struct value *accounts;

    policy->name = "Principal";
    if (policy_is(principal, "*"))
        return true;
    accounts = policy_member(policy, principal, "AWS");
    if (value_type(accounts) != VALUE_ARRAY)
        return policy_is(accounts, "*");
    for (size_t i = 0; i < value_length(accounts); i++)
        if (policy_is(policy_item(accounts, i), "*"))
            return true;
    return false;
}

bool policy_denies_insecure(
    struct policy_case *policy, const struct value *statement, const char *const *actions)
{
    return policy_is(policy_member(policy, statement, "Effect"), "Deny") &&
        has_action(policy, policy_optional(statement, "Action"), actions) && !policy->undecided &&
        policy_is_everybody(policy, policy_optional(statement, "Principal")) &&
        policy_is_false(policy_optional(statement, "Condition/Bool/aws:SecureTransport"));
}

bool policy_allows_star(struct policy_case *policy, const struct value *statements)
{
    for (size_t i = 0, count = policy_items(policy, statements); i < count; i++) {
        const struct value *statement = policy_item(statements, i), *principal;

        if (!policy_is(policy_member(policy, statement, "Effect"), "Allow"))
            continue;
        principal = policy_optional(statement, "Principal");
        if (principal && strchr(policy_json(principal), '*'))
            return true;
    }
    return false;
}
