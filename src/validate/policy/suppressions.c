// SPDX-License-Identifier: MIT
// cdk-nag's metadata: {"cdk_nag": {"rules_to_suppress": [{"id", "reason", "applies_to"}]}}, in a resource, or
// in the template for all of them. Version 2 of cdk-nag has findings in "applies_to" (texts, or {"regex":
// "/.../"}), version 3 behind the id in brackets.
#include "data/value.h"
#include "util/arena.h"
#include "validate/engine/registry.h"
#include "validate/engine/validator.h"
#include "validate/policy/policy.h"
#include "validate/properties/regex.h"

#include <string.h>

// Its id in version 2 when a rule cannot decide.
static const char failure_id[] = "CdkNagValidationFailure";

static const struct value *suppressions_of(const struct value *owner)
{
    static const char *const path[] = { "Metadata", "cdk_nag", "rules_to_suppress", NULL };

    return object_get_path(owner, path);
}

static bool has_reason(const struct value *suppression)
{
    const char *reason = object_string_or_empty(suppression, "reason");

    return reason[strspn(reason, " \t\r\n")];
}

// "/pattern/flags", of which "i" counts.
static bool matches_regex(const char *regex, const char *finding)
{
    const char *start = regex ? strchr(regex, '/') : NULL, *end = start ? strrchr(start, '/') : NULL;
    const char *pattern;

    if (!start || end == start)
        return false;
    pattern = arena_printf(
        value_arena(), "%s%.*s", strchr(end, 'i') ? "(?i)" : "", (int)(end - start - 1), start + 1);
    return regex_search_once(pattern, finding) == REGEX_MATCH;
}

static bool applies_to(const struct value *targets, const char *finding)
{
    for (size_t i = 0; i < value_length(targets); i++) {
        const struct value *target = array_at(targets, i);

        if (value_string(target) ? strcmp(value_string(target), finding) == 0
                                 : matches_regex(object_string(target, "regex"), finding))
            return true;
    }
    return false;
}

static bool applies(const struct policy_case *policy, const struct value *suppression, const char *finding)
{
    const char *id = object_string_or_empty(suppression, "id"), *rule = policy->rule->id;
    const struct value *targets = object_get(suppression, "applies_to");
    size_t length = strlen(rule);

    if (policy->undecided && strcmp(id, failure_id) == 0)
        return !targets || applies_to(targets, rule);
    if (strncmp(id, rule, length) != 0)
        return false;
    if (id[length] == '[')
        return finding && strncmp(id + length + 1, finding, strlen(finding)) == 0 &&
            strcmp(id + length + 1 + strlen(finding), "]") == 0;
    return !id[length] && (!targets || (finding && applies_to(targets, finding)));
}

bool policy_is_suppressed(const struct policy_case *policy, const char *finding)
{
    const struct value *owners[] = { policy->resource->node->value, policy->validator->root.value };

    for (size_t owner = 0; owner < 2; owner++) {
        const struct value *suppressions = suppressions_of(owners[owner]);

        for (size_t i = 0; i < value_length(suppressions); i++)
            if (has_reason(array_at(suppressions, i)) && applies(policy, array_at(suppressions, i), finding))
                return true;
    }
    return false;
}

static void check_owner(struct validator *validator, const struct node *owner)
{
    struct node metadata = node_get(owner, "Metadata"), nag = node_get(&metadata, "cdk_nag");
    struct node suppressions = node_get(&nag, "rules_to_suppress");

    for (size_t i = 0; i < node_length(&suppressions); i++) {
        struct node suppression = node_at(&suppressions, i);

        if (!has_reason(suppression.value))
            report(validator, "T9001", &suppression, "the suppression of '%s' has no reason",
                object_string_or_empty(suppression.value, "id"));
    }
}

void policy_check_suppressions(struct validator *validator)
{
    check_owner(validator, &validator->root);
    for (size_t i = 0; i < validator->resource_count; i++)
        check_owner(validator, validator->resources[i].node);
}

const struct rule suppression_policy_rules[] = {
    {
        .id = "T9001",
        .severity = SEVERITY_ERROR,
        .title = "a suppression of a rule of good practice has no reason",
        .why = "Nobody can tell later whether the rule may be left out still; it is reported in spite of it.",
        .fix = "Say in 'reason' why the resource may be as it is.",
        .source = "Suppressing a rule, in the documentation of cdk-nag",
        .scope = RULE_REPORTED,
    },
    RULES_END,
};
